// The head of the page: what is explored, presets, undo and redo, the guess switch, files, and what opens panels.

import { html } from "./vendor/preact.mjs";
import { part } from "./part.mjs";

const Files = part("./files.mjs", "Files");
const Guess = part("./guess.mjs", "Guess");
const Presets = part("./presets.mjs", "Presets");

export function Header({ panels, panel, toggle, steps, undo, redo, ...shared }) {
  const { scenario } = shared;
  return html`<header class="head">
    <h1 title=${scenario.description}>${scenario.title || scenario.name}</h1>
    <${Presets} ...${shared} />
    <div class="group"><${Step} words="Undo" step=${steps.undo} go=${undo} keys="Control+Z" />
      <${Step} words="Redo" step=${steps.redo} go=${redo} keys="Control+Shift+Z" /></div>
    <${Guess} ...${shared} />
    <div class="group" role="group" aria-label="Panels">${Object.entries(panels).map(([name, { title }]) => html`
      <button type="button" key=${name} aria-expanded=${panel === name} onClick=${() => toggle(name)}>${title}</button>`)}
    </div>
    <${Files} ...${shared} />
  </header>`;
}

function Step({ words, step, go, keys }) {
  const label = step === null ? `${words}: nothing` : `${words}: ${step}`;
  return html`<button type="button" class="step" aria-disabled=${step === null} aria-keyshortcuts=${keys} title=${label}
    aria-label=${label} onClick=${() => step !== null && go()}>${words}</button>`;
}
