// Acts as bars: which lie in which lane and row, where each begins and ends, how strong it is.

import { listed, strengthOf } from "../state/changes.mjs";
import { rounded, whole } from "../words/numbers.mjs";
import { dayOf, spoken } from "../words/days.mjs";

/** Levels of authorities, those that reach furthest first. */
export const LEVELS = ["foreign", "federal", "national", "state", "district", "court", "civil"];
const DOES = { close: "shuts", push_back: "shuts", expel: "shuts", fence: "shuts", exempt: "opens", admit: "opens",
  corridor: "opens", quota: "opens", relief: "helps", register: "helps", statement: "says" };
export const SIZES = { row: 22, bar: 16, folded: 6, gap: 4, least: 24, level: 16 };
const MOST_PEOPLE = 100000;

/** What an act comes to: shuts, opens, helps or says; a quota of nobody shuts. */
export const doesOf = (act) =>
  (act.effect === "quota" && strengthIn(act).value === 0 ? "shuts" : DOES[act.effect] ?? "says");

/** An effect in words. */
export const effectWords = (effect) => effect.replaceAll("_", " ");

/** Where an act holds, and for whom. */
export const placesOf = (act) => listed(act.places).join(", ");
export const whomOf = (act) => `for ${listed(act.groups).join(", ") || "everybody"}`;

/** Who acts, and what is done where and for whom. */
export const titleOf = (act) => {
  const whom = act.effect === "statement" && !listed(act.groups).length ? [] : [whomOf(act)];
  const what = [effectWords(act.effect), placesOf(act), ...whom].filter(Boolean).join(", ");
  return `${act.authority} (${act.level}): ${what}`;
};

/** From when to when an act is written to hold. */
export const daysOf = (scenario, act) => {
  const until = act.until ? `to ${spoken(scenario, dayOf(scenario, act.until))}` : "without an end";
  return `from ${spoken(scenario, dayOf(scenario, act.from))} ${until}`;
};

/** How strong an act is: its column, value, share of what can be (0 to 1), words; value null where nobody gives it. */
export function strengthIn(act) {
  const column = strengthOf(act.effect);
  const said = act[column];
  const isSaid = column && said !== null && said !== undefined && said !== "";
  const value = isSaid ? Number(said) * (act.scaled?.[column] ?? 1) : null;
  return { column, value, share: shareOf(column, value), words: strengthWords(column, value) };
}

function strengthWords(column, value) {
  if (!column) return "";
  if (value === null) return "no strength given";
  return column === "amount" ? whole(rounded(value)) : `${Math.round(value * 1000) / 10}%`;
}

/** The share of a bar that a value fills; numbers of people go by their size in digits. */
export function shareOf(column, value) {
  if (value === null || !column) return 0;
  const share = column === "amount" ? Math.log10(1 + value) / Math.log10(1 + MOST_PEOPLE) : value;
  return Math.min(Math.max(share, 0), 1);
}

/** The value of a share, as it is written into a row. */
export function valueOf(column, share) {
  const inside = Math.min(Math.max(share, 0), 1);
  return column === "amount" ? rounded((1 + MOST_PEOPLE) ** inside - 1) : Math.round(inside * 100) / 100;
}

/** The lanes: {authority, level, isNew, isFolded, says, top, high, rows}; a row is {acts, y, isTicks}. */
export function lanesOf(acts, { all, folded }) {
  const wanted = acts.filter((act) => all || act.effect !== "statement" || act.state === "added");
  const order = grouped(wanted).sort((one, other) => rank(one[0]) - rank(other[0]) || before(first(one), first(other)));
  let [top, level] = [SIZES.gap, null];
  const lanes = order.map((found) => {
    const { authority, level: own } = laneOf(found[0]);
    const isNew = own !== level;
    level = own;
    const lane = placed(found, top + (isNew ? SIZES.level : 0), folded.has(authority));
    top = lane.top + lane.high + SIZES.gap;
    return { authority, level: own, isNew, ...lane };
  });
  return { lanes, high: top };
}

// An act stays in its lane and row while it is changed: nothing jumps under the pointer.
const laneOf = (act) => ({ authority: (act.was ?? act).authority, level: (act.was ?? act).level });

const keyOf = (act) => laneOf(act).authority;

function grouped(acts) {
  const found = new Map();
  for (const act of acts) found.set(keyOf(act), [...(found.get(keyOf(act)) ?? []), act]);
  return [...found.values()];
}

const rank = (act) => (LEVELS.indexOf(laneOf(act).level) + LEVELS.length + 1) % (LEVELS.length + 1);

const begun = (act) => (act.was ?? act).from;

const first = (acts) => acts.map(begun).sort()[0];

/** Which of two words or days comes first, for sorting. */
export const before = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

function placed(acts, top, isFolded) {
  const sorted = [...acts].sort((one, other) => before(begun(one), begun(other)) || before(one.act, other.act));
  const says = sorted.filter((act) => act.effect === "statement");
  const does = sorted.filter((act) => act.effect !== "statement");
  const rows = does.map((act) => ({ acts: [act], isTicks: false }));
  if (says.length) rows.push({ acts: says, isTicks: true });
  const step = isFolded ? SIZES.folded : SIZES.row;
  rows.forEach((row, at) => { row.y = top + at * step; });
  return { rows, top, isFolded, count: acts.length, high: Math.max(rows.length * step, SIZES.least) };
}

/** Where a bar lies: first and last day in force, its edges, and whether it goes on beyond them. */
export function barOf(scenario, act, across, acts = []) {
  const [from, until] = [dayOf(scenario, act.from), act.until ? dayOf(scenario, act.until) : Infinity];
  const ended = endOf(scenario, act, acts);
  const last = Math.min(until, ended - 1);
  const [left, right] = [across.begins(from), across.ends(Math.min(last, across.days))];
  return {
    from, until, last, isEarlier: from < 0, isOpen: last >= across.days, isEnded: ended - 1 < until,
    isOutside: from >= across.days || last < 0, left, right: Math.max(right, left + 3),
    further: across.ends(Math.min(until, across.days)),
  };
}

function endOf(scenario, act, acts) {
  const others = acts.filter((other) => other.state !== "off" && other.act !== act.act);
  const ends = others.filter((other) => listed(other.ends).includes(act.act));
  return Math.min(Infinity, ...ends.map((other) => dayOf(scenario, other.from)));
}

/** An act in words: what it is, when, how strong, and what was changed about it. */
export function actWords(scenario, act, acts = []) {
  const strength = strengthIn(act);
  const end = endOf(scenario, act, acts);
  return [
    `${act.act}, ${titleOf(act)}`, daysOf(scenario, act),
    Number.isFinite(end) ? `ended by another act on ${spoken(scenario, end)}` : "",
    moving(strength),
    { off: "switched off", changed: "changed", added: "added" }[act.state] ?? "",
    softeningWords(act, acts),
    standingWords(scenario, act, acts),
  ].filter(Boolean).join("; ");
}

/** Which acts that soften an order are off with it. */
function softeningWords(act, acts) {
  const off = acts.filter((one) => one.state === "off" && listed(one.softens).includes(act.act)).map((one) => one.act);
  if (act.state !== "off" || !off.length) return "";
  return off.length === 1 ? `${off[0]}, which softens it, is off with it`
    : `${off.join(" and ")}, which soften it, are off with it`;
}

function moving({ column, value, words }) {
  if (!column) return "moves nobody";
  return value === null ? `${words}: moves nobody` : `strength ${words}`;
}

/** Which older orders stand again where an order is off, or from where it was made to end; blank where none does. */
export function standingWords(scenario, act, acts) {
  const isOff = act.state === "off";
  if (!isOff && !isCut(act)) return "";
  const since = isOff ? dayOf(scenario, act.from) : dayOf(scenario, act.until) + 1;
  const lasts = (one) => Math.min(one.until ? dayOf(scenario, one.until) : Infinity, endOf(scenario, one, acts) - 1);
  const standing = acts.filter((one) => one.state !== "off" && one.effect === "close" && lasts(one) >= since);
  const on = new Map(standing.map((one) => [one.act, one]));
  const latest = (act.replaces ?? []).map((pile) => pile.find((id) => on.has(id))).filter(Boolean);
  const told = [...new Set(latest)].map((id) => {
    const order = on.get(id);
    const first = spoken(scenario, dayOf(scenario, order.from));
    return `${id} of ${first} by ${order.authority} (${strengthIn(order).words})`;
  });
  return told.length ? `then ${told.join(" and ")} ${told.length > 1 ? "stand" : "stands"} again` : "";
}

const isCut = ({ was, until }) => Boolean(was && until && (!was.until || until < was.until));
