"""Places in a text: the scenario's by any name, misspelt ones repaired, others by what stands around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from tiau.readers.articles.article import Article
from tiau.readers.articles.language import Language, any_of, languages, pattern
from tiau.readers.articles.sentences import Sentence, folded
from tiau.scenario.countries import countries
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer

SHORTEST_NAME = 3
SHORTEST_REPAIRED = 5
"""Letters of a name that is taken for a misspelt one; shorter ones differ from many others by a letter."""
TWO_LETTERS_FROM = 9
"""Letters of a name that may differ by two."""
MOST_WORDS = 6
Tier = Literal["", "place", "admin2", "admin1", "country", "area"]
FINER: tuple[Tier, ...] = ("place", "admin2", "admin1", "area", "", "country")
_CAPITAL = r"[A-Z\u00c0-\u00de]\w*(?:['\u2019-](?!s\b)\w+)*"
_NAME = re.compile(
    # Particles of names in whatever language: Port of Spain, San Juan del Sur.
    rf"{_CAPITAL}(?:[ -](?:(?:of|the|de|del|la|las|los|el|al|des|du|le|les)[ -]){{0,2}}{_CAPITAL}){{0,3}}"
)
_HEADING = re.compile(r"\s?:\s")
_BEGUN = re.compile(r"([A-Z][\w-]*) ([\w']+ (?:[\w']+[ '])?)\Z")
LONGEST_ACRONYM = 8
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that a text names.

    Attributes
    ----------
    start, end : int
        Its characters in the text.
    name : str
        Its proper name in the scenario; of a place that it lacks as the text writes it.
    written : str
        As the text writes it.
    tier : Tier
        How large it is; blank where nobody knows.
    known : bool
        Whether the scenario has it.
    repaired : bool
        Whether it is another name, misspelt.
    home : bool or None
        Whether it lies in a country that people leave; None where that is not known.
    """

    start: int
    end: int
    name: str
    written: str
    tier: Tier = ""
    known: bool = False
    repaired: bool = False
    home: bool | None = None


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is known where a text is read: the places, countries, groups and reports of a scenario, or nothing.

    Attributes
    ----------
    scenario : Scenario or None
    keys : dict of tuple of str to str
        Proper names of places and areas by the words of any of their names.
    home : frozenset of str
        Countries that people leave.
    """

    scenario: Scenario | None = None
    keys: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    home: frozenset[str] = frozenset()

    @classmethod
    def of(cls, scenario: Scenario | None) -> Surroundings:
        """Return those of a scenario, or of none."""
        if scenario is None:
            return cls()
        home = scenario.settings.countries.home or tuple(p.country for p in scenario.places if p.kind == "origin")
        return cls(scenario, _keys(scenario.names), frozenset(home))

    @property
    def names(self) -> Gazetteer | None:
        """Names of the scenario."""
        return self.scenario.names if self.scenario else None

    def tier(self, name: str) -> Tier:
        """Return how large a place or area of the scenario is."""
        if self.scenario is None or name not in self.scenario.names:
            return ""
        if name.casefold() in self.scenario.names.place_index:
            return "place"
        tiers: tuple[Tier, ...] = ("country", "admin1", "admin2")
        found = (tier for tier in tiers if any(getattr(place, tier) == name for place in self.scenario.places))
        return next(found, "area")

    def at_home(self, name: str) -> bool | None:
        """Whether a place lies in a country that people leave; None where that is not known."""
        if self.scenario is None:
            return None
        lies_in = {self.scenario.places[at].country for at in self.scenario.names.members(name)} or {name}
        return True if lies_in <= self.home else False if lies_in.isdisjoint(self.home) else None

    def inside(self, name: str, other: str) -> bool:
        """Whether one place of the scenario is another one or lies in it."""
        if self.scenario is None:
            return False
        members, others = self.scenario.names.members(name), self.scenario.names.members(other)
        return bool(members) and set(members) <= set(others)


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as rules compare them."""
    return tuple(_WORD.findall(folded(name)))


def _keys(names: Gazetteer) -> dict[tuple[str, ...], str]:
    proper = {words_of(name): names.proper(name) for name in names if len(name) >= SHORTEST_NAME}
    short: dict[tuple[str, ...], str] = {}
    for words, name in proper.items():
        # Papers leave out what kind of unit it is, where nothing else has the name.
        if len(words) > 1 and words[-1] in _units():
            short.setdefault(words[:-1], name)
    return {words: name for words, name in {**short, **proper}.items() if words}


@cache
def _units() -> frozenset[str]:
    return frozenset(noun for language in languages() for noun in language.places.nouns)


def of_sentence(found: Sequence[PlaceFound], sentence: Sentence) -> Sequence[PlaceFound]:
    """Return the places of a text, in order, that one of its sentences names."""
    first, last = (bisect_left(found, at, key=lambda place: place.start) for at in (sentence.start, sentence.end))
    return found[first:last]


@lru_cache(maxsize=4)
def find(article: Article, surroundings: Surroundings) -> list[PlaceFound]:
    """Return the places that a text names, in order."""
    found: list[PlaceFound] = []
    unknown: list[tuple[Sentence, int, int, int]] = []
    for sentence in article.sentences:
        known = list(_known(sentence, surroundings, article.language))
        found += known
        taken = [(one.start, one.end) for one in known]
        for start, end, last in _named(sentence, article.language):
            if not any(a < sentence.start + end and sentence.start + start < b for a, b in taken):
                unknown.append((sentence, start, end, last))
    found += _repaired(unknown, surroundings, article)
    return sorted(found, key=lambda one: one.start)


def _known(sentence: Sentence, surroundings: Surroundings, language: Language) -> Iterator[PlaceFound]:
    """Yield the places of the scenario and the countries that a sentence names, the longest name first."""
    spans = [
        (start + word.start(), start + word.end())
        for start, end in sentence.words
        for word in _WORD.finditer(sentence.letters[start:end])
    ]
    words = [sentence.letters[start:end] for start, end in spans]
    at = 0
    while at < len(words):
        count, name = _longest(words[at : at + MOST_WORDS], surroundings)
        capital = not sentence.text[spans[at][0]].islower()
        if not count or not capital:
            at += 1
            continue
        start, end = sentence.start + spans[at][0], sentence.start + spans[at + count - 1][1]
        known = surroundings.names is not None and name in surroundings.names
        tier = surroundings.tier(name) if known else "country"
        yield PlaceFound(start, end, name, sentence.text[spans[at][0] : spans[at + count - 1][1]], tier, known,
                         home=surroundings.at_home(name))  # fmt: skip
        at += count


def _longest(words: Sequence[str], surroundings: Surroundings) -> tuple[int, str]:
    for count in range(len(words), 0, -1):
        key = tuple(words[:count])
        if name := surroundings.keys.get(key) or _countries().get(key):
            return count, name
    return 0, ""


@cache
def _countries() -> dict[tuple[str, ...], str]:
    return {
        words_of(name): one.name
        for one in reversed(countries())
        for name in (*one.names, one.name)
        if len(name) > SHORTEST_NAME
    }


def _named(sentence: Sentence, language: Language) -> Iterator[tuple[int, int, int]]:
    """Yield where names stand that what is around them makes places, and where a noun behind them ends."""
    before, strong, behind = _around(language)
    for found in _NAME.finditer(sentence.text):
        start, end = found.start(), found.end()
        # The first word of a sentence has a capital letter as well: "In Sylhet"; else it is the name's: El Hierro.
        begins = not _WORD.search(sentence.letters, 0, start)
        while (
            begins
            and (first := _WORD.match(sentence.letters, start))
            and first.end() < end
            and first[0] in language.telling_words
        ):
            start = first.end() + 1
        noun = behind.match(sentence.letters, end)
        heading = begins and _heads(sentence, end, language)
        sure = (
            noun
            or heading
            or _has_unit(sentence.letters[start:end], language)
            or strong.search(sentence.letters, max(start - 40, 0), start)
        )
        near = before.search(sentence.letters, max(start - 24, 0), start)
        written = sentence.text[start:end]
        words = words_of(written)
        if not words or not (sure or near) or _is_no_place(words, language):
            continue
        if sure or not (_goes_on(sentence, start, language) or _is_acronym(written)):
            yield start, end, noun.end() if noun else end


def _heads(sentence: Sentence, end: int, language: Language) -> bool:
    """Whether the name at the head of a sentence is its heading, or takes people in: "Uvira: 300", "Chad hosts 300"."""
    hosts = pattern(rf" (?:\w+ )?{language.places.hosts}(?!\w)")
    return bool(_HEADING.match(sentence.text, end) or hosts.match(sentence.letters, end))


def _has_unit(letters: str, language: Language) -> bool:
    """Whether a name ends with what it is: "Hunan Province", "Kayah State"."""
    return pattern(rf"\w+ {any_of(language.places.nouns)}\Z").search(letters) is not None


def _goes_on(sentence: Sentence, start: int, language: Language) -> bool:
    """Whether a name goes on what a capital letter began: "Ministry of Home Affairs", but not "Residents of Marawi"."""
    lead = _BEGUN.search(sentence.text, max(start - 40, 0), start)
    if lead is None or folded(lead[1]) in language.telling_words:
        return False
    places = language.places
    return pattern(rf"{places.genitive} (?:{places.articles} ?)?").fullmatch(folded(lead[2])) is not None


def _is_acronym(written: str) -> bool:
    return len(written) <= LONGEST_ACRONYM and written.removesuffix("s").isupper()


@cache
def _around(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = language.places
    nouns = any_of(table.nouns)
    people = any_of((*language.nouns.persons, *language.nouns.displaced, *language.nouns.households))
    before = any_of((*table.at, *table.into, *table.out_of))
    return (
        pattern(rf"(?:(?<!\w){before}(?:(?<=')| )|(?<=\w)'s? )(?:the )?\Z"),
        pattern(rf"(?<!\w){nouns}s?(?:,)? {table.called} ?\Z|(?<!\w){people} {table.called} ?\Z"),
        pattern(rf"(?:'s?)? (?:\w+ )?{nouns}(?!\w)"),
    )


def _is_no_place(words: tuple[str, ...], language: Language) -> bool:
    """Whether a name holds a word that places have not: a month, a day, a title, an office."""
    if len(words) > 1 and words[0] in language.common_words:
        words = words[1:]
    taken = {name for names in (*language.days.months, *language.days.weekdays) for name in names}
    taken |= set(language.speakers.titles) | language.common_words
    people = {name for names in language.places.peoples.values() for name in names}
    offices = any(pattern(rf"(?:{office.pattern})").fullmatch(" ".join(words)) for office in language.speakers.offices)
    around = {word for word in (*language.places.at, *language.places.into, *language.places.out_of) if " " not in word}
    return (
        offices
        or words[0] in taken | around
        or language.telling_words.issuperset(words)
        or any(word in people for word in words)
        or not set(words).isdisjoint(language.places.organisations)
    )


def _repaired(
    unknown: Iterable[tuple[Sentence, int, int, int]], surroundings: Surroundings, article: Article
) -> Iterator[PlaceFound]:
    """Yield names that stand where places do: as the place of the scenario that is meant, or as they are."""
    persons = _persons(article)
    for sentence, start, end, last in unknown:
        written = sentence.text[start:end]
        if written in persons:
            continue
        # "Champai district" is the district, where the scenario has one.
        meant = _meant(words_of(sentence.text[start:last]), surroundings) or _meant(words_of(written), surroundings)
        yield PlaceFound(
            sentence.start + start, sentence.start + end, meant or written, written, surroundings.tier(meant),
            known=bool(meant), repaired=bool(meant), home=surroundings.at_home(meant) if meant else None,
        )  # fmt: skip


def _persons(article: Article) -> frozenset[str]:
    """Return names that stand behind a title or an office somewhere in the text."""
    found = set()
    titles = pattern(rf"(?<!\w){any_of(article.language.speakers.titles)}\.? \Z")
    for sentence in article.sentences:
        found |= {
            name[0]
            for name in _NAME.finditer(sentence.text)
            if titles.search(sentence.letters, max(name.start() - 12, 0), name.start())
        }
    return frozenset(found)


def _meant(words: tuple[str, ...], surroundings: Surroundings) -> str:
    """Return the proper name of the scenario that a misspelt one means; blank where none or two are as near."""
    from rapidfuzz.distance import DamerauLevenshtein

    if not surroundings.keys or words in _countries():
        return ""
    text = " ".join(words)
    if len(text) < SHORTEST_REPAIRED:
        return ""
    near: dict[str, int] = {}
    for key, name in surroundings.keys.items():
        other = " ".join(key)
        if other[0] == text[0] and abs(len(other) - len(text)) <= 2:
            away = DamerauLevenshtein.distance(text, other, score_cutoff=2)
            if away <= _most_apart(text, other):
                near[name] = min(away, near.get(name, away))
    least = min(near.values(), default=0)
    best = [name for name, away in near.items() if away == least]
    return best[0] if len(best) == 1 else ""


def _most_apart(text: str, other: str) -> int:
    # The same letters in another order are a slip of the hand.
    return (
        2 if len(text) >= TWO_LETTERS_FROM or (len(text) > SHORTEST_REPAIRED and sorted(text) == sorted(other)) else 1
    )
