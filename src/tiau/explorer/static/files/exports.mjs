// What is shown, as tables for a spreadsheet.

import { at } from "../asking/arrays.mjs";
import { dateOf } from "../words/days.mjs";
import { asCell } from "../words/tables.mjs";

/** Numbers of an outcome's fan, if it is of what is followed and of all days: (level, day) -> number. */
export function fanOf(outcome, view, name = "fan") {
  const told = outcome?.fan;
  if (!told?.[name] || told.days || told.follow !== view.followed || told.quantity !== view.quantity) return null;
  return (level, day) => at(told[name], (told.levels ?? LEVELS).findIndex((one) => Math.abs(one - level) < 1e-9), day);
}

const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95];
const name = (level) => `p${String(Math.round(level * 100)).padStart(2, "0")}`;

/**
 * What is followed by day: medians (before runs end estimates or expected values) and ranges, with the changes and
 * without, and the difference.
 */
export function courseTable(scenario, view, outcome, isChanged) {
  const course = (of) => ({ means: of?.means ?? "expected", people: of?.expected?.[view.quantity],
    fan: fanOf(of, view) });
  const [now, baseline] = [course(outcome.now), course(outcome.baseline)];
  const columns = [...ofRun("", now, view)];
  if (isChanged) {
    const difference = fanOf(outcome.now, view, "difference");
    columns.push(...ofRun("baseline_", baseline, view),
      ...[0.05, 0.5, 0.95].map((level) => [`difference_${name(level)}`, (day) => difference?.(level, day) ?? NaN]));
  }
  const days = Array.from({ length: scenario.days }, (_, day) => day);
  return [["date", ...columns.map(([head]) => head)],
    days.map((day) => [dateOf(scenario, day), ...columns.map(([, number]) => asCell(number(day)))])];
}

function ofRun(before, { means, people, fan }, view) {
  return [[`${before}${means}`, (day) => at(people, view.followed, day)],
    ...LEVELS.map((level) => [`${before}${name(level)}`, (day) => fan?.(level, day) ?? NaN])];
}

/**
 * Everything that can be followed on the day in view: medians, estimates or expected values, with the changes and
 * without.
 */
export function dayTable(scenario, view, outcome, isChanged) {
  const number = (of, row) => at(of?.expected?.[view.quantity], row, view.day);
  const [now, own] = [outcome.now?.means ?? "expected", outcome.baseline?.means ?? "expected"];
  const both = isChanged ? [`baseline_${own}`, `difference_${now}`] : [];
  const header = ["name", "level", "abroad", "date", "quantity", now, ...both];
  const date = dateOf(scenario, view.day);
  const rows = scenario.followed.map((one, row) => {
    const [people, was] = [number(outcome.now, row), number(outcome.baseline, row)];
    const apart = isChanged ? [asCell(was), asCell(people - was)] : [];
    return [one.label, one.level, one.abroad ? "yes" : "no", date, view.quantity, asCell(people), ...apart];
  });
  return [header, rows];
}
