"""The words of a sentence that are written like names, and which of them stand together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tiau.readers.articles.no_names import WordsOf, table
from tiau.readers.articles.sentences import Sentence, folded

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['\u2019.-](?=[^\W\d_]))*")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_]){0,3}")
_OWNED = re.compile(r"['\u2019][sS]$")
_ELIDED = re.compile(r"^(?:[ldnsjmtc]|qu)['\u2019](?=[^\W\d_])", re.IGNORECASE)
_OPENS = re.compile(r"(?:[\"\u201c\u2018\u00ab:\u2022(\[*\u2014\u2013]|(?<!\w)['`-]|\.{2,}|\u2026)\s*$")
SHARE = 0.7
"""Share of the words of a headline that have a capital letter: small words of the language have none."""
FEWEST = 4
"""Words that all have a capital letter are a headline, where there are so many of them."""


@dataclass(frozen=True)
class Word:
    """A word with a capital letter.

    Attributes
    ----------
    start, end : int
        Its characters in the text, without the "'s" behind it.
    core : str
        As it is written.
    first : bool
        Whether every word would have a capital letter there.
    capital : bool
    owns : bool
        Whether a "'s" stands behind it.
    kind : str
        "place", "word", "soft" (ordinary as it stands in small letters elsewhere), "letters" (as UNHCR), "title",
        "titled" (behind a title), and blank for what may be a name.
    """

    start: int
    end: int
    core: str
    first: bool = False
    capital: bool = True
    owns: bool = False
    kind: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Its characters."""
        return self.start, self.end

    @property
    def initials(self) -> bool:
        """Whether it is the first letters of names: K, T.C."""
        return _INITIALS.fullmatch(self.core) is not None

    @property
    def letters(self) -> str:
        """The word as rules compare it."""
        return folded(self.core)


def words(sentence: Sentence, text: str) -> list[Word]:
    """Return the words of a sentence, capital or not."""
    found: list[Word] = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        core, start = match[0], match.start()
        owned = _OWNED.search(core)
        if owned:
            core = core[: owned.start()]
        elided = _ELIDED.match(core)
        if elided and (elided[0][0].islower() or core[elided.end()].islower()):
            start, core = start + elided.end(), core[elided.end() :]
        first = start == sentence.start or not found or bool(_OPENS.search(text, max(start - 4, sentence.start), start))
        capital = any(part[:1].isupper() for part in re.split(r"['\u2019.-]", core))
        found.append(Word(start, start + len(core), core, first, capital, owned is not None))
    return found


def headline(found: Sequence[Word], *, stopped: bool) -> bool:
    """Whether the words of a sentence are capital as such, so that a capital letter tells nothing.

    One that is `stopped` ends with a full stop, as headlines do not, but for those that are in capitals as a whole.
    """
    long = [word for word in found if len(word.core) > 3]
    capital = sum(word.capital for word in long)
    whole = sum(word.core.isupper() for word in long)
    titled = not stopped and len(long) >= FEWEST and capital >= SHARE * len(long)
    return titled or (len(long) >= 2 and whole >= SHARE * len(long))


def runs(found: Sequence[Word], text: str, told: WordsOf) -> list[list[Word]]:
    """Return the words with a capital letter, those together that nothing but blanks or small words of names part.

    Parameters
    ----------
    found : sequence of Word
        The words of a sentence, in order.
    text : str
        The whole text, in which they stand.
    told : WordsOf
    """
    together: list[list[Word]] = []
    for word in found:
        if not word.capital:
            continue
        if together and _one_name(together[-1][-1], word, text, told):
            together[-1].append(word)
        else:
            together.append([word])
    return together


def _one_name(before: Word, word: Word, text: str, told: WordsOf) -> bool:
    """Whether what stands between two words leaves them one name."""
    between = folded(text[before.end : word.start])
    if before.owns:
        return False
    if not between.strip() or between.strip() == "-":
        return True
    if between.strip() == ".":
        return before.initials or before.letters in told.titles or before.letters in told.language.abbreviations
    small = between.removeprefix(".").split()
    return len(small) <= 3 and bool(small) and all(part.strip("'") in table().particles for part in small)
