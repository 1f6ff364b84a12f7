"""What is proposed: a row of the ledger, the words that carry it, how sure it is and what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tiau.scenario.rows import Act, Event, Report, Row

TableName = Literal["reports", "acts", "events"]
OWN = (
    "authority", "level", "effect", "until", "admit_share", "enforcement", "amount", "softens", "ends", "kind",
    "fatalities",
)  # fmt: skip
"""Columns of acts and events that reports lack. Their days are in as_of, their places in place, parted by ";"."""
READING = ("file", "quote", "start", "end", "confidence", "why", "check")
"""Columns that say where a row was read."""
COLUMNS = ("accept", "table", *Report.columns(), *OWN, *READING)
"""Columns of proposals.csv; the id of an act or event stands in `report` too."""
LEAST_SURE, MOST_SURE = 0.05, 0.95
ROWS: dict[str, type[Row]] = {"reports": Report, "acts": Act, "events": Event}


def confident(sure: float) -> float:
    """Return how sure a rule is as a row says it: no rule is certain, and none knows nothing."""
    return min(max(sure, LEAST_SURE), MOST_SURE)


@dataclass(frozen=True)
class Proposal:
    """A row that a text gives.

    Attributes
    ----------
    table : {"reports", "acts", "events"}
    start, end : int
        The characters of the text that carry it.
    quote : str
        These characters, as they stand in the text.
    marked : tuple of int
        The words in them that matter most: a number with its noun, what is ordered, what happened.
    cells : dict of str to str
        By column, as a table has them; columns that are missing are blank.
    confidence : float
        From 0 to 1: how surely the rule reads what the text means. No probability: it orders proposals.
    why : tuple of str
        The rules, in words.
    check : tuple of str
        What a person should look at.
    file : str
        Name of the text's file.
    """

    table: TableName
    start: int
    end: int
    quote: str
    marked: tuple[int, int]
    confidence: float
    cells: Mapping[str, str] = field(default_factory=dict)
    why: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    file: str = ""

    def row(self) -> list[str]:
        """Return its cells in the order of proposals.csv."""
        whole = {
            **self.cells, "table": self.table, "file": self.file, "quote": self.quote, "start": str(self.start),
            "end": str(self.end), "confidence": f"{self.confidence:.2f}", "why": "; ".join(self.why),
            "check": "; ".join(self.check),
        }  # fmt: skip
        return [whole.get(column, "") for column in COLUMNS]
