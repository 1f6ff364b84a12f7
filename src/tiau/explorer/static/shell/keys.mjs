// The help of keys: everything that can be done without a pointer, of the part where the focus is first.

import { html, useEffect, useState } from "../vendor/preact.mjs";
import { KEYS as OF_ACTS } from "../acts/view.mjs";

const NARROW = 27;
const HELP = [
  { title: "Everywhere", rows: [
    ["F6, Shift + F6", "next part of the page, the one before"],
    ["Tab", "next control; the first ones lead to the parts"],
    ["Space", "play, pause (not on a button)"],
    ["Ctrl + Z, + Shift", "undo, redo; in a field what was typed"],
    ["Alt + C", "copy the address of what you see"], ["?", "these keys"], ["Esc", "close the last opened"],
  ] },
  { title: "Time", part: "timeline", rows: [
    ["← →", "a day"], ["Home, End", "first, last day"],
    ["Page up, Page down", "30 days on the chart, a tenth on the slider"], ["field with the date", "type a day"],
  ] },
  { title: "Place", part: "places", rows: [["↑ ↓", "choose"], ["Enter", "follow it"]] },
  { title: "Map", part: "map", rows: [
    ["arrows", "move it"], ["+ −", "zoom"], ["N, P", "place with the next most people, the one before"],
    ["Enter", "follow it"], ["0", "all of it"],
  ] },
  { title: "Reports on the chart", part: "chart", rows: [
    ["← →", "next report, the one before"], ["Enter", "its row in the table"],
  ] },
  { title: "Acts", part: "acts", rows: OF_ACTS },
];
const PARTS = HELP.map(({ part }) => part && `.${part}`).filter(Boolean).join(", ");

// A panel of help takes the focus from the part that it was opened for.
let last = "";
const listeners = new Set();

addEventListener("focusin", ({ target }) => {
  const part = target.closest?.(PARTS)?.classList[0];
  if (!part || part === last) return;
  last = part;
  for (const listener of listeners) listener(part);
});

export function Keys() {
  const [here, setHere] = useState(last);
  useEffect(() => {
    listeners.add(setHere);
    return () => listeners.delete(setHere);
  }, []);
  const groups = [...HELP].sort((one, other) => (other.part === here) - (one.part === here));
  return html`<section class="keys" aria-label="Keys by part">${groups.map(({ title, part, rows }) => html`
    <h3 key=${title}>${title}${part === here && html`<span class="soft"> where you are</span>`}</h3>
    <dl key=${`${title} keys`}>${rows.map(([keys, words]) => html`
      <div key=${keys} class=${keys.length + words.length < NARROW ? "narrow" : ""}><dt><kbd>${keys}</kbd></dt>
        <dd>${words}</dd></div>`)}</dl>`)}</section>`;
}
