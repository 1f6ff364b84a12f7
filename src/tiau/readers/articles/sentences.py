"""A text as sentences: where each begins and ends, and its letters as rules compare them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tiau.readers.articles.language import Language

LONGEST = 2_000
"""Characters of a sentence: whatever has no full stop for longer is cut between words."""
_LETTERS = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\n": " ", "\r": " ", "\t": " ",
})  # fmt: skip
_ENDS = re.compile(
    r"[.!?\u2026]+[\"'\u2019\u201d\u00bb)\]`]*(?=\s)|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*\u2022]\s|[0-9]{1,2}[.)]\s))"
)
_BEGINS = re.compile(r"[\s\W]*", re.DOTALL)
_OPENS = "\"'\u2018\u201c\u00ab("


@lru_cache(maxsize=65_536)
def _base(letter: str) -> str:
    """Return a letter in lower case without its accent, always one."""
    return (unicodedata.normalize("NFD", letter.lower()) or letter)[0]


def folded(text: str) -> str:
    """Return a text as rules compare it, letter by letter: places in it are places in the text."""
    text = text.translate(_LETTERS)
    return text.lower() if text.isascii() else "".join(map(_base, text))


@dataclass(frozen=True)
class Sentence:
    """A sentence of a text.

    Attributes
    ----------
    start, end : int
        Its characters in the text.
    text : str
        As it stands there.
    paragraph : int
        Number of its paragraph.
    """

    start: int
    end: int
    text: str
    paragraph: int = 0

    @cached_property
    def letters(self) -> str:
        """The sentence as rules compare it, as long as it is."""
        return folded(self.text)

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """Where its words begin and end, in the sentence."""
        return tuple(found.span() for found in re.finditer(r"[^\W_]+(?:['.-][^\W_]+)*", self.letters))


def sentences(text: str, language: Language) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; none holds nothing but blanks and marks."""
    found, paragraph, begins = [], 0, 0
    for end, over in _stops(text, language):
        found += list(_pieces(text, begins, end, paragraph))
        paragraph += over
        begins = end
    return tuple(found)


def _stops(text: str, language: Language) -> Iterator[tuple[int, bool]]:
    """Yield where sentences end, and whether a paragraph does."""
    for mark in _ENDS.finditer(text):
        if "\n" in mark[0]:
            yield mark.start(), True
        elif not _abbreviated(text, mark, language):
            yield mark.end(), False
    yield len(text), True


def _abbreviated(text: str, mark: re.Match[str], language: Language) -> bool:
    """Whether a full stop ends a word and no sentence: Mr., U.N., K., 1,5 Mio."""
    after = text[mark.end() :].lstrip()[:1]
    if mark[0][0] != ".":
        return after.islower()
    word = re.search(r"[^\s(\"']*\Z", text[max(mark.start() - 24, 0) : mark.start()])
    before = folded(word[0]) if word else ""
    initial = len(before) == 1 and before.isalpha() and before != "i"
    return (
        after.islower()
        or initial
        or before in language.abbreviations
        or bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", before))
    )


def _pieces(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    while start < end:
        cut = min(start + LONGEST, end)
        if cut < end and (blank := text.rfind(" ", start + LONGEST // 2, cut)) > 0:
            cut = blank
        first, last = start, cut
        # A quote begins with a letter, a number or what opens a quotation: nothing that a spreadsheet takes for a formula.
        while (
            first < last
            and not text[first].isalnum()
            and not (text[first] in _OPENS and text[first + 1 : first + 2].isalnum())
        ):
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if first < last:
            yield Sentence(first, last, text[first:last], paragraph)
        start = cut
