// Whether two what-ifs change the same, however their edits are parted and whatever they are called.

const sorted = (texts) => [...texts].sort();

const plain = (edit) =>
  JSON.stringify(sorted(Object.keys(edit)).map((key) => [key, edit[key] ?? ""]));

const each = (edits) => sorted(edits.flatMap((edit) => edit.id.map((id) => plain({ ...edit, id }))));

/** What a whole what-if changes, as a text: the same for two that change the same. */
export const fingerprint = (whatIf) =>
  JSON.stringify([each(whatIf.drop), sorted(whatIf.add.map(plain)), each(whatIf.set),
  each(whatIf.scale), sorted(whatIf.parameter.map(plain))]);
