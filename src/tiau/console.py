"""What the commands share: where they speak, and the checks of counts."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

from tiau.faults import Fault, InputError

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def console() -> Console:
    """Return a console for tables: as wide as the terminal, 110 columns where there is none."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 110)


def require_counts(members: int, jobs: int | None) -> None:
    """Refuse numbers of members and threads below 1.

    Raises
    ------
    InputError
    """
    if members < 1:
        raise InputError([Fault("--members", "is not a number of members", "give 1 or more", cell=str(members))])
    if jobs is not None and jobs < 1:
        raise InputError([Fault("--jobs", "is not a number of threads", "give 1 or more", cell=str(jobs))])


def print_plain(text: str) -> None:
    """Print text as it is, with no markup."""
    out.print(Text(text))
