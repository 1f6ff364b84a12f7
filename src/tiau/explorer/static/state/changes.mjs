// What was changed about a scenario: a what-if as its files have it, and what acts, events and parameters are by it.
//
// A what-if is never changed in place: every function here returns another one. Its lists are drop, add, set, scale and
// parameter, in the form of docs/what-ifs.md; `id` is always a list.

export const NOTHING = { title: "", why: "", drop: [], add: [], set: [], scale: [], parameter: [] };
const STRENGTHS = {
  close: "enforcement", push_back: "enforcement", expel: "enforcement", fence: "enforcement",
  exempt: "admit_share", admit: "admit_share", corridor: "admit_share",
  quota: "amount", relief: "amount", register: "amount",
};

/** The column that says how strong an act of an effect is; blank for one that moves nobody. */
export const strengthOf = (effect) => STRENGTHS[effect] ?? "";

/** How many changes there are. */
export const countOf = (whatIf) =>
  ["drop", "add", "set", "scale", "parameter"].reduce((sum, kind) => sum + whatIf[kind].length, 0);

/** Put what is missing into a what-if that was read. */
export function whole(whatIf) {
  const found = { ...NOTHING, ...whatIf };
  for (const kind of ["drop", "set", "scale"]) {
    found[kind] = found[kind].map((edit) => ({ ...edit, id: [edit.id].flat() }));
  }
  return found;
}

/** Acts as they are after a what-if: `was` is the scenario's act or null, `state` same, changed, off or added. */
export function actsOf(scenario, whatIf) {
  const dropped = idsOf(whatIf.drop, "acts");
  const kept = scenario.acts.map((was) => {
    if (dropped.has(was.act)) return { ...was, was, state: "off" };
    const now = { ...was, ...cellsFor(whatIf, was.act) };
    return { ...now, was, state: sameAct(now, was) ? "same" : "changed" };
  });
  const added = whatIf.add.filter((edit) => edit.table === "acts").map((edit) => asAct(edit, whatIf));
  return [...kept, ...added];
}

function cellsFor(whatIf, id) {
  const found = {};
  for (const edit of whatIf.set) {
    if (edit.table === "acts" && edit.id.includes(id)) Object.assign(found, columnsOf(edit));
  }
  for (const edit of whatIf.scale) {
    if (edit.table === "acts" && edit.id.includes(id)) found.scaled = { ...found.scaled, [edit.column]: edit.by };
  }
  return found;
}

function columnsOf({ table, id, ...cells }) {
  return cells;
}

function asAct(edit, whatIf) {
  const blank = { from: "", until: "", authority: "", level: "state", effect: "", places: [], groups: [], note: "",
    admit_share: null, enforcement: null, amount: null, softens: "", ends: "", source: "", estimated: true };
  const cells = { ...blank, ...columnsOf(edit), ...cellsFor(whatIf, edit.act) };
  return { ...cells, places: listed(cells.places), groups: listed(cells.groups), was: null, state: "added" };
}

/** A cell of names as a list of them. */
export const listed = (cell) =>
  Array.isArray(cell) ? cell : String(cell ?? "").split(";").map((name) => name.trim()).filter(Boolean);

function sameAct(now, was) {
  return now.scaled === undefined && Object.keys(was).every((column) => sameCell(now[column], was[column]));
}

const sameCell = (one, other) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");

const idsOf = (edits, table) => new Set(edits.filter((edit) => edit.table === table).flatMap((edit) => edit.id));

/** Give columns of an act other values; those that are as in the scenario again are no change any more. */
export function setAct(scenario, whatIf, id, columns) {
  const added = whatIf.add.findIndex((edit) => edit.table === "acts" && edit.act === id);
  if (added >= 0) {
    return { ...whatIf, add: whatIf.add.map((edit, at) => (at === added ? { ...edit, ...columns } : edit)) };
  }
  const was = scenario.acts.find((act) => act.act === id);
  const rest = without(whatIf.set, "acts", id);
  const now = Object.entries({ ...cellsFor({ ...whatIf, scale: [] }, id), ...columns });
  const cells = now.filter(([column, value]) => !sameCell(value, was?.[column]));
  const set = cells.length ? [...rest, { table: "acts", id: [id], ...Object.fromEntries(cells) }] : rest;
  return { ...whatIf, set };
}

function without(edits, table, id) {
  return edits.flatMap((edit) => {
    if (edit.table !== table || !edit.id.includes(id)) return [edit];
    const others = edit.id.filter((one) => one !== id);
    return others.length ? [{ ...edit, id: others }] : [];
  });
}

/**
 * Switch an act off: a row of the scenario is dropped, one that was added goes. What softens it says nothing without it
 * and goes with it; one that ends it stays and ends nothing.
 */
export function dropAct(scenario, whatIf, id) {
  const softening = actsOf(scenario, whatIf).filter((act) => act.softens === id && act.state !== "off");
  const left = softening.reduce((found, act) => dropAct(scenario, found, act.act), whatIf);
  const ending = actsOf(scenario, left).filter((act) => act.ends === id && act.state !== "off");
  const cut = ending.reduce((found, act) => setAct(scenario, found, act.act, { ends: "" }), left);
  const add = cut.add.filter((edit) => edit.table !== "acts" || edit.act !== id);
  if (add.length < cut.add.length) return { ...cut, add };
  const [set, scale] = [without(cut.set, "acts", id), without(cut.scale, "acts", id)];
  return { ...cut, set, scale, drop: [...without(cut.drop, "acts", id), { table: "acts", id: [id] }] };
}

/** Make an act of the scenario what it was, and with one that was off what softens it or ends it. */
export function restoreAct(scenario, whatIf, id) {
  const wasOff = idsOf(whatIf.drop, "acts").has(id);
  const [drop, set, scale] = ["drop", "set", "scale"].map((kind) => without(whatIf[kind], "acts", id));
  const alone = { ...whatIf, drop, set, scale };
  if (!wasOff) return alone;
  const softening = scenario.acts.filter((act) => act.softens === id && idsOf(drop, "acts").has(act.act));
  const back = softening.reduce((found, act) => restoreAct(scenario, found, act.act), alone);
  const ending = scenario.acts.filter((act) => act.ends === id && !idsOf(drop, "acts").has(act.act));
  return ending.reduce((found, act) => setAct(scenario, found, act.act, { ends: id }), back);
}

/** Add an act; `columns` are those of acts.csv without its id, which is the first W with a number that is free. */
export function addAct(scenario, whatIf, columns) {
  const taken = new Set(actsOf(scenario, whatIf).map((act) => act.act));
  let number = 1;
  while (taken.has(`W${number}`)) number += 1;
  return { ...whatIf, add: [...whatIf.add, { table: "acts", act: `W${number}`, ...columns }] };
}

/** How many times as severe events are made, by id. */
export function scalesOf(whatIf) {
  const found = {};
  for (const edit of whatIf.scale) {
    if (edit.table === "events" && edit.column === "severity") {
      for (const id of edit.id) found[id] = (found[id] ?? 1) * edit.by;
    }
  }
  return found;
}

/** Make events so many times as severe; 1 leaves them as they are. */
export function scaleEvents(whatIf, ids, by) {
  const these = new Set(ids);
  const rest = whatIf.scale.flatMap((edit) => {
    if (edit.table !== "events" || edit.column !== "severity") return [edit];
    const others = edit.id.filter((id) => !these.has(id));
    return others.length ? [{ ...edit, id: others }] : [];
  });
  const scale = by === 1 ? rest : [...rest, { table: "events", id: [...ids], column: "severity", by }];
  return { ...whatIf, scale };
}

/** Give a parameter a value, or with null the scenario's. */
export function setParameter(whatIf, name, value) {
  const rest = whatIf.parameter.filter((edit) => edit.name !== name);
  return { ...whatIf, parameter: value === null ? rest : [...rest, { name, value }] };
}

/** Changes of which this page shows no more than that they are there: of places, routes, groups and the like. */
export function otherChanges(whatIf) {
  const shown = (edit) => edit.table === "acts" || (edit.table === "events" && edit.column === "severity");
  return ["drop", "add", "set", "scale"].flatMap((kind) =>
    whatIf[kind].map((edit, at) => ({ kind, at, edit })).filter(({ edit }) => !shown(edit)));
}
