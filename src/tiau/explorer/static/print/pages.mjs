// Two pages for a meeting: the question, the answer, map and chart; then every change, the areas abroad and where it
// comes from.

import { html, useEffect, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { areasAbroad } from "../asking/series.mjs";
import { useSeries } from "./printing.mjs";
import { changedRows } from "../presets/changed.mjs";
import { countOf } from "../state/changes.mjs";
import { fanOf } from "../files/exports.mjs";
import { at } from "../asking/arrays.mjs";
import { dateOf } from "../words/days.mjs";
import { MEANS, withMeans } from "../words/means.mjs";
import { counted, difference as signed, people, short } from "../words/numbers.mjs";

const EACH = 60;
const QUIET = 400;
const WARNING = "These are estimates, not counts. A range holds nine runs of the model in ten; "
  + "what the model leaves out is in none of them.";
const QUANTITIES = { present: "people present", arrived: "people arrived since the start" };

export function PrintPages(props) {
  const shown = useQuiet(props);
  const pictures = usePictures(shown);
  const series = useSeries(props.scenario, props.outcome.now?.run, props.view.quantity);
  return useMemo(() => html`<div class="print-pages">
    <${First} ...${shown} pictures=${pictures} /><${Second} ...${shown} series=${series} />
      </div>`, [shown, pictures, series]);
}

const partsOf = ({ scenario, whatIf, view, outcome, members, seed, address, hidden }) =>
  [scenario, whatIf, view, outcome.now, outcome.baseline, members, seed, address, hidden];

/** What is printed, as it is once nothing moves any more, or as soon as printing begins. */
function useQuiet(props) {
  const [shown, setShown] = useState(props);
  const latest = useRef(props);
  latest.current = props;
  // What is printed already stays the same object, so that its pictures hold.
  const show = () => setShown((was) => (partsOf(was).every((part, at) => part === partsOf(latest.current)[at]) ? was
    : latest.current));
  useEffect(() => {
    const timer = setTimeout(show, QUIET);
    return () => clearTimeout(timer);
  }, partsOf(props));
  useEffect(() => {
    const begin = () => show();
    addEventListener("beforeprint", begin);
    return () => removeEventListener("beforeprint", begin);
  }, []);
  return shown;
}

/** Map and chart as addresses of pictures; null while those of what is shown are still being drawn. */
function usePictures(shown) {
  const [pictures, setPictures] = useState({ of: null });
  useEffect(() => {
    let isCurrent = true;
    const draw = async () => {
      const found = { of: shown, map: await picture("../map/view.mjs", "mapSvg", shown),
        chart: await picture("../chart/view.mjs", "chartSvg", shown) };
      if (isCurrent) setPictures(found);
    };
    // Whoever never prints should not wait for it.
    const idle = requestIdleCallback(draw, { timeout: 2000 });
    return () => {
      isCurrent = false;
      cancelIdleCallback(idle);
    };
  }, [shown]);
  return pictures.of === shown ? pictures : null;
}

async function picture(path, name, props) {
  try {
    const drawn = await (await import(path))[name](props);
    const text = typeof drawn === "string" ? drawn : new XMLSerializer().serializeToString(drawn);
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  } catch {
    return null;
  }
}

function First({ scenario, whatIf, view, outcome, pictures }) {
  const rows = changedRows(scenario, whatIf);
  const told = rows.map((row) => `${row.what}: ${row.after} (before: ${row.before}).`);
  return html`<section class="sheet"><h1>${scenario.title || scenario.name}</h1>
    <p class="soft">${scenario.start} to ${dateOf(scenario, scenario.days - 1)}. ${scenario.ahead}</p>
    <h2>The question</h2>
    ${rows.length > 0 && whatIf.title && html`<p class="title">${whatIf.title}</p><p>${whatIf.why}</p>`}
    ${told.length
      ? html`<ul>${told.map((sentence, place) => html`<li key=${place}>${sentence}</li>`)}</ul>`
        : html`<p>How many people move, with nothing changed?</p>`}
    <h2>The answer</h2>${outcome.now?.run === null && html`<p class="unfinished">Not finished: runs were still going on
      when this was printed, so ranges are missing. Print again when they are there.</p>`}
      <p class="answer">${answer(scenario, view, outcome, countOf(whatIf) > 0)}</p>
      <p class="estimates">${WARNING}</p>
    ${pictures === null && html`<p class="unfinished">Map and chart were still being drawn when this was printed. Print
      again when the page is quiet.</p>`}
    <div class="pictures">${pictures?.map && html`<figure><img src=${pictures.map} alt="" /></figure>`}
      ${pictures?.chart && html`<figure><img src=${pictures.chart} alt="" /></figure>`}</div>
    <p class="soft">${scenario.map?.words}</p></section>`;
}

/** The answer for what is followed, on the day in view, in sentences. */
export function answer(scenario, view, outcome, isChanged) {
  const { day } = view;
  const where = `${scenario.followed[view.followed].label}, ${dateOf(scenario, day)}: `;
  if (!outcome.now?.expected) return `${where}nothing was run yet.`;
  const figure = (of) => {
    const fan = fanOf(of, view);
    if (fan) return `about ${people(fan(0.5, day))} (${people(fan(0.05, day))} to ${people(fan(0.95, day))})`;
    return withMeans(people(at(of?.expected?.[view.quantity], view.followed, day)), of?.means ?? "expected");
  };
  const said = `${where}${figure(outcome.now)} ${QUANTITIES[view.quantity]}.`;
  if (!isChanged) return said;
  const difference = fanOf(outcome.now, view, "difference");
  const by = (level) => signed(difference(level, day));
  const apart = difference ? ` Run by run the change makes a difference of ${by(0.5)} (${by(0.05)} to ${by(0.95)}).`
    : "";
  return `${said} Without the change: ${figure(outcome.baseline)}.${apart}`;
}

function Second({ scenario, whatIf, view, outcome, members, seed, address, series }) {
  const rows = changedRows(scenario, whatIf).flatMap((row) => unfolded(scenario, row));
  const last = scenario.days - 1;
  const days = view.day === last ? [last] : [view.day, last];
  return html`<section class="sheet">
    <h2>Everything that is changed</h2>
    ${rows.length ? html`<table class="changes"><caption>${counted(rows.length, "row")}</caption>
      <thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">Now</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.key}><th scope="row">${row.what}</th><td>${row.before}</td>
        <td>${row.after}</td></tr>`)}</tbody></table>`
    : html`<p>Nothing is changed.</p>`}
    <h2>Areas abroad</h2>
    ${days.map((day) => html`<${Abroad} key=${day}
      ...${{ scenario, view, outcome, series, day, isChanged: countOf(whatIf) > 0 }} />`)}
    <h2>Where it comes from</h2>
    <dl><dt>Scenario</dt><dd>${scenario.name}, ${scenario.start} to ${scenario.end}; digest ${scenario.digest}</dd>
      <dt>Runs</dt><dd>${outcome.now?.members || members || scenario.members},
        seed ${seed ?? scenario.seed}</dd>
      <dt>Address</dt><dd class="address">${address ?? window.location.href}</dd></dl>
    <p class="estimates">${WARNING}</p></section>`;
}

// Events one by one while they are few; of many with one factor, all by name in one row.
function unfolded(scenario, row) {
  if (row.kind !== "events") return [row];
  if (row.ids.length > EACH) {
    const all = row.ids.length === scenario.events.length;
    return [{ ...row, what: all ? row.what : `${counted(row.ids.length, "event")}: ${row.ids.join(", ")}` }];
  }
  const events = new Map(scenario.events.map((event) => [event.event, event]));
  return row.ids.map((id) => {
    const event = events.get(id);
    if (!event) return { ...row, key: `${row.key} ${id}`, what: `${id}, not in this scenario` };
    return { key: `${row.key} ${id}`, what: `${id}: ${event.kind}, ${event.place.join(", ")}, ${event.start}`,
      before: `severity ${short(event.severity)}`,
        after: `severity ${short(event.severity * row.by)} (× ${short(row.by)})` };
  });
}

function Abroad({ scenario, view, outcome, series, day, isChanged }) {
  const areas = areasAbroad(scenario);
  if (!areas.length) return html`<p>The scenario has no area abroad.</p>`;
  const range = (array) => (array
    ? `${people(at(array, 2, day))} (${people(at(array, 0, day))} to ${people(at(array, 4, day))})` : "");
  const expected = (of, place) => people(at(of?.expected?.[view.quantity], place, day));
  const apart = (array) => (array
    ? `${signed(at(array, 2, day))} (${signed(at(array, 0, day))} to ${signed(at(array, 4, day))})` : "");
  return html`<table class="abroad"><caption>${QUANTITIES[view.quantity]} on ${dateOf(scenario, day)}: median and range
    of nine runs in
      ${" "}ten${series.size ? "" : `; without ranges: ${MEANS[outcome.now?.means ?? "expected"]}`}</caption>
    <thead><tr><th scope="col">Area</th><th scope="col">${isChanged ? "With the changes" : "People"}</th>
      ${isChanged && html`<th scope="col">Without</th><th scope="col">Difference, run by run</th>`}</tr></thead>
    <tbody>${areas.map(({ area, at: place }) => {
      const told = series.get(place);
      return html`<tr key=${place}><th scope="row">${area.label}</th>
        <td>${told ? range(told.fan) : expected(outcome.now, place)}</td>
        ${isChanged && html`<td>${told ? range(told.baseline) : expected(outcome.baseline, place)}</td>
          <td>${apart(told?.difference)}</td>`}</tr>`;
    })}</tbody></table>`;
}
