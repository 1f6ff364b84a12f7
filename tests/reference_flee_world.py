"""The world of the plain twin for cases in Flee's format: places, links, and what the days do to them.

Written from the description of the rules (../shared/flee-format.md), to be read beside it: numbers in comments are its
sections. Knows a FleeCase and nothing of the engine.
"""

import math

KINDS = ("camp", "conflict", "forward", "marker", "flood_zone", "town")
TINY = 1e-6


class Link:
    """One direction of a way. A closed link is taken off `links` and a fresh copy waits in `shut` (2.7)."""

    def __init__(self, start, end, km):
        self.start, self.end, self.km = start, end, km
        self.closed = False


class Place:
    def __init__(self, row, settings, home, hasten):
        self.name, self.country, self.attributes = row.name, row.country or "unknown", dict(row.attributes)
        self.foreign = self.country != home
        self.capacity, self.pop = -1, 0
        self.time_of_conflict = -1
        self.links, self.shut = [], []
        self.n, self.score, self.weight, self.level, self.forecast = 0, 0.0, 0.0, 0, ()
        late = "camp" not in row.kind.lower() and "conflict" in row.kind.lower() and row.conflict_date > 0
        self.onset = row.conflict_date if late else None
        self.become("town" if late else row.kind, settings, float(self.attributes.get("conflict_intensity") or 1.0))
        if self.camp:
            self.capacity = row.people // hasten
        else:
            self.pop = row.people // hasten
        if self.movechance < 0.005 and not self.camp and not self.flood_zone:
            self.camp, self.town = True, False

    def become(self, kind, settings, intensity):
        """Flags and chance of leaving by kind: the first word that the kind contains (1.2)."""
        for flag in ("camp", "idpcamp", "town", "forward", "marker", "flood_zone"):
            setattr(self, flag, False)
        self.conflict, self.movechance = -1.0, 1.0
        kind = kind.lower().replace("default", "town")
        word = next((word for word in KINDS if word in kind), None)
        if word == "camp":
            self.camp, self.idpcamp = True, "idp" in kind
            self.movechance = settings.idpcamp_movechance if self.idpcamp else settings.camp_movechance
        elif word == "conflict":
            self.conflict, self.movechance = intensity, settings.conflict_movechance
        elif word:
            setattr(self, word, True)
            if word in ("flood_zone", "town"):
                self.movechance = settings.default_movechance

    def limit(self, settings):
        return self.capacity * settings.capacity_scaling

    def room(self, settings):
        """Capacity multiplier (3.3)."""
        limit, buffer = self.limit(settings), settings.capacity_buffer
        if limit < 1 or self.n <= buffer * limit:
            return 1.0
        return 0.0 if self.n >= limit else 1.0 - (self.n - buffer * limit) / (limit * (1.0 - buffer))


def between(values, level):
    """Linear interpolation in an array by index; the last entry may be used (Q28)."""
    low = math.floor(level)
    step = level - low
    return values[low] + (step * (values[low + 1] - values[low]) if step else 0.0)


class World:
    def __init__(self, case, hasten):
        self.case, self.settings, self.t = case, case.settings, 0
        home = case.locations[0].country or "unknown"
        self.places = [Place(row, self.settings, home, hasten) for row in case.locations]
        self.named = {place.name: place for place in self.places}
        self.flooded = self.settings.flood_rules or self.settings.spawn_mode == "flood"
        for row in case.links:
            pair = (self.named[row.name1], self.named[row.name2])
            first, second = pair[::-1] if row.forced_redirection == 2 else pair
            for _ in range(2 if row.forced_redirection == 1 else 1):
                first.links.append(Link(first, second, row.km))
                second.links.append(Link(second, first, row.km))
        self.refresh_weights()
        flood = self.settings.spawn_mode == "flood"
        self.reported = [place for place in self.places if place.camp or flood]
        self.known = {}  # candidate routes by origin and awareness, of today

    # Environment (2.2a)

    def environment(self):
        for row in self.case.changes:
            if row.day == self.t:
                self.named[row.name].become(row.kind, self.settings, self.settings.default_conflict_intensity)
        if self.flooded:
            self._floods()
        elif self.case.conflicts is None:
            for place in self.places:
                if place.onset == self.t:
                    self._begin(place, float(place.attributes.get("conflict_intensity") or 1.0))
        else:
            for column, name in enumerate(self.case.conflicts.names):
                if name not in self.named:
                    continue
                now = self.case.conflicts.values[self.t, column]
                before = self.case.conflicts.values[self.t - 1, column] if self.t else 0.0
                if now > TINY and before < TINY:
                    self._begin(self.named[name], now)
                elif now < TINY and before >= TINY:
                    self._end(self.named[name])

    def _begin(self, place, intensity):
        place.movechance, place.conflict = self.settings.conflict_movechance, float(intensity)
        place.town, place.time_of_conflict = False, self.t
        self.refresh_weights()

    def _end(self, place):
        place.movechance, place.conflict, place.town = self.settings.default_movechance, -1.0, True
        self.refresh_weights()

    def _floods(self):
        table = self.case.flood_level
        for place in self.places:
            named = table is not None and place.name in table.names
            place.forecast = [int(level) for level in table.values[:, table.names.index(place.name)]] if named else []
            place.level = place.forecast[self.t] if named else 0

    # Closures (2.7)

    def closures(self):
        for row in self.case.closures:
            if row.start == self.t:
                self._closure(row, closing=True)
            if row.end == self.t:
                self._closure(row, closing=False)

    def _closure(self, row, closing):
        if row.kind in ("camp", "idpcamp"):
            self.named[row.name1].become("town" if closing else row.kind, self.settings, 1.0)
            return

        def hit(link):
            if row.kind == "country":
                return {link.start.country, link.end.country} == {row.name1, row.name2}
            if row.kind == "location":
                return row.name1 in (link.start.name, link.end.name)
            return row.kind == "link" and {link.start.name, link.end.name} == {row.name1, row.name2}

        for place in self.places:
            for link in [link for link in (place.links if closing else place.shut) if hit(link)]:
                if closing:
                    place.links.remove(link)
                    link.closed = True
                    place.shut.append(Link(link.start, link.end, link.km))
                else:
                    place.shut.remove(link)
                    place.links.append(link)

    # Weights and scores (3.1, 4.3)

    def decay(self, place):
        values = self.settings.conflict_spawn_decay
        if not values:
            return 1.0
        steps = int((self.t - place.time_of_conflict) / self.settings.conflict_spawn_decay_interval)
        return values[min(steps, len(values) - 1)]

    def refresh_weights(self):
        for place in self.places:
            place.weight = 0.0
            if self.settings.spawn_mode == "source_data" and place.conflict > 0:
                place.weight = place.pop * place.conflict * self.decay(place)

    def scores(self):
        """Score every place for today, then let capacities grow."""
        rules = self.settings
        self.known.clear()
        for place in self.places:
            score = rules.foreign_weight if place.foreign else 1.0
            score *= rules.camp_weight if place.camp or place.idpcamp else 1.0
            if place.conflict > 0:
                score *= rules.conflict_weight ** (self.decay(place) * place.conflict)
            if place.flood_zone and self.flooded:
                score *= 0.0 if self.forecasting() else between(rules.flood_loc_weights, place.level)
            place.score = score
        for place in self.places:
            place.capacity += max(int(place.attributes.get("capacity_per_day") or 0), 0)

    # Floods (3.2, 3.7)

    def forecasting(self):
        rules = self.settings
        return (
            rules.flood_forecaster
            and rules.flood_forecaster_timescale > 1
            and self.t <= rules.flood_forecaster_end_time
        )

    def forecast_sum(self, place, level=None):
        """Sum over the days ahead; at the forecast level, or at `level`."""
        rules, total = self.settings, 0.0
        for ahead in range(1, rules.flood_forecaster_timescale + 1):
            day = min(self.t + ahead, rules.flood_forecaster_end_time)
            coming = place.forecast[day] if place.forecast else 0
            if coming > 0:
                weight = between(rules.flood_loc_weights, coming if level is None else level)
                total += weight * rules.flood_forecaster_weights[day]
            if day == rules.flood_forecaster_end_time:
                break
        return total

    def awareness(self, person):
        return self.settings.flood_awareness_weights[int(float(person.floodawareness))]

    def move_chance(self, person, place):
        """Chance of leaving without force and without a route (2.4)."""
        rules = self.settings
        size = max(place.pop, place.capacity) / rules.movechance_pop_base
        chance = place.movechance * size**rules.movechance_pop_scale_factor if rules.movechance_pop_scale_factor else (
            place.movechance
        )  # fmt: skip
        if self.flooded and place.level > 0:
            chance = between(rules.flood_movechances, place.level)
        if self.flooded and self.forecasting():
            chance *= self.forecast_sum(place) / rules.flood_forecaster_timescale * self.awareness(person)
        return chance

    def value(self, person, place):
        """Worth of a place as a destination for the person (3.2)."""
        rules, value = self.settings, place.score
        if self.flooded and place.level > 0:
            value *= between(rules.flood_loc_weights, place.level)
        if self.flooded and self.forecasting():
            total = self.forecast_sum(place, level=place.level)
            value *= total**2 / rules.flood_forecaster_timescale * self.awareness(person)
        return value

    # Routes (3.4)

    def candidates(self, person, origin):
        """Routes from a place today: (names, destination, weight before capacity and power)."""
        key = (origin.name, person.floodawareness)
        if key not in self.known:
            rules = self.settings
            self.known[key] = [
                (names, end, (rules.weight_softening + self.value(person, end))
                 / (rules.softening + km) ** rules.distance_power)
                for names, end, km in self._paths(origin, (), 0.0, 0, {origin.name})
            ]  # fmt: skip
        return self.known[key]

    def _paths(self, place, names, km, steps, seen):
        for link in place.links:
            end = link.end
            # A link from the origin to itself is a candidate all the same.
            if end.name in seen and not (not names and end is place):
                continue
            path, far, deep = (*names, end.name), km + link.km, steps + (not end.marker)
            if not end.marker:
                yield path, end, far
            if deep < self.settings.awareness_level:
                yield from self._paths(end, path, far, deep, seen | {end.name})

    def choose(self, person, origin, rng):
        """Draw a route, or () where there is none."""
        rules = self.settings
        routes = [
            (names, (weight * end.room(rules)) ** rules.weight_power)
            for names, end, weight in self.candidates(person, origin)
        ]
        if rules.pruning_threshold >= 1.001 and routes:
            least = max(weight for _, weight in routes) / rules.pruning_threshold
            routes = [(names, weight) for names, weight in routes if weight >= least]
        if not routes:
            return ()
        weights = [weight for _, weight in routes]
        return rng.choices(routes, weights if sum(weights) > 0 else None)[0][0]
