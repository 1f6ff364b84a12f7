// Where reports lie beside the runs of the scenario as it is, in words: how many in the range, and where the late ones.

import { bandOf, verdict } from "../evidence/ledger_rows.mjs";
import { counted } from "../words/numbers.mjs";

const LATE = 1 / 3;
const ENOUGH = 3;
const MOSTLY = 0.7;

/** A sentence on the figures of what is followed; blank until all runs are done, or where nobody reports of it. */
export function besideWords(scenario, marks, figures) {
  if (!figures) return "";
  const places = new Map(scenario.reports.map((report, at) => [report, at]));
  const told = marks.filter((mark) => !mark.isPart).flatMap((mark) => {
    const band = bandOf(figures, places.get(mark.report));
    return band ? [{ ...mark, band, where: verdict(mark.report, band) }] : [];
  });
  if (!told.length) return "";
  const inside = told.filter(({ where }) => where === "in the range").length;
  const verb = inside === 1 ? "lies" : "lie";
  return `Of ${counted(told.length, "figure")} reported of it, ${inside} ${verb} in the range of the scenario as it is`
    + `${lateWords(scenario, told)}.`;
}

/** Which way the figures of the last third of the known days lie, where they lie one way. */
function lateWords(scenario, told) {
  const since = scenario.known * (1 - LATE);
  const late = told.filter((mark) => mark.middle >= since && ["exact", "about", "range"].includes(mark.report.bound));
  if (late.length < ENOUGH) return "";
  const sides = [["below", "lower", (middle, band) => middle < band.middle],
    ["above", "upper", (middle, band) => middle > band.middle]];
  const middleOf = ({ figures }) => figures.reduce((sum, number) => sum + number, 0) / figures.length;
  for (const [side, edge, is] of sides) {
    const there = late.filter((mark) => is(middleOf(mark), mark.band));
    if (there.length < MOSTLY * late.length) continue;
    const out = there.filter(({ where }) => where === `${side} the range`).length;
    return `; of the ${late.length} latest, ${there.length} lie at its ${edge} edge`
      + (out ? ` or ${side} it (${out} ${side})` : "");
  }
  return "";
}
