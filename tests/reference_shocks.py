"""The plain twin: what differs between runs beside who does what when -- events, what draws, what homes send, acts."""

import math

KNOT = 30  # days; what drifts is drawn so often and lies on straight lines in between


def log_normal(rng, sd):
    """A factor of mean 1 whose log has a standard deviation."""
    return math.exp(rng.gauss(0, sd) - sd**2 / 2)


def drifting(rng, days, sd, memory):
    """A number on each of `days` that keeps its spread and forgets in `memory` days, at knots."""
    path = [rng.gauss(0, sd)]
    kept = math.exp(-KNOT / memory)
    while (len(path) - 1) * KNOT < days:
        path.append(kept * path[-1] + rng.gauss(0, sd * math.sqrt(1 - kept**2)))
    return path


def between(path, day):
    knot, since = divmod(day, KNOT)
    return path[knot] + (path[knot + 1] - path[knot]) * since / KNOT if since else path[knot]


class Shocks:
    """The shocks of one run."""

    def __init__(self, world, rng):
        self.world = world
        value, days = world.parameter, world.scenario.days
        self.event = [log_normal(rng, math.sqrt(math.log(1 + value["event_factor_cv"] ** 2)))
                      for _ in world.scenario.events]  # fmt: skip
        districts = sorted({self.district(place) for place in world.place})
        self.of_district = {name: rng.gauss(0, value["pull_district_sd"]) for name in districts}
        self.of_place = {name: rng.gauss(0, value["pull_place_sd"]) for name in world.place}
        self.of_season = {
            name: drifting(rng, days, value["pull_drift_sd"], value["pull_drift_days"]) for name in districts
        }
        communities = sorted({group.community for group in world.groups.values()})
        lived_in = {world.place[home].country for homes in world.homes.values() for home in homes}
        abroad = sorted({self.district(name) for name, place in world.place.items() if place.country not in lived_in})
        sd = value["pull_kin_sd"] if len(communities) > 1 else 0
        self.of_kin = {(name, district): rng.gauss(0, sd) for name in communities for district in abroad}
        self.sent = {name: log_normal(rng, value["outflow_sd"]) for name in communities}
        self.inside = {name: rng.gauss(0, value["inside_sd"]) for name in communities}
        sd, memory = value["outflow_drift_sd"], value["outflow_drift_days"]
        self.sent_from = {
            home: [math.exp(log - sd**2 / 2) for log in drifting(rng, days, sd, memory)]
            for home in sorted({home for homes in world.homes.values() for home in homes})
        }

    def district(self, place):
        return self.world.place[place].admin2 or place

    def kin(self, community, place):
        """What draws people of a community to a place more than those of others, as a log weight."""
        return self.of_kin.get((community, self.district(place)), 0)

    def pull(self, day, place):
        """What draws people to a place on a day beyond the formula, as a log weight."""
        district = self.district(place)
        return self.of_district[district] + self.of_place[place] + between(self.of_season[district], day)

    def outflow(self, day, group, place):
        """What people of a group who are at a place send on a day, against what the formula says."""
        seasonal = between(self.sent_from[place], day) if place in self.sent_from else 1.0
        return self.sent[group.community] * seasonal


def judged(world, rng):
    """What one run makes of the numbers of acts: {(act, column): number}; estimates differ by log odds."""
    found = {}
    for act in world.scenario.acts:
        softens = act.effect in ("exempt", "admit", "corridor")
        column, spread = ("admit_share", "exemption") if softens else ("enforcement", "enforcement")
        given = getattr(act, column)
        if act.estimated and given is not None and 0 < given < 1:
            odds = given / (1 - given) * math.exp(rng.gauss(0, world.parameter[f"{spread}_spread"]))
            found[act.act, column] = odds / (1 + odds)
    return found
