"""What a forecast says of triggers, in sentences and cells."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from tiau.evaluation.events import Warnings
from tiau.faults import number_of
from tiau.forecasting.origins import EVERY
from tiau.forecasting.trigger_answers import OURS, Answer, Answers
from tiau.forecasting.trigger_record import DECISIONS
from tiau.forecasting.triggers import passed
from tiau.scenario.rows import Trigger

FIRST, SECOND = (f"{least:.0%}" for least in DECISIONS)
HOW = (
    f"Warnings are given from a chance of {FIRST} on, or of {SECOND}: hits / misses / false alarms / rightly silent. "
    "Lead: days from the first warning to the figure that passed. Skill: how much better the Brier score is than that "
    f"of the share of past days at which it came. These are {EVERY} days apart, so that what is asked on them overlaps."
)
CHANCES = (
    f"Chances of {OURS} are shares of its members, which go straight from one end of a week or month to the next; "
    "those of other methods are the largest of three days until then."
)

PLAIN = {
    "mechanism": "the model of movements alone", "statistical": "figures alone", "trend": "its trend goes on",
    "persistence": "the last count stays", "persistence_dressed": "the last count with a range",
    "drift_dressed": "its growth goes on with a range", "damped": "its growth slows down",
    "share_by_distance": "shared out by nearness", "capacity_share": "shared out by room",
}  # fmt: skip
"""What other methods of forecasting are called where no more than a name is said of them."""


def named(answer: Answer) -> str:
    """Say what a trigger asks, of what, until when."""
    trigger = answer.question.trigger
    when = f"on any day until {answer.end}" if answer.question.any_day else f"on {answer.end}"
    return f"{answer.question.quantity} at {answer.question.place} {trigger.comparison} {trigger.threshold:,.0f} {when}"


def of_members(reached: int, members: int) -> str:
    """Say which share of members passes: never that none can, or that all must."""
    if reached == 0:
        return f"less than 1 in {members:,}"
    if reached == members:
        return f"more than {members - 1:,} in {members:,}"
    return f"{chance(reached / members)} ({reached:,} of {number_of(members, 'member')})"


def chance(value: float | None) -> str:
    """Write a chance in percent, never 0 or 100; a dash for none."""
    if value is None:
        return "-"
    return "under 1%" if value < 0.01 else "over 99%" if value > 0.99 else f"{100 * value:.0f}%"


def answered(answer: Answer) -> str:
    """Say how likely a trigger is, from which figure on, and who set it."""
    question = answer.question
    last = "no figure yet" if isnan(question.last) else f"last figure {question.last:,.0f}"
    chance_now = f"{of_members(answer.reached, answer.members)}; {last}"
    return f"{named(answer)}: {passed(question) if question.passed else chance_now}{set_by(question.trigger)}"


def set_by(trigger: Trigger) -> str:
    """Say who set a trigger and when; blank where that is not said."""
    return f"; {trigger.trigger}, set by {trigger.set_by} on {trigger.set_on}" if trigger.set_by else ""


def judged(answer: Answer) -> str:
    """Say on how many past days it was asked, how many of these figures decide, and how often it came."""
    past = answer.past
    if not past.origins:
        return "Asked again: from no past day, as it had been passed, nothing was counted, or its time is not over."
    asked, decided = number_of(len(past.origins), "past day"), int(past.judged.sum())
    if not decided:
        return f"Asked again from {asked}: no figure decides any of them."
    came = int(past.events.sum())
    times = f", by {number_of(past.passings, 'passing')} of the threshold" if came else ""
    return f"Asked again from {asked}: figures decide {decided}, and it came from {came} of them{times}."


def others(answer: Answer) -> str:
    """Say the chances that other methods give, in a line; blank where none does."""
    said = ", ".join(f"{PLAIN[name]} {chance(value)}" for name, value in answer.chances.items() if name != OURS)
    return f"By other methods: {said}." if said else ""


def counts(found: Warnings) -> str:
    """Write what came of warnings in a cell."""
    return f"{found.hits} / {found.misses} / {found.false_alarms} / {found.correct_rejections}"


def lead(days: float) -> str:
    """Write a lead time in days; a dash for none."""
    return "-" if isnan(days) else f"{days:.0f}"


def told(found: Answers) -> Iterator[tuple[str, str]]:
    """Yield what a forecast says of each trigger, for a page, and what is to be known of that."""
    for answer in found.answers:
        yield answered(answer), " ".join(filter(None, (judged(answer), others(answer))))
    for trigger, reason in found.left_out:
        yield not_asked(trigger, reason), ""


def not_asked(trigger: Trigger, reason: str) -> str:
    """Say why a trigger of the scenario is not answered."""
    return f"{trigger.trigger} of triggers.csv is left out: {reason}."
