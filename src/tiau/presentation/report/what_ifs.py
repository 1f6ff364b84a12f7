"""What-ifs on a report: by how much people in the main area and inside would differ, as differences alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiau.presentation.words.ranges import range_of, signed, subject
from tiau.presentation.words.what_ifs import assumptions, effects
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Difference


@dataclass(frozen=True)
class Effect:
    """A difference that a what-if makes, as cells: its median, its two 90% ranges, whether its sign is known."""

    subject: str
    middle: str
    over_all: str
    given: str
    tells: bool


@dataclass(frozen=True)
class Told:
    """A what-if: its title, its effects on people in the main area and inside, and all that is said of it."""

    title: str
    there: Effect | None
    inside: Effect | None
    paragraph: str
    rests_on: str


def told(comparison: Comparison, main: str) -> Iterator[Told]:
    """Yield what is told of each what-if of a comparison."""
    for outcome in comparison.outcomes:
        by_key = {(found.measure, found.place): found for found in outcome.differences}
        there = by_key.get(("present", main), by_key.get(("entries", "")))
        said = " ".join(effects(comparison, outcome)), " ".join(assumptions(outcome))
        inside = by_key.get(("displaced_at_home", ""))
        yield Told(outcome.change.what_if.title, _effect(there), _effect(inside), *said)


def _effect(found: Difference | None) -> Effect | None:
    if found is None:
        return None
    over_all, given = (range_of(band, found.unit) for band in (found.band, found.given_band))
    return Effect(subject(found), signed(found.band[1], found.unit), over_all, given, found.tells)
