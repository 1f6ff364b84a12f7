// The chart of the place that is followed: past, reports, what is ahead, what was decided, the scenario as it is.

import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { besideWords } from "./beside.mjs";
import { mostOf, shownOf } from "./data.mjs";
import { AskForecast, ForecastSaid } from "./forecast.mjs";
import { Key } from "./key.mjs";
import { copiesOf, marksOf, withMarks } from "./marks.mjs";
import { Overlay } from "./overlay.mjs";
import { Plot, ROOM } from "./plot.mjs";
import { Folded } from "../shell/folded.mjs";
import { daysAcross, peopleUp, roundTop, ticksOf } from "./scales.mjs";
import { aheadOf, legendOf, QUANTITIES, sentenceOf } from "./words.mjs";

export { chartPng, chartSvg } from "./svg.mjs";

const SPOKEN_EVERY = 1500;

/**
 * The chart with its sentence. `hidden` keeps back what a what-if comes to; `guess` and `setGuess` are those of
 * guess.mjs, `forecasting` is {state, ask, stop}; they may be left out.
 */
export function Chart({ scenario, whatIf, view, look, outcome, hidden = false, guess = null, setGuess, forecasting }) {
  const [isLog, setLog] = useState(false);
  const [box, size] = useSize();
  const { now, baseline, forecast } = outcome;
  const shown = useMemo(() => shownOf({ scenario, whatIf, view, outcome, hidden }),
    [scenario, whatIf, view, now, baseline, forecast, hidden]);
  const marks = useMemo(() => marksOf(scenario, view), [scenario, view.followed, view.quantity]);
  const copies = useMemo(() => copiesOf(scenario, view), [scenario, view.followed, view.quantity]);
  const draft = shown.isHidden && guess?.on ? guess.draft : null;
  const scene = useScene({ scenario, shown, marks, size, isLog, draft, isMoving: Boolean(outcome.now?.light), view });
  usePlot(box, scene, shown, scenario);
  const [sentence, ahead] = [sentenceOf(scenario, view, shown), aheadOf(scenario)];
  const beside = besideWords(scenario, marks, outcome.baseline.figures);
  const guessing = shown.isHidden && guess?.on && setGuess
    ? { people: guess.draft, put: (people) => setGuess({ ...guess, draft: Math.round(people) }) } : null;
  const legend = legendOf(scenario, shown, marks, copies);
  return html`<div class="chart" data-members=${shown.main?.members ?? 0}
    data-days=${Math.min(shown.main?.until ?? 0, scenario.days)}>
    <div class="chart-head">
      <h2>${scenario.followed[view.followed].label}</h2>
      <${Switch} label="What is counted" options=${QUANTITIES} value=${view.quantity}
        choose=${(quantity) => look({ quantity })} />
      <label class="check"><input type="checkbox" checked=${isLog} onChange=${(event) =>
        setLog(event.target.checked)} />
        Log scale</label>
      <${AskForecast} ...${{ scenario, forecasting }} />
      <${Folded} class="chart-about" summary="What the marks mean">
        <div><${Key} entries=${legend} />${ahead && html`<p>${ahead}</p>`}</div><//>
    </div>
    <div class="chart-plot"><div ref=${box} class="chart-lines"></div>
      ${scene && html`<${Overlay} ...${{ scenario, view, look, scene, marks, sentence, ahead, guessing }} />`}
      ${!shown.main && !shown.line && !shown.ghost && !shown.ghostLine && html`<p class="chart-empty">
        ${marks.length ? "Reports alone: nothing has been run yet." : "Nothing has been run yet."}</p>`}
    </div>
    <p class="chart-sentence">${sentence}${beside && html` <span class="soft">${beside}</span>`}</p>
    <${ForecastSaid} ...${{ scenario, view, shown, forecasting }} />
    <${Live} words=${sentence} />
  </div>`;
}

/** Buttons of which one is pressed. */
function Switch({ label, options, value, choose }) {
  return html`<div class="switch" role="group" aria-label=${label}>
    ${Object.entries(options).map(([name, words]) => html`
    <button type="button" key=${name} aria-pressed=${name === value ? "true" : "false"} onClick=${() => choose(name)}>
      ${words}</button>`)}</div>`;
}

/** Words that are read out when they have changed, not at every step on the way. */
function Live({ words }) {
  const [said, say] = useState("");
  useEffect(() => {
    const waiting = setTimeout(() => say(words), SPOKEN_EVERY);
    return () => clearTimeout(waiting);
  }, [words]);
  return html`<p class="only-read" aria-live="polite">${said}</p>`;
}

/** An element and its size, told anew when that changes. */
export function useSize() {
  const box = useRef(null);
  const [size, setSize] = useState(null);
  useLayoutEffect(() => {
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = box.current;
      setSize((was) => (was?.width === width && was.height === height ? was : { width, height }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    measure();
    return () => observer.disconnect();
  }, []);
  return [box, size];
}

/** The scales; while something is dragged their top only grows, so that lines can be compared by eye. */
function useScene({ scenario, shown, marks, size, isLog, draft, isMoving, view }) {
  const kept = useRef({});
  const isThere = size && size.width > 120 && size.height > 60;
  const across = useMemo(() => isThere && daysAcross(size.width, scenario.days), [scenario, size]);
  const ticks = useMemo(() => across && ticksOf(scenario, across), [scenario, across]);
  if (!isThere) return null;
  const of = `${view.followed} ${view.quantity} ${isLog}`;
  const found = roundTop(Math.max(withMarks(mostOf(shown), marks), (draft ?? 0) * 1.05), isLog);
  const most = isMoving && kept.current.of === of ? Math.max(found, kept.current.most) : found;
  kept.current = { of, most };
  const up = peopleUp(ROOM.top, size.height - ROOM.foot, most, isLog);
  return { ...size, across, up, ticks, known: scenario.known, days: scenario.days };
}

/** The lines, drawn again whenever something is shown otherwise; never built anew but for another scenario. */
function usePlot(box, scene, shown, scenario) {
  const plot = useRef(null);
  const isThere = scene !== null;
  useLayoutEffect(() => {
    if (!isThere) return undefined;
    const made = new Plot(box.current, scene);
    plot.current = made;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => made.recolour();
    dark.addEventListener("change", recolour);
    return () => {
      dark.removeEventListener("change", recolour);
      made.destroy();
      plot.current = null;
    };
  }, [scenario, isThere]);
  const { main, line, ghost, ghostLine, forecast } = shown;
  useLayoutEffect(() => {
    if (plot.current && scene) plot.current.draw(shown, scene);
  }, [scenario, scene?.across, scene?.up.high, scene?.height, scene?.up.isLog, main?.p50, line, ghost?.p50, ghostLine,
    forecast]);
}
