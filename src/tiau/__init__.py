"""Tiau: simulate, explain and forecast forced displacement."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tiau.version import __version__

if TYPE_CHECKING:
    from tiau import flee
    from tiau.building.reading import read
    from tiau.calibration.fit import fit
    from tiau.faults import InputError
    from tiau.forecasting.hindcast import hindcast
    from tiau.forecasting.prediction import forecast
    from tiau.loading import load
    from tiau.results.opening import open_result
    from tiau.results.result import Result
    from tiau.scenario.model import Scenario
    from tiau.simulation import simulate
    from tiau.what_ifs.comparison import compare

_HOME = {
    "InputError": "tiau.faults",
    "Result": "tiau.results.result",
    "Scenario": "tiau.scenario.model",
    "compare": "tiau.what_ifs.comparison",
    "fit": "tiau.calibration.fit",
    "forecast": "tiau.forecasting.prediction",
    "hindcast": "tiau.forecasting.hindcast",
    "load": "tiau.loading",
    "open_result": "tiau.results.opening",
    "read": "tiau.building.reading",
    "simulate": "tiau.simulation",
}

__all__ = [
    "InputError", "Result", "Scenario", "__version__", "compare", "fit", "flee", "forecast", "hindcast", "load",
    "open_result", "read", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a public name when it is first used, so that `import tiau` stays light."""
    if name == "flee":
        return import_module("tiau.flee")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    msg = f"module 'tiau' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """Show the public names alone."""
    return __all__
