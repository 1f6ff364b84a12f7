"""What-ifs on a report: by how much entries and people in the main area would differ, as differences alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiau.presentation.words.ranges import range_of, signed, subject
from tiau.presentation.words.what_ifs import assumptions, effects
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Difference, Outcome
from tiau.what_ifs.measures import AT_THE_END, HEADLINE, MEASURES


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
    """A what-if: its name and title, its main effects, and all that is said of it."""

    name: str
    title: str
    effects: tuple[Effect, ...]
    paragraph: str
    rests_on: str


def told(comparison: Comparison, main: str) -> Iterator[Told]:
    """Yield what is told of each what-if of a comparison; its effects on entries and on people in the main area."""
    for outcome in comparison.outcomes:
        said = " ".join(effects(comparison, outcome)), " ".join(assumptions(outcome))
        shown = tuple(map(_effect, _main(outcome, main)))
        yield Told(outcome.name, outcome.change.what_if.title, shown, *said)


def _main(outcome: Outcome, main: str) -> Iterator[Difference]:
    """Yield the differences that come first: of all entries, and of people in the main area."""
    for found in outcome.differences:
        headline = MEASURES[found.measure].told == HEADLINE and not found.place
        if headline or (MEASURES[found.measure].told == AT_THE_END and found.place == main):
            yield found


def _effect(found: Difference) -> Effect:
    over_all, given = (range_of(band, found.unit) for band in (found.band, found.given_band))
    return Effect(subject(found), signed(found.band[1], found.unit), over_all, given, found.tells)
