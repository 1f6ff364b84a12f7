// Forecasts of the scenario as it is, asked for by hand, kept for each state of the folder while the page stands open.

import { messages, Refused } from "./requests.mjs";

const LOST = { problem: "The server does not answer.", remedy: "Ask again when it is there." };
const ENDED = { problem: "The server ended before the forecast was made.", remedy: "Ask again." };
const IDLE = { status: "idle", words: "", forecast: null, problems: [] };

/** Forecasts by digest; `tell` is called whenever what is to be shown is another. */
export class Forecasts {
  constructor(tell) {
    Object.assign(this, { tell, found: new Map(), abort: null });
  }

  /** Where the forecast of a state stands: {status: idle, running, failed or done, words, forecast, problems}. */
  of(digest) {
    return this.found.get(digest) ?? IDLE;
  }

  /** Work on it no more, and begin again when asked. */
  stop() {
    this.abort?.abort();
    this.abort = null;
  }

  async ask(digest) {
    this.stop();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.#put(digest, { ...IDLE, status: "running", words: "Asking for it" });
    try {
      for await (const message of messages("/api/forecast", { body: { digest }, signal })) {
        if (signal.aborted) break;
        this.#put(digest, heard(message));
      }
      if (this.of(digest).status === "running") this.#put(digest, signal.aborted ? IDLE : failed(ENDED));
    } catch (error) {
      const told = error instanceof Refused ? failed(...(error.faults ?? [error])) : failed(LOST);
      this.#put(digest, signal.aborted ? IDLE : told);
    }
  }

  #put(digest, partial) {
    this.found.set(digest, { ...this.of(digest), ...partial });
    this.tell();
  }
}

const failed = (...problems) => ({ ...IDLE, status: "failed", problems });

function heard({ kind, ...told }) {
  switch (kind) {
    case "queued": return { words: told.ahead ? `Waiting: ${told.ahead} ahead` : "Beginning" };
    case "preparing": return { words: "Preparing the engine" };
    case "progress": return { words: told.words };
    case "forecast": return { status: "done", forecast: told };
    case "faults": return failed(...told.faults);
    case "failed": return failed(told);
    default: return {};
  }
}
