"""Text files as rows: encoding, mark between cells and quotation marks as found; read anew each time, never held."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

from tiau.readers.exports.rows import MOST_COLUMNS, OpenRows, Row, refused

LONGEST_CELL = 131_072
_CHUNK = 1 << 20
_SAMPLE_ROWS = 60
_MARKS = ",;\t|"
_QUOTED = "close it, or take the mark away, and save the file again"


class Encoding(NamedTuple):
    """How the letters of a file are written, and what to tell of that."""

    name: str
    note: str = ""


def text_rows(path: Path) -> tuple[OpenRows, tuple[str, ...]]:
    """Return what opens the rows of a text file, and what to know about how it was read.

    Notes
    -----
    Rows are counted as a spreadsheet counts: a cell with line breaks is in one row, and a first line such as ``sep=;``
    is none.
    """
    encoding = encoding_of(path)
    mark, skipped = _mark_of(path, encoding.name)

    def rows() -> Iterator[Row]:
        # Five bytes stand for no letter in Windows-1252, and the last letter of a file may be cut.
        with path.open(encoding=encoding.name, errors="replace", newline="") as stream:
            if stream.read(1) != "\ufeff":
                stream.seek(0)
            for _ in range(skipped):
                stream.readline()
            yield from _rows(path.name, stream, mark)

    return rows, (encoding.note,) if encoding.note else ()


def _rows(file: str, stream: IO[str], mark: str) -> Iterator[Row]:
    lines = _Lines(stream)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=mark), 1):
            if lines.ended:
                # The reader asked for another line in mid-row: it stands inside quotation marks.
                raise refused(file, "a quotation mark is opened in this row and never closed", _QUOTED, number)
            trimmed = tuple(map(str.strip, cells))
            if any(trimmed):
                if len(trimmed) > MOST_COLUMNS:
                    problem = f"has more than {MOST_COLUMNS:,} columns"
                    raise refused(file, problem, "check that it is a table, and save it again", number)
                yield number, trimmed
    except csv.Error:
        problem = f"a cell has more than {LONGEST_CELL:,} characters: a quotation mark may never be closed"
        raise refused(file, problem, _QUOTED, number + 1) from None


class _Lines:
    """The lines of a stream, and whether more of them were asked for than there are."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream, self.ended = stream, False

    def __iter__(self) -> Iterator[str]:
        yield from self.stream
        self.ended = True


def encoding_of(path: Path, *, lines: bool = True) -> Encoding:
    """Return how a file's letters are written: UTF-8 where all of it can be, else what spreadsheets save.

    A text of `lines` is refused where one is longer than any table's.
    """
    with path.open("rb") as stream:
        return encoding_in(path.name, stream, lines=lines)


def encoding_in(file: str, stream: IO[bytes], *, lines: bool = True) -> Encoding:
    """Return how the letters of a stream are written, of a file that is called so."""
    start = stream.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16", "its letters are in UTF-16")
    if wide := _wide(start):
        return Encoding(wide, "its letters are taken for UTF-16, which it does not say")
    stream.seek(0)
    return _of_bytes(file, stream, lines)


def _wide(start: bytes) -> str:
    """Return the name of UTF-16 without its mark: a zero stands at every other place of Latin text."""
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, letters = start[first::2], start[1 - first :: 2]
        if zeros.count(0) > 0.7 * len(zeros) and letters.count(0) <= 0.05 * len(letters):
            return name
    return ""


def _of_bytes(file: str, stream: IO[bytes], lines: bool) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = Encoding("utf-8")
    row = 1
    while chunk := stream.read(_CHUNK):
        if b"\0" in chunk:
            row += chunk[: chunk.index(b"\0")].count(b"\n")
            remedy = "the file is damaged, or no text: save or download it again"
            raise refused(file, "holds a zero byte, which no text has", remedy, row)
        row += chunk.count(b"\n")
        if lines and len(chunk) == _CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise refused(file, "has a line of more than a million letters", "check that it is a table", row)
        if encoding.name == "utf-8":
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                note = "its letters are not UTF-8 and are taken for Windows-1252 (Latin-1): look at its accents"
                encoding = Encoding("cp1252", note)
    return encoding


def _mark_of(path: Path, encoding: str) -> tuple[str, int]:
    """Return the mark that stands between cells, and how many lines before the table say so."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        first = stream.readline(20).strip('\ufeff \t\r\n"').lower()
        if first.startswith("sep=") and len(first) == 5:
            return first[4], 1
        stream.seek(0)
        sample = list(islice(iter(lambda: stream.readline(LONGEST_CELL), ""), 2 * _SAMPLE_ROWS))
    if first == "sep=":
        return "\t", 1
    return max(_MARKS, key=lambda mark: _fit(sample, mark)), 0


def _fit(sample: list[str], mark: str) -> tuple[bool, float, int]:
    """Return how well a mark parts lines: whether any, in how many as in most, and into how many cells."""
    try:
        lengths = [len(cells) for cells in islice(csv.reader(sample, delimiter=mark), _SAMPLE_ROWS) if any(cells)]
    except csv.Error:
        lengths = []
    # Titles and notes are of one cell; they speak for no mark.
    parted = Counter(length for length in lengths if length > 1)
    if not parted:
        return False, 0.0, 0
    width, times = max(parted.items(), key=lambda item: (item[1], item[0]))
    return True, times / len(lengths), width
