// What was asked and what came back: the scenario's own run beside the one with changes, and expected values while
// something is dragged.
//
// Of asks that came to be outdated the work is stopped. Runs that ended are kept, so that undo to one is at once.

import { told as middled } from "./anchoring.mjs";
import { countOf, NOTHING } from "../state/changes.mjs";
import { joined } from "./bits.mjs";
import { messages, one, Refused } from "./requests.mjs";
import { clock } from "../state/clock.mjs";

const KEPT = 40;
// Milliseconds for which the day shown may lie behind while somebody drags.
const PATIENCE = 700;
// One name for each kind of ask of this page: what it asks anew takes the place of what it asked before.
const TAB = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const BLANK = { of: null, lightOf: null, isOld: false, raw: null, rawLight: null, medians: null, was: null,
  expected: null, light: null, means: "expected", isExpected: false, fan: null, figures: null, status: "idle",
  preparing: false, ahead: 0, members: 0, done: 0, total: 0, faults: [], problem: null, run: null, sentences: [],
  warnings: [], firstDay: null, seconds: null };
const UNFINISHED = { fan: null, figures: null, medians: null, was: null };
const OUTDATED = { problem: "Something newer was asked meanwhile.", remedy: "Ask again." };

const editsOf = ({ title, why, ...edits }) => JSON.stringify(edits);

const keyOf = ({ whatIf, members, seed }) => JSON.stringify([editsOf(whatIf), members, seed]);

/** While somebody plays the clock goes on before the view. */
const dayShown = ({ view }) => (clock.isPlaying ? clock.day : view.day);

const viewKey = ({ followed, quantity }) => `${followed} ${quantity}`;

const lightKey = ({ whatIf, view }) => `${viewKey(view)} ${editsOf(whatIf)}`;

/**
 * Asks for one page; `tell` is called whenever what it shows is another. An outcome that `isOld` has people of what was
 * asked before: nothing has come yet of what is asked now.
 */
export class Outcomes {
  constructor(tell) {
    this.tell = tell;
    this.forget(null);
  }

  /** Forget everything: what was asked was about another scenario. */
  forget(scenario) {
    for (const key of Object.keys(this.aborts ?? {})) this.#stop(key);
    Object.assign(this, { scenario, kept: new Map(), aborts: {}, keys: {}, wanted: null, lightAsked: null,
      isLight: false, isReached: false, reached: 0, baseline: BLANK, now: null, anchor: null });
  }

  /** What components are given: `now` is `baseline` where nothing is changed. */
  get outcome() {
    return { baseline: this.baseline, now: this.now ?? this.baseline };
  }

  /** Ask for a settled state: what is kept is shown at once, the rest is run. */
  settle(state) {
    this.wanted = null;
    if (this.lightAsked !== lightKey(state)) this.#stop("light");
    this.#ask("baseline", { ...state, whatIf: NOTHING });
    if (countOf(state.whatIf)) {
      this.#ask("now", state);
      return this.#foretell(state);
    }
    this.#stop("now");
    this.keys.now = null;
    this.now = null;
    this.#anchorTo(this.baseline);
    this.tell();
  }

  /** Ask for expected values alone: never two at once, the last state always. */
  drag(state) {
    this.#stop("now");
    this.keys.now = null;
    this.wanted = state;
    if (!this.isLight) this.#light();
    // The rest of the days of where the pointer was is not waited for.
    else if (this.isReached) this.#stop("light");
  }

  /** What nobody dragged to is estimated beside its runs: the line moves at once. */
  #foretell(state) {
    if (this.kept.has(keyOf(state)) || this.now?.isExpected || this.lightAsked === lightKey(state)) return;
    this.wanted = state;
    if (!this.isLight) this.#light();
  }

  /** Something else is followed or another quantity: fans are had again from runs that ended. */
  look(state) {
    if (countOf(state.whatIf)) {
      this.#look("now", state);
      this.#foretell(state);
    }
    this.#look("baseline", { ...state, whatIf: NOTHING });
  }

  /** The server is away: what is shown stays. */
  gone() {
    for (const key of Object.keys(this.aborts)) this.#stop(key);
    this.keys = {};
    this.#put("baseline", { status: "gone" });
    if (this.now) this.#put("now", { status: "gone" });
  }

  #look(slot, state) {
    if (this.keys[slot] !== keyOf(state)) return;
    const entry = this.kept.get(keyOf(state));
    if (!entry) return this.#run(slot, state);
    const fan = entry.fans.get(viewKey(state.view)) ?? null;
    this.#put(slot, { fan });
    if (!fan) this.#series(slot, state, entry);
  }

  #ask(slot, state) {
    const key = keyOf(state);
    if (this.keys[slot] === key) return;
    const entry = this.kept.get(key);
    if (!entry) return this.#run(slot, state);
    this.#stop(slot);
    this.keys[slot] = key;
    this.#put(slot, entry.outcome);
    this.#look(slot, state);
  }

  async #series(slot, state, entry) {
    const { followed: follow, quantity } = state.view;
    const signal = this.#begin(slot);
    try {
      const body = { run: entry.outcome.run, follow, quantity };
      const { fan, difference, members } = await one("/api/series", { body, signal });
      const message = { fan, difference, members, of: members, follow, quantity, levels: this.scenario.levels };
      entry.fans.set(viewKey(state.view), message);
      this.#put(slot, { fan: message });
    } catch (error) {
      if (error instanceof Refused && error.status === 404) {
        this.kept.delete(keyOf(state));
        return this.#run(slot, state);
      }
      this.#failed(slot, error, signal);
    }
  }

  async #run(slot, state) {
    const signal = this.#begin(slot);
    const shown = this[slot] ?? this.baseline;
    const of = editsOf(state.whatIf);
    // What was dragged to stays until something is there of where it was let go.
    const rawLight = slot === "now" && !this.keys.now ? shown.rawLight : null;
    // What was estimated of another place, or dragged elsewhere, says nothing of what is asked now.
    const isOld = shown.isOld || (rawLight ? shown.lightOf !== of : shown.of !== of || !shown.isExpected);
    this.keys[slot] = keyOf(state);
    this[slot] = BLANK;
    this.#put(slot, { of, isOld, raw: shown.raw, rawLight, status: "queued" });
    try {
      for await (const message of messages("/api/run", { body: this.#body(state, "all", slot), signal })) {
        if (signal.aborted) return;
        this.#put(slot, heard(message, this[slot]));
        if (this[slot].status === "failed") return this.#missed(slot);
      }
      if (signal.aborted) return;
      if (this[slot].run !== null) this.#keep(slot, state);
      else this.#put(slot, { status: "gone" });
    } catch (error) {
      this.#failed(slot, error, signal);
    }
  }

  async #light() {
    this.isLight = true;
    while (this.wanted) {
      const state = this.wanted;
      const signal = this.#begin("light");
      Object.assign(this, { wanted: null, isReached: false, lightAsked: lightKey(state) });
      try {
        for await (const message of messages("/api/run", { body: this.#body(state, "expected", "light"), signal })) {
          if (signal.aborted || this.now?.medians && this.keys.now) break;
          this.now ??= { ...this.baseline, ...UNFINISHED, isOld: true };
          this.#put("now", this.#dragged(message, state));
          this.isReached = !this.now.isOld;
          if (this.isReached) this.reached = performance.now();
          // Who drags on is told of the days nearby at once, and now and then of the day shown.
          if (this.wanted && performance.now() - this.reached < PATIENCE) break;
        }
      } catch (error) {
        // Where runs are asked for as well, these say what is wrong.
        if (signal.aborted || this.keys.now) continue;
        this.now ??= { ...this.baseline, ...UNFINISHED, isOld: true };
        this.#failed("now", error, signal);
      }
    }
    this.isLight = false;
  }

  #dragged(message, state) {
    if (message.kind === "expected") {
      const rawLight = joined(message, state.view, this.now);
      const people = { rawLight, lightOf: editsOf(state.whatIf), isOld: rawLight.until <= dayShown(state) };
      return this.keys.now ? people : { ...UNFINISHED, ...people, status: "idle", faults: [], problem: null };
    }
    return this.keys.now ? {} : heard(message, this.now);
  }

  #body({ whatIf, members, seed, view }, stage, slot) {
    return { digest: this.scenario.digest, what_if: whatIf, stage, members, seed, follow: view.followed,
      quantity: view.quantity, light: stage === "expected", day: dayShown({ view }), tab: `${TAB} ${slot}` };
  }

  #keep(slot, state) {
    const fans = new Map(this[slot].fan ? [[viewKey(state.view), this[slot].fan]] : []);
    this.kept.set(keyOf(state), { outcome: this[slot], fans });
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
  }

  #failed(slot, error, signal) {
    if (signal.aborted) return;
    if (!(error instanceof Refused)) return this.#put(slot, { status: "gone" });
    const { problem, remedy, faults } = error;
    this.#missed(slot);
    this.#put(slot, { status: "failed", problem: { problem, remedy }, faults: faults ?? [] });
  }

  /** It came to nothing: the same may be asked again, and no estimate of it is to take the place of what is wrong. */
  #missed(slot) {
    this.keys[slot] = null;
    if (slot !== "now") return;
    Object.assign(this, { wanted: null, lightAsked: null });
    this.#stop("light");
  }

  #begin(slot) {
    this.#stop(slot);
    this.aborts[slot] = new AbortController();
    return this.aborts[slot].signal;
  }

  #stop(slot) {
    this.aborts[slot]?.abort();
    delete this.aborts[slot];
  }

  /** What is estimated from now on begins where an outcome is, if it has medians of its own. */
  #anchorTo(side) {
    if (side.medians && !side.was) this.anchor = side;
  }

  #put(slot, partial) {
    this[slot] = { ...this[slot], ...partial };
    if (partial.medians) this.#anchorTo(this[slot]);
    if ("raw" in partial || "rawLight" in partial || "medians" in partial) {
      this.baseline = middled(this.baseline, this.anchor, this.baseline);
      this.now &&= middled(this.now, this.anchor, this.baseline);
    }
    this.tell();
  }
}

/** What a message of a run changes about an outcome. */
function heard(message, before) {
  const { kind, ...told } = message;
  switch (kind) {
    case "queued": return { status: "queued", ahead: told.ahead };
    case "preparing": return { status: "running", preparing: true };
    case "outdated": return { status: "failed", problem: OUTDATED };
    case "faults": return { status: "failed", faults: told.faults, problem: null, isOld: true, rawLight: null };
    case "failed": return { status: "failed", problem: told };
    case "changed": return { status: "running", preparing: false, sentences: told.sentences, warnings: told.warnings,
      firstDay: told.first_day };
    case "expected": return { status: "running", preparing: false, raw: told, rawLight: null, isExpected: true,
      isOld: false };
    case "growing":
    case "fan": return { status: "running", preparing: false, fan: told, members: told.members };
    case "medians": return { medians: told.medians, was: told.was, isOld: false };
    case "progress": return { status: "running", preparing: false, done: told.done, total: told.total };
    case "figures": return { figures: told, medians: told.medians, was: null };
    case "done": return { status: "idle", run: told.run, seconds: told.seconds, members: before.fan?.members ?? 0 };
    default: return {};
  }
}
