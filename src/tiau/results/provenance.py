"""Where numbers come from: version, scenario, parameters, seed, environment."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tiau.scenario.model import Scenario
from tiau.version import __version__

_LIBRARIES = ("numpy", "numba", "scipy", "xarray", "h5netcdf")


def said_of(scenario: Scenario) -> dict[str, Any]:
    """Return what a provenance says of a scenario, and of what a fit learned of it; None for that if nothing."""
    settings, learned = scenario.settings, scenario.posterior
    said = described(scenario.name, settings.start, settings.end, scenario.digest())
    return said | {
        "posterior": None if learned is None else {
            "known_until": str(learned.known_until),
            "figures": learned.figures,
            "members": learned.members,
            "seed": learned.seed,
            "sha256": learned.digest(),
        }
    }  # fmt: skip


def described(name: str, start: dt.date, end: dt.date, digest: str) -> dict[str, str]:
    """Return what a provenance says of what was run: its name, its days, and the SHA-256 of its content."""
    return {"name": name, "start": str(start), "end": str(end), "sha256": digest}


def provenance(
    what: Mapping[str, Any], parameters: Mapping[str, Any], *, members: int, seed: int, chance: bool, command: str
) -> dict[str, Any]:
    """Return where numbers come from that runs gave; `what` as `described` or `said_of` give it."""
    return made_by(command) | {
        "scenario": dict(what),
        "members": members,
        "seed": seed,
        "chance": chance,
        "parameters": dict(parameters),
    }


def made_by(command: str) -> dict[str, Any]:
    """Return when, with which version and in which environment a command made numbers."""
    return {
        "tiau": __version__,
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "command": command,
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
