// Where a number stands on a slider: even, or by its logarithm where the range spans decades.

export const STEPS = 1000;
const DECADES = 100;
const BELOW = 30;

/** The scale of a parameter's slider: `toStep` and `toValue` turn numbers into steps from 0 to STEPS and back. */
export function scaleOf({ lower, upper, value, low, high }) {
  const least = Math.min(...[value, low, high].filter((number) => number > 0));
  const floor = lower > 0 ? lower : least / BELOW;
  const logarithmic = lower >= 0 && Number.isFinite(floor) && upper / floor >= DECADES;
  if (!logarithmic) {
    const width = upper - lower || 1;
    return { logarithmic, toStep: (number) => ((number - lower) / width) * STEPS,
      toValue: (step) => rounded(lower + (width * step) / STEPS, lower, upper) };
  }
  const [bottom, height] = [Math.log(floor), Math.log(upper / floor)];
  // The first step of a slider that begins at 0 is 0 itself, which no logarithm reaches.
  const first = lower > 0 ? 0 : 1;
  return { logarithmic,
    toStep: (number) => (number < floor ? 0 : first + ((Math.log(number) - bottom) / height) * (STEPS - first)),
    toValue: (step) => (step < first ? lower
      : rounded(Math.exp(bottom + (height * (step - first)) / (STEPS - first)), lower, upper)) };
}

function rounded(number, lower, upper) {
  return Math.min(Math.max(Number(number.toPrecision(3)), lower), upper);
}
