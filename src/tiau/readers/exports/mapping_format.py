"""The plain spreadsheet: any table of an analyst's own, read through a mapping that is proposed from its content."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Finding, Remark
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book
from tiau.readers.exports.mapping import Mapping
from tiau.readers.exports.mapping_figures import figures
from tiau.readers.exports.mapping_proposal import propose
from tiau.readers.exports.mapping_reading import questions, remarks, sheets_of
from tiau.readers.exports.mapping_rows import rows


def apply(book: Book, mapping: Mapping, answers: Answers) -> Iterator[Finding]:
    """Read the sheets of a book that a mapping fits; what it does not say is asked or told."""
    sheets = sheets_of(book, mapping, answers)
    if not sheets:
        yield Remark(text="no sheet has the headings of the mapping")
    yield from remarks(book, sheets)
    for sheet in sheets:
        yield from figures(sheet) if mapping.table == "reports" else rows(sheet)
        yield from questions(sheet)


def _read(book: Book, answers: Answers) -> Iterator[Finding]:
    mapping = propose(book, answers)
    if mapping is not None:
        yield from apply(book, mapping, answers)


FORMATS = (Format("a table of your own", lambda book: propose(book, Answers()) is not None, _read),)
"""Last of all kinds: any table with headings that tell may be one."""
