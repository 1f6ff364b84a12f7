"""What to write instead of a cell that is no day or no number: spreadsheets have many ways to spell both."""

from __future__ import annotations

import datetime as dt
import re

DAY_FORM = "write it as YYYY-MM-DD"
FORMAT_AS_TEXT = "(in a spreadsheet, format the column as text)"
NUMBER_FORM = "use digits and a decimal point, without spaces or thousands separators"
BLANK_IF_UNKNOWN = "leave the cell blank where the figure is not known"

_THREE_PARTS = re.compile(r"([0-9]{1,4})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*([0-9]{1,4})(?:[T\s].*)?", re.DOTALL)
_DAY_AND_NAME = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[\s.,/-]+([A-Za-z]{3,9})[\s.,/-]+([0-9]{4})")
_NAME_AND_DAY = re.compile(r"([A-Za-z]{3,9})[\s.,/-]+([0-9]{1,2})(?:st|nd|rd|th)?[\s.,/-]+([0-9]{4})")
_TWO_MONTHS = re.compile(r"([0-9]{4})-([0-9]{2})\s*(?:/|to|-)\s*([0-9]{4})-([0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL_ZERO = dt.date(1899, 12, 30)
_NOT_KNOWN = {"-", "--", "?", "n/a", "na", "n.a.", "none", "null", "nil", "unknown", "not known", "tbc", "tbd", "x"}
_LONGEST = 40


def for_day(text: str) -> str:
    """Return what to write instead of a text that is no ISO day, with the day where it can be told.

    Parameters
    ----------
    text : str
        The content of a cell, such as ``15/03/2021`` or ``44260``.

    Returns
    -------
    str
        The remedy; both readings where day and month could be swapped.
    """
    days = _readings(text.strip()) if len(text) <= _LONGEST else []
    if not days:
        return f"{DAY_FORM} {FORMAT_AS_TEXT}"
    if len(days) == 1:
        return f"{DAY_FORM}: {days[0]} {FORMAT_AS_TEXT}"
    return f"{DAY_FORM}: {days[0]} if the day stands first, {days[1]} if the month does {FORMAT_AS_TEXT}"


def for_period(text: str) -> str:
    """Return what to write instead of a text that is no day, month, year or start/end."""
    if months := _TWO_MONTHS.fullmatch(text.strip()) if len(text) <= _LONGEST else None:
        first, last = _day(months[1], months[2], "1"), _day(months[3], months[4], "1")
        if first and last:
            end = _day(str(last.year + last.month // 12), str(last.month % 12 + 1), "1")
            return f"write the first and the last day: {first}/{end - dt.timedelta(1) if end else last}"
    remedy = for_day(text)
    return remedy if ":" in remedy else f"{DAY_FORM}, YYYY-MM, YYYY or start/end {FORMAT_AS_TEXT}"


def _readings(text: str) -> list[dt.date]:
    """Return the days that a text can mean: the day first, then the month first."""
    if parts := _THREE_PARTS.fullmatch(text):
        a, b, c = parts.groups()
        if len(a) == 4:
            found = [_day(a, b, c)]
        elif len(a) <= 2 and len(c) in (2, 4):
            year = c if len(c) == 4 else ("19" if int(c) >= 70 else "20") + c
            found = [_day(year, b, a), _day(year, a, b)]
        else:
            found = []
    elif parts := _DAY_AND_NAME.fullmatch(text):
        found = [_day(parts[3], _month(parts[2]), parts[1])]
    elif parts := _NAME_AND_DAY.fullmatch(text):
        found = [_day(parts[3], _month(parts[1]), parts[2])]
    elif re.fullmatch(r"[0-9]{8}", text):
        found = [_day(text[:4], text[4:6], text[6:])]
    elif re.fullmatch(r"[2-6][0-9]{4}(\.0*)?", text):
        found = [_SERIAL_ZERO + dt.timedelta(int(text[:5]))]
    else:
        found = []
    return list(dict.fromkeys(day for day in found if day is not None))


def _month(name: str) -> str:
    short = name[:3].lower()
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else "0"


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def for_number(text: str) -> str:
    """Return what to write instead of a text that is no number, with the number where it can be told.

    Parameters
    ----------
    text : str
        The content of a cell, such as ``1,234`` or ``12 345``.

    Returns
    -------
    str
        The remedy; both readings where a comma could be either.
    """
    text = text.strip()
    if text.lower() in _NOT_KNOWN:
        return BLANK_IF_UNKNOWN
    if text.startswith("#") or text.startswith("="):
        return f"it is a formula or its error; {NUMBER_FORM}"
    found = _figures(text) if len(text) <= _LONGEST else []
    if not found:
        return NUMBER_FORM
    if len(found) == 1:
        return f"{NUMBER_FORM}: {found[0]}"
    return f"{NUMBER_FORM}: {found[0]}, or {found[1]} if the separator is a decimal one"


def _figures(text: str) -> list[str]:
    percent = text.endswith("%")
    sign = "-" if text[:1] in ("-", "\N{MINUS SIGN}") else ""
    digits = re.sub("[\\s'_\N{RIGHT SINGLE QUOTATION MARK}]", "", text.removesuffix("%").lstrip("+-\N{MINUS SIGN}"))
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+", digits) or re.fullmatch(r"[0-9]{1,3}(,[0-9]{3}){2,}", digits):
        found = [digits.replace(",", "")]
    elif re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+", digits) or re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3}){2,}", digits):
        found = [digits.replace(".", "").replace(",", ".")]
    elif re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", digits):
        found = [digits.replace(",", ""), digits.replace(",", ".")]
    elif re.fullmatch(r"[0-9]+,[0-9]+", digits):
        found = [digits.replace(",", ".")]
    elif re.fullmatch(r"[0-9]{1,3}(,[0-9]{2})*,[0-9]{3}", digits):  # lakh and crore
        found = [digits.replace(",", "")]
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) and digits.isascii():
        found = [digits]
    else:
        return []
    if percent:
        return [f"{float(sign + figure) / 100:g} for {text[:20]}" for figure in found[:1]]
    return [sign + figure for figure in found]
