// The report as a page of its own, made by the server from a run.

import { html, useEffect, useRef, useState } from "../vendor/preact.mjs";
import { messages } from "../asking/requests.mjs";
import { Press } from "../shell/press.mjs";
import { refusal } from "./save.mjs";

export function Report({ scenario, whatIf, members, seed }) {
  const [state, setState] = useState({ status: "idle" });
  const abort = useRef(null);
  useEffect(() => () => abort.current?.abort(), []);
  useEffect(() => setState((was) => (was.status === "ready" ? { status: "idle" } : was)),
    [whatIf, members, seed, scenario.digest]);
  const make = async () => {
    abort.current = new AbortController();
    setState({ status: "running", words: "Waiting for the server" });
    const body = { digest: scenario.digest, what_if: whatIf, members: members ?? scenario.members,
      seed: seed ?? scenario.seed };
    try {
      let ended = false;
      for await (const message of messages("/api/report", { body, signal: abort.current.signal })) {
        const next = heard(message);
        ended ||= next.status === "ready" || next.status === "failed";
        setState(next);
      }
      if (!ended) setState({ status: "failed", problem: "The server ended before the report was made. Ask again." });
    } catch (error) {
      if (error.name === "AbortError") return setState({ status: "idle" });
      const { problem, faults } = refusal(error);
      setState({ status: "failed", problem: problem ?? sentence(faults) });
    }
  };
  return html`<h3>Report</h3>
    <div class="row"><${Press} off=${state.status === "running"} onClick=${make}>Make the report<//>
      ${state.status === "running" && html`<button type="button" onClick=${() => abort.current.abort()}>Stop</button>
        <progress max="1" value=${state.share} aria-label="Making the report"></progress>`}
      <span role="status">${state.status === "running" && state.words}
        ${state.status === "ready" && html`<a href=${state.path} download>Save the report</a>`}</span></div>
    ${state.status === "failed" && html`<p class="problem" role="alert">${state.problem}</p>`}`;
}

const sentence = (faults) => faults.map(({ file, problem, remedy }) => `${file}: ${problem}; ${remedy}.`).join(" ");

function heard(message) {
  switch (message.kind) {
    case "queued": return { status: "running", words: message.ahead ? `${message.ahead} ahead of you` : "Beginning" };
    case "progress": {
      const share = message.total > 0 ? message.done / message.total : 0;
      return { status: "running", words: message.words ?? `${Math.round(100 * share)}% done`, share };
    }
    case "ready": return { status: "ready", path: message.path };
    case "faults": return { status: "failed", problem: sentence(message.faults) };
    case "failed": return { status: "failed", problem: `${message.problem} ${message.remedy ?? ""}` };
    default: return { status: "running", words: "Working" };
  }
}
