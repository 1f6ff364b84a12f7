"""What is wrong with an input: where it stands, what it is, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

CELL_SHOWN = 40
SHOWN_PER_FILE = 20
SHOWN_CHARACTERS = 6000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (`fault`) or that the reader should know (`warning`).

    Attributes
    ----------
    file : str
        Name of the file inside the scenario folder, or of the argument.
    problem : str
        What is wrong, without the place where it stands.
    remedy : str
        What to do.
    row : int or None
        Line number as a spreadsheet shows it: the header is row 1.
    column, cell : str
        The column's name and the text found there.
    level : {"fault", "warning"}
        A fault stops a run, a warning does not.
    """

    file: str
    problem: str
    remedy: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    level: Literal["fault", "warning"] = "fault"

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f" row {self.row}"
        if self.column:
            place += f" column {self.column}"
        shown = self.cell[:CELL_SHOWN].replace("\n", " ") + ("..." if len(self.cell) > CELL_SHOWN else "")
        text = f'{place}: "{shown}" {self.problem}' if shown else f"{place}: {self.problem}"
        return f"{text}; {self.remedy}" if self.remedy else text


class InputError(ValueError):
    """Wrong input: carries every fault that was found.

    Parameters
    ----------
    faults : sequence of Fault
        At least one fault; warnings may be among them.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(listing(self.faults))


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Suggest the allowed name closest to `word`, as a remedy; an empty text where nothing is near."""
    by_lower = {name.lower(): name for name in allowed}
    matches = get_close_matches(word[:200].lower(), by_lower, n=1, cutoff=0.6)
    return f'did you mean "{by_lower[matches[0]]}"?' if matches else ""


def listing(faults: Sequence[Fault], *, everything: bool = False) -> str:
    """Write faults as a text that fits a terminal.

    Parameters
    ----------
    faults : sequence of Fault
        In the order in which they should be shown.
    everything : bool
        Show all; otherwise at most 20 a file and 6,000 characters.

    Returns
    -------
    str
        One line a fault, and how many are left out.
    """
    lines: list[str] = []
    of_file: dict[str, int] = {}
    characters = 0
    for fault in faults:
        of_file[fault.file] = of_file.get(fault.file, 0) + 1
        line = f"  {fault.level}: {fault}"
        fits = of_file[fault.file] <= SHOWN_PER_FILE and characters + len(line) < SHOWN_CHARACTERS - 200
        if everything or fits:
            lines.append(line)
            characters += len(line) + 1
    hidden = len(faults) - len(lines)
    if hidden:
        lines.append(f"  and {hidden:,} more: --all shows them")
    return "\n".join(lines)
