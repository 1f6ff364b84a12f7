// A button that keeps the focus of who presses it, even where there is nothing more to press it for.

import { html } from "../vendor/preact.mjs";

/** A button that does nothing while it is `off`. */
export function Press({ off, onClick, children, ...rest }) {
  return html`<button type="button" aria-disabled=${off ? "true" : undefined}
    onClick=${(event) => !off && onClick(event)} ...${rest}>${children}</button>`;
}
