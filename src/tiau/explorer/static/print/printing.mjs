// Printing: what only paper shows is asked for when somebody prints, not before.

import { useEffect, useRef, useState } from "../vendor/preact.mjs";
import { seriesAbroad } from "../asking/series.mjs";

const NONE = new Map();
const PREPARE = "prepare-print";
const LONGEST = 8000;

/** Print once everything that is on the pages is there, or without ranges if the server does not give them soon. */
export async function printPages() {
  const waits = [];
  dispatchEvent(new CustomEvent(PREPARE, { detail: waits }));
  await Promise.race([Promise.allSettled(waits), new Promise((done) => setTimeout(done, LONGEST))]);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  window.print();
}

/** Ranges of the areas abroad of a run that ended; empty until somebody prints. */
export function useSeries(scenario, run, quantity) {
  const [told, setTold] = useState({ key: "", series: NONE });
  const asked = useRef({ key: "", waits: null });
  const key = `${scenario.digest} ${run} ${quantity}`;
  useEffect(() => {
    if (!run) return undefined;
    const abort = new AbortController();
    const read = async () => setTold({ key, series: await seriesAbroad(scenario, run, quantity, abort.signal) });
    const ask = () => {
      if (asked.current.key !== key) asked.current = { key,
        waits: read().catch(() => { asked.current = { key: "" }; }) };
      return asked.current.waits;
    };
    const prepare = ({ detail }) => detail.push(ask());
    addEventListener("beforeprint", ask);
    addEventListener(PREPARE, prepare);
    return () => {
      removeEventListener("beforeprint", ask);
      removeEventListener(PREPARE, prepare);
      abort.abort();
    };
  }, [key]);
  return told.key === key ? told.series : NONE;
}
