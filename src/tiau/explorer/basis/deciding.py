"""What a page's what-if makes of the scenario: at once while somebody drags, and checked once it is let go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiau.explorer.basis.ahead import carried_on
from tiau.explorer.basis.differing import first_day
from tiau.explorer.basis.overruled import overruled
from tiau.explorer.basis.sound import Basis
from tiau.faults import Fault, InputError
from tiau.scenario.model import Scenario
from tiau.what_ifs.editing import Changed, Editor, attempt
from tiau.what_ifs.model import KINDS, WhatIf, parse

FILE = "what-if"
UNTITLED, NO_REASON = "What if", "No assumption was noted."


SIZE = 100_000


@dataclass(frozen=True)
class Decided:
    """A what-if carried out.

    Attributes
    ----------
    key : str
        The same for what-ifs of the same changes, whatever they are called; blank for none.
    carried : Scenario
        The scenario after it, carried on over the days ahead.
    sentences : tuple of str
        What was changed.
    warnings : tuple of Fault
    first_day : int
        The first day that can differ; the number of days where none does.
    """

    key: str
    carried: Scenario
    sentences: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    first_day: int = 0

    @property
    def size(self) -> int:
        """About the bytes that it holds: rows that did not change are those of the scenario."""
        return SIZE


def decided(basis: Basis, content: Mapping[str, Any], *, light: bool) -> tuple[Decided | None, list[Fault]]:
    """Carry out a what-if, given as its file has it; return what came of it, or every fault.

    Parameters
    ----------
    basis : Basis
    content : mapping
    light : bool
        Whether rows are looked at by themselves alone, and not the scenario that they make.
    """
    if changes_nothing(content):
        return Decided("", basis.carried, first_day=basis.carried.days), []
    what_if, faults = what_if_of(content)
    if what_if is None:
        return None, faults
    key = json.dumps([[path, edit.model_dump(mode="json")] for path, edit in what_if.edits], sort_keys=True)
    if light:
        editor = Editor(basis.scenario, FILE)
        editor.carry_out(what_if.edits, "")
        return (None, editor.faults) if editor.faults else (_decided(basis, key, editor.scenario()), [])
    changed, faults = attempt(basis.scenario, what_if, file=FILE, known=basis.problems)
    if changed is None:
        return None, faults
    warnings = (*changed.warnings, *overruled(basis.scenario, changed.scenario, FILE))
    return _decided(basis, key, changed.scenario, changed.sentences, warnings), []


def changed_by(basis: Basis, content: Mapping[str, Any]) -> Changed | None:
    """Return a what-if carried out on the scenario itself; None where it changes nothing.

    Raises
    ------
    InputError
        With everything that is wrong in it.
    """
    if changes_nothing(content):
        return None
    what_if, faults = what_if_of(content)
    changed = None
    if what_if is not None:
        changed, faults = attempt(basis.scenario, what_if, file=FILE, known=basis.problems)
    if changed is None:
        raise InputError(faults)
    return changed


def changes_nothing(content: Mapping[str, Any]) -> bool:
    """Tell whether a what-if has no changes."""
    return not any(content.get(kind) for kind in KINDS)


def what_if_of(content: Mapping[str, Any], *, name: str = FILE, file: str = FILE) -> tuple[WhatIf | None, list[Fault]]:
    """Return a what-if from what its file would have; a title and a reason that are left blank are filled in."""
    filled: dict[str, Any] = {"title": UNTITLED, "why": NO_REASON}
    filled |= {key: value for key, value in content.items() if key not in filled or str(value).strip()}
    for kind in KINDS:
        edits = filled.get(kind, [])
        filled[kind] = [_blank_for_none(edit) for edit in edits] if isinstance(edits, list | tuple) else edits
    what_if, _, faults = parse(filled, name=name, file=file)
    return what_if, faults


def _blank_for_none(edit: Any) -> Any:  # noqa: ANN401
    """Return a change as a file can have it: a cell in which nothing is, is blank."""
    return {key: "" if cell is None else cell for key, cell in edit.items()} if isinstance(edit, Mapping) else edit


def _decided(
    basis: Basis, key: str, scenario: Scenario, sentences: tuple[str, ...] = (), warnings: tuple[Fault, ...] = ()
) -> Decided:
    carried = carried_on(scenario, basis.horizon)
    if carried.settings.end != basis.carried.settings.end:
        # Where a what-if gives who leaves, nobody does on days ahead.
        settings = carried.settings.model_copy(update={"end": basis.carried.settings.end})
        carried = carried.model_copy(update={"settings": settings})
    return Decided(key, carried, sentences, warnings, first_day(basis.carried, carried))
