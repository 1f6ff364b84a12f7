"""The plain twin: the same phases of a day as tiau.engine.phases, one person at a time, written to be read.

Acts and what they do at borders are in reference_policy. It knows the scenario's tables, the gazetteer and the
parameters, and nothing of the engine: ways, acts, choice and travel are worked out here a second time, with
random.Random.
"""

import datetime as dt
import math
from collections import Counter, defaultdict, namedtuple
from dataclasses import dataclass

from reference_policy import Law, expel, register, travel
from reference_shocks import Shocks, judged
from tiau.scenario.parameters import SPEEDS

Leg = namedtuple("Leg", "start end crossing porous days effort")  # one direction of a row of routes.csv


@dataclass(eq=False)
class Person:
    """`doing` is one of home, choosing, moving, settled, trapped, gave up."""

    group: str
    home: str
    at: str
    doing: str = "home"
    aim: str = ""
    leg: tuple | None = None  # the one that they are on
    left: float = 0.0  # days left on it
    reach: float = 0.0  # what is left of today
    since: int | None = None  # the day on which they joined the queue that they stand in


def whole_parts(people, weight):
    """Share people by weights in whole persons: floors first, then one more each in the order of what is cut off."""
    exact = {key: people * count / sum(weight.values()) for key, count in weight.items()}
    parts = {key: math.floor(share) for key, share in exact.items()}
    cut_off = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in cut_off[: round(people - sum(parts.values()))]:
        parts[key] += 1
    return parts


class World:
    """What all runs of a scenario share: names, legs, destinations, and the ways of each day."""

    def __init__(self, scenario):
        self.scenario = scenario
        self.parameter = scenario.values
        self.names = scenario.names
        self.place = {place.place: place for place in scenario.places}
        self.country = {place.place: place.country for place in scenario.places}
        self.groups = {group.group: group for group in scenario.groups}
        self.homes = {
            group.group: {
                name: round((self.place[name].population or 0) * group.share)
                for home in group.homes for name in self.places_in(home) if self.place[name].kind == "origin"
            }
            for group in scenario.groups
        }  # fmt: skip
        self.displaced = [
            (group, home, row.place, count)
            for row in scenario.displaced for (group, home), count in self._shared(row).items() if count
        ]  # fmt: skip
        self.home_countries = {self.country[name] for homes in self.homes.values() for name in homes}
        self.legs = [leg for row in scenario.routes for leg in self._legs(row)]
        self.options = [
            name for name in self.place
            if self.takes_in(name) or any(name == row.place for row in scenario.displaced)
        ]  # fmt: skip
        self.law = Law(self)
        self.news = round(self.parameter["news_days"])
        self.back = {name: self._home_side(name) for name in self.place}
        self._ways, self._choices = {}, {}

    def places_in(self, name):
        return [self.names.places[index].place for index in self.names.members(name)]

    def inside(self, name):
        """Whether people may stay displaced there, within a country that people leave."""
        place = self.place[name]
        settled = place.country in self.home_countries and place.kind in ("origin", "town")
        return settled and self.parameter["stay_inside"] > 0

    def takes_in(self, name):
        return self.place[name].kind in ("reception", "camp") or self.inside(name)

    def shut(self, day, name):
        closes = self.place[name].closes
        return closes is not None and self.date(day) >= closes

    def open(self, day, name):
        opens = self.place[name].opens
        return self.takes_in(name) and not self.shut(day, name) and (opens is None or self.date(day) >= opens)

    def _shared(self, row):
        """People of a row of displaced.csv by group and home: over groups, then over the homes of each."""
        origin = self.places_in(row.origin) if row.origin else self.place
        living = {
            (group, home): count
            for group, homes in self.homes.items() for home, count in sorted(homes.items())
            if home in origin and self.groups[group].meant_by(row.group)
        }  # fmt: skip
        by_group = Counter()
        for (group, _), count in living.items():
            by_group[group] += count
        found = {}
        for group, people in whole_parts(row.people, by_group).items():
            found |= whole_parts(people, {key: count for key, count in living.items() if key[0] == group})
        return found

    def _legs(self, route):
        days = route.distance_km / self.parameter[SPEEDS[route.mode]]
        effort = days * self.parameter["road_km_per_day"]
        both = [(route.from_, route.to), (route.to, route.from_)]
        return [Leg(*ends, route.crossing, route.porous, days, effort) for ends in both[: 1 if route.one_way else 2]]

    def date(self, day):
        return self.scenario.settings.start + dt.timedelta(day)

    def ways(self, day, group):
        """Cost and next leg by destination and place, by what crossings did when the news left them."""
        known = day - self.news
        chance = {
            leg: self.law.passing(known, group, leg) * (1 - self.law.pushed(known, group, leg)) for leg in self.legs
        }
        key = tuple(chance.values())
        if key not in self._ways:
            self._ways[key] = {aim: self._to(aim, chance) for aim in self.options}
        return {aim: way for aim, way in self._ways[key].items() if self.open(day, aim)}

    def _home_side(self, place):
        """Where the nearest border out of the home countries begins, for a place abroad; else the place."""
        home = self.home_countries
        out = [leg for leg in self.legs if self.country[leg.start] in home and self.country[leg.end] not in home]
        everywhere_open = dict.fromkeys(self.legs, 1.0)
        far = {leg: self._to(leg.end, everywhere_open).get(place, (math.inf, None))[0] for leg in out}
        nearest = min(out, key=lambda leg: (far[leg], leg.effort), default=None)
        abroad = nearest is not None and self.country[place] not in home and far[nearest] < math.inf
        return nearest.start if abroad else place

    def _to(self, aim, chance):
        """Bellman and Ford, backwards from one destination: {place: (cost, next leg)}."""
        best = {aim: (0.0, None)}
        wait = self.parameter["km_per_day_waited"]
        for _ in self.place:
            for leg in self.legs:
                if leg.end in best and chance[leg] > 0 and leg.start != aim:
                    cost = leg.effort + wait * (1 - chance[leg]) / chance[leg] + best[leg.end][0]
                    if leg.start not in best or cost < best[leg.start][0]:
                        best[leg.start] = (cost, leg)
        return best

    def choices(self, day, group, place):
        """Destinations that can be reached: {aim: (log weight without waits, legs over borders on the way)}."""
        if (day, group, place) in self._choices:
            return self._choices[day, group, place]
        trees, parameter, country = self.ways(day, group), self.parameter, self.country
        nearest = {}
        for aim in trees:
            if place in trees[aim] and country[aim] != country[place]:
                best = nearest.setdefault(country[aim], aim)
                if trees[aim][place][0] < trees[best][place][0]:
                    nearest[country[aim]] = aim
        choices = self._choices[day, group, place] = {}
        for aim in trees:
            back = country[place] not in self.home_countries and country[aim] in self.home_countries
            if back or place not in trees[aim]:
                continue
            legs = self._legs_on_the_way(trees[aim], place)
            cost = parameter["own_place_km"] if aim == place else sum(leg.effort for leg in legs)
            kin = sum(weight for name, weight in self.groups[group].affinity if aim in self.places_in(name))
            entry = parameter["entry_bonus"] if aim in nearest.values() else 0.0
            stay = math.log(parameter["stay_inside"]) if self.inside(aim) else 0.0
            borders = [leg for leg in legs if leg.crossing]
            choices[aim] = (stay - parameter["distance_decay"] * cost + kin + entry, borders)
        return choices

    def _legs_on_the_way(self, tree, place):
        legs = []
        while (leg := tree[place][1]) is not None:
            legs.append(leg)
            place = leg.end
        return legs


class Run:
    """One run: everybody, and what was counted."""

    def __init__(self, world, rng):
        self.world, self.rng = world, rng
        self.people = [
            Person(group, home, home)
            for group, homes in world.homes.items() for home, count in homes.items() for _ in range(count)
        ]  # fmt: skip
        self.people += [
            Person(group, home, place, "settled", place)
            for group, home, place, count in world.displaced for _ in range(int(count))
        ]  # fmt: skip
        self.belong = Counter((person.group, person.home) for person in self.people)
        self.intensity = defaultdict(float)
        self.shocks = Shocks(world, rng)
        self.law = Law(world, judged(world, rng))
        self.counts = Counter()
        self.registered = Counter()  # by group and place

    def next_leg(self, day, person):
        """The leg to take next, None where there is no way."""
        return self.world.ways(day, person.group).get(person.aim, {}).get(person.at, (0.0, None))[1]

    def weights(self, day, person):
        """What does not depend on the crowd: the weight of each destination, by the waits that people expect."""
        world, known = self.world, day - self.world.news
        per_day = world.parameter["distance_decay"] * world.parameter["km_per_day_waited"]
        community = world.groups[person.group].community
        inside = self.shocks.inside[community]
        weights = {}
        for aim, (log_weight, borders) in world.choices(day, person.group, person.at).items():
            waiting = sum(self.law.wait(known, person.group, leg) for leg in borders)
            log_weight += self.shocks.kin(community, aim) + (inside if world.inside(aim) else 0.0)
            weights[aim] = math.exp(log_weight - per_day * waiting)
        return weights

    def who(self, doing):
        return [person for person in self.people if person.doing == doing]


def strike(run, day):
    world, parameter = run.world, run.world.parameter
    for place in run.intensity:
        run.intensity[place] *= math.exp(-1 / parameter["event_memory_days"])
    felt_on = world.date(day - round(parameter["departure_delay_days"]))
    for event, factor in zip(world.scenario.events, run.shocks.event, strict=True):
        if event.start <= felt_on <= event.end:
            severity = event.severity / ((event.end - event.start).days + 1) * factor
            if any(name in world.names.countries for name in event.place):
                severity *= parameter["national_event_weight"]
            for place in {place for name in event.place for place in world.places_in(name)}:
                run.intensity[place] += severity


def hazard_of_fleeing(run, day, group, place, strength):
    """The hazard of a person of a group at a place where events have a strength, but for the group's multiplier."""
    parameter = run.world.parameter
    factor = run.shocks.outflow(day, group, place)
    return parameter["departure_rate"] * strength ** parameter["intensity_power"] * factor


def depart(run, day):
    world, parameter = run.world, run.world.parameter
    at_home, leaving = run.who("home"), []
    for row in world.scenario.departures:
        if row.day == world.date(day):
            fits = [p for p in at_home if row.group in ("", p.group) and row.place in ("", p.home) and p not in leaving]
            leaving += fits[: int(row.people)]
    for person in at_home if not world.scenario.departures else ():
        group = world.groups[person.group]
        strength = parameter["background_intensity"] + run.intensity[person.home]
        hazard = hazard_of_fleeing(run, day, group, person.home, strength)
        hazard *= 1.0 if group.departure_multiplier is None else group.departure_multiplier
        if run.rng.random() < 1 - math.exp(-hazard):
            leaving.append(person)
    for person in leaving:
        person.doing = "choosing"
        run.counts[f"{person.group} left"] += 1


def reconsider(run, day):
    onward, again = run.world.parameter["onward_rate"], run.world.parameter["flee_again"]
    for person in run.people:
        group, strength = run.world.groups[person.group], run.intensity[person.at]
        hazard = again * hazard_of_fleeing(run, day, group, person.at, strength)
        hazard += onward if person.doing == "settled" else 0.0
        hazard += math.inf if run.world.shut(day, person.at) else 0.0
        stays = person.doing in ("settled", "gave up")
        if person.doing == "trapped" or (stays and run.rng.random() < 1 - math.exp(-hazard)):
            person.doing = "choosing"
        elif person.doing == "moving" and person.leg is None and run.next_leg(day, person) is None:
            person.doing, person.since = "choosing", None


def choose(run, day):
    world, parameter = run.world, run.world.parameter
    toward = Counter(person.aim for person in run.people if person.doing in ("moving", "settled"))
    pull = {}
    for aim in world.options:
        crowd = toward[aim] / toward.total() if toward else 0.0
        pull[aim] = (crowd + parameter["crowd_floor"]) ** parameter["crowd_power"]
        relief, more_room = world.law.relief(day, aim)
        pull[aim] *= math.exp(relief + run.shocks.pull(day, aim))
        if world.place[aim].capacity is not None:
            full = parameter["room_scale"] * (world.place[aim].capacity + more_room)
            room = max(parameter["room_floor"], 1 - min(1, toward[aim] / full))
            pull[aim] *= room ** parameter["room_power"]
    for person in run.who("choosing"):
        weights = {aim: weight * pull[aim] for aim, weight in run.weights(day, person).items()}
        if sum(weights.values()) <= 0:
            person.doing = "trapped"
            continue
        person.aim = run.rng.choices(list(weights), list(weights.values()))[0]
        person.doing = "settled" if person.aim == person.at else "moving"


def return_home(run, day):
    """Who stays somewhere goes home with the hazard of the group, each to a home drawn by who is missing there."""
    parameter = run.world.parameter
    for group, homes in run.world.homes.items():
        own = [person for person in run.people if person.group == group]
        at_home = Counter(person.home for person in own if person.doing == "home")
        missing = {home: run.belong[group, home] - at_home[home] for home in homes}
        if not sum(missing.values()):
            continue
        unrest = sum(away * run.intensity[home] for home, away in missing.items()) / sum(missing.values())
        always, quiet = parameter["unquiet_return"], math.exp(-unrest / parameter["quiet_intensity"])
        hazard = parameter["return_rate"] * (always + (1 - always) * quiet)
        for person in own:
            if person.doing in ("settled", "trapped", "gave up") and run.rng.random() < 1 - math.exp(-hazard):
                run.counts[f"{group} returned from {person.at}"] += 1
                person.home = run.rng.choices(list(missing), list(missing.values()))[0]
                person.doing, person.at, person.aim = "home", person.home, ""
                missing[person.home] -= 1


PHASES = {
    "strike": strike, "depart": depart, "reconsider": reconsider, "choose": choose, "travel": travel,
    "expel": expel, "return": return_home, "register": register,
}  # fmt: skip


def figures(run):
    """What a day looks like at its end: counts since the start, and who is where."""
    now = Counter(run.counts)
    for person in run.people:
        if person.doing in ("trapped", "gave up"):
            now[f"{person.group} {person.doing}"] += 1
        if person.leg is None and (person.since is not None or person.doing == "choosing"):
            now["waiting"] += 1
        if person.leg is not None:
            now[f"{person.group} on the way"] += 1
        elif person.doing != "home":
            now[f"{person.group} at {person.at}"] += 1
    now.update({f"{group} registered in {place}": count for (group, place), count in run.registered.items()})
    return now


def simulate(world, rng):
    """Run a scenario once; return the figures of each day."""
    run = Run(world, rng)
    days = []
    for day in range(world.scenario.days):
        for phase in PHASES.values():
            phase(run, day)
        days.append(figures(run))
    return days
