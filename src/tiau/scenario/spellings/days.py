"""Which day or period a text can mean that is not written as the format asks: every reading, never a guess."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from tiau.faults import plain

LONGEST = 60
EARLIEST, LATEST = 1900, 2199
SERIAL_ZERO = dt.datetime(1899, 12, 30)
"""Day 0 of spreadsheets, which believe that 1900 had a 29 February."""
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "if the day stands first", "if the month does", "if the year does"
WEST, EAST = dt.timedelta(hours=-11), dt.timedelta(hours=14)
"""Clocks of inhabited places stand between these, against UTC."""

_MONTHS = [
    "january janvier enero janeiro", "february fevrier febrero fevereiro", "march mars marzo marco",
    "april avril abril", "may mai mayo maio", "june juin junio junho", "july juillet julio julho",
    "august aout agosto", "september sept septembre septiembre setiembre setembro", "october octobre octubre outubro",
    "november novembre noviembre novembro", "december decembre diciembre dezembro",
]  # fmt: skip
_WEEKDAYS = (
    " monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miercoles jueves viernes sabado domingo"
)
_FILLERS = {"de", "del", "of", "the", "le", "el", "st", "nd", "rd", "th", "er", "tues", "thur", "thurs"}
_TIME = re.compile(
    r"(?P<day>.*?)(?:[Tt]|,?\s+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?"
    r"\s*(?P<half>[AaPp])?(?(half)\.?[Mm]\.?)\s*(?P<zone>Z|z|(?:UTC|GMT)?[+-][0-9]{2}(?::?[0-9]{2})?|UTC|GMT)?"
)
_NUMBERS = re.compile(r"([0-9]{1,4})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,4})")
_FROM_TO = re.compile(r"\s+(?:to|until|till|au|al|and|et|a)\s+|\s*(?:/|:|\.\.+|[-\u2012-\u2015])\s*")
_DAYS_OF_A_MONTH = re.compile(r"([0-9]{1,2})\s*(?:[-\u2012-\u2015]|to|and|au|al|et)\s*(([0-9]{1,2})([\s./-]+.+))")


@dataclass(frozen=True, slots=True)
class Reading:
    """One day or period that a text can mean.

    Attributes
    ----------
    meant : str
        As the format writes it.
    when : str
        On which condition; an empty text where it can mean nothing else.
    """

    meant: str
    when: str = ""

    def __str__(self) -> str:
        return f"{self.meant} {self.when}".strip()


def days(text: str) -> list[Reading]:
    """Return the days that a text can mean: ``15/03/2021``, ``4-Mar-21``, ``44260`` or ``2021-03-04T22:00:00Z``.

    Several where the text leaves it open; none where nothing can be told.
    """
    text = _ascii(text)
    if len(text) > LONGEST:
        return []
    if moment := _moment(text):
        return _by_clock(moment.date(), moment.time(), "")
    if not (parts := _TIME.fullmatch(text)):
        return _named(_dates(text))
    found, time = _dates(parts["day"]), _time(parts)
    if time is None:
        return []
    if len(found) != 1:
        other = "" if time == dt.time() and not parts["zone"] else ", by the clock of the time"
        return [Reading(reading.meant, reading.when + other) for reading in _named(found)]
    return _by_clock(next(iter(found.values())), time, parts["zone"] or "")


def periods(text: str) -> list[Reading]:
    """Return the days, months, years and spans of days that a text can mean."""
    text = _ascii(text)
    if len(text) > LONGEST:
        return []
    if named := _span_of_name(text):
        return [named]
    if month := _month_or_year(text):
        return [Reading(month) if isinstance(month, str) else month]
    return days(text) or _named({order: f"{a}/{b}" for order, (a, b) in _spans(text).items()})


def _ascii(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9, and single plain spaces."""
    return " ".join("".join(str(unicodedata.decimal(letter, letter)) for letter in text).split())


def _named(found: dict[str, dt.date] | dict[str, str]) -> list[Reading]:
    """Return readings, with their conditions where there are several different ones."""
    by_meaning: dict[str, str] = {}
    for order, meant in found.items():
        by_meaning.setdefault(str(meant), order)
    return [Reading(meant, order if len(by_meaning) > 1 else "") for meant, order in by_meaning.items()]


def _dates(text: str) -> dict[str, dt.date]:
    """Return the days that a text without a time can mean, by the order of its parts."""
    text = text.strip().rstrip(".")
    if parts := _NUMBERS.fullmatch(text):
        a, b, c = parts.groups()
        if len(a) == 4:
            # Nobody writes year, day, month where year, month, day is a day too.
            found = {"": _day(a, b, c) or _day(a, c, b)}
        else:
            found = {DAY_FIRST: _day(c, b, a), MONTH_FIRST: _day(c, a, b)}
            if len(a) == 2 == len(c):
                found[YEAR_FIRST] = _day(a, b, c)
    elif re.fullmatch("[0-9]{8}", text):
        found = {"": _day(text[:4], text[4:6], text[6:])}
        if found[""] is None:
            found = {DAY_FIRST: _day(text[4:], text[2:4], text[:2]), MONTH_FIRST: _day(text[4:], text[:2], text[2:4])}
    elif re.fullmatch(r"[2-6][0-9]{4}(\.0*)?", text):
        found = {"": (SERIAL_ZERO + dt.timedelta(int(text[:5]))).date()}
    else:
        found = {"": _day_with_name(text)}
    return {order: day for order, day in found.items() if day is not None}


def _day_with_name(text: str) -> dt.date | None:
    """Return the day of a text that names its month."""
    match _tokens(text):
        case [str(day), int(month), str(year)] if len(day) <= 2:
            return _day(year, str(month), day)
        case [str(year), int(month), str(day)] | [int(month), str(day), str(year)]:
            return _day(year, str(month), day)
        case _:
            return None


def _tokens(text: str) -> list[str | int] | None:
    """Return the numbers of a text as texts and its month as a number, in order; None where it holds other words."""
    text = plain(text)
    if not re.fullmatch(r"[a-z0-9 .,/'\u2019-]+", text):
        return None
    found: list[str | int] = []
    for word in re.findall("[a-z]+|[0-9]+", text):
        if word.isdigit():
            found.append(word)
        elif month := _month(word):
            found.append(month)
        elif word not in _FILLERS and not (len(word) >= 2 and f" {word}" in _WEEKDAYS):
            return None
    return found


def _month(word: str) -> int | None:
    """Return the month that a word or its beginning of three letters or more names, where there is one alone."""
    names = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names.split())]
    return names[0] if len(word) >= 3 and len(names) == 1 else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    if len(year) == 2:
        year = ("20" if int(year) < 50 else "19") + year
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _moment(text: str) -> dt.datetime | None:
    """Return the time of a spreadsheet's number with a fraction of a day."""
    if re.fullmatch(r"[2-6][0-9]{4}\.[0-9]*[1-9][0-9]*", text):
        return SERIAL_ZERO + dt.timedelta(minutes=round(float(text) * 24 * 60))
    return None


def _time(parts: re.Match[str]) -> dt.time | None:
    hour, half = int(parts["hour"]), (parts["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.time(hour, int(parts["minute"]), int(parts["second"] or 0))
    except ValueError:
        return None


def _by_clock(day: dt.date, time: dt.time, zone: str) -> list[Reading]:
    """Return the days that a time stamp can mean: the day of a country is the one on the country's clock."""
    if time == dt.time() and not zone:
        return [Reading(str(day))]
    if shift := zone.lstrip("ZzUTCGM").strip("+-0:") and zone.lstrip("UTCGM"):
        return [Reading(str(day), f"if the country's clock stands at UTC{shift}")]
    since = dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)
    until = dt.timedelta(days=1) - since
    here = "in UTC" if zone else "if the time is the country's own"
    if_utc = "" if zone else "if it is UTC and "
    found = [Reading(str(day), here)]
    if until <= EAST:
        clock = f"the country's clock stands at UTC+{_clock(until)} or more"
        found.append(Reading(str(day + dt.timedelta(1)), f"{if_utc or 'where '}{clock}"))
    if since < -WEST:
        clock = f"the country's clock is behind UTC{f'-{_clock(since)}' if since else ''}"
        found.append(Reading(str(day - dt.timedelta(1)), f"{if_utc or 'where '}{clock}"))
    return found if len(found) > 1 else [Reading(str(day))]


def _clock(span: dt.timedelta) -> str:
    minutes = -(-int(span.total_seconds()) // 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _span_of_name(text: str) -> Reading | None:
    """Return the span of a quarter or a week by its number."""
    text = text.upper().replace(" ", "").replace(",", "")
    if parts := re.fullmatch(r"([0-9]{4})-?[QT]([1-4])|[QT]([1-4])[/-]?([0-9]{4})", text):
        year, quarter = parts[1] or parts[4], int(parts[2] or parts[3])
        first, last = _day(year, str(3 * quarter - 2), "1"), _day(year, str(3 * quarter), "30")
        return Reading(f"{first}/{year}-{last:%m}-{31 if quarter in (1, 4) else 30}") if first and last else None
    if parts := re.fullmatch(r"([0-9]{4})-?W([0-9]{1,2})", text):
        try:
            monday = dt.date.fromisocalendar(int(parts[1]), int(parts[2]), 1)
        except ValueError:
            return None
        inside = EARLIEST <= monday.year <= LATEST
        return Reading(f"{monday}/{monday + dt.timedelta(6)}", "if weeks begin on Mondays") if inside else None
    return None


def _month_or_year(text: str) -> Reading | str:
    """Return the month or year that a text means; an empty text where it means none."""
    if parts := re.fullmatch(r"([0-9]{4})[./-]?([0-9]{2})|([0-9]{4})[/-]([0-9])", text):
        year, month = parts[1] or parts[3], parts[2] or parts[4]
    elif parts := re.fullmatch(r"([0-9]{1,2})[./-]([0-9]{4})", text):
        month, year = parts.groups()
    elif parts := re.fullmatch(r"([0-9]{4})\.0*", text):
        return parts[1] if _day(parts[1], "1", "1") else ""
    else:
        match _tokens(text):
            case [int(number), str(year)] | [str(year), int(number)] if len(year) == 4:
                month = str(number)
            case [int(number), str(year)] if len(year) == 2:
                first = _day(year, str(number), "1")
                return Reading(str(first)[:7], f"if {year} is the year and not the day")
            case _:
                return ""
    first = _day(year, month, "1")
    return str(first)[:7] if first else ""


def _spans(text: str) -> dict[str, tuple[str, str]]:
    """Return the spans from one day or month to another, by the order of their parts."""
    found: dict[str, tuple[str, str]] = {}
    text = re.sub("^(?:from|du|del|de|between) ", "", text, flags=re.IGNORECASE)
    if parts := _DAYS_OF_A_MONTH.fullmatch(text):
        pairs, orders = [(parts[1] + parts[4], parts[2])], {"", DAY_FIRST}
    else:
        pairs = [(text[: mark.start()], text[mark.end() :]) for mark in _FROM_TO.finditer(text)]
        orders = {"", DAY_FIRST, MONTH_FIRST}
    for first, last in pairs:
        starts, ends = _edges(first, last=False), _edges(last, last=True)
        for order in dict.fromkeys((*starts, *ends)):
            # A day that can be read in one way alone tells how the other is written.
            start, end = starts.get(order, starts.get("")), ends.get(order, ends.get(""))
            # Parts of another number are another kind: no span runs from a year to a day.
            alike = len(re.findall(r"\w+", first)) == len(re.findall(r"\w+", last))
            if order in orders and alike and start and end and start <= end:
                found.setdefault(order, (str(start), str(end)))
    return found


def _edges(text: str, *, last: bool) -> dict[str, dt.date]:
    """Return the days on which a span can begin or end: of a month or year its first or last day."""
    time = _TIME.fullmatch(text)
    if time and _time(time) == dt.time() and not time["zone"]:
        text = time["day"]
    if found := _dates(text):
        return found
    month = text if re.fullmatch("[0-9]{4}", text) else _month_or_year(text)
    if not isinstance(month, str) or not month:
        return {}
    year, _, number = month.partition("-")
    if not last:
        edge = _day(year, number or "1", "1")
    else:
        following = (str(int(year) + 1), "1") if number in ("", "12") else (year, str(int(number) + 1))
        edge = _day(*following, "1")
        edge = edge and edge - dt.timedelta(1)
    return {"": edge} if edge else {}
