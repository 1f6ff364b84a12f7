"""What two processes must have alike to give the same bytes: Tiau's sources and what they compute with."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tiau.version import __version__

PACKAGE = Path(__file__).parents[1]


@cache
def identity() -> dict[str, str]:
    """Return versions by name, of which "sources" is a digest of all files of Tiau."""
    found = hashlib.blake2b(digest_size=6)
    for source in sorted(PACKAGE.rglob("*.py")):
        found.update(source.relative_to(PACKAGE).as_posix().encode())
        found.update(hashlib.blake2b(source.read_bytes()).digest())
    python = ".".join(platform.python_version_tuple()[:2])
    libraries = {name: version(name) for name in ("numpy", "numba", "scipy")}
    return {"tiau": __version__, "sources": found.hexdigest(), "python": python, **libraries}


def difference(here: dict[str, str], there: dict[str, str]) -> str:
    """Say in what another process differs; an empty text if in nothing."""
    other = [
        f"{name} {there.get(name, 'none')} against {own} here" for name, own in here.items() if there.get(name) != own
    ]
    return "; ".join(other)
