"""Whether to trust a run, in plain words, by how figures lie that it was not fitted to."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from tiau.evaluation.assessment import Assessment, Part
from tiau.evaluation.coverage import ALL, CoveredPart
from tiau.faults import number_of
from tiau.presentation.words.classes import ROWS
from tiau.presentation.words.coverage import FEWEST, NARROW, WIDE, verdict, would_lie
from tiau.presentation.words.listing import listed
from tiau.scenario.quantities import QUANTITIES

UNTESTED = "A sketch: there are too few figures to check it against."
VERDICTS = {
    NARROW: "With care: more of what was counted lies outside its ranges than should. Plan for wider ones.",
    WIDE: "Yes, with its ranges, which are wider than they need be.",
    "": UNTESTED,
}
SOUND = "Yes, for planning and with its ranges, as long as things go on as they did."
OFF = "Not its level: far more or fewer people were counted than it gives. Fit it to the figures first (tiau fit)."
RANGES_ALONE = "Its ranges, yes; its middle numbers, less so."
FAR = 1.25
"""From so many times more or fewer people than counted on it is said."""
MISSES_TOLD = 2
"""So many series of counts to one side are told one by one."""
FITTED_ONLY = "With care: it was checked only on figures that it was fitted to."


def trust(assessment: Assessment) -> Iterator[str]:
    """Say whether to trust a run, then why, sentence by sentence."""
    tested = _tested(assessment.coverage)
    off = assessment.level is not None and assessment.level.off
    if tested is None:
        yield OFF if off else UNTESTED
        return
    members = assessment.result.members
    judged = VERDICTS.get(verdict(tested.all, members), SOUND)
    far = list(_far(tested))
    if tested.fitted and judged in (SOUND, VERDICTS[WIDE]):
        judged = FITTED_ONLY
    elif (far or tested.one_sided) and judged in (SOUND, VERDICTS[WIDE]):
        judged = RANGES_ALONE
    yield OFF if off else judged
    yield _held(tested, members)
    if far:
        yield f"Its middle numbers are {listed(far)}: plan by counts where there are any."
    yield from _one_sided(tested)
    narrow = [ROWS[name] for name, found in tested.classes.items() if name != ALL and verdict(found, members) == NARROW]
    if narrow:
        yield f"Its ranges are too narrow for figures of class {listed(narrow)}."
    yield from _plainer(assessment.parts)


def _tested(parts: list[CoveredPart]) -> CoveredPart | None:
    """Return the figures that test a run: those that it was not fitted to, if there are enough, else the most."""
    new = [part for part in parts if not part.fitted and part.all.figures >= FEWEST]
    return max(new or parts, key=lambda part: part.all.figures, default=None)


def _held(part: CoveredPart, members: int) -> str:
    found = part.all
    which = "that it was fitted to" if part.fitted else "that it had not seen"
    would = would_lie(found, members)
    lie = f"{found.inside[90]} of {number_of(found.figures, 'reported figure')} {which} lie inside its ranges"
    ends = "" if found.figures < FEWEST else f"; {would} would if its ranges held nine in ten"
    outside = [f"{count} {side} them" for side, count in (("below", found.below), ("above", found.above)) if count]
    return f"{lie}{ends}.{f' Outside lie {listed(outside)}.' if outside else ''}"


def _far(part: CoveredPart) -> Iterator[str]:
    """Say for which classes of figures the middle of the run is far from them."""
    for name, found in part.classes.items():
        if name != ALL and found.figures >= FEWEST and not 1 / FAR <= found.factor <= FAR:
            times, than = (found.factor, "above") if found.factor > 1 else (1 / found.factor, "below")
            yield f"{times:.1f} times {than} what was counted ({ROWS[name]})"


def _one_sided(part: CoveredPart) -> Iterator[str]:
    """Say which series of counts lie nearly all on one side of the middle of the run, and how far that is off."""
    for one in part.one_sided[:MISSES_TOLD]:
        percent = abs(round(100 * (one.factor - 1)))
        below, above = ("below", "above") if one.factor < 1 else ("above", "below")
        yield (
            f"Its middle lies {percent}% {below} the counts of people {QUANTITIES[one.quantity].done} in {one.place}: "
            f"{one.beyond:,} of {one.counts:,} lie {above} it, whatever errors its sources are taken to make."
        )
    if len(part.one_sided) > MISSES_TOLD:
        others = len(part.one_sided) - MISSES_TOLD
        yield f"{number_of(others, 'other series lies', 'other series lie')} to one side of it as well."


def _plainer(parts: list[Part]) -> Iterator[str]:
    """Say which plain method would have come nearer to later figures of the series than the run."""
    for part in parts:
        better = {name: error for name, (error, _) in part.baselines.items() if error < part.score.error}
        if len(part.baselines) > 1 and better:
            name, error = min(better.items(), key=lambda one: one[1])
            ours, theirs = (f"{100 * (exp(one) - 1):.0f}%" for one in (part.score.error, error))
            yield f"A plain rule ({name}) came nearer to later counts of its main series: {theirs} off, the run {ours}."
