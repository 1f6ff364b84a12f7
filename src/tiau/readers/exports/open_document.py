"""What the tables of an OpenDocument spreadsheet hold once all that is repeated is written out."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from tiau.readers.exports.rows import MOST_CELLS, MOST_TEXT, refused

_ROW, _CELLS = "table:table-row", ("table:table-cell", "table:covered-table-cell")
_REMEDY = "save the sheet that you need as csv and give that"


def check_content(file: str, stream: IO[bytes]) -> None:
    """Raise InputError where cells that are repeated would fill gigabytes, or where it is no XML."""
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    parser.CharacterDataHandler = extent.text
    try:
        while piece := stream.read(1 << 16):
            parser.Parse(piece)
            if extent.cells > MOST_CELLS or extent.letters > MOST_TEXT:
                raise refused(file, f"has cells over an area of more than {MOST_CELLS:,}", _REMEDY)
    except expat.ExpatError:
        raise refused(file, "is a damaged workbook", "open it in a spreadsheet and save it anew") from None


class _Extent:
    """Rows and columns of the table that is being read, up to the last cell with content, and cells of all tables."""

    def __init__(self) -> None:
        self.letters = self._before = self._rows = self._columns = 0
        self._at = self._filled = self._times = self._empty = 0
        self._repeated = 1

    @property
    def cells(self) -> int:
        """The cells of the tables read so far."""
        return self._before + self._rows * self._columns

    def start(self, name: str, given: dict[str, str]) -> None:
        """See an element begin."""
        if name == "table:table":
            self._before, self._rows, self._columns, self._empty = self.cells, 0, 0, 0
        elif name == _ROW:
            self._at = self._filled = 0
            self._repeated = _count(given.get("table:number-rows-repeated"))
        elif name in _CELLS:
            self._times = _count(given.get("table:number-columns-repeated"))
            self._at += self._times
            if any(key.startswith(("office:", "calcext:")) or key == "table:formula" for key in given):
                self._filled = self._at

    def text(self, data: str) -> None:
        """See text, which is repeated with its cell and its row."""
        if self._times and data.strip():
            self._filled = self._at
            self.letters += len(data) * self._times * self._repeated

    def end(self, name: str) -> None:
        """See an element end."""
        if name in _CELLS:
            self._times = 0
        elif name == _ROW:
            if self._filled:
                self._rows += self._empty + self._repeated
                self._empty = 0
                self._columns = max(self._columns, self._filled)
            else:
                self._empty += self._repeated


def _count(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 12 else 1
