// A small form for an act: one of the scenario as it is changed, or a new one.

import { html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { addAct, listed } from "../state/changes.mjs";
import { effectWords, LEVELS, shareOf, strengthIn, titleOf, valueOf } from "./lanes.mjs";
import { applied, withEffect } from "./moves.mjs";
import { Names, Told } from "./names.mjs";
import { along, alongWords, besideWords, staying, stayingWords } from "./parts.mjs";
import { useClosing } from "../shell/closing.mjs";
import { useTyped } from "../shell/typed.mjs";
import { dateOf } from "../words/days.mjs";
import { cut } from "../words/reported.mjs";

const NOTE = 110;
const SOFTENING = ["exempt", "admit", "corridor"];
const COLUMNS = { enforcement: "How often it is applied, %", admit_share: "Share let in, %", amount: "People" };

/** An act to begin with: of the authority with most acts, from the view's day, at the place that is followed. */
export function blankAct(scenario, view) {
  const acting = scenario.acts.filter((act) => act.effect !== "statement");
  const countOf = ({ authority }) => acting.filter((act) => act.authority === authority).length;
  const [most] = [...scenario.authorities].sort((one, other) => countOf(other) - countOf(one));
  const { effect, column } = scenario.effects.find((one) => one.effect === "close") ?? scenario.effects[0];
  const name = scenario.followed[view.followed].name;
  return {
    authority: most?.authority ?? "", level: most?.level ?? "national", effect, from: dateOf(scenario, view.day),
      until: "",
    places: scenario.act_places.includes(name) ? [name] : [], groups: [], softens: "",
      ...(column ? { [column]: 0.5 } : {}),
  };
}

/** The form. `act` is null for a new one; `close(id)` ends it, with the id of an act that was added. */
export function Editor({ scenario, whatIf, view, act, acts, faults, change, close }) {
  const [fresh, setFresh] = useState(() => blankAct(scenario, view));
  const [missing, setMissing] = useState("");
  const form = useRef(null);
  useEffect(() => form.current.querySelector("select, input").focus(), [act?.act]);
  const cells = act ?? fresh;
  const set = (columns, settled = true) => {
    if (act) change(applied(scenario, whatIf, act, columns), { settled });
    else setFresh({ ...fresh, ...columns });
  };
  const done = (event) => {
    event.preventDefault();
    if (act) return close();
    if (!fresh.places.length) return setMissing("Name at least one place, area or crossing.");
    const given = Object.fromEntries(Object.entries(fresh).filter(([, value]) => value !== "" && listed(value).length));
    const next = addAct(scenario, whatIf, given);
    change(next, { settled: true });
    close(next.add.at(-1).act);
  };
  // Who takes a suggestion by Enter, or ends a number with it, has not said yet that the act is whole.
  const key = (event) => {
    if (!act && event.key === "Enter" && event.target.localName === "input") event.preventDefault();
  };
  useClosing(true, () => close());
  const of = (column) => faults.filter((fault) => fault.column === column);
  const nowhere = missing && !listed(cells.places).length ? [{ problem: missing, remedy: "" }] : [];
  const softens = SOFTENING.includes(cells.effect);
  const beside = [...FIELDS, strengthIn(cells).column, softens && "softens"];
  const shared = { scenario, cells, set, of };
  const title = act ? `Edit ${act.act}` : "Add an act";
  return html`<div class="acts-editor" role="dialog" aria-label=${title}>
    <form ref=${form} onSubmit=${done} onKeyDown=${key}>
    <h3>${title}</h3>
    ${act && html`<${Beside} ...${{ scenario, whatIf, act, acts, change }} />`}
    <${Office} ...${shared} /><${Effect} ...${shared} /><${Days} ...${shared} /><${Strength} ...${shared} />
    <${Names} label="Where" names=${listed(cells.places)} known=${scenario.act_places}
      set=${(places) => set({ places })}
      faults=${[...of("places"), ...nowhere]} />
    <${Names} label="For whom (nobody named: everybody)" names=${listed(cells.groups)} known=${scenario.groups}
      set=${(groups) => set({ groups })} faults=${of("groups")} />
    ${softens && html`<${Softens} ...${{ ...shared, acts, id: act?.act }} />`}
    <${Told} faults=${faults.filter((fault) => !beside.includes(fault.column))} />
    <div class="acts-ends"><button type="submit">${act ? "Done" : "Add"}</button>
      ${!act && html`<button type="button" onClick=${() => close()}>Cancel</button>`}</div>
  </form></div>`;
}

/** What began with the act, and a way to take along what stayed. */
function Beside({ scenario, whatIf, act, acts, change }) {
  const stayed = staying(scenario, act, acts);
  const words = stayingWords(scenario, act, acts) || besideWords(act, acts);
  const go = () => change(along(scenario, whatIf, act, acts), { settled: true });
  return html`${act.note && html`<p class="soft acts-beside" title=${act.note}>${cut(act.note, NOTE)}</p>`}
    ${words && html`<p class="soft acts-beside">${words}.${" "}
    ${stayed.length > 0 && html`<button type="button" onClick=${go}>${alongWords(act, stayed)}</button>`}</p>`}`;
}

const FIELDS = ["places", "groups", "authority", "level", "effect", "from", "until"];

function Office({ scenario, cells, set, of }) {
  const choose = (event) => {
    const authority = event.target.value.trim();
    const level = scenario.authorities.find((one) => one.authority === authority)?.level;
    if (authority) set(level ? { authority, level } : { authority });
  };
  const field = useTyped(cells.authority);
  return html`<label>Authority <input ...${field} list="acts-authorities" required onChange=${choose} />
    </label>
    <datalist id="acts-authorities">
      ${scenario.authorities.map((one) => html`<option value=${one.authority} />`)}</datalist>
    <label>Level <select value=${cells.level} onChange=${(event) => set({ level: event.target.value })}>
      ${LEVELS.map((level) => html`<option value=${level}>${level}</option>`)}</select></label>
    <${Told} faults=${[...of("authority"), ...of("level")]} />`;
}

function Effect({ scenario, cells, set, of }) {
  const found = scenario.effects.find((one) => one.effect === cells.effect);
  const choose = (event) => {
    const { effect, column } = scenario.effects.find((one) => one.effect === event.target.value);
    set(withEffect(cells, effect, column));
  };
  return html`<label>What it does <select value=${cells.effect} onChange=${choose}>
      ${scenario.effects.map(({ effect }) => html`<option value=${effect}>${effectWords(effect)}</option>`)}</select>
        </label>
    <span class="soft">${plain(found?.meaning)}</span><${Told} faults=${of("effect")} />`;
}

/** A meaning as it is written for a manual, without its signs for columns. */
const plain = (meaning) => (meaning ?? "").replaceAll("`", "");

function Days({ cells, set, of }) {
  const from = (event) => event.target.value && set({ from: event.target.value });
  const [first, last] = [useTyped(cells.from), useTyped(cells.until || "")];
  return html`<label>From <input ...${first} type="date" required max=${cells.until || undefined}
    onChange=${from} /></label>
    <label>Last day <input ...${last} type="date" min=${cells.from}
      onChange=${(event) => set({ until: event.target.value })} /></label>
    ${cells.until ? html`<button type="button" onClick=${() => set({ until: "" })}>No end</button>`
      : html`<span class="soft">no end</span>`}
    <${Told} faults=${[...of("from"), ...of("until")]} />`;
}

function Strength({ cells, set, of }) {
  const { column, value } = strengthIn(cells);
  const isShare = column !== "amount";
  const field = useTyped(value === null ? "" : isShare ? +(value * 100).toFixed(2) : value);
  if (!column) return html`<span class="soft">Words alone: it moves nobody.</span>`;
  const slid = (settled) => (event) => set({ [column]: valueOf(column, Number(event.target.value)) }, settled);
  const typed = (event) => {
    const number = Number(event.target.value);
    if (event.target.value !== "" && number >= 0) set({ [column]: isShare ? Math.min(number, 100) / 100 : number });
  };
  return html`<label>${COLUMNS[column]}
      <input ...${field} type="number" min="0" max=${isShare ? 100 : undefined} step="any" onChange=${typed} /></label>
    <input type="range" min="0" max="1" step="0.01" aria-label=${`${COLUMNS[column]}, as a slider`}
      aria-valuetext=${value === null ? "not given" : isShare ? `${Math.round(value * 100)}%` : `${value}`}
      value=${shareOf(column, value)} onInput=${slid(false)} onChange=${slid(true)} />
    <${Told} faults=${of(column)} />`;
}

function Softens({ acts, id, cells, set, of }) {
  const orders = acts.filter((one) => one.act !== id && ["close", "push_back", "expel", "fence"].includes(one.effect));
  const choose = (event) => set({ softens: event.target.value });
  return html`<label>Softens the order <select value=${cells.softens ?? ""} onChange=${choose}>
      <option value="">every order of its own authority</option>
      ${orders.map((one) => html`<option value=${one.act}>
        ${one.act}, ${titleOf(one)}</option>`)}
    </select></label><${Told} faults=${of("softens")} />`;
}
