"""Packaged scenarios: folders beside this file."""

from pathlib import Path

_HERE = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Return the names of the packaged scenarios."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/scenario.toml")))


def folder(name: str) -> Path:
    """Return the folder of a packaged scenario."""
    return _HERE / name
