// Expected people at places and areas, day by day, out of what was answered last.

import { rowOf } from "./arrays.mjs";

/** Row in `followed` of each place. */
export function placeRows(scenario) {
  const rows = new Int32Array(scenario.places.length).fill(-1);
  scenario.followed.forEach((one, at) => {
    if (one.level === "place") rows[one.places[0]] = at;
  });
  return rows;
}

/** A table of people: `at(place, day)`; null where nothing was answered yet. While something is dragged it is newer. */
export function presence(scenario, side) {
  const light = side.light?.places;
  if (light) return tableOf(light, (place) => place);
  const present = side.expected?.present;
  if (!present) return null;
  const rows = placeRows(scenario);
  return tableOf(present, (place) => rows[place]);
}

function tableOf(array, row) {
  const days = array.shape[1];
  return { at: (place, day) => array.data[row(place) * days + Math.min(day, days - 1)], days };
}

/** People of something followed by day as they follow a pointer; null where nothing was answered of it. */
export function draggedCourse(scenario, light, followed, quantity) {
  if (light?.series && light.follow === followed && light.quantity === quantity) return rowOf(light.series, 0);
  if (!light?.places || quantity !== "present") return null;
  const sum = new Float32Array(light.places.shape[1]);
  for (const place of scenario.followed[followed].places) {
    rowOf(light.places, place).forEach((number, day) => { sum[day] += number; });
  }
  return sum;
}

/** People of what is followed as the chart tells them: the median of the runs that are there, else what is expected. */
export function followedNow(scenario, side, { followed, day, quantity }) {
  const { fan } = side;
  const isThere = fan?.fan && fan.follow === followed && fan.quantity === quantity && day < (fan.days ?? Infinity);
  if (!isThere) return { number: followedOn(scenario, side, followed, day, quantity), means: side.means };
  return { number: rowOf(fan.fan, fan.levels.indexOf(0.5))[day], means: "median" };
}

/** Expected people present (or arrived) at something followed on a day; NaN where nothing was answered yet. */
export function followedOn(scenario, side, followed, day, quantity = "present") {
  const dragged = draggedCourse(scenario, side.light, followed, quantity);
  if (dragged) return dragged[day];
  const array = side.expected?.[quantity];
  return array ? rowOf(array, followed)[day] : NaN;
}
