"""What a file is, told by its first bytes and never by its name; what is no table is refused with a remedy."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Literal

from tiau.faults import InputError
from tiau.readers.exports.rows import refused

Kind = Literal["text", "json", "zip", "old workbook"]

LARGEST = 4_000_000_000
_BEGINNING = 4096
_SAVE = "open it where it was made and save the table as csv or xlsx"
_UNPACK = "unpack it and give the files inside"
_REFUSED = (
    (b"%PDF", "is a PDF, not a table", "ask whoever publishes it for the table, or copy it into a spreadsheet"),
    (b"\x1f\x8b", "is a compressed file", _UNPACK),
    (b"BZh", "is a compressed file", _UNPACK),
    (b"\xfd7zXZ", "is a compressed file", _UNPACK),
    (b"(\xb5/\xfd", "is a compressed file", _UNPACK),
    (b"7z\xbc\xaf", "is an archive", _UNPACK),
    (b"Rar!", "is an archive", _UNPACK),
    (b"\x89PNG", "is a picture", "type the table into a spreadsheet"),
    (b"\xff\xd8\xff", "is a picture", "type the table into a spreadsheet"),
    (b"GIF8", "is a picture", "type the table into a spreadsheet"),
    (b"PAR1", "is a Parquet file", _SAVE),
    (b"SQLite format 3", "is a database", _SAVE),
    (b"{\\rtf", "is a text document, not a table", _SAVE),
    (b"\x7fELF", "is a program", "give the table itself"),
)
_PAGES = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<script", b"<div", b"<!--")


def kind_of(path: Path) -> Kind:
    """Return what kind of file this is; raise InputError where it is none that holds a table."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise refused(path.name, "is a folder", "give the files inside it")
        if not stat.S_ISREG(found.st_mode):
            raise refused(path.name, "is a pipe or a device", "give an ordinary file")
        with path.open("rb") as stream:
            start = stream.read(_BEGINNING)
    except FileNotFoundError:
        raise refused(path.name, "does not exist", "check the name and the folder") from None
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        remedy = "check that you may open it and that no other program holds it"
        raise refused(path.name, f"cannot be read ({reason})", remedy) from None
    if found.st_size > LARGEST:
        raise refused(path.name, "is larger than 4 GB", "leave out rows before the scenario's start")
    return _told(path.name, start)


def _told(file: str, start: bytes) -> Kind:
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return "zip"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "old workbook"
    for beginning, problem, remedy in _REFUSED:
        if start.startswith(beginning):
            raise refused(file, problem, remedy)
    words = start.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    if not words:
        raise refused(file, "is empty", "download or save it again")
    if words.startswith(_PAGES):
        remedy = "download the file again: a page comes in its place where one has to sign in or the link has moved"
        raise refused(file, "is a web page, not a table", remedy)
    if words.startswith(b"<?xml"):
        if b"<html" in words:
            return _told(file, b"<html")
        raise refused(file, "is XML, not a table", "open it in a spreadsheet and save it as xlsx or csv")
    return "json" if _json_begins(words) else "text"


def _json_begins(words: bytes) -> bool:
    """Whether JSON begins here: no heading of a csv is a bracket, followed by another or by a quotation mark."""
    return words[:1] in (b"{", b"[") and words[1:].lstrip()[:1] in (b"{", b"[", b'"', b"}", b"]", b"")
