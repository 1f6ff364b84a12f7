// A panel over the side or the bottom of the page: the focus goes into it, and back when it closes.

import { html, useEffect, useRef } from "../vendor/preact.mjs";
import { useClosing } from "./closing.mjs";

export function Panel({ title, side, close, children }) {
  const box = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current.focus();
    return () => before?.isConnected && before.focus();
  }, []);
  useClosing(true, close);
  return html`<div ref=${box} class="panel ${side}" role="dialog" aria-label=${title} tabindex="-1">
    <header><h2>${title}</h2><button type="button" onClick=${close} aria-label="Close ${title}">Close</button></header>
    <div class="inside" tabindex="0" role="region" aria-label=${`Content of ${title}`}>${children}</div>
  </div>`;
}
