// The people that the page tells: medians of runs where there are any. Until then expected values, moved onto the
// medians of the last run that ended: one member without chance lies somewhere among the others, and not in their
// middle.

import { rowOf } from "./arrays.mjs";

const MOST = 4;

/**
 * An outcome with its people: `expected` and `light` as they are told, and `means` what they are: "median", "estimate"
 * or, before any run ended, "expected". `anchor` is the last outcome that has medians, or null. Medians of few runs
 * are moved onto those of the scenario as it is, `own`, by what the same few were without changes, `was`. What was told
 * of the same stays the same object: who draws it draws nothing anew.
 */
export function told(side, anchor, own) {
  const of = [side.raw, side.medians, side.was, anchor?.raw, anchor?.medians, side.was && own.medians];
  const isSame = side.toldOf?.every((one, at) => one === of[at]);
  const people = isSame ? { expected: side.expected, means: side.means } : peopleOf(side, anchor, own);
  return { ...side, ...people, light: lightOf(side, anchor, isSame), toldOf: of, toldLight: side.rawLight };
}

function peopleOf(side, anchor, own) {
  if (!side.raw) return { expected: side.expected, means: anchor ? "estimate" : "expected" };
  if (side.medians && side.was && own.medians) {
    const few = { raw: side.was, medians: own.medians };
    const beside = (quantity) => movedOnto(side.medians[quantity], few, quantity);
    return { ...shown(side, beside), means: "estimate" };
  }
  if (side.medians) return { ...shown(side, (quantity) => side.medians[quantity]), means: "median" };
  if (!anchor) return { ...shown(side, (quantity) => side.raw[quantity]), means: "expected" };
  return { ...shown(side, (quantity) => movedOnto(side.raw[quantity], anchor, quantity)), means: "estimate" };
}

function lightOf(side, anchor, isSame) {
  // Runs are nearer to the truth than what was dragged.
  if (!side.rawLight || side.medians) return null;
  if (isSame && side.toldLight === side.rawLight) return side.light;
  return anchor ? lightOnto(side.rawLight, anchor) : side.rawLight;
}

const shown = ({ raw }, people) => ({ expected: { ...raw, present: people("present"), arrived: people("arrived") } });

function movedOnto(values, { raw, medians }, quantity) {
  const data = new Float32Array(values.data.length);
  moveRow(data, values.data, raw[quantity].data, medians[quantity].data);
  return { shape: values.shape, data };
}

/** Expected values of a drag: those of what is followed, and those by place. */
function lightOnto(light, anchor) {
  const { shape } = light.places;
  const days = shape[1];
  const data = new Float32Array(light.places.data.length);
  const first = anchor.raw.present.shape[0] - shape[0];
  for (let place = 0; place < shape[0]; place += 1) {
    moveRow(rowOf({ shape, data }, place), rowOf(light.places, place),
      rowOf(anchor.raw.present, first + place), rowOf(anchor.medians.present, first + place));
  }
  const series = light.series && new Float32Array(days);
  if (series) {
    const [of, at] = [light.quantity, light.follow];
    moveRow(series, light.series.data, rowOf(anchor.raw[of], at), rowOf(anchor.medians[of], at));
  }
  return { ...light, places: { shape, data }, series: series && { shape: [1, days], data: series } };
}

/** Changes of expected values are taken over in the proportion of the median to what was expected, within bounds. */
function moveRow(into, values, was, median) {
  for (let at = 0; at < values.length; at += 1) {
    const ratio = was[at] > 0 ? Math.min(Math.max(median[at] / was[at], 1 / MOST), MOST) : 1;
    into[at] = Math.max(0, median[at] + (values[at] - was[at]) * ratio);
  }
}
