"""What-ifs on a report: from when they hold, and by how much people in the main area and inside would differ."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from tiau.presentation.words.ranges import percent, range_of, signed, subject
from tiau.presentation.words.what_ifs import assumptions, effects
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Band, Difference

STRICTLY = {
    "close": "{}", "push_back": "{}", "fence": "{}", "expel": "{} a day",
    "exempt": "admits {}", "admit": "admits {}", "corridor": "admits {}",
}  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """A difference that a what-if makes, as cells: with its range, in percent, and whether its sign is known."""

    subject: str
    difference: str
    percent: str
    tells: bool


@dataclass(frozen=True)
class Told:
    """A what-if: its title, how it holds, its effects on people in the main area and inside, all that is said of it."""

    title: str
    holds: str
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
        how = holds(comparison.scenario, outcome.change.scenario)
        yield Told(outcome.change.what_if.title, how, _effect(there), _effect(inside), *said)


def holds(before: Scenario, after: Scenario) -> str:
    """Say from when acts are others than before and how strictly they hold; blank where none is another."""
    new = [act for act in after.acts if act not in before.acts]
    kept = {act.act for act in after.acts}
    gone = [act for act in before.acts if act.act not in kept]
    if not new and not gone:
        return ""
    strictly = dict.fromkeys(filter(None, map(_strictly, new)))
    return ", ".join([f"{min(act.from_ for act in (*new, *gone))}", *strictly])


def _strictly(act: Act) -> str:
    """Say of how many people an act holds; blank where it is no matter of a share."""
    share = act.admit_share if act.effect in ("exempt", "admit", "corridor") else act.enforcement
    return "" if share is None or act.effect not in STRICTLY else STRICTLY[act.effect].format(f"{100 * share:.3g}%")


def _effect(found: Difference | None) -> Effect | None:
    if found is None:
        return None
    middle = signed(found.band[1], found.unit)
    return Effect(subject(found), _with_range(middle, found.band, found.unit), _in_percent(found.percent), found.tells)


def _in_percent(band: Band) -> str:
    return "" if math.isnan(band[1]) else _with_range(percent(band[1]), band, "percent")


def _with_range(middle: str, band: Band, unit: str) -> str:
    return f"{middle} ({range_of(band, unit)})"
