// What-ifs for a scenario that brings none: made from its own acts and events by plain rules.

import { NOTHING } from "../state/changes.mjs";

const RULES = [
  { name: "no-order-enforced", effects: ["close"], column: "enforcement", to: 0,
    title: "No order at the border is enforced",
    why: "Every order that closes a crossing stays on paper: its enforcement is 0." },
  { name: "every-order-enforced", effects: ["close"], column: "enforcement", to: 1,
    title: "Every border order is fully enforced",
    why: "Every attempt at a closed crossing meets the order, from its first day to its last." },
  { name: "no-exemption", effects: ["exempt"], column: "admit_share", to: 0, title: "No exemption is made",
    why: "Orders keep their exemptions, but nobody is admitted by them." },
  { name: "nobody-sent-back", effects: ["push_back", "expel"], column: "enforcement", to: 0,
    title: "Nobody is sent back",
    why: "Orders to push back or expel people stay on paper: their enforcement is 0." },
];

const FACTORS = [
  { name: "half-the-violence", by: 0.5, title: "Everything that happens is half as severe",
    why: "Every event drives out as many people as half of it would." },
  { name: "twice-the-violence", by: 2, title: "Everything that happens is twice as severe",
    why: "Every event drives out as many people as two of it would." },
];

/** What-ifs made by the page, in the form of the scenario's own presets; only those that change something. */
export function genericPresets(scenario) {
  const ofActs = RULES.map(({ effects, column, to, ...rest }) => {
    const ids = scenario.acts.filter((act) => effects.includes(act.effect) && differs(act[column], to)).map((act) =>
      act.act);
    return preset(rest, ids.length ? { set: ids.map((id) => ({ table: "acts", id: [id], [column]: to })) } : null);
  });
  const isSevere = scenario.events.some((event) => event.severity > 0);
  const id = scenario.events.map((event) => event.event);
  const ofEvents = FACTORS.map(({ by, ...rest }) =>
    preset(rest, isSevere ? { scale: [{ table: "events", id, column: "severity", by }] } : null));
  return [...ofActs, ...ofEvents].filter(Boolean);
}

// An act without the number moves nobody, as one with 0 does.
const differs = (number, to) => (number ?? 0) !== to;

function preset({ name, title, why }, changes) {
  return changes && { name, title, why, made: true, what_if: { ...NOTHING, title, why, ...changes } };
}
