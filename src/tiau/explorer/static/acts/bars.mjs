// Bars of acts as they are drawn: fill as high as they are strong, as it was as an outline, words beside them.

import { html } from "../vendor/preact.mjs";
import { listed } from "../state/changes.mjs";
import { actWords, barOf, doesOf, effectWords, placesOf, SIZES, strengthIn, whomOf } from "./lanes.mjs";
import { stayingWords } from "./parts.mjs";
import { dayOf, spoken } from "../words/days.mjs";

const LETTER = 5.9;
const GRIP = { inner: 6, outer: 9 };

/** One act in its row; `at` is the id that the keyboard is at. */
export function Bar({ scenario, act, acts, across, y, isHere, isFolded }) {
  const bar = barOf(scenario, act, across, acts);
  const strength = strengthIn(act);
  const names = ["act", doesOf(act), act.state, isFolded ? "folded" : ""].join(" ");
  const words = [actWords(scenario, act, acts), stayingWords(scenario, act, acts)].filter(Boolean).join("; ");
  const top = y + (SIZES.row - SIZES.bar) / 2;
  const foot = top + SIZES.bar;
  if (isFolded) {
    return html`<g class=${names} aria-hidden="true"><path class="thin" d=${`M${bar.left} ${y + 4}H${bar.right}`} />
      </g>`;
  }
  return html`<g class=${names} data-act=${act.act} role="button" tabindex=${isHere ? 0 : -1} aria-label=${words}
    aria-describedby="acts-keys">
    <title>${words}</title>
    ${act.was && act.state === "changed" && html`<${Ghost} ...${{ scenario, act: act.was, acts, across, top }} />`}
    ${bar.isEnded && html`<path class="ended" d=${`M${bar.right} ${top + SIZES.bar / 2}H${bar.further}`} />`}
    ${strength.value !== null && html`<path class="fill" d=${outline(bar, foot - SIZES.bar * strength.share, foot)} />`}
    ${act.state === "off" && html`<path class="off-fill" fill="url(#acts-off)" d=${outline(bar, top, foot)} />`}
    <path class="outline" d=${outline(bar, top, foot)} />
    <${Words} ...${{ scenario, act, bar, strength, across, top }} />
    ${act.state !== "off" && html`<${Grips} ...${{ bar, strength, top }} />`}
    <rect class="focus" x=${bar.left - 3} y=${top - 2} width=${bar.right - bar.left + 6} height=${SIZES.bar + 4}
      rx="3" />
  </g>`;
}

/** A statement: a tick on its day. */
export function Tick({ scenario, act, acts, across, y, isHere, isFolded }) {
  const bar = barOf(scenario, act, across, acts);
  const middle = y + (isFolded ? SIZES.folded : SIZES.row) / 2;
  const half = isFolded ? 2.5 : 5;
  const words = actWords(scenario, act, acts);
  const shared = { class: `act says ${act.state}`, transform: `translate(${bar.left} ${middle})` };
  const diamond = `M0 ${-half}L${half} 0L0 ${half}L${-half} 0z`;
  if (isFolded) return html`<g ...${shared} aria-hidden="true"><path class="outline" d=${diamond} /></g>`;
  return html`<g ...${shared} data-act=${act.act} role="button" tabindex=${isHere ? 0 : -1} aria-label=${words}
    aria-describedby="acts-keys"><title>${words}</title>
    <rect class="hit" data-part="body" x="-7" y="-11" width="14" height="22" /><path class="outline" d=${diamond} />
    <rect class="focus" x="-8" y="-8" width="16" height="16" rx="3" /></g>`;
}

/** The outline of a bar from a height to another: an arrow where it goes on beyond the days that are shown. */
function outline({ left, right, isEarlier, isOpen }, top, foot) {
  const tip = Math.min(5, (right - left) / 3);
  const middle = (top + foot) / 2;
  const end = isOpen ? `H${right - tip}L${right} ${middle}L${right - tip} ${foot}` : `H${right}V${foot}`;
  return `M${left} ${top}${end}H${left}${isEarlier ? `L${left + tip} ${middle}` : ""}z`;
}

function Ghost({ scenario, act, acts, across, top }) {
  const bar = barOf(scenario, act, across, acts);
  const { share, value } = strengthIn(act);
  const height = top + SIZES.bar * (1 - share);
  return html`<path class="ghost" d=${outline(bar, top - 1.5, top + SIZES.bar + 1.5)} />
    ${value !== null && html`<path class="ghost" d=${`M${bar.left} ${height}H${bar.right}`} />`}`;
}

/** The name of a bar: in it where it fits, else after or before it. */
function Words({ scenario, act, bar, strength, across, top }) {
  const parts = [act.act, effectWords(act.effect), strength.column && strength.words, placesOf(act),
    listed(act.groups).length > 0 && whomOf(act)];
  const off = act.state === "off" ? ["off"] : [];
  const name = [...off, ...parts.filter(Boolean)].join(" · ");
  const dated = `${name} · from ${spoken(scenario, dayOf(scenario, act.from))}`;
  const [wide, y] = [bar.right - bar.left - 30, top + SIZES.bar - 4.5];
  const words = [wide, across.right - bar.right - 8].some((room) => dated.length * LETTER <= room) ? dated : name;
  const letters = Math.floor(Math.max(wide, across.right - bar.right - 8, bar.left - across.left - 8) / LETTER);
  const said = words.length > letters ? `${words.slice(0, Math.max(letters - 1, 3)).trimEnd()}…` : words;
  const needed = said.length * LETTER;
  if (needed <= wide) return html`<text class="name" x=${bar.left + 24} y=${y}>${said}</text>`;
  if (needed <= across.right - bar.right - 8) return html`<text class="name" x=${bar.right + 6} y=${y}>${said}</text>`;
  return html`<text class="name" x=${Math.max(bar.left - 6, across.left)} y=${y} text-anchor="end">${said}</text>`;
}

function Grips({ bar, strength, top }) {
  const inner = Math.min(GRIP.inner, (bar.right - bar.left) / 4);
  const grip = (part, x, wide) => html`<rect class=${`grip ${part}`} data-part=${part} x=${x} y=${top - 3} width=${wide}
    height=${SIZES.bar + 6} />`;
  const knob = { x: bar.left + 14, y: top + SIZES.bar * (1 - strength.share) };
  return html`${grip("body", bar.left, bar.right - bar.left)}
    ${!bar.isEarlier && grip("start", bar.left - GRIP.outer, GRIP.outer + inner)}
    ${grip("end", bar.right - inner, GRIP.outer + inner)}
    ${strength.column && bar.right - bar.left > 34 && html`<g class="knob" data-part="knob">
      <circle class="hit" cx=${knob.x} cy=${knob.y} r="9" /><circle cx=${knob.x} cy=${knob.y} r="3.6" /></g>`}`;
}
