// Ranges of every country and district abroad, had from a run that ended, for the page that is printed.

import { one } from "./requests.mjs";

const LEVELS = ["country", "admin1"];

/** The countries and their first parts abroad, with their places among what is followed. */
export const areasAbroad = (scenario) =>
  scenario.followed.map((area, at) => ({ area, at })).filter(({ area }) => area.abroad && LEVELS.includes(area.level));

/** Series by place among what is followed, {fan, difference, baseline}, of a run that ended. */
export async function seriesAbroad(scenario, run, quantity, signal) {
  const series = new Map();
  for (const { at } of areasAbroad(scenario)) {
    series.set(at, await one("/api/series", { body: { run, follow: at, quantity }, signal }));
  }
  return series;
}
