"""The format of a what-if: named changes to the rows and parameters of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from tiau.faults import Fault, nearest, written
from tiau.scenario.vocabulary import LONGEST_NAME, Reason, Text, reworded, too_long
from tiau.texts import hidden_in_line, hidden_in_prose

Table = Literal["places", "areas", "routes", "groups", "events", "acts", "reports", "departures"]
Ids = Annotated[
    tuple[Text, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given), Field(min_length=1)
]  # fmt: skip
StrictNumber = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class Edit(BaseModel):
    """One change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Drop(Edit):
    """Rows that are taken out."""

    table: Table
    id: Ids


class Add(Edit):
    """A row that is put in: every other key is a column."""

    model_config = ConfigDict(extra="allow", frozen=True)
    table: Table

    @property
    def cells(self) -> Mapping[str, Any]:
        """The columns of the row as they were written."""
        return self.model_extra or {}


class Set(Add):
    """Columns of rows that get another value: every key beside table and id is a column."""

    id: Ids


class Scale(Edit):
    """A number in rows that is multiplied."""

    table: Table
    id: Ids
    column: Text
    by: Annotated[StrictNumber, Field(ge=0)]


class SetParameter(Edit):
    """A parameter that gets another value."""

    name: Text
    value: StrictNumber


KINDS: dict[str, type[Edit]] = {
    "drop": Drop, "add": Add, "set": Set, "scale": Scale, "parameter": SetParameter,
}  # fmt: skip
_SAID = (
    ("title", "what it asks, in a few words", hidden_in_line),
    ("why", "on which assumption it rests", hidden_in_prose),
)


class WhatIf(BaseModel):
    """A what-if; its changes are carried out in the order drop, add, set, scale, parameter.

    Attributes
    ----------
    name : str
        The name of its file, without the ending.
    title : str
    why : str
        On which assumption it rests.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: Text = "what-if"
    title: Text
    why: Reason
    drop: tuple[Drop, ...] = ()
    add: tuple[Add, ...] = ()
    set_: tuple[Set, ...] = Field(default=(), alias="set")
    scale: tuple[Scale, ...] = ()
    parameter: tuple[SetParameter, ...] = ()

    @property
    def edits(self) -> list[tuple[str, Edit]]:
        """Every change with the path of its key, in the order in which they are carried out."""
        by_kind: dict[str, tuple[Edit, ...]] = {
            "drop": self.drop, "add": self.add, "set": self.set_, "scale": self.scale, "parameter": self.parameter,
        }  # fmt: skip
        return [(f"{kind}[{n}]", edit) for kind, found in by_kind.items() for n, edit in enumerate(found, start=1)]


def parse(
    content: Mapping[str, Any], *, name: str, file: str
) -> tuple[WhatIf | None, list[tuple[str, Edit]], list[Fault]]:
    """Turn the content of a what-if file, as tomllib gives it, into a what-if; None where something is wrong.

    With it come the changes without a fault, each with its path, and the faults, in which the file has the name given.
    """
    faults = []
    for key, value in content.items():
        if key not in ("title", "why", *KINDS):
            remedy = nearest(key, ("title", "why", *KINDS)) or f"allowed: title, why, {', '.join(KINDS)}"
            faults.append(Fault(file, "is not a key of a what-if", remedy, column=key, cell=written(value)))
    if problem := hidden_in_line(name):
        faults.append(Fault(file, f"has a name that {problem.partition('; ')[0]}", "rename the file"))
    for key, meaning, hidden in _SAID:
        value = content.get(key)
        if value is None:
            faults.append(Fault(file, "is missing", f"say {meaning}", column=key))
        elif not isinstance(value, str) or not value.strip():
            faults.append(Fault(file, "is not a text", f"say {meaning}", column=key, cell=written(value)))
        elif said := hidden(value) or (too_long(value) if key == "title" and len(value) > LONGEST_NAME else ""):
            faults.append(Fault.saying(file, said, column=key, cell=value))
    edits: list[tuple[str, Edit]] = []
    for kind, model in KINDS.items():
        given = content.get(kind, [])
        if not isinstance(given, list):
            remedy = f"write [[{kind}]], with two brackets on each side"
            faults.append(Fault(file, "is not a list of changes", remedy, column=kind, cell=written(given)))
            continue
        for number, keys in enumerate(given, start=1):
            path = f"{kind}[{number}]"
            try:
                edits.append((path, model.model_validate(keys)))
            except ValidationError as error:
                faults += [_fault(file, path, model, dict(detail)) for detail in error.errors(include_url=False)]
    if faults:
        return None, edits, faults
    by_kind = {kind: tuple(e for p, e in edits if p.startswith(f"{kind}[")) for kind in KINDS}
    whole = {"name": name, "title": content["title"], "why": content["why"], **by_kind}
    return WhatIf.model_validate(whole), edits, []


def _fault(file: str, path: str, model: type[Edit], detail: dict[str, Any]) -> Fault:
    key = str(detail["loc"][0]) if detail["loc"] else ""
    column = f"{path}.{key}" if key else path
    kind, given = detail["type"], detail["input"]
    if kind == "missing":
        return Fault(file, "is missing", "add it", column=column)
    if kind == "extra_forbidden":
        problem, remedy = "is not a key here", nearest(key, model.model_fields)
        return Fault(file, problem, remedy or f"allowed: {', '.join(model.model_fields)}", column=column)
    words = {
        "string_type": "is not text; put it in quotes",
        "tuple_type": 'is no name; write one in quotes, or several as ["A", "B"]',
        "too_short": "is empty; give a name",
        "string_too_short": "is empty; give a name",
        "finite_number": "is not a number that can be used; write an ordinary number",
        "float_type": "is not a number; write digits without quotes",
        "model_type": f"is not a table; write it as [[{path.partition('[')[0]}]] and its keys below",
    }
    text = words.get(kind) or reworded(detail["msg"], kind, written(given))
    return Fault.saying(file, text, column=column, cell=written(given))
