// The time line: a slider over all days, play and pause, how fast, and from where on nothing is known.

import { html, useEffect, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { clock, SPEEDS } from "../state/clock.mjs";
import { DayBox } from "./day_box.mjs";
import { dateOf, spoken } from "../words/days.mjs";

const TAKEN = "button, input, select, textarea, summary, a, [role=button], [role=slider]";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOST_MARKS = 13;

// While the clock runs, the map follows every day of it. The rest of the page follows no oftener than every so many ms,
// and takes no more than this share of the time: on a slow machine the map goes on moving.
const OFTEN = 120;
const SHARE = 0.2;

export function Timeline({ scenario, view, look }) {
  const [isPlaying, setPlaying] = useState(clock.isPlaying);
  const told = useRef({ day: NaN, next: 0 });
  // Another day than the clock told last was chosen by somebody.
  if (view.day !== told.current.day) clock.set(view.day);
  useEffect(() => clock.listen((day) => {
    setPlaying(clock.isPlaying);
    const now = performance.now();
    if (clock.isPlaying && now < told.current.next) return;
    told.current = { day, next: Infinity };
    look({ day });
    afterPaint(() => {
      const done = performance.now();
      told.current.next = Math.max(now + OFTEN, done + (done - now) * (1 / SHARE - 1));
    });
  }), [look]);
  const toggle = () => clock.isPlaying ? clock.pause() : clock.play(scenario.days);
  useEffect(() => {
    const key = (event) => {
      if (event.key !== " " || event.ctrlKey || event.altKey || event.metaKey || !isFree(event.target)) return;
      event.preventDefault();
      toggle();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [scenario.days]);
  const isAhead = view.day > scenario.known;
  return html`<div class="timeline">
    <button type="button" class="play" onClick=${toggle} aria-keyshortcuts="Space">
      ${isPlaying ? "Pause" : "Play"}</button>
    <div class="days">
      <input type="range" min="0" max=${scenario.days - 1} value=${view.day} aria-label="Day"
        aria-valuetext=${spoken(scenario, view.day) + (isAhead ? ", not known yet" : "")}
        onInput=${(event) => look({ day: Number(event.currentTarget.value) })} />
      <${Marks} scenario=${scenario} />
    </div>
    <output class="today">${spoken(scenario, view.day)}${isAhead && html`<small>not known yet</small>`}</output>
    <${DayBox} ...${{ scenario, view, look }} />
    <label class="speed"><span class="aside">Days a second</span>
      <select onChange=${(event) => { clock.speed = Number(event.currentTarget.value); }}>
        ${SPEEDS.map((speed) => html`<option value=${speed} selected=${speed === clock.speed}>
          ${speed} days/s</option>`)}
      </select></label>
  </div>`;
}

/** Call when what was asked to be drawn is on the screen. */
const afterPaint = (done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));

/** Whether a key there is for the page, not for what has the focus. */
const isFree = (target) =>
  target.type === "range" || !target.closest?.(TAKEN);

function Marks({ scenario }) {
  const share = (day) => `${(100 * day) / Math.max(1, scenario.days - 1)}%`;
  const months = useMemo(() => monthsOf(scenario), [scenario]);
  return html`<div class="marks" aria-hidden="true">
    ${scenario.known < scenario.days - 1 && html`<span class="ahead" title=${scenario.ahead}
      style=${{ left: share(scenario.known) }}></span>`}
    ${months.map(({ day, words }) => html`<span key=${day} class="month" style=${{ left: share(day) }}>
      ${words}</span>`)}
  </div>`;
}

function monthsOf(scenario) {
  const found = [];
  for (let day = 0; day < scenario.days; day += 1) {
    const [year, month, date] = dateOf(scenario, day).split("-").map(Number);
    if (date === 1) found.push({ day, words: month === 1 ? String(year) : MONTHS[month - 1], month: month - 1 });
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => found.length / one <= MOST_MARKS) ?? 240;
  const years = (mark) => Math.floor(dayIndex(scenario, mark));
  return found.filter((mark) => (step < 12 ? mark.month % step === 0 : mark.month === 0
    && years(mark) % (step / 12) === 0));
}

const dayIndex = (scenario, mark) => Number(dateOf(scenario, mark.day).slice(0, 4));
