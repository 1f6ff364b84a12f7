// The help of keys: everything that can be done without a pointer.

import { html } from "../vendor/preact.mjs";
import { KEYS as OF_ACTS } from "../acts/view.mjs";

const HELP = [
  ["Everywhere", [
    ["F6, Shift + F6", "next part of the page, the one before"],
    ["Tab", "next control; the first ones lead to the parts"],
    ["Space", "play, pause (not on a button)"],
    ["Ctrl + Z, Ctrl + Shift + Z", "undo, redo; in a field what was typed there"],
    ["Esc", "close what was opened last"],
  ]],
  ["Time", [
    ["← →", "a day"], ["Page up, Page down", "30 days on the chart, a tenth on the slider"],
    ["Home, End", "first day, last day"], ["the field with the date", "type a day"],
  ]],
  ["Map", [
    ["arrows", "move the map"], ["+ −", "zoom"], ["0", "all of it"],
    ["N, P", "place with the next most people, the one before"], ["Enter", "follow it"],
  ]],
  ["Reports on the chart", [["← →", "next report, the one before"], ["Enter", "its row in the table"]]],
  ["Acts", OF_ACTS],
];

export function Keys() {
  return html`<section class="keys" aria-label="Keys by part" tabindex="0">
    ${HELP.map(([title, rows]) => html`<h3 key=${title}>${title}</h3><dl>${rows.map(([keys, words]) => html`
      <div key=${keys}><dt><kbd>${keys}</kbd></dt><dd>${words}</dd></div>`)}</dl>`)}</section>`;
}
