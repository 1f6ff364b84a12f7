// The title of a ready-made what-if is that of its changes, and goes when they are changed further.

import { fingerprint } from "../state/same.mjs";
import { genericPresets } from "./generic.mjs";

/** What-ifs that are offered: the scenario's own, else those made by the page. */
export const offered = (scenario) => (scenario.presets?.length ? scenario.presets : genericPresets(scenario));

/** `next`, without a title and a reason that belong to other changes, those of `before`. */
export function titled(scenario, before, next) {
  if (!next.title || next.title !== before.title || fingerprint(next) === fingerprint(before)) return next;
  const ready = new Set(offered(scenario).map((preset) => preset.title));
  const isReady = next.title.split("; ").every((part) => ready.has(part)) || ready.has(next.title);
  return isReady ? { ...next, title: "", why: "" } : next;
}
