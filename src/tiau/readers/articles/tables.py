"""The parts of a language's table: what each file under `languages/` holds."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from tiau.scenario.vocabulary import Effect, Level, SourceKind

VerbKind = Literal[
    "cross", "seek", "flee", "displace", "stay", "turned_back", "returned", "registered", "wreck", "harm", "other"
]


class Table(BaseModel):
    """A part of a language's file: unknown keys are a fault of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def __hash__(self) -> int:
        # Each file is read once, and patterns made of it are kept by it.
        return id(self)


class Writing(Table):
    """How a language is written.

    `owned` stands behind the name of who has something ("Sudan's"), `plural` is the pattern of nouns of several.
    `particles` stand in names of places ("Port of Spain"), `particles_of_persons` in those of persons. `numbered` are
    abbreviations of which a number follows, or else they are words ("No."), `clock` those behind a time of the day,
    `letters` words of one letter, with which a sentence can end.
    """

    owned: str = "(?!)"
    plural: str = "(?!)"
    particles: tuple[str, ...] = ()
    particles_of_persons: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    clock: str = "(?!)"
    letters: tuple[str, ...] = ()


class Imprint(Table):
    """What papers print around a text: patterns of letters as they stand there, large or small.

    `published` and `updated` begin the line with that day, `on` may stand before the day, `at` before the time, `of`
    between day, month and year. `rights` and `source` tell whose a text is, behind `by`; `the` begins names of papers,
    `houses` are words in names of agencies and papers, `no_house` such as none has. `noise` is of no story wherever it
    stands, `noise_heads` at the head of a line.
    """

    published: str = "(?!)"
    updated: str = "(?!)"
    on: str = "(?!)"
    at: str = "(?!)"
    of: str = "(?!)"
    rights: str = "(?!)"
    source: str = "(?!)"
    by: str = "(?!)"
    the: str = "(?!)"
    houses: str = "(?!)"
    no_house: str = "(?!)"
    noise: str = "(?!)"
    noise_heads: str = "(?!)"


class Numbers(Table):
    """Numbers in words. `vague` are words that give no number, with the least that they can mean."""

    words: dict[str, float]
    times: dict[str, float]
    joined_by: tuple[str, ...]
    one: tuple[str, ...]
    vague: dict[str, float]
    never: tuple[str, ...] = ()
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
    travellers: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    totals: str
    relative: str
    clauses: str
    parts: tuple[str, ...]
    base: str
    either: str
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
    """Days in words. `beside` may stand between a weekday and its date, `on` before the last day of several."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    capital: bool
    ordinal: str
    of: str
    since_clause: str
    since: str
    as_of: str
    cause: str
    beside: str = "(?!)"
    on: str = "(?!)"
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
    `within` between two names one of which lies in the other, `apart` between names of two places; behind `clauses`
    something else is told.
    """

    articles: str
    genitive: str
    within: str
    apart: str
    clauses: str = "[;:]"
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
    those that begin a clause which may; `roles` stand behind an organisation, `joints` before its place. `met` stands
    before somebody who is met or written to; offices that are `placeless` get the place of `in_place`, if the text
    calls it a `state`, as `with_place` joins the two.
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
    elided: str = "(?!)"
    conjunctions: str = "(?!)"
    met: str = "(?!)"
    placeless: str = "(?!)"
    in_place: str = "(?!)"
    state: str = "(?!)"
    with_place: str = "{place} {office}"
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
    `people` are whom acts are about.
    `until` stands before the last day of an act, `holds_from` before its first, `to_come` before a day that is to come,
    `future` in an act that is, `ended` around one that is over; `later` are days counted from an order before, by the
    days that each of them has; `joined` stands before what the same authority did besides.
    """

    words: dict[str, str] = {}
    people: str = "(?!)"
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
    until: str = "(?!)"
    to_come: str = "(?!)"
    future: str = "(?!)"
    holds_from: str = "(?!)"
    ended: str = "(?!)"
    later: dict[str, int] = {}
    joined: str = "(?!)"
    dead: tuple[str, ...] = ()


class ActRule(Table):
    """A sentence that tells of an act: `parts` in order, each at most `within` letters behind the one before it.

    `effect` is what it does. `softens` says that it excepts from an order told before, `ends` that it takes one back,
    `excepts` that it is an order from which somebody may be excepted though it closes nothing. `foreign` says that a
    state asks another one, `abroad` that it is done by those whom people flee, `mentioned` that whoever stands before
    an order need not be whose it is. `wished` acts are words alone, so "would" and "urged" take nothing from them.
    `agencies` may do it.
    """

    effect: Effect
    parts: tuple[str, ...]
    why: str
    unless: str = "(?!)"
    within: int = 60
    softens: bool = False
    ends: bool = False
    excepts: bool = False
    mentioned: bool = False
    foreign: bool = False
    abroad: bool = False
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


class NoNames(Table):
    """Words that stand with a capital letter and are no names of private persons: small letters, without accents.

    `heads` end names of organisations, `heads_of` begin them; of `associations` a president is no public official, nor
    is an office that has something of `whose` before it. `place_nouns` stand behind names of places, `before_places`
    before them. `also_names` are peoples and places that are names of persons too, `relations` patterns right before
    one, `ages` words beside an age.
    """

    relations: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    heads_of: frozenset[str] = frozenset()
    associations: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    before_places: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    peoples: frozenset[str] = frozenset()
    also_names: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    first_particles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    titles_of_officials: frozenset[str] = frozenset()
    of_office: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    clubs: frozenset[str] = frozenset()
    whose: frozenset[str] = frozenset()
