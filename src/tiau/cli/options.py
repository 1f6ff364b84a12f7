"""Values on the command line: whole decimal numbers and ISO days, nothing else, and texts that can be read."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_args

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    Parameter,
    RepeatArgumentError,
    Token,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from tiau.arguments import bounds_in_words, fits
from tiau.faults import Fault, InputError, nearest
from tiau.scenario.vocabulary import parse_day
from tiau.texts import hidden_in_line

_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_MOST_DIGITS = 100
_MOST_MINUTES = 10_000


def _whole(bounds: str, _: Any, tokens: Sequence[Token]) -> int:  # noqa: ANN401
    return _whole_of(bounds, tokens[0].keyword or "", tokens[0].value)


def _whole_of(bounds: str, option: str, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise InputError([Fault(option, "is not a whole number", f"give {bounds_in_words(bounds)}", cell=text)])
    if len(text) > _MOST_DIGITS or not fits(bounds, int(text)):
        raise InputError([Fault(option, "is out of bounds", f"give {bounds_in_words(bounds)}", cell=text)])
    return int(text)


def _wholes(bounds: str, _: Any, tokens: Sequence[Token]) -> tuple[int, ...]:  # noqa: ANN401
    return tuple(_whole_of(bounds, tokens[0].keyword or "", word) for word in _words(_, tokens))


def _words(_: Any, tokens: Sequence[Token]) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(word.strip() for word in tokens[0].value.split(","))


def _day(_: Any, tokens: Sequence[Token]) -> dt.date:  # noqa: ANN401
    option, text = tokens[0].keyword or "", tokens[0].value
    try:
        return parse_day(text)
    except ValueError as error:
        problem = str(error).partition("; ")[0]
        raise InputError([Fault(option, problem, "write it as YYYY-MM-DD", cell=text)]) from None


def _minutes(_: Any, tokens: Sequence[Token]) -> float:  # noqa: ANN401
    option, text = tokens[0].keyword or "", tokens[0].value
    minutes = float(text) if _DECIMAL.fullmatch(text) else 0.0
    if not 0 < minutes <= _MOST_MINUTES:
        raise InputError([Fault(option, "is no time", f"give minutes, up to {_MOST_MINUTES:,}", cell=text)])
    return minutes


def _path(_: Any, tokens: Sequence[Token]) -> Path:  # noqa: ANN401
    # No shell does it in --out=~/results, which would make a folder named "~".
    return Path(os.path.expanduser(tokens[0].value))  # noqa: PTH111  # Path's own fails where nobody has a home


Members = Annotated[int, Parameter(converter=partial(_whole, "members"))]
MembersExplored = Annotated[int, Parameter(converter=partial(_whole, "members_explored"))]
Port = Annotated[int | None, Parameter(converter=partial(_whole, "port"))]
Seed = Annotated[int, Parameter(converter=partial(_whole, "seed"))]
Jobs = Annotated[int | None, Parameter(converter=partial(_whole, "jobs"))]
Scale = Annotated[int | None, Parameter(converter=partial(_whole, "hasten"))]
Every = Annotated[int, Parameter(converter=partial(_whole, "every"))]
Horizon = Annotated[int, Parameter(converter=partial(_whole, "horizon"))]
Horizons = Annotated[tuple[int, ...], Parameter(converter=partial(_wholes, "horizon"), n_tokens=1, negative="")]
Names = Annotated[tuple[str, ...], Parameter(converter=_words, n_tokens=1, negative="")]
SuppressBelow = Annotated[int, Parameter(converter=partial(_whole, "suppress_below"))]
Minutes = Annotated[float, Parameter(converter=_minutes)]
GivenPath = Annotated[Path, Parameter(converter=_path)]
IsoDay = Annotated[dt.date, Parameter(converter=_day)]
OnlyOn = Annotated[bool, Parameter(negative="")]


def workers_of(*, processes: bool, cluster: str | None) -> str:
    """Return where members run, as `tiau.simulate` takes it; raise InputError if that is two places, or no address."""
    if processes and cluster is not None:
        raise InputError([Fault("--processes", "goes against --cluster", "give one of them")])
    if cluster is not None and "://" not in cluster:
        remedy = "write it as `dask scheduler` prints it, such as tcp://host:8786"
        raise InputError([Fault("--cluster", "is not the address of a scheduler", remedy, cell=cluster)])
    return (cluster or "").rstrip("/") or ("processes" if processes else "threads")


def wrong_usage(error: CycloptsError) -> NoReturn:
    """Raise a wrong use of commands and options as an InputError, as every other wrong input is one."""
    if isinstance(error.__cause__, InputError):
        raise error.__cause__
    command = " ".join(["tiau", *(error.command_chain or ())])
    raise InputError([_fault_of_usage(error, command, f"{command} --help says what can be given")])


def _fault_of_usage(error: CycloptsError, command: str, help_: str) -> Fault:
    match error:
        case UnknownCommandError():
            word = (error.unused_tokens or [""])[0]
            commands = [name for name in error.app or () if not name.startswith("-")]
            remedy = nearest(word, commands) or f"commands: {', '.join(sorted(commands))}"
            return Fault(command, "is not a command", remedy, cell=word)
        case UnknownOptionError():
            options = [name for argument in error.argument_collection for name in argument.names]
            word = error.token.keyword or error.token.value
            if word in options:
                return Fault(command, "stands after --, where no option can", "write it before", cell=word)
            return Fault(command, "is not an option", nearest(word, options) or help_, cell=word)
        case CoercionError(token=Token() as token):
            choices = ", ".join(map(str, get_args(error.target_type)))
            remedy = f"choose from {choices}" if choices else "leave it out" if error.target_type is bool else help_
            return Fault(token.keyword or command, "is no value for it", remedy, cell=token.value)
        case MissingArgumentError():
            if error.keyword or error.argument is None:
                return Fault(error.keyword or command, "has no value", help_)
            name = error.argument.name
            return Fault(name if error.argument.index is None else name.lstrip("-").upper(), "is missing", help_)
        case RepeatArgumentError():
            return Fault(error.token.keyword or command, "is given more than once", "give it once")
        case UnusedCliTokensError():
            remedy = f"write a name with blanks in quotation marks; {help_}"
            return Fault(command, "is one word too many", remedy, cell=(error.unused_tokens or [""])[0])
        case _:
            return Fault(command, " ".join(str(error).split()).rstrip("."), help_)


def require_readable(arguments: Sequence[str]) -> None:
    """Refuse arguments with control characters or bytes that are no letters: they end up in files and terminals.

    An InputError holds every such argument.
    """
    if faults := [
        Fault.saying(f"argument {position}", said, cell=argument)
        for position, argument in enumerate(arguments, start=1) if (said := hidden_in_line(argument))
    ]:  # fmt: skip
        raise InputError(faults)
