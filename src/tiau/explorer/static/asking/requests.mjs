// Asking the server: streams of lines, each of them JSON, with arrays decoded.

import { decoded } from "./arrays.mjs";

/** What the server refused or could not do, in words for the page. */
export class Refused extends Error {
  constructor(problem, remedy, status) {
    super(problem);
    Object.assign(this, { problem, remedy, status });
  }
}

const SAID = {
  403: ["The server does not take questions from this page.", "Open the address that tiau explore printed."],
  404: ["The server does not have that any more.", "Ask again."],
  413: ["That is more than the server takes at once.", "Make fewer changes."],
  429: ["Too many are asking at once.", "Wait a little, then ask again."],
};

/** Fetch, or throw Refused with words; a lost connection throws TypeError as fetch does. */
export async function answered(path, { body, signal } = {}) {
  const asking = body === undefined ? {} :
    { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, { ...asking, signal, cache: "no-store" });
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  const [problem, remedy] = SAID[response.status] ??
    [`The server could not answer (${response.status}).`, "Ask again; if that does not help, start tiau explore anew."];
  const error = new Refused(told.problem ?? problem, told.remedy ?? remedy, response.status);
  error.faults = told.faults;
  throw error;
}

/** One answer in JSON, arrays decoded. */
export async function one(path, options) {
  return decoded(await (await answered(path, options)).json());
}

/** The messages of a stream, one after the other. */
export async function* messages(path, options) {
  const response = await answered(path, options);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + (value ?? "")).split("\n");
      rest = done ? "" : lines.pop();
      for (const line of lines) if (line.trim()) yield decoded(JSON.parse(line));
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
