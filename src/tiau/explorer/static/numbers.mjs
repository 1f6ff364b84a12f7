// Numbers of people as they are told: rounded, and few not at all.

const BELOW = 10;
const COUNT = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** People in words: "<10", 120, 3,450, 12,300. */
export function people(number) {
  if (!Number.isFinite(number)) return "not told";
  if (number < 0.5) return "0";
  if (number < BELOW) return `<${BELOW}`;
  return COUNT.format(number < 1000 ? Math.round(number / 10) * 10 : number);
}

/** The smallest 1, 2 or 5 times a power of ten that is no less than a number. */
export function roundUp(number) {
  const ten = 10 ** Math.floor(Math.log10(number));
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= number * (1 - 1e-9));
}
