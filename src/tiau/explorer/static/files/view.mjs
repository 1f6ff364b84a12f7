// Files: a what-if saved and loaded, and what is shown taken away: chart, tables, report, print, and how to run it
// again.

import { html, useState } from "../vendor/preact.mjs";
import { countOf } from "../state/changes.mjs";
import { courseTable, dayTable } from "./exports.mjs";
import { Loading } from "./load.mjs";
import { Report } from "./report.mjs";
import { Saving } from "./save.mjs";
import { dateOf } from "../words/days.mjs";
import { printPages } from "../print/printing.mjs";
import { fingerprint } from "../state/same.mjs";
import { csv, download, fileName } from "../words/tables.mjs";

export function Files(props) {
  const [saved, setSaved] = useState({ file: "", print: "" });
  const print = fingerprint(props.whatIf);
  return html`<section class="files" aria-label="Files">
    <${Saving} ...${props} print=${print} saved=${(file) => setSaved({ file, print })} />
    <${Loading} ...${props} />
    <${Taking} ...${props} />
    <${Report} ...${props} />
    <${Again} ...${props} file=${saved.print === print ? saved.file : ""} />
  </section>`;
}

function Taking({ scenario, whatIf, view, outcome, ...rest }) {
  const [problem, setProblem] = useState("");
  const isChanged = countOf(whatIf) > 0;
  const followed = scenario.followed[view.followed];
  const name = (what) => `${fileName(scenario.name, "scenario")}-${fileName(what, "table")}`;
  const chart = async (kind) => {
    setProblem("");
    try {
      const { chartSvg, chartPng } = await import("../chart/view.mjs");
      const props = { scenario, whatIf, view, outcome, ...rest };
      if (kind === "svg") download(`${name(followed.label)}.svg`, await chartSvg(props), "image/svg+xml");
      else download(`${name(followed.label)}.png`, await chartPng(props), "image/png");
    } catch (error) {
      setProblem(`The chart could not be drawn as a file (${error.message}). Reload the page, then try again.`);
    }
  };
  const table = (what, found) => download(`${name(what)}.csv`, csv(...found), "text/csv");
  const isThere = Boolean(outcome.now?.expected);
  return html`<h3>Take away</h3>
    <ul class="offers">
      <li><span>Chart of ${followed.label}</span> <button type="button" disabled=${!isThere}
        onClick=${() => chart("svg")}>Chart as SVG</button>
        ${" "}<button type="button" disabled=${!isThere} onClick=${() => chart("png")}>Chart as PNG</button></li>
      <li><span>${followed.label}, day by day</span> <button type="button" disabled=${!isThere}
        onClick=${() => table(followed.label, courseTable(scenario, view, outcome, isChanged))}>Days as CSV</button>
          </li>
      <li><span>All places and areas on ${dateOf(scenario, view.day)}</span> <button type="button" disabled=${!isThere}
        onClick=${() => table(dateOf(scenario, view.day), dayTable(scenario, view, outcome, isChanged))}>Places as
          CSV</button></li>
      <li><span>Two pages for the table</span> <button type="button" onClick=${printPages}>Print</button></li>
    </ul>
    ${!isThere && html`<p class="soft">Chart and tables can be taken once something was run.</p>`}
    ${problem && html`<p class="problem" role="alert">${problem}</p>`}`;
}

const quoted = (text) => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function Again({ scenario, whatIf, members, seed, file }) {
  const isChanged = countOf(whatIf) > 0;
  const change = file || "NAME.toml";
  const [many, from] = [members ?? scenario.members, seed ?? scenario.seed];
  const line = isChanged
    ? `tiau compare ${quoted(scenario.source)} --change ${quoted(change)} --members ${many} --seed ${from}`
    : `tiau run ${quoted(scenario.source)} --members ${many} --seed ${from}`;
  const given = JSON.stringify(scenario.source);
  const python = isChanged
    ? `tiau.compare(tiau.load(${given}), [${JSON.stringify(change)}], members=${many}, seed=${from})`
    : `tiau.simulate(tiau.load(${given}), members=${many}, seed=${from})`;
  return html`<h3>Run it again without this page</h3>
    ${isChanged && !file && html`<p>Save the what-if first; put the name of its file in the place of NAME.toml.</p>`}
    <p class="soft">In a terminal:</p><pre tabindex="0" aria-label="Command line"><code>${line}</code></pre>
    <p class="soft">In Python:</p><pre tabindex="0" aria-label="Python"><code>${`import tiau\n${python}`}</code></pre>`;
}
