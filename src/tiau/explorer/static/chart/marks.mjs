// Reports as marks: the colour says who spoke, the shape how the figure is bound, a bar over which days it is.

import { bounded, figuresOf } from "../words/reported.mjs";

/** Kinds of sources, in plain words; the page's css has a colour of the same name for each. */
export const KINDS = { register: "register or authority", agency: "UN agency", media: "media", other: "others" };
const QUANTITIES = { present: ["present", "registered", "idp_present"], arrived: ["arrived_cumulative"] };
const PERIOD_DAYS = 3;

/**
 * Marks of the reports of the place that is followed: {report, figures, middle, isPart, words}; copies are left out.
 */
export function marksOf(scenario, view) {
  return scenario.reports.filter((report) => isHere(scenario, view, report)).map((report) => ({
    report, figures: figuresOf(report), middle: (report.first_day + report.last_day) / 2, isPart: isPart(report),
    isLong: report.last_day - report.first_day >= PERIOD_DAYS, kind: report.source_kind || "other",
    words: wordsOf(report),
  })).sort((one, other) => one.middle - other.middle);
}

/** How many reports of the place and quantity carry another one's figure, and are left out. */
export const copiesOf = (scenario, view) =>
  scenario.reports.filter((report) => isOf(scenario, view, report) && report.same_as).length;

const isHere = (scenario, view, report) => isOf(scenario, view, report) && !report.same_as;

function isOf(scenario, view, report) {
  return report.followed === view.followed && QUANTITIES[view.quantity].includes(report.quantity)
    && report.last_day >= 0 && report.first_day < scenario.days && figuresOf(report).length > 0;
}

/** Whether it speaks of some people alone, or was set aside. */
const isPart = ({ origin, group, not_scored: aside }) => Boolean(origin || (group && group !== "all") || aside);

function wordsOf(report) {
  const days = report.first === report.last ? report.first : `${report.first} to ${report.last}`;
  const who = report.said_by || report.publisher;
  const of = [report.group !== "all" && report.group, report.origin && `from ${report.origin}`,
    report.quantity === "registered" && "registered", report.not_scored && "not scored"].filter(Boolean);
  const some = of.length ? ` (${of.join(", ")})` : "";
  return `${days}${who ? `, ${who}` : ""}: ${bounded(report)}${some}, ${report.report}`;
}

/** The path of a mark about 0, 0; a range reaches `high` pixels up and down. */
export function shapeOf(bound, radius, high = 0) {
  const [across, side] = [2 * radius, 1.15 * radius];
  if (bound === "at_least") return `M0 ${-radius}l${side} ${across}h${-2 * side}z`;
  if (bound === "at_most") return `M0 ${radius}l${side} ${-across}h${-2 * side}z`;
  if (bound === "range") return `M0 ${-high}V${high}M${-radius} ${-high}h${across}M${-radius} ${high}h${across}`;
  return `M${-radius} 0a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 ${-across} 0z`;
}

/** Where a mark lies on scales: {x, y, high, left, right, isBeyond}. */
export function placeOf(mark, across, up) {
  const ys = mark.figures.map((number) => up.y(number));
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const x = Math.min(Math.max(across.middle(mark.middle), across.left), across.right);
  return {
    x, y: (least + most) / 2, high: (most - least) / 2, isBeyond: Math.max(...mark.figures) > up.most,
    left: across.begins(mark.report.first_day), right: across.ends(mark.report.last_day),
  };
}

/** The top of an axis for lines that reach so many people and marks: marks far beyond do not flatten the lines. */
export function withMarks(most, marks) {
  const figures = marks.flatMap((mark) => mark.figures);
  const highest = Math.max(0, ...figures);
  return Math.max(most * 1.05, most > 0 ? Math.min(highest * 1.05, most * 2) : highest * 1.05);
}
