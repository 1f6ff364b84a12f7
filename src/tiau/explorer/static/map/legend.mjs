// What the marks of the map mean.

import { html } from "../vendor/preact.mjs";
import { Folded } from "../shell/folded.mjs";
import { people, roundUp } from "../words/numbers.mjs";

export function Legend({ scenario, scale, each, isChanged, isRun }) {
  const large = roundUp(scale.most / 2.5);
  const sizes = [large, Math.max(10, roundUp(large / 12))];
  const most = scale.radius(sizes[0]);
  const { outside, words } = scenario.map;
  return html`<div class="legend">
    ${isRun && html`<div class="sizes"><svg width=${2 * most + 4} height=${2 * most + 4} aria-hidden="true">
      ${sizes.map((size) => html`<circle key=${size} class="size" cx=${most + 2} cy=${2 * most + 2 - scale.radius(size)}
        r=${scale.radius(size)} />`)}</svg>
      <span>${sizes.map((size) => html`<span key=${size}>${people(size)}</span>`)}<span>people there</span></span>
        </div>`}
    ${isChanged && html`<p><i class="key more"></i> more <i class="key fewer">
      </i> fewer with the changes, <i class="key ring"></i> as it was</p>`}
    ${each !== null && html`<p><i class="key way"></i> abroad, <i class="key inside"></i> inside: 1 dot = ${each === 1 ?
      "1 person" : `${each.toLocaleString("en")} people`} on the way</p>`}
    <${Folded} summary="About this map">
      <p>${words}</p><p>${scenario.crossings_note}</p>${outside.length > 0 && html`<p>Not on it:</p>
      <ul>${outside.map((one) => html`<li key=${one.name}>${one.name}: ${one.words}</li>`)}</ul>`}<//>
  </div>`;
}
