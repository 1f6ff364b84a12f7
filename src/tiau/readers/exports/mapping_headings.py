"""Where the headings of an analyst's table stand, over one row or several, and what its cells look like."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tiau.faults import plain
from tiau.readers.exports.columns import is_tag_row
from tiau.readers.exports.grids import Cells, Grid
from tiau.readers.exports.values import count, known, readings
from tiau.scenario.vocabulary import Period

WITHIN = 30
MOST_ROWS = 3
JOINT = " / "
_AGES = re.compile(
    r"[0-9]{1,2} ?(?:-|\u2013|to|a|\u00e0) ?[0-9]{1,2}\b(?![-/.])|[0-9]{1,2} ?\+|[<>] ?[0-9]{1,2} ?(?:y|a)"
)


@dataclass(frozen=True)
class Headed:
    """A grid with its headings.

    Attributes
    ----------
    grid : Grid
    first, last : int
        Row numbers of the headings.
    names : tuple of str
        A heading for each column, "A / B" where B stands below A; blank where a column has none.
    days : dict of int to Period
        Positions of columns whose headings are days, months or years.
    """

    grid: Grid
    first: int
    last: int
    names: tuple[str, ...]
    days: dict[int, Period]

    def column(self, at: int) -> list[str]:
        """Return the cells of a column in the first rows."""
        return [cells[at] for number, cells in self.grid.head if number > self.last and at < len(cells) and cells[at]]


def headed(grid: Grid) -> Headed | None:
    """Find the headings of a grid: the first row of words over a column of figures; None where there is none."""
    rows = grid.head
    for order in range(min(len(rows) - 1, WITHIN)):
        if not _is_heading(rows[order][1]):
            continue
        block, after = [rows[order]], rows[order + 1 :]
        while len(block) < MOST_ROWS and len(after) > 1 and _is_below(block, after[0]):
            block, after = [*block, after[0]], after[1:]
        if order and rows[order - 1][0] == rows[order][0] - 1 and _is_above(rows[order - 1][1]):
            block = [rows[order - 1], *block]
        if after and is_tag_row(after[0][1]):
            after = after[1:]
        if after and _has_values([cells for _, cells in after[:10]]):
            names = _names([cells for _, cells in block])
            last = block[-1][0] if after[0][0] == block[-1][0] + 1 else after[0][0] - 1
            return Headed(grid, block[0][0], last, names, _days(names))
    return None


def is_value(cell: str) -> bool:
    """Whether a cell is a figure, a day or a sign that there is none, as no heading is."""
    return not known(cell) or count(cell) is not None or bool(readings(cell)) or cell[:1].isdigit()


def _is_word(cell: str) -> bool:
    return not is_value(cell) or _AGES.match(cell.lower()) is not None


def _filled(cells: Cells) -> list[str]:
    return [cell for cell in cells if cell]


def _is_heading(cells: Cells) -> bool:
    filled = _filled(cells)
    if len(filled) < 2 or is_tag_row(cells):
        return False
    values = [cell for cell in filled if not _is_word(cell)]
    if not values:
        return True
    # Days or years in a row, behind a word at most a few times as long: the headings of a wide table.
    return len(values) >= 2 and len(filled) - len(values) <= 4 and all(_period(cell) for cell in values)


def _is_below(block: list[tuple[int, Cells]], following: tuple[int, Cells]) -> bool:
    """Whether the next row is a second row of headings: words, with a blank where its or the upper cell is merged."""
    (number, above), (next_number, below) = block[-1], following
    words = all(_is_word(cell) or _period(cell) for cell in _filled(below))
    under_blank = any(cell and not (at < len(above) and above[at]) for at, cell in enumerate(below))
    return next_number == number + 1 and words and under_blank and not (above[0] and below[0])


def _is_above(cells: Cells) -> bool:
    """Whether a row over the headings joins them in groups: words, none of them where titles stand."""
    return not cells[0] and all(map(_is_word, _filled(cells)))


def _has_values(rows: list[Cells]) -> bool:
    counted = [sum(count(cell) is not None or bool(readings(cell)) for cell in cells if cell) for cells in rows]
    return sum(found > 0 for found in counted) >= max(1, len(rows) // 3)


def _names(block: list[Cells]) -> tuple[str, ...]:
    width = max(map(len, block))
    names = [""] * width
    for depth, cells in enumerate(block):
        upper = ""
        for at in range(width):
            own = cells[at] if at < len(cells) else ""
            # A heading reaches over the blanks to its right as far as rows below have headings of their own there.
            below = any(at < len(lower) and lower[at] for lower in block[depth + 1 :])
            upper = own or (upper if below else "")
            if upper:
                names[at] = f"{names[at]}{JOINT}{upper}" if names[at] else upper
    return tuple(" ".join(name.split()) for name in names)


def _days(names: tuple[str, ...]) -> dict[int, Period]:
    found = {at: period for at, name in enumerate(names) if (period := _period(name.split(JOINT)[-1]))}
    return found if len(found) >= 2 else {}


def _period(cell: str) -> Period | None:
    found = readings(cell) if any(map(str.isdigit, cell)) else ()
    return found[0][0] if len(found) >= 1 and len(plain(cell)) >= 4 else None
