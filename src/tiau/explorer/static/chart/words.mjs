// What a chart says in words: a sentence with the numbers of a day, and what each of its marks means.

import { numbersOf } from "./data.mjs";
import { MEANS, withMeans } from "../words/means.mjs";
import { difference, people } from "../words/numbers.mjs";
import { spoken } from "../words/days.mjs";

/** Quantities as the switch names them. */
export const QUANTITIES = { present: "People there", arrived: "Arrivals so far" };

/** The numbers of the view's day in a sentence. */
export function sentenceOf(scenario, view, shown) {
  const place = scenario.followed[view.followed].name;
  const of = numbersOf(shown, view.day);
  const told = (number) => counted(view.quantity, number, place);
  const isAhead = view.day > scenario.known;
  const day = `On ${spoken(scenario, view.day)}${isAhead ? ", after all that is known, no forecast" : ""}: `;
  const spread = spreadOf(of.wasRange);
  const by = !spread && shown.ghostMeans === "expected" ? ` by ${MEANS.expected}` : spread;
  const was = of.was === null ? "no numbers yet of the scenario as it is" : `as it was ${told(of.was)}${by}`;
  if (shown.isHidden) return `${day}${was}; what your changes come to is hidden until you have guessed.`;
  if (of.number === null) {
    const come = shown.isFailed ? "cannot be worked out" : "is being worked out";
    return shown.isChanged ? `${day}${was}; what your changes come to ${come}.` : `${day}no numbers yet.`;
  }
  const parts = [of.isBehind ? `${told(of.number)} before the last change, which is being worked out`
    : `${withMeans(told(of.number), of.means)}${rangeWords(of)}`];
  if (shown.isChanged) {
    if (of.was !== null) parts.push(`as it was: ${people(of.was)}${spread}`);
    const how = of.between ? "run by run, not of these two, " : "";
    if (of.difference !== null && !of.isBehind) parts.push(`difference ${how}${difference(of.difference)}${between(of)}`);
  }
  return `${day}${parts.join("; ")}.`;
}

function counted(quantity, number, place) {
  const [many, verb] = [people(number), quantity === "present" ? "in" : "arrived so far in"];
  return `${many} people ${verb} ${place}`;
}

const spreadOf = (range) => (range ? ` (${people(range[0], 2)} to ${people(range[1], 2)} in nine of ten runs)` : "");

function rangeWords({ range, members, of }) {
  if (!range || members >= of) return spreadOf(range);
  return ` (${people(range[0], 2)} to ${people(range[1], 2)} in nine of ten of ${members} runs so far)`;
}

const between = (of) => (of.between ? ` (${of.between.map(difference).join(" to ")})` : "");

/** What the marks that are there mean: {look, words}; looks are those of key.mjs. */
export function legendOf(scenario, shown, marks, copies) {
  const bounds = new Set(marks.map((mark) => mark.report.bound));
  const kinds = [...new Set(marks.map((mark) => mark.kind))];
  const what = shown.isChanged ? "with your changes" : "simulated";
  return [
    [shown.main, "median", `${what}: half of the runs lie below this line, half above`],
    [shown.main, "band", "darker band: half of the runs; lighter: nine in ten"],
    [shown.line, "line", `${what}: ${meansOf(shown.means)}`],
    [shown.ghost, "ghost", "as it was: median, and nine in ten of the runs between the thin lines"],
    [shown.ghostLine && !shown.main, "ghostLine", `as it was: ${meansOf(shown.ghostMeans)}`],
    [shown.forecast, "forecast",
      "forecast of the scenario as it is: median and nine in ten, from what was known when it begins"],
    [bounds.has("exact"), "exact", "reported figure"],
    [bounds.has("about"), "about", "about so many reported"],
    [bounds.has("at_least"), "at_least", "at least so many"],
    [bounds.has("at_most"), "at_most", "at most so many"],
    [bounds.has("range"), "range", "reported range"],
    [marks.some((mark) => mark.isLong), "period", "figure of several days"],
    [marks.some((mark) => mark.isPart), "part", "fainter: of some of the people alone, or not scored"],
    ...kinds.map((kind) => [true, kind, KIND_WORDS[kind]]),
    [copies, "", `${copies} more carry a figure that is shown already, and are left out`],
  ].filter(([isThere]) => isThere).map(([, look, words]) => ({ look, words }));
}

const meansOf = (means) => MEANS[means ?? "expected"];

const KIND_WORDS = {
  register: "said by a register or authority", agency: "said by a UN agency", media: "said by media",
  other: "said by others",
};

/** What is assumed after the day from which the future is not known; blank where all is. */
export function aheadOf(scenario) {
  if (scenario.known >= scenario.days - 1) return "";
  return `After ${spoken(scenario, scenario.known)} nothing is known. ${scenario.ahead}`.trim();
}
