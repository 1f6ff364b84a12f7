"""How many a sentence says were killed, with those told beside the number: "two children and their grandmother"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.numbers import Number
from tiau.scenario.vocabulary import Bound


@dataclass(frozen=True, slots=True)
class Toll:
    """The dead of an event.

    Attributes
    ----------
    number : float
    bound : Bound
    behind : bool
        Whether a sentence behind that of the event tells them.
    """

    number: float
    bound: Bound = "exact"
    behind: bool = False


@cache
def _deadly(language: Language) -> tuple[re.Pattern[str], ...]:
    words = any_of([*language.numbers.words, *language.numbers.one])
    number = rf"[0-9][0-9,.]*|{words}(?:[ -](?:{words}|{any_of(language.numbers.times)})){{0,4}}"
    return tuple(
        pattern(rf"(?<![\w-])(?:{text.replace('(?P<number>#)', f'(?P<number>{number})')})(?![\w-])")
        for text in language.told.dead
    )


def find(letters: str, counted: Sequence[Number], language: Language) -> Toll | None:
    """Return how many a sentence says were killed; None where it does not say it.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    counted : sequence of Number
        Its numbers.
    language : Language
    """
    sure = [one for one in counted if one.value is not None and not one.vague and not _is_age(letters, one)]
    for words in _deadly(language):
        for match in words.finditer(letters):
            for at, number in enumerate(sure):
                if number.bare[0] <= match.start("number") < number.bare[1]:
                    return _with_others(letters, sure[:at], number, match, language)
            # Bodies are no figure, but they are dead.
            if match["body"] if "body" in words.groupindex else False:
                return Toll(_read(match["number"], language))
    return None


def _read(text: str, language: Language) -> float:
    """Return a number that stands alone."""
    digits = text.replace(",", "").rstrip(".")
    return float(digits) if digits.isdecimal() else language.numbers.words.get(text, 1)


def _is_age(letters: str, number: Number) -> bool:
    """Whether a number is that of somebody's years: "Ann, 19, died"."""
    start, end = number.bare
    return letters[max(start - 2, 0) : start] == ", " and letters[end : end + 1] == ","


def _with_others(
    letters: str, before: Sequence[Number], number: Number, match: re.Match[str], language: Language
) -> Toll:  # fmt: skip
    """Return a number with the one that "and" joins to it before, and with those behind it that have no number."""
    value, bound = number.value or 0, number.bound
    for other in before[-1:]:
        gap = pattern(rf" (?:[\w-]+ ){{1,3}}(?:{any_of(language.numbers.joined_by)}) ")
        if gap.fullmatch(letters[other.bare[1] : number.start]):
            value += other.value or 0
    if match.groupdict().get("more"):
        value += 1
        bound = "at_least"
    return Toll(value, bound)
