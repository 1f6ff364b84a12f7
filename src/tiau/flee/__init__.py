"""The rival: cases in Flee's format run by Flee's rules, set beside the data and plain baselines, and written."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tiau.flee.accuracy.table import Accuracy, score
    from tiau.flee.case.model import FleeCase
    from tiau.flee.reading import load, write
    from tiau.flee.result import FleeResult
    from tiau.flee.simulation import simulate

_HOME = {
    "Accuracy": "tiau.flee.accuracy.table",
    "FleeCase": "tiau.flee.case.model",
    "FleeResult": "tiau.flee.result",
    "load": "tiau.flee.reading",
    "score": "tiau.flee.accuracy.table",
    "simulate": "tiau.flee.simulation",
    "write": "tiau.flee.reading",
}

__all__ = ["Accuracy", "FleeCase", "FleeResult", "load", "score", "simulate", "write"]


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public name when it is first used."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'tiau.flee' has no attribute {name!r}"
    raise AttributeError(msg)
