// The parts of the page by keyboard: buttons over what lies between, and F6 from part to part.

import { html } from "../vendor/preact.mjs";

/** Parts in their order: what each is called, and what in it takes the focus, the first of these that is there. */
const PARTS = [
  ["Time", ".timeline .play"], ["Place", ".places input"], ["Map", ".map .ground"],
  ["Chart", ".chart-over .day", ".chart-head button"], ["Acts", ".acts [data-act][tabindex='0']", ".acts-head button"],
  ["Panels", ".head nav button"], ["Open panel", ".panel"],
];

const found = (where) => where.map((one) => document.querySelector(one)).find(Boolean);

const there = () => PARTS.map(([, ...where]) => found(where)).filter(Boolean);

/** Buttons that are seen while one of them has the focus: the first stops of the page. */
export function Skips() {
  return html`<nav class="skips" aria-label="Go to">
    ${PARTS.slice(0, -1).map(([words, ...where]) => html`
    <button type="button" key=${words} onClick=${() => found(where)?.focus()}>${words}</button>`)}
    <button type="button" onClick=${() => document.querySelector(".share .copy").click()}>Copy the address</button>
    <span>F6 goes from part to part</span></nav>`;
}

/** Go to the next part (F6) or to the one before (Shift+F6) from wherever the focus is. */
export function nextPart(event) {
  if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return false;
  const parts = there();
  const at = parts.findLastIndex((part) => holding(part).contains(document.activeElement));
  const step = event.shiftKey ? -1 : 1;
  const next = at < 0 && step < 0 ? parts.length - 1 : (at + step + parts.length) % parts.length;
  parts[next].focus();
  event.preventDefault();
  return true;
}

/** The part of the page that an element stands for. */
const holding = (part) => part.closest(".timeline, .places, .map, .chart, .acts, .head, .panel");
