// Acts as bars on the days of the chart: dragged, resized, weakened, switched off, added, by pointer or keyboard alone.

import { html, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { actsOf, dropAct, restoreAct } from "../state/changes.mjs";
import { Bar, Tick } from "./bars.mjs";
import { useDragging, useKeys } from "./dragging.mjs";
import { Editor } from "./editor.mjs";
import { Finding } from "./finding.mjs";
import { actWords, lanesOf } from "./lanes.mjs";
import { applied, keyed } from "./moves.mjs";
import { Told } from "./names.mjs";
import { along, alongWords, staying, stayingWords } from "./parts.mjs";
import { fits } from "./searching.mjs";
import { cut } from "../words/reported.mjs";
import { Folded } from "../shell/folded.mjs";
import { Press } from "../shell/press.mjs";
import { useSize } from "../chart/view.mjs";
import { daysAcross, ticksOf } from "../chart/scales.mjs";

const NOTE = 90;

/** What keys do to the act that they are at. */
export const KEYS = [
  ["↑ ↓", "another act"], ["← →", "a day earlier or later, with Shift a week"], ["Page up, Page down", "30 days"],
  ["Alt with these", "its end alone"], ["B", "begins on the day in view"],
  ["E", "ends on the day in view"], ["+ −", "stronger, weaker"], ["Delete", "off, on"],
  ["M", "what began with it and stayed goes along"],
  ["Enter", "edit"], ["R", "as it was"], ["/", "find an act by any word"],
  ["Esc", "ends a drag, as if nothing was"],
];

export function Acts({ scenario, whatIf, change, view, outcome }) {
  const [look, setLook] = useState({ all: false, folded: new Set(), filter: "" });
  const [here, setHere] = useState(null);
  const [editing, edit] = useState(null);
  const [box, size] = useSize();
  const focusing = useRef(null);
  const acts = useMemo(() => actsOf(scenario, whatIf), [scenario, whatIf]);
  const { lanes, high } = useMemo(
    () => lanesOf(acts.filter((act) => fits(scenario, act, look.filter)), look), [scenario, acts, look]);
  const across = useMemo(() => size && size.width > 150 && daysAcross(size.width, scenario.days), [scenario, size]);
  const ticks = useMemo(() => across && ticksOf(scenario, across), [scenario, across]);
  const shown = lanes.filter((lane) => !lane.isFolded).flatMap((lane) => lane.rows.flatMap((row) => row.acts));
  const at = shown.some((act) => act.act === here) ? here : shown[0]?.act ?? null;
  const chosen = acts.find((act) => act.act === at) ?? null;
  useLayoutEffect(() => {
    if (focusing.current === null) return;
    const bar = barOf(box, focusing.current);
    bar?.focus();
    // An act that was added is drawn some frames later; whoever has gone elsewhere by then stays there.
    if (bar || document.activeElement !== document.body) focusing.current = null;
  });
  useShown({ acts, shown, at, setHere, box });
  const go = (id) => {
    const bar = barOf(box, id);
    // A bar that is drawn later would take the focus from where somebody types by then.
    bar?.focus();
    focusing.current = bar ? null : id;
    setHere(id);
  };
  const reach = (act) => {
    const folded = new Set([...look.folded].filter((authority) => authority !== (act.was ?? act).authority));
    setLook({ ...look, folded });
    go(act.act);
  };
  const toggle = (act) => {
    const next = act.state === "off" ? restoreAct(scenario, whatIf, act.act) : dropAct(scenario, whatIf, act.act);
    if (act.state === "added") go(shown[Math.max(shown.indexOf(act) - 1, 0)]?.act);
    change(next, { settled: true });
  };
  const doing = { toggle, edit, restore: (act) => change(restoreAct(scenario, whatIf, act.act), { settled: true }),
    along: (act) => change(along(scenario, whatIf, act, acts), { settled: true }) };
  const drawing = { scenario, whatIf, change, acts, across, doing, ticks, view, lanes, high, shown, at, go, setHere,
    look, setLook };
  // Days of people that come in bit by bit move no bar: what is the same object is not gone through again.
  const bars = useMemo(() => html`<div class="acts-scroll" tabindex="-1"><${Drawing} ...${drawing} /></div>`,
    [scenario, whatIf, view, size, look, at]);
  const faults = faultsOf(outcome, editing ?? at);
  return html`<div class="acts">
    <${Head} ...${{ scenario, acts, look, setLook, add: () => edit(""), go: reach,
      found: lanes.flatMap((lane) => lane.rows.flatMap((row) => row.acts)) }} />
    <div ref=${box} class="acts-box">
      ${across && html`<${Dates} ...${{ ticks, across }} />
        ${bars}`}
      ${!shown.length && html`<p class="soft acts-empty">${acts.length
        ? "No act fits; clear the field above, or show statements too." : "The scenario has no acts; add one."}</p>`}
    </div>
    <${Chosen} ...${{ scenario, acts, act: chosen, doing, faults: editing === null ? faults : [] }} />
    ${editing !== null && html`<${Editor} key=${editing} ...${{ scenario, whatIf, view, acts, faults, change }}
      act=${acts.find((act) => act.act === editing && act.state !== "off") ?? null}
      close=${(id) => { edit(null); setLook({ ...look, filter: id ? "" : look.filter }); go(id ?? at); }} />`}
  </div>`;
}

const barOf = (box, id) => id ? box.current?.querySelector(`[data-act="${CSS.escape(id)}"]`) : null;

/** An act that comes to differ, by a preset or a step back, is brought into view, without taking the focus. */
function useShown({ acts, shown, at, setHere, box }) {
  const differing = useMemo(() => new Set(acts.filter(({ state }) => state !== "same").map(({ act }) => act)), [acts]);
  const before = useRef(differing);
  useLayoutEffect(() => {
    const fresh = shown.filter(({ act }) => differing.has(act) && !before.current.has(act));
    before.current = differing;
    if (!fresh.length || fresh.some(({ act }) => act === at)) return;
    setHere(fresh[0].act);
    barOf(box, fresh[0].act)?.scrollIntoView({ block: "nearest" });
  }, [differing]);
}

/** Faults that name an act, or are of no act in particular. */
function faultsOf(outcome, id) {
  const found = outcome.now?.faults ?? [];
  const names = (fault) => JSON.stringify([fault.problem, fault.cell, fault.remedy]).includes(id);
  return id && found.some(names) ? found.filter(names) : found;
}

function Head({ scenario, acts, found, look, setLook, add, go }) {
  const says = acts.filter((act) => act.effect === "statement").length;
  const many = says === 1 ? "1 statement too" : `${says} statements too`;
  const find = (filter) => setLook({ ...look, filter });
  return html`<div class="acts-head"><h2>Acts</h2>
    <button type="button" onClick=${add}>Add an act</button>
    <${Finding} ...${{ scenario, acts: found, text: look.filter, find, go }} />
    ${says > 0 && html`<label class="check"><input type="checkbox" checked=${look.all}
      onChange=${(event) => setLook({ ...look, all: event.target.checked })} /> ${many}</label>`}
    <${Folded} class="chart-about" summary="How it works"><div>
      <p>Drag a bar to move it, an end to make it longer or shorter, its round knob up or down to make it stronger or
        weaker. How far a bar is filled is how strong it is. A dashed outline is where it was; hatched is switched off.
        <span class="act-word shuts">keeps people out</span>, <span class="act-word opens">lets people in</span>,
        <span class="act-word helps">helps</span>, <span class="act-word says">words alone</span>.</p>
      <p id="acts-keys">${KEYS.map(([keys, words]) => html`<kbd>${keys}</kbd> ${words}. `)}</p></div><//>
  </div>`;
}

function Dates({ ticks, across }) {
  return html`<svg class="acts-dates" width=${across.right + 20} height="14" aria-hidden="true">
    ${ticks.map(({ day, words, year }) => html`<text key=${day} x=${across.middle(day)} y="11"
      text-anchor="middle">${words}${year ? ` ${year.slice(2)}` : ""}</text>`)}</svg>`;
}

function Drawing(props) {
  const { scenario, whatIf, change, acts, across, ticks, doing, view, lanes, high, shown, at, go, setHere, look,
    setLook } = props;
  const dragging = useDragging({ change, twice: doing.edit, begin: (event) => {
    const part = event.target.closest("[data-part]")?.dataset.part;
    const act = acts.find((one) => one.act === event.target.closest("[data-act]")?.dataset.act);
    if (act) go(act.act);
    return part && act && act.state !== "off" ? { scenario, whatIf, act, acts, part, across } : null;
  } });
  const { press, release } = useKeys(change);
  const key = (event) => {
    const act = acts.find((one) => one.act === event.target.closest("[data-act]")?.dataset.act);
    if (!act || event.ctrlKey || event.metaKey) return;
    const next = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const columns = act.state === "off" ? null : keyed(scenario, act, acts, event, view.day);
    if (next && !event.altKey) go(shown[Math.min(Math.max(shown.indexOf(act) + next, 0), shown.length - 1)].act);
    else if (columns) press(applied(scenario, whatIf, act, columns));
    else if (event.key === "Delete" || event.key === "Backspace") doing.toggle(act);
    else if (event.key === "Enter" && act.state !== "off") doing.edit(act.act);
    else if (event.key === "/") event.currentTarget.closest(".acts").querySelector("[type=search]").focus();
    else if (event.key.toLowerCase() === "r") doing.restore(act);
    else if (event.key.toLowerCase() === "m" && !event.altKey) doing.along(act);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const twice = (event) => {
    // The drawing has the pointer, so that the event is of it and not of the bar below.
    const id = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-act]")?.dataset.act;
    if (id && acts.some((act) => act.act === id && act.state !== "off")) doing.edit(id);
  };
  const reached = (event) => setHere(event.target.closest("[data-act]")?.dataset.act ?? at);
  const fold = (authority) => {
    const folded = new Set(look.folded);
    if (!folded.delete(authority)) folded.add(authority);
    setLook({ ...look, folded });
  };
  return html`<svg width=${across.right + 20} height=${high + 4} role="group" aria-label="Acts by authority"
    ...${dragging}
    onKeyDown=${key} onfocusin=${reached} onKeyUp=${release} onfocusout=${release} onDblClick=${twice}>
    <${Ground} ...${{ scenario, across, ticks, view, high }} />
    ${lanes.map((lane) => html`<${Lane} key=${lane.authority} ...${{ scenario, acts, across, lane, at, fold }} />`)}
  </svg>`;
}

/** What lies below the bars: months, the days ahead, the view's day; and the hatching of what is off. */
function Ground({ scenario, across, ticks, view, high }) {
  const ahead = across.begins(scenario.known + 1);
  return html`<defs><pattern id="acts-off" width="6" height="6" patternUnits="userSpaceOnUse">
      <path d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5" /></pattern></defs>
    ${scenario.known < scenario.days - 1 && html`<rect class="ahead-ground" x=${ahead} y="0" height=${high}
      width=${Math.max(across.right - ahead, 0)} />`}
    <path class="months" d=${ticks.map(({ day }) => `M${across.begins(day)} 0V${high}`).join("")} />
    <path class="day-line" d=${`M${across.middle(view.day)} 0V${high}`} />`;
}

function Lane({ scenario, acts, across, lane, at, fold }) {
  const { authority, level, isFolded, top, high, rows, count } = lane;
  const press = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    fold(authority);
  };
  const [one, two] = inTwo(authority, Math.floor((across.left - 18) / 5.8));
  const words = `${authority} (${level}), ${count} ${count === 1 ? "act" : "acts"}`;
  return html`<g class="lane">
    ${lane.isNew && html`<text class="level" x="2" y=${top - 4}>${level}</text>`}
    <path class="parting" d=${`M0 ${top - 2}H${across.right}`} />
    <g class="office" role="button" tabindex="0" aria-expanded=${isFolded ? "false" : "true"} aria-label=${words}
      onClick=${() => fold(authority)} onKeyDown=${press}><title>${words}</title>
      <rect x="0" y=${top} width=${across.left - 12} height=${Math.min(high, 30)} rx="3" />
      <path d=${isFolded ? `M3 ${top + 5}l5 4l-5 4z` : `M2 ${top + 7}h8l-4 5z`} />
      <text x="13" y=${top + 12}>${one}</text>${two && !isFolded && html`<text x="13" y=${top + 23}>${two}</text>`}</g>
    ${rows.flatMap((row) => row.acts.map((act) => html`<${row.isTicks ? Tick : Bar} key=${act.act}
      ...${{ scenario, act, acts, across, y: row.y, isHere: act.act === at, isFolded }} />`))}
  </g>`;
}

/** Words on two lines of so many letters, cut where they are longer. */
function inTwo(words, letters) {
  if (words.length <= letters) return [words, ""];
  const space = words.lastIndexOf(" ", letters);
  const end = space > 2 ? space : letters;
  const rest = words.slice(end).trim();
  return [words.slice(0, end), rest.length > letters ? `${rest.slice(0, letters - 1)}…` : rest];
}

/** The act that the keyboard is at, in words, with buttons for those who use none. */
function Chosen({ scenario, acts, act, doing, faults }) {
  if (!act) return null;
  const off = act.state === "off";
  const stayed = staying(scenario, act, acts);
  const switching = off ? "Switch on" : act.state === "added" ? "Remove" : "Switch off";
  const note = stayed.length ? "" : act.note;
  return html`<div class="acts-chosen"><p class=${stayed.length ? "full" : ""}>${actWords(scenario, act, acts)}
      ${stayed.length > 0 && html`. <strong>${stayingWords(scenario, act, acts)}.</strong>`}
      ${note && html`<span class="soft acts-note" title=${note}>${cut(note, NOTE)}</span>`}</p>
    ${stayed.length > 0 && html`<button type="button" aria-keyshortcuts="M" onClick=${() => doing.along(act)}>
      ${alongWords(act, stayed)}</button>`}
    <${Press} off=${off} onClick=${() => doing.edit(act.act)}>Edit<//>
    <button type="button" onClick=${() => doing.toggle(act)}>${switching}</button>
    <${Press} off=${act.state !== "changed"} onClick=${() => doing.restore(act)}>As it was<//>
    <${Told} faults=${faults} /></div>`;
}
