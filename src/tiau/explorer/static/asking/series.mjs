// Ranges of every country and district abroad, had from a run that ended, for the page that is printed.

import { useEffect, useState } from "../vendor/preact.mjs";
import { one } from "./requests.mjs";

const AFTER = 1500;
const LEVELS = ["country", "admin1"];
const NONE = new Map();

/** The countries and their first parts abroad, with their places among what is followed. */
export const areasAbroad = (scenario) =>
  scenario.followed.map((area, at) => ({ area, at })).filter(({ area }) => area.abroad && LEVELS.includes(area.level));

/** Series by place among what is followed, {fan, difference, baseline}, of a run that ended; empty until it did. */
export function useSeries(scenario, run, quantity) {
  const [told, setTold] = useState({ key: "", series: new Map() });
  const key = `${run} ${quantity}`;
  useEffect(() => {
    if (!run) return undefined;
    const abort = new AbortController();
    const read = async () => {
      const series = new Map();
      for (const { at } of areasAbroad(scenario)) {
        series.set(at, await one("/api/series", { body: { run, follow: at, quantity }, signal: abort.signal }));
      }
      setTold({ key, series });
    };
    // Whoever clicks through what-ifs asks for none of this, so wait until somebody stays. Without ranges the table has
    // expected values alone.
    const timer = setTimeout(() => read().catch(() => {}), AFTER);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, scenario]);
  return told.key === key ? told.series : NONE;
}
