"""Which column is which: headings found under title rows, by their names in any spelling or by tags of HXL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tiau.faults import plain
from tiau.readers.exports.findings import Remark
from tiau.readers.exports.grids import Cells, Grid

HEADING_WITHIN = 25
NEAR_NAME = 82
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*", re.IGNORECASE)


def heading_word(name: str) -> str:
    """Return a heading without case, accents and marks: ``Admin2 Pcode`` and ``admin2_pcode`` are one."""
    return " ".join(re.findall(r"\w+", plain(name).replace("_", " ")))


@dataclass(frozen=True)
class Columns:
    """The columns of a grid by the keys of a layout.

    Attributes
    ----------
    number : int
        Row number of the headings.
    position : dict of str to int
        Position of each key that was found.
    names : tuple of str
        The headings.
    tags : tuple of str
        Tags of HXL below the headings, blank where a column has none; empty where there is no such row.
    tag_row : int or None
    renamed : dict of str to str
        Headings that were taken for a key by their likeness alone: whoever imports the file is told.
    """

    number: int
    position: dict[str, int]
    names: tuple[str, ...]
    tags: tuple[str, ...] = ()
    tag_row: int | None = None
    renamed: dict[str, str] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.position

    def cell(self, cells: Cells, key: str) -> str:
        """Return the cell of a key in a row; blank where the row or the grid has none."""
        at = self.position.get(key, -1)
        return cells[at] if 0 <= at < len(cells) else ""

    def rows(self, grid: Grid) -> Iterator[tuple[int, Cells]]:
        """Iterate over the rows below the headings and their tags."""
        last = self.number if self.tag_row is None else self.tag_row
        return (row for row in grid.rows() if row[0] > last)


Layout = Mapping[str, Sequence[str]]
"""The names that each key's column can have, as any spelling of `heading_word`; a name that begins with # is a tag."""


def columns_of(grid: Grid, layout: Layout, required: Sequence[str]) -> Columns | None:
    """Find the columns of a layout in the first rows of a grid; None where a required one is missing.

    Of many required ones (four or more), one may have been renamed: the heading most like it stands for it, and is
    noted as such.
    """
    wanted = {heading_word(name): key for key, names in layout.items() for name in names if not name.startswith("#")}
    by_tag = {_tag(name): key for key, names in layout.items() for name in names if name.startswith("#")}
    nearly: Columns | None = None
    for order, (number, cells) in enumerate(grid.head[:HEADING_WITHIN]):
        below = grid.head[order + 1] if order + 1 < len(grid.head) else None
        tags = below[1] if below is not None and is_tag_row(below[1]) else ()
        position: dict[str, int] = {}
        for at, name in enumerate(cells):
            if key := wanted.get(heading_word(name)):
                position.setdefault(key, at)
        for at, tag in enumerate(tags):
            if key := by_tag.get(_tag(tag)):
                position.setdefault(key, at)
        missing = [key for key in required if key not in position]
        found = Columns(number, position, cells, tags, below[0] if tags and below else None)
        if not missing:
            return found
        if nearly is None and len(missing) == 1 and len(required) >= 4:
            nearly = _renamed(found, missing[0], layout[missing[0]])
    return nearly


def _renamed(found: Columns, key: str, names: Sequence[str]) -> Columns | None:
    from rapidfuzz import fuzz, process

    taken = set(found.position.values())
    free = {at: heading_word(name) for at, name in enumerate(found.names) if at not in taken and name}
    best = max(
        (
            match
            for name in names
            if (match := process.extractOne(heading_word(name), free, scorer=fuzz.token_set_ratio))
        ),
        key=lambda match: match[1],
        default=None,
    )
    if best is None or best[1] < NEAR_NAME:
        return None
    at = best[2]
    return Columns(found.number, found.position | {key: at}, found.names, found.tags, found.tag_row,
                   found.renamed | {key: found.names[at]})  # fmt: skip


def taken_for(columns: Columns, sheet: str) -> Iterator[Remark]:
    """Tell of each heading that was taken for another."""
    for key, name in columns.renamed.items():
        yield Remark(sheet=sheet, text=f'the column "{name}" was read as {key}')


def is_tag_row(cells: Cells) -> bool:
    """Whether a row holds tags of HXL: one at least, and nothing else but a remark."""
    filled = [cell for cell in cells if cell]
    tags = sum(_TAG.fullmatch(cell) is not None for cell in filled)
    return tags > 0 and tags >= len(filled) - 1


def _tag(text: str) -> str:
    """Return a tag with its attributes in order: #adm1+name+origin and #adm1 +origin +name are one."""
    tag, *attributes = re.sub(r"\s", "", text.lower()).split("+")
    return "+".join([tag, *sorted(attributes)])
