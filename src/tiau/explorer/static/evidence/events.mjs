// The list of events: what happened, and how severe it is taken to have been, one by one or many at once.

import { html, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { whichEvents } from "../presets/changed.mjs";
import { scaleEvents, scalesOf } from "../state/changes.mjs";
import { counted, short, whole } from "../words/numbers.mjs";
import { Pager, pageOf } from "./paging.mjs";

const READY = [0, 0.5, 1, 2];
const MOST = 4;
const NO_FILTER = { text: "", kind: "", where: "", changed: false };

export function Events({ scenario, whatIf, change }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [page, setPage] = useState(0);
  const [open, setOpen] = useState("");
  const events = scenario.events;
  const scales = useMemo(() => scalesOf(whatIf), [whatIf.scale]);
  const kinds = useMemo(() => [...new Set(events.map((event) => event.kind))].sort(), [events]);
  const areas = useMemo(() => areasOf(scenario), [scenario]);
  const found = useMemo(() => sifted(events, filter, scales, areas), [events, filter, filter.changed && scales, areas]);
  const shown = useMemo(() => pageOf(found, page), [found, page]);
  const current = useRef(null);
  current.current = whatIf;
  const scale = (ids) => (by, settled) => change(scaleEvents(current.current, ids, by), { settled });
  // Kept as long as nothing in it is another: the page draws again with each step of a drag.
  const rows = useMemo(() => shown.rows.map((event) => html`<${Row} key=${event.event} event=${event}
    by=${scales[event.event] ?? 1}
    open=${open === event.event} toggle=${() => setOpen(open === event.event ? "" : event.event)}
      set=${scale([event.event])} />`),
  [shown, scales, open]);
  const sift = (part) => { setFilter({ ...filter, ...part }); setPage(0); };
  if (!events.length) return html`<section class="events"><p class="soft">The scenario has no events.</p></section>`;
  const ids = found.map((event) => event.event);
  const all = found.length === events.length;
  return html`<section class="events" aria-label="Events">
    <p>How severe was what happened? At 0 it is as if it had not happened; at 2 it drives out as many as two of it.</p>
    <div class="filters" role="search" aria-label="Sift events">
      <label>Search<input type="search" value=${filter.text} onInput=${(event) => sift({ text: event.target.value })} />
        </label>
      <label>Kind<select value=${filter.kind} onChange=${(event) => sift({ kind: event.target.value })}>
        <option value="">all</option>${kinds.map((kind) => html`<option key=${kind} value=${kind}>
          ${kind}</option>`)}</select></label>
      <label>Where<select value=${filter.where} onChange=${(event) => sift({ where: event.target.value })}>
        <option value="">everywhere</option>${[...areas].map(([area, { events: many }]) => html`<option key=${area}
          value=${area}>${area} (${whole(many)})</option>`)}</select></label>
      <label class="tick"><input type="checkbox" checked=${filter.changed}
        onChange=${(event) => sift({ changed: event.target.checked })} />Changed only</label>
    </div>
    ${found.length > 0 && html`<${Factor} key="all" words=${all ? `All ${counted(ids.length, "event")}`
      : `The ${counted(ids.length, "event")} found`}
      by=${common(ids, scales)} set=${scale(ids)} />`}
    <${InForce} scenario=${scenario} whatIf=${whatIf} change=${change} />
    <${Pager} all=${events.length} found=${found.length} page=${shown.page} last=${shown.last} noun="event"
      go=${setPage} />
    <div class="scroll" tabindex="0" role="region" aria-label="Table of events"><table>
      <caption>Events of the scenario</caption>
      <thead><tr><th scope="col">Day</th><th scope="col">What and where</th><th scope="col" class="number">Severity</th>
        <th scope="col" class="number">Deaths</th><th scope="col">Change</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div>
    ${!found.length && html`<p>No event fits. <button type="button" onClick=${() => sift(NO_FILTER)}>Show all</button>
      </p>`}
  </section>`;
}

/** Areas with events somewhere in them, by name: {names, events}, of which `names` are those of all that lies there. */
function areasOf({ followed, places, events }) {
  const areas = followed.filter(({ level }) => level !== "place").map(({ label, name, places: within }) => {
    const names = new Set(within.map((at) => places[at].name));
    for (const other of followed) {
      if (other.level !== "place" && other.places.every((at) => within.includes(at))) names.add(other.name).add(other.label);
    }
    const many = events.filter((event) => event.place.some((place) => names.has(place))).length;
    return [label, { names: names.add(name), events: many }];
  });
  return new Map(areas.filter(([, { events: many }]) => many).sort(([one], [other]) => one.localeCompare(other)));
}

function sifted(events, { text, kind, where, changed }, scales, areas) {
  const wanted = text.trim().toLowerCase();
  const there = where ? areas.get(where).names : null;
  return events.filter((event) => (!kind || event.kind === kind) && (!changed || event.event in scales)
    && (!there || event.place.some((place) => there.has(place)))
    && (!wanted || [event.event, event.start, event.kind, event.source, ...event.place].some((cell) =>
      cell?.toLowerCase().includes(wanted))));
}

/** The factor that all have, or null where they differ. */
function common(ids, scales) {
  const first = scales[ids[0]] ?? 1;
  return ids.every((id) => (scales[id] ?? 1) === first) ? first : null;
}

function Factor({ words, by, set }) {
  const slid = (settled) => (event) => set(Number(event.target.value), settled);
  const label = `${words}: how many times as severe`;
  return html`<div class="factor" role="group" aria-label=${label}>
    <strong>${words}</strong>
    <span class="ready">${READY.map((one) => html`
      <button key=${one} type="button" aria-pressed=${by === one}
        onClick=${() => set(one, true)}>× ${one}</button>`)}</span>
    <input type="range" min="0" max=${MOST} step="0.1" value=${Math.min(by ?? 1, MOST)} aria-label=${label}
      aria-valuetext=${by === null ? "they differ" : `${short(by)} times`}
      onInput=${slid(false)} onChange=${slid(true)} /><output>${by === null ? "differ" : `× ${short(by)}`}</output>
  </div>`;
}

function InForce({ scenario, whatIf, change }) {
  const edits = whatIf.scale.filter((edit) => edit.table === "events" && edit.column === "severity");
  if (!edits.length) return null;
  const remove = (edit) => change({ ...whatIf, scale: whatIf.scale.filter((one) => one !== edit) }, { settled: true });
  return html`<div class="in-force"><h3>In force</h3><ul>${edits.map((edit, place) => html`<li key=${place}>
    <span>× ${short(edit.by)}: ${whichEvents(scenario, edit.id)}</span>
    <button type="button"
      aria-label=${`Take back × ${short(edit.by)} of ${whichEvents(scenario, edit.id)}`}
        onClick=${() => remove(edit)}>Take back</button></li>`)}</ul></div>`;
}

function Row({ event, by, open, toggle, set }) {
  const days = event.start === event.end ? event.start : `${event.start} to ${event.end}`;
  const severity = by === 1 ? short(event.severity)
    : html`<s>${short(event.severity)}</s> ${short(event.severity * by)}`;
  const words = `${event.event}, ${event.kind} in ${event.place.join(", ")}`;
  const button = by === 1 ? "Change" : `× ${short(by)}`;
  return html`<tr class=${by === 1 ? "" : "changed"}>
    <th scope="row"><span class="day">${days}</span><span class="soft">${event.event}</span></th>
    <td>${event.kind}<span class="soft">${event.place.join(", ")}${event.estimated ? " (estimated)" : ""}</span></td>
    <td class="number">${severity}</td><td class="number">${whole(event.fatalities)}</td>
    <td><button type="button" aria-expanded=${open} aria-label=${`${button}: ${words}`} onClick=${toggle}>
      ${button}</button></td>
  </tr>${open && html`<tr class="unfolded"><td colspan="5"><${Factor} words=${words} by=${by} set=${set} /></td>
    </tr>`}`;
}
