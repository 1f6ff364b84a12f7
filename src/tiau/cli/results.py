"""What commands that write a result folder share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.text import Text

from tiau.cli.console import err, print_plain


def prepared(target: Path) -> Path:
    """Make sure that a folder can take a result, and say what was tidied up there."""
    from tiau.results import folder

    for note in folder.prepare(target):
        err.print(Text(f"  {note}"))
    return target


def say_files(folder: Path, files: Mapping[str, str]) -> None:
    """Say which files a result folder holds, and what each is for."""
    for name, what in files.items():
        print_plain(f"  {folder / name}  ({what})", style="dim")
