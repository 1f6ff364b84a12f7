"""What an analyst answers about files: by options, for all files or for one, and asked in a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.text import Text

from tiau.cli.console import err
from tiau.faults import Fault, InputError, nearest
from tiau.readers.exports.answers import Answers
from tiau.scenario.quantities import QUANTITIES
from tiau.scenario.vocabulary import parse_day, parse_period

if TYPE_CHECKING:
    from tiau.building.importing import Plan
    from tiau.readers.exports.findings import Asked

MOST_TRIES = 3
ORDERS = ("day-first", "month-first")


def _order(text: str) -> str:
    return _one_of(text, ORDERS)


def _quantity(text: str) -> str:
    return _one_of(text, tuple(QUANTITIES))


def _one_of(text: str, words: Sequence[str]) -> str:
    # Case, blanks and the kind of dash make no difference to whoever answers.
    meant = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    if found := next((word for word in words if word.replace("-", "_") == meant), ""):
        return found
    msg = f"is no answer; {nearest(text, words) or 'choose from ' + ', '.join(words)}"
    raise ValueError(msg)


def _people(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if 0 < value <= 100:
        return value
    msg = "is not the size of a household; give people in a household, such as 5.1"
    raise ValueError(msg)


PARSERS: dict[str, Callable[[str], Any]] = {
    "dates": _order, "known_on": parse_day, "as_of": parse_period, "place": str, "origin": str, "quantity": _quantity,
    "said_by": str, "household_size": _people, "newer": lambda text: (text,),
}  # fmt: skip
"""How the text of an answer becomes the value of a field of `Answers`; ValueError says what is wrong and what to do."""


def parted(text: str, files: Sequence[str]) -> tuple[str, str]:
    """Return the file that FILE=ANSWER is of, and the answer; of an answer for all files, a blank and the text."""
    # Names of files can hold the mark as well: the longest that fits is meant.
    file = max((name for name in files if text.startswith(f"{name}=")), key=len, default="")
    return file, text[len(file) + 1 :] if file else text


def answers_of(
    files: Sequence[str], given: Mapping[str, Sequence[str] | None], *, aggregates: bool
) -> tuple[Answers, dict[str, Answers]]:
    """Return what options answer for all files, and for single ones, where an answer is written as FILE=ANSWER.

    Raises
    ------
    InputError
        With every answer that is none.
    """
    whole: dict[str, Any] = {"aggregates": aggregates}
    of_file: dict[str, dict[str, Any]] = {}
    faults = []
    for option, texts in given.items():
        for text in texts or ():
            file, answer = parted(text, files)
            single = bool(file)
            try:
                value = PARSERS[option](answer)
            except ValueError as error:
                faults.append(Fault.saying(f"--{option.replace('_', '-')}", str(error), cell=text))
                continue
            holder = of_file.setdefault(file, {}) if single else whole
            holder[option] = (*holder.get(option, ()), *value) if option == "newer" else value
    if faults:
        raise InputError(faults)
    answers = Answers(**whole)
    return answers, {file: replace(answers, **more) for file, more in of_file.items()}


def ask(plan: Plan, answers: Answers, of_file: Mapping[str, Answers]) -> dict[str, Answers]:
    """Ask in a terminal what is open; return answers by file, none where nobody is there or all is told."""
    if not (sys.stdin.isatty() and err.is_terminal):
        return {}
    told: dict[str, Answers] = {}
    for read in plan.reads:
        name = read.source.file
        for asked in read.asked:
            current = told.get(name, of_file.get(name, answers))
            if not getattr(current, asked.option) and (value := _answer(name, asked)) is not None:
                told[name] = replace(current, **{asked.option: value})
    return told


def _answer(file: str, asked: Asked) -> Any:  # noqa: ANN401
    """Ask until there is an answer; None for a blank one, or where nobody is there any more."""
    err.print(Text(f"{file}: {asked.question}"))
    for number, choice in enumerate(asked.choices, start=1):
        err.print(Text(f"    {number}  {choice}"))
    for _ in range(MOST_TRIES):
        err.print(Text("  (blank leaves these rows out) > "), end="")
        try:
            text = input().strip()
        except EOFError:
            err.print()
            return None
        if not text:
            return None
        if text.isdecimal() and 1 <= int(text) <= len(asked.choices):
            text = asked.choices[int(text) - 1]
        try:
            return PARSERS[asked.option](text)
        except ValueError as error:
            err.print(Text(f'  "{text}" {error}'))
    return None
