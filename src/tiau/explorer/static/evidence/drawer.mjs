// The drawer of assumptions: every number that the model goes by, to be doubted and changed.

import { html, useMemo, useState } from "../vendor/preact.mjs";
import { Press } from "../shell/press.mjs";
import { useTyped } from "../shell/typed.mjs";
import { setParameter } from "../state/changes.mjs";
import { counted, short } from "../words/numbers.mjs";
import { plain } from "../words/reported.mjs";
import { scaleOf, STEPS } from "./slider_scale.mjs";

const GIVEN = { default: "", scenario: "Given by the scenario. ", fit: "Fitted to the reports. " };

export function Drawer({ scenario, whatIf, change }) {
  const [text, setText] = useState("");
  const [more, setMore] = useState(false);
  const values = useMemo(() => new Map(whatIf.parameter.map((edit) => [edit.name, edit.value])), [whatIf.parameter]);
  const found = scenario.parameters.filter((one) => matches(one, text));
  // What was changed is always in sight, judged or not.
  const [first, rest] = [found.filter((one) => one.judged || values.has(one.name)),
    found.filter((one) => !one.judged && !values.has(one.name))];
  const set = (parameter) => (value, settled) =>
    change(setParameter(whatIf, parameter.name, value === parameter.value ? null : value), { settled });
  const reset = () => change([...values.keys()].reduce((next, name) => setParameter(next, name, null), whatIf),
    { settled: true });
  const list = (parameters) => parameters.map((one) =>
    html`<${Parameter} key=${one.name} parameter=${one} value=${values.get(one.name)} set=${set(one)} />`);
  const open = more || Boolean(text);
  return html`<section class="drawer" aria-label="Assumptions">
    <p>Do you doubt a number? Change it and see whether the answer stands. Nobody has measured those marked <strong
      class="tag">not measured</strong>: somebody had to decide, and each run takes another value from the range.</p>
    <div class="row"><label>Search<input type="search" value=${text} onInput=${(event) =>
      setText(event.target.value)} /></label>
      <${Press} off=${!values.size} onClick=${reset}>All as in the scenario<//></div>
    <p role="status" class="soft">${values.size ? `${counted(values.size, "number")} changed.`
      : "No number is changed."}
      ${text && !found.length ? " No number fits the search." : ""}</p>
    <ul class="parameters">${list(first)}</ul>
    ${rest.length > 0 && html`<button type="button" aria-expanded=${open} disabled=${Boolean(text)}
      onClick=${() => setMore(!more)}>
      ${open ? "Fewer numbers" : `${counted(rest.length, "more number")}`}</button>
      ${open && html`<ul class="parameters">${list(rest)}</ul>`}`}
  </section>`;
}

// A fit goes through judged numbers too, but no report tells them.
const givenBy = ({ given, judged }) => (judged && given === "fit" ? "" : GIVEN[given]);

const rough = (number) => short(Number(number.toPrecision(2)));

const matches = (parameter, text) =>
  [parameter.name, plain(parameter.name), parameter.meaning, parameter.source, parameter.unit]
    .some((one) => one.toLowerCase().includes(text.trim().toLowerCase()));

function Parameter({ parameter, value, set }) {
  const { name, unit, meaning, source, judged, lower, upper, low, high } = parameter;
  const now = value ?? parameter.value;
  const scale = useMemo(() => scaleOf(parameter), [parameter]);
  const id = `parameter-${name}`;
  const differ = low < high;
  const percent = (number) => Math.min(Math.max(scale.toStep(number) / STEPS, 0), 1) * 100;
  const slid = (settled) => (event) => set(scale.toValue(Number(event.target.value)), settled);
  return html`<li class=${value === undefined ? "parameter" : "parameter changed"}>
    <div class="row"><h3 id=${id}>${plain(name)}</h3>${judged && html`<strong class="tag">not measured</strong>`}
      ${value !== undefined && html`<span class="tag">changed from ${short(parameter.value)}</span>
        <button type="button" onClick=${() => set(parameter.value, true)}>As in the scenario</button>`}</div>
    <p class="meaning">${meaning}</p>
    <div class="control">
      <div class="slider">
        <div class="rail">${differ && html`<span class="runs"
          style=${{ left: `${percent(low)}%`, width: `${percent(high) - percent(low)}%` }} />`}
        <span class="given" style=${{ left: `${percent(parameter.value)}%` }} /></div>
        <input type="range" min="0" max=${STEPS} step="1" value=${scale.toStep(now)} aria-labelledby=${id}
          aria-valuetext=${`${short(now)} ${unit}`} onInput=${slid(false)} onChange=${slid(true)} />
      </div>
      <${NumberBox} label=${`${plain(name)}, as a number`} value=${now} lower=${lower} upper=${upper} set=${set} />
      <span class="soft">${unit === "1" ? "" : unit}</span>
    </div>
    <p class="soft">${differ ? `Nine runs in ten have ${rough(low)} to ${rough(high)}. `
      : "The same in every run. "}Allowed: ${short(lower)} to
      ${" "}${short(upper)}${scale.logarithmic ? " (the slider goes by factors)"
        : ""}. ${givenBy(parameter)}Source: ${source}</p>
  </li>`;
}

/** A number between bounds; what lies outside is said and changes nothing. */
function NumberBox({ label, value, lower, upper, set }) {
  const [wrong, setWrong] = useState("");
  const field = useTyped(Number(value.toPrecision(6)), Boolean(wrong));
  const typed = (settled) => (event) => {
    const number = event.target.valueAsNumber;
    const fits = number >= lower && number <= upper;
    setWrong(fits ? "" : `Give a number from ${short(lower)} to ${short(upper)}.`);
    if (fits) set(number, settled);
  };
  return html`<span class="typed"><input ...${field} type="number" step="any" min=${lower} max=${upper}
    aria-label=${label}
    aria-invalid=${Boolean(wrong)} onInput=${typed(false)} onChange=${typed(true)} />
    ${wrong && html`<span class="problem" role="alert">${wrong}</span>`}</span>`;
}
