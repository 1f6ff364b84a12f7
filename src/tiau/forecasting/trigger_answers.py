"""What a forecast answers about triggers: how likely each is, and what past forecasts of it were worth."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tiau.forecasting.constants import stored
from tiau.forecasting.history import Floats, History
from tiau.forecasting.methods import METHODS
from tiau.forecasting.trigger_record import DECISIONS, Past, now, past
from tiau.forecasting.triggers import Asked, Question, passed, reached
from tiau.progress import Progress
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Trigger

if TYPE_CHECKING:
    from pandas import DataFrame

OURS = "tiau"
"""The method that a forecast is by."""
Cells = dict[str, str | int | float | None]


class Foretold(Protocol):
    """What is asked of a forecast."""

    @property
    def origin(self) -> dt.date:
        """The day that it is made from."""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Quantities and places."""

    @property
    def days(self) -> Sequence[int]:
        """Days ahead."""

    @property
    def samples(self) -> Floats:
        """Joint samples (row, day, member), persons."""


@dataclass(frozen=True)
class Answer:
    """What a forecast says of a trigger.

    Attributes
    ----------
    question : Question
    origin : date
    members, reached : int
        Joint samples, and how many of them pass; 0 where the last figure is past the threshold already.
    chances : dict of str to float
        By method, from the same day; ours is not among them where the last figure is past it, others are not where
        there is none.
    past : Past
        Of these methods, and of those with the model of movements where that was asked for.
    """

    question: Question
    origin: dt.date
    members: int
    reached: int
    chances: dict[str, float]
    past: Past

    @property
    def methods(self) -> list[str]:
        """Ours, and all others."""
        return [OURS, *(name for name in self.past.chances if name != OURS)]

    @property
    def end(self) -> dt.date:
        """The last day that it counts on, or the only one."""
        return self.origin + dt.timedelta(self.question.days)

    def cells(self, method: str) -> Cells:
        """Return a row of a table by column: the trigger, a method, its chance and its record."""
        ours = method == OURS
        record = self.past.record(method) if method in self.past.chances else None
        cells: Cells = {
            **_of_trigger(self.question.trigger),
            "location": self.question.place,
            "target": self.question.quantity,
            "reference_date": str(self.origin),
            "days": self.question.days,
            "end_date": str(self.end),
            "last_figure": self.question.last,
            "method": method,
            "probability": self.chances.get(method),
            "members": self.members if ours and self.members else None,
            "members_reached": self.reached if ours and self.members else None,
            "past_origins": len(self.past.origins),
            "judged": int(self.past.judged.sum()),
            "came": int(self.past.events.sum()),
            "passings": self.past.passings,
            "why_not": f"it {passed(self.question)}" if self.question.passed else None,
        }
        if record is None:
            return cells
        cells |= {
            "brier": record.brier,
            "skill_over_base_rate": record.over_base_rate,
            "skill_over_persistence": record.over_persistence,
        }
        for decision in record.decisions:
            at = f"{100 * decision.least:.0f}"
            cells |= {f"{name}_{at}": count for name, count in vars(decision.counts).items()}
            cells |= {f"warned_{at}": decision.warned, f"lead_days_{at}": decision.lead_days}
        return cells


COUNTS = ("hits", "misses", "false_alarms", "correct_rejections", "warned", "lead_days")
COLUMNS = (
    "trigger", "location", "target", "comparison", "threshold", "when", "days", "reference_date", "end_date", "set_by",
    "set_on", "last_figure", "method", "probability", "members", "members_reached", "past_origins", "judged", "came",
    "passings", "brier", "skill_over_base_rate", "skill_over_persistence",
    *(f"{name}_{100 * least:.0f}" for least in DECISIONS for name in COUNTS), "why_not",
)  # fmt: skip


def _of_trigger(trigger: Trigger) -> Cells:
    return {
        "trigger": trigger.trigger,
        "location": trigger.place,
        "target": trigger.quantity,
        "comparison": trigger.comparison,
        "threshold": trigger.threshold,
        "when": "on the day" if trigger.on else "on any day",
        "set_by": trigger.set_by,
        "set_on": str(trigger.set_on or ""),
    }


@dataclass(frozen=True)
class Answers:
    """What a forecast says of all triggers.

    Attributes
    ----------
    answers : tuple of Answer
    left_out : tuple of (Trigger, str)
        Triggers of the scenario's table that it cannot answer, each with the reason.
    """

    answers: tuple[Answer, ...] = ()
    left_out: tuple[tuple[Trigger, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.answers or self.left_out)

    def rows(self) -> Iterator[Cells]:
        """Yield a row a trigger and method, by column of `COLUMNS`; what is left out has one with the reason."""
        for answer in self.answers:
            yield from map(answer.cells, answer.methods)
        for trigger, reason in self.left_out:
            yield {**_of_trigger(trigger), "why_not": reason}

    def csv(self) -> Iterator[list[str]]:
        """Yield the rows as texts."""
        for row in self.rows():
            yield [_cell(row.get(column)) for column in COLUMNS]

    def table(self) -> DataFrame:
        """Return the rows as a table."""
        from pandas import DataFrame

        return DataFrame(list(self.rows()), columns=list(COLUMNS))


def _cell(value: str | float | None) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def answers(
    found: Foretold, wanted: Asked, scenario: Scenario, *, record: bool = False, progress: Progress | None = None
) -> Answers:
    """Return what a forecast says of triggers, and what methods were worth on past days that are over by its origin.

    Parameters
    ----------
    found : Foretold
    wanted : Asked
    scenario : Scenario
        That it is of.
    record : bool
        Whether ours and the model of movements are asked on past days too, which takes about a minute for each.
    progress : callable, optional
        Called with the number of past days done and in all.
    """
    known = scenario.known_by(found.origin)
    known = known.model_copy(update={"settings": known.settings.model_copy(update={"end": found.origin})})
    left_out = list(wanted.left_out)
    placed: list[Question] = []
    for question in wanted.questions:
        if (question.quantity, question.place) in found.rows:
            placed.append(question)
        else:
            left_out.append((question.trigger, f"members cannot be set beside figures of {question.place}"))
    if not placed:
        return Answers((), tuple(left_out))
    history, constants = History(known), stored().constants_for(scenario)
    others = {name: method for name, method in METHODS.items() if not method.leaks and not method.slow}
    judged = {name: method for name, method in METHODS.items() if name in others or (record and not method.leaks)}
    chances = now(history, placed, others, constants)
    records = past(history, placed, judged, constants, progress)
    given = [
        _answer(found, question, of, before) for question, of, before in zip(placed, chances, records, strict=True)
    ]
    return Answers(tuple(given), tuple(left_out))


def _answer(found: Foretold, question: Question, chances: dict[str, float], before: Past) -> Answer:
    if question.passed:
        return Answer(question, found.origin, 0, 0, {}, before)
    people = found.samples[found.rows.index((question.quantity, question.place))]
    did = reached(question, people, np.array(found.days, float))
    ours = {OURS: float(did.mean())}
    return Answer(question, found.origin, did.size, int(did.sum()), ours | chances, before)
