"""The plain twin without chance: the phases of a day with fractions of people, every party by itself.

World, law, ways and weights are those of the twin that moves persons. Parties are never joined but at a crossing, where
who tries together goes on together; nothing small is rounded.
"""

import math
import random
from collections import Counter, defaultdict
from dataclasses import dataclass

from reference import Run, hazard_of_fleeing, strike
from reference_policy import LONGEST_QUEUE, Law
from reference_shocks import Shocks, judged


@dataclass(eq=False)
class Party:
    """People on their way to an aim, as `reference.Person`."""

    group: str
    aim: str
    at: str
    people: float
    leg: tuple | None = None
    left: float = 0.0
    reach: float = 0.0
    since: int | None = None


class Expected(Run):
    """One run: how many are where; the scenario has neither shocks nor estimates that differ."""

    def __init__(self, world):
        self.world, self.rng = world, random.Random(0)
        self.home = {(group, home): float(n) for group, homes in world.homes.items() for home, n in homes.items()}
        self.settled, self.trapped, self.gave_up, self.choosing = Counter(), Counter(), Counter(), Counter()
        self.moving = []
        self.belong = Counter(self.home)
        for group, home, place, people in world.displaced:
            self.belong[group, home] += people
            self.settled[group, place] += people
        self.intensity = defaultdict(float)
        self.shocks, self.law = Shocks(world, self.rng), Law(world, judged(world, self.rng))
        self.counts, self.registered = Counter(), Counter()


def move(some, others, share):
    """Take a share of those in a cell from one count to another; return how many: {cell: people}."""
    moved = {cell: people * share(*cell) for cell, people in some.items()}
    for cell, people in moved.items():
        some[cell] -= people
        others[cell] += people
    return moved


def depart(run, day):
    world, parameter = run.world, run.world.parameter
    leaving = Counter()
    for row in world.scenario.departures:
        if row.day == world.date(day):
            fits = [cell for cell in run.home if row.group in ("", cell[0]) and row.place in ("", cell[1])]
            living = sum(world.homes[group][home] for group, home in fits)
            for cell in fits:
                leaving[cell] += row.people * world.homes[cell[0]][cell[1]] / living
    if not world.scenario.departures:
        for (group, home), people in run.home.items():
            multiplier = world.groups[group].departure_multiplier
            strength = parameter["background_intensity"] + run.intensity[home]
            hazard = hazard_of_fleeing(run, day, world.groups[group], home, strength)
            leaving[group, home] = people * -math.expm1(-hazard * (1.0 if multiplier is None else multiplier))
    for cell, people in leaving.items():
        left = min(people, run.home[cell])
        run.home[cell] -= left
        run.choosing[cell] += left
        run.counts[f"{cell[0]} left"] += left


def reconsider(run, day):
    parameter = run.world.parameter

    def driven(group, place):
        again = hazard_of_fleeing(run, day, run.world.groups[group], place, run.intensity[place])
        return math.inf if run.world.shut(day, place) else parameter["flee_again"] * again

    move(run.settled, run.choosing, lambda *cell: -math.expm1(-driven(*cell) - parameter["onward_rate"]))
    move(run.gave_up, run.choosing, lambda *cell: -math.expm1(-driven(*cell)))
    move(run.trapped, run.choosing, lambda *_: 1)
    for party in list(run.moving):
        if party.leg is None and run.next_leg(day, party) is None:
            run.moving.remove(party)
            run.choosing[party.group, party.at] += party.people


def choose(run, day):
    world, parameter = run.world, run.world.parameter
    toward = Counter()
    for party in run.moving:
        toward[party.aim] += party.people
    for (_, place), people in run.settled.items():
        toward[place] += people
    pull = {}
    for aim in world.options:
        crowd = toward[aim] / toward.total() if toward.total() else 0.0
        pull[aim] = (crowd + parameter["crowd_floor"]) ** parameter["crowd_power"]
        relief, more_room = world.law.relief(day, aim)
        pull[aim] *= math.exp(relief)
        if world.place[aim].capacity is not None:
            full = parameter["room_scale"] * (world.place[aim].capacity + more_room)
            room = max(parameter["room_floor"], 1 - min(1, toward[aim] / full))
            pull[aim] *= room ** parameter["room_power"]
    for (group, place), people in run.choosing.items():
        weights = {aim: weight * pull[aim] for aim, weight in run.weights(day, Party(group, "", place, 0)).items()}
        whole = sum(weights.values())
        if whole <= 0:
            run.trapped[group, place] += people
        for aim, weight in weights.items() if whole > 0 and people else ():
            if aim == place:
                run.settled[group, place] += people * weight / whole
            elif weight:
                run.moving.append(Party(group, aim, place, people * weight / whole))
    run.choosing.clear()


def gated(run, day, group, leg):
    law = run.law
    return bool(leg.crossing) and (
        law.passing(day, group, leg) < 1 or law.pushed(day, group, leg) > 0 or leg.crossing in law.quotas(day)
    )


def set_out(run, party, leg):
    party.leg, party.left = leg, leg.days / (run.world.groups[party.group].speed_factor or 1.0)


def advance(run, day, party):
    """Walk until the day is spent, the aim is reached, or acts hold on the next leg; then return that leg."""
    while party.reach > 0 or party.at == party.aim:
        if party.leg is None:
            if party.at == party.aim and run.world.shut(day, party.at):
                return None
            if party.at == party.aim:
                run.settled[party.group, party.at] += party.people
                run.counts[f"{party.group} arrived in {party.at}"] += party.people
                run.moving.remove(party)
                return None
            leg = run.next_leg(day, party)
            if leg is None or gated(run, day, party.group, leg):
                return leg
            set_out(run, party, leg)
        if party.left > party.reach:
            party.left, party.reach = party.left - party.reach, 0.0
            return None
        party.reach -= party.left
        run.counts[f"{party.group} over {party.leg.start} > {party.leg.end}"] += party.people
        party.at, party.leg, party.left, party.since = party.leg.end, None, 0.0, None
    return None


def travel(run, day):
    for party in run.moving:
        party.reach = 1.0
    quota_left = dict(run.law.quotas(day))
    while True:
        standing = [(party, leg) for party in list(run.moving) if party.reach > 0 and (leg := advance(run, day, party))]
        if not standing:
            break
        try_crossings(run, day, together(run, day, standing), quota_left)


def together(run, day, standing):
    """Make one of those who have come to a crossing now on the same way: the mean of what is left of the day."""
    joined = {}
    for party, leg in standing:
        since = day if party.since is None else max(party.since, day - LONGEST_QUEUE)
        first, _ = joined.setdefault((party.group, party.aim, leg, since), (party, leg))
        first.since = since
        if first is not party:
            whole = first.people + party.people
            first.reach += (party.reach - first.reach) * party.people / whole
            first.people = whole
            run.moving.remove(party)
    return list(joined.values())


def try_crossings(run, day, standing, quota_left):
    law = run.law
    allowed = {party: party.people * law.passing(day, party.group, leg) for party, leg in standing}
    served = dict(allowed)
    for crossing, left in quota_left.items():
        for since in sorted({party.since for party, leg in standing if leg.crossing == crossing}):
            here = [party for party, leg in standing if leg.crossing == crossing and party.since == since]
            whole = sum(allowed[party] for party in here)
            places = min(whole, left)
            left -= places
            for party in here:
                served[party] = allowed[party] * places / whole if whole else 0.0
        quota_left[crossing] = left
    for party, leg in standing:
        pushed = served[party] * law.pushed(day, party.group, leg)
        through, waiting = keep_out(run, day, party, leg, party.people - allowed[party] + pushed)
        waiting += allowed[party] - served[party]
        if waiting > 0:
            run.moving.append(Party(party.group, party.aim, party.at, waiting, since=party.since))
        party.people = served[party] - pushed + through
        set_out(run, party, leg)
        if party.people <= 0:
            run.moving.remove(party)


def keep_out(run, day, party, leg, refused):
    """Return how many of those refused get through, and how many wait."""
    parameter = run.world.parameter
    shares = {what: parameter[f"blocked_{what}"] for what in ("wait", "other_way", "irregular", "give_up")}
    part = {what: refused * share / sum(shares.values()) for what, share in shares.items()}
    through = part["irregular"] * run.law.porous(day, leg)
    run.counts[f"{party.group} turned back at {leg.start} > {leg.end}"] += refused
    run.counts[f"{party.group} irregular over {leg.start} > {leg.end}"] += through
    run.choosing[party.group, party.at] += part["other_way"]
    run.gave_up[party.group, party.at] += part["give_up"]
    return through, part["wait"] + part["irregular"] - through


def expel(run, day):
    for (group, place), people in list(run.settled.items()):
        expelled = people * run.law.expelled(day, group, place)
        run.settled[group, place] -= expelled
        run.counts[f"{group} expelled from {place}"] += expelled
        run.choosing[group, run.world.back[place]] += expelled


def return_home(run, day):
    parameter = run.world.parameter
    for group, homes in run.world.homes.items():
        missing = {home: run.belong[group, home] - run.home[group, home] for home in homes}
        away = sum(missing.values())
        if away <= 0:
            continue
        unrest = sum(count * run.intensity[home] for home, count in missing.items()) / away
        always, quiet = parameter["unquiet_return"], math.exp(-unrest / parameter["quiet_intensity"])
        leaving = -math.expm1(-parameter["return_rate"] * (always + (1 - always) * quiet))
        returning = 0.0
        for count in (run.settled, run.trapped, run.gave_up):
            for cell in [cell for cell in count if cell[0] == group]:
                gone = count[cell] * leaving
                count[cell] -= gone
                returning += gone
                run.counts[f"{group} returned from {cell[1]}"] += gone
        for home in homes:
            run.home[group, home] += returning * missing[home] / away


def register(run, day):
    for cell in run.registered:
        run.registered[cell] = min(run.registered[cell], run.settled[cell])
    for act in run.law.in_force(day, "register"):
        open_to = {
            cell: people - run.registered[cell] for cell, people in run.settled.items()
            if run.law.speaks_of(act, cell[0]) and cell[1] in run.law.area(act)
        }  # fmt: skip
        whole = sum(open_to.values())
        for cell, people in open_to.items():
            run.registered[cell] += min(int(act.amount or 0), whole) * people / whole if whole else 0.0


PHASES = (strike, depart, reconsider, choose, travel, expel, return_home, register)


def figures(run):
    """What `reference.figures` gives."""
    now = Counter(run.counts)
    for doing, count in (("trapped", run.trapped), ("gave up", run.gave_up)):
        for (group, _), people in count.items():
            now[f"{group} {doing}"] += people
    for count in (run.settled, run.trapped, run.gave_up, run.choosing):
        for (group, place), people in count.items():
            now[f"{group} at {place}"] += people
    now["waiting"] += run.choosing.total()
    for party in run.moving:
        now[f"{party.group} on the way" if party.leg else f"{party.group} at {party.at}"] += party.people
        if party.leg is None and party.since is not None:
            now["waiting"] += party.people
    now.update({f"{group} registered in {place}": people for (group, place), people in run.registered.items()})
    return now


def simulate(world):
    """Run a scenario; return the figures of each day."""
    run = Expected(world)
    days = []
    for day in range(world.scenario.days):
        for phase in PHASES:
            phase(run, day)
        days.append(figures(run))
    return days
