"""A language as a table: the words and patterns by which its texts are read, one file a language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from tiau.scenario.vocabulary import Effect, Level, SourceKind

FOLDER = Path(__file__).with_name("languages")
LEAST_COMMON = 0.12
"""Share of the words of a text that must be among a language's common ones; an English report has about 0.35."""
COUNTED_WORDS = 2_000
SHORTEST_TELLING = 3
VerbKind = Literal[
    "cross", "seek", "flee", "displace", "stay", "turned_back", "returned", "registered", "wreck", "harm", "other"
]


class Table(BaseModel):
    """A part of a language's file: unknown keys are a fault of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __hash__(self) -> int:
        # Each file is read once, and patterns made of it are kept by it.
        return id(self)


class Numbers(Table):
    """Numbers in words. `vague` are words that give no number, with the least that they can mean."""

    words: dict[str, float]
    times: dict[str, float]
    joined_by: tuple[str, ...]
    one: tuple[str, ...]
    vague: dict[str, float]
    ranges: tuple[str, ...]
    shares: tuple[str, ...]
    changed: str
    decimal: str


class Hedges(Table):
    """Words before or behind a number that say how firm it is; `below` excludes the number itself."""

    at_least: tuple[str, ...] = ()
    at_most: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


class Nouns(Table):
    """What numbers count. `displaced` are people who are displaced by the word alone; `dwellings` are no people.

    `travellers` come and go for other reasons, and flee as others do; `sent` groups cross borders under orders, too.
    """

    persons: tuple[str, ...]
    displaced: tuple[str, ...]
    households: tuple[str, ...]
    dwellings: tuple[str, ...]
    groups: dict[str, tuple[str, ...]]
    between: tuple[str, ...]
    never_between: tuple[str, ...]
    not_counted: tuple[str, ...]
    not_counted_before: tuple[str, ...]
    others: tuple[str, ...]
    travellers: tuple[str, ...]
    sent: tuple[str, ...]
    totals: str
    relative: str
    clauses: str
    parts: tuple[str, ...]
    earlier: tuple[str, ...]


class Verb(Table):
    """Words that say what people did or what happened to them."""

    kind: VerbKind
    pattern: str


class Doubt(Table):
    """Words by which a figure that is told is none of people who are displaced: denied, to come, of the whole world.

    `before` are words somewhere before the number in its clause, `verb` those right before its verb, `behind` those
    behind it in its sentence; another number between takes them for itself, but for `across` ones. An `unplaced` doubt
    holds only where no place is near. `says` is what a person is told, `less` what it takes from the confidence.
    """

    says: str
    less: float
    before: str = "(?!)"
    verb: str = "(?!)"
    behind: str = "(?!)"
    across: bool = False
    unplaced: bool = False


class Relative(Table):
    """Words for days told from the day of publication: `from` and `to` as "day -7", "week -1", "month 0", "now"."""

    pattern: str
    start: str
    end: str
    sure: bool = True


class Part(Table):
    """Words for a part of a month: its first and last day, -1 for the last of the month."""

    pattern: str
    first: int
    last: int


class Days(Table):
    """Days in words."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    capital: bool
    ordinal: str
    of: str
    since_clause: str
    since: str
    as_of: str
    cause: str
    before: tuple[str, ...]
    between: tuple[str, ...]
    rate: str
    before_weekday: str
    last_weekday: str
    parts: tuple[Part, ...]
    relative: tuple[Relative, ...]


class Places(Table):
    """Words around places: `into` where people come to, `out_of` where they leave, `at` where something is.

    `articles` and what is like them stand before a name, `genitive` before what a name goes on with ("Ministry of X"),
    `within` between two names one of which lies in the other, `apart` between names of two places.
    """

    articles: str
    genitive: str
    within: str
    apart: str
    into: tuple[str, ...]
    hosts: str
    out_of: tuple[str, ...]
    at: tuple[str, ...]
    nouns: tuple[str, ...]
    organisations: tuple[str, ...]
    called: str
    abroad: str
    inside: str
    peoples: dict[str, tuple[str, ...]]


class Office(Table):
    """Who speaks: `said_by` is how a row names them; names of `public` ones may stand beside it."""

    pattern: str
    said_by: str = ""
    kind: SourceKind = "other"
    public: bool = False
    level: Level | Literal[""] = ""


class Speakers(Table):
    """Who says something.

    `inverted` are verbs that may stand before who speaks, `blocks` words that never stand between the two, `relative`
    those that begin a clause which may; `roles` stand behind an organisation, `joints` before its place.
    """

    says: str
    inverted: str = "(?!)"
    according_to: str
    going_on: str
    adverbs: str = "(?!)"
    blocks: str = "(?!)"
    relative: str = "(?!)"
    roles: str = "(?!)"
    joints: str = "(?!)"
    organisations: str = "(?!)"
    papers: str = "(?!)"
    articles: str = "(?!)"
    conjunctions: str = "(?!)"
    government: str = ""
    withheld: str = ""
    deserters: str = "(?!)"
    deserted: str = ""
    peoples: dict[str, tuple[str, ...]] = {}
    titles: tuple[str, ...]
    private: str
    offices: tuple[Office, ...]


class Unit(Table):
    """Words of an office for the unit of a country that it is of."""

    level: Level
    pattern: str


class Told(Table):
    """How acts and events are told: words for what only may be, and what rules share.

    `words` are named parts of the patterns of acts and events: "@border" stands for the words under that name.
    """

    words: dict[str, str] = {}
    no_act: str = "(?!)"
    no_event: str = "(?!)"
    by: str = "(?!)"
    exempt: str = "(?!)"
    central: str = "(?!)"
    national: str = ""
    court: str = "(?!)"
    counted_areas: str = "(?!)"
    including: str = "(?!)"
    hits: str = "(?!)"
    units: tuple[Unit, ...] = ()
    passive: str = "(?!)"
    together: str = ","
    bare: tuple[str, ...] = ()
    beside: str = "(?!)"
    at: str = "(?!)"
    dead: tuple[str, ...] = ()


class ActRule(Table):
    """A sentence that tells of an act: `parts` in order, each at most `within` letters behind the one before it.

    `effect` is what it does. `softens` says that it excepts from an order told before, `foreign` that a state asks
    another one. `wished` acts are words alone, so "would" and "urged" take nothing from them. `agencies` may do it.
    """

    effect: Effect
    parts: tuple[str, ...]
    why: str
    unless: str = "(?!)"
    within: int = 60
    softens: bool = False
    foreign: bool = False
    wished: bool = False
    agencies: bool = False
    passive: bool = False
    family: str = ""
    check: str = ""


class EventRule(Table):
    """A sentence that tells of an event: `parts` in order, each at most `within` letters behind the one before it.

    A `faint` one makes few people leave; one that is told `alone` is what another event of its sentence may consist of.
    """

    kind: str
    parts: tuple[str, ...]
    why: str
    unless: str = "(?!)"
    within: int = 40
    faint: bool = False
    alone: bool = False


class Language(Table):
    """A language."""

    code: str
    name: str
    common: tuple[str, ...]
    abbreviations: tuple[str, ...]
    numbers: Numbers
    before: Hedges
    after: Hedges
    nouns: Nouns
    perfect: str
    present: str
    passive: str
    helpers: str
    years_ago: str
    verbs: tuple[Verb, ...]
    doubts: tuple[Doubt, ...]
    days: Days
    places: Places
    speakers: Speakers
    told: Told = Told()
    acts: tuple[ActRule, ...] = ()
    events: tuple[EventRule, ...] = ()

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
