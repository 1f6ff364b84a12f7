// Acts that began with another, as far as tables say so: an order for several borders stands in several rows, and who
// moves one of them is told which stay.

import { dropAct, listed } from "../state/changes.mjs";
import { counted } from "../words/numbers.mjs";
import { dateOf, dayOf } from "../words/days.mjs";
import { applied } from "./moves.mjs";

const NAMED = 4;

/** The acts of a scenario that began with one: on its day, of its authority, and of its source or bound to it. */
export function begunWith(act, acts) {
  const own = act.was;
  if (!own || own.effect === "statement") return [];
  return acts.filter(({ was }) => was && was.act !== own.act && was.effect !== "statement" && isBeside(was, own));
}

const isBeside = (one, other) => one.authority === other.authority && one.from === other.from
  && (isOfOneSource(one, other) || isBound(one, other) || isBound(other, one));

const isOfOneSource = (one, other) => Boolean(one.source) && one.source === other.source;

const isBound = ({ softens }, { act }) => listed(softens).includes(act);

/** Those of them that stay where they are, or in force, while the act was moved or switched off. */
export function staying(scenario, act, acts) {
  const beside = begunWith(act, acts).filter(({ state }) => state !== "off");
  // What softens an order goes with it, and an order may well stand without what softens it.
  if (act.state === "off") return beside.filter(({ effect }) => effect === act.effect);
  return act.state === "changed" ? beside.filter((part) => isBehind(part, cellsAlong(scenario, act, part))) : [];
}

const isBehind = (part, cells) => Object.entries(cells).some(([column, cell]) => (part[column] ?? "") !== cell);

/** The days of a part that goes where its act went. */
function cellsAlong(scenario, act, part) {
  const { from, until = "", was } = act;
  const cells = from === was.from ? {} : { from };
  const ends = was.until || "";
  if (until === ends || !part.was.until !== !ends) return cells;
  if (!until || part.was.until === ends) return { ...cells, until };
  const last = dayOf(scenario, part.was.until) + dayOf(scenario, until) - dayOf(scenario, ends);
  return { ...cells, until: dateOf(scenario, Math.max(last, dayOf(scenario, from))) };
}

/** A what-if in which what stayed goes along with an act. */
export function along(scenario, whatIf, act, acts) {
  const go = (found, part) => (act.state === "off" ? dropAct(scenario, found, part.act)
    : applied(scenario, found, part, cellsAlong(scenario, act, part)));
  return staying(scenario, act, acts).reduce(go, whatIf);
}

/** What began with an act in words; blank where nothing did. */
export function besideWords(act, acts) {
  const parts = begunWith(act, acts);
  return parts.length ? `${named(act, parts)} ${parts.length === 1 ? "begins" : "begin"} with it` : "";
}

/** What stayed in words; blank where nothing did. */
export function stayingWords(scenario, act, acts) {
  const parts = staying(scenario, act, acts);
  if (!parts.length) return "";
  const [stay, where] = parts.length === 1 ? ["stays", "where it is"] : ["stay", "where they are"];
  return `${named(act, parts)} began with it and ${stay} ${act.state === "off" ? "in force" : where}`;
}

/** What a button says that takes along what stayed. */
export const alongWords = ({ state }, parts) =>
  `${state === "off" ? "Switch off" : "Move"} ${parts.length === 1 ? parts[0].act : "them"} too`;

function named(act, parts) {
  const source = parts.every((part) => isOfOneSource(part.was, act.was)) ? " and source" : "";
  return `${namesOf(parts)} of the same authority${source}`;
}

function namesOf(parts) {
  const names = parts.map(({ act }) => act);
  const left = names.length - NAMED;
  if (left > 1) return `${names.slice(0, NAMED).join(", ")} and ${counted(left, "other")}`;
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
}
