"""Whether bands hold what they promise, in words, for the terminal and the report."""

from __future__ import annotations

from scipy.special import bdtr, bdtrc

from tiau.evaluation.coverage import LEVELS, Coverage, CoveredPart, promised
from tiau.evaluation.outside import Missed, Outside, middle
from tiau.faults import number_of
from tiau.presentation.words.classes import ROWS
from tiau.presentation.words.figures import figure, when
from tiau.presentation.words.ranges import significant
from tiau.scenario.counts import interval

FEWEST = 10
"""Figures from which shares are told, and whether a band holds what it promises."""
BY_CHANCE = 0.05
NARROW, WIDE, FAULTLESS = "are too narrow", "are wider than they promise", "show no fault"
FEW_MEMBERS = 0.85
"""What a 90% band of few members can hold is said where it is less than this."""
LISTED, SEASON_DAYS = 4, 60
"""Reports to tell of, and within how many days a source is told of once."""
DISTANCE = "0: the same shares, 1: no place in common"
HEADS = (
    "count", *(f"{level}%" for level in LEVELS), "above", "below", "ratio", "p95/p05", "CRPS", "log score", "bounds",
)  # fmt: skip
MEANING = (
    "50, 80, 90%: % of figures inside the interval that holds so many of the members, of fewer than "
    f"{FEWEST} how many; above and below that of 90%. Ratio: the run's median over the figure; it and p95/p05 are "
    "medians, CRPS and log score means, of logs. Inside: people displaced in their country. Bounds (at least, at most, "
    "ranges): how many hold in 5% of the members or more. Copies do not count."
)


def kept(part: CoveredPart, members: int) -> str:
    """Say whether the 90% bands are known not to hold what they promise, for which classes, and to which side."""
    found = part.all
    which = f"{found.figures:,} figures {part.title}"
    lie = f"{found.inside[90]} {'lies' if found.inside[90] == 1 else 'lie'} inside the 90% band"
    if not found.figures:
        return f"Of figures {part.title}, none names a number: there are bounds alone."
    if found.figures < FEWEST:
        return f"Of {which}, {lie}: too few to tell whether it holds what it promises."
    narrow = [ROWS[name] for name, of_class in part.classes.items() if verdict(of_class, members) == NARROW]
    head = verdict(found, members)
    but = f", but are too narrow for figures of class {' and '.join(narrow)}" if narrow and head != NARROW else ""
    few = f", which of {members} members is less than nine in ten" if promised(90, members) < FEW_MEMBERS else ""
    would = f"{would_lie(found, members)} would if it held what it promises{few}"
    seen = " These it was fitted to: how figures lie that it was not fitted to tells more." if part.fitted else ""
    return f"The bands {head}{but}: of {which}, {lie}; {would}.{_side(found)}{seen}"


def would_lie(found: Coverage, members: int) -> int:
    """Return how many figures would lie inside the 90% band of so many members if it held what it promises."""
    return round(promised(90, members) * found.figures)


def _side(found: Coverage) -> str:
    """Say that figures outside the band lie to one side, more of them than is likely; blank where they do not."""
    if 2 * bdtr(min(found.above, found.below), found.above + found.below, 0.5) >= BY_CHANCE:
        return ""
    high = "high" if found.below > found.above else "low"
    return f" Outside, {found.below} lie below it and {found.above} above: the run is too {high}."


def verdict(found: Coverage, members: int) -> str:
    """Say what becomes of the promise of the 90% band; blank where there are too few figures to tell.

    It is broken where as many figures outside, or as few, are less likely than 5%. That takes figures for independent
    of each other, which those of one series are not: a rough rule.
    """
    if found.figures < FEWEST:
        return ""
    promise = promised(90, members)
    if bdtr(found.inside[90], found.figures, promise) < BY_CHANCE:
        return NARROW
    return WIDE if bdtrc(found.inside[90] - 1, found.figures, promise) < BY_CHANCE else FAULTLESS


def cells(found: Coverage) -> list[str]:
    """Write the numbers of a row of the table under `HEADS`; blank where there are no figures."""
    bounds = f"{found.bounds_held}/{found.bounds}" if found.bounds else ""
    if not found.figures:
        return ["", *[""] * (len(HEADS) - 2), bounds]
    some = found.figures >= FEWEST
    inside = [f"{100 * n / found.figures:.0f}" if some else f"{n}/{found.figures}" for n in found.inside.values()]
    return [
        f"{found.figures}", *inside, f"{found.above}", f"{found.below}", f"{found.factor:.2f}", f"{found.width:.1f}",
        f"{found.crps:.2f}", f"{found.log_score:.2f}", bounds,
    ]  # fmt: skip


def outside_words(found: Outside) -> str:
    """Say which reports the run misses, who said what and how far off that is; blank where it misses none.

    Those that are listed are numbered, as on the chart.
    """
    off, told = found.furthest, listed(found)
    if not off:
        return ""
    sides = " and ".join(
        f"{len(missed)} {'lies' if len(missed) == 1 else 'lie'} {side}"
        for side, missed in (("above", found.above), ("below", found.below)) if missed
    )  # fmt: skip
    such = " Far off are:" if len(off) > len(told) else ""
    said = "; ".join(f"({number}) {_said(missed)}" for number, missed in enumerate(told, start=1))
    it = "it lies" if len(off) == 1 else "all of them lie" if found.noisy == len(off) else (
        f"{found.noisy} of them {'lies' if found.noisy == 1 else 'lie'}")  # fmt: skip
    noisy = f" Once the usual errors of reporting are allowed for, {it} inside." if found.noisy else ""
    return (
        f"The run misses {len(off)} of {number_of(found.reports, 'report')}: {sides} what nine in ten of its runs give."
        f"{such} {said}.{noisy}"
    )


def listed(found: Outside) -> list[Missed]:
    """Return the few misses to tell of: furthest off first, of what one source said of a season the furthest alone."""
    told: list[Missed] = []
    for missed in found.furthest:
        if len(told) < LISTED and not any(_same_season(missed, other) for other in told):
            told.append(missed)
    return told


def _same_season(one: Missed, other: Missed) -> bool:
    apart = abs((middle(one.placement.report) - middle(other.placement.report)).days)
    return apart < SEASON_DAYS and _who(one) == _who(other)


def _who(missed: Missed) -> str:
    report = missed.placement.report
    return report.said_by or report.publisher or "somebody"


def _said(missed: Missed) -> str:
    report = missed.placement.report
    return f"{_who(missed)} said {figure(report)} for {when(report)}, the run has {_reach(missed)}"


def _reach(missed: Missed) -> str:
    """Say how far the run reaches."""
    edge = missed.edge
    if not edge:
        return "nobody"
    least, most = interval(missed.placement.report, 0.0)
    above = least > edge
    # More digits than two where these would say that the report is not missed.
    near = (significant(edge, digits) for digits in (2, 3, 4))
    told = next((people for people in near if (people < least if above else people > most)), edge)
    return f"{'at most' if above else 'at least'} {told:,.0f}"
