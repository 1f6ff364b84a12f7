// The head of the page: what is explored, undo and redo, and what opens panels.

import { html } from "../vendor/preact.mjs";
import { countOf } from "../state/changes.mjs";
import { Press } from "./press.mjs";

export function Header({ scenario, whatIf, panels, panel, toggle, steps, undo, redo }) {
  const count = countOf(whatIf);
  return html`<header class="head">
    <h1 title=${scenario.description}>${scenario.title || scenario.name}</h1>
    <div class="group" role="group" aria-label="Steps">
      <${Step} words="Undo" step=${steps.undo} go=${undo} keys="Control+Z" />
      <${Step} words="Redo" step=${steps.redo} go=${redo} keys="Control+Shift+Z" /></div>
    <nav class="group" aria-label="Panels">${panels.map(({ name, title }) => html`<button type="button" key=${name}
      aria-expanded=${panel === name} onClick=${() => toggle(name)}>${title}${name === "presets" && count > 0 &&
      html`<span class="count">${count} changed</span>`}</button>`)}</nav>
  </header>`;
}

function Step({ words, step, go, keys }) {
  const label = step === null ? `${words}: nothing` : `${words}: ${step}`;
  return html`<${Press} off=${step === null} onClick=${go} aria-keyshortcuts=${keys} title=${label}
    aria-label=${label}>${words}<//>`;
}
