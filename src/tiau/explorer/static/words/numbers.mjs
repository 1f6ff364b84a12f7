// Numbers as they are told: people rounded as far as a run of a model can be believed, and few not at all.

const FEW = 10;
const BELOW_ROUNDED = 1000;
const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

const isThere = (number) => number !== null && number !== undefined && !Number.isNaN(number);

/** Round to so many significant digits. */
export function rounded(number, digits = 2) {
  if (!Number.isFinite(number) || number === 0) return number;
  const unit = 10 ** Math.max(Math.floor(Math.log10(Math.abs(number))) + 1 - digits, 0);
  return Math.round(number / unit) * unit;
}

/** People in words: "<10", 120, 3,450, 12,300; for the ends of a range two digits are enough. */
export function people(number, digits = 3) {
  if (!Number.isFinite(number)) return "not told";
  if (number < 0.5) return "0";
  if (number < FEW) return `<${FEW}`;
  const found = rounded(number, digits);
  return WHOLE.format(found < BELOW_ROUNDED ? Math.round(found / 10) * 10 : found);
}

/** A difference of people, with its sign; one of fewer than ten is as good as none. */
export function difference(number) {
  if (!Number.isFinite(number)) return "not told";
  if (Math.abs(number) < FEW) return "about 0";
  return `${number > 0 ? "+" : "−"}${WHOLE.format(rounded(Math.abs(number)))}`;
}

/** A whole number as it stands in a report, in a table or at an axis; blank where it is not told. */
export const whole = (number) => (isThere(number) ? WHOLE.format(Math.round(number) + 0) : "");

/** A number of any size with four digits. */
export const short = (number) => (isThere(number) ? SHORT.format(number) : "");

/** A number at an axis, short: 2,500, 40k, 1.5M. */
export function brief(number) {
  if (number >= 1e6) return `${+(number / 1e6).toPrecision(3)}M`;
  return number >= 1e4 ? `${+(number / 1e3).toPrecision(3)}k` : WHOLE.format(number);
}

/** "1 report", "3,000 reports". */
export const counted = (number, noun, nouns = `${noun}s`) => `${whole(number)} ${number === 1 ? noun : nouns}`;

/** The smallest 1, 2 or 5 times a power of ten that is no less than a number. */
export function roundUp(number) {
  const ten = 10 ** Math.floor(Math.log10(number));
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= number * (1 - 1e-9));
}
