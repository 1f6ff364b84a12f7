// Whether a what-if still fits a scenario: what it names has to be there.

/** Leave out what a scenario has no rows for; `lost` says each in words. */
export function fitting(whatIf, scenario) {
  const lost = [];
  const rows = rowsOf(scenario, whatIf);
  const kept = (kind) => whatIf[kind].flatMap((edit) => {
    const known = rows[edit.table];
    if (known === undefined) return [edit];
    const id = edit.id.filter((one) => known.has(one));
    if (!edit.id.length) lost.push(`none of the ${edit.table} that were changed together is there any more`);
    for (const one of edit.id) if (!known.has(one)) lost.push(`${WORDS[edit.table]} ${one} is not there any more`);
    return id.length ? [{ ...edit, id }] : [];
  });
  const [drop, set, scale] = ["drop", "set", "scale"].map(kept);
  const names = new Set(scenario.parameters.map((parameter) => parameter.name));
  const parameter = whatIf.parameter.filter((edit) => names.has(edit.name));
  for (const edit of whatIf.parameter) if (!names.has(edit.name)) lost.push(`there is no number ${edit.name}`);
  const add = whatIf.add.filter((edit) => {
    const clash = edit.table === "acts" && scenario.acts.some((act) => act.act === edit.act);
    if (clash) lost.push(`act ${edit.act} was added, and the scenario has one of that name now`);
    return !clash;
  });
  return { whatIf: { ...whatIf, drop, set, scale, parameter, add }, lost };
}

const WORDS = { acts: "act", events: "event" };

function rowsOf(scenario, whatIf) {
  const added = (table, key) => whatIf.add.filter((edit) => edit.table === table).map((edit) => edit[key]);
  return {
    acts: new Set([...scenario.acts.map((act) => act.act), ...added("acts", "act")]),
    events: new Set([...scenario.events.map((event) => event.event), ...added("events", "event")]),
  };
}
