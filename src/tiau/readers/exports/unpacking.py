"""What a workbook unpacks to, counted before it is read: one of gigabytes, or of billions of cells, is refused."""

from __future__ import annotations

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO

from tiau.faults import InputError
from tiau.readers.exports.open_document import check_content
from tiau.readers.exports.rows import MOST_CELLS, MOST_TEXT, refused

MOST_BYTES = 400_000_000
MOST_PARTS = 5_000
_CHUNK = 1 << 20
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,10})["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_ITEM = re.compile(rb"<(?:\w+:)?si\b")
_REMEDY = "save the sheet that you need as csv and give that"


def check_parts(path: Path) -> frozenset[str]:
    """Return the names of the parts of a zipped workbook; raise InputError where they hold too much to be read.

    Notes
    -----
    What the archive itself says of the size of its parts is not believed: each is unpacked once, piece by piece, and
    nothing of it is kept.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = frozenset(part.filename for part in parts)
            if names & {"xl/workbook.xml", "content.xml"}:
                if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                    raise _too_large(path.name)
                _check(path.name, archive, parts)
            return names
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError) as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise refused(path.name, "is protected by a password", "save it without one") from None
        remedy = "download it again, or open it in a spreadsheet and save it anew"
        raise refused(path.name, "is a damaged workbook or archive", remedy) from None


def _check(file: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    extent, size = _Extent(), 0
    # Cells point into the texts that sheets share, so these come first.
    for part in sorted(parts, key=lambda part: not part.filename.lower().endswith("sharedstrings.xml")):
        # The size that the archive states would end the reading, however much more there is.
        part.file_size = MOST_BYTES + 1
        with archive.open(part) as stream:
            for piece in _whole_elements(stream):
                size += len(piece)
                if size > MOST_BYTES:
                    raise _too_large(file)
                extent.take(piece)
        extent.end_part()
        if extent.cells > MOST_CELLS:
            raise refused(file, f"has cells over an area of more than {MOST_CELLS:,}", _REMEDY)
        if extent.text > MOST_TEXT:
            raise refused(file, "repeats long texts until they fill gigabytes", _REMEDY)
    if any(part.filename == "content.xml" for part in parts):
        with archive.open("content.xml") as stream:
            check_content(file, stream)


def _whole_elements(stream: IO[bytes]) -> Iterator[bytes]:
    """Iterate over pieces that end where a cell or a shared text begins, so that none is cut."""
    rest = b""
    while piece := stream.read(_CHUNK):
        text = rest + piece
        cut = max(text.rfind(b"<c "), text.rfind(b"<si"), len(text) - _CHUNK)
        yield text[:cut]
        rest = text[cut:]
    yield rest


class _Extent:
    """How much the parts of a workbook hold that were seen so far."""

    def __init__(self) -> None:
        self.cells = self.text = self._rows = self._columns = self._count = 0
        self._in_texts = False
        self._lengths = array("Q")

    def take(self, piece: bytes) -> None:
        """Look at the next piece of a part."""
        for column, row in _CELL.findall(piece):
            self._rows = max(self._rows, int(row))
            self._columns = max(self._columns, _column(column))
        self._count += piece.count(b"<c ") + piece.count(b"<c>")
        shared = map(int, _SHARED.findall(piece))
        self.text += sum(self._lengths[at] for at in shared if at < len(self._lengths))
        starts = [found.start() for found in _ITEM.finditer(piece)]
        if starts or self._in_texts:
            self._in_texts = True
            if self._lengths:
                self._lengths[-1] += starts[0] if starts else len(piece)
            self._lengths.extend(b - a for a, b in pairwise([*starts, len(piece)]))

    def end_part(self) -> None:
        """Add up the smallest rectangle that holds all cells of a part."""
        self.cells += max(self._rows * self._columns, self._count)
        self._rows = self._columns = self._count = 0
        self._in_texts = False


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _too_large(file: str) -> InputError:
    return refused(file, f"unpacks to more than {MOST_BYTES // 1_000_000} MB", _REMEDY)
