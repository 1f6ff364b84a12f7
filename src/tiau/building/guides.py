"""What each column of each table means: one text for the terminal and docs/building.md, which guides.toml holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tiau.faults import nearest, wrong_argument
from tiau.scenario.rows import TABLES, Row

_TEXTS = Path(__file__).with_name("guides.toml")
NOTE = "note"


@dataclass(frozen=True, slots=True)
class ColumnGuide:
    """What a column holds.

    Attributes
    ----------
    name : str
    required : bool
        Whether the file must have it.
    what, example : str
    words : dict of str to str
        The words that it takes, and what each means; empty where it takes others than a few words.
    """

    name: str
    required: bool
    what: str
    example: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Guide:
    """What a table holds: a title, rules, and its columns."""

    file: str
    title: str
    rules: tuple[str, ...]
    columns: tuple[ColumnGuide, ...]


@cache
def guides() -> dict[str, Guide]:
    """Return the guide to each table by its name."""
    texts = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    return {name_of(row_type): _guide(row_type, texts) for row_type in TABLES}


def name_of(row_type: type[Row]) -> str:
    """Return the name of a table, which is that of its file without .csv."""
    return row_type.file.removesuffix(".csv")


def _guide(row_type: type[Row], texts: dict[str, Any]) -> Guide:
    table = texts[name_of(row_type)]
    held = {**table["columns"], NOTE: texts["notes"][NOTE]}
    required, words = row_type.required_columns(), table.get("words", {})
    columns = []
    for name in row_type.columns():
        what, example = held[name]
        columns.append(ColumnGuide(name, name in required, what, example, words.get(name, {})))
    return Guide(row_type.file, table["title"], tuple(table["rules"]), tuple(columns))


def guide_of(table: str) -> Guide:
    """Return the guide to a table by its name or that of its file.

    Raises
    ------
    InputError
        That names the nearest table.
    """
    known = guides()
    name = table.strip().lower().removesuffix(".csv")
    if name not in known:
        remedy = nearest(name, known)
        raise wrong_argument("guide", "is not a table", f"{remedy} tables: {', '.join(known)}".strip(), table)
    return known[name]


def terminal_text(table: str) -> str:
    """Return the guide to a table as lines for a terminal; raise InputError where there is no such table."""
    return "\n".join(_lines(guide_of(table)))


def _lines(guide: Guide) -> Iterator[str]:
    yield f"{guide.file}: {guide.title}"
    yield ""
    yield from (f"  {rule}" for rule in guide.rules)
    yield ""
    yield "Columns (* must be there; blank = not known; several names are parted by semicolons):"
    for column in guide.columns:
        yield f"  {column.name}{'*' if column.required else ''}: {column.what} (e.g. {column.example})"
        yield from (f"      {word}: {meaning}" for word, meaning in column.words.items())


def markdown() -> str:
    """Return all guides as they stand in docs/building.md."""
    return "\n".join(line for guide in guides().values() for line in _markdown(guide))


def _markdown(guide: Guide) -> Iterator[str]:
    yield f"### {guide.file}: {guide.title}\n"
    yield from (f"- {rule}" for rule in guide.rules)
    yield "\n| column | what it holds | example |\n|---|---|---|"
    for column in guide.columns:
        name = f"**{column.name}**" if column.required else column.name
        words = "".join(f"<br>`{word}`: {meaning}" for word, meaning in column.words.items())
        yield f"| {name} | {column.what}{words} | {column.example} |"
    yield ""
