"""Cases in Flee's format: run by its rules, set beside the data and plain baselines, written as Flee writes them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiau.flee.accuracy.table import accuracy_of
    from tiau.flee.case.conversion import case_of
    from tiau.flee.reading import read_case
    from tiau.flee.result import FleeResult
    from tiau.flee.simulation import simulate_flee

_HOME = {
    "FleeResult": "tiau.flee.result",
    "accuracy_of": "tiau.flee.accuracy.table",
    "case_of": "tiau.flee.case.conversion",
    "read_case": "tiau.flee.reading",
    "simulate_flee": "tiau.flee.simulation",
}

__all__ = ["FleeResult", "accuracy_of", "case_of", "read_case", "simulate_flee"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public name when it is first used."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'tiau.flee' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """Show the public names alone."""
    return __all__
