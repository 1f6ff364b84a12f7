"""The letters of a file or of standard input: what is no text or too large is refused, each with what to do."""

from __future__ import annotations

import codecs
import io
import re
import sys
from pathlib import Path
from typing import IO

from tiau.faults import InputError
from tiau.readers.exports.rows import refused
from tiau.readers.exports.texts import encoding_in

STANDARD_INPUT = "-"
MOST_OF_TEXT, MOST_OF_PAGE = 1_000_000, 20_000_000
_LOOKED_AT = 4096
_MOST_CONTROLS = 0.01
_COPY = "copy the text of the article into a text file and give that"
_KINDS = (
    (b"%PDF", "is a PDF", _COPY),
    (b"PK\x03\x04", "is a Word, OpenDocument or zip file", "save it as plain text (.txt) and give that"),
    (b"\xd0\xcf\x11\xe0", "is a document of an old office program", "save it as plain text (.txt) and give that"),
    (b"{\\rtf", "is a document in Rich Text Format", "save it as plain text (.txt) and give that"),
    (b"\x1f\x8b", "is a compressed file", "unpack it and give what is in it"),
    (b"BZh", "is a compressed file", "unpack it and give what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed file", "unpack it and give what is in it"),
    (b"\xfd7zXZ", "is a compressed file", "unpack it and give what is in it"),
    (b"Rar!", "is a compressed file", "unpack it and give what is in it"),
    (b"\x89PNG", "is an image", _COPY),
    (b"\xff\xd8\xff", "is an image", _COPY),
    (b"GIF8", "is an image", _COPY),
    (b"RIFF", "is an image or a recording", _COPY),
    (b"II*\0", "is an image", _COPY),
    (b"MM\0*", "is an image", _COPY),
    (b"BM", "is an image", _COPY),
    (b"bplist", "is a web archive", 'save the page as "HTML" or "page source" and give that'),
)
_ARCHIVED_PAGE = re.compile(rb"^mime-version:|^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(
    r"</?(?:html|head|body|meta|title|link|script|style|article|main|section|div|p|span|h[1-6]|br|ul|table|a)\b[^<]{0,400}>",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{1,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|(?:iso-?)?8859-?[0-9]{1,2}|latin-?[0-9]|(?:windows|cp)-?125[0-9]|koi8-[ru]|gbk|gb2312|gb18030|big5|"
    r"shift_jis|euc-(?:jp|kr)|windows-874|tis-620",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_bytes(path_or_dash: str | Path, stdin: IO[bytes] | IO[str] | None = None) -> tuple[str, bytes]:
    """Return the name of a file, or ``-`` for standard input, and what is in it.

    Raises
    ------
    InputError
        Where there is no such file, it cannot be read, is empty, or is no text of a bearable size.
    """
    if str(path_or_dash) == STANDARD_INPUT:
        name, raw = STANDARD_INPUT, _of_stream(stdin)
    else:
        path = Path(path_or_dash)
        name = path.name or str(path)
        raw = _of_file(name, path)
    _refuse_other_kinds(name, raw)
    return name, raw


def _of_stream(stdin: IO[bytes] | IO[str] | None) -> bytes:
    stream = sys.stdin.buffer if stdin is None else stdin
    found = stream.read(MOST_OF_PAGE + 1)
    return found.encode("utf-8", "replace") if isinstance(found, str) else found


def _of_file(name: str, path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refused(name, "is a folder and no text", "give the files in it")
        with path.open("rb") as stream:
            # Asked for its size, a file may say anything: it can grow meanwhile, or never end.
            return stream.read(MOST_OF_PAGE + 1)
    except FileNotFoundError:
        raise refused(name, "does not exist", "check its name and its folder") from None
    except OSError as error:
        reason = error.strerror or "for whatever reason"
        raise refused(name, f"cannot be read ({reason})", "check that you may open it in an editor") from None
    except InputError:
        raise
    except ValueError:
        raise refused(name, "cannot be read (its name is not valid)", "give it another name") from None


def _refuse_other_kinds(name: str, raw: bytes) -> None:
    if not raw.strip(b" \t\r\n\f\v\xef\xbb\xbf\xfe\xff\0"):
        raise refused(name, "is empty", "give a file with the text of an article")
    start = raw[:_LOOKED_AT]
    for mark, problem, remedy in _KINDS:
        # A text can begin with the letters of a short mark, but holds no zero.
        if start.startswith(mark) and (len(mark) > 2 or b"\0" in start):
            raise refused(name, problem, remedy)
    if b"%PDF-" in start[:1024]:
        raise refused(name, "is a PDF", _COPY)
    if len(_ARCHIVED_PAGE.findall(start)) > 1:
        raise refused(name, "is a web archive (.mht)", 'save the page as "HTML" or "page source" and give that')


def letters_of(name: str, raw: bytes) -> tuple[str, bool, tuple[str, ...]]:
    """Return the text of a file, with line breaks as one character; whether it is a page; notes of how it was read.

    Raises
    ------
    InputError
        Where it is larger than 1 MB of text or 20 MB of a page, or holds what no text has.
    """
    page = _is_page(raw)
    largest = MOST_OF_PAGE if page else MOST_OF_TEXT
    if len(raw) > largest:
        what = "a page" if page else "a text"
        raise refused(name, f"has more than {largest // 1_000_000} MB, too much for {what}", "give one article a file")
    text, notes = _declared(raw) if page else ("", ())
    if not text:
        encoding = encoding_in(name, io.BytesIO(raw), lines=False)
        text = raw.decode("utf-8-sig" if encoding.name == "utf-8" else encoding.name, "replace").removeprefix("\ufeff")
        notes = (encoding.note,) if encoding.note else ()
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise refused(name, "is no text: it holds characters that no text has", _COPY)
    return text.replace("\r\n", "\n").replace("\r", "\n"), page, notes


def _is_page(raw: bytes) -> bool:
    """Whether a file is a page, by a doctype or tags near its start."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    start = raw[:_LOOKED_AT].decode("utf-16" if wide else "latin-1", "ignore")
    begins = start.lstrip("\ufeff\xef\xbb\xbf \t\r\n\f")
    if re.match(r"<!doctype|<html|<\?xml|<!--", begins, re.IGNORECASE):
        return True
    return len(list(_TAG.finditer(start))) >= (1 if begins.startswith("<") else 3)


def _declared(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page that is not UTF-8 as it says that it is written; blank where it says nothing known."""
    said = _CHARSET.search(raw[:_LOOKED_AT])
    name = said[1].decode("ascii", "ignore") if said else ""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not _CHARSETS.fullmatch(name):
        return "", ()
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode(name, "replace"), ()
    except LookupError:
        return "", ()
