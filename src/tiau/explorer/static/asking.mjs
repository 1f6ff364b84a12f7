// Asking the server: streams of lines, each of them JSON, with arrays as the contract of the wire has them.

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

/** Turn {"shape", "f4"} into {shape, data: Float32Array}, wherever it stands in a message. */
export function decoded(value) {
  if (Array.isArray(value)) return value.map(decoded);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.f4 === "string" && Array.isArray(value.shape)) return { shape: value.shape, data: floats(value.f4) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decoded(one)]));
}

function floats(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return new Float32Array(bytes.buffer);
}

/** Row `at` of an array of (row, day). */
export function rowOf(array, at) {
  const days = array.shape[1];
  return array.data.subarray(at * days, (at + 1) * days);
}

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
