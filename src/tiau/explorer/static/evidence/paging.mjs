// A long list a hundred rows at a time.

import { html } from "../vendor/preact.mjs";
import { Press } from "../shell/press.mjs";
import { counted, whole } from "../words/numbers.mjs";

export const PAGE = 100;

/** Rows of a page; `page` counts from 0 and is cut to what there is. */
export function pageOf(rows, page) {
  const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
  const shown = Math.min(Math.max(page, 0), last);
  return { page: shown, last, rows: rows.slice(shown * PAGE, (shown + 1) * PAGE) };
}

/** Say how many rows there are and which are shown, and lead to the others. */
export function Pager({ all, found, page, last, noun, go }) {
  const first = page * PAGE + 1;
  const which = found > PAGE ? `, rows ${whole(first)} to ${whole(Math.min(first + PAGE - 1, found))} shown` : "";
  const of = found === all ? counted(all, noun) : `${whole(found)} of ${counted(all, noun)}`;
  const step = (words, to, off) => html`<${Press} off=${off} onClick=${() => go(to)}>${words}<//>`;
  return html`<div class="pager">
    <p role="status">${of}${which}</p>
    ${last > 0 && html`<div class="steps" role="group" aria-label=${`Pages of ${noun}s`}>
      ${step("First", 0, page === 0)} ${step("Previous", page - 1, page === 0)}
      ${step("Next", page + 1, page === last)} ${step("Last", last, page === last)}</div>`}
  </div>`;
}
