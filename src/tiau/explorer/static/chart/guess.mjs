// Guess first: what changes come to stays hidden until somebody has said what they expect.

import { html } from "../vendor/preact.mjs";
import { countOf } from "../state/changes.mjs";
import { numbersOf, shownOf } from "./data.mjs";
import { MEANS, SHORT } from "../words/means.mjs";
import { people } from "../words/numbers.mjs";
import { roundTop } from "./scales.mjs";
import { useTyped } from "../shell/typed.mjs";
import { spoken } from "../words/days.mjs";

/** Nobody is asked. A guess is {on, draft: people or null, said: {of, followed, quantity, day, people} or null}. */
export const NO_GUESS = { on: false, draft: null, said: null };

const changesOf = ({ drop, add, set, scale, parameter }) => JSON.stringify([drop, add, set, scale, parameter]);

/** Whether what a what-if comes to is hidden: it is asked for, something is changed, and of this nothing was said. */
export const hidesResults = (guess, whatIf) =>
  guess.on && countOf(whatIf) > 0 && guess.said?.of !== changesOf(whatIf);

/** A guess that was put: `number` people where and when the view looks. */
export function guessed(guess, whatIf, view, number) {
  const { followed, quantity, day } = view;
  return { ...guess, draft: null, said: { of: changesOf(whatIf), followed, quantity, day, people: number } };
}

/** The switch, the question while results are hidden, and both numbers once they are not. */
export function Guess({ scenario, whatIf, view, outcome, guess, setGuess }) {
  const isHidden = hidesResults(guess, whatIf);
  const turn = (event) => setGuess({ ...guess, on: event.target.checked, draft: null });
  return html`<div class="guess">
    <label class="check"><input type="checkbox" checked=${guess.on} onChange=${turn} /> Guess first</label>
    ${guess.on && !countOf(whatIf) && html`<span class="soft">Change something, and say what you expect
      before you see it.</span>`}
    ${isHidden && html`<${Question} ...${{ scenario, whatIf, view, outcome, guess, setGuess }} />`}
    ${guess.on && !isHidden && countOf(whatIf) > 0 && html`<p class="guess-both" role="status">
      ${bothOf({ scenario, whatIf, view, outcome, guess })}</p>`}
  </div>`;
}

function Question({ scenario, whatIf, view, outcome, guess, setGuess }) {
  const shown = shownOf({ scenario, whatIf, view, outcome, hidden: true });
  const { was, wasRange } = numbersOf(shown, view.day);
  const range = wasRange ? ` (${people(wasRange[0], 2)} to ${people(wasRange[1], 2)})`
    : ` (${SHORT[shown.ghostMeans]})`;
  const most = roundTop(Math.max((was ?? 0) * 2.5, guess.draft ?? 0, 1000), false);
  const put = (event) => {
    const number = event.target.value === "" ? NaN : Number(event.target.value);
    setGuess({ ...guess, draft: number >= 0 ? Math.round(number) : null });
  };
  const show = (event) => {
    event.preventDefault();
    if (guess.draft !== null) setGuess(guessed(guess, whatIf, view, guess.draft));
  };
  const field = useTyped(guess.draft ?? "");
  const verb = view.quantity === "present" ? "in" : "come to";
  const words = `How many ${verb} ${scenario.followed[view.followed].name} on ${spoken(scenario, view.day)}?`;
  const asks = `${words}${was === null ? "" : ` As it was: ${people(was)}${range}.`}`;
  return html`<form class="guess-asks" onSubmit=${show}>
    <span title=${asks}>${asks}</span>
    <input type="range" min="0" max=${most} step=${most / 200} value=${guess.draft ?? was ?? 0} aria-label=${words}
      aria-valuetext=${guess.draft === null ? "no guess yet" : people(guess.draft)} onInput=${put} />
    <input ...${field} type="number" min="0" step="any" inputmode="numeric"
      aria-label="Your guess, people"
      onInput=${put} />
    <button type="submit" disabled=${guess.draft === null} title="Show what the model says">Show</button>
  </form>`;
}

/** What was said beside what the model says. */
export function bothOf({ scenario, whatIf, view, outcome, guess }) {
  const { said } = guess;
  const day = spoken(scenario, said.day);
  if (said.followed !== view.followed || said.quantity !== view.quantity) {
    return `You said ${people(said.people)} for ${scenario.followed[said.followed]?.name
      ?? "another place"} on ${day}.`;
  }
  const of = numbersOf(shownOf({ scenario, whatIf, view, outcome }), said.day);
  if (of.number === null) return `You said ${people(said.people)}; the model is at work.`;
  const range = of.range ? ` (${people(of.range[0], 2)} to ${people(of.range[1], 2)})` : of.means === "median" ? ""
    : ` (${MEANS[of.means]})`;
  return `You said ${people(said.people)}; the model says ${people(of.number)}${range} on ${day}.`;
}
