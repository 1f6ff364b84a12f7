// Numbers of people as they are told: rounded as far as a run of a model can be believed.

import { people as told } from "./numbers.mjs";

const FEW = 10;
const groups = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Round to so many significant digits. */
export function rounded(number, digits = 2) {
  if (!Number.isFinite(number) || number === 0) return number;
  const unit = 10 ** Math.max(Math.floor(Math.log10(Math.abs(number))) + 1 - digits, 0);
  return Math.round(number / unit) * unit;
}

/** So many people: three significant digits, for the ends of a range two; fewer than ten are not told. */
export const people = (number, digits = 3) => told(rounded(number, digits));

/** A difference of people, with its sign; one of fewer than ten is as good as none. */
export function difference(number) {
  if (!Number.isFinite(number)) return "not told";
  if (Math.abs(number) < FEW) return "about 0";
  return `${number > 0 ? "+" : "−"}${groups.format(rounded(Math.abs(number)))}`;
}

/** A whole number as it stands in a report or at an axis. */
export const whole = (number) => groups.format(number);

/** A number at an axis, short: 2,500, 40k, 1.5M. */
export function brief(number) {
  if (number >= 1e6) return `${+(number / 1e6).toPrecision(3)}M`;
  return number >= 1e4 ? `${+(number / 1e3).toPrecision(3)}k` : groups.format(number);
}
