// Many events by what they have in common, as an address says them: every one, those of a kind or of a place, but some.

const ROWS = ["drop", "set", "scale"];

/** A what-if with `every` and `but` in the place of `id` wherever that says the same events in fewer letters. */
export const abridged = (scenario, whatIf) => withRows(whatIf, (edit) => shorter(scenario, edit));

/** A what-if with the events by name again; one that names them already is as it was. */
export const spelledOut = (scenario, whatIf) => withRows(whatIf, ({ every, but, ...edit }) => {
  if (every === undefined || edit.table !== "events") return every === undefined ? edit : { ...edit, every };
  const left = new Set([but ?? []].flat());
  return { ...edit, id: those(scenario, every).filter((id) => !left.has(id)) };
});

function withRows(whatIf, change) {
  const found = { ...whatIf };
  for (const kind of ROWS) if (Array.isArray(found[kind])) found[kind] = found[kind].map(change);
  return found;
}

function those(scenario, { kind, place }) {
  const events = scenario.events.filter((event) => (kind === undefined || event.kind === kind)
    && (place === undefined || event.place.includes(place)));
  return events.map((event) => event.event);
}

function shorter(scenario, edit) {
  if (edit.table !== "events" || edit.id.length < 2) return edit;
  const { id, ...rest } = edit;
  const ids = new Set(id);
  const size = (one) => JSON.stringify(one).length;
  let best = edit;
  for (const every of common(scenario, ids)) {
    const all = those(scenario, every);
    const but = all.filter((one) => !ids.has(one));
    const found = { ...rest, every, ...(but.length ? { but } : {}) };
    if (all.length - but.length === ids.size && size(found) < size(best)) best = found;
  }
  return best;
}

/** What some events may have in common: nothing, kind or place of the first of them, or both. */
function common(scenario, ids) {
  const first = scenario.events.find((event) => ids.has(event.event));
  if (!first) return [];
  const { kind, place } = first;
  return [{}, { kind }, ...place.flatMap((one) => [{ place: one }, { kind, place: one }])];
}
