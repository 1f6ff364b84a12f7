// Arrays as they come over the wire: {shape: [rows, days], data: Float32Array}.

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
export function rowOf({ shape, data }, at) {
  const days = shape[1];
  return data.subarray(at * days, (at + 1) * days);
}

/** The number at a row and a day, or at a place in a row; NaN where there is none. */
export function at(array, ...place) {
  if (!array) return NaN;
  const values = array.data ?? array;
  if (place.length === 1) return values[place[0]] ?? NaN;
  return values[place[0] * array.shape[1] + place[1]] ?? NaN;
}
