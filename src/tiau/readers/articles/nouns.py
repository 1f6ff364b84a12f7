"""What a number counts: the noun behind it, or before it in a list, and whether that is people at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.numbers import Number

Counted = Literal["persons", "households", "dwellings"]
MOST_WORDS_BETWEEN = 5
NEAR_TOTAL, LEAD = 40, 110
"""Letters between a noun and "the number of", and before a number in which they are looked for."""
LAST_WORDS = 4
_TOKEN = re.compile(r"[0-9][0-9.,]*|[^\W_]+(?:['.][^\W_]+)*")
_COUNT = re.compile(r"(?<![\w.])[0-9]{2,}(?![\w.-])|[0-9],[0-9]{3}")
_LIST_END = re.compile(r"\s*(?:[;|)\n]|[.,](?:\s|\Z)|\Z)")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts.

    Attributes
    ----------
    start, end : int
        Its characters in the sentence.
    words : str
    counts : {"persons", "households", "dwellings"}
    group : str
        Blank for people of any.
    displaced : bool
        Whether they are displaced by the word alone.
    total : bool
        Whether it stands before the number: "the number of refugees has reached 12,000".
    known : bool
        Whether the language's table has it; another noun of many may be of people, or not.
    """

    start: int
    end: int
    words: str
    counts: Counted = "persons"
    group: str = ""
    displaced: bool = False
    total: bool = False
    known: bool = True


def of_number(
    letters: str, text: str, number: Number, following: Number | None, language: Language
) -> Noun | Literal["other"] | None:
    """Return the noun of a number; "other" where it counts no people, None where no noun stands beside it.

    Parameters
    ----------
    letters, text : str
        The sentence, as rules compare it and as it stands.
    number : Number
    following : Number or None
        The next number of the sentence: in "800 of the 3,700 people" both have its noun.
    language : Language
    """
    found = _behind(letters, number.end, language)
    if found is None and following is not None:
        gap = letters[number.end : following.start].split()
        if gap and set(gap) <= set(language.nouns.between):
            found = _behind(letters, following.end, language)
    if found == "other" or _is_population(letters, number, found, language):
        return "other"
    return found or _before(letters, number, language) or _unknown(letters, text, number, language)


def _is_population(letters: str, number: Number, noun: Noun | None, language: Language) -> bool:
    """Whether a number is of those who live in a place: "a town of 20,000 people"."""
    lead = letters[max(number.start - NEAR_TOTAL, 0) : number.start]
    displaced = noun is not None and noun.displaced
    town = pattern(rf"(?<!\w){any_of(language.places.nouns)} {language.places.genitive} \Z")
    return not displaced and town.search(lead) is not None


@cache
def _each(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of nouns by what they count; of two that are as long the first counts."""
    nouns = language.nouns
    kinds = {"households": nouns.households, "displaced": nouns.displaced}
    # Children are a group before they are persons.
    kinds |= {f"group {name}": words for name, words in nouns.groups.items()}
    peoples = tuple(dict.fromkeys(name for names in language.peoples.values() for name in names))
    kinds |= {"persons": nouns.persons, "dwellings": nouns.dwellings, "people": peoples}
    return tuple((name, re.compile(rf"{any_of(words)}(?!\w)")) for name, words in kinds.items())


@cache
def _stops(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what counts no people, and of words that no noun stands behind."""
    nouns = language.nouns
    return re.compile(rf"{any_of(nouns.not_counted)}(?!\w)"), re.compile(rf"{any_of(nouns.never_between)}(?!\w)")


def _at(letters: str, at: int, language: Language) -> Noun | None:
    matches = [(name, found) for name, words in _each(language) if (found := words.match(letters, at))]
    if not matches:
        return None
    name, longest = max(matches, key=lambda one: one[1].end())
    counts: Counted = "households" if name == "households" else "dwellings" if name == "dwellings" else "persons"
    group = name.removeprefix("group ") if name.startswith("group ") else ""
    return Noun(at, longest.end(), longest[0], counts, group, name == "displaced")


@cache
def _gap(language: Language) -> re.Pattern[str]:
    """Return the pattern of what stands between words that belong together."""
    return re.compile(rf"[\s-]+|{language.writing.owned}\s+|\s*\(")


def _behind(letters: str, after: int, language: Language) -> Noun | Literal["other"] | None:
    other, never = _stops(language)
    best: Noun | None = None
    at, words = after, 0
    while words <= MOST_WORDS_BETWEEN and (gap := _gap(language).match(letters, at)):
        at = gap.end()
        counted = other.match(letters, at)
        noun = _at(letters, at, language)
        if counted and (noun is None or counted.end() > noun.end):
            return best if best is not None and best.end + 1 < at else "other"
        if noun:
            if best is not None and best.counts == "households" and noun.counts == "persons":
                break
            best, at = _joined(letters, best, noun), noun.end
            continue
        word = _TOKEN.match(letters, at)
        if best is not None or word is None or never.match(letters, at):
            break
        # "10 dead and 13,140 people": another number has a noun of its own.
        if word[0][0].isdigit():
            break
        at, words = word.end(), words + 1
    return best


def _joined(letters: str, best: Noun | None, noun: Noun) -> Noun:
    """Return the last noun of several, which is what is counted: "refugee families", "displaced people"."""
    if best is None:
        return noun
    return replace(noun, words=letters[best.start : noun.end], group=noun.group or best.group,
                   displaced=noun.displaced or best.displaced)  # fmt: skip


def _before(letters: str, number: Number, language: Language) -> Noun | None:
    """Return the noun before a number: "the number of refugees has reached 12,000", "families: 300"."""
    lead = letters[max(number.start - LEAD, 0) : number.start]
    offset = number.start - len(lead)
    words = list(_TOKEN.finditer(lead))
    total = pattern(rf"(?<!\w){language.nouns.totals}(?!\w)").search(lead)
    if total and not _COUNT.search(lead, total.start()):
        near = [word for word in words if word.start() >= total.start() - NEAR_TOTAL]
        found = _last(letters, offset, near, language)
        return replace(found, total=True) if found else None
    direct, ends = lead.rstrip()[-1:] in (":", "(", "="), _LIST_END.match(letters, number.end) is not None
    near = words if direct and ends else words[-LAST_WORDS:]
    if not near or not (direct or ends):
        return None
    found = None if re.search("[0-9;.|]", lead[near[0].start() :].rstrip()) else _last(letters, offset, near, language)
    # "Salto: 560 evacuated" is no list of people in Salto.
    beside = found is not None and len(letters[found.end : number.start].split()) <= 1
    return found if beside or ends else None


def _last(letters: str, offset: int, words: Sequence[re.Match[str]], language: Language) -> Noun | None:
    return next((noun for word in reversed(words) if (noun := _at(letters, offset + word.start(), language))), None)


def _unknown(letters: str, text: str, number: Number, language: Language) -> Noun | None:
    """Return a noun of many that no table has: "41,800 occupants", "57,240 Guatemalans"."""
    word = pattern(rf"[\s-]+({language.writing.plural})(?!\w)").match(letters, number.end)
    if word is None or _stops(language)[1].match(letters, word.start(1)) or number.in_words:
        return None
    return Noun(word.start(1), word.end(1), text[word.start(1) : word.end(1)], known=False)
