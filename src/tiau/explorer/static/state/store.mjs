// The one state of the page: what is asked (what-if, members, seed) and what is looked at (followed, day, quantity).
//
// Only what is asked can be undone. What goes on under a pointer is one step, made when it ends.

import { NOTHING, whole } from "./changes.mjs";
import { fitting } from "./fitting.mjs";
import { stepWords } from "./steps.mjs";

const DEEPEST = 200;

/** The state that a scenario opens with. */
export function firstState(scenario) {
  const day = Math.min(scenario.known, scenario.days - 1);
  return {
    whatIf: NOTHING,
    view: { followed: scenario.first_followed, day, quantity: "present" },
    members: scenario.members,
    seed: scenario.seed,
  };
}

const asked = ({ whatIf, members, seed }) => ({ whatIf, members, seed });
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const REST = 1500;

/** Holds the state, tells those who listen, and remembers steps. */
export class Store {
  constructor(scenario, state = firstState(scenario)) {
    this.scenario = scenario;
    this.state = state;
    this.settled = asked(state);
    this.past = [];
    this.future = [];
    this.listeners = new Set();
    this.isHeld = false;
  }

  /** Call `listener` after every change; returns what ends that. */
  listen(listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ask another what-if; with `settled` false while a pointer or key still goes on. */
  change(next, { settled = true } = {}) {
    this.ask({ whatIf: whole(next) }, { settled });
  }

  /** Ask for another what-if, number of members or seed. */
  ask(partial, { settled = true } = {}) {
    this.state = { ...this.state, ...partial };
    clearTimeout(this.resting);
    if (settled) this.#settle();
    else this.#settleAtRest();
    this.#tell(settled ? "settled" : "dragged");
  }

  /** What was typed and then left alone is asked for as what was let go; what is held still is not let go. */
  #settleAtRest() {
    this.resting = setTimeout(() => {
      if (this.isHeld) return this.#settleAtRest();
      this.#settle();
      return this.#tell("settled");
    }, REST);
  }

  /** Look at something else: followed, day or quantity. */
  look(partial) {
    const view = { ...this.state.view, ...partial };
    if (same(view, this.state.view)) return;
    this.state = { ...this.state, view };
    this.#tell("looked");
  }

  /** Go to a whole state that was read; what was asked before can be undone to. */
  go(state) {
    this.state = state;
    this.#settle();
    this.#tell("settled");
  }

  undo() {
    this.#turn(this.past, this.future);
  }

  redo() {
    this.#turn(this.future, this.past);
  }

  /** What undo and redo would take back or do again, in words; null where there is nothing. */
  get steps() {
    const [back, on] = [this.past.at(-1), this.future.at(-1)];
    return {
      undo: back ? stepWords(this.scenario, back, this.settled) : null,
      redo: on ? stepWords(this.scenario, this.settled, on) : null,
    };
  }

  #settle() {
    const now = asked(this.state);
    if (same(now, this.settled)) return;
    this.past = [...this.past, this.settled].slice(-DEEPEST);
    this.future = [];
    this.settled = now;
  }

  #turn(from, to) {
    if (!from.length) return;
    to.push(this.settled);
    const { whatIf } = fitting(from.at(-1).whatIf, this.scenario);
    this.settled = { ...from.pop(), whatIf };
    this.state = { ...this.state, ...this.settled };
    this.#tell("settled");
  }

  #tell(how) {
    for (const listener of this.listeners) listener(how);
  }
}

/** The state for a scenario that was read anew: as it was, as far as that is still there; `lost` says what is not. */
export function carried(scenario, before, state) {
  const label = before.followed[state.view.followed]?.label;
  const followed = scenario.followed.findIndex((one) => one.label === label);
  const { whatIf, lost } = fitting(state.whatIf, scenario);
  const view = {
    ...state.view,
    followed: followed < 0 ? scenario.first_followed : followed,
    day: Math.min(state.view.day, scenario.days - 1),
  };
  return { state: { ...state, whatIf, view }, lost };
}
