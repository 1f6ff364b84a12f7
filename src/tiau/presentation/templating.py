"""Templates of pages: whatever is put into them is escaped, and they fetch nothing."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

HERE = Path(__file__).parent
_MARKS = re.compile("(?<=[/_.=&?-])(?=.)")


def breakable(text: str) -> Markup:
    """Return a text that may break over lines wherever an address has a mark between words, escaped."""
    return Markup("<wbr>").join(_MARKS.split(text))


def templates(room: Path = HERE) -> Environment:
    """Return the templates of the pages of a room, and the style that all pages share."""
    environment = Environment(
        loader=FileSystemLoader([room / "templates", HERE / "templates"]),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
    environment.filters["breakable"] = breakable
    return environment
