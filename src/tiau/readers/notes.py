"""What a reader of Flee's files finds: faults, things put right, and things to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tiau.faults import Fault, some_of
from tiau.readers.tables import MOST_FAULTS


@dataclass
class Notes:
    """Everything that is said about a folder, at most 20,000 of a kind.

    Attributes
    ----------
    faults, repairs, warnings : list of Fault
        What stops a run; what was put right; what Flee takes as it is and its author may not have meant.
    """

    faults: list[Fault] = field(default_factory=list)
    repairs: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def fault(
        self, file: str, problem: str, remedy: str, row: int | None = None, column: str = "", cell: str = ""
    ) -> None:
        """Note what stops a run."""
        self.take(Fault(file, problem, remedy, row, column, cell))

    def take(self, fault: Fault) -> None:
        """Note a fault that somebody else found."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def repair(
        self, file: str, problem: str, row: int | None = None, column: str = "", cell: str = "", *, kind: str = ""
    ) -> None:
        """Note what was put right; texts with the same problem are of one kind unless another is named."""
        if len(self.repairs) < MOST_FAULTS:
            self.repairs.append(Fault(file, problem, "", row, column, cell, "put right", kind or problem))

    def warn(
        self,
        file: str,
        problem: str,
        remedy: str = "",
        row: int | None = None,
        column: str = "",
        cell: str = "",
        *,
        kind: str = "",
    ) -> None:
        """Note what the author of the folder should know; kinds as in `repair`."""
        if len(self.warnings) < MOST_FAULTS:
            self.warnings.append(Fault(file, problem, remedy, row, column, cell, "warning", kind or problem))

    def warn_of(self, names: Sequence[str], file: str, problem: str, remedy: str = "") -> None:
        """Warn of names if there are any, which the problem has in place of {}."""
        if names:
            self.warn(file, problem.format(joined(names)), remedy)


def joined(names: Sequence[str]) -> str:
    """Write names in a sentence, at most eight of them."""
    return some_of(names, 8, "others")
