"""What a number counts, and of which days: by the verb, its tense, the days around it, and where the people are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, VerbKind, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.whereabouts import Whereabouts
from tiau.scenario.quantities import QUANTITIES, QuantityName

OTHER_NUMBER, OTHER_CLAUSE = 60, 40
"""Letters by which days lie further from a number, where another number or a semicolon stands between."""
LONGEST_FLOW_DAYS = 45
"""A number of people who came in so many days is of that period; of a longer one it has added up."""
ABROAD: dict[VerbKind, QuantityName] = {
    "cross": "arrived_cumulative", "seek": "present", "flee": "arrived_cumulative", "displace": "arrived_cumulative", "stay": "present",
    "turned_back": "turned_back", "returned": "returned_cumulative", "registered": "registered", "other": "present",
}  # fmt: skip
INSIDE: dict[VerbKind, QuantityName] = {
    "cross": "displaced_in_period", "seek": "idp_present", "flee": "displaced_in_period", "displace": "displaced_in_period", "stay": "idp_present",
    "turned_back": "turned_back", "returned": "returned_cumulative", "registered": "registered", "other": "idp_present",
    "wreck": "displaced_in_period",
}  # fmt: skip
SAID: dict[VerbKind, str] = {
    "cross": "came in", "seek": "took refuge", "flee": "fled", "displace": "were displaced", "stay": "stay", "turned_back": "were turned back",
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


def is_inside(mention: Mention, where: Whereabouts, letters: str, language: Language) -> tuple[bool, str]:
    """Return whether people are displaced inside their country, and why that is thought, if it is not known."""
    if where.place is not None and where.place.home is not None:
        return where.place.home, ""
    kind = mention.verb.kind if mention.verb else "stay"
    abroad = pattern(rf"(?<!\w){language.places.abroad}(?!\w)").search(letters)
    inside = pattern(rf"(?<!\w){language.places.inside}(?!\w)").search(letters)
    if abroad and not (inside and kind in ("displace", "wreck")):
        return False, f'"{abroad[0]}" tells that they left their country'
    if inside:
        return True, f'"{inside[0]}" tells that they are inside their country'
    if kind == "cross":
        return False, "taken to be abroad: whoever arrives comes over a border, as a rule"
    return True, "taken to be inside their country: nothing tells of a border"


def count(
    mention: Mention, where: Whereabouts, days: Sequence[DayFound], said_on: DayFound | None, letters: str, language: Language,
    published: dt.date | None,
) -> Counted:  # fmt: skip
    """Return what a number counts and of which days.

    Parameters
    ----------
    mention : Mention
    where : Whereabouts
    days : sequence of DayFound
        Those of the sentence, without the one on which it was said.
    said_on : DayFound or None
    letters : str
    language : Language
    published : date or None
    """
    kind: VerbKind = mention.verb.kind if mention.verb else "stay"
    if mention.total and (kind == "other" or (kind in ("cross", "flee", "wreck") and mention.displaced)):
        kind = "stay"
    inside, why = is_inside(mention, where, letters, language)
    quantity = (INSIDE if inside else ABROAD).get(kind, "idp_present" if inside else "present")
    tense = mention.verb.tense if mention.verb else "present"
    if kind == "seek" and tense == "perfect" and not inside:
        quantity = "arrived_cumulative"
    if kind == "displace" and tense == "present":
        # "are displaced" tells how many there are, "are being displaced" how many become so.
        quantity = "idp_present" if inside else "present"
    day = _nearest(days, mention, letters)
    if day is not None and mention.total:
        day = replace(day, stand=True)
    last_known = said_on.last if said_on else published
    reasons = [
        f"{SAID[kind]}: {mention.verb.words}" if mention.verb else f"{mention.noun} are displaced by the word alone"
    ]
    reasons += [why] if why else []
    rate = pattern(rf"(?<!\w)(?:{language.days.rate})(?!\w)").match(letters[mention.end :].lstrip())
    if QUANTITIES[quantity].over_time == "stock":
        first, last, told = _of_stock(day, said_on, published)
    elif rate:
        quantity = "crossed_in_period" if not inside else "displaced_in_period"
        first, last, told = last_known, last_known, (f'a rate ("{rate[0]}"), not a count of one day: check the days',)
    else:
        quantity, first, last, told = _of_flow(quantity, day, tense, last_known)
    return Counted(quantity, first, last, tuple(reasons), told, sure=day is not None or said_on is not None)


def _nearest(days: Sequence[DayFound], mention: Mention, letters: str) -> DayFound | None:
    """Return the days that are told nearest to a number, without another number between if there are such."""

    def away(day: DayFound) -> float:
        start, end = (mention.end, day.start) if day.start >= mention.end else (day.end, mention.start)
        between = letters[start:end]
        return (
            len(between)
            + OTHER_NUMBER * bool(re.search("[0-9]", between))
            + OTHER_CLAUSE * len(re.findall("[;:]", between))
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
    quantity: QuantityName, day: DayFound | None, tense: str, last_known: dt.date | None
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
