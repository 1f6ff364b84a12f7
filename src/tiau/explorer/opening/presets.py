"""The what-ifs that stand in a scenario's folder, each with a story of one sentence."""

from __future__ import annotations

import re
from typing import Any

from tiau.explorer.basis.sound import Basis
from tiau.faults import Fault
from tiau.what_ifs.editing import Editor
from tiau.what_ifs.files import read_change, shipped
from tiau.what_ifs.model import WhatIf

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def presets(basis: Basis) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Return the what-ifs of a folder that can be carried out, and what is wrong with the others."""
    found, faults = [], []
    for name, path in shipped(basis.folder).items():
        what_if, wrong = read_change(path)
        if what_if is not None:
            editor = Editor(basis.scenario, path.name)
            editor.carry_out(what_if.edits, what_if.why)
            wrong = editor.faults
            if not wrong:
                found.append({
                    "name": name, "title": what_if.title, "why": first_sentence(what_if.why),
                    "what_if": content_of(what_if), "sentences": editor.sentences,
                })  # fmt: skip
        faults += wrong
    return found, faults


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return _END.split(text.strip(), maxsplit=1)[0]


def content_of(what_if: WhatIf) -> dict[str, Any]:
    """Return a what-if as its file has it, as JSON holds it."""
    return what_if.model_dump(by_alias=True, mode="json", exclude={"name"})
