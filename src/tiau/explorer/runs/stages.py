"""A run as a page sees it: a fan of a few members day by day, what is expected, then more members, then all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.engine.members import Members, same_until
from tiau.explorer.basis.deciding import Decided
from tiau.explorer.basis.differing import first_day
from tiau.explorer.basis.sound import Basis
from tiau.explorer.runs.bits import Moments, View
from tiau.explorer.runs.course import Course, Quantity, size_of_a_member
from tiau.explorer.runs.drawing import drawn
from tiau.explorer.runs.expected import Expected, Heard, expect
from tiau.explorer.runs.foremost import Foremost
from tiau.explorer.runs.kept import Kept
from tiau.explorer.runs.settled import Settled, fan_of, medians_of, settled
from tiau.explorer.runs.sight import Sight, own_shape, sight_of
from tiau.explorer.runs.stopping import Advance, Stop, Tell
from tiau.faults import wrong_argument
from tiau.results.variables import MEDIAN, QUANTILES

FIRST_MEMBERS = 24
PORTIONS = 5
"""Into how many portions the members after the first ones are parted."""
LARGEST_COURSE = 400_000_000
"""Bytes that the members of one run may take."""
OWN = ""
"""What the scenario's own run is called among what-ifs."""


class Runs:
    """Runs of one scenario and of what-ifs on the same draws, and what is kept of them.

    Parameters
    ----------
    basis : Basis
    kept : Kept
    """

    def __init__(self, basis: Basis, kept: Kept) -> None:
        self.basis, self._kept, self._what_ifs = basis, kept, Foremost()
        self._shape = own_shape(basis)

    def decided(self, words: str, make: Callable[[], Decided]) -> Decided:
        """Return a what-if that was carried out before in the same words, or what `make` gives."""
        found: Decided | None = self._kept.get(("decided", self.basis.digest, words))
        return self._kept.put(("decided", self.basis.digest, words), make()) if found is None else found

    def expected(self, made: Decided, stop: Stop, *, heard: Heard | None = None) -> Expected:
        """Return what is expected of a what-if; where somebody `heard` of each day, others go on from nothing.

        Raises
        ------
        Stopped
            Within a day of being asked to.
        """
        of = (self.basis.digest, self._what(made))
        found: Expected | None = self._kept.get(("expected", *of)) or (
            self._kept.get(("light", *of)) if heard else None
        )
        if found is None:
            sight = self._sight(made)
            member = self._drawn(sight, 1, 0, chance=False)
            found = expect(sight, member, stop, source=self._source("expected", sight, member), heard=heard)
            self._kept.put(("light" if heard else "expected", *of), found, spare=heard is not None)
        return found

    def run(self, made: Decided, *, members: int, seed: int, view: View, tell: Tell, stop: Stop) -> None:
        """Tell of the fans of what is followed as members come, of what is expected, and of what is there afterwards.

        Whoever decided something has seen before what to expect of it: runs come first. Of the scenario as it is
        nothing was seen.

        Raises
        ------
        Stopped
            Within a day of being asked to.
        InputError
            If so many members take too much memory, or there is nothing of that number to follow.
        """
        begun = time.perf_counter()
        self._require_room(members)
        self.require_followed(view.follow)
        name = self._name(self._what(made), members, seed)
        done: Settled | None = self._kept.get(("settled", name))
        is_own = self._what(made) == OWN
        if done is not None or is_own:
            tell(self.expected(made, stop).message())
        if done is None:
            done = self._grown(made, members, seed, view, tell, stop)
        else:
            difference = done.differences[view.quantity][view.follow] if done.differences else None
            tell(_fan(view, members, members, done.fans[view.quantity][view.follow], difference))
        medians = {quantity: fans[:, MEDIAN] for quantity, fans in done.fans.items()}
        tell({"kind": "figures", "medians": medians} | dict(zip(("p05", "p50", "p95"), done.figures, strict=True)))
        tell({"kind": "done", "run": name, "seconds": time.perf_counter() - begun})

    def series(self, name: str, follow: int, quantity: Quantity) -> dict[str, Any]:
        """Return what is followed in a run that is done.

        Raises
        ------
        InputError
            If it is not kept any more, or there is nothing of that number to follow.
        """
        done: Settled | None = self._kept.get(("settled", name))
        if done is None:
            raise wrong_argument("run", "is not kept any more", "run it again")
        self.require_followed(follow)
        base = done if done.baseline is None else done.baseline
        return {
            "fan": done.fans[quantity][follow],
            "difference": done.differences[quantity][follow] if done.differences else None,
            "baseline": base.fans[quantity][follow], "members": done.members,
        }  # fmt: skip

    def _grown(self, made: Decided, members: int, seed: int, view: View, tell: Tell, stop: Stop) -> Settled:
        """Take members through the days, those of the scenario's own run first, and tell of them portion by portion.

        Of the first portion it tells day by day, and after it what is expected of a what-if.
        """
        own, what = self._course(OWN, None, members, seed), self._what(made)
        course = own if what == OWN else self._course(what, made, members, seed)
        several = [own] if course is own else [own, course]
        left = sum(max(members - one.done, 0) for one in several)
        advance = Advance(left * self.basis.carried.days, tell, stop)
        baseline = None if course is own else own
        first, *others = portions(members)
        fan_now = partial(_fan_now, course, baseline, view, members)
        moments = Moments(view.day)

        def heard(days: int) -> None:
            if days < self.basis.carried.days and moments.has_come(days):
                tell(fan_now(first, days))

        with self._what_ifs.at_work(course is not own):
            for count in (first, *others):
                if course is own and count > first:
                    # Somebody waits for the what-if, which takes the scenario's own members along.
                    self._what_ifs.let_pass(partial(own.has_done, count), stop)
                for one in several:
                    one.reach(count, advance, stop, heard if one is course and count == first else None)
                tell(fan_now(count))
                if count == first:
                    self._tell_beside(made, course, baseline, first, tell, stop)
        of_own = self._settled(OWN, own, None, None, seed)
        if course is own:
            return of_own
        return self._settled(what, course, own, of_own, seed)

    def _tell_beside(
        self, made: Decided, course: Course, own: Course | None, first: int, tell: Tell, stop: Stop
    ) -> None:
        """Tell what else there is of the first members, where there will be more, and what is expected of a what-if."""
        if first < course.members.key.size:
            # Those of few members lie beside those of all, by chance: what differs is told of the same few.
            was = None if own is None else medians_of(own, first)
            tell({"kind": "medians", "medians": medians_of(course, first), "was": was})
        if own is not None:
            tell(self.expected(made, stop).message())

    def _settled(self, what: str, course: Course, own: Course | None, of_own: Settled | None, seed: int) -> Settled:
        key = ("settled", self._name(what, course.members.key.size, seed))
        found: Settled | None = self._kept.get(key)
        if found is None:
            found = self._kept.put(key, settled(course, own, of_own))
        return found

    def _course(self, what: str, made: Decided | None, members: int, seed: int) -> Course:
        """Return the run of a what-if, begun or not; that of the scenario itself is held."""

        def begun() -> Course:
            sight = self._sight(made)
            mine = self._drawn(sight, members, seed, chance=True)
            return Course(sight, mine, self._source("course", sight, mine))

        own = what == OWN
        return self._kept.once(("course", self._name(what, members, seed)), begun, hold=own, spare=not own)

    def _source(self, kind: str, sight: Sight, members: Members) -> Any:  # noqa: ANN401
        """Return the run on the same draws that differs from a scenario latest, and from which day on; None if none."""
        sources = [
            (one, first_day(one.sight.scenario, sight.scenario)) for one in self._kept.of(kind)
            if one.members.key.size == members.key.size and one.members.seed == members.seed
        ]  # fmt: skip
        # Even where nothing can be taken over yet, what follows a pointer leaves a state with what it differs from.
        several = [(one, day) for one, day in sources if day and (one.goes_until(day) or kind == "expected")]
        one, day = max(several, key=lambda source: (source[0].goes_until(source[1]), source[1]), default=(None, 0))
        return (one, day) if one is not None and same_until(sight.scenario, members, one.members, day) else None

    def _what(self, made: Decided) -> str:
        """Return what a what-if is called here: as the scenario's own run where nothing differs."""
        return OWN if made.first_day >= self.basis.carried.days else made.key

    def _sight(self, made: Decided | None) -> Sight:
        scenario = None if made is None or self._what(made) == OWN else made.carried
        return sight_of(self.basis, self._shape, scenario)

    def _drawn(self, sight: Sight, members: int, seed: int, *, chance: bool) -> Members:
        return drawn(self.basis, sight.scenario, self._kept, members=members, seed=seed, chance=chance)

    def _name(self, what: str, members: int, seed: int) -> str:
        return hashlib.sha256(f"{self.basis.digest} {members} {seed} {what}".encode()).hexdigest()[:32]

    def require_followed(self, follow: int) -> None:
        """Refuse a number of nothing that can be followed; raises InputError."""
        if not 0 <= follow < len(self.basis.followed):
            raise wrong_argument("follow", "is nothing that can be followed", "load the page again", follow)

    def _require_room(self, members: int) -> None:
        most = LARGEST_COURSE // size_of_a_member(self._sight(None))
        if members > most:
            problem = "are more than this machine is asked to keep of a scenario of this size"
            raise wrong_argument("members", problem, f"give at most {most:,}", members)


def portions(members: int) -> list[int]:
    """Return how many members there are after each portion."""
    if members <= FIRST_MEMBERS:
        return [members]
    return [*map(int, np.unique(np.linspace(FIRST_MEMBERS, members, PORTIONS + 1).astype(int)))]


def _fan_now(
    course: Course, baseline: Course | None, view: View, of: int, members: int, days: int | None = None
) -> dict[str, Any]:
    """Return the fan of the first members as it is told, of the first days alone where not all are there."""
    fan = fan_of(course, view.follow, view.quantity, members)
    apart = None if baseline is None else fan_of(course, view.follow, view.quantity, members, baseline)
    if days is None:
        return _fan(view, members, of, fan, apart)
    for values in (fan, apart):
        if values is not None:
            values[:, days:] = np.nan
    return _fan(view, members, of, fan, apart) | {"kind": "growing", "days": days}


def _fan(
    view: View, members: int, of: int, fan: NDArray[np.float32], difference: NDArray[np.float32] | None
) -> dict[str, Any]:
    return {
        "kind": "fan", "members": members, "of": of, "follow": view.follow, "quantity": view.quantity, "fan": fan,
        "difference": difference, "levels": list(QUANTILES),
    }  # fmt: skip
