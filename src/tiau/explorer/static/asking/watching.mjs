// Whether the server is there and whether the scenario's folder has changed.

import { messages } from "./requests.mjs";

const AGAIN = 2000;
const SILENT = 15000;

/** Watch until stopped: `revision(n)` at the start and after each change, `gone()` when the server is lost. */
export function watch({ revision, gone }) {
  const stopped = new AbortController();
  follow(revision, gone, stopped.signal);
  return () => stopped.abort();
}

async function follow(revision, gone, stopped) {
  while (!stopped.aborted) {
    await listen(revision, stopped);
    if (stopped.aborted) return;
    gone();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}

async function listen(revision, stopped) {
  const silence = new AbortController();
  const signal = AbortSignal.any([stopped, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENT);
  try {
    for await (const message of messages("/api/watch", { signal })) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENT);
      if (message.revision !== undefined) revision(message.revision);
    }
  } catch {
    // Lost, refused or silent: all the same to who waits for it.
  } finally {
    clearTimeout(timer);
  }
}
