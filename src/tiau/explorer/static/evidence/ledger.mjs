// The ledger: every report as a row, with its source, what the runs would report, and what contradicts it.

import { html, useEffect, useMemo, useRef, useState } from "../vendor/preact.mjs";
import { whole } from "../words/numbers.mjs";
import { bounded, followable, plain } from "../words/reported.mjs";
import { allowed, bandOf, choices, daysOf, EVERYTHING, inOrder, ledgerTable, sifted, standing, STATUSES, verdict,
  whyNot }
  from "./ledger_rows.mjs";
import { PAGE, Pager, pageOf } from "./paging.mjs";
import { csv, download, fileName } from "../words/tables.mjs";

export function Ledger({ scenario, view, look, outcome }) {
  const reports = scenario.reports;
  const [filter, setFilter] = useState(EVERYTHING);
  const [order, setOrder] = useState({ by: "day", down: false });
  const [page, setPage] = useState(0);
  const indices = useMemo(() => new Map(reports.map((report, index) => [report, index])), [reports]);
  const offered = useMemo(() => choices(reports), [reports]);
  const found = useMemo(() => inOrder(sifted(reports, filter), order.by, order.down), [reports, filter, order]);
  const shown = useMemo(() => pageOf(found, page), [found, page]);
  const opened = useOpened(view.report, { reports, filter, order, setFilter, setPage });
  const changed = outcome.now?.figures && outcome.baseline?.figures && outcome.now.figures !== outcome.baseline.figures;
  const [now, baseline] = [outcome.now?.figures, changed ? outcome.baseline.figures : null];

  // Kept as long as nothing in it is another: the page draws again with each step of a drag.
  const rows = useMemo(() => shown.rows.map((report) => html`<${Row} key=${report.report} report=${report} look=${look}
    now=${bandOf(now, indices.get(report))} baseline=${bandOf(baseline, indices.get(report))}
    chosen=${view.report === report.report} followed=${report.followed === view.followed} />`),
  [shown, now, baseline, view.report, view.followed]);
  const sift = (part) => { setFilter({ ...filter, ...part }); setPage(0); };
  const sortBy = (by) => { setOrder({ by, down: order.by === by && !order.down }); setPage(0); };
  const save = () => download(`${fileName(scenario.name, "scenario")}-reports.csv`,
    csv(...ledgerTable(found, indices, now, baseline)), "text/csv");
  if (!reports.length) return html`<section class="ledger">
    <p class="soft">No reports: the scenario has no figures to set beside the runs.</p></section>`;
  return html`<section class="ledger" aria-label="Reports">
    <${Filters} filter=${filter} sift=${sift} offered=${offered} />
    <div class="row">
      <${Pager} all=${reports.length} found=${found.length} page=${shown.page} last=${shown.last} noun="report"
        go=${setPage} />
      <button type="button" onClick=${save}>Save these as CSV</button>
    </div>
    ${!now && html`<p class="soft">What the runs would report is there once all of them are done.</p>`}
    <div class="scroll" tabindex="0" role="region" aria-label="Table of reports">
      <table role="table">
        <caption>Figures that somebody published. The range is what nine runs in ten would
          report${baseline ? ", with your changes and without" : ""}.</caption>
        <thead role="rowgroup"><tr role="row">
          <${Sortable} words="Day" by="day" order=${order} sortBy=${sortBy} />
          <${Sortable} words="Place and quantity" by="place" order=${order} sortBy=${sortBy} />
          <${Sortable} words="Figure" kind="number" by="value" order=${order} sortBy=${sortBy} />
          <th scope="col" role="columnheader">Runs would report</th><th scope="col" role="columnheader">Source</th>
          <th scope="col" role="columnheader">Remarks</th>
        </tr></thead>
        <tbody role="rowgroup" ref=${opened}>${rows}</tbody>
      </table>
    </div>
    ${!found.length && html`<p>No report fits. <button type="button" onClick=${() => sift(EVERYTHING)}>Show all</button>
      </p>`}
  </section>`;
}

/** Lead to the row of a report that was clicked elsewhere: its page, without a filter that hides it, and in sight. */
function useOpened(name, { reports, filter, order, setFilter, setPage }) {
  const body = useRef(null);
  const [aim, setAim] = useState("");
  useEffect(() => {
    const report = reports.find((one) => one.report === name);
    if (!report) return;
    const kept = sifted([report], filter).length ? filter : EVERYTHING;
    const place = inOrder(sifted(reports, kept), order.by, order.down).indexOf(report);
    setFilter(kept);
    setPage(Math.floor(place / PAGE));
    setAim(name);
  }, [name]);
  useEffect(() => {
    const row = aim && body.current?.querySelector("tr[data-chosen]");
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    setAim("");
  });
  return body;
}

function Filters({ filter, sift, offered }) {
  const option = ([value, words]) => html`<option key=${value} value=${value}>${words}</option>`;
  const pick = (label, key, options) => html`<label>${label}<select value=${filter[key]}
    onChange=${(event) => sift({ [key]: event.target.value })}><option value="">all</option>${options}</select>
      </label>`;
  return html`<div class="filters" role="search" aria-label="Sift reports">
    <label>Search<input type="search" value=${filter.text} onInput=${(event) => sift({ text: event.target.value })} />
      </label>
    ${pick("Source", "source", offered.sources.map(([heading, found]) =>
      html`<optgroup key=${heading} label=${heading}>${found.map(option)}</optgroup>`))}
    ${pick("Place", "place", offered.places.map((place) => option([place, place])))}
    ${pick("Quantity", "quantity", offered.quantities.map((one) => option([one, plain(one)])))}
    ${pick("Status", "status", STATUSES.map((one) => option([one, one])))}
    <label class="tick"><input type="checkbox" checked=${filter.contradicted}
      onChange=${(event) => sift({ contradicted: event.target.checked })} />Contradicted only</label>
  </div>`;
}

function Sortable({ words, by, order, sortBy, kind }) {
  const way = order.by !== by ? "none" : order.down ? "descending" : "ascending";
  const arrow = { none: "", ascending: " ▲", descending: " ▼" }[way];
  return html`<th scope="col" role="columnheader" class=${kind} aria-sort=${way}>
    <button type="button" class="plain" onClick=${() => sortBy(by)}>${words}<span aria-hidden="true">${arrow}</span>
      </button></th>`;
}

function Row({ report, now, baseline, look, chosen, followed }) {
  const follow = () => look({ followed: report.followed });
  const place = report.followed === null || report.followed === undefined ? report.place
    : html`<button type="button" class="link" aria-pressed=${followed} title="Follow this place" onClick=${follow}>
      ${report.place}</button>`;
  const whose = [report.group !== "all" && report.group, report.origin
    && `from ${report.origin}`].filter(Boolean).join(", ");
  return html`<tr role="row" data-chosen=${chosen ? "yes" : undefined} class=${chosen ? "chosen" : ""}
    tabindex=${chosen ? -1 : undefined}>
    <th scope="row" role="rowheader"><span class="day">${daysOf(report)}</span>
      <span class="soft">${report.report}, known ${report.known_on}</span></th>
    <td role="cell">${place}<span class="soft">${plain(report.quantity)}${whose && `: ${whose}`}</span></td>
    <td role="cell" class="number">${bounded(report)}</td>
    <td role="cell"><${Band} report=${report} band=${now} words=${baseline ? "with changes" : ""} />
      ${baseline && html`<${Band} report=${report} band=${baseline} words="without" />`}</td>
    <td role="cell"><${Source} report=${report} /></td>
    <td role="cell"><${Remarks} report=${report} look=${look} /></td>
  </tr>`;
}

function Band({ report, band, words }) {
  if (!band) return html`<span class="soft">nothing to compare</span>`;
  const where = verdict(report, band);
  return html`<div class=${where && where !== "in the range" ? "told missed" : "told"}>
    <span>${words && html`<span class="soft">${words} </span>`}${whole(band.low)} to ${whole(band.high)}</span>
    <${Bar} report=${report} band=${band} />${where && html`<span class="verdict">${where}</span>`}</div>`;
}

const WIDTH = 120;

function Bar({ report, band }) {
  const [low, high] = allowed(report);
  const ends = [band.high, low, high].filter((number) => Number.isFinite(number));
  const x = (number) => (WIDTH * Math.min(Math.max(number, 0), Math.max(...ends, 1) * 1.08)) / (Math.max(...ends,
    1) * 1.08);
  const mark = Number.isFinite(low) && html`<rect class="mark" x=${x(low) - 1.5} y="1"
    width=${Math.max(3, x(Number.isFinite(high) ? high : Infinity) - x(low) + 3)} height=${low === high ? 12 : 3} />`;
  return html`<svg class="bar" width=${WIDTH} height="14" viewBox=${`0 0 ${WIDTH} 14`} aria-hidden="true">
    <line class="axis" x1="0" x2=${WIDTH} y1="13.5" y2="13.5" />
    <rect class="runs" x=${x(band.low)} y="4" width=${Math.max(1, x(band.high) - x(band.low))} height="8" />
    <line class="middle" x1=${x(band.middle)} x2=${x(band.middle)} y1="4" y2="12" />${mark}</svg>`;
}

function Source({ report }) {
  const name = report.publisher || (report.url && "source");
  const link = followable(report.url)
    ? html`<a href=${report.url} target="_blank" rel="noopener noreferrer">${name}</a>`
    : html`${report.publisher}${report.url && html`<span class="soft address">${report.url}</span>`}`;
  return html`${report.said_by && html`<span>${report.said_by}</span>`}<span>${link}</span>
    ${report.source_kind && html`<span class="soft">${plain(report.source_kind)}</span>`}`;
}

function Remarks({ report, look }) {
  const jump = (name) => html`<button type="button" class="link" onClick=${() => look({ report: name })}>
    ${name}</button>`;
  const status = standing(report);
  return html`${status !== "scored" && html`<p>${status}: ${whyNot(report)}</p>`}
    ${report.same_as && html`<p>The same figure as ${jump(report.same_as)}</p>`}
    ${(report.contradicts ?? []).map((one) => html`<p key=${one.report} class="against">Contradicted
      by ${jump(one.report)}: ${one.words}</p>`)}
    ${report.note && html`<p class="soft">${report.note}</p>`}`;
}
