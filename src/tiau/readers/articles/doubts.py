"""What a text says of a number that makes it no figure of people who are displaced: denied, to come, long ago."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.tables import Doubt

NEAR = 160
"""Letters before and behind a number in which words of doubt belong to it."""
LONG_AGO_DAYS = 730
LESS_FOR_LONG_AGO, LESS_FOR_A_YEAR, LESS_FOR_TO_COME, LESS_FOR_TRAVELLERS = 0.4, 0.3, 0.4, 0.4
STAY_OR_COME = frozenset({"cross", "stay", "registered", "returned"})
GRAVE = 0.25
YEARS_AWAY = 60
_YEAR = re.compile(r"(?<![\d.,/$-])(?:19|20)\d\d(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Doubted:
    """A doubt about a number.

    Attributes
    ----------
    says : str
        What a person is told.
    less : float
        What it takes from the confidence.
    """

    says: str
    less: float

    @property
    def grave(self) -> bool:
        """Whether the number is not to be scored against, if a person takes it all the same."""
        return self.less >= GRAVE


def find(
    letters: str, mention: Mention, others: Sequence[Mention], language: Language, *, placed: bool, guessed: bool
) -> list[Doubted]:
    """Return what a sentence says of a number that makes it no figure, the gravest first.

    Parameters
    ----------
    letters : str
        The sentence.
    mention : Mention
    others : sequence of Mention
        Numbers of people of the sentence.
    language : Language
    placed : bool
        Whether a place is near the number.
    guessed : bool
        Whether the verb of the number is one of other numbers, so that words before it tell nothing of this one.
    """
    first, last = mention.start - 2 * NEAR, mention.end + 2 * NEAR
    others = [other for other in others if first <= other.end and other.start <= last]
    found = [
        Doubted(doubt.says, doubt.less)
        for doubt in language.doubts
        if not (doubt.unplaced and placed) and _holds(doubt, letters, mention, others, language, guessed=guessed)
    ]
    if _travels(mention, language):
        found.append(Doubted(f'"{mention.noun}" come and go for other reasons: did they flee?', LESS_FOR_TRAVELLERS))
    return sorted(found, key=lambda one: -one.less)


def of_days(
    letters: str, mention: Mention, last: dt.date | None, published: dt.date | None, language: Language, *, sure: bool
) -> Iterator[Doubted]:
    """Yield what the days of a number tell: long before the text was published, or after it.

    Parameters
    ----------
    letters : str
        The sentence.
    mention : Mention
    last : date or None
        Last day of the number.
    published : date or None
    language : Language
    sure : bool
        Whether the days stand beside the number; those of publication tell nothing.
    """
    if published is None:
        return
    if last is not None and last > published:
        yield Doubted("to come, not yet so: its day is after that of publication", LESS_FOR_TO_COME)
    elif last is not None and (years := (published - last).days // 365) and (published - last).days > LONG_AGO_DAYS:
        yield Doubted(f"long ago: {years} years before the text was published", LESS_FOR_LONG_AGO)
    elif not sure:
        around = letters[max(mention.start - YEARS_AWAY, 0) : mention.end + YEARS_AWAY]
        years_told = [int(year[0]) for year in _YEAR.finditer(around) if int(year[0]) < published.year - 1]
        ago = pattern(rf"(?<!\w)(?:{language.years_ago})(?!\w)").search(around)
        if told := (str(max(years_told)) if years_told else ago[0] if ago else ""):
            yield Doubted(f'long ago? "{told}" stands beside it', LESS_FOR_A_YEAR)


def _holds(
    doubt: Doubt, letters: str, mention: Mention, others: Sequence[Mention], language: Language, *, guessed: bool
) -> bool:
    """Whether words of a doubt stand where they tell of a number."""
    before, right_before, behind = _patterns(language, doubt)
    if not guessed and mention.verb is not None:
        lead = letters[max(mention.verb.start - NEAR, 0) : mention.verb.start].rstrip()
        if right_before.search(lead):
            return True
    start = mention.start if mention.verb is None or guessed else min(mention.start, mention.verb.start)
    spans = [(other.start, other.end) for other in others if other is not mention]
    ahead = max([0, start - NEAR, *(0 if doubt.across else end for _, end in spans if end <= start)])
    clause = [ahead + found.end() for found in _clauses(language).finditer(letters[ahead : mention.start])]
    for opening in {max([ahead, *clause]), ahead if doubt.across else max([ahead, *clause])}:
        if before.search(letters[opening : mention.start].rstrip()):
            return True
    end = max(mention.end, mention.verb.end if mention.verb is not None and not guessed else 0)
    limit = min([end + NEAR, *(first for first, _ in spans if first >= end and not doubt.across)])
    return behind.search(letters[mention.end : limit]) is not None


@cache
def _clauses(language: Language) -> re.Pattern[str]:
    return pattern(language.nouns.clauses)


@cache
def _patterns(language: Language, doubt: Doubt) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the words before a number, right before its verb, and behind it."""
    return (
        pattern(rf"(?<!\w)(?:{doubt.before})(?!\w)"),
        pattern(rf"(?<![\w'-])(?:{doubt.verb})(?: {language.helpers}){{0,3}}\Z"),
        pattern(rf"(?<!\w)(?:{doubt.behind})"),
    )


def _travels(mention: Mention, language: Language) -> bool:
    """Whether those counted come and go for other reasons: "12,000 tourists arrived" tells of no displacement."""
    verb = mention.verb
    named = pattern(rf"(?:.* )?{any_of(language.nouns.travellers)}").fullmatch(mention.noun)
    return named is not None and (verb is None or verb.kind in STAY_OR_COME)
