// Expected values that come some days at a time while something is dragged.

/**
 * What was told of some days, put into what is shown: {places, series, until, follow, quantity}. Days from `until` on
 * are those of what was shown before, an outcome.
 */
export function joined(message, { followed: follow, quantity }, before) {
  const { first, days, places, series } = message;
  const { rawLight: earlier } = before;
  const isSame = earlier?.follow === follow && earlier.quantity === quantity;
  return {
    places: put(places, first, days, earlier?.places ?? ofPlaces(before.raw, places.shape[0])),
    series: put(series, first, days, (isSame ? earlier.series : null) ?? ofFollowed(before.raw, follow, quantity)),
    until: first + places.shape[1], follow, quantity,
  };
}

/** An array of all days: some of them new, the others as they were; NaN where nothing is known. */
function put(array, first, days, before) {
  const [rows, many] = array.shape;
  const data = before ? Float32Array.from(before.data) : new Float32Array(rows * days).fill(NaN);
  for (let row = 0; row < rows; row += 1) {
    data.set(array.data.subarray(row * many, (row + 1) * many), row * days + first);
  }
  return { shape: [rows, days], data };
}

// Places are the last of what is followed.
function ofPlaces(raw, many) {
  if (!raw) return null;
  const [rows, days] = raw.present.shape;
  return { data: raw.present.data.subarray((rows - many) * days) };
}

function ofFollowed(raw, follow, quantity) {
  if (!raw) return null;
  const days = raw.present.shape[1];
  return { data: raw[quantity].data.subarray(follow * days, (follow + 1) * days) };
}
