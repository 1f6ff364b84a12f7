// A what-if read from a file; one with faults shows them all and changes nothing.

import { html, useState } from "../vendor/preact.mjs";
import { one } from "../asking/requests.mjs";
import { countOf, whole } from "../state/changes.mjs";
import { Faults } from "../shell/faults.mjs";
import { counted } from "../words/numbers.mjs";
import { refusal, Told } from "./save.mjs";

const LARGEST = 2_000_000;

export function Loading({ change }) {
  const [told, setTold] = useState(null);
  const [over, setOver] = useState(false);
  const read = async (file) => {
    if (!file) return;
    if (file.size > LARGEST) {
      const size = counted(file.size, "byte");
      return setTold({ problem: `${file.name} is too large for a what-if (${size}). Choose another file.` });
    }
    setTold(null);
    try {
      const { what_if, sentences, warnings } = await one("/api/what-if/read",
        { body: { file: file.name, text: await file.text() } });
      const found = whole(what_if);
      change(found, { settled: true });
      setTold({ done: `${file.name} is in force: ${counted(countOf(found), "change")}.`, sentences, warnings });
    } catch (error) {
      setTold(refusal(error));
    }
  };
  const dropped = (event) => {
    event.preventDefault();
    setOver(false);
    read(event.dataTransfer.files[0]);
  };
  const chosen = async (event) => {
    const input = event.target;
    await read(input.files[0]);
    // The same file again has to be read again: it may have been put right.
    input.value = "";
  };
  const hover = (is) => (event) => {
    event.preventDefault();
    setOver(is);
  };
  return html`<h3>Load a what-if</h3>
    <div class=${over ? "drop over" : "drop"} onDragOver=${hover(true)} onDragLeave=${hover(false)} onDrop=${dropped}>
      <label>A file that tiau compare reads (.toml); choose it or drop it here
        <input type="file" accept=".toml,text/plain,application/toml" onChange=${chosen} /></label>
      <p class="soft">It takes the place of what is changed now; undo brings that back.</p>
    </div>
    <${Told} told=${told} title="Nothing was changed: the file has faults." />
    ${told?.sentences?.length > 0 && html`<ul class="sentences">
      ${told.sentences.map((sentence, at) => html`<li key=${at}>${sentence}</li>`)}</ul>`}
    ${told?.warnings?.length > 0 && html`<${Faults} faults=${told.warnings} title="It has warnings." />`}`;
}
