// What lies between two things asked, in a few words: what a step of undo is called.

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What was done from `before` to `after`, each {whatIf, members, seed}. */
export function stepWords(scenario, before, after) {
  if (before.members !== after.members) return `${after.members} runs`;
  if (before.seed !== after.seed) return `seed ${after.seed}`;
  const [was, now] = [before.whatIf, after.whatIf];
  if (now.title !== was.title && now.title) return `“${now.title}”`;
  const kinds = ["drop", "add", "set", "scale", "parameter"];
  if (kinds.every((kind) => !now[kind].length)) return "back to the scenario as it is";
  const changed = [...new Set(kinds.flatMap((kind) => different(was[kind], now[kind])))];
  if (changed.length === 0) return "a change of words";
  if (changed.length > 1) return `changes of ${changed.slice(0, 2).join(", ")}${changed.length > 2 ? ", ..." : ""}`;
  return `${verb(changed[0], was, now)} ${named(scenario, changed[0])}`;
}

function different(was, now) {
  const only = (some, others) => some.filter((edit) => !others.some((other) => same(edit, other)));
  return [...only(now, was), ...only(was, now)].flatMap(idsOf);
}

const idsOf = (edit) => edit.name ? [edit.name] : edit.id ?? [edit.act ?? edit.event ?? edit.place ?? edit.table];

function verb(id, was, now) {
  const holds = (edits) => edits.some((edit) => idsOf(edit).includes(id));
  if (holds(now.drop) && !holds(was.drop)) return "switching off";
  if (holds(was.drop) && !holds(now.drop)) return "switching on";
  if (holds(now.add) && !holds(was.add)) return "adding";
  if (holds(was.add) && !holds(now.add)) return "removing";
  return "changing";
}

function named(scenario, id) {
  const act = scenario.acts.find((one) => one.act === id);
  return act ? `act ${id} (${act.authority}, ${act.effect})` : id;
}
