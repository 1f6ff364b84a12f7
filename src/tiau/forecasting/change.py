"""Why a forecast says something else than an earlier one: inputs put in the place of the earlier ones, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.faults import InputError
from tiau.forecasting.change_steps import State, chain, state_of
from tiau.forecasting.delivery import came_with
from tiau.forecasting.earlier import Earlier
from tiau.forecasting.expected import MIXED
from tiau.forecasting.headlines import LEVELS, Headlines, Row, headlines
from tiau.forecasting.history import Floats
from tiau.forecasting.prediction import Forecast, forecast
from tiau.forecasting.rows_changed import News, news
from tiau.observations.contradictions import disagreements
from tiau.observations.ledger import ledger
from tiau.progress import PARTS, Progress, Steps, Words, silent
from tiau.scenario.checks import check
from tiau.scenario.network import build
from tiau.scenario.posterior import Posterior
from tiau.version import __version__

HALVES = 200
"""Halves of the members by which it is told how far a change may come of who the members are."""
MIDDLE = LEVELS.index(0.5)
BY_CHANCE = 2.0
"""Sds of a change over halves below which it is said to be within chance."""


@dataclass(frozen=True, repr=False)
class Change:
    """What became of the headline figures of an earlier forecast, part by part.

    Attributes
    ----------
    before : Earlier
    after : Forecast
    day : date
        Of the figures.
    rows : tuple of (str, str)
        Quantity and place: first those whose median changed by more than chance may bring, the largest changes first.
    steps : tuple of str
        The names of the parts, in their order.
    people : int array (row, step + 1, level), persons
        The figures before the first step and after each, at `LEVELS`: parts are differences, which add up exactly.
    chance : float array (row, step, level), persons
        What a part may come to by who the members are: two sds over halves of them.
    chance_in_all : float array (row, level), persons
        The same of the whole change.
    made : tuple of str
        The steps that changed something, for which members ran.
    joined : dict of str to tuple of str
        The steps that a step stands for too, as what lies between could not be run.
    news : News
        How what is known changed.
    """

    before: Earlier
    after: Forecast
    day: dt.date
    rows: tuple[Row, ...]
    steps: tuple[str, ...]
    people: NDArray[np.int64]
    chance: Floats
    chance_in_all: Floats
    made: tuple[str, ...]
    joined: dict[str, tuple[str, ...]]
    news: News

    @property
    def parts(self) -> NDArray[np.int64]:
        """The parts (row, step, level), persons."""
        return np.diff(self.people, axis=1)

    @property
    def within_chance(self) -> NDArray[np.bool_]:
        """Whether a part (row, step, level) is no larger than what chance alone may bring."""
        return np.abs(self.parts) <= self.chance

    @cached_property
    def contradicted(self) -> dict[str, frozenset[str]]:
        """The reports that cannot be true together with a report, as `tiau check` finds them, by its id."""
        network = build(self.after.scenario.known_by(self.after.origin))
        found: dict[str, frozenset[str]] = {}
        for pair in disagreements(ledger(network), network).contradictions:
            names = frozenset(one.report.report for one in pair.placements)
            for name in names:
                found[name] = found.get(name, frozenset()) | (names - {name})
        return found

    def __repr__(self) -> str:
        return f"<Change of {len(self.rows)} figures of {self.day}, {self.before.origin} to {self.after.origin}>"


def change(
    before: Earlier, after: Forecast, *, events: str | Path = MIXED, jobs: int | None = None, steps: Steps = silent
) -> Change:
    """Split the change of each headline figure since an earlier forecast into what it comes of.

    The inputs of the new forecast take the place of the earlier ones in the order of `change_steps.STEPS`, each step
    fitted to what it knows; a step that changes nothing is not run. Figures are those that both have on the latest day
    of both.

    Parameters
    ----------
    before : Earlier
    after : Forecast
        With that day among its days.
    events : str or Path
        The course of events or the table that it was made with.
    jobs : int, optional
        As in `tiau.simulate`.
    steps : callable, optional
        Opens steps that show progress.

    Raises
    ------
    InputError
        If there is no such day, or the new forecast is from an earlier day.
    """
    scenario, day = after.scenario, before.day_shared(after.origin, after.days[-1])
    old = state_of(
        before.scenario, before.origin, horizon=before.horizon, events=before.events, members=before.members,
        seed=before.seed, given=before.learned if before.posterior_given else None,
    )  # fmt: skip
    given = after.learned if came_with(scenario, after.learned) else None
    new = state_of(
        scenario, after.origin, horizon=after.days[-1], events=events, members=after.members, seed=after.seed,
        given=given,
    )  # fmt: skip
    fits = {}
    if not before.posterior_given and before.version == __version__:
        fits[old.fit_key] = before.learned
    if given is None:
        fits[new.fit_key] = after.learned
    found = news(before.scenario, scenario, before.origin, after.origin)
    plan = list(chain(old, new, found))
    run = _Runs(day, fits, jobs, steps)
    walked = _walked(plan, before.days[day], headlines(after, day), run)
    rows, people, chance, in_all = split(walked.said)
    return Change(
        before, after, day, rows, tuple(name for name, _ in plan), people, chance, in_all,
        tuple(walked.made), walked.joined, found,
    )  # fmt: skip


@dataclass
class _Runs:
    """Forecasts of states, with fits that are kept by what they hang on."""

    day: dt.date
    fits: dict[tuple[Any, ...], Posterior]
    jobs: int | None
    steps: Steps

    def headlines(self, state: State, title: str) -> Headlines | None:
        """Return what a forecast from a state says; None where a scenario of old and new rows cannot be run."""
        if any(fault.level == "fault" for fault in check(state.scenario)):
            return None
        learned = self.fits.get(state.fit_key) if state.given is None else state.given
        try:
            found = forecast(
                state.going_by(learned), origin=state.origin, horizon=state.horizon, events=state.events,
                members=state.members, seed=state.seed, jobs=self.jobs, steps=_titled(self.steps, title),
            )  # fmt: skip
        except InputError:
            return None
        if state.given is None:
            self.fits.setdefault(state.fit_key, found.learned)
        # Another version may look at other days.
        return headlines(found, self.day) if (self.day - state.origin).days in found.days else None


@dataclass
class _Walked:
    said: list[Headlines]
    made: list[str] = field(default_factory=list)
    joined: dict[str, tuple[str, ...]] = field(default_factory=dict)


def _walked(plan: Sequence[tuple[str, State]], first: Headlines, last: Headlines, runs: _Runs) -> _Walked:
    """Return what is said before the plan and after each of its steps."""
    end, ahead = plan[-1][1].key, _to_run(plan)
    found = _Walked([first])
    key: Any = None
    waiting: list[str] = []
    for name, state in plan:
        same, key = state.key == key, state.key
        now = None
        if key == end:
            now = last
        elif not same:
            now = runs.headlines(state, f"why it changed, {ahead.index(name) + 1} of {len(ahead)}, {name}: ")
        found.said.append(now or found.said[-1])
        if same:
            continue
        if now is None:
            waiting.append(name)
            continue
        found.made.append(name)
        if waiting:
            found.joined[name], waiting = tuple(waiting), []
    return found


def _to_run(plan: Sequence[tuple[str, State]]) -> list[str]:
    """Return the steps for which members are run."""
    keys = [None, *(state.key for _, state in plan)]
    return [name for (name, _), was, now in zip(plan, keys[:-1], keys[1:], strict=True) if now not in (was, keys[-1])]


def _titled(steps: Steps, title: str) -> Steps:
    """Return steps with a title before the name of each."""

    def titled(name: str, words: Words = PARTS, *, first: str = "") -> AbstractContextManager[Progress]:
        return steps(f"{title}{name}", words, first=first)

    return titled


def split(said: Sequence[Headlines]) -> tuple[tuple[Row, ...], NDArray[np.int64], Floats, Floats]:
    """Return what was said step by step: rows, people, chance, and chance in all, as `Change` has them.

    Rows are those that the first and the last have. Where a step says nothing of a row, what was said before stands.
    """
    rows = [row for row in said[0].people if row in said[-1].people]
    people = np.zeros((len(rows), len(said), len(LEVELS)), np.int64)
    chance = np.zeros((len(rows), len(said) - 1, len(LEVELS)))
    in_all = np.zeros((len(rows), len(LEVELS)))
    for number, row in enumerate(rows):
        now = said[0]
        people[number, 0] = now.people[row]
        for step, then in enumerate(said[1:]):
            then = then if row in then.people else now
            people[number, step + 1] = then.people[row]
            if then is not now:
                chance[number, step] = by_chance(now.samples[row], then.samples[row])
            now = then
        in_all[number] = by_chance(said[0].samples[row], now.samples[row])
    change = np.abs(people[:, -1] - people[:, 0])[:, MIDDLE]
    order = np.lexsort((-change, change <= in_all[:, MIDDLE]))
    return tuple(rows[number] for number in order), people[order], chance[order], in_all[order]


def by_chance(before: Floats, after: Floats) -> Floats:
    """Return how far quantiles may differ by who the members are (level,), persons: two sds over halves of them.

    Of each two neighbours, which have one course of events, a half has one; the sd of a quantile over such halves is
    that of the quantile of all members (balanced half-samples, McCarthy 1969). Of as many members before as after the
    same halves are taken: those with one number have the same chance in both.
    """
    same = before.size == after.size
    was, now = (
        np.quantile(of[_halves(of.size, seed)], LEVELS, axis=1) for of, seed in ((before, 0), (after, 0 if same else 1))
    )
    return np.asarray(BY_CHANCE * (now - was).std(axis=1))


def _halves(members: int, seed: int) -> NDArray[np.int64]:
    """Return positions of members (half, position): of each two neighbours one, by chance."""
    chosen = np.random.default_rng(seed).integers(0, 2, (HALVES, (members + 1) // 2))
    return np.asarray(np.minimum(2 * np.arange((members + 1) // 2) + chosen, members - 1))
