// Acts by any words of them: who ordered what, where, for whom, from when, and words that people use for it.

import { before, effectWords, placesOf, whomOf } from "./lanes.mjs";
import { listed } from "../state/changes.mjs";
import { dayOf, spoken } from "../words/days.mjs";

/** Other words by which people look for acts of a level, and for what they do. */
const LEVELS = { federal: "central national", national: "central", court: "judge", civil: "civil society" };
const EFFECTS = { close: "closed shut closure ban", push_back: "pushed turned back", expel: "deport deported hand over",
  admit: "let in open shelter asylum", exempt: "exemption exception", corridor: "safe passage",
  relief: "help aid shelter camps food", register: "record registration", statement: "said letter speech" };

/** Whether every word of a text begins one of what an act is, or of the names of states and countries it reaches. */
export function fits(scenario, act, text) {
  return hasWords(text, () => `${toldOf(scenario, act)} ${reachOf(scenario, act)}`);
}

/** Acts that name a text themselves before those that reach what it names, each by day. */
export function byNearness(scenario, acts, text) {
  const isNamed = new Map(acts.map((act) => [act, hasWords(text, () => toldOf(scenario, act))]));
  return [...acts].sort((one, other) => isNamed.get(other) - isNamed.get(one) || before(one.from, other.from));
}

function hasWords(text, of) {
  const sought = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!sought.length) return true;
  const told = of().toLowerCase();
  return sought.every((word) => begins(told, word));
}

/** Whether a word of what is told begins with one; where no spaces part words it may stand anywhere. */
function begins(told, word) {
  let at = told.indexOf(word);
  while (at >= 0 && isInside(told.slice(0, at), word)) at = told.indexOf(word, at + 1);
  return at >= 0;
}

// Letters that have no capitals are of scripts that may be written without spaces.
const isInside = (before, word) => [[/\p{Ll}$/u, /^\p{Ll}/u], [/\p{N}$/u, /^\p{N}/u]]
  .some(([ends, starts]) => ends.test(before) && starts.test(word));

function toldOf(scenario, act) {
  const { act: id, authority, level, effect, from, note } = act;
  const what = [effect, effectWords(effect), EFFECTS[effect]];
  return [id, authority, level, LEVELS[level], ...what, placesOf(act), whomOf(act), from,
    spoken(scenario, dayOf(scenario, from)), note].join(" ");
}

/** The states and countries in which an act holds somewhere. */
function reachOf(scenario, act) {
  const places = listed(act.places).flatMap((named) => [...within(scenario, named), ...beyond(scenario, named)]);
  return [...new Set(places.flatMap((at) => [scenario.places[at].admin1, scenario.places[at].country]))].join(" ");
}

/** The places of an area or place. */
const within = (scenario, named) => scenario.followed.find(({ name }) => name === named)?.places ?? [];

/** The places abroad to which ways over a crossing lead. */
const beyond = (scenario, named) => scenario.routes
  .filter(({ crossing, to }) => crossing === named && scenario.places[to].abroad).map(({ to }) => to);
