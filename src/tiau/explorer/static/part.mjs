// A part of the page that is fetched when it is first shown.

import { html, useEffect, useState } from "./vendor/preact.mjs";

/** A component that fetches `name` of a module and stands in for it until it is there. */
export function part(path, name) {
  let Found = null;
  return function Part(props) {
    const [state, setState] = useState(Found ? "there" : "coming");
    useEffect(() => {
      if (Found) return;
      import(path).then((module) => {
        Found = module[name];
        setState(Found ? "there" : "missing");
      }, () => setState("missing"));
    }, []);
    if (Found && state === "there") return html`<${Found} ...${props} />`;
    return html`<p class="soft part">${state === "coming" ? "" : `${name} is not there yet`}</p>`;
  };
}
