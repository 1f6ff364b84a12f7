"""A text as sentences: where each begins and ends, and its letters as rules compare them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tiau.readers.articles.language import Language, pattern

LONGEST = 2_000
"""Characters of a sentence: whatever has no full stop for longer is cut between words."""
_LETTERS = str.maketrans({
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
    "\u2014": "-", "\u2212": "-", "\n": " ", "\r": " ", "\t": " ",
})  # fmt: skip
_ENDS = re.compile(
    # Marks are taken as one, whatever follows: a megabyte of dots is looked at once.
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u2019\u201d\u00bb)\]`]*+(?:\[[0-9]{1,3}\]){0,9}(?=\s)"
    r"|(?<=[^\W\d_A-Z])[.!?](?=[A-Z\u00c0-\u00de][^\W\d_A-Z])"
    r"|\n[ \t]*+\n\s*+|\n"
)
_ITEM = re.compile(r"[ \t]{0,80}(?:[-*\u2022\u2013\u2014]\s|[0-9]{1,2}[.)]\s)")
_NEXT = re.compile(r"\s*[\"'\u2018\u201c\u00ab(\u00bf\u00a1]*([^\W_]*)")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WRAPPED_AT = 120
"""Characters of the widest lines into which texts are broken by width; longer ones are paragraphs."""
_NARROW = 40
_OPENS = "\"'\u2018\u201c\u00ab(~\u2248$\u20ac\u00a3\u20b9\u00a5"
_LOOKED_BACK = 24
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65_536)
def _base(letter: str) -> str:
    """Return a letter in lower case without its accent, always one."""
    return (unicodedata.normalize("NFD", letter.lower()) or letter)[0]


def folded(text: str) -> str:
    """Return a text as rules compare it, letter by letter: places in it are places in the text."""
    text = text.translate(_LETTERS)
    return text.lower() if text.isascii() else "".join(map(_base, text))


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as rules compare them."""
    return tuple(_WORD.findall(folded(name)))


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
        if mark[0] == "\n":
            if _ends_line(text, mark.start()):
                yield mark.start(), True
        elif "\n" in mark[0]:
            yield mark.start(), True
        elif not _goes_on(text, mark, language):
            yield mark.end(), False
    yield len(text), True


def _ends_line(text: str, place: int) -> bool:
    """Whether a line break was meant, and is not where the next word had no room in the line."""
    if _ITEM.match(text, place + 1):
        return True
    before = place - 1 - text.rfind("\n", max(place - _WRAPPED_AT - 1, 0), place)
    after = text.find("\n", place + 1, place + _WRAPPED_AT + 2)
    if after < 0:
        after = min(place + _WRAPPED_AT + 2, len(text))
    following = text[place + 1 : after]
    if max(before, len(following)) > _WRAPPED_AT:
        return True
    words = following.split(maxsplit=1)
    if not words or words[0][0].islower() or text[place - 1 : place] in (",", ";", "-"):
        return False
    return before < _NARROW or before + 1 + len(words[0]) < 0.9 * len(following)


def _goes_on(text: str, mark: re.Match[str], language: Language) -> bool:
    """Whether a sentence goes on behind a mark: after Mr., U.N., K., and before a small letter."""
    found = _NEXT.match(text, mark.end())
    following = found[1] if found else ""
    if following[:1].islower():
        return True
    if mark[0][0] != ".":
        return False
    word = re.search(r"[^\s(\"']*\Z", text[max(mark.start() - _LOOKED_BACK, 0) : mark.start()])
    before = folded(word[0]) if word else ""
    writing = language.writing
    if before in writing.numbered:
        return following[:1].isdigit()
    if pattern(writing.clock).fullmatch(before):
        return following.isupper() or any(folded(following) in names for names in language.days.weekdays)
    if before in language.abbreviations:
        return True
    if before.isdigit():
        return _heads_line(text, mark.start() - len(before))
    dotted = (len(before) == 1 and before.isalpha() and before not in writing.letters) or _DOTTED.fullmatch(before)
    return bool(dotted) and folded(following) not in language.common_words


def _heads_line(text: str, place: int) -> bool:
    """Whether nothing stands before a place in its line."""
    line = text[max(place - _LOOKED_BACK, 0) : place].rpartition("\n")[2]
    return not line.strip() and place - len(line) in (0, text.rfind("\n", 0, place) + 1)


def _pieces(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    while start < end:
        cut = min(start + LONGEST, end)
        if cut < end and (blank := text.rfind(" ", start + LONGEST // 2, cut)) > 0:
            cut = blank
        first, last = start, cut
        # A quote begins with a letter, a number, or what opens a quotation or stands for money: a spreadsheet takes
        # none of it for a formula.
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
