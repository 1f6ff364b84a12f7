"""What a text says of itself: its dateline, its line with the day of publication, whose it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tiau.faults import plain
from tiau.scenario.countries import country
from tiau.scenario.spellings.days import days

_LONGEST_LINE = 120
_FIRST_LINES, _LAST_LINES, _FIRST_PARAGRAPHS = 12, 5, 6
_MOST_LINES = 20_000
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_TIME = re.compile(
    r"(?:\s*[,|\u2013-])?\s*(?:\b(?:at|a las)\b|\bà)?\s*\b[0-9]{1,2}(?::|h)[0-9]{2}(?::[0-9]{2})?"
    r"(?:\s*[ap]\.?m\b\.?)?(?:\s*\(?[A-Z]{2,4}\)?(?![a-z]))?(?:\s*[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,]{4,16}\s*(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?)?")
_LABEL = re.compile(
    r"^(?:(?:first |originally )?(?:published|posted|issued|released)|date(?: published| of publication)?|"
    r"publication date|publicad[oa]|fecha(?: de publicaci[oó]n)?|publi[ée]e?|date de publication)"
    r"(?:\s+(?:on|at|el|le))?\s*[:\-\u2013]?\s+",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:last )?(?:updated|modified|actualizad[oa]|mis(?:e)? à jour|modifié)\b.*$", re.IGNORECASE)
_PARTED = re.compile(r"\s[|•·/\u2013\u2014-]\s|[|•·]")
_DATE_IN_LINE = (
    r"(?:[A-Za-zÀ-ÿ]{3,10}\.?\s+[0-9]{1,2}|[0-9]{1,2}(?:\s+de)?\s+[A-Za-zÀ-ÿ]{3,10}\.?)(?:(?:,|\s+de)?\s+[0-9]{4})?"
)
_PLACE = r"[A-ZÀ-Þ][\w'\u2019.-]*(?:\s*[ ,/]\s*[A-ZÀ-Þ][\w'\u2019.-]*){0,4}"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE}?)\s*[,:]?\s*(?P<date>{_DATE_IN_LINE})?\s*[,/:]?\s*)?"
    r"(?:\((?P<who>[^()\n]{2,40})\))?\s*\.?(?P<mark>--|[-\u2013\u2014:]|(?<=\))(?=\s[A-ZÀ-Þ]))\s"
)
_RIGHTS = re.compile(
    r"(?:(?:copyright|\(c\)|©)\s*){1,2}(?:[0-9]{4}(?:\s*[-\u2013]\s*[0-9]{4})?)?,?\s*(?:by\s+)?(?P<who>[^.,|/()\n]{2,40}?)"
    r"(?:\s*[.,|].*|\s+all rights reserved.*)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|fuente)\s*:\s*(?P<who>[^.,|/()\n]{2,40})\.?", re.IGNORECASE)
_HOUSES = re.compile(
    r"\b(?:news|press|prensa|presse|times|post|herald|agency|agencia|agence|media|tribune|express|journal|gazette|today|"
    r"radio|tv|television|watch|observer|guardian|telegraph|network|nations|committee|organi[sz]ation|commission|council|"
    r"mission|committee|federation|ministry)\b",
    re.IGNORECASE,
)
_NOT_WHO = re.compile(r"[0-9]|\b(?:photo|file|image|credit|video|updated?|map)\b", re.IGNORECASE)


def day_of(text: str) -> dt.date | None:
    """Return the day that a text with a year means where it can mean one alone, by the clock that it was written by."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_LINE or not _YEAR.search(text) or text.isdigit():
        return None
    if stamp := _STAMP.fullmatch(text):
        text = stamp[1]
    meant = days(_TIME.sub("", text, count=1).strip(" ,|-\u2013"))
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
        found = _RIGHTS.fullmatch(last) or _SOURCE.fullmatch(last)
        if found and _is_house(found["who"].strip()):
            return " ".join(found["who"].split())
    return ""


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()[:_MOST_LINES]) if line]


def _days_of(line: str) -> Iterator[tuple[bool, dt.date]]:
    """Yield the days that a line consists of, beside a name, and whether it says that they are those of publication."""
    if len(line) > _LONGEST_LINE or not _YEAR.search(line):
        return
    line = _UPDATED.sub("", line)
    for part in (line, *_PARTED.split(line), line.partition(",")[2]):
        bare = _LABEL.sub("", part.strip(), count=1)
        if day := day_of(bare):
            yield bare != part.strip(), day
            return


def _datelines(text: str) -> Iterator[re.Match[str]]:
    """Yield the datelines at the start of the first paragraphs."""
    for line in _lines(text)[:_FIRST_PARAGRAPHS]:
        found = _DATELINE.match(line[:200])
        if found and (found["who"] or found["date"]):
            yield found


def _can_publish(line: re.Match[str]) -> bool:
    """Whether the name in brackets of a dateline is whose text it is: no country, and not short for what is before."""
    who, place = line["who"].strip(), line["place"] or ""
    if _NOT_WHO.search(who) or len(who.split()) > 5 or country(who):
        return False
    initials = "".join(word[0] for word in re.findall(r"\w+", place))
    if plain(initials) == plain(who) or plain(place).startswith("the "):
        return False
    firm = place.isupper() or not place or bool(line["date"])
    if not line["mark"]:
        return bool(line["date"]) and who.isupper()
    return firm or (line["mark"] != ":" and len(place.split()) <= 3)


def _is_house(who: str) -> bool:
    """Whether a name is one of an agency or a paper and not of a person."""
    return not _NOT_WHO.search(who) and (" " not in who or who.startswith("The ") or bool(_HOUSES.search(who)))
