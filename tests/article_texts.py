"""Forty short texts in the manner of agency reports, with the rows that they give: for the tests and for nothing else.

No text is copied from anywhere, and nothing in them happened as it is told. They stand in known_articles/, a file for
each language; a file of the same format elsewhere is read alike (`texts_of`), so that scores of other texts, which
nobody looked at when the rules were written, come out of the same scorer.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "known_articles"
CODES = {"english": "en", "spanish": "es", "french": "fr"}


@dataclass(frozen=True)
class Known:
    """A row that a text gives; where several spellings or readings are right, all of them.

    `main` marks a row that may come first as well as the first one (a figure in households and in people). With
    `since`, the last day alone is looked at: a count since then stands at its last day.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = "persons"
    bound: tuple[str, ...] = ()
    quantity: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    as_of: tuple[str, ...] = ()
    since: bool = False
    origin: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    main: bool = False


@dataclass(frozen=True)
class Text:
    """A text and its rows, the most important first; `once` where its main figure stands in it several times."""

    name: str
    language: str
    text: str
    published: dt.date | None
    publisher: str = ""
    rows: tuple[Known, ...] = ()
    once: bool = False
    tags: tuple[str, ...] = field(default=())

    @property
    def main(self):
        """Its main figure, and the same in another unit."""
        return tuple(row for position, row in enumerate(self.rows) if position == 0 or row.main)


def _several(value):
    return (value,) if isinstance(value, str) else tuple(value)


def _row(cells):
    plain = ("value", "low", "high", "unit", "since", "main")
    return Known(**{key: value if key in plain else _several(value) for key, value in cells.items()})


def texts_of(path):
    """Read the texts of a file."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["text"]
    return [
        Text(
            name=table["name"],
            language=table.get("language") or CODES[path.stem],
            text=table["text"].lstrip("\n"),
            published=table.get("published"),
            publisher=table.get("publisher", ""),
            rows=tuple(map(_row, table["rows"])),
            once=table.get("once", False),
            tags=_several(table.get("tags", ())),
        )
        for table in tables
    ]


TEXTS = [text for name in CODES for text in texts_of(FOLDER / f"{name}.toml")]
