// Numbers, days and figures of reports as people read them.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const ROUGH = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const SHORT = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });
const BOUNDS = { exact: "", about: "about ", at_least: "at least ", at_most: "at most " };
const DAY = 86_400_000;

const told = (number) => number !== null && number !== undefined && !Number.isNaN(number);

/** People, to the person; blank where it is not told. */
export const people = (number) => (told(number) ? WHOLE.format(Math.round(number) + 0) : "");

/** People with no more digits than a sentence about an estimate should have. */
export const roughly = (number) => (told(number) ? ROUGH.format(Math.round(number) + 0) : "");

/** A difference with its sign. */
export const signed = (number, written = people) => (Math.round(number) > 0 ? "+" : "") + written(number);

/** A number of any size with four digits. */
export const short = (number) => (told(number) ? SHORT.format(number) : "");

/** "1 report", "3,000 reports". */
export const counted = (number, noun, nouns = `${noun}s`) => `${people(number)} ${number === 1 ? noun : nouns}`;

/** The figure of a report with its bound in words. */
export function bounded(report) {
  if (report.bound === "range") return `${people(report.low)} to ${people(report.high)}`;
  if (!told(report.value)) return "no figure";
  return `${BOUNDS[report.bound] ?? ""}${people(report.value)}`;
}

/** The ISO date of a day of the scenario, counted from its first. */
export const dateOf = (scenario, day) => new Date(Date.parse(scenario.start) + day * DAY).toISOString().slice(0, 10);

/** A word of a table as it is read: without the lines below that hold it together. */
export const spoken = (word) => String(word ?? "").replaceAll("_", " ");

/** Whether a source's address can be followed: http and https alone. */
export function followable(address) {
  try {
    return ["http:", "https:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** The number at a row and a day of an array as it came over the wire, or NaN where there is none. */
export function at(array, ...place) {
  if (!array) return NaN;
  const values = array.data ?? array;
  if (place.length === 1) return values[place[0]] ?? NaN;
  return values[place[0] * array.shape[1] + place[1]] ?? NaN;
}
