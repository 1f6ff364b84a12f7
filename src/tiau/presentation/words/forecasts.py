"""What a forecast says, in sentences and cells."""

from __future__ import annotations

from tiau.faults import number_of
from tiau.forecasting.courses import AGAIN_DAYS, COURSES
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation.words.ranges import rounded

COURSE_WORDS = {
    "holds": f"events of the last {AGAIN_DAYS} days happen again and again",
    "subsides": "nothing happens any more",
    "escalates": f"events of the last {AGAIN_DAYS} days happen again, {COURSES['escalates']:g} times as severe",
}
WEIGHTS = (
    "Where there are figures, half of the members go on by the model of movements and half by trends and sizes as in "
    "other conflicts; elsewhere all by the model. Neither was nearer in every conflict that both were measured on."
)
TRUST = (
    "Median (5-95%) of what would be counted. On past days 24 to 28 of 29 later figures of mizoram-2021 lay inside, "
    "and 35 or 36 of 42 of the one other conflict that it could be measured on (docs/forecasting.md). Do not trust it "
    "where nobody fled to before, where no figure has come for months, or beyond half a year."
)


def opening(found: Forecast) -> str:
    """Say of what, from when, how far, and under which course of events it is forecast."""
    return (
        f"{found.name}, {number_of(found.days[-1], 'day')} ahead by what was known on {found.origin}, "
        f"{number_of(found.members, 'member')} fitted to it. Events ahead: {courses(found)}."
    )


def courses(found: Forecast) -> str:
    """Say which courses of events count, and how much each."""
    if found.expected is not None:
        return f"as expected in {found.expected.file}, {number_of(len(found.expected.events), 'event')}{_later(found)}"
    counting = {name: weight for name, weight in found.weights.items() if weight}
    if len(counting) == 1:
        return COURSE_WORDS[next(iter(counting))]
    return ", ".join(f"{weight:.0%} {COURSE_WORDS[name]}" for name, weight in counting.items())


def _later(found: Forecast) -> str:
    last = found.date(found.days[-1])
    later = sum(event.start > last for event in found.expected.events) if found.expected else 0
    return f", of which {later:,} after {last}, beyond this forecast" if later else ""


def with_range(low: float, middle: float, high: float) -> str:
    """Write a median with its 90% range."""
    return f"{rounded(middle)} ({rounded(low)}-{rounded(high)})"
