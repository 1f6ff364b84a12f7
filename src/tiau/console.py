"""What the commands share: where they speak."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def console() -> Console:
    """Return a console for tables: as wide as the terminal, 110 columns where there is none."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else 110)


def print_plain(text: str) -> None:
    """Print text as it is, with no markup."""
    out.print(Text(text))
