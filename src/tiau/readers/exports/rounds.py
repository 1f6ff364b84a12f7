"""Counts of displaced people by round, level and area, whose parts stand in rows of their own: one figure each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from tiau.readers.exports.findings import Finding, FoundFigure, LeftOut, Spot
from tiau.readers.exports.values import count, known
from tiau.scenario.vocabulary import Period

ROUNDED = 1.0
"""People by which a sum may differ from what is given for the whole."""
UNKNOWN_AREA = {"not available", "unknown", "not known", "n/a", ""}
BASELINE = ("ba", "baseline", "baseline assessment", "")


@dataclass(frozen=True, slots=True)
class Part:
    """A row: a part of a count, or a whole one.

    Attributes
    ----------
    row : int
    spot : Spot
        What is counted; `above` are the keys of the areas that it lies in, the smallest first.
    above : tuple of str
    operation, assessment, round_ : str
    when : Period
    text : str
        The cell with the number.
    of : tuple of str
        What tells parts of one count apart, such as reason and origin.
    note : str
    """

    row: int
    spot: Spot
    above: tuple[str, ...]
    operation: str
    assessment: str
    round_: str
    when: Period
    text: str
    of: tuple[str, ...] = ()
    note: str = ""

    @property
    def key(self) -> str:
        """Key of what is counted."""
        return area_key(self.spot)

    @property
    def count(self) -> Hashable:
        """Which count it is a part of."""
        return self.operation, self.assessment.casefold(), self.round_, self.when, self.spot.tier, self.key


def area_key(spot: Spot) -> str:
    """Return what tells an area from others: its code, or its name."""
    return spot.code or f"{spot.admin1} {spot.name}".strip()


def figures(parts: Iterable[Part], sheet: str, publisher: str) -> Iterator[Finding]:
    """Yield a figure for each count: its parts added up, copies of rows left out, sums of smaller areas not scored."""
    counts: dict[Hashable, list[Part]] = {}
    seen: dict[Hashable, int] = {}
    rows = list(parts)
    # The baseline first, so that what a site assessment repeats is told as a copy of it.
    for part in sorted(rows, key=lambda part: (part.assessment.casefold() not in BASELINE, part.row)):
        if not known(part.text) or (found := count(part.text)) is None or found.value is None:
            yield LeftOut(rows=(part.row,), sheet=sheet, reason="no number of people")
            continue
        same = (part.operation, part.round_, part.when, part.spot.tier, part.key, part.of, found.value)
        if same in seen:
            yield LeftOut(rows=(part.row,), sheet=sheet, reason=f"the same count as row {seen[same]}, given again")
            continue
        seen[same] = part.row
        counts.setdefault(part.count, []).append(part)
    made = [(parts[0], _figure(parts, sheet, publisher)) for parts in counts.values()]
    yield from _scored_once(made)


def _figure(parts: list[Part], sheet: str, publisher: str) -> FoundFigure:
    first = parts[0]
    found = [number for part in parts if (number := count(part.text)) is not None]
    site = first.assessment.casefold() not in BASELINE
    pieces = (first.operation, first.assessment, first.spot.tier, first.key, first.round_ or str(first.when))
    return FoundFigure(
        rows=tuple(part.row for part in parts), sheet=sheet, key=";".join(filter(None, pieces)),
        start=first.when.start, end=first.when.end, spot=first.spot, quantity="idp_present",
        value=sum(number.value or 0.0 for number in found),
        bound="exact" if all(number.bound == "exact" for number in found) else "about",
        source_kind="agency", said_by=f"IOM DTM{' (site assessment)' if site else ''}", publisher=publisher,
        note="; ".join(filter(None, (first.operation, f"round {first.round_}" if first.round_ else "", first.note))),
    )  # fmt: skip


def _scored_once(made: list[tuple[Part, FoundFigure]]) -> Iterator[FoundFigure]:
    """Yield figures, those of larger areas not to be scored where smaller ones add up to them."""
    below: dict[Hashable, dict[str, float]] = {}
    for part, figure in made:
        for above in part.above:
            sums = below.setdefault((part.operation, part.assessment, part.when, above), {})
            sums[part.spot.tier] = sums.get(part.spot.tier, 0.0) + (figure.value or 0.0)
    for part, figure in made:
        sums = below.get((part.operation, part.assessment, part.when, part.key), {})
        if any(abs(people - (figure.value or 0.0)) <= ROUNDED for people in sums.values()):
            yield replace(figure, not_scored="the sum of its areas, which are given too")
        else:
            yield figure
