"""Where numbers come from: version, scenario, parameters, seed, environment."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tiau.scenario.model import Scenario
from tiau.version import __version__

_LIBRARIES = ("numpy", "numba", "scipy", "xarray", "h5netcdf")


def provenance(scenario: Scenario, *, members: int, seed: int, chance: bool, command: str) -> dict[str, Any]:
    """Return where numbers come from that runs of a scenario gave."""
    return {
        "tiau": __version__,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "scenario": {
            "name": scenario.name,
            "start": str(scenario.settings.start),
            "end": str(scenario.settings.end),
            "sha256": scenario.digest(),
        },
        "members": members,
        "seed": seed,
        "chance": chance,
        "parameters": dict(scenario.values),
        "environment": {
            "python": platform.python_version(),
            "system": platform.system(),
            "machine": platform.machine(),
            "processors": os.cpu_count(),
            **{name: _version(name) for name in _LIBRARIES},
        },
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not found"
