"""Numbers of people in a sentence: what they count, and the verb that says what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.numbers import Number
from tiau.readers.articles.verbs import VerbFound

Counted = Literal["persons", "households", "dwellings"]
MOST_WORDS_BETWEEN = 5
FARTHEST = 22.0
"""Words between a number and its verb, with what `_distance` adds; beyond it the verb is of something else."""
OTHER_NUMBER, OTHER_CLAUSE, IN_RELATIVE_CLAUSE, COMMA, BEFORE, COMMA_BEFORE = 7.0, 5.0, 12.0, 1.0, 0.5, 3.0
NEXT_TO = 3.0
FURTHER_WORDS = 14
FEWEST = 2
CLOSE = 12
"""Characters between a verb and the number that it is done to."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of people.

    Attributes
    ----------
    start, end : int
        The number with what says how firm it is and its noun, in the sentence.
    number : Number
    counts : {"persons", "households", "dwellings"}
    noun : str
        Blank where none stands beside it.
    group : str
        Of which group the noun is; blank for people.
    displaced : bool
        Whether they are displaced by the noun alone, as refugees are.
    verb : VerbFound or None
    away : float
        How far the verb is.
    part : bool
        Whether it is a part of another number.
    earlier : bool
        Whether it is given to compare with.
    total : bool
        Whether it is told as the number that there are.
    """

    start: int
    end: int
    number: Number
    counts: Counted
    noun: str = ""
    group: str = ""
    displaced: bool = False
    verb: VerbFound | None = None
    away: float = 0.0
    part: bool = False
    earlier: bool = False
    total: bool = False


def find(letters: str, numbers: Sequence[Number], verbs: Sequence[VerbFound], language: Language) -> list[Mention]:
    """Return the numbers of people in a sentence that are or may be displaced, in order.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    numbers : sequence of Number
    verbs : sequence of VerbFound
    language : Language
    """
    counted = [mention for number in numbers if (mention := _counted(letters, number, language))]
    verbs = [verb for verb in verbs if not any(_is_noun(verb, mention) for mention in counted)]
    told = [_with_verb(letters, mention, counted, verbs, language) for mention in counted]
    return [mention for mention in told if _is_displacement(mention) and not _acts(letters, mention, told, language)]


def _is_noun(verb: VerbFound, mention: Mention) -> bool:
    """Whether a verb is the noun of a number: "300 houses", but not "3,000 displaced"."""
    inside = mention.number.end <= verb.start and verb.end <= mention.end
    return inside and not (verb.end == mention.end and verb.kind != "cross" and mention.displaced)


def _acts(letters: str, mention: Mention, others: Sequence[Mention], language: Language) -> bool:
    """Whether those counted do what is told to others: "45 soldiers turned back 120 refugees"."""
    verb = mention.verb
    if verb is None or verb.kind not in ("turned_back", "displace", "registered", "harm") or verb.start < mention.end:
        return False
    passive = pattern(rf"(?<!\w){language.passive}(?!\w)").search(letters[mention.end : verb.end])
    return not passive and any(other.verb is verb and 0 <= other.start - verb.end <= CLOSE for other in others)


def _is_displacement(mention: Mention) -> bool:
    if mention.counts == "dwellings":
        return mention.verb is not None and mention.verb.kind == "wreck"
    if mention.number.vague and not mention.noun:
        return False
    if mention.verb is None:
        return mention.displaced or bool(mention.noun)
    # Who needs food is displaced only where the word says it; who was killed is not, whatever the word.
    return mention.verb.moves or (mention.displaced and mention.verb.kind == "other")


def _counted(letters: str, number: Number, language: Language) -> Mention | None:
    """Return a number with what it counts; None where that is no people."""
    found = _noun(letters, number.end, language)
    # One person is no figure, and "one of the officers" not even a number.
    if found == "other" or number.size < FEWEST or _is_population(letters, number, found, language):
        return None
    if isinstance(found, _Noun):
        mention = Mention(number.start, found.end, number, found.counts, found.words, found.group, found.displaced)
    elif before := _noun_before(letters, number, language):
        mention = Mention(
            number.start, number.end, number, before.counts, before.words, before.group, before.displaced, total=True
        )
    elif number.yearlike:
        return None
    else:
        mention = Mention(number.start, number.end, number, "persons")
    lead = letters[max(mention.start - 40, 0) : mention.start]
    nouns = language.nouns
    return replace(
        mention,
        part=bool(pattern(rf"(?<!\w){any_of(nouns.parts)}(?: \w+){{0,2}} ?\Z").search(lead))
        or bool(pattern(rf" {any_of(nouns.parts)}(?!\w)").match(letters, number.end)),
        earlier=bool(pattern(rf"(?<!\w){any_of(nouns.earlier)}(?: \w+){{0,2}} ?\Z").search(lead)),
    )


def _is_population(letters: str, number: Number, noun: _Noun | str, language: Language) -> bool:
    """Whether a number is of those who live in a place: "a town of 20,000 people"."""
    lead = letters[max(number.start - 40, 0) : number.start]
    displaced = isinstance(noun, _Noun) and noun.displaced
    return not displaced and pattern(rf"(?<!\w){any_of(language.places.nouns)} of \Z").search(lead) is not None


@dataclass(frozen=True, slots=True)
class _Noun:
    start: int
    end: int
    words: str
    counts: Counted
    group: str
    displaced: bool


@cache
def _nouns(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of nouns, of what counts no people, and of words that no noun stands behind."""
    nouns = language.nouns
    groups = "|".join(f"(?P<group{at}>{any_of(words)})" for at, words in enumerate(nouns.groups.values()))
    peoples = any_of(name for names in language.places.peoples.values() for name in names)
    # The longest of all: "refugee camps" are no refugees, "displaced people" no people.
    text = (
        rf"(?:(?P<households>{any_of(nouns.households)})|(?P<displaced>{any_of(nouns.displaced)})|{groups}|"
        rf"(?P<persons>{any_of(nouns.persons)})|(?P<dwellings>{any_of(nouns.dwellings)})|(?P<people>{peoples}))(?![\w])"
    )
    return (
        re.compile(text),
        re.compile(rf"{any_of(nouns.not_counted)}(?!\w)"),
        re.compile(rf"{any_of(nouns.never_between)}(?!\w)"),
    )


def _noun_at(letters: str, at: int, language: Language) -> _Noun | None:
    found = _nouns(language)[0].match(letters, at)
    if found is None:
        return None
    # Alternatives of a pattern are tried in turn: another kind may go on longer.
    longest = max(
        (match for match in (one.match(letters, at) for one in _each(language)) if match),
        key=lambda one: one.end(),
        default=found,
    )
    kinds = {name: value for name, value in longest.groupdict().items() if value is not None}
    name = next(iter(kinds))
    groups = tuple(language.nouns.groups)
    counts: Counted = "households" if name == "households" else "dwellings" if name == "dwellings" else "persons"
    group = groups[int(name.removeprefix("group"))] if name.startswith("group") else ""
    return _Noun(at, longest.end(), longest[0], counts, group, name == "displaced")


@cache
def _each(language: Language) -> tuple[re.Pattern[str], ...]:
    nouns = language.nouns
    # Of two that are as long the first counts: children are a group before they are persons.
    kinds = {"households": nouns.households, "displaced": nouns.displaced}
    kinds |= {f"group{at}": words for at, words in enumerate(nouns.groups.values())}
    peoples = tuple(name for names in language.places.peoples.values() for name in names)
    kinds |= {"persons": nouns.persons, "dwellings": nouns.dwellings, "people": peoples}
    return tuple(re.compile(rf"(?P<{name}>{any_of(words)})(?!\w)") for name, words in kinds.items())


def _noun(letters: str, after: int, language: Language) -> _Noun | Literal["other", ""]:
    """Return the noun behind a number; "other" where it is one that counts no people, blank where there is none."""
    _, other, never = _nouns(language)
    best: _Noun | None = None
    at, words = after, 0
    while words <= MOST_WORDS_BETWEEN and (gap := re.compile(r"[\s-]+|'s\s+|\s*\(").match(letters, at)):
        at = gap.end()
        counted = other.match(letters, at)
        noun = _noun_at(letters, at, language)
        if counted and (noun is None or counted.end() > noun.end):
            return "other" if best is None or best.end + 1 >= at else best
        if noun:
            # In "refugee families" and "displaced people" the last noun is what is counted.
            if best is not None and best.counts == "households" and noun.counts == "persons":
                break
            displaced = noun.displaced or (best is not None and best.displaced)
            group = noun.group or (best.group if best else "")
            best = replace(
                noun, displaced=displaced, group=group, words=letters[best.start : noun.end] if best else noun.words
            )
            at = noun.end
            continue
        word = re.compile(r"[0-9][0-9.,]*|[^\W_]+(?:['.][^\W_]+)*").match(letters, at)
        if best is not None or word is None or never.match(letters, at):
            break
        # "800 of the 3,700 people", but no "10 dead and 13,140 people".
        if word[0][0].isdigit() and not set(letters[after:at].split()) <= set(language.nouns.between):
            break
        at, words = word.end(), words + 1
    return best or ""


def _noun_before(letters: str, number: Number, language: Language) -> _Noun | None:
    """Return the noun before a number in "the number of refugees has reached 12,000" and "families: 300"."""
    lead = letters[max(number.start - 110, 0) : number.start]
    offset = number.start - len(lead)
    if found := list(re.finditer(r"[^\W_]+", lead)):
        direct = lead.rstrip()[-1:] in (":", "(", "=")
        total = pattern(rf"(?<!\w){language.nouns.totals}(?!\w)").search(lead)
        if not (direct or total) or re.search(r"[0-9]", lead[total.start() if total else max(len(lead) - 30, 0) :]):
            return None
        for word in reversed(found if total else found[-3:]):
            if (noun := _noun_at(letters, offset + word.start(), language)) and (
                not total or word.start() >= total.start() - 40
            ):
                return noun
    return None


def _with_verb(
    letters: str, mention: Mention, others: Sequence[Mention], verbs: Sequence[VerbFound], language: Language
) -> Mention:
    """Return a mention with the verb that is nearest to it."""
    near = [
        (_distance(letters, mention, verb, others, verbs, language), verb)
        for verb in verbs
        if verb.end <= mention.start
        or verb.start >= mention.number.end
        or (verb.start < mention.start and mention.end <= verb.end)
    ]
    near = [(away, verb) for away, verb in near if mention.counts == "dwellings" or verb.kind != "wreck"]
    away, verb = min(near, key=lambda one: one[0], default=(FARTHEST, None))
    bare = not mention.noun
    if verb is None or away >= FARTHEST or (bare and away > NEXT_TO):
        return mention
    return replace(mention, verb=_further(letters, mention, verb, others, verbs), away=away)


def _further(
    letters: str, mention: Mention, verb: VerbFound, others: Sequence[Mention], verbs: Sequence[VerbFound]
) -> VerbFound:
    """Return the verb that says how it ended: of those who fled and crossed the border, that they crossed."""
    if verb.kind not in ("flee", "displace") or verb.start < mention.start:
        return verb
    # In "people displaced by shelling were staying in Tyre" the verb beside the noun is no verb.
    ends = (
        ("cross", "seek", "returned", "stay", "registered")
        if verb.start - mention.end <= 2 and verb.tense == "past"
        else ("cross", "seek", "returned")
    )
    for later in verbs:
        between = letters[verb.end : later.start]
        if later.kind in ends and later.start >= verb.end and len(between.split()) <= FURTHER_WORDS:
            if not any(verb.end <= other.start < later.start for other in others) and not re.search("[;:]", between):
                return later
    return verb


def _distance(
    letters: str,
    mention: Mention,
    verb: VerbFound,
    others: Sequence[Mention],
    verbs: Sequence[VerbFound],
    language: Language,
) -> float:
    """Return how far a verb is from a number: words between, and more where something else lies between."""
    if verb.start < mention.end and mention.start < verb.end:
        return 0.0
    start, end = (mention.end, verb.start) if verb.start >= mention.end else (verb.end, mention.start)
    # What is told of a part of them does not part a number from its verb.
    between = pattern(rf",? (?:[0-9.,]+ )?{any_of(language.nouns.parts)}(?!\w)[^,;]*,?").sub(" ", letters[start:end])
    away = float(len(re.findall(r"\w+", between)))
    # What is done to people stands right behind its verb; behind a comma another clause begins.
    away += (BEFORE + COMMA_BEFORE * between.count(",")) if verb.start < mention.start else COMMA * between.count(",")
    away += OTHER_NUMBER * sum(
        start <= other.start and other.end <= end for other in others if other is not mention and not other.part
    )
    away += OTHER_CLAUSE * len(pattern(language.nouns.clauses).findall(between))
    # "112 are missing and 71,405 have been evacuated": behind "and" another clause begins.
    away += OTHER_CLAUSE * (verb.end <= mention.start and between.strip() in language.numbers.joined_by)
    who = pattern(rf"(?<!\w){language.nouns.relative}(?!\w)").search(between)
    if who and verb.start >= mention.end and not any(start + who.end() <= one.start < verb.start for one in verbs):
        away += IN_RELATIVE_CLAUSE
    return away
