"""The plain twin at the border: what acts say to one person on one leg, and the phases in which they do."""

import math
from collections import Counter
from functools import cache

LONGEST_QUEUE = 60  # days; who waits longer stands with those of 60 days


class Law:
    """The acts of a scenario, asked day by day; knows the world's names, countries and groups.

    `judged` holds numbers that a run puts in the place of those given: {(act, column): number}.
    """

    def __init__(self, world, judged=None):
        self.world, self.judged = world, judged or {}
        self.crossings = {leg.crossing for leg in world.legs if leg.crossing}
        for question in (
            "in_force",
            "passing",
            "passing_orders",
            "pushed",
            "wait",
            "porous",
            "quotas",
            "expelled",
            "relief",
        ):
            setattr(self, question, cache(getattr(self, question)))

    def in_force(self, day, effect=""):
        """Acts in force on a day, of one effect or all."""
        today = self.world.date(day)
        begun = [act for act in self.world.scenario.acts if act.from_ <= today]
        ended = {act.ends for act in begun}
        return [
            act for act in begun
            if not (act.until and act.until < today) and act.act not in ended and effect in ("", act.effect)
        ]  # fmt: skip

    def speaks_of(self, act, group):
        return not act.groups or {"all", group, self.world.groups[group].risk_class} & set(act.groups)

    def number(self, act, column):
        return self.judged.get((act.act, column), getattr(act, column) or 0.0)

    def alone(self, acts):
        """Chance that none of several acts is enforced."""
        return math.prod(1 - self.number(act, "enforcement") for act in acts)

    def area(self, act):
        return {place for name in act.places for place in self.world.places_in(name)}

    def at(self, act, leg):
        """Whether an act holds on a leg: at a crossing that it names, outward, or into an area that it names."""
        names = [name for name in act.places if name not in self.crossings]
        area = {place for name in names for place in self.world.places_in(name)}
        named = leg.crossing in act.places and self.world.country[leg.end] not in self.world.home_countries
        return leg.crossing != "" and (named or (leg.end in area and leg.start not in area))

    def passing(self, day, group, leg):
        """Chance that one attempt passes by the orders of the day; 0 where a quota lets nobody in."""
        return self.passing_orders(day, group, leg) if self.quotas(day).get(leg.crossing, math.inf) >= 1 else 0.0

    def passing_orders(self, day, group, leg):
        """Chance that one attempt passes every authority that closes the leg to the group."""
        acts = [act for act in self.in_force(day) if self.speaks_of(act, group) and self.at(act, leg)]
        closing = {act.authority for act in acts if act.effect == "close"}
        agreed = closing <= {act.authority for act in acts if act.effect == "corridor"}
        chance = 1.0
        for authority in closing:
            own = [act for act in acts if act.authority == authority]
            order = max((act for act in own if act.effect == "close"), key=lambda act: (act.from_, act.act))
            softening = {"exempt", "admit", "corridor"} if agreed else {"exempt", "admit"}
            admitted = [
                self.number(act, "admit_share")
                for act in own if act.effect in softening and act.softens in ("", order.act)
            ]  # fmt: skip
            chance *= 1 - self.number(order, "enforcement") * (1 - max(admitted, default=0.0))
        return chance

    def pushed(self, day, group, leg):
        """Chance that somebody who passed is pushed back at once."""
        acts = [a for a in self.in_force(day, "push_back") if self.speaks_of(a, group) and self.at(a, leg)]
        return 1 - self.alone(acts)

    def wait(self, day, group, leg):
        """Days that somebody expects to try for, once a day, until they are through; no way leads to a quota of 0."""
        chance = self.passing_orders(day, group, leg) * (1 - self.pushed(day, group, leg))
        return (1 - chance) / chance if chance > 0 else math.inf

    def porous(self, day, leg):
        """Share of those who try irregularly that get through; a fence stands along the whole crossing."""
        if not leg.porous:
            return 0.0
        both_sides = [other for other in self.world.legs if other.crossing == leg.crossing]
        fences = [act for act in self.in_force(day, "fence") if any(self.at(act, other) for other in both_sides)]
        return self.alone(fences)

    def quotas(self, day):
        """How many may pass, by crossing."""
        least = {}
        for act in self.in_force(day, "quota"):
            for crossing in {leg.crossing for leg in self.world.legs if act.amount is not None and self.at(act, leg)}:
                least[crossing] = min(act.amount, least.get(crossing, math.inf))
        return least

    def expelled(self, day, group, place):
        """Chance a day that a settled person is expelled."""
        acts = [a for a in self.in_force(day, "expel") if self.speaks_of(a, group) and place in self.area(a)]
        return 1 - self.alone(acts)

    def relief(self, day, place):
        """What relief adds to the log weight of a destination, and to its room."""
        amounts = [act.amount or 0.0 for act in self.in_force(day, "relief") if place in self.area(act)]
        weight = self.world.parameter["relief_weight"] * sum(math.log(1 + amount) for amount in amounts)
        return weight, sum(amounts)


def advance(run, day, person):
    """Walk until the day is spent, the aim is reached, or the next leg crosses a border; then return that leg."""
    while person.reach > 0 or person.at == person.aim:
        if person.leg is None:
            if person.at == person.aim and run.world.shut(day, person.at):
                person.reach = 0.0
                return None
            if person.at == person.aim:
                person.doing = "settled"
                run.counts[f"{person.group} arrived in {person.at}"] += 1
                return None
            leg = run.next_leg(day, person)
            if leg is None or leg.crossing:
                return leg
            set_out(run, person, leg)
        step = min(person.left, person.reach)
        person.left -= step
        person.reach -= step
        if person.left > 0:
            return None
        run.counts[f"{person.group} over {person.leg.start} > {person.leg.end}"] += 1
        person.at, person.leg, person.since = person.leg.end, None, None
    return None


def set_out(run, person, leg):
    person.leg, person.left = leg, leg.days / (run.world.groups[person.group].speed_factor or 1.0)


def travel(run, day):
    """In rounds: everybody walks to the next border, then those who stand at one try it."""
    for person in run.who("moving"):
        person.reach = 1.0
    places_left = dict(run.law.quotas(day))
    while True:
        awake = [person for person in run.who("moving") if person.reach > 0]
        standing = {person: leg for person in awake if (leg := advance(run, day, person))}
        if not standing:
            break
        try_crossings(run, day, standing, places_left)


def try_crossings(run, day, standing, places_left):
    """Acts let some pass; of those a quota serves the oldest day of joining first, at random within a day."""
    law, random = run.law, run.rng.random
    allowed, refused = [], []
    for person, leg in standing.items():
        person.since = day if person.since is None else max(person.since, day - LONGEST_QUEUE)
        (allowed if random() < law.passing(day, person.group, leg) else refused).append(person)
    run.rng.shuffle(allowed)
    for person in sorted(allowed, key=lambda person: person.since):
        leg = standing[person]
        if places_left.get(leg.crossing, math.inf) < 1:
            person.reach = 0.0  # waits
            continue
        if leg.crossing in places_left:
            places_left[leg.crossing] -= 1
        if random() < law.pushed(day, person.group, leg):
            refused.append(person)
        else:
            set_out(run, person, leg)
    for person in refused:
        keep_out(run, day, person, standing[person])


def keep_out(run, day, person, leg):
    """What somebody who was refused or pushed back does."""
    parameter = run.world.parameter
    shares = {what: parameter[f"blocked_{what}"] for what in ("wait", "other_way", "irregular", "give_up")}
    run.counts[f"{person.group} turned back at {leg.start} > {leg.end}"] += 1
    what = run.rng.choices(list(shares), list(shares.values()))[0]
    if what == "irregular" and run.rng.random() < run.law.porous(day, leg):
        run.counts[f"{person.group} irregular over {leg.start} > {leg.end}"] += 1
        set_out(run, person, leg)
    elif what == "other_way":
        person.doing, person.since = "choosing", None
    elif what == "give_up":
        person.doing, person.since = "gave up", None
    else:
        person.reach = 0.0


def expel(run, day):
    """Settled people are taken over the nearest border, where they choose again."""
    for person in run.who("settled"):
        if run.rng.random() < run.law.expelled(day, person.group, person.at):
            run.counts[f"{person.group} expelled from {person.at}"] += 1
            person.doing, person.at = "choosing", run.world.back[person.at]


def register(run, day):
    """Each act registers so many of those who are not yet on the list; a list is never longer than people there."""
    settled = Counter((person.group, person.at) for person in run.who("settled"))
    for cell in run.registered:
        run.registered[cell] = min(run.registered[cell], settled[cell])
    law = run.law
    for act in law.in_force(day, "register"):
        open_to = [
            (group, place) for (group, place), count in settled.items() if law.speaks_of(act, group)
            and place in law.area(act) for _ in range(count - run.registered[group, place])
        ]  # fmt: skip
        run.registered.update(run.rng.sample(open_to, min(int(act.amount or 0), len(open_to))))
