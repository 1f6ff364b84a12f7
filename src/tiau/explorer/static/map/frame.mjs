// How the pixels of the map come to lie on the screen: screen = k * pixel + (x, y).

const MARGIN = 34;
const CLOSEST = 24;
// The first view leaves out this share of people at each edge, if that brings the rest so much nearer.
const OUTSIDE = 0.04;
const [LITTLE, MUCH] = [1.25, 4];

/** The frame in which all places are seen as large as they can be. */
export function fitted(scenario, width, height) {
  const { map } = scenario;
  const within = onSheet(scenario);
  const [xs, ys] = [within.map(({ x }) => x), within.map(({ y }) => y)];
  const box = within.length ? [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] :
    [MARGIN, map.width - MARGIN, MARGIN, map.height - MARGIN];
  return framed(box, width, height);
}

/**
 * The frame of where most people are, and of all that is followed at first: `weights` are people by place; null where it
 * is not much closer than `whole`.
 */
export function focused(scenario, weights, whole, width, height) {
  const within = onSheet(scenario).filter(({ at }) => weights[at] > 0);
  if (!within.length) return null;
  const asked = new Set(scenario.followed[scenario.first_followed]?.places ?? []);
  const always = onSheet(scenario).filter(({ at }) => asked.has(at));
  const side = (axis) => {
    const along = [...middle(within, axis, weights), ...always.map((place) => place[axis])];
    return [Math.min(...along), Math.max(...along)];
  };
  const frame = framed([...side("x"), ...side("y")], width, height);
  const k = Math.min(frame.k, MUCH * whole.k);
  const at = { x: width / 2, y: height / 2 };
  return k > whole.k * LITTLE ? zoomed(frame, k / frame.k, at, whole) : null;
}

const onSheet = ({ map, places }) => places.map(({ x, y }, at) => ({ x, y, at }))
  .filter(({ x, y }) => x !== null && x >= 0 && y >= 0 && x <= map.width && y <= map.height);

function framed([left, right, top, bottom], width, height) {
  const [across, down] = [right - left + 2 * MARGIN, bottom - top + 2 * MARGIN];
  const k = Math.min(width / across, height / down);
  return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

/** From where to where all but a few people are, along one axis. */
function middle(places, axis, weights) {
  const order = [...places].sort((one, other) => one[axis] - other[axis]);
  const all = order.reduce((sum, { at }) => sum + weights[at], 0);
  const edge = (sorted) => {
    let sum = 0;
    return sorted.find(({ at }) => (sum += weights[at]) >= OUTSIDE * all)[axis];
  };
  return [edge(order), edge([...order].reverse())];
}

/** Zoom so that what is under a point of the screen stays there. */
export function zoomed(frame, by, at, whole) {
  const k = Math.min(Math.max(frame.k * by, whole.k * 0.8), whole.k * CLOSEST);
  const turn = k / frame.k;
  return { k, x: at.x - turn * (at.x - frame.x), y: at.y - turn * (at.y - frame.y) };
}

/** Move by pixels of the screen, but never the whole sheet out of sight. */
export function moved(frame, right, down, map, size) {
  const hold = (value, extent, room) => Math.min(Math.max(value, 40 - extent), room - 40);
  return {
    k: frame.k,
    x: hold(frame.x + right, frame.k * map.width, size.width),
    y: hold(frame.y + down, frame.k * map.height, size.height),
  };
}
