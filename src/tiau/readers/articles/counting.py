"""What a number counts, and of which days: by the verb, its tense, the days around it, and where the people are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tiau.readers.articles.article import Article
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.tables import VerbKind
from tiau.readers.articles.whereabouts import Whereabouts
from tiau.scenario.quantities import QUANTITIES, QuantityName

RATE_NEAR = 40
"""Letters behind a number in which "a day" or "every day" belongs to it."""
OTHER_NUMBER, OTHER_CLAUSE = 60, 40
"""Letters by which days lie further from a number, where another number or a semicolon stands between."""
LONGEST_FLOW_DAYS = 45
"""A number of people who came in so many days is of that period; of a longer one it has added up."""
ABROAD: dict[VerbKind, QuantityName] = {
    "cross": "arrived_cumulative", "seek": "present", "flee": "arrived_cumulative", "displace": "arrived_cumulative",
    "stay": "present", "turned_back": "turned_back", "returned": "returned_cumulative", "registered": "registered",
    "other": "present",
}  # fmt: skip
INSIDE: dict[VerbKind, QuantityName] = {
    "cross": "displaced_in_period", "seek": "idp_present", "flee": "displaced_in_period",
    "displace": "displaced_in_period", "stay": "idp_present", "turned_back": "turned_back",
    "returned": "returned_cumulative", "registered": "registered", "other": "idp_present",
    "wreck": "displaced_in_period",
}  # fmt: skip
SAID: dict[VerbKind, str] = {
    "cross": "came in", "seek": "took refuge", "flee": "fled", "displace": "were displaced", "stay": "stay",
    "turned_back": "were turned back",
    "returned": "returned", "registered": "are registered", "other": "are displaced", "wreck": "lost their houses",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts.

    Attributes
    ----------
    quantity : QuantityName
    first, last : date or None
        Its days, both included; None where no day is known.
    why : tuple of str
    check : tuple of str
    sure : bool
        Whether the days stand beside the number.
    """

    quantity: QuantityName
    first: dt.date | None
    last: dt.date | None
    why: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    sure: bool = True


def is_inside(mention: Mention, where: Whereabouts, sentence: Sentence, article: Article) -> tuple[bool, str]:
    """Return whether people are displaced inside their country, and why that is thought, if it is not known.

    Parameters
    ----------
    mention : Mention
    where : Whereabouts
    sentence : Sentence
        The one that gives the number.
    article : Article
        What the sentence leaves open the text as a whole may tell.
    """
    place, origin = where.place, where.origin
    if place is not None and place.home is not None:
        return place.home, ""
    kind = mention.verb.kind if mention.verb else "stay"
    if origin is not None and place is not None and "country" in (origin.tier, place.tier) and kind != "displace":
        return False, f"from {origin.name} to {place.name}"
    if kind in ("displace", "wreck"):
        return True, "displaced, and no country is told that they went to"
    abroad, inside = (words.search(sentence.letters) for words in _hints(article.language))
    if abroad:
        return False, f'"{abroad[0]}" tells that they left their country'
    if inside:
        return True, f'"{inside[0]}" tells that they are inside their country'
    if kind == "cross":
        return False, "taken to be abroad: whoever arrives comes over a border, as a rule"
    if _mostly_abroad(article):
        return False, "taken to be abroad: the text tells of borders and refugees"
    return True, "taken to be inside their country: nothing tells of a border"


@cache
def _hints(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    places = language.places
    abroad, inside = (pattern(rf"(?<!\w){words}(?!\w)") for words in (places.abroad, places.inside))
    return abroad, inside


@lru_cache(maxsize=64)
def _mostly_abroad(article: Article) -> bool:
    counts = [
        sum(len(words.findall(sentence.letters)) for sentence in article.sentences)
        for words in _hints(article.language)
    ]
    return counts[0] > counts[1]


def count(
    mention: Mention, where: Whereabouts, days: Sequence[DayFound], said_on: DayFound | None, sentence: Sentence,
    article: Article,
) -> Counted:  # fmt: skip
    """Return what a number counts and of which days.

    Parameters
    ----------
    mention : Mention
    where : Whereabouts
    days : sequence of DayFound
        Those of the sentence, without the one on which it was said.
    said_on : DayFound or None
    sentence : Sentence
    article : Article
    """
    inside, why = is_inside(mention, where, sentence, article)
    quantity, reason = _quantity(mention, inside=inside)
    usable = [day for day in days if day.since or not _is_cause(day, mention, sentence.letters, article.language)]
    day = _nearest(usable, mention, sentence.letters, article.language)
    if day is not None and mention.total:
        day = replace(day, stand=True)
    last_known = said_on.last if said_on else article.published
    rate = pattern(rf"(?<!\w)(?:{article.language.days.rate})(?!\w)").search(
        sentence.letters, mention.end, mention.end + RATE_NEAR
    )
    if QUANTITIES[quantity].over_time == "stock":
        first, last, told = _of_stock(day, said_on, article.published)
    elif rate:
        quantity = "displaced_in_period" if inside else "crossed_in_period"
        first, last, told = last_known, last_known, (f'a rate ("{rate[0]}"), not a count of one day: check the days',)
    else:
        quantity, first, last, told = _of_flow(quantity, day, last_known)
    reasons = tuple(filter(None, (reason, why)))
    return Counted(quantity, first, last, reasons, told, sure=day is not None or said_on is not None)


def _quantity(mention: Mention, *, inside: bool) -> tuple[QuantityName, str]:
    """Return the quantity that a verb and its tense tell of, and the rule in words."""
    verb = mention.verb
    kind: VerbKind = verb.kind if verb else "stay"
    if mention.total and (kind == "other" or (kind in ("cross", "flee", "wreck") and mention.displaced)):
        kind = "stay"
    if verb and kind == "returned" and verb.start < mention.start and verb.tense == "past" and not inside:
        # "Border guards returned 100 people": whoever is returned did not return.
        kind = "turned_back"
    stock: QuantityName = "idp_present" if inside else "present"
    quantity = (INSIDE if inside else ABROAD).get(kind, stock)
    if verb and kind == "seek" and verb.tense == "perfect" and not inside:
        quantity = "arrived_cumulative"
    if verb and kind == "displace" and verb.tense == "present":
        # "are displaced" tells how many there are.
        quantity = stock
    return quantity, f"{SAID[kind]}: {verb.words}" if verb else f"{mention.noun or 'they'}: displaced by the word alone"


def _is_cause(day: DayFound, mention: Mention, letters: str, language: Language) -> bool:
    """Whether a day is that of what made people leave: "300 families fled after the attack of 3 March"."""
    between = (
        letters[mention.end : day.start] if day.start >= mention.end else letters[max(day.start - 30, 0) : day.start]
    )
    return pattern(rf"(?<!\w)(?:{language.days.cause})(?!\w)").search(between) is not None


def _nearest(days: Sequence[DayFound], mention: Mention, letters: str, language: Language) -> DayFound | None:
    """Return the days that are told nearest to a number, without another number between if there are such."""

    def away(day: DayFound) -> float:
        start, end = (mention.end, day.start) if day.start >= mention.end else (day.end, mention.start)
        between = letters[start:end]
        return (
            len(between)
            + OTHER_NUMBER * bool(re.search("[0-9]", between))
            + OTHER_CLAUSE * len(pattern(f"{language.nouns.clauses}|;|:").findall(between))
            + OTHER_CLAUSE * (between.strip() in language.numbers.joined_by)
        )

    return min(days, key=away, default=None)


def _of_stock(
    day: DayFound | None, said_on: DayFound | None, published: dt.date | None
) -> tuple[dt.date | None, dt.date | None, tuple[str, ...]]:  # fmt: skip
    """Return the day on which so many are there: that of the sentence if it is one, else the day it was said."""
    if day is not None and not day.since and (day.first == day.last or day.stand):
        return day.last, day.last, (day.note,) if day.note else ()
    if said_on is not None:
        return said_on.last, said_on.last, ()
    told = "the day is that of publication: the text gives none" if published else ""
    return published, published, (told,) if told else ()


def _of_flow(
    quantity: QuantityName, day: DayFound | None, last_known: dt.date | None
) -> tuple[QuantityName, dt.date | None, dt.date | None, tuple[str, ...]]:  # fmt: skip
    """Return the quantity and days of people who came, left or went back."""
    if day is None:
        told = "the text gives no period: the day is the one on which it was told" if last_known else ""
        return quantity, last_known, last_known, (told,) if told else ()
    note = (day.note,) if day.note else ()
    if day.since:
        last = max(day.first, last_known) if last_known else day.last
        return quantity, day.first, last, note
    if quantity == "arrived_cumulative" and not day.stand and (day.last - day.first).days <= LONGEST_FLOW_DAYS:
        return "crossed_in_period", day.first, day.last, note
    if quantity == "returned_cumulative" and not day.stand:
        return (
            quantity,
            day.first,
            day.last,
            (*note, "people who returned in a period: the table counts all until its last day"),
        )
    if day.stand:
        return quantity, day.last, day.last, note
    return quantity, day.first, day.last, note
