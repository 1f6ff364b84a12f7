// A field to find an act by any words of it: who ordered what, where, for whom, from when.

import { html, useState } from "../vendor/preact.mjs";
import { daysOf, strengthIn, titleOf } from "./lanes.mjs";
import { byNearness } from "./searching.mjs";
import { useChoosing } from "../shell/choosing.mjs";
import { counted } from "../words/numbers.mjs";
import { cut } from "../words/reported.mjs";

const NOTE = 110;

/** `acts` are those that fit `text`; `find(text)` looks for others, `go(act)` leads to the bar of one. */
export function Finding({ scenario, acts, text, find, go }) {
  const [isOpen, setOpen] = useState(false);
  const options = byNearness(scenario, acts, text);
  const choose = (act) => {
    setOpen(false);
    if (act) go(act);
  };
  const { active, list, key, first } = useChoosing({ options, page: 5, isOpen, isReady: true, choose,
    open: () => setOpen(true), close: () => setOpen(false) });
  const look = (words) => { find(words); setOpen(true); first(); };
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
