// The current what-if as the file that `tiau compare` reads.

import { html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { one } from "../asking/requests.mjs";
import { countOf } from "../state/changes.mjs";
import { Faults } from "../shell/faults.mjs";
import { download, fileName } from "../words/tables.mjs";

export function Saving({ scenario, whatIf, change, print, saved }) {
  const [told, setTold] = useState(null);
  const [busy, setBusy] = useState(false);
  const form = useRef(null);
  const [words, setWords] = useState({ title: whatIf.title, why: whatIf.why });
  useEffect(() => setWords({ title: whatIf.title, why: whatIf.why }), [whatIf.title, whatIf.why]);
  // What was said of one what-if is not said of the next.
  useEffect(() => setTold(null), [print]);
  const isEmpty = countOf(whatIf) === 0;
  const write = async (into) => {
    if (!form.current.reportValidity()) return;
    const [title, why] = [words.title.trim(), words.why.trim()];
    const named = { ...whatIf, title, why };
    setBusy(true);
    setTold(null);
    try {
      const { file, text } = await one("/api/what-if/write",
        { body: { what_if: named, name: fileName(title, "what-if"), into } });
      if (!into) download(file, text, "application/toml");
      if (title !== whatIf.title || why !== whatIf.why) change(named, { settled: true });
      saved(file);
      setTold({ done: into ? `Saved as ${file} in the scenario's folder.`
        : `Saved as ${file}, where your browser puts downloads.` });
    } catch (error) {
      setTold(refusal(error));
    } finally {
      setBusy(false);
    }
  };
  const text = (key) => ({ value: words[key], required: true, disabled: isEmpty,
    onInput: (event) => setWords({ ...words, [key]: event.target.value }) });
  return html`<h3>Save this what-if</h3>
    ${isEmpty && html`<p class="soft">Nothing is changed yet, so there is nothing to save.</p>`}
    <form ref=${form} onSubmit=${(event) => { event.preventDefault(); write(false); }}>
      <label>Title: what is asked<input type="text" maxlength="300" ...${text("title")} /></label>
      <label>Why: on which assumption it rests<textarea rows="3" ...${text("why")} /></label>
      <div class="row"><button type="submit" disabled=${isEmpty || busy}>Save as a file</button>
        ${scenario.editable && html`<button type="button" disabled=${isEmpty || busy} 
          onClick=${() => write(true)}>Save into the scenario's folder</button>`}</div>
    </form>
    <${Told} told=${told} title="The what-if was not saved." />`;
}

/** What a refusal or a lost connection means for the person at the page. */
export function refusal(error) {
  if (error.faults?.length) return { faults: error.faults };
  if (error.problem) return { problem: `${error.problem} ${error.remedy ?? ""}`.trim() };
  return { problem: "The server does not answer. Start tiau explore again; what you changed is kept in this page." };
}

/** How it ended: done, a problem, or faults in place. */
export function Told({ told, title }) {
  return html`<div role="status">${told?.done && html`<p class="done">${told.done}</p>`}</div>
    ${told?.problem && html`<p class="problem" role="alert">${told.problem}</p>`}
    ${told?.faults && html`<${Faults} faults=${told.faults} title=${title} />`}`;
}
