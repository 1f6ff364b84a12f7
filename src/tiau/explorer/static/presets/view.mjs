// Ready-made what-ifs with their stories, and the list of what is changed.

import { html, useMemo } from "../vendor/preact.mjs";
import { countOf, NOTHING, whole } from "../state/changes.mjs";
import { Changed } from "./changed.mjs";
import { counted } from "../words/numbers.mjs";
import { offered } from "./titles.mjs";
import { Press } from "../shell/press.mjs";
import { merged } from "../state/merging.mjs";
import { fingerprint } from "../state/same.mjs";

export function Presets({ scenario, whatIf, change }) {
  const presets = useMemo(() => printed(scenario), [scenario]);
  const now = useMemo(() => fingerprint(whatIf), [whatIf]);
  const many = countOf(whatIf);
  return html`<section class="presets" aria-label="What if">
    <div class="row"><p role="status">${many
      ? `${counted(many, "change")} in force; each can be taken back below.`
        : "Nothing is changed: you see the scenario as it is."}</p>
      <${Press} off=${!many} onClick=${() => change({ ...NOTHING }, { settled: true })}>Take all back<//></div>
    ${presets.some((preset) => preset.made) && html`<p class="soft">
      The scenario brings no what-ifs. These were made by this page from its acts and events.</p>`}
    ${!presets.length && html`<p class="soft">
      There is no ready-made what-if for this scenario: it has neither acts nor events that can be changed by
        rule.</p>`}
    <ul class="stories">${presets.map((preset) => html`<${Story} key=${preset.name} preset=${preset}
      active=${preset.print === now} some=${many > 0}
      use=${() => change(whole(preset.what_if), { settled: true })}
      add=${() => change(merged(scenario, whatIf, whole(preset.what_if)), { settled: true })}
      leave=${() => change({ ...NOTHING }, { settled: true })} />`)}</ul>
    <${Changed} scenario=${scenario} whatIf=${whatIf} change=${change} />
  </section>`;
}

function Story({ preset, active, some, use, add, leave }) {
  const words = some ? "Use instead" : "Use";
  return html`<li class=${active ? "story active" : "story"} aria-current=${active ? "true" : undefined}>
    <h3>${preset.title}</h3>${active && html`<strong class="tag">in force</strong>`}${preset.made
      && html`<span class="tag made">made by this page</span>`}
    <p>${preset.why}</p>
    <div class="row">${active
      ? html`<button type="button" onClick=${leave}>Back to the scenario</button>`
      : html`<button type="button" aria-label=${`${words}: ${preset.title}`} onClick=${use}>${words}</button>
        ${some && html`<button type="button" aria-label=${`Add to what I have: ${preset.title}`} onClick=${add}>Add to
          what I have</button>`}`}</div>
  </li>`;
}

const printed = (scenario) =>
  offered(scenario).map((preset) => ({ ...preset, print: fingerprint(whole(preset.what_if)) }));
