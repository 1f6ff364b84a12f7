// The whole state as the part of an address after #, and back.
//
// It says more than it must: every cell of an act that was changed, names and days in place of numbers, members and
// seed even where they are as usual. So it means the same when the scenario's rows or the usual numbers are others.

import { actsOf, setAct, whole } from "./changes.mjs";
import { dateOf, dayOf } from "../words/days.mjs";
import { fitting } from "./fitting.mjs";
import { firstState } from "./store.mjs";
import { abridged, spelledOut } from "./together.mjs";

const OWN = ["act", "was", "state", "scaled", "replaces"];
const KINDS = ["drop", "add", "set", "scale", "parameter"];

/** The hash of a state, with its #. */
export function addressOf(scenario, state) {
  const { whatIf, view, members, seed } = state;
  const entries = {
    scenario: scenario.name, digest: scenario.digest ?? "", members, seed, until: scenario.last,
    follow: scenario.followed[view.followed]?.label ?? "", quantity: view.quantity, day: dateOf(scenario, view.day),
    ...(isBlank(whatIf) ? {} : { "what-if": JSON.stringify(abridged(scenario, overspecified(scenario, whatIf))) }),
  };
  return "#" + Object.entries(entries).map(([key, value]) => `${key}=${written(value)}`).join("&");
}

const written = (value) => encodeURIComponent(value).replaceAll("%20", "+").replaceAll("%2C", ",").replaceAll("%3A",
  ":");

const isBlank = (whatIf) => !whatIf.title && KINDS.every((kind) => !whatIf[kind].length);

function overspecified(scenario, whatIf) {
  const changed = actsOf(scenario, { ...whatIf, scale: [] }).filter((act) => act.state === "changed");
  const cells = changed.map((act) => ({
    table: "acts", id: [act.act], ...Object.fromEntries(Object.entries(act).filter(([key]) => !OWN.includes(key))),
  }));
  const added = new Set(whatIf.add.map((edit) => edit.act));
  const others = whatIf.set.filter((edit) => edit.table !== "acts" || edit.id.some((id) => added.has(id)));
  return { ...whatIf, set: [...others, ...cells] };
}

/**
 * Read a hash. Returns {state, notes}: `state` is null where nothing of it can be had, `notes` say why, or what of it
 * could not.
 */
export function readAddress(scenario, hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  if (![...said.keys()].length) return { state: null, notes: [] };
  const name = said.get("scenario");
  if (name !== null && name !== scenario.name) {
    return { state: null, notes: [`The address is of another scenario, ${name}; this page shows ${scenario.name}.`] };
  }
  try {
    return read(scenario, said);
  } catch {
    return { state: null, notes: ["The address is damaged; the scenario is shown as it is."] };
  }
}

function read(scenario, said) {
  const first = firstState(scenario);
  const text = said.get("what-if");
  const given = text === null ? {} : spelledOut(scenario, JSON.parse(text));
  const found = fitting(whole(checked(given)), scenario);
  const lost = [...found.lost];
  const view = { ...first.view, ...viewOf(scenario, said, lost) };
  const whatIf = spare(scenario, found.whatIf);
  const state = {
    whatIf, view,
    members: counted(said.get("members"), 1) ?? first.members,
    seed: counted(said.get("seed"), 0) ?? first.seed,
  };
  return { state, notes: notesOf(scenario, said, lost) };
}

/** The what-if if it is made as one should be; throws otherwise. */
function checked(whatIf) {
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (value) => typeof value === "string" && value !== "";
  const isDay = (value) => value === "" || value === null || value === undefined || !Number.isNaN(Date.parse(value));
  const hasDays = (edit) => ["from", "until", "known_on", "start", "end"].every((column) => isDay(edit[column]));
  const isRow = (edit) => isText(edit.table) && [edit.id].flat().every(isText) && hasDays(edit);
  const sound = {
    drop: isRow, set: isRow,
    add: (edit) => isText(edit.table) && hasDays(edit)
      && (edit.table !== "acts" || (isText(edit.act) && isText(edit.from))),
    scale: (edit) => isRow(edit) && isText(edit.column) && Number.isFinite(edit.by),
    parameter: (edit) => isText(edit.name) && Number.isFinite(edit.value),
  };
  if (!isObject(whatIf) || ![whatIf.title ?? "", whatIf.why ?? ""].every((words) => typeof words === "string")) {
    throw new TypeError("no what-if");
  }
  for (const kind of KINDS) {
    const edits = whatIf[kind] ?? [];
    if (!Array.isArray(edits) || !edits.every((edit) => isObject(edit) && sound[kind](edit))) throw new TypeError(kind);
  }
  return whatIf;
}

/** Only cells that differ from the scenario's are changes. */
function spare(scenario, whatIf) {
  const own = new Set(scenario.acts.map((act) => act.act));
  const ofOwn = (edit) => edit.table === "acts" && edit.id.every((id) => own.has(id));
  const blank = { ...whatIf, set: whatIf.set.filter((edit) => !ofOwn(edit)) };
  return whatIf.set.filter(ofOwn).reduce((found, { table, id, ...cells }) =>
    id.reduce((changed, one) => setAct(scenario, changed, one, cells), found), blank);
}

function viewOf(scenario, said, lost) {
  const view = {};
  const [label, day, quantity] = ["follow", "day", "quantity"].map((key) => said.get(key));
  if (label) {
    const at = scenario.followed.findIndex((one) => one.label === label);
    if (at >= 0) view.followed = at;
    else lost.push(`${label} is not in it`);
  }
  const number = day ? dayOf(scenario, day) : NaN;
  if (number >= 0) view.day = Math.min(number, scenario.days - 1);
  if (quantity === "present" || quantity === "arrived") view.quantity = quantity;
  return view;
}

function counted(text, least) {
  const number = Number(text);
  return text !== null && text !== "" && Number.isInteger(number) && number >= least ? number : null;
}

function notesOf(scenario, said, lost) {
  const notes = [];
  const digest = said.get("digest");
  if (digest && digest !== scenario.digest) {
    notes.push("The scenario has changed since this address was made: numbers can differ from what was seen then.");
  }
  const until = said.get("until");
  if (until && until !== scenario.last) notes.push(`It was looked at until ${until} then, until ${scenario.last} now.`);
  if (lost.length) notes.push(`Not applied: ${lost.join("; ")}.`);
  return notes;
}
