// A list to search of everything that can be followed, with its people on the day: the map in words.

import { html, useMemo, useState } from "../vendor/preact.mjs";
import { followedNow, followedOn } from "../asking/presence.mjs";
import { useChoosing } from "../shell/choosing.mjs";
import { firstWords, MEANS, oldWords, SHORT } from "../words/means.mjs";
import { people } from "../words/numbers.mjs";

const LEVELS = { country: "country", admin1: "state", admin2: "district", area: "area", place: "" };
const MOST = 400;

export function Places({ scenario, view, look, outcome }) {
  const [text, setText] = useState(null);
  const isOpen = text !== null;
  const options = useMemo(() => isOpen ? optionsOf(scenario, outcome.now, view.day, text)
    : [], [text, outcome.now, view.day]);
  const now = scenario.followed[view.followed];
  const { number, means } = followedNow(scenario, outcome.now, view);
  const choose = (option) => {
    setText(null);
    if (option) look({ followed: option.at });
  };
  const { active, list, key, first } = useChoosing({ options, page: 10, isOpen, isReady: isOpen, choose,
    open: () => open(""), close: () => setText(null) });
  const open = (words) => { setText(words); first(); };
  const note = firstWords(outcome.now);
  return html`<div class="places">
    <label for="followed">Follow</label>
    <div class="combo">
      <input id="followed" role="combobox" autocomplete="off" aria-expanded=${isOpen} aria-controls="followed-list"
        aria-autocomplete="list" aria-activedescendant=${isOpen && options.length ? `followed-${options[active].at}`
          : undefined}
        value=${isOpen ? text : now?.label ?? ""} placeholder=${now?.label}
        onFocus=${(event) => event.currentTarget.select()} onClick=${() => !isOpen && open("")}
        onInput=${(event) => open(event.currentTarget.value)} onKeyDown=${key} onBlur=${() => setText(null)} />
      <ul id="followed-list" role="listbox" aria-label="Places and areas" class=${outcome.now.isOld ? "old" : ""}
        ref=${list} hidden=${!isOpen}>
        ${note && html`<li class="first" role="presentation">${note}</li>`}
        ${options.map((option, at) => html`<li key=${option.at} id=${`followed-${option.at}`} role="option"
          aria-selected=${at === active} onMouseDown=${(event) => { event.preventDefault(); choose(option); }}>
          <span>${option.label} ${option.level && html`<small>${option.level}</small>`}</span><b>${option.people}</b>
            </li>`)}
      </ul>
      ${isOpen && !options.length && html`<p class="none" role="status">Nothing is called so.</p>`}
    </div>
    <output class=${outcome.now.isOld ? "now old" : "now"} title=${MEANS[means]}>
      ${isAwaited(outcome.now) ? html`<small>the first runs are on their way</small>`
      : Number.isFinite(number) && html`${people(number)}<small> ${view.quantity === "arrived" ? "came in" : "present"},
        ${" "}${outcome.now.isOld ? oldWords(outcome.now) : SHORT[means]}${view.day > scenario.known
          ? ", no forecast" : ""}</small>`}</output>
  </div>`;
}

/** One member without chance is no answer as long as runs are about to come. */
const isAwaited = ({ means, status }) => means === "expected" && ["queued", "running"].includes(status);

function optionsOf(scenario, side, day, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return scenario.followed
    .map((one, at) => ({ at, label: one.label, level: LEVELS[one.level] ?? one.level, isPlace: one.level === "place" }))
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .map((option) => ({ ...option, number: followedOn(scenario, side, option.at, day) }))
    .sort((one, other) => one.isPlace - other.isPlace || (one.isPlace ? (other.number || 0) - (one.number || 0) : 0))
    .slice(0, MOST)
    .map((option) => ({ ...option, people: people(option.number) }));
}
