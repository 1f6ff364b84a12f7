"""What a fit learned: the numbers of members in place of those that the prior would draw, and how sources err."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from tiau.scenario.unknown import DRIFTING, KINDS, Unknown
from tiau.texts import hidden_in_line

DECIMALS = 4
LARGEST = 1e6
"""Beyond this no number in standard normal units means anything."""


@dataclass(frozen=True, eq=False, repr=False)
class Posterior:
    """What a fit learned of what is not known of members.

    Numbers are kept to 4 decimals, as a file holds them, so that what was fitted and what is read again run alike.

    Parameters
    ----------
    unknowns : tuple of Unknown
        Each once.
    values : float array (unknown, member)
        In standard normal units under the prior.
    known_until : date
        Last day on which something was known that it was fitted to.
    seed : int
        Of the members that it was fitted with.
    scenario_digest : str
        Of the scenario, without a posterior, that it was fitted to; blank if that is not known.
    prior_digest : str
        Of what a standard normal number comes to (`Scenario.prior_digest`); blank if that is not known.
    noise : mapping of str to float
        Sd of the log of figures by class, a class as "register district present".
    figures : int, optional
        How many figures it was fitted to; None if that is not known.
    """

    unknowns: tuple[Unknown, ...]
    values: NDArray[np.float64]
    known_until: dt.date
    seed: int
    scenario_digest: str = ""
    noise: Mapping[str, float] = field(default_factory=dict)
    figures: int | None = None
    prior_digest: str = ""

    def __post_init__(self) -> None:
        values, noise = _rounded(self.values), {name: float(_rounded(sd)) for name, sd in self.noise.items()}
        _require_sound(self.unknowns, values, noise)
        values.flags.writeable = False
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "noise", MappingProxyType(noise))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Posterior):
            return NotImplemented
        return self._said() == other._said() and np.array_equal(self.values, other.values)

    def __reduce__(self) -> tuple[Any, ...]:
        fields = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)} | {"noise": dict(self.noise)}
        return type(self), tuple(fields.values())

    def __deepcopy__(self, memo: dict[int, Any]) -> Posterior:
        return self

    def __repr__(self) -> str:
        return (
            f"<Posterior known until {self.known_until}: {len(self.unknowns):,} unknowns of {self.members:,} members>"
        )

    @property
    def members(self) -> int:
        """For how many members it has numbers."""
        return int(self.values.shape[1])

    @cached_property
    def _rows(self) -> dict[Unknown, int]:
        return {unknown: row for row, unknown in enumerate(self.unknowns)}

    def of(self, unknown: Unknown) -> NDArray[np.float64] | None:
        """Return the numbers of one unknown (member,); None where nothing was learned of it."""
        row = self._rows.get(unknown)
        return None if row is None else np.asarray(self.values[row])

    def digest(self) -> str:
        """Return the SHA-256 of what it says."""
        found = hashlib.sha256(json.dumps(self._said(), default=str).encode())
        found.update(self.values.tobytes())
        return found.hexdigest()

    def _said(self) -> dict[str, Any]:
        """Return everything beside the values."""
        names = ("unknowns", "known_until", "seed", "scenario_digest", "figures", "prior_digest")
        return {name: getattr(self, name) for name in names} | {"noise": dict(sorted(self.noise.items()))}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        as_json = core_schema.plain_serializer_function_ser_schema(
            lambda posterior: {**posterior._said(), "values": posterior.values.tolist()}, when_used="json"
        )
        return core_schema.is_instance_schema(cls, serialization=as_json)


def _rounded(values: ArrayLike) -> NDArray[np.float64]:
    # A zero has no sign in the file.
    return np.array(np.round(np.asarray(values, np.float64), DECIMALS) + 0.0, order="C")


def _require_sound(unknowns: tuple[Unknown, ...], values: NDArray[np.float64], noise: Mapping[str, float]) -> None:
    """Raise ValueError if it could not be written and read again."""
    names = [*(unknown.name for unknown in unknowns), *noise]
    if values.ndim != 2 or values.shape[0] != len(unknowns) or not values.shape[1]:
        msg = f"values must be an array (unknown, member) of {len(unknowns):,} unknowns and one or more members"
    elif not (np.abs(values) <= LARGEST).all():
        msg = f"values must be numbers from {-LARGEST:,.0f} to {LARGEST:,.0f}"
    elif not all(math.isfinite(sd) and 0 < sd <= LARGEST for sd in noise.values()):
        msg = "noise must be sds of 0.0001 or more"
    elif len(set(unknowns)) < len(unknowns):
        msg = "unknowns must each stand once"
    elif wrong := [unknown.kind for unknown in unknowns if unknown.kind not in KINDS]:
        msg = f"unknowns must be of the kinds {', '.join(KINDS)}, not {wrong[0]}"
    elif any(unknown.day and unknown.kind not in DRIFTING for unknown in unknowns):
        msg = f"unknowns must have no day, but for {' and '.join(DRIFTING)}"
    elif not all(name == name.strip() and name and not hidden_in_line(name) for name in names):
        msg = "names must be texts of one line, without blanks around them"
    else:
        return
    raise ValueError(msg)
