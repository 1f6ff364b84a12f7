// What is wrong with a scenario's folder or with a what-if: where it stands, what it is, what to do.

import { html } from "../vendor/preact.mjs";
import { counted } from "../words/numbers.mjs";

const HEADS = {
  stale: "The folder has faults; what you see is its last sound state.",
  unusable: "The scenario cannot be used until this is put right. The page reads it again as soon as a file is saved.",
};

/**
 * Faults grouped by file; warnings and what was put right are folded. `title` stands above, else what the scenario's
 * state says.
 */
export function Faults({ faults, scenario, title, children }) {
  const said = faults.filter((one) => one.level === "fault");
  const [warnings, right] = ["warning", "put right"].map((level) => faults.filter((one) => one.level === level));
  const state = title ?? (scenario?.stale ? HEADS.stale : scenario && scenario.usable === false ? HEADS.unusable : "");
  if (!faults.length) return null;
  return html`<section class="faults" aria-label="Faults and warnings">
    ${said.length > 0 && html`<div class="wrong" role="alert">
      ${state && html`<p><strong>${state}</strong></p>`}<p>${counted(said.length, "fault")}:</p>${byFile(said)}</div>`}
    ${!said.length && title && html`<p><strong>${title}</strong></p>`}
    ${folded(warnings, "warning")}${folded(right, "thing that was put right", "things that were put right")}
    ${children}
  </section>`;
}

function folded(faults, noun, nouns) {
  if (!faults.length) return null;
  return html`<details><summary>${counted(faults.length, noun, nouns)}</summary>${byFile(faults)}</details>`;
}

function byFile(faults) {
  const files = new Map();
  for (const one of faults) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return [...files].map(([file, found]) => html`<div key=${file} class="scroll" tabindex="0" role="region"
    aria-label=${`In ${file}`}><table>
    <caption>${file}</caption>
    <thead><tr><th scope="col">Where</th><th scope="col">What is wrong</th><th scope="col">What to do</th></tr></thead>
    <tbody>${found.map((one, place) => html`<tr key=${place}><th scope="row">${whereOf(one)}</th>
      <td>${one.cell && html`<q>${one.cell}</q>${" "}`}${one.problem}</td><td>${one.remedy}</td></tr>`)}</tbody></table>
        </div>`);
}

const whereOf = ({ row, column }) =>
  [row !== null && row !== undefined && `row ${row}`, column].filter(Boolean).join(", ") || "the file";
