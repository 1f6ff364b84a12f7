"""A text that somebody published, as it is read."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property

from tiau.readers.articles.language import Language
from tiau.readers.articles.sentences import Sentence, sentences, words_of

LONGEST_STEM = 24
"""Letters of the ids of rows that say whose text they are from."""


@dataclass(frozen=True)
class Article:
    """A text of a file.

    Attributes
    ----------
    file : str
        Name of the file.
    text : str
        With line breaks as one character; of a page without what is no text. Spans count its characters.
    language : Language
    published : date or None
        None where neither its reader nor the text tells it.
    publisher : str
        Blank where neither tells it.
    url : str
        Where a page says that it stands; blank for texts.
    notes : tuple of str
        What to know of how it was read.
    """

    file: str
    text: str
    language: Language
    published: dt.date | None = None
    publisher: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()

    @cached_property
    def mark(self) -> str:
        """What tells its text from others: the ids of its rows hang on it."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def row_id(self, kind: str, said: str) -> str:
        """Return the id of a row: the text it is from, and what it says, so that reading again gives the same.

        Parameters
        ----------
        kind : str
            A letter for the table.
        said : str
            What tells the row from others of its table.
        """
        stem = "-".join(words_of(self.publisher or self.file.rpartition(".")[0] or "text"))[:LONGEST_STEM]
        day = f"-{self.published}" if self.published else ""
        mark = hashlib.sha256(f"{self.mark}\0{kind}\0{said}".encode()).hexdigest()[:6]
        return f"{stem}{day}-{kind}{mark}"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in order."""
        return sentences(self.text, self.language)
