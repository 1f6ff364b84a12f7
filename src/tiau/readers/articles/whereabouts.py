"""Where the people of a number are, and where they come from: the places around it, by the words before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tiau.readers.articles.language import Language, any_of, owned, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.places import FINER, PlaceFound, of_sentence
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.surroundings import Surroundings

Role = Literal["into", "out_of", "at", "people", ""]
CHAIN = 40
"""Characters between the names of one place: "Yangon, Myanmar", "India's northeastern state of Mizoram"."""
OF_A_SPEAKER = 30
"""How much worse a place fits that stands where somebody speaks: more than any word before it makes good."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place in a sentence with the word before it.

    Attributes
    ----------
    place : PlaceFound
    role : {"into", "out_of", "at", "people", ""}
        Whether people come there, leave it or are there; "people" where a people is named by it.
    start, end : int
        Its characters in the sentence, with names of what it lies in.
    """

    place: PlaceFound
    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where the people of a number are, and come from.

    Attributes
    ----------
    place, origin : PlaceFound or None
    role : Role
        What the word before the place says.
    near : bool
        Whether the sentence itself names the place.
    others : tuple of PlaceFound
        Other places that it names beside it.
    """

    place: PlaceFound | None = None
    origin: PlaceFound | None = None
    role: Role = ""
    near: bool = True
    others: tuple[PlaceFound, ...] = ()


def named(
    sentence: Sentence, places: Sequence[PlaceFound], surroundings: Surroundings, language: Language
) -> list[Named]:
    """Return the places of a sentence in order; of two named as one, which lies in the other, the smaller.

    Parameters
    ----------
    sentence : Sentence
    places : sequence of PlaceFound
        Those of the text, in order.
    surroundings : Surroundings
    language : Language
    """
    found: list[Named] = []
    last: PlaceFound | None = None
    for place in of_sentence(places, sentence):
        start, end = place.start - sentence.start, place.end - sentence.start
        role = _role(sentence.letters, start, end, language)
        before = found[-1] if found else None
        gap = sentence.letters[before.end : start] if before else ""
        if before and _one_place(gap, language):
            # In "X of India's Mizoram" the last one is in India, and X in it.
            keep = (
                before.place
                if gap.startswith("'") and before.place is not last
                else _finer(before.place, place, gap, surroundings)
            )
            found[-1] = Named(keep, before.role if before.role else role, before.start, end)
        else:
            found.append(Named(place, role, start, end))
        last = place
    return found


@cache
def _roles(language: Language) -> tuple[tuple[Role, re.Pattern[str]], ...]:
    table = language.places
    shared = set(table.into) & set(table.at)
    adjectives = rf"(?:{table.articles} )*"
    nouns = rf"(?:(?:\w+ ){{0,2}}{any_of(table.nouns)}s? (?:{table.called} )?)?"
    words: tuple[tuple[Role, list[str]], ...] = (
        ("at", sorted(shared)), ("into", [word for word in table.into if word not in shared]),
        ("out_of", list(table.out_of)), ("at", [word for word in table.at if word not in shared]),
    )  # fmt: skip
    return tuple((role, pattern(rf"(?<!\w){any_of(some)}(?:(?<=')| ){adjectives}{nouns} ?\Z")) for role, some in words)


@cache
def _people(language: Language) -> re.Pattern[str]:
    nouns = language.nouns
    groups = (noun for some in nouns.groups.values() for noun in some)
    return pattern(rf" {any_of((*nouns.persons, *nouns.displaced, *nouns.households, *groups))}(?!\w)")


def _role(letters: str, start: int, end: int, language: Language) -> Role:
    # "Myanmar nationals" are in whatever country.
    if _people(language).match(letters, end):
        return "people"
    lead = letters[max(start - 70, 0) : start]
    nouns = any_of(language.places.nouns)
    lead = pattern(rf"(?:(?<!\w)\w+ ){{0,2}}{nouns}s? {language.places.called} ?\Z").sub("", lead)
    found = [(match.start(), role) for role, words in _roles(language) if (match := words.search(lead))]
    if found:
        # Of several words the last one stands nearest: "left for the state of X".
        return max(found, key=lambda one: one[0])[1]
    return ""


@cache
def _links(language: Language) -> re.Pattern[str]:
    nouns, table = any_of(language.places.nouns), language.places
    called = rf"(?:{table.called} )?"
    beside = rf",? ?(?:{table.within} )?(?:{table.articles} )?(?:\w+ )?(?:{nouns},? ?)?{called}"
    return pattern(rf"{beside}|{owned(language)} (?:\w+ ){{0,3}}{called}|\(")


def _one_place(gap: str, language: Language) -> bool:
    apart = pattern(rf"(?<!\w){language.places.apart}(?!\w)").search(gap) or _ways(language).search(gap)
    return len(gap) <= CHAIN and not apart and bool(_links(language).fullmatch(gap))


@cache
def _ways(language: Language) -> re.Pattern[str]:
    """Return the pattern of words for coming and leaving alone: "Apure hacia Arauquita" are two places."""
    table = language.places
    return pattern(rf"(?<!\w){any_of({*table.into, *table.out_of} - {*table.at})}(?!\w)")


def _finer(one: PlaceFound, other: PlaceFound, gap: str, surroundings: Surroundings) -> PlaceFound:
    """Return the smaller one of two places that are named as one."""
    if one.known and other.known:
        if surroundings.inside(other.name, one.name) and not surroundings.inside(one.name, other.name):
            return other
        return one
    # What the scenario knows can be used; of two unknown ones "X, Y" is X in Y, and "X's Y" is Y in X.
    if one.known != other.known and "country" not in (one.tier, other.tier):
        return one if one.known else other
    if one.tier != other.tier:
        return min(one, other, key=lambda place: FINER.index(place.tier))
    return other if gap.startswith("'") else one


def of_mention(
    mention: Mention, around: Sequence[Named], sentence: Sentence, language: Language, speaker: tuple[int, int] = (0, 0)
) -> Whereabouts:
    """Return where the people of a number are and come from, as its sentence says it.

    Parameters
    ----------
    mention : Mention
    around : sequence of Named
        The places of its sentence.
    sentence : Sentence
    language : Language
    speaker : tuple of int
        Where in the sentence stands who says it: a ministry's country is no place of a figure, if there is another.
    """
    kind = mention.verb.kind if mention.verb else "stay"
    ranked = sorted(around, key=lambda one: _fits(one, mention, kind, sentence.letters, speaker, language))
    usable = [
        one for one in ranked if one.role != "people" and not _of_a_part(one, mention, sentence.letters, language)
    ]
    says = pattern(rf"(?<!\w){language.speakers.says}(?!\w)")
    # "The mayor of X said that 300 people ...": X is where the mayor is from.
    leaving = [
        one for one in around
        if one.role in ("out_of", "people") and one.place.home is not False
        and not (one.end <= mention.start and says.search(sentence.letters, one.end, mention.start))
    ]  # fmt: skip
    if kind in ("displace", "wreck"):
        place = usable[0] if usable else None
        return Whereabouts(
            place.place if place else None, None, place.role if place else "", others=_beside(place, usable)
        )
    # Of those who fled, a place is where they went only if a word says so.
    to = [one for one in usable if one.role != "out_of" and (one.role or kind != "flee")]
    place = to[0] if to else usable[0] if usable and kind in ("flee", "registered", "returned") else None
    origin = next((one.place for one in leaving if place is None or one is not place), None)
    return Whereabouts(place.place if place else None, origin, place.role if place else "", others=_beside(place, to))


def _beside(place: Named | None, others: Sequence[Named]) -> tuple[PlaceFound, ...]:
    """Return other places that the same kind of word stands before: any of them could be meant."""
    return tuple(
        one.place for one in others
        if place is not None and one.role == place.role and one.place.name != place.place.name
    )  # fmt: skip


def _fits(
    one: Named, mention: Mention, kind: str, letters: str, speaker: tuple[int, int], language: Language
) -> tuple[float, int]:
    """Return how badly a place fits a number: by its role and by how far it is."""
    roles: dict[str, float] = {"into": 0.0, "at": 2.0, "": 6.0, "out_of": 9.0, "people": 20.0}
    if kind in ("displace", "wreck"):
        roles = {"at": 0.0, "out_of": 1.0, "into": 3.0, "": 5.0, "people": 20.0}
    anchor = mention.verb.end if mention.verb and mention.verb.start >= mention.start else mention.end
    start, end = (anchor, one.start) if one.start >= anchor else (one.end, mention.start)
    between = letters[start:end] if start <= end else letters[one.end : anchor]
    clauses = pattern(language.places.clauses).findall(between)
    away = len(re.findall(r"\w+", between)) + 4 * len(clauses) + between.count(",")
    away += 6 * len(re.findall(r"[0-9]", between)[:1])
    if speaker[0] < speaker[1] and speaker[0] - 3 <= one.end and one.start < speaker[1]:
        away += OF_A_SPEAKER
    if _takes_in(one, mention, letters, language):
        return 0.0, one.start
    # A place before the number is where it is told from, more often than where people are.
    # Whoever comes or flees over a border is not at home any more.
    away += 6 * (one.place.home is True and kind in ("cross", "flee", "seek"))
    behind = 0.0 if one.start >= mention.start else 2.5
    return roles[one.role] + behind + away * 0.5, one.start


def _of_a_part(one: Named, mention: Mention, letters: str, language: Language) -> bool:
    """Whether a place is where a part of those counted is: "1,960 refugees, of whom 903 are in Tuipang"."""
    between = letters[mention.end : one.start]
    own = pattern(rf"[0-9][0-9.,]* {any_of(language.places.at)} (?:{language.places.articles} )?\Z").search(between)
    part = pattern(rf"(?<!\w){any_of(language.nouns.parts)}(?!\w)[^,;]*\Z").search(between)
    return own is not None or (not mention.part and part is not None)


def _takes_in(one: Named, mention: Mention, letters: str, language: Language) -> bool:
    """Whether a place is what takes the people in: "Angola has received 22,461"."""
    verb = mention.verb
    if (
        one.role
        or verb is None
        or not one.end <= verb.start < mention.start
        or len(letters[one.end : verb.start].split()) > 3
    ):
        return False
    return pattern(language.places.hosts).match(letters, verb.start) is not None


def elsewhere(place: PlaceFound | None, found: Whereabouts) -> Whereabouts:
    """Return whereabouts with the place of another sentence, where their own names none."""
    return found if found.place is not None or place is None else replace(found, place=place, near=False)
