"""What a text says of itself: its dateline, its line with the day of publication, whose it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tiau.faults import plain
from tiau.readers.articles.language import imprints
from tiau.scenario.countries import country
from tiau.scenario.spellings.days import days

_LONGEST_LINE = 120
_FIRST_LINES, _LAST_LINES, _FIRST_PARAGRAPHS = 12, 5, 6
_MOST_LINES = 20_000
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,]{4,16}\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?")
_PARTED = re.compile(r"\s[|•·/\u2013\u2014-]\s|[|•·]")
_PLACE = r"[A-ZÀ-Þ][\w'\u2019.-]*(?:\s*[ ,/]\s*[A-ZÀ-Þ][\w'\u2019.-]*){0,4}"


@dataclass(frozen=True)
class _Printed:
    """Patterns of what papers print, in whatever language."""

    time: re.Pattern[str]
    label: re.Pattern[str]
    updated: re.Pattern[str]
    dateline: re.Pattern[str]
    rights: re.Pattern[str]
    source: re.Pattern[str]
    houses: re.Pattern[str]
    not_who: re.Pattern[str]
    the: re.Pattern[str]


@cache
def _printed() -> _Printed:
    def compiled(text: str) -> re.Pattern[str]:
        return re.compile(text, re.IGNORECASE)

    of = imprints("of")
    date = (
        rf"(?:[A-Za-zÀ-ÿ]{{3,10}}\.?\s+[0-9]{{1,2}}|[0-9]{{1,2}}(?:\s+{of})?\s+[A-Za-zÀ-ÿ]{{3,10}}\.?)"
        rf"(?:(?:,|\s+{of})?\s+[0-9]{{4}})?"
    )
    return _Printed(
        time=compiled(
            rf"(?:\s*[,|\u2013-])?\s*{imprints('at')}?\s*\b[0-9]{{1,2}}(?::|h)[0-9]{{2}}(?::[0-9]{{2}})?"
            r"(?:\s*[ap]\.?m\b\.?)?(?:\s*\(?[A-Z]{2,4}\)?(?![a-z]))?(?:\s*[+-][0-9]{2}:?[0-9]{2})?"
        ),
        label=compiled(rf"^{imprints('published')}(?:\s+{imprints('on')})?\s*[:\-\u2013]?\s+"),
        updated=compiled(rf"\b{imprints('updated')}\b.*$"),
        dateline=re.compile(
            rf"(?:(?P<place>{_PLACE}?)\s*[,:]?\s*(?P<date>{date})?\s*[,/:]?\s*)?"
            r"(?:\((?P<who>[^()\n]{2,40})\))?\s*\.?(?P<mark>--|[-\u2013\u2014:]|(?<=\))(?=\s[A-ZÀ-Þ]))\s"
        ),
        rights=compiled(
            r"(?:(?:copyright|\(c\)|©)\s*){1,2}(?:[0-9]{4}(?:\s*[-\u2013]\s*[0-9]{4})?)?,?\s*"
            rf"(?:{imprints('by')}\s+)?(?P<who>[^.,|/()\n]{{2,40}}?)(?:\s*[.,|].*|\s+{imprints('rights')}.*)?"
        ),
        source=compiled(rf"{imprints('source')}\s*:\s*(?P<who>[^.,|/()\n]{{2,40}})\.?"),
        houses=compiled(rf"\b{imprints('houses')}\b"),
        not_who=compiled(rf"[0-9]|\b{imprints('no_house')}\b"),
        the=compiled(rf"{imprints('the')}\s"),
    )


def day_of(text: str) -> dt.date | None:
    """Return the day that a text with a year means where it can mean one alone, by the clock that it was written by."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_LINE or not _YEAR.search(text) or text.isdigit():
        return None
    if stamp := _STAMP.fullmatch(text):
        text = stamp[1]
    meant = days(_printed().time.sub("", text, count=1).strip(" ,|-\u2013"))
    if len(meant) != 1 or meant[0].when:
        return None
    return dt.date.fromisoformat(meant[0].meant)


def published_of(text: str) -> dt.date | None:
    """Return the day on which a text was published, where it says so in a line of its own or in its dateline."""
    lines = _lines(text)
    labelled: set[dt.date | None] = set()
    alone: set[dt.date | None] = set()
    for number, line in enumerate(lines):
        for has_label, day in _days_of(line):
            # A day alone may head a part of a chronology: it is the only one, and stands at an end of the text.
            near = number < _FIRST_LINES or number >= len(lines) - _LAST_LINES
            (labelled if has_label and near else alone).add(day if near else None)
    for found in (labelled, alone):
        if found:
            return found.pop() if len(found) == 1 else None
    dates = {day_of(line["date"]) for line in _datelines(text) if line["date"]} - {None}
    return dates.pop() if len(dates) == 1 else None


def publisher_of(text: str) -> str:
    """Return who published a text, where its dateline, or a line at its end, says so; else a blank text."""
    for line in _datelines(text):
        if line["who"] and _can_publish(line):
            return " ".join(line["who"].split())
    for last in reversed(_lines(text)[-_LAST_LINES:]):
        found = _printed().rights.fullmatch(last) or _printed().source.fullmatch(last)
        if found and _is_house(found["who"].strip()):
            return " ".join(found["who"].split())
    return ""


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()[:_MOST_LINES]) if line]


def _days_of(line: str) -> Iterator[tuple[bool, dt.date]]:
    """Yield the days that a line consists of, beside a name, and whether it says that they are those of publication."""
    if len(line) > _LONGEST_LINE or not _YEAR.search(line):
        return
    line = _printed().updated.sub("", line)
    for part in (line, *_PARTED.split(line), line.partition(",")[2]):
        bare = _printed().label.sub("", part.strip(), count=1)
        if day := day_of(bare):
            yield bare != part.strip(), day
            return


def _datelines(text: str) -> Iterator[re.Match[str]]:
    """Yield the datelines at the start of the first paragraphs."""
    for line in _lines(text)[:_FIRST_PARAGRAPHS]:
        found = _printed().dateline.match(line[:200])
        if found and (found["who"] or found["date"]):
            yield found


def _can_publish(line: re.Match[str]) -> bool:
    """Whether the name in brackets of a dateline is whose text it is: no country, and not short for what is before."""
    who, place = line["who"].strip(), line["place"] or ""
    if _printed().not_who.search(who) or len(who.split()) > 5 or country(who):
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", place))
    if plain(initials) == plain(who) or _printed().the.match(place):
        return False
    firm = place.isupper() or not place or bool(line["date"])
    if not line["mark"]:
        return bool(line["date"]) and who.isupper()
    return firm or (line["mark"] != ":" and len(place.split()) <= 3)


def _is_house(who: str) -> bool:
    """Whether a name is one of an agency or a paper and not of a person."""
    words = _printed()
    the_paper = who[:1].isupper() and words.the.match(who)
    return not words.not_who.search(who) and bool(" " not in who or the_paper or words.houses.search(who))
