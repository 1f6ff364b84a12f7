"""A language as a table: the words and patterns by which its texts are read, one file a language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from tiau.readers.articles.tables import (
    ActRule,
    Days,
    Doubt,
    EventRule,
    Hedges,
    Imprint,
    NoNames,
    Nouns,
    Numbers,
    Places,
    Speakers,
    Table,
    Told,
    Verb,
    Writing,
)

FOLDER = Path(__file__).with_name("languages")
LEAST_COMMON = 0.12
"""Share of the words of a text that must be among a language's common ones; an English report has about 0.35."""
COUNTED_WORDS = 2_000
SHORTEST_TELLING = 3


class Language(Table):
    """A language."""

    code: str
    name: str
    common: tuple[str, ...]
    abbreviations: tuple[str, ...]
    writing: Writing = Writing()
    imprint: Imprint = Imprint()
    numbers: Numbers
    before: Hedges
    after: Hedges
    nouns: Nouns
    perfect: str
    present: str
    passive: str
    helpers: str = "(?!)"
    years_ago: str = "(?!)"
    verbs: tuple[Verb, ...]
    doubts: tuple[Doubt, ...] = ()
    days: Days
    places: Places
    speakers: Speakers
    told: Told = Told()
    acts: tuple[ActRule, ...] = ()
    events: tuple[EventRule, ...] = ()
    no_names: NoNames = NoNames()

    @cached_property
    def peoples(self) -> dict[str, tuple[str, ...]]:
        """Names of peoples by country: of those who are displaced, and of governments and papers that speak."""
        some, others = self.places.peoples, self.speakers.peoples
        return {country: (*some.get(country, ()), *others.get(country, ())) for country in {**others, **some}}

    @cached_property
    def day_names(self) -> frozenset[str]:
        """Names of months and weekdays."""
        return frozenset(name for names in (*self.days.months, *self.days.weekdays) for name in names)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that mean nothing alone."""
        return frozenset(self.common)

    @cached_property
    def telling_words(self) -> frozenset[str]:
        """Words by which the language is told: common ones, and those that a table of two lines has as well."""
        nouns, days = self.nouns, self.days
        phrases = (
            *nouns.persons, *nouns.displaced, *nouns.households, *nouns.dwellings, *self.before.at_least,
            *self.before.about,
            *(name for names in (*days.months, *days.weekdays) for name in names if len(name) > SHORTEST_TELLING),
        )  # fmt: skip
        return self.common_words | {
            word for phrase in phrases for word in phrase.split() if len(word) > SHORTEST_TELLING
        }


def any_of(phrases: Iterable[str]) -> str:
    """Return the pattern of any of some phrases, the longest first; blanks stand for any."""
    return _any_of(tuple(phrases))


@cache
def _any_of(phrases: tuple[str, ...]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return (
        "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered) + ")" if ordered else "(?!)"
    )


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern of a table, compiled: blanks stand for any."""
    return re.compile(text.replace(" ?", r"\s*").replace(" ", r"\s+"))


def imprints(key: str) -> str:
    """Return the pattern of what papers print, of all languages: a page says it before its language is known."""
    return f"(?:{'|'.join(getattr(language.imprint, key) for language in languages())})"


def owned(language: Language) -> str:
    """Return the pattern of what stands behind the name of who has something."""
    return rf"(?:{language.writing.owned}|')"


def unowned(name: str, language: Language) -> str:
    """Return a name, folded, without what stands behind it where it has something."""
    return pattern(rf"{owned(language)}\Z").sub("", name)


def particles(*, of_persons: bool = False) -> str:
    """Return the pattern of small words in names, of all languages: a text names places of everywhere."""
    each = (one.writing.particles_of_persons if of_persons else one.writing.particles for one in languages())
    return any_of(sorted({word for words in each for word in words}))


@cache
def languages() -> tuple[Language, ...]:
    """Return every language that has a table, English first."""
    files = sorted(FOLDER.glob("*.toml"), key=lambda path: (path.stem != "en", path.stem))
    return tuple(Language.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)


def language_of(letters: str) -> Language | None:
    """Return the language of a text, folded as rules compare it; None where it is none that has a table."""
    words = re.findall(r"[^\W\d_]+", letters[: COUNTED_WORDS * 12])[:COUNTED_WORDS]
    counts = Counter(words)
    shares = [
        (sum(count for word, count in counts.items() if word in language.telling_words), position)
        for position, language in enumerate(languages())
    ]
    best, position = max(shares, key=lambda one: (one[0], -one[1]), default=(0, 0))
    return languages()[position] if words and best >= LEAST_COMMON * len(words) else None
