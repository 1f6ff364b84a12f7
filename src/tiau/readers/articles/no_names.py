"""Words that are no names of private persons though they have a capital letter: of a table, a language, the world."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path

from tiau.readers.articles.language import Language, any_of, languages, pattern
from tiau.readers.articles.sentences import folded
from tiau.readers.articles.tables import NoNames
from tiau.scenario.countries import countries

FILE = Path(__file__).with_name("no_names.toml")
SHORTEST = 3
"""Letters of a known name that is looked for; shorter ones are words of other things too easily."""
Span = tuple[int, int]


@cache
def table() -> NoNames:
    """Return the table, with what each language adds: words of one language are no names in another either."""
    common = NoNames.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8")))
    every = (common, *(language.no_names for language in languages()))
    return NoNames(
        **{key: frozenset[str]().union(*(getattr(one, key) for one in every)) for key in NoNames.model_fields}
    )


class WordsOf:
    """What a language's table says of words that are no names.

    Parameters
    ----------
    language : Language
    """

    def __init__(self, language: Language) -> None:
        self.language = language

    @cached_property
    def ordinary(self) -> frozenset[str]:
        """Words of its lists: with one of them a sentence may begin."""
        of, hedges = self.language, (self.language.before, self.language.after)
        phrases: list[str] = [*of.common, *of.numbers.words, *of.numbers.times, *of.numbers.vague, *of.numbers.one]
        for hedge in hedges:
            phrases += [*hedge.at_least, *hedge.at_most, *hedge.below, *hedge.about]
        nouns = of.nouns
        phrases += [*nouns.persons, *nouns.displaced, *nouns.households, *nouns.dwellings, *nouns.between]
        phrases += [*nouns.never_between, *nouns.not_counted, *of.places.into, *of.places.out_of, *of.places.at]
        phrases += [word for words in nouns.groups.values() for word in words]
        return frozenset(word for phrase in phrases for word in phrase.split()) | table().ordinary

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        speakers = self.language.speakers
        texts = [
            *(verb.pattern for verb in self.language.verbs),
            speakers.says,
            speakers.according_to,
            speakers.private,
        ]
        texts += [office.pattern for office in speakers.offices]
        return tuple(map(pattern, texts))

    @lru_cache(4096)  # noqa: B019  # one for each language, kept as long as it is
    def is_ordinary(self, word: str) -> bool:
        """Whether a word, folded, is one with which sentences begin: of its lists, its verbs, its nouns or offices."""
        return word in self.ordinary or any(one.fullmatch(word) for one in self._patterns)

    @cached_property
    def days(self) -> frozenset[str]:
        """Months and weekdays, in full."""
        return frozenset(names[0] for names in (*self.language.days.months, *self.language.days.weekdays))

    @cached_property
    def place_nouns(self) -> frozenset[str]:
        """What stands behind the name of a place."""
        return table().place_nouns | {noun for noun in self.language.places.nouns if " " not in noun}

    @cached_property
    def titles(self) -> frozenset[str]:
        """What stands before the name of a person."""
        return table().titles | frozenset(self.language.speakers.titles)

    @cached_property
    def says(self) -> re.Pattern[str]:
        """Words by which a person speaks, right behind a name."""
        return re.compile(rf"\s+(?:{pattern(self.language.speakers.says).pattern})(?!\w)")

    @cached_property
    def private(self) -> str:
        """The pattern of words for people who hold no office."""
        return pattern(self.language.speakers.private).pattern

    @cached_property
    def offices(self) -> tuple[re.Pattern[str], ...]:
        """Public offices, as whole words."""
        return tuple(_whole(one.pattern) for one in self.language.speakers.offices if one.public)

    @cached_property
    def phrases(self) -> tuple[re.Pattern[str], ...]:
        """Offices, agencies, ministries and words for people, as whole words: their capitals name nobody."""
        speakers = self.language.speakers
        return tuple(_whole(text) for text in (*(one.pattern for one in speakers.offices), speakers.private))

    @cached_property
    def peoples(self) -> frozenset[str]:
        """Peoples and nationalities that are names of nobody."""
        own = {word for words in self.language.places.peoples.values() for phrase in words for word in phrase.split()}
        return (table().peoples | own) - table().also_names


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern(text).pattern})(?!\w)")


@cache
def words_of(code: str) -> WordsOf:
    """Return what the table of a language, by its code, says of words that are no names."""
    return WordsOf(next(language for language in languages() if language.code == code))


@lru_cache(32)
def known_names(names: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of names that are known: those given, without the noun behind them too, and countries."""
    every = {folded(" ".join(name.split())) for name in names}
    every |= {first for name in every for first, _, last in [name.rpartition(" ")] if last in table().place_nouns}
    every |= {folded(name) for one in countries() for name in (one.name, *one.names)}
    return _whole(any_of(name for name in every | table().phrases if len(name) >= SHORTEST))


def spans(patterns: Iterable[re.Pattern[str]], letters: str) -> list[Span]:
    """Return where patterns are found."""
    return [found.span() for one in patterns for found in one.finditer(letters) if found.end() > found.start()]
