// Where reports lie beside the runs of the scenario as it is, in words: how many in the range, and where the late ones.

import { bandOf, verdict } from "../evidence/ledger_rows.mjs";
import { counted } from "../words/numbers.mjs";

const LATE = 1 / 3;
const ENOUGH = 3;
const MOSTLY = 0.7;

/** A sentence on the figures of what is followed; blank until all runs are done. */
export function besideWords(scenario, marks, figures) {
  if (!figures) return "";
  const places = new Map(scenario.reports.map((report, at) => [report, at]));
  const told = marks.filter((mark) => !mark.isPart).flatMap((mark) => {
    const band = bandOf(figures, places.get(mark.report));
    return band ? [{ ...mark, band, where: verdict(mark.report, band) }] : [];
  });
  if (!told.length) return "No report counts all people here: nothing tests these numbers.";
  const inside = told.filter(({ where }) => where === "in the range").length;
  const verb = inside === 1 ? "lies" : "lie";
  return `Of ${counted(told.length, "figure")} of all people drawn here, ${inside} ${verb} in the range of the `
    + "scenario as it is with errors of reporting"
    + `${lateWords(scenario, told)}.`;
}

/** Which way the figures of the last third of the known days lie, where most of them lie one way. */
function lateWords(scenario, told) {
  const since = scenario.known * (1 - LATE);
  const late = told.filter((mark) => mark.middle >= since && ["exact", "about", "range"].includes(mark.report.bound));
  if (late.length < ENOUGH) return "";
  const heights = late.map((mark) => heightOf(mark));
  for (const [side, half, way] of [["below", "lower", -1], ["above", "upper", 1]]) {
    const there = heights.filter((height) => way * height > 0).length;
    if (there < MOSTLY * late.length) continue;
    const far = heights.filter((height) => way * height > 1 / 2).length;
    const where = far >= MOSTLY * late.length ? `near its ${half} end` : `in its ${half} half`;
    const out = late.filter((mark) => mark.where === `${side} the range`).length;
    return `; of the ${late.length} latest, ${there} lie ${where}${out ? ` or ${side} it (${out} ${side})` : ""}`;
  }
  return "";
}

/** Where a figure lies between the middle of its band (0) and the ends (-1 and 1), or beyond them. */
function heightOf({ figures, band: { low, middle, high } }) {
  const figure = figures.reduce((sum, number) => sum + number, 0) / figures.length;
  const reach = figure < middle ? middle - low : high - middle;
  return figure === middle ? 0 : reach > 0 ? (figure - middle) / reach : Math.sign(figure - middle);
}
