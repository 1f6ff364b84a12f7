"""The plain twin for cases in Flee's format: Flee's rules person by person, in the serial order, with random.Random.

The world that people move in is in reference_flee_world; numbers in comments are sections of ../shared/flee-format.md.
"""

import random
from dataclasses import dataclass

import numpy as np

from reference_flee_world import World, between
from tiau.flee.case.counts import counts as counted


@dataclass(eq=False)
class Person:
    """`place` is a location, or None on a link; `recent` is the recent-travel index R, `today` the km M of the day."""

    place: object
    floodawareness: str = "0"
    link: object = None
    odometer: float = 0.0
    route: tuple = ()
    places: int = 1
    recent: float = 0.0
    today: float = 0.0
    active: bool = True


@dataclass(frozen=True)
class Outcome:
    """`present` and `travelling` are by day; `run` is the run after its last day."""

    names: tuple
    present: np.ndarray
    created: np.ndarray
    raw: np.ndarray
    debt: np.ndarray
    run: object

    def at(self, name):
        return self.present[:, self.names.index(name)]


class Run:
    def __init__(self, case, counts, seed, hasten):
        self.case, self.settings = case, case.settings
        self.world = World(case, hasten)
        self.counts = np.asarray(counts)
        self.row = {label.name: row for row, label in reversed(list(enumerate(case.labels)))}
        self.rng, self.draws = random.Random(seed), np.random.default_rng(seed)
        self.people, self.raw, self.debt = [], 0, 0
        for place in self.world.reported:
            if not self.settings.empty_camps_on_day0:
                first = self.day0(place) if self.settings.insert_day0 else 0
                idps = int(place.attributes.get("initial_idps") or 0) if place.camp else 0
                for _ in range(first + idps):
                    self.insert(place)

    def day0(self, place):
        return int(self.counts[self.row[place.name], 0]) if place.name in self.row else 0

    def insert(self, place):
        """Add a person at a place (or its name), outside all accounts."""
        place = self.world.named.get(place, place)
        person = Person(place)
        rows = self.case.demographics.get("floodawareness", ())
        if rows:
            weights = [shares.get(place.name, shares.get("Default", 0.0)) for _, shares in rows]
            person.floodawareness = self.rng.choices([value for value, _ in rows], weights)[0]
        place.n += 1
        self.people.append(person)
        return person

    # Spawning (4)

    def spawn(self):
        if self.settings.spawn_mode == "source_data":
            newcomers = self._wanted()
            if newcomers:
                places = self.world.places
                self._arrive(self.rng.choices(places, [place.weight for place in places], k=newcomers))
            return
        for place in self.world.places:
            self._arrive([place] * self._driven(place))

    def _wanted(self):
        """Newcomers of the day by source data, with debt (4.2)."""
        rules, t = self.settings, self.world.t
        rows = (
            slice(None if t == 0 else 1, None)
            if rules.sum_from_camps
            else slice(self.row["total"], self.row["total"] + 1)
        )
        before = self.counts[rows, t - 1] if t else 0
        change = int((self.counts[rows, t] - before).sum())
        if t == 0 and rules.empty_camps_on_day0:
            change = 0
        self.raw += change
        newcomers = change - self.debt
        if t == 0 and rules.insert_day0:
            newcomers = 0
            for place in self.world.places:
                if place.capacity > 0:
                    place.capacity -= self.day0(place)
        self.debt = max(-newcomers, 0)
        return max(newcomers, 0)

    def _driven(self, place):
        """Newcomers of the day by conflict or flood (4.4)."""
        rules = self.settings
        if rules.spawn_mode == "conflict":
            level, rate = place.conflict, rules.amounts[0] * place.conflict
        else:
            level = place.level
            rate = between(rules.amounts, level) if level > 0 else 0.0
        if level <= 0:
            return 0
        if rules.amount_mode == "pop_ratio":
            return int(rate * place.pop)
        if rules.amount_mode == "poisson":
            return int(self.draws.poisson(rate if rules.spawn_mode == "conflict" else int(rate)))
        return int(rate)

    def _arrive(self, places):
        for place in places:
            self.insert(place)
            if self.settings.take_from_population and place.pop > 0:
                place.pop -= 1

    # Movement (2.3 to 2.5)

    def move(self):
        world, top = self.world, self.settings.max_move_speed
        world.refresh_weights()
        world.scores()
        people = [person for person in self.people if person.active]
        for person in people:
            self.decide(person, force=False)
        for person in people:
            self.travel(person)
        for person in self.people:
            person.recent, person.today = (person.recent + person.today / top) / 2, 0.0
        if self.settings.camps_are_sinks:
            for person in people:
                if person.place and person.place.camp:
                    chance = float(person.place.attributes.get("deactivation_probability") or 0.0)
                    person.active = self.rng.random() >= chance

    def decide(self, person, force):
        place, world = person.place, self.world
        if place is None:
            return
        chance = 1.0 if (place.town and force) or person.route else world.move_chance(person, place)
        if self.rng.random() >= chance:
            return
        if not person.route:
            person.route = world.choose(person, place, self.rng)
            if not person.route:
                return
        link = next((link for link in place.links if link.end.name == person.route[0]), None)
        aim = world.named[person.route[-1]]
        if link is None or (aim.camp and aim.room(self.settings) < 0.5):
            person.route = ()
            return
        person.route = person.route[1:]
        place.n -= 1
        person.place, person.link, person.odometer = None, link, 0.0

    def travel(self, person):
        rules = self.settings
        while person.link is not None:
            link = person.link
            walking = rules.start_on_foot and person.places == 1
            speed = rules.max_walk_speed if walking else rules.max_move_speed
            person.odometer += speed
            person.today += speed
            if not person.odometer > link.km:
                return
            person.places += 1
            person.today -= person.odometer - link.km
            person.place = link.start if link.closed else link.end
            person.place.n += 1
            person.link, person.odometer = None, 0.0
            if link.closed or not person.today < speed:
                return
            index = (person.recent + person.today / rules.max_move_speed) / 2
            self.decide(person, force=rules.avoid_short_stints and index < 0.5)


def march(case, counts=None, days=None, seed=0, hasten=None, setup=None):
    """Yield the run after each day; `setup` is called with the run before the first.

    `counts` is a (label, day) table of agents; by default what the case's data files say.
    """
    hasten = case.settings.hasten if hasten is None else hasten
    days = case.days if days is None else days
    run = Run(case, counted(case, hasten=hasten, days=days) if counts is None else counts, seed, hasten)
    if setup:
        setup(run)
    for t in range(days):
        run.world.t = t
        run.world.environment()
        run.spawn()
        run.world.refresh_weights()
        run.world.closures()
        run.move()
        yield run


def run(case, counts=None, days=None, seed=0, hasten=None, setup=None):
    """March through all days; see `march`."""
    present, created, raw, debt, last = [], [], [], [], None
    for last in march(case, counts, days, seed, hasten, setup):
        present.append([place.n for place in last.world.places])
        created.append(len(last.people))
        raw.append(last.raw)
        debt.append(last.debt)
    names = tuple(place.name for place in last.world.places)
    return Outcome(names, np.array(present), np.array(created), np.array(raw), np.array(debt), last)
