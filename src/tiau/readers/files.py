"""A file of a scenario folder read as text: only regular files inside the folder, of a bounded size, in UTF-8."""

from __future__ import annotations

import csv
import io
import os
import stat
from pathlib import Path

from tiau.faults import Fault
from tiau.scenario.rows import Row

LARGEST_FILE = Row.largest_file
SAVE_AS_UTF8 = 'in a spreadsheet, save it as "CSV UTF-8 (comma delimited)"; in an editor, as UTF-8'
_OTHER_FORMATS = {
    b"PK\x03\x04": "is a workbook or an archive, not a text file",
    b"\xd0\xcf\x11\xe0": "is a workbook of an old spreadsheet, not a text file",
    b"\x1f\x8b": "is a compressed file, not a text file",
    b"%PDF": "is a PDF, not a text file",
}


def read_text(path: Path, largest: int = LARGEST_FILE) -> tuple[str, list[Fault]]:
    """Return the text of a UTF-8 file of a scenario folder, with or without BOM, and why it cannot be read.

    Where there is such a fault, one at most, the text is empty. A file of more than `largest` bytes is not read.
    """
    try:
        fault = _no_readable_file(path, largest)
        if fault is not None:
            return "", [fault]
        with path.open("rb") as stream:
            # The size was asked before, but the file may grow meanwhile, or be one that never ends.
            raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        return "", [Fault(path.name, f"cannot be read ({reason})", "check that you may open it in an editor")]
    if len(raw) > largest:
        return "", [_too_large(path.name, largest)]
    fault = _other_encoding(path.name, raw)
    if fault is not None:
        return "", [fault]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return "", [_wrong_letter(path.name, raw, error.start)]


def _no_readable_file(path: Path, largest: int) -> Fault | None:
    folder, target = Path(os.path.realpath(path.parent)), Path(os.path.realpath(path))
    if path.is_symlink():
        # A folder from somewhere else must not show what lies outside it on this machine.
        if not target.is_relative_to(folder):
            remedy = "put a copy of the file into the folder in place of the link"
            return Fault(path.name, "is a link to something outside the folder", remedy)
        if not target.exists():
            return Fault(path.name, "is a link to a file that does not exist", "put the file there in place of it")
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return Fault(path.name, "cannot be read (it is a folder)", f"put a file of the name {path.name} there")
    if not stat.S_ISREG(found.st_mode):
        return Fault(path.name, "cannot be read (it is a pipe or a device)", "put an ordinary file there")
    return _too_large(path.name, largest) if found.st_size > largest else None


def _too_large(file: str, largest: int) -> Fault:
    remedy = "check that it is the right file; leave out rows before the scenario's start, or add them up"
    return Fault(file, f"is larger than {largest // 1_000_000} MB", remedy)


def _other_encoding(file: str, raw: bytes) -> Fault | None:
    for beginning, problem in _OTHER_FORMATS.items():
        if raw.startswith(beginning):
            return Fault(file, problem, 'open it there and save it as "CSV UTF-8 (comma delimited)"')
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(file, "is in UTF-16", SAVE_AS_UTF8)
    # Without its mark UTF-16 shows in zeros at every other place; a few zeros alone are damage.
    start = raw[:2000]
    if min(start[0::2].count(0), len(start)) > len(start) // 5 or start[1::2].count(0) > len(start) // 5:
        return Fault(file, "is in UTF-16", SAVE_AS_UTF8)
    position = raw.find(b"\0")
    if position >= 0:
        row = len(_records(raw[:position].decode("latin-1")))
        remedy = "the file is damaged: take it from a backup, or save it again"
        return Fault(file, "holds a zero byte, which no text has", remedy, row)
    return None


def _records(text: str) -> list[list[str]]:
    """Return the rows of the beginning of a file, as a spreadsheet counts, up to the one in which it ends."""
    try:
        return list(csv.reader(io.StringIO(text + "|", newline="")))
    except csv.Error:
        return [[]] * (text.count("\n") + 1)


def _wrong_letter(file: str, raw: bytes, position: int) -> Fault:
    records = _records(raw[:position].decode("utf-8-sig"))
    # The rest of the cell is shown in the encoding of most spreadsheets, so that its writer knows it again.
    ends = [end for end in (raw.find(mark, position) for mark in (b",", b"\n", b"\r", b'"')) if end >= 0]
    rest = raw[position : min([*ends, position + 40])].decode("cp1252", "replace")
    cell = (records[-1][-1].removesuffix("|") if records[-1] else "") + rest
    header = records[0] if file.endswith(".csv") else []
    column = header[len(records[-1]) - 1] if len(records) > 1 and 0 < len(records[-1]) <= len(header) else ""
    problem = "holds a letter that is not UTF-8 (the file may be in Latin-1 or Windows-1252)"
    return Fault(file, problem, SAVE_AS_UTF8, len(records), column.strip(), cell.strip())
