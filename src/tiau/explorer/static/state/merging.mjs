// One what-if added to another: what both speak of is as the second has it.

import { actsOf, dropAct, listed, restoreAct, scaleEvents, setAct, setParameter } from "./changes.mjs";

/** Return `first` with the changes of `second` on top; acts that `second` adds get ids that are free. */
export function merged(scenario, first, second) {
  const more = renamed(scenario, first, second);
  let found = { ...first, title: joined(first.title, more.title, "; "), why: joined(first.why, more.why, " ") };
  for (const edit of more.drop) {
    for (const id of edit.id) found = edit.table === "acts" ? dropAct(scenario, restoreAct(scenario, found, id), id)
      : withDrop(found, edit.table, id);
  }
  found = { ...found, add: [...found.add, ...more.add] };
  for (const edit of more.set) found = withSet(scenario, found, edit);
  for (const edit of more.scale) {
    const ofSeverity = edit.table === "events" && edit.column === "severity";
    found = ofSeverity ? scaleEvents(found, edit.id, edit.by) : { ...found, scale: [...found.scale, edit] };
  }
  for (const { name, value } of more.parameter) found = setParameter(found, name, value);
  return found;
}

const joined = (one, other, between) => (one && other && one !== other ? `${one}${between}${other}` : one || other);

function withDrop(whatIf, table, id) {
  const there = whatIf.drop.some((edit) => edit.table === table && edit.id.includes(id));
  return there ? whatIf : { ...whatIf, drop: [...whatIf.drop, { table, id: [id] }] };
}

function withSet(scenario, whatIf, { table, id, ...cells }) {
  if (table !== "acts") return { ...whatIf, set: [...whatIf.set, { table, id, ...cells }] };
  return id.reduce((found, act) => {
    const dropped = found.drop.some((edit) => edit.table === "acts" && edit.id.includes(act));
    return setAct(scenario, dropped ? restoreAct(scenario, found, act) : found, act, cells);
  }, whatIf);
}

function renamed(scenario, first, second) {
  const taken = new Set(actsOf(scenario, first).map((act) => act.act));
  const names = new Map();
  for (const edit of second.add.filter((one) => one.table === "acts")) {
    let [name, number] = [edit.act, 1];
    while (taken.has(name)) name = `W${number++}`;
    taken.add(name);
    names.set(edit.act, name);
  }
  const named = (id) => names.get(id) ?? id;
  const act = (edit) => {
    if (edit.table !== "acts") return edit;
    const found = { ...edit };
    if (edit.act !== undefined) found.act = named(edit.act);
    if (edit.id) found.id = edit.id.map(named);
    for (const column of ["softens",
      "ends"]) if (edit[column]) found[column] = listed(edit[column]).map(named).join("; ");
    return found;
  };
  return { ...second, drop: second.drop.map(act), add: second.add.map(act), set: second.set.map(act),
    scale: second.scale.map(act) };
}
