// What a chart shows of the place that is followed: fans, expected lines, what was forecast; and numbers of one day.

import { rowOf } from "../asking/arrays.mjs";
import { draggedCourse } from "../asking/presence.mjs";
import { countOf } from "../state/changes.mjs";

const NAMES = ["p05", "p25", "p50", "p75", "p95"];

const isOf = (message, view) => message.follow === view.followed && message.quantity === view.quantity;

function fanOf(message, view) {
  if (!message?.fan || !isOf(message, view)) return null;
  const fan = Object.fromEntries(NAMES.map((name, at) => [name, rowOf(message.fan, at)]));
  const apart = message.difference;
  const differs = apart && Object.fromEntries(NAMES.map((name, at) => [name, rowOf(apart, at)]));
  // While the first runs are under way it goes as far as all of them have come.
  const { members, of, days: until = Infinity } = message;
  return { ...fan, difference: differs ?? null, members, of, until };
}

/** The expected line of an outcome: the one that follows a pointer where there is one. */
function lineOf(scenario, outcome, view) {
  const { light, expected } = outcome;
  const dragged = draggedCourse(scenario, light, view.followed, view.quantity);
  return dragged ?? (expected && !light ? rowOf(expected[view.quantity], view.followed) : null);
}

/** What is drawn of a line: days of which a fan tells nothing, without those from `until` on, which are of before. */
function drawnOf(line, main, until) {
  const first = main ? main.until : 0;
  if (!line || first >= line.length) return null;
  return first || until < line.length ? line.slice().fill(NaN, 0, first).fill(NaN, Math.max(until, first)) : line;
}

function forecastOf(scenario, forecast, view) {
  const area = forecast?.areas?.[view.followed];
  if (!area || view.quantity !== "present") return null;
  return Object.fromEntries(NAMES.map((name, level) =>
    [name, joined(forecast.days, rowOf(area, level), scenario.days)]));
}

/** Values of some days as those of all `many` days: straight between two that are told, NaN before and after them. */
function joined(days, values, many) {
  const found = new Float32Array(many).fill(NaN);
  days.forEach((day, at) => {
    const [before, was] = at ? [days[at - 1], values[at - 1]] : [day, values[at]];
    for (let one = Math.max(before, 0); one <= Math.min(day, many - 1); one += 1) {
      const share = day > before ? (one - before) / (day - before) : 1;
      found[one] = was + share * (values[at] - was);
    }
  });
  return found;
}

/**
 * What is shown. `main` is the fan of what is decided, `ghost` that of the scenario as it is where these are two;
 * `line` and `ghostLine` are what is told of people without a fan, `means` and `ghostMeans` what these are. With
 * `hidden` nothing of the what-if is there.
 */
export function shownOf({ scenario, whatIf, view, outcome, hidden = false }) {
  const isChanged = countOf(whatIf) > 0;
  const { baseline, now = baseline } = outcome;
  const [base, baseLine] = [fanOf(baseline.fan, view), lineOf(scenario, baseline, view)];
  const forecast = forecastOf(scenario, outcome.forecast, view);
  if (!isChanged) {
    const { means } = baseline;
    return { isChanged, isHidden: false, means, main: base, line: drawnOf(baseLine, base, Infinity), whole: baseLine,
      ghost: null, ghostLine: null, forecast };
  }
  const ghosts = { means: now.means, ghostMeans: baseline.means, ghost: base, ghostLine: baseLine, forecast };
  if (hidden) return { isChanged, isHidden: true, main: null, line: null, ...ghosts };
  const main = now === baseline ? null : fanOf(now.fan, view);
  const whole = now.isOld && !now.light ? null : lineOf(scenario, now, view);
  const until = now.light?.until ?? Infinity;
  const isFailed = now.status === "failed";
  return { isChanged, isFailed, isHidden: false, main, line: drawnOf(whole, main, until), whole, until, ...ghosts };
}

/** The numbers of one day: those of the fan where it is there, else expected ones; null where nothing is. */
export function numbersOf(shown, day) {
  const { main, line, whole = line, until = Infinity, ghost, ghostLine } = shown;
  const known = (values) => (values && Number.isFinite(values[day]) ? values[day] : null);
  const range = (fan) => (fan ? [fan.p05[day], fan.p95[day]] : null);
  const isExpected = !main || day >= main.until;
  const number = known(isExpected ? whole : main.p50);
  const was = known(shown.isHidden || number === null ? ghost?.p50 ?? ghostLine : isExpected ? ghostLine : ghost?.p50);
  const apart = isExpected ? null : main.difference;
  return {
    isExpected, isBehind: isExpected && day >= until, means: isExpected ? shown.means ?? "expected" : "median", number, was,
    range: isExpected ? null : range(main), wasRange: was === null ? null : range(ghost), members: main?.members ?? 0,
    of: main?.of ?? 0,
    difference: apart ? apart.p50[day] : number !== null && was !== null ? number - was : null,
    between: apart ? [apart.p05[day], apart.p95[day]] : null,
  };
}

/** The most people that lines and fans reach. */
export function mostOf(shown) {
  const { main, line, ghost, ghostLine, forecast } = shown;
  let most = 0;
  for (const values of [main?.p95, line, ghost?.p95, ghostLine, forecast?.p95]) {
    if (values) for (const number of values) if (number > most) most = number;
  }
  return most;
}
