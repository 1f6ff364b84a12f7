// How an act changes when its bar is dragged or a key is pressed: columns to set, and the what-if with them.

import { restoreAct, setAct } from "../state/changes.mjs";
import { barOf, strengthIn, valueOf } from "./lanes.mjs";
import { dateOf, dayOf } from "../words/days.mjs";

/** Pixels up or down that are all of a strength. */
const STROKE = 110;
const STEP = 0.05;

/** Columns of an act that was dragged by so many pixels, at its body, start, end or knob. */
export function dragged({ scenario, act, acts, part, across }, right, down) {
  const days = Math.round(right / across.wide);
  if (part === "knob") return strengthened(act, strengthIn(act).share - down / STROKE);
  return { start: startMoved, end: endMoved }[part]?.(scenario, act, days, acts) ?? moved(scenario, act, days);
}

/** Both ends of an act by so many days. */
export function moved(scenario, act, days) {
  const by = (date) => dateOf(scenario, dayOf(scenario, date) + days);
  return act.until ? { from: by(act.from), until: by(act.until) } : { from: by(act.from) };
}

function startMoved(scenario, act, days) {
  const last = act.until ? dayOf(scenario, act.until) : Infinity;
  return { from: dateOf(scenario, Math.min(dayOf(scenario, act.from) + days, last)) };
}

const beginOn = (scenario, act, day) =>
  ({ from: dateOf(scenario, act.until ? Math.min(day, dayOf(scenario, act.until)) : day) });

const endOn = (scenario, act, day) => ({ until: dateOf(scenario, Math.max(day, dayOf(scenario, act.from))) });

/** The last day of an act by so many days; one without an end gets one, and has none again beyond the last day. */
export function endMoved(scenario, act, days, acts = []) {
  const { from, last } = barOf(scenario, act, { days: scenario.days, begins: () => 0, ends: () => 0 }, acts);
  const end = Math.max(Math.min(last, scenario.days - 1) + days, from);
  if (!(act.was ?? act).until && end >= scenario.days - 1) return { until: "" };
  return { until: dateOf(scenario, end) };
}

/** The strength of an act as a share, 0 to 1. */
export function strengthened(act, share) {
  const { column } = strengthIn(act);
  return column ? { [column]: valueOf(column, share) } : {};
}

/** What a key does to an act: columns, or null for a key that changes none; `day` is the day in view. */
export function keyed(scenario, act, acts, { key, shiftKey, altKey }, day) {
  if (!altKey && (key === "b" || key === "B")) return beginOn(scenario, act, day);
  if (!altKey && (key === "e" || key === "E")) return endOn(scenario, act, day);
  const days = { ArrowLeft: -1, ArrowRight: 1, PageDown: -30, PageUp: 30 }[key];
  if (days) {
    const far = days * (shiftKey && key.startsWith("Arrow") ? 7 : 1);
    return altKey ? endMoved(scenario, act, far, acts) : moved(scenario, act, far);
  }
  const step = { "+": STEP, "=": STEP, "-": -STEP, "−": -STEP }[key];
  const { column, share } = strengthIn(act);
  return step && column ? strengthened(act, Math.round((share + step) / STEP) * STEP) : null;
}

/** A what-if with columns of an act; a strength that is given stands for itself, not multiplied any more. */
export function applied(scenario, whatIf, act, columns) {
  const isScaled = Object.keys(columns).some((column) => act.scaled?.[column] !== undefined);
  if (!isScaled) return setAct(scenario, whatIf, act.act, columns);
  const others = Object.entries(act.scaled).filter(([column]) => !(column in columns))
    .map(([column, by]) => [column, Number(act[column]) * by]);
  const set = whatIf.set.filter((edit) => edit.table === "acts" && edit.id.includes(act.act))
    .flatMap(({ table, id, ...cells }) => Object.entries(cells));
  return setAct(scenario, restoreAct(scenario, whatIf, act.act), act.act,
    { ...Object.fromEntries([...set, ...others]), ...columns });
}

/** Columns for an act of another effect: its strength goes to the column of that one, as far as it fits. */
export function withEffect(act, effect, column) {
  const { column: before, value } = strengthIn(act);
  if (before === column) return { effect };
  const isShare = (name) => name !== "amount";
  const given = isShare(before) === isShare(column) && value !== null ? value : column === "amount" ? 1000 : 0.5;
  return { effect, ...(before ? { [before]: "" } : {}), ...(column ? { [column]: given } : {}) };
}

