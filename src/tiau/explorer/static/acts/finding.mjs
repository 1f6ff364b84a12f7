// A field to find an act by any words of it: who ordered what, where, for whom, from when.

import { html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { daysOf, strengthIn, titleOf } from "./lanes.mjs";
import { counted } from "../words/numbers.mjs";
import { cut } from "../words/reported.mjs";

const NOTE = 110;

/** `acts` are those that fit `text`; `find(text)` looks for others, `go(act)` leads to the bar of one. */
export function Finding({ scenario, acts, text, find, go }) {
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const list = useRef(null);
  const options = [...acts].sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
  const active = Math.min(at, options.length - 1);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, isOpen]);
  const look = (words) => { find(words); setOpen(true); setAt(0); };
  const choose = (act) => {
    setOpen(false);
    if (act) go(act);
  };
  const key = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (step && isOpen) setAt(Math.max(0, Math.min(options.length - 1, active + step)));
    else if (step) setOpen(true);
    else if (event.key === "Enter") choose(options[active]);
    else if (event.key === "Escape" && isOpen) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div class="acts-finding">
    <input type="search" role="combobox" placeholder="Find an act" autocomplete="off" value=${text}
      aria-label="Find an act: who, what, where, for whom, when" aria-expanded=${isOpen} aria-controls="acts-found"
      aria-autocomplete="list"
      aria-activedescendant=${isOpen && options.length ? `found-${options[active].act}` : undefined}
      onInput=${(event) => look(event.currentTarget.value)} onKeyDown=${key} onBlur=${() => setOpen(false)} />
    ${text && html`<span class="soft" role="status">${counted(options.length, "act")}</span>`}
    <ul id="acts-found" role="listbox" aria-label="Acts that fit" ref=${list} hidden=${!isOpen || !options.length}>
      ${isOpen && options.map((act, place) => html`<li key=${act.act} id=${`found-${act.act}`} role="option"
        aria-selected=${place === active} onMouseDown=${(event) => { event.preventDefault(); choose(act); }}>
        <b>${act.act}</b> ${titleOf(act)}<small>${moreOf(scenario, act)}</small></li>`)}</ul></div>`;
}

function moreOf(scenario, act) {
  const { column, words } = strengthIn(act);
  return [daysOf(scenario, act), column && words, cut(act.note ?? "", NOTE)].filter(Boolean).join("; ");
}
