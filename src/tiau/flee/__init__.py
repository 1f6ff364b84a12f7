"""Cases in Flee's format: run by its rules, set beside the data and plain baselines, written as Flee writes them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiau.flee.accuracy import accuracy_of
    from tiau.flee.result import FleeResult
    from tiau.flee.simulation import simulate_flee
    from tiau.readers.flee import read_case
    from tiau.scenario.flee.conversion import case_of

_HOME = {
    "FleeResult": "tiau.flee.result",
    "accuracy_of": "tiau.flee.accuracy",
    "case_of": "tiau.scenario.flee.conversion",
    "read_case": "tiau.readers.flee",
    "simulate_flee": "tiau.flee.simulation",
}

__all__ = ["FleeResult", "accuracy_of", "case_of", "read_case", "simulate_flee"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public name when it is first used."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'tiau.flee' has no attribute {name!r}"
    raise AttributeError(msg)
