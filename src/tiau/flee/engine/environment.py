"""The world of a case day by day: kinds, conflicts, closures, scores, and how attractive each route is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.flee.case.kinds import CAMPS, LEAST_MOVECHANCE, kind_in, kind_of
from tiau.flee.case.model import Closure, FleeCase, Floats, Location
from tiau.flee.engine.links import Links, days_to_cover

if TYPE_CHECKING:
    from tiau.flee.engine.paths import Paths


NO_CONFLICT = -1.0
ONSET = 1e-6


def attribute(location: Location, name: str, default: float = 0.0) -> float:
    """Return a numeric attribute of a location."""
    text = dict(location.attributes).get(name, "").strip()
    return float(text) if text else default


def links_of(case: FleeCase) -> Links:
    """Return the links of a case, two a row of routes.csv in the order in which Flee makes them."""
    index = {location.name: number for number, location in enumerate(case.locations)}
    start, end, km, speed = [], [], [], []
    for link in case.links:
        ends = [index[link.name1], index[link.name2]]
        if link.forced_redirection == 2:
            ends.reverse()
        top = dict(link.attributes).get("max_move_speed", "").strip()
        for _ in range(2 if link.forced_redirection == 1 else 1):
            start += ends
            end += ends[::-1]
            km += [link.km] * 2
            speed += [float(top) if top else case.settings.max_move_speed] * 2
    length, fast = np.array(km, np.float64), np.array(speed, np.float64)
    walk = np.full(length.size, case.settings.max_walk_speed)
    never = case.days + 1  # Nobody comes to the end of a longer link within the run.
    return Links(
        start=np.array(start, np.int32),
        end=np.array(end, np.int32),
        km=length,
        speed=fast,
        days=days_to_cover(length, fast, never),
        days_on_foot=days_to_cover(length, walk, never),
    )


class Kinds(NamedTuple):
    """Kinds of people who differ in how they take warnings of floods.

    `share` (kind, place) is how many of those who come from a place are of the kind; `awareness` (kind,) is the factor
    of a forecast in what they do.
    """

    share: Floats
    awareness: Floats


def kinds_of(case: FleeCase) -> Kinds:
    """Return the kinds of a case: one, unless it forecasts floods to people of several degrees of awareness."""
    rules, places = case.settings, len(case.locations)
    rows = case.demographics.get("floodawareness", ())
    if not rules.flood_forecaster or not rows:
        return Kinds(np.ones((1, places)), np.ones(1))
    share = [[weight.get(place.name, weight.get("Default", 0.0)) for place in case.locations] for _, weight in rows]
    awareness = [rules.flood_awareness_weights[int(float(value))] for value, _ in rows]
    return Kinds(np.array(share) / np.sum(share, 0), np.array(awareness))


def _by_level(level: Floats, weights: tuple[float, ...]) -> Floats:
    return np.asarray(np.interp(level, np.arange(len(weights)), weights))


class Environment:
    """What locations and links are like; `begin` and `move` bring it to a day in two steps.

    Attributes
    ----------
    camp, idpcamp, town, marker : bool arrays (place,)
    conflict : float array (place,)
        Intensity; below 0 there is none.
    movechance : float array (place,)
    capacity : float array (place,), agents
        -1 or 0 means no limit.
    population : float array (place,), agents
        At the start.
    score : float array (place,)
    spawn_factor : float array (place,)
        Spawn weight over population, as last refreshed.
    closed_on : int array (link,)
        Day on which the link was last closed, -1 if never.
    actual : int array (link,)
        The link that people take who mean to go where this link leads: the first open one; -1 if none.
    """

    def __init__(self, case: FleeCase, links: Links, hasten: int) -> None:
        self.case, self.links, self.rules = case, links, case.settings
        self.index = {location.name: number for number, location in enumerate(case.locations)}
        self._names = np.array([location.name for location in case.locations])
        places = len(case.locations)
        self.camp, self.idpcamp, self.town, self.marker, self.flood_zone = np.zeros((5, places), bool)
        self.conflict = np.full(places, NO_CONFLICT)
        self.onset_day = np.full(places, -1)
        self.movechance = np.ones(places)
        self.capacity = np.full(places, -1.0)
        self.population = np.zeros(places)
        self.flood = np.zeros(places)
        for place, location in enumerate(case.locations):
            self._found(place, location, hasten)
        countries = [location.country for location in case.locations]
        self.foreign = np.array([country != countries[0] for country in countries])
        self.growth = np.array([int(attribute(location, "capacity_per_day")) for location in case.locations])
        self.closed_on = np.full(links.start.size, -1, np.int32)
        self.closed = np.zeros(links.start.size, bool)
        self._order = np.arange(links.start.size, dtype=np.float64)
        self.actual = np.empty(0, np.int32)
        self._links_changed()
        self._by_day = self._calendar()
        self._closing = self._closures()
        self._refresh_spawning(0)

    def _found(self, place: int, location: Location, hasten: int) -> None:
        """Give a location the kind that its row says, and its people."""
        self._become(place, kind_of(location), attribute(location, "conflict_intensity", 1.0))
        scaled = location.people // hasten
        if self.camp[place]:
            self.capacity[place] = scaled
        else:
            self.population[place] = scaled
        # Flee takes a place that nobody leaves for a camp, whatever its row says.
        if self.movechance[place] < LEAST_MOVECHANCE and not (self.camp[place] or self.flood_zone[place]):
            self.camp[place], self.town[place] = True, False

    def _become(self, place: int, kind: str, intensity: float) -> None:
        rules = self.rules
        for flag in (self.camp, self.idpcamp, self.town, self.marker, self.flood_zone):
            flag[place] = False
        self.conflict[place] = NO_CONFLICT
        self.movechance[place] = 1.0
        if kind in CAMPS:
            self.camp[place], self.idpcamp[place] = True, kind == "idpcamp"
            self.movechance[place] = rules.idpcamp_movechance if kind == "idpcamp" else rules.camp_movechance
        elif kind == "conflict":
            self.conflict[place], self.movechance[place] = intensity, rules.conflict_movechance
        elif kind == "marker":
            self.marker[place] = True
        elif kind == "flood_zone":
            self.flood_zone[place], self.movechance[place] = True, rules.default_movechance
        elif kind == "town":
            self.town[place], self.movechance[place] = True, rules.default_movechance

    def _calendar(self) -> dict[int, list[tuple[int, float]]]:
        """Return, by day, the conflicts that begin (place, intensity) and end (place, 0)."""
        by_day: dict[int, list[tuple[int, float]]] = {}
        table = self.case.conflicts
        if self.rules.flood_rules:
            return by_day
        if table is None:
            for place, location in enumerate(self.case.locations):
                if "conflict" in location.kind.lower() and location.conflict_date > 0:
                    begins_on = by_day.setdefault(location.conflict_date, [])
                    begins_on.append((place, attribute(location, "conflict_intensity", 1.0)))
            return by_day
        for column, name in enumerate(table.names):
            if name not in self.index:
                continue
            now = table.values[: self.case.days, column]
            # Before the first day there is peace, so that a conflict of day 0 begins like any other.
            before = np.concatenate([[0.0], now[:-1]])
            begin = (now > ONSET) & (before < ONSET)
            end = (now < ONSET) & (before >= ONSET)
            for day in np.flatnonzero(begin | end):
                by_day.setdefault(int(day), []).append((self.index[name], float(now[day]) if begin[day] else 0.0))
        return by_day

    def _closures(self) -> dict[int, list[Closure]]:
        """Return, by day, the closures that begin or end, in file order."""
        by_day: dict[int, list[Closure]] = {}
        for closure in self.case.closures:
            for day in dict.fromkeys((closure.start, closure.end)):
                by_day.setdefault(day, []).append(closure)
        return by_day

    def begin(self, day: int) -> None:
        """Apply what changes on a day before newcomers come: kinds, flood levels, conflicts."""
        rules = self.rules
        for change in self.case.changes:
            if change.day == day:
                self._become(self.index[change.name], kind_in(change.kind), float(rules.default_conflict_intensity))
        if rules.flood_rules:
            self.flood = self._flood_on(day)
        # After changes of kind: a conflict of the same day has the last word, as in Flee.
        events = self._by_day.get(day, [])
        for place, intensity in events:
            if intensity > 0:
                self.conflict[place], self.movechance[place] = intensity, rules.conflict_movechance
                self.town[place], self.onset_day[place] = False, day
            else:
                self.conflict[place], self.movechance[place] = NO_CONFLICT, rules.default_movechance
                self.town[place] = True
        if events:
            self._refresh_spawning(day)

    def move(self, day: int) -> None:
        """Apply what changes between the coming of newcomers and movement: closures, scores, growing camps."""
        for closure in self._closing.get(day, []):
            if closure.start == day:
                self._close(closure, day)
            if closure.end == day:
                self._reopen(closure)
        # After newcomers have come: what changes here weighs on those of tomorrow.
        self._refresh_spawning(day)
        self.score = self._scores(day)
        self.capacity += np.where(self.growth > 0, self.growth, 0)

    def _refresh_spawning(self, day: int) -> None:
        decay = self._decay(day)
        fighting = self.conflict > 0
        self.spawn_factor = np.where(fighting, self.conflict * decay, 0.0)

    def _decay(self, day: int) -> Floats:
        steps = self.rules.conflict_spawn_decay
        if not steps:
            return np.ones(self.conflict.size)
        index = np.trunc((day - self.onset_day) / self.rules.conflict_spawn_decay_interval).astype(int)
        return np.asarray(np.array(steps)[np.minimum(index, len(steps) - 1)])

    def _scores(self, day: int) -> Floats:
        rules = self.rules
        # A product in which each rule has one factor, 1 where it does not hold.
        score = np.where(self.foreign, rules.foreign_weight, 1.0) * np.where(self.camp, rules.camp_weight, 1.0)
        exponent = np.where(self.conflict > 0, self._decay(day) * self.conflict, 0.0)
        score *= rules.conflict_weight**exponent
        if rules.flood_rules:
            flooded = 0.0 if self._forecasting(day) else _by_level(self.flood, rules.flood_loc_weights)
            score = np.where(self.flood_zone, score * flooded, score)
        return np.asarray(score)

    def _forecasting(self, day: int) -> bool:
        rules = self.rules
        return (
            rules.flood_forecaster and rules.flood_forecaster_timescale > 1 and day <= rules.flood_forecaster_end_time
        )

    def _foreseen(self, day: int, level: Floats | None = None) -> Floats:
        """Sum what is forecast for the days ahead (place,), at the levels forecast or at `level`."""
        rules = self.rules
        total = np.zeros(self.flood.size)
        for ahead in range(1, rules.flood_forecaster_timescale + 1):
            then = min(day + ahead, rules.flood_forecaster_end_time)
            coming = self._flood_on(then)
            weight = _by_level(coming if level is None else level, rules.flood_loc_weights)
            total += np.where(coming > 0, weight * rules.flood_forecaster_weights[then], 0.0)
            if then == rules.flood_forecaster_end_time:
                break
        return total

    def _flood_on(self, day: int) -> Floats:
        level = np.zeros(self.flood.size)
        table = self.case.flood_level
        if table is not None and day < len(table.values):
            columns = [column for column, name in enumerate(table.names) if name in self.index]
            level[[self.index[table.names[column]] for column in columns]] = np.trunc(table.values[day, columns])
        return level

    def chances(self, day: int, kinds: Kinds) -> Floats:
        """Return the chance that a person of each kind at each place sets out on a day (kind x place,)."""
        rules = self.rules
        chance = self.movechance.copy()
        if rules.movechance_pop_scale_factor:
            size = np.maximum(self.population, self.capacity) / rules.movechance_pop_base
            chance *= np.maximum(size, 0.0) ** rules.movechance_pop_scale_factor
        if rules.flood_rules:
            chance = np.where(self.flood > 0, _by_level(self.flood, rules.flood_movechances), chance)
        every = np.tile(chance, (kinds.awareness.size, 1))
        if rules.flood_rules and self._forecasting(day):
            every *= self._foreseen(day) / rules.flood_forecaster_timescale * kinds.awareness[:, None]
        return np.asarray(every.ravel())

    def limits(self) -> Floats:
        """Return the number of agents beyond which a place takes nobody (place,), 0 where there is no limit."""
        scaled = self.capacity * self.rules.capacity_scaling
        return np.where(scaled < 1.0, 0.0, scaled)

    def values(self, paths: Paths, day: int, kinds: Kinds) -> Floats:
        """Return the attraction of each route without regard to room (route,); -1 where it is not open."""
        rules = self.rules
        worth = self.score
        if rules.flood_rules:
            worth = np.where(self.flood > 0, worth * _by_level(self.flood, rules.flood_loc_weights), worth)
        worth = np.tile(worth, (kinds.awareness.size, 1))
        if rules.flood_rules and self._forecasting(day):
            foreseen = self._foreseen(day, self.flood)
            worth *= foreseen**2 / rules.flood_forecaster_timescale * kinds.awareness[:, None]
        kind = np.repeat(np.arange(len(worth)), paths.end.size // len(worth))
        ratio = (rules.weight_softening + worth[kind, paths.end]) / (rules.softening + paths.km) ** rules.distance_power
        # One closed link anywhere takes a route out of the choice: people know what lies ahead.
        open_ = (~self.closed[np.maximum(paths.steps, 0)] | (paths.steps < 0)).all(1)
        return np.where(open_, ratio**rules.weight_power, -1.0)

    def _close(self, closure: Closure, day: int) -> None:
        if closure.kind in ("camp", "idpcamp"):
            self._become(self.index[closure.name1], "town", 0.0)
            return
        fresh = self._joins(closure) & ~self.closed
        self.closed |= fresh
        self.closed_on[fresh] = day
        self._links_changed()

    def _reopen(self, closure: Closure) -> None:
        if closure.kind in ("camp", "idpcamp"):
            self._become(self.index[closure.name1], closure.kind, 0.0)
            return
        again = self._joins(closure) & self.closed
        self.closed &= ~again
        # A link that opens again goes to the end of the list: of parallel links the first is taken.
        self._order[again] = self._order.max(initial=0.0) + 1.0 + np.arange(again.sum())
        self._links_changed()

    def _joins(self, closure: Closure) -> NDArray[np.bool_]:
        """Return the links (link,) that a closure speaks of."""
        start, end = self.links.start, self.links.end
        if closure.kind == "country":
            of = np.array([location.country for location in self.case.locations])
            one, other = of[start], of[end]
        elif closure.kind in ("location", "link"):
            one, other = self._names[start], self._names[end]
        else:
            return np.zeros(start.size, bool)
        if closure.kind == "location":
            return np.asarray((one == closure.name1) | (other == closure.name1))
        first = (one == closure.name1) & (other == closure.name2)
        return np.asarray(first | ((one == closure.name2) & (other == closure.name1)))

    def _links_changed(self) -> None:
        start, end = self.links.start.astype(np.int64), self.links.end
        pair = start * len(self.camp) + end
        order = np.lexsort((self._order, self.closed, pair))
        _, first = np.unique(pair[order], return_index=True)
        best = np.repeat(order[first], np.diff([*first, pair.size]))
        actual = np.empty(pair.size, np.int32)
        actual[order] = np.where(self.closed[best], -1, best)
        self.actual = actual
