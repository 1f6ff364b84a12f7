"""A table that fits: as wide as it likes, closer where there is less room, with rows of several lines where it is not.

A word of a column that does not fold, such as a number or a date, is never cut at any width.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

GAP, INDENT = 2, 4


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    name : str
        Its head, which may take several lines.
    right : bool
        Whether its cells stand on the right, as numbers do.
    least : int
        Cells may take several lines where they have more letters than this; 0 where they may not.
    """

    name: str
    right: bool = False
    least: int = 0


@dataclass
class Columns:
    """A table of texts, laid out when it is printed.

    Attributes
    ----------
    columns : sequence of Column
    title, caption : str
        Above and below it.
    rows : list of (tuple of str, str)
        Cells and the style of each row.
    """

    columns: Sequence[Column]
    title: str = ""
    caption: str = ""
    rows: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def add(self, *cells: str, style: str = "") -> None:
        """Add a row; cells that are left out are blank."""
        self.rows.append(((*cells, *[""] * (len(self.columns) - len(cells))), style))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self.title:
            yield Text(self.title, style="italic")
        lines, gap = self._layout(options.max_width)
        heads = tuple(column.name for column in self.columns)
        for cells, style in ((heads, "bold"), *self.rows):
            for number, line in enumerate(lines):
                yield from _line(console, [(cells[at], width, self.columns[at].right) for at, width in line], gap,
                                 INDENT if number else 0, style)  # fmt: skip
        if self.caption:
            yield Text(self.caption, style="dim italic")

    def _layout(self, room: int) -> tuple[list[list[tuple[int, int]]], int]:
        """Return which columns stand on which line of a row, each with its width, and the gap between them."""
        texts = [[cells[at] for cells, _ in self.rows] for at in range(len(self.columns))]
        widest = [max(map(cell_len, (column.name, *cells))) for column, cells in zip(self.columns, texts, strict=True)]
        for fold, gap in ((False, GAP), (False, 1), (True, GAP), (True, 1)):
            pairs = zip(self.columns, texts, strict=True)
            least = [_least(column, cells, fold_head=fold) for column, cells in pairs]
            if sum(least) + gap * (len(least) - 1) <= room:
                return [_spread(range(len(least)), least, widest, room, gap)], gap
        lines = self._broken(least, room)
        inside = [room, *[room - INDENT] * (len(lines) - 1)]
        return [_spread(line, least, widest, of, GAP) for line, of in zip(lines, inside, strict=True)], GAP

    def _broken(self, least: Sequence[int], room: int) -> list[list[int]]:
        """Break columns into lines; numbers side by side go on to the next line together, where it can hold them."""

        def fits(line: Sequence[int], room: int) -> bool:
            return sum(least[at] for at in line) + GAP * (len(line) - 1) <= room

        lines: list[list[int]] = [[]]
        for at in range(len(self.columns)):
            inside = room - (INDENT if len(lines) > 1 else 0)
            line = lines[-1]
            if not line or fits([*line, at], inside):
                line.append(at)
                continue
            first = len(line)
            while self.columns[at].right and first and self.columns[line[first - 1]].right:
                first -= 1
            together = [*line[first:], at]
            if first and fits(together, room - INDENT):
                lines[-1:] = [line[:first], together]
            else:
                lines.append([at])
        return lines


def _least(column: Column, cells: Iterable[str], *, fold_head: bool) -> int:
    """Return the fewest letters that a column can do with."""
    head = max(map(cell_len, column.name.split() if fold_head else [column.name]), default=0)
    return max(head, *(min(cell_len(cell), column.least or cell_len(cell)) for cell in cells), 0)


def _spread(
    columns: Iterable[int], least: Sequence[int], widest: Sequence[int], room: int, gap: int
) -> list[tuple[int, int]]:
    """Give columns their least width, and what is left of a line to those that want more, a little first."""
    found = {at: least[at] for at in columns}
    left = room - sum(found.values()) - gap * (len(found) - 1)
    for at in sorted(found, key=lambda at: widest[at] - least[at]):
        more = max(min(left, widest[at] - least[at]), 0)
        left -= more
        found[at] += more
    return list(found.items())


def _line(
    console: Console, cells: Sequence[tuple[str, int, bool]], gap: int, indent: int, style: str
) -> Iterable[Text]:
    """Yield a line of cells, or several where a cell takes several."""
    folded = [Text(text).wrap(console, width, overflow="fold") for text, width, _ in cells]
    height = max(map(len, folded))
    for number in range(height):
        line = Text(" " * indent, style=style)
        for (_, width, right), texts in zip(cells, folded, strict=True):
            text = texts[number] if number < len(texts) else Text()
            text.rstrip()
            text.align("right" if right else "left", width)
            line.append_text(text).append(" " * gap)
        line.rstrip()
        if line.plain:
            yield line
