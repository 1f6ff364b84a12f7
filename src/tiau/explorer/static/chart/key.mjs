// The key of a chart: a small picture of each mark, and what it means.

import { html } from "../vendor/preact.mjs";
import { shapeOf } from "./marks.mjs";

const BOUNDS = ["exact", "about", "at_least", "at_most", "range"];

/** Shapes of a look, in a box 22 wide and 12 high: {d, class}. */
export function picturesOf(look) {
  if (BOUNDS.includes(look)) return [{ d: shapeOf(look, 4, 5), class: `mark ${look}`, x: 11, y: 6 }];
  const lines = {
    median: [["M1 6H21", "median"]], line: [["M1 6H21", "median"]], ghostLine: [["M1 6H21", "ghost-line"]],
    band: [["M1 1H21V11H1z", "wide"], ["M1 3.5H21V8.5H1z", "narrow"]],
    ghost: [["M1 6H21", "ghost"], ["M1 1.5H21M1 10.5H21", "outline"]],
    forecast: [["M1 1H21V11H1z", "ahead-band"], ["M1 6H21", "ahead-line"]],
    period: [["M1 6H21", "period"]], part: [["M7 6a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "mark part"]],
  };
  const kind = [["M6 1H16V11H6z", `kind ${look}`]];
  return (lines[look] ?? (look ? kind : [])).map(([d, name]) => ({ d, class: name, x: 0, y: 0 }));
}

export function Key({ entries }) {
  return html`<ul class="chart-key">${entries.map(({ look, words }) => html`<li key=${look || "more"}>
    ${look && html`<svg width="22" height="12" aria-hidden="true">${picturesOf(look).map(({ class: name, x, y, d }) =>
      html`<g class=${name} transform=${`translate(${x} ${y})`}><path class="shape" d=${d} /></g>`)}</svg>`}
    ${words}</li>`)}</ul>`;
}
