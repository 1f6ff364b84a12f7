"""What past forecasts of a trigger were worth: from each past day what methods gave it, and what was reported then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from tiau.evaluation.events import Warnings, brier_score, skill, warnings
from tiau.forecasting.constants import Constants
from tiau.forecasting.history import Bools, Floats, History, Panel, Series
from tiau.forecasting.methods import Method
from tiau.forecasting.origins import EVERY, Moment, moments
from tiau.forecasting.quantiles import chance_above
from tiau.forecasting.targets import NEAR
from tiau.forecasting.triggers import Question
from tiau.progress import Progress

DECISIONS = (0.5, 0.2)
"""Chances from which on a warning is given: an even one, and one for whom acting costs a fifth of being caught."""
STEPS = 3
"""At so many equal parts of the time ahead methods are asked."""
PERSISTENCE = "persistence"


@dataclass(frozen=True)
class Decision:
    """What warnings from a chance on gave.

    Attributes
    ----------
    least : float
        The chance.
    counts : Warnings
        Of origins that could be judged.
    warned : int
        Times that the threshold was passed and that a warning was given before, from any origin that saw so far.
    lead_days : float
        From the first such warning to the figure that passed, mean over these; NaN where there is none.
    """

    least: float
    counts: Warnings
    warned: int
    lead_days: float


@dataclass(frozen=True)
class Record:
    """What a method was worth on past origins.

    Attributes
    ----------
    brier : float
    over_base_rate, over_persistence : float
        Brier skill against the share of origins at which it came, and against the last figure that stays; NaN where
        these are never wrong.
    decisions : tuple of Decision
        One for each of `DECISIONS`.
    """

    brier: float
    over_base_rate: float
    over_persistence: float
    decisions: tuple[Decision, ...]


@dataclass
class Past:
    """Past origins of a question.

    Attributes
    ----------
    origins : list of int
        Ordinals, of those from which it could be asked: the threshold had not been passed by the last figure, and its
        time was over by now.
    came : list of (bool or None)
        Whether it came by figures; None where none decides that.
    passed : list of float
        The day of the figure that passed, as an ordinal; NaN where none did.
    chances : dict of str to list of float
        By method.
    """

    origins: list[int] = field(default_factory=list)
    came: list[bool | None] = field(default_factory=list)
    passed: list[float] = field(default_factory=list)
    chances: dict[str, list[float]] = field(default_factory=dict)

    @property
    def judged(self) -> Bools:
        """Which origins figures decide (origin,)."""
        return np.array([came is not None for came in self.came], bool)

    @property
    def events(self) -> Bools:
        """Whether it came, of those that are judged (judged,)."""
        return np.array([came for came in self.came if came is not None], bool)

    @property
    def passings(self) -> int:
        """How many times a figure passed the threshold, however many origins saw that far."""
        return len({day for day, came in zip(self.passed, self.came, strict=True) if came})

    def record(self, method: str) -> Record | None:
        """Return what a method was worth; None where nothing could be judged."""
        judged, came = self.judged, self.events
        if not came.size:
            return None
        chance = np.array(self.chances[method])[judged]
        brier = brier_score(chance, came)
        base = brier_score(np.full(came.size, came.mean()), came)
        persistence = brier_score(np.array(self.chances[PERSISTENCE])[judged], came)
        return Record(
            brier, skill(brier, base), skill(brier, persistence),
            tuple(self._decision(chance, came, least) for least in DECISIONS),
        )  # fmt: skip

    def _decision(self, chance: Floats, came: Bools, least: float) -> Decision:
        origins, passed = np.array(self.origins, float)[self.judged], np.array(self.passed)[self.judged]
        warned = came & (chance >= least)
        leads = [float((passed - origins)[warned & (passed == day)].max()) for day in np.unique(passed[warned])]
        return Decision(
            least, warnings(chance, came, least), len(leads), float(np.mean(leads)) if leads else float("nan")
        )


def past(
    history: History, questions: Sequence[Question], methods: Mapping[str, Method], constants: Constants,
    progress: Progress | None = None,
) -> list[Past]:  # fmt: skip
    """Ask questions again from past origins, each as many days ahead as now.

    Parameters
    ----------
    history : History
        Of the scenario as it is known now, ending now.
    questions : sequence of Question
    methods : dict of str to Method
    constants : Constants
    progress : callable, optional
        Called with the number of past origins done and in all.

    Returns
    -------
    list of Past
        One a question.
    """
    found = [Past(chances={name: [] for name in methods}) for _ in questions]
    for moment in moments(history, EVERY, progress=progress):
        ask = asking(moment, methods, constants)
        for question, of in zip(questions, found, strict=True):
            row = _row(moment.panel, question)
            over = moment.panel.origin + question.days <= history.end
            if row is None or not over or (question.any_day and question.passes(moment.panel.last)[row]):
                continue
            came, passed = outcome(question, moment.truth.get(question.place), moment.panel.origin)
            of.origins.append(moment.panel.origin)
            of.came.append(came)
            of.passed.append(passed)
            for name, chance in chances(question, row, methods, ask):
                of.chances[name].append(chance)
    return found


def now(
    history: History, questions: Sequence[Question], methods: Mapping[str, Method], constants: Constants
) -> list[dict[str, float]]:
    """Return the chance of each question by method on the last day of a history; none where no figure is given."""
    found: list[dict[str, float]] = [{} for _ in questions]
    for panel in history.at(history.end):
        ask = asking(Moment(history, panel), methods, constants)
        for question, of in zip(questions, found, strict=True):
            row = _row(panel, question)
            if row is not None and panel.last.any():
                of.update(chances(question, row, methods, ask))
    return found


def outcome(question: Question, truth: Series | None, origin: int) -> tuple[bool | None, float]:
    """Return whether it came by figures, None where none decides that, and the day of the figure that passed.

    Of any day until the last: it came if a figure after the origin and until then passes; it did not if none does and
    the figure nearest to the last day, within a sixth of the time ahead, does not either. Of one day that figure
    decides alone.
    """
    nothing = float("nan")
    if truth is None:
        return None, nothing
    lead, passes = truth.days - origin, question.passes(truth.people)
    inside = np.flatnonzero((lead > 0) & (lead <= question.days) & passes)
    if question.any_day and inside.size:
        return True, float(truth.days[inside[0]])
    nearest = int(np.argmin(np.abs(lead - question.days)))
    if lead[nearest] <= 0 or abs(lead[nearest] - question.days) > question.days * NEAR:
        return None, nothing
    if not passes[nearest]:
        return False, nothing
    return (None, nothing) if question.any_day else (True, float(truth.days[nearest]))


Ask = Callable[[str, float], Floats]
"""Gives the quantiles of a panel's places (place, level) by method and days ahead."""


def asking(moment: Moment, methods: Mapping[str, Method], constants: Constants) -> Ask:
    """Return what asks methods at a moment; questions that reach equally far are answered together."""

    @cache
    def ask(name: str, days: float) -> Floats:
        lead = np.full(len(moment.panel.series), days)
        return methods[name].forecast(moment.now, lead, constants)

    return ask


def chances(question: Question, row: int, methods: Iterable[str], ask: Ask) -> Iterator[tuple[str, float]]:
    """Yield the chance that each method gives a question of a place of a panel, by its row.

    Methods say how many people there are on a day, not how these days hang together. On any day until the last the
    chance is the largest of those at thirds of the time ahead, as if each course kept its rank: the least that it can
    be.
    """
    steps = range(1, STEPS + 1) if question.any_day else (STEPS,)
    for name in methods:
        found = [chance_of(question, ask(name, question.days * step / STEPS)[[row]])[0] for step in steps]
        yield name, float(max(found))


def chance_of(question: Question, quantiles: Floats) -> Floats:
    """Return the chance (row,) that distributions given by quantiles (row, level) are past the threshold."""
    threshold = np.full(len(quantiles), question.trigger.threshold)
    sign = question.trigger.comparison
    above = chance_above(quantiles, threshold, reached=sign in (">=", "<"))
    return above if question.above else 1 - above


def _row(panel: Panel, question: Question) -> int | None:
    if panel.quantity != question.quantity or question.place not in panel.places:
        return None
    return panel.places.index(question.place)
