"""What to write instead of a cell that is no day or no number: spreadsheets have many ways to spell both."""

from __future__ import annotations

import re

from tiau.scenario.spellings import days as day_spellings
from tiau.scenario.spellings import figures as spellings
from tiau.scenario.spellings.figures import Figure, shown

DAY_FORM = "write it as YYYY-MM-DD"
FORMAT_AS_TEXT = "(in a spreadsheet, format the column as text)"
NUMBER_FORM = "use digits and a decimal point, without spaces or thousands separators"
BLANK_IF_UNKNOWN = "leave the cell blank where the figure is not known"
BLANK_WITH_REASON = "leave the cell blank and say why in not_scored, such as: not known"

_OF_FIGURE = {"at_least": "at least", "at_most": "at most", "about": "about"}


def for_day(text: str) -> str:
    """Return what to write instead of a text that is no ISO day, such as ``15/03/2021`` or ``44260``.

    Every reading is told where there are several, such as day and month swapped.
    """
    return _with_readings(DAY_FORM, day_spellings.days(text))


def for_period(text: str) -> str:
    """Return what to write instead of a text that is no day, month, year or start/end."""
    readings = day_spellings.periods(text)
    if any("/" in reading.meant for reading in readings):
        return _with_readings("write the first and the last day", readings)
    return _with_readings(DAY_FORM if readings else f"{DAY_FORM}, YYYY-MM, YYYY or start/end", readings)


def _with_readings(form: str, readings: list[day_spellings.Reading]) -> str:
    found = f": {', '.join(map(str, readings))}" if readings else ""
    return f"{form}{found} {FORMAT_AS_TEXT}"


def for_number(text: str) -> str:
    """Return what to write instead of a text that is no number and no count of people, such as ``0,25`` or ``12 km``.

    Both readings are told where a comma could be either.
    """
    if remedy := _no_figure(text, BLANK_IF_UNKNOWN):
        return remedy
    tidied = spellings.tidied(text)
    sign, digits = ("-", tidied[1:]) if tidied.startswith("-") else ("", tidied.removeprefix("+"))
    if digits.endswith("%"):
        share = spellings.numbers(digits.removesuffix("%").strip())[-1:]
        return _or_form(*(f"{sign}{shown(round(number / 100, 12))} for {text[:20]}" for number in share))
    digits = re.sub(" *(km|kms|kilomet(re|er)s?|\u00b0)$", "", digits.removeprefix("~").strip())
    return _or_form(*(sign + shown(number) for number in spellings.numbers(digits)))


def for_people(text: str) -> str:
    """Return what to write instead of a text that is no number of people, where one number is asked for."""
    if remedy := _no_figure(text, BLANK_IF_UNKNOWN) or _no_count(text):
        return remedy
    if spellings.tidied(text) in spellings.HIDDEN:
        return f"it stands for a small count that is not told; {BLANK_IF_UNKNOWN}"
    figures = spellings.figures(text)
    if [figure.bound for figure in figures] == ["range"]:
        (figure,) = figures
        return f"give one number, from {shown(figure.low)} to {shown(figure.high)}, and say in note which"
    if len(figures) == 1 and figures[0].bound != "exact":
        number, firm = shown(figures[0].value), _OF_FIGURE[figures[0].bound]
        return f"write {number}, and in note that it is {firm} {number}"
    return _or_form(*(shown(figure.value) for figure in figures)) + _mark(text)


def for_figure(text: str) -> str:
    """Return what to write instead of a text that is no number, in a report, whose columns say how firm it is."""
    if remedy := _no_figure(text, BLANK_WITH_REASON) or _no_count(text):
        return remedy
    if spellings.tidied(text) in spellings.HIDDEN:
        return (
            "it stands for a small count that is not told: leave the cell blank and say so in not_scored; or, where "
            "the publisher says what it hides, such as 1 to 4, write bound = range, low = 1, high = 4"
        )
    figures = spellings.figures(text)
    if not figures or any(figure.bound == "exact" for figure in figures):
        return _or_form(*(shown(figure.value) for figure in figures)) + _mark(text)
    return f"write {', or '.join(map(_columns, figures))}"


def _columns(figure: Figure) -> str:
    """Say what to write into the columns of a report."""
    if figure.bound == "range":
        return f"bound = range, low = {shown(figure.low)}, high = {shown(figure.high)}, and leave value blank"
    return f"value = {shown(figure.value)}, bound = {figure.bound}"


def _or_form(*numbers: str) -> str:
    """Say how numbers are written, with the one that is meant or both readings."""
    if not numbers:
        return NUMBER_FORM
    if len(numbers) == 1:
        return f"{NUMBER_FORM}: {numbers[0]}"
    return f"{NUMBER_FORM}: {numbers[0]}, or {numbers[1]} if the separator is a decimal one"


def _no_figure(text: str, blank: str) -> str:
    """Return the remedy of a text that stands for no figure; an empty text for others."""
    if spellings.tidied(text) in spellings.NOT_KNOWN:
        return blank
    if spellings.tidied(text) in spellings.NONE_OR_UNKNOWN:
        return f"write 0 if it stands for none; otherwise {blank}"
    if text.startswith(("#", "=")) and not spellings.figures(text):
        return f"it is a formula or its error; {NUMBER_FORM}"
    return ""


def _no_count(text: str) -> str:
    """Return the remedy of a text that counts something else than people; an empty text for others."""
    if spellings.households(text):
        return "give people: the number of households times the people in one, and say in note how it was worked out"
    if text.rstrip().endswith("%"):
        return "give a number of people, not a share"
    return ""


def _mark(text: str) -> str:
    return "; say in note what its mark means" if spellings.footnoted(text) and spellings.figures(text) else ""
