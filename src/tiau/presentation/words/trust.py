"""Whether to trust a run, in plain words, by how figures lie that it was not fitted to."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.evaluation.assessment import Assessment
from tiau.evaluation.coverage import CoveredPart, promised
from tiau.faults import number_of
from tiau.presentation.words.coverage import FAULTLESS, FEWEST, NARROW, WIDE, verdict
from tiau.presentation.words.ranges import listed

UNTESTED = "A sketch: there are too few figures to check it against."
VERDICTS = {
    NARROW: "With care: more of what was counted lies outside its ranges than should. Plan for wider ones.",
    WIDE: "Yes, with its ranges, which are wider than they need be.",
    FAULTLESS: "Yes, for planning and with its ranges, as long as things go on as they did.",
    "": UNTESTED,
}
OFF = "Not its level: far more or fewer people were counted than it gives. Fit it to the figures first (tiau fit)."
FITTED_ONLY = "With care: it was checked only on figures that it was fitted to."


def trust(assessment: Assessment) -> Iterator[str]:
    """Say whether to trust a run, then why, sentence by sentence."""
    tested = _tested(assessment.coverage)
    off = assessment.level is not None and assessment.level.off
    if tested is None:
        yield OFF if off else UNTESTED
        return
    found = verdict(tested.all, assessment.result.members)
    fitted_only = tested.fitted and found in (WIDE, FAULTLESS)
    yield OFF if off else FITTED_ONLY if fitted_only else VERDICTS[found]
    yield _held(tested, assessment.result.members)


def _tested(parts: list[CoveredPart]) -> CoveredPart | None:
    """Return the figures that test a run: those that it was not fitted to, if there are enough, else the most."""
    new = [part for part in parts if not part.fitted and part.all.figures >= FEWEST]
    return max(new or parts, key=lambda part: part.all.figures, default=None)


def _held(part: CoveredPart, members: int) -> str:
    found = part.all
    which = "that it was fitted to" if part.fitted else "that it had not seen"
    would = round(promised(90, members) * found.figures)
    lie = f"{found.inside[90]} of {number_of(found.figures, 'reported figure')} {which} lie inside its ranges"
    ends = "" if found.figures < FEWEST else f"; {would} would if ranges of nine chances in ten held just that"
    outside = [f"{count} {side} them" for side, count in (("below", found.below), ("above", found.above)) if count]
    return f"{lie}{ends}.{f' Outside lie {listed(outside)}.' if outside else ''}"
