"""Values on the command line: whole decimal numbers and ISO days, nothing else, and texts that can be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from cyclopts import CycloptsError, CycloptsPanel, Parameter, Token
from rich.panel import Panel

from tiau.faults import Fault, InputError
from tiau.scenario.vocabulary import parse_day
from tiau.texts import hidden_in_line
from tiau.whole_numbers import bounds_in_words, fits

_WHOLE = re.compile(r"-?[0-9]+")
_MOST_DIGITS = 100


def _whole(bounds: str, _: Any, tokens: Sequence[Token]) -> int:  # noqa: ANN401
    option, text = tokens[0].keyword or "", tokens[0].value
    if not _WHOLE.fullmatch(text):
        raise InputError([Fault(option, "is not a whole number", f"give {bounds_in_words(bounds)}", cell=text)])
    if len(text) > _MOST_DIGITS or not fits(bounds, int(text)):
        raise InputError([Fault(option, "is out of bounds", f"give {bounds_in_words(bounds)}", cell=text)])
    return int(text)


def _day(_: Any, tokens: Sequence[Token]) -> dt.date:  # noqa: ANN401
    option, text = tokens[0].keyword or "", tokens[0].value
    try:
        day = parse_day(text)
    except ValueError:
        day = None
    if not isinstance(day, dt.date):
        raise InputError([Fault(option, "is not a day", "write it as YYYY-MM-DD", cell=text)])
    return day


Members = Annotated[int, Parameter(converter=partial(_whole, "members"))]
Seed = Annotated[int, Parameter(converter=partial(_whole, "seed"))]
Jobs = Annotated[int | None, Parameter(converter=partial(_whole, "jobs"))]
Scale = Annotated[int | None, Parameter(converter=partial(_whole, "hasten"))]
SuppressBelow = Annotated[int, Parameter(converter=partial(_whole, "suppress_below"))]
IsoDay = Annotated[dt.date, Parameter(converter=_day)]


def wrong_usage(error: CycloptsError) -> Panel:
    """Return what to print of a wrong use of options, in the words of the library; a fault of ours goes its own way.

    Raises
    ------
    InputError
        If the value of an option is at fault.
    """
    if isinstance(error.__cause__, InputError):
        raise error.__cause__
    return CycloptsPanel(error)


def require_readable(arguments: Sequence[str]) -> None:
    """Refuse arguments with control characters or bytes that are no letters: they end up in files and terminals.

    Raises
    ------
    InputError
        With every such argument.
    """
    faults = []
    for position, argument in enumerate(arguments, start=1):
        problem, _, remedy = hidden_in_line(argument).partition("; ")
        if problem:
            faults.append(Fault(f"argument {position}", problem, remedy, cell=argument))
    if faults:
        raise InputError(faults)


def within(option: str, day: dt.date, start: dt.date, end: dt.date) -> dt.date:
    """Return a day of a scenario.

    Raises
    ------
    InputError
        If it lies outside.
    """
    if not start <= day <= end:
        problem, remedy = "lies outside the scenario", f"give a day from {start} to {end}"
        raise InputError([Fault(option, problem, remedy, cell=str(day))])
    return day
