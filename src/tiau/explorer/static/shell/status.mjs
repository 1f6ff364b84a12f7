// What the page is at: reading, waiting, working, failed, without a server; and its address, to be copied.

import { html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { Faults } from "./faults.mjs";
import { spoken } from "../words/days.mjs";

/** Before there is anything to show. */
export function Start({ scenario, problem, gone }) {
  if (scenario && !scenario.usable) {
    return html`<main class="start"><h1>${scenario.source}</h1>
      <p role="status">The scenario has faults; it is read again as soon as its files change.</p>
      <${Faults} scenario=${scenario} faults=${scenario.faults} /></main>`;
  }
  return html`<main class="start"><p role="status">${startWords(problem, gone)}</p></main>`;
}

function startWords(problem, gone) {
  if (problem) return `${problem.problem} ${problem.remedy}`;
  if (gone) return "The server does not answer. It is asked again every two seconds; is tiau explore still running?";
  return "Reading the scenario ...";
}

/** What was said once and can be put away. */
export function Notes({ notes, close }) {
  return html`<div class="notes" role="status">${notes.length > 0 && html`<div class="note">
    <div>${notes.map((words) => html`<p>${words}</p>`)}</div>
    <button type="button" onClick=${close}>Put away</button></div>`}</div>`;
}

/** What is worked on now, in one line with a bar. */
export function Status({ outcome, gone, again, scenario }) {
  const busy = [outcome.now, outcome.baseline].find((one) => one.status !== "idle") ?? outcome.now;
  const words = gone ? GONE : wordsOf(busy, scenario);
  const share = busy.status === "running" ? shareOf(busy) : null;
  return html`<div class="status">
    <span role="status" class=${gone || busy.status === "failed" ? "bad" : ""}>${words}</span>
    ${!gone && busy.status !== "failed" && warned(outcome.now)}
    ${share !== null && html`<progress max="1" value=${share} aria-label="Runs done"></progress>`}
    ${!gone && busy.status === "failed" && html`<button type="button" onClick=${again}>Ask again</button>`}
  </div>`;
}

/** What is odd about the changes: the first of it, with how much more there is. */
function warned({ warnings }) {
  if (!warnings.length) return null;
  const [{ problem, remedy }, ...others] = warnings;
  const more = others.length ? ` (and ${others.length} more)` : "";
  return html`<strong role="note">Note: ${problem}${remedy ? `; ${remedy}` : ""}${more}</strong>`;
}

const HERE = { expected: "A first reckoning without chance", estimate: "Estimates", median: "Medians" };
const GONE = "The server is gone. What was there is still shown; it is asked again every two seconds.";

function wordsOf({ status, ahead, preparing, isExpected, means, fan, problem, faults, members, seconds }, scenario) {
  if (status === "queued") return ahead ? `Waiting: ${ahead} ahead` : `Asking for ${scenario.name} ...`;
  if (status === "running" && preparing) return "Preparing the engine, once, about half a minute";
  if (status === "running" && fan) return `${members} of ${fan.of} runs${untilWords(fan, scenario)}`;
  if (status === "running") return isExpected ? `${HERE[means]}; runs follow` : "Working out a first reckoning";
  if (status === "gone") return GONE;
  if (status === "failed" && problem) return `${problem.problem} ${problem.remedy ?? ""}`;
  if (status === "failed") return faultWords(faults);
  return members ? `${members} runs${seconds ? `, ${seconds.toFixed(1)} s` : ""}` : "";
}

/** How far runs have come that are not at their end. */
const untilWords = ({ days }, scenario) =>
  (days < scenario.days ? `, so far to ${spoken(scenario, days - 1)}` : "");

function faultWords(faults) {
  if (!faults.length) return "It could not be run.";
  const { problem, remedy } = faults[0];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return `This cannot be: ${problem}${remedy ? `; ${remedy}` : ""}${more}`;
}

const shareOf = ({ done, total, fan }) => total ? done / total : fan ? fan.members / fan.of : 0;

// By its place: with Alt some keyboards write another letter.
const isCopying = ({ code, altKey, ctrlKey, metaKey, shiftKey }) =>
  code === "KeyC" && altKey && !ctrlKey && !metaKey && !shiftKey;

/** Whether an address was copied, the focus left where it was; where it cannot be, it stands chosen in its field. */
async function copied(address, field) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    const before = document.activeElement;
    field.value = address;
    field.focus();
    const isDone = document.execCommand("copy");
    if (isDone) before.focus();
    return isDone;
  }
}

/** The address of the state, to be seen and copied; `written` gives it as it is now. */
export function Share({ address, written }) {
  const [said, say] = useState("");
  const [field, latest] = [useRef(null), useRef(null)];
  const copy = async () => {
    say(await copied(written(), field.current) ? "Copied" : "Press Ctrl+C to copy");
    setTimeout(() => say(""), 3000);
  };
  latest.current = copy;
  useEffect(() => {
    const key = (event) => {
      if (!isCopying(event)) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  return html`<div class="share"><label>Address of what you see
    <input ref=${field} readonly value=${address} onFocus=${(event) => event.currentTarget.select()} /></label>
    <button type="button" class="copy" aria-keyshortcuts="Alt+C" title="Copy the address (Alt + C)"
      onClick=${copy}>Copy</button><span role="status">${said}</span></div>`;
}
