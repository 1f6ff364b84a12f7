"""Templates of pages: whatever is put into them is escaped, and they fetch nothing."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

HERE = Path(__file__).parent


def templates(room: Path = HERE) -> Environment:
    """Return the templates of the pages of a room, and the style that all pages share."""
    return Environment(
        loader=FileSystemLoader([room / "templates", HERE / "templates"]),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )
