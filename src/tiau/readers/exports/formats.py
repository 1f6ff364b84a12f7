"""What a kind of export is: how it is recognised, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Finding
from tiau.readers.exports.grids import Book


@dataclass(frozen=True)
class Format:
    """A kind of export.

    Attributes
    ----------
    name : str
        In words: "ACLED events".
    recognise : callable
        Whether a book is of this kind; looks at the heads of its grids alone.
    read : callable
        Yields findings. Rows with content that are in no finding are told as no rows of the table.
    """

    name: str
    recognise: Callable[[Book], bool]
    read: Callable[[Book, Answers], Iterator[Finding]]
