// What lies over the lines of a chart: reports to choose, the view's day, what is ahead, a guess.

import { html, useRef, useState } from "../vendor/preact.mjs";
import { placeOf, shapeOf } from "./marks.mjs";
import { people, whole } from "../words/numbers.mjs";
import { spoken } from "../words/days.mjs";

const RADIUS = 4.2;
/** Above so many reports marks are small. */
const MANY = 60;
const SMALL = 2.6;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -30, PageUp: 30 };

/** The overlay; `scene` has the scales, `guessing` {people, put} where a guess is asked for. */
export function Overlay({ scenario, view, look, scene, marks, sentence, ahead, guessing }) {
  const [told, tell] = useState(null);
  const root = useRef(null);
  const { across, up, width, height } = scene;
  const point = (event) => {
    const box = root.current.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const move = (event) => {
    const [x, y] = point(event);
    if (guessing) guessing.put(up.at(y));
    else look({ day: across.at(x) });
  };
  const down = (event) => {
    if (event.button) return;
    root.current.setPointerCapture(event.pointerId);
    move(event);
  };
  const drag = (event) => root.current.hasPointerCapture(event.pointerId) && move(event);
  const hold = (event) => guessing && !event.target.closest(".mark") && event.preventDefault();
  return html`<div class="chart-over">
    <svg ref=${root} width=${width} height=${height} role="group" aria-label="Reports and the day on the chart"
      onPointerMove=${drag} ontouchstart=${hold}>
      <${Ahead} ...${{ scene, ahead }} />
      <rect class="ground" x=${across.left} y=${up.top} width=${Math.max(across.right - across.left, 1)}
        height=${up.foot - up.top} onPointerDown=${down} />
      <${Day} ...${{ scenario, view, look, scene, sentence, down }} />
      <${Marks} ...${{ marks, scene, look, tell }} />
      ${guessing && html`<${Marker} ...${{ guessing, scene, view, down }} />`}
    </svg>
    ${told && html`<${Said} ...${{ told, scene }} />`}
  </div>`;
}

function Ahead({ scene: { across, up, known, days }, ahead }) {
  if (!ahead) return null;
  const [left, right] = [across.begins(known + 1), across.right];
  const isWide = right - left > 110;
  return html`<g class="ahead" tabindex="0" role="img" aria-label=${`Ahead: not known. ${ahead}`}>
    <title>${ahead}</title>
    <rect x=${left} y=${up.top} width=${Math.max(right - left, 1)} height=${up.foot - up.top} />
    <text x=${isWide ? left + 4 : right} y=${up.top + 11} text-anchor=${isWide ? "start" : "end"}>ahead: not
      known</text>
    ${days > known + 1 && html`<path d=${`M${left} ${up.top}V${up.foot}`} />`}
  </g>`;
}

function Day({ scenario, view, look, scene: { across, up, days }, sentence, down }) {
  const x = across.middle(view.day);
  const key = (event) => {
    const ends = { Home: 0, End: days - 1 };
    const day = ends[event.key] ?? view.day + (STEPS[event.key] ?? NaN) * (event.shiftKey ? 7 : 1);
    if (Number.isNaN(day) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    look({ day: Math.min(Math.max(day, 0), days - 1) });
  };
  return html`<g class="day" tabindex="0" role="slider" aria-label="Day" aria-valuemin="0" aria-valuemax=${days - 1}
    aria-valuenow=${view.day} aria-valuetext=${`${spoken(scenario, view.day)}. ${sentence}`} onKeyDown=${key}
    onPointerDown=${down}>
    <path class="hit" d=${`M${x} ${up.top}V${up.foot}`} />
    <path class="line" d=${`M${x} ${up.top}V${up.foot}`} />
    <path class="foot" d=${`M${x} ${up.foot - 5}l5 8h-10z`} />
  </g>`;
}

function Marks({ marks, scene: { across, up }, look, tell }) {
  const [at, reach] = useState(0);
  const group = useRef(null);
  const here = Math.min(at, marks.length - 1);
  const radius = marks.length > MANY ? SMALL : RADIUS;
  const go = (to) => {
    const next = Math.min(Math.max(to, 0), marks.length - 1);
    reach(next);
    group.current.querySelector(`[data-at="${next}"]`)?.focus();
  };
  const key = (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowDown") go(here + 1);
    else if (event.key === "ArrowLeft" || event.key === "ArrowUp") go(here - 1);
    else if (event.key === "Enter" || event.key === " ") look({ report: marks[here].report.report });
    else return;
    event.preventDefault();
  };
  return html`<g ref=${group} role="group" aria-label="Reports" onKeyDown=${key}>
    ${marks.map((mark, number) => {
      const place = placeOf(mark, across, up);
      const names = `mark ${mark.kind} ${mark.report.bound} ${mark.isPart ? "part" : ""}`;
      const beyond = place.isBeyond && `↑ ${whole(Math.max(...mark.figures))}`;
      return html`<g key=${mark.report.report} class=${names} data-at=${number} data-report=${mark.report.report}
        role="button" tabindex=${number === here ? 0 : -1}
        aria-label=${mark.words} transform=${`translate(${place.x} ${place.y})`}
        onClick=${() => look({ report: mark.report.report })} onFocus=${() => { reach(number); tell({ mark, place }); }}
        onBlur=${() => tell(null)} onPointerEnter=${() => tell({ mark, place })} onPointerLeave=${() => tell(null)}>
        ${mark.isLong && html`<path class="period" d=${`M${place.left - place.x} 0H${place.right - place.x}`} />`}
        <circle class="hit" r=${radius + 5} />
        <path class="shape" d=${shapeOf(mark.report.bound, radius, place.high)} />
        ${beyond && html`<text class="beyond" y="15" text-anchor="middle">${beyond}</text>`}
      </g>`;
    })}
  </g>`;
}

function Marker({ guessing, scene: { across, up }, view, down }) {
  const [x, y] = [across.middle(view.day), up.y(guessing.people ?? 0)];
  const isRight = x > (across.left + across.right) / 2;
  const words = guessing.people === null ? "drag me to your guess" : `your guess: ${people(guessing.people)}`;
  return html`<g class="guess-marker" transform=${`translate(${x} ${y})`} onPointerDown=${down} aria-hidden="true">
    <circle r="16" class="hit" /><path d="M0 -9L9 0L0 9L-9 0z" />
    <text x=${isRight ? -14 : 14} y=${y < up.top + 12 ? 14 : -8} text-anchor=${isRight ? "end" : "start"}>
      ${words}</text>
  </g>`;
}

function Said({ told: { mark, place }, scene: { width, height } }) {
  const isRight = place.x > width / 2;
  const side = isRight ? { right: `${width - place.x + 12}px` } : { left: `${place.x + 12}px` };
  const level = place.y > height / 2 ? { bottom: `${height - place.y + 10}px` } : { top: `${place.y + 10}px` };
  return html`<p class="chart-said" aria-hidden="true" style=${{ ...side, ...level }}>
    ${mark.words}</p>`;
}
