// What is changed, one row a change, each with its words before and after and the way back.

import { html } from "../vendor/preact.mjs";
import { actsOf, countOf, dropAct, NOTHING, otherChanges, restoreAct, setParameter } from "../state/changes.mjs";
import { standingWords, titleOf } from "../acts/lanes.mjs";
import { along, alongWords, staying, stayingWords } from "../acts/parts.mjs";
import { counted, short } from "../words/numbers.mjs";
import { plain } from "../words/reported.mjs";

const NOT_TOLD = ["was", "state", "replaces", "act", "scaled", "known_on", "estimated"];
const NAMED_ALREADY = ["authority", "level", "effect", "places", "note"];
const NAMED = 6;
const SHARES = ["enforcement", "admit_share"];

/**
 * Rows of what is changed: {key, kind, what, before, after, remove: what-if -> what-if without it}; with `along` where
 * something began with it and stayed: {words, button, go: what-if -> what-if with it}.
 */
export function changedRows(scenario, whatIf) {
  return [...changedActs(scenario, whatIf), ...changedEvents(scenario, whatIf), ...changedParameters(scenario, whatIf),
    ...changedOthers(whatIf), ...strays(scenario, whatIf)];
}

function changedActs(scenario, whatIf) {
  const acts = actsOf(scenario, whatIf);
  return acts.filter((act) => act.state !== "same").map((act) => ({
    key: `act ${act.act}`, kind: "act", what: `${act.act}, ${titleOf(act)}`, ...actWords(scenario, act, acts),
    along: alongOf(scenario, act, acts),
    remove: act.was ? (given) => restoreAct(scenario, given, act.act) : (given) => dropAct(scenario, given, act.act),
  }));
}

function alongOf(scenario, act, acts) {
  const stayed = staying(scenario, act, acts);
  return stayed.length > 0 && { words: stayingWords(scenario, act, acts), button: alongWords(act, stayed),
    go: (given) => along(scenario, given, act, acts) };
}

function actWords(scenario, act, acts) {
  if (act.state === "off") {
    const after = ["switched off", standingWords(scenario, act, acts)].filter(Boolean).join("; ");
    return { before: `in force ${periodOf(act)}`, after };
  }
  const columns = Object.keys(act.was ?? act).filter((column) => !NOT_TOLD.includes(column));
  const told = columns.filter((column) => (act.was ? text(act[column]) !== text(act.was[column])
    : text(act[column]) && !NAMED_ALREADY.includes(column)));
  const words = (of) => told.map((column) => `${plain(column)} ${cellOf(column, of[column]) || "blank"}`);
  const scaled = Object.entries(act.scaled ?? {}).map(([column, by]) => `${plain(column)} × ${short(by)}`);
  const before = [...words(act.was ?? {}), ...Object.keys(act.scaled ?? {}).map((column) =>
    `${plain(column)} ${cellOf(column, act.was?.[column])}`)];
  const after = [[...words(act), ...scaled].join(", "), standingWords(scenario, act, acts)].filter(Boolean).join("; ");
  return { before: act.was ? before.join(", ") : "not there", after };
}

const periodOf = (act) => (act.until ? `${act.from} to ${act.until}` : `from ${act.from}`);

/** A cell as bars tell it: shares in percent. */
const cellOf = (column, cell) => (SHARES.includes(column) && text(cell) ? `${short(text(cell) * 100)}%` : text(cell));

const text = (cell) => (Array.isArray(cell) ? cell.join("; ") : String(cell ?? ""));

function changedEvents(scenario, whatIf) {
  const scales = whatIf.scale.map((edit, place) => ({ edit, place })).filter(({ edit }) => ofSeverity(edit));
  return scales.map(({ edit, place }) => ({
    key: `events ${place}`, kind: "events", what: whichEvents(scenario, edit.id),
    before: "severity as in the scenario", after: `severity × ${short(edit.by)}`, ids: edit.id, by: edit.by,
    remove: (given) => ({ ...given, scale: given.scale.filter((one) => one !== edit) }),
  }));
}

const ofSeverity = (edit) => edit.table === "events" && edit.column === "severity";

/** Which events an edit is of, the first few by name. */
export function whichEvents(scenario, ids) {
  if (ids.length > 1 && ids.length === scenario.events.length) return `all ${counted(ids.length, "event")}`;
  const more = ids.length > NAMED ? ` and ${counted(ids.length - NAMED, "other")}` : "";
  return `${counted(ids.length, "event")}: ${ids.slice(0, NAMED).join(", ")}${more}`;
}

function changedParameters(scenario, whatIf) {
  return whatIf.parameter.map(({ name, value }) => {
    const was = scenario.parameters.find((one) => one.name === name);
    return { key: `parameter ${name}`, kind: "assumption", what: plain(name), before: was
      ? `${short(was.value)} ${unitOf(was)}` : "not known",
      after: `${short(value)} ${was ? unitOf(was) : ""}`.trim(), remove: (given) => setParameter(given, name, null) };
  });
}

const unitOf = ({ unit }) => (unit === "1" ? "" : unit);

function changedOthers(whatIf) {
  return otherChanges(whatIf).map(({ kind, at, edit }) => ({
    key: `other ${kind} ${at}`, kind: edit.table, before: kind === "add" ? "not there"
      : "as in the scenario", ...otherWords(kind, edit),
    remove: (given) => ({ ...given, [kind]: given[kind].filter((one) => one !== edit) }),
  }));
}

function otherWords(kind, { table, id, column, by, ...cells }) {
  const what = `${plain(table)}: ${(id ?? []).join(", ")}`;
  const told = Object.entries(cells).map(([name, value]) => `${plain(name)} ${text(value) || "blank"}`).join(", ");
  if (kind === "drop") return { what, after: "taken out" };
  if (kind === "scale") return { what, after: `${plain(column)} × ${short(by)}` };
  return kind === "set" ? { what, after: told } : { what: `a row of ${plain(table)}`, after: told };
}

/** Changes of acts that this scenario does not have, as a file made for another one may bring them. */
function strays(scenario, whatIf) {
  const known = new Set(actsOf(scenario, whatIf).map((act) => act.act));
  return ["drop", "set", "scale"].flatMap((kind) =>
    whatIf[kind].filter((edit) => edit.table === "acts" && edit.id.some((id) => !known.has(id)))
    .map((edit, at) => ({ key: `stray ${kind} ${at}`, kind: "act",
      what: `${edit.id.filter((id) => !known.has(id)).join(", ")}, not in this scenario`,
      before: "not there", after: plain(kind), remove: (given) =>
        ({ ...given, [kind]: given[kind].filter((one) => one !== edit) }) })));
}

/** The list "What is changed": nothing is in force unseen, and each change can be taken back. */
export function Changed({ scenario, whatIf, change }) {
  const rows = changedRows(scenario, whatIf);
  if (!rows.length) return null;
  const takeBack = (row) => {
    const left = row.remove(whatIf);
    change(countOf(left) ? left : { ...NOTHING }, { settled: true });
  };
  return html`<div class="changed-list scroll" tabindex="0" role="region" aria-label="What is changed">
    <table><caption>What is changed</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">Now</th>
        <th scope="col">Way back</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.key}><th scope="row">${row.what}<span class="soft">
        ${row.kind}</span></th>
        <td>${row.before}</td>
        <td>${row.after}${row.along && html`<span class="along">${row.along.words}. <button type="button"
          onClick=${() => change(row.along.go(whatIf), { settled: true })}>${row.along.button}</button></span>`}</td>
        <td><button type="button" aria-label=${`Take back: ${row.what}`} onClick=${() => takeBack(row)}>Take
          back</button></td>
      </tr>`)}</tbody></table></div>`;
}
