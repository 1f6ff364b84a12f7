"""A scenario read for a command: what `tiau check` warns of is said before anything is done with it."""

from __future__ import annotations

import datetime as dt
import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.text import Text

from tiau.cli.console import err
from tiau.faults import Fault, InputError, listing
from tiau.progress import Steps
from tiau.scenario.checks.posterior import known_after
from tiau.scenario.model import Scenario


def in_a_shell(word: str | Path) -> str:
    """Return a name as it is written in a command that can be pasted."""
    if os.name == "nt":
        from subprocess import list2cmdline

        return list2cmdline([str(word)])
    return shlex.quote(str(word))


def shown_by_check(source: str | Path) -> str:
    """Return the words that say which command shows everything there is to know of a scenario."""
    return f"tiau check {in_a_shell(source)} --all shows them"


@contextmanager
def hint(source: str | Path) -> Iterator[None]:
    """Say, where a scenario has more faults than are shown, what shows all of them."""
    try:
        yield
    except InputError as error:
        raise InputError(error.faults, rest=shown_by_check(source)) from None


def read_aloud(source: str) -> Scenario:
    """Return a scenario, and print what `tiau check` warns of, one line a kind; raise InputError with every fault."""
    from tiau.loading import examine, sound

    found, faults = examine(source)
    with hint(source):
        scenario = sound(found, faults)
    say(faults, rest=shown_by_check(source))
    return scenario


def say(faults: Sequence[Fault], *, rest: str = "") -> None:
    """Print what there is to know, one line a kind; `rest` as in `listing`."""
    if faults:
        err.print(Text(listing(faults, rest=rest)))


def read_until(scenario: str, until: dt.date | None, steps: Steps, *, prior: bool = False) -> Scenario:
    """Read a scenario aloud, cut to end on a day that `--until` gives, and without its posterior where `--prior` is."""
    with steps("reading"):
        loaded = read_aloud(scenario)
    if prior:
        loaded = loaded.without_posterior()
    if until is None:
        return loaded
    cut = loaded.until(until)
    say(list(known_after(loaded, until)))
    return cut
