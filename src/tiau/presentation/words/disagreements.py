"""Contradictions and different pictures in words, for the terminal and the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tiau.observations.claims import figures
from tiau.observations.contradictions import MOST_COMPARED, Contradiction, DifferentPictures, Disagreements
from tiau.observations.ledger import Placement
from tiau.presentation.words.figures import figure
from tiau.scenario.quantities import QUANTITIES

LONGEST_LIST = 10
MOST_TELLING = 3
NOT_COMPARED = f"reports are not compared, because there are more than {MOST_COMPARED:,}"


def claim(placement: Placement, *, place: str = "", days: str = "") -> str:
    """Write what a report says and who said it; its place and days only where they differ from those given."""
    report = placement.report
    what = f"{figure(report)} {QUANTITIES[report.quantity].done}"
    what += "" if report.of_everybody else f" ({report.whose})"
    what += f" in {report.place}" if report.place != place else ""
    one_day = report.as_of.start == report.as_of.end
    what += f" {'on' if one_day else 'in'} {report.as_of}" if str(report.as_of) != days else ""
    who = report.said_by or report.publisher
    return f"{what} [{report.report}{', ' if who else ''}{who}]"


def days_of(found: Contradiction | DifferentPictures) -> str:
    """Return the first and the last day that reports speak of, once where they are the same."""
    periods = [placement.report.as_of for placement in found.placements]
    first, last = min(period.start for period in periods), max(period.end for period in periods)
    return " to ".join(dict.fromkeys((str(first), str(last))))


def contradiction_line(contradiction: Contradiction) -> str:
    """Write a contradiction as one line: days, place, what is said by whom, and why it cannot be."""
    days, place = days_of(contradiction), contradiction.lower.report.place
    first, second = (claim(placement, place=place, days=days) for placement in contradiction.placements)
    return f"{days}, {place}: {first}; but {second}: {contradiction.rule}"


def picture_line(pictures: DifferentPictures) -> str:
    """Write different pictures as one line: days, place, the lowest and the highest figure, and the others."""
    days, place = days_of(pictures), pictures.place
    low = min(pictures.placements, key=lambda placement: figures(placement.report)[0])
    high = max(pictures.placements, key=lambda placement: figures(placement.report)[1])
    others = [f"{figure(e.report)} [{e.report.report}]" for e in pictures.placements if e is not low and e is not high]
    also = f"; also {', '.join(others)}" if others else ""
    return f"{days}, {place}: from {claim(low, place=place)} to {claim(high, place=place)}{also}"


def most_telling(disagreements: Disagreements) -> tuple[list[Contradiction], list[DifferentPictures]]:
    """Return contradictions and different pictures, the widest apart first."""
    contradictions = sorted(disagreements.contradictions, key=lambda one: -one.factor)
    return contradictions, sorted(disagreements.pictures, key=lambda one: -one.factor)


def sections(disagreements: Disagreements, *, everything: bool = False) -> str:
    """Write the sections of `tiau check`, the widest apart first; 10 lines of each unless `everything` is asked for."""
    if not disagreements.compared:
        return f"Contradictions: {NOT_COMPARED}"
    contradictions, pictures = most_telling(disagreements)
    head = "Contradictions (pairs of reports that cannot both be true)"
    text = _section(head, [contradiction_line(one) for one in contradictions], everything)
    head = "Different pictures (could be true together, but more than a factor of 2 apart within 5 days)"
    return f"{text}\n{_section(head, [picture_line(one) for one in pictures], everything)}"


def _section(head: str, lines: Sequence[str], everything: bool) -> str:
    shown = lines if everything else lines[:LONGEST_LIST]
    more = [f"  and {len(lines) - len(shown)} more: --all"] if len(lines) > len(shown) else []
    return "\n".join([f"{head}: {len(lines) or 'none'}", *(f"  {line}" for line in shown), *more])


def summary(disagreements: Disagreements) -> str:
    """Write the two lines of `tiau run`: how many, and the most telling ones, each report once."""
    if not disagreements.compared:
        return f"Contradictions among reports: {NOT_COMPARED}"
    contradictions, pictures = most_telling(disagreements)
    pairs = [
        f"{days_of(one)} {one.lower.report.place} {figure(one.higher.report)} [{one.higher.report.report}] "
        f"against {figure(one.lower.report)} [{one.lower.report.report}]"
        for one in _no_report_twice(contradictions)
    ]
    wide = [f"{days_of(one)} {one.place} {one.lowest:,.0f} to {one.highest:,.0f}" for one in pictures[:MOST_TELLING]]
    return f"{_line('Contradictions among reports', len(contradictions), pairs)}\n" + _line(
        "Different pictures", len(pictures), wide
    )


def _line(name: str, count: int, examples: Sequence[str]) -> str:
    return f"{name}: {count}, such as {'; '.join(examples)}" if count else f"{name}: none"


def _no_report_twice(contradictions: Iterable[Contradiction]) -> list[Contradiction]:
    chosen: list[Contradiction] = []
    seen: set[str] = set()
    for one in contradictions:
        names = {placement.report.report for placement in one.placements}
        if not names & seen and len(chosen) < MOST_TELLING:
            chosen.append(one)
            seen |= names
    return chosen
