// A field of several names, each of which can be taken out, with suggestions for another one.

import { html, useRef } from "../vendor/preact.mjs";

export function Names({ label, names, known, set, faults }) {
  const field = useRef(null);
  const list = `names-${label.split(" ")[0].toLowerCase()}`;
  const add = () => {
    const name = field.current.value.trim();
    field.current.value = "";
    if (name && !names.includes(name)) set([...names, name]);
  };
  const key = (event) => {
    if (event.key !== "Enter" || !field.current.value.trim()) return;
    event.preventDefault();
    add();
  };
  // The button that had the focus goes with its name.
  const takeOut = (name) => { set(names.filter((one) => one !== name)); field.current.focus(); };
  const others = known.filter((name) => !names.includes(name));
  return html`<div class="acts-names" role="group" aria-label=${label}><span>${label}</span>
    ${names.map((name) => html`<button type="button" key=${name} class="chip" aria-label=${`Take out ${name}`}
      onClick=${() => takeOut(name)}>${name} ×</button>`)}
    <input ref=${field} list=${list} aria-label=${`${label}: another name`} placeholder="another" onChange=${add}
      onKeyDown=${key} />
    <datalist id=${list}>${others.map((name) => html`<option value=${name} />`)}</datalist>
    <${Told} faults=${faults} /></div>`;
}

/** What is wrong, beside where it stands. */
export function Told({ faults }) {
  return faults.length > 0 && html`<span class="acts-faults" role="alert">${faults.map((fault) =>
    [fault.problem, fault.remedy].filter(Boolean).join("; ")).join(" ")}</span>`;
}
