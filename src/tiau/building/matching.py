"""Which place or area an export means: by code, by name, by the unit it lies in, by distance, last by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tiau.building.atlas_index import MOST_ALTERNATIVES, Index, Ranked, tier_fits, tier_word
from tiau.building.known_places import AREA_TIERS, Known, country_key, known_of
from tiau.building.place_codes import parted
from tiau.building.place_keys import bare_key, name_key, of_a_camp
from tiau.faults import wrong_argument
from tiau.readers.exports.findings import FoundArea, FoundPlace, Spot
from tiau.scenario.rows import Area, Place

FAR_KM = 50.0
TOLD_APART_KM = 10.0


@dataclass(frozen=True, slots=True)
class Match:
    """What a spot means, or that it means nothing known.

    Attributes
    ----------
    known : Known or None
        None where nothing known is meant.
    how : str
        In words: "by code SD04001", "by alias El Geneina", "nearest place, 4 km", "by likeness 91"; of what is not
        known why, with the three nearest names.
    exact : bool
        Whether nothing else can be meant; what is not exact is to be listed with its alternatives.
    km : float or None
        How far it is from the coordinates that the export gives.
    alternatives : tuple of str
        What else could be meant; of what is not known the three nearest names.
    """

    known: Known | None
    how: str
    exact: bool
    km: float | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of what is meant; blank where it is not known."""
        return self.known.name if self.known else ""


class Atlas:
    """Places and areas of a scenario and of exports, found by what an export says of a place.

    Parameters
    ----------
    known : sequence of Known
        Those of the scenario first: of two that are as likely the first is taken.
    answers : iterable of str
        "NAME = PLACE": what the analyst says that a name means, before anything else.
    """

    def __init__(self, known: Sequence[Known], answers: Iterable[str] = ()) -> None:
        self.index = Index(known)
        self.known = self.index.known
        self._seen: dict[object, Match] = {}
        self._answers = dict(map(self._answer, answers))

    @classmethod
    def of(
        cls,
        places: Iterable[Place] = (),
        areas: Iterable[Area] = (),
        pool: Iterable[FoundPlace | FoundArea] = (),
        *,
        answers: Iterable[str] = (),
    ) -> Atlas:
        """Return the atlas of a scenario's rows, and of what exports bring beside them."""
        return cls(known_of(places, areas, pool), answers)

    def match(self, spot: Spot, *, within_km: float = 15.0) -> Match:
        """Return what a spot means.

        In this order: the analyst's answer; its code; its name or an alias, of its own level first; the one known place
        of the unit it lies in, or the nearest of several; the nearest place in its country; a name much like its own;
        the unit itself.

        Parameters
        ----------
        spot : Spot
        within_km : float
            How far the nearest place may be that stands for a point.
        """
        at = None if spot.lat is None or spot.lon is None else (round(spot.lat, 3), round(spot.lon, 3))
        key = (spot.tier, spot.name, spot.code, spot.country, spot.admin1, spot.admin2, spot.admin3, spot.aliases, at,
               within_km)  # fmt: skip
        if key not in self._seen:
            self._seen[key] = self._found(spot, within_km)
        return self._seen[key]

    def _found(self, spot: Spot, within_km: float) -> Match:
        country = parted(spot.code)[0] or (country_key(spot.country) if spot.country else "")
        if spot.tier == "country":
            return self._of_country(spot) or self._unmatched(spot, country)
        steps = (self._by_answer, self._by_code, self._by_name, self._by_unit, self._by_distance, self._by_likeness,
                 self._by_other_level, self._by_unit_itself)  # fmt: skip
        for step in steps:
            if found := step(spot, country, within_km):
                return found
        return self._unmatched(spot, country)

    def _of_country(self, spot: Spot) -> Match | None:
        if found := self._by_answer(spot, "", 0.0):
            return found
        for text in filter(None, (spot.code, spot.name, *spot.aliases, spot.country)):
            if (at := self.index.country_at.get(country_key(text))) is not None:
                return Match(self.known[at], f"by the country {text}", exact=True)
        return None

    def _by_answer(self, spot: Spot, country: str, within_km: float) -> Match | None:
        for text in filter(None, (spot.name, spot.code)):
            if meant := self._answers.get(name_key(text)):
                of_tier = [at for at in meant if tier_fits(self.known[at].tier, spot.tier)]
                return Match(self.known[(of_tier or meant)[0]], f"by the answer that {text} is it", exact=True)
        return None

    def _by_code(self, spot: Spot, country: str, within_km: float) -> Match | None:
        found = self.index.codes.find(spot.code, spot.tier, country)
        if len(found) != 1:
            return None
        known = self.known[found[0]]
        by_name = [at for _, at in self.index.named(self.index.names, name_key(spot.name), spot.tier, country)]
        others = [at for at in by_name if self.known[at].tier == known.tier and at != found[0]]
        if others and found[0] not in by_name:
            return Match(known, f"by code {spot.code}, though {spot.name} is another's name", exact=False,
                         alternatives=self.index.labels(others, spot))  # fmt: skip
        return Match(known, f"by code {spot.code}", exact=True, km=known.km_to(spot.lat, spot.lon))

    def _by_name(self, spot: Spot, country: str, within_km: float) -> Match | None:
        for name in (spot.name, *spot.aliases):
            if found := self.index.named(self.index.names, name_key(name), spot.tier, country):
                return self._chosen(spot, found, name)
        for name in (spot.name, *spot.aliases):
            if found := self.index.named(self.index.bare, bare_key(name), spot.tier, country):
                return self._chosen(spot, found, name, bare=True)
        return None

    def _chosen(self, spot: Spot, found: Ranked, name: str, *, bare: bool = False) -> Match:
        """Return the one of some of the same name that is meant: by its units, its distance, name before alias."""
        left = self._narrowed(spot, found)
        rank, at = left[0]
        known = self.known[at]
        km = known.km_to(spot.lat, spot.lon) if known.is_place else None
        how = f"by {'alias' if rank else 'name'} {name}{', shortened' if bare else ''}"
        doubts = []
        if len(left) > 1:
            doubts.append("one of several of this name")
        if km is not None and km > FAR_KM:
            doubts.append(f"{km:,.0f} km from the coordinates given")
        if self.index.agreement(spot, known) < 0:
            above = (known.admin1, spot.admin1) if known.admin1 and spot.admin1 else (known.admin2, spot.admin2)
            doubts.append("in {}, not in {}".format(*above))
        if bare and known.is_place and of_a_camp(name) != (known.kind == "camp"):
            doubts.append(f"a {known.kind or 'place'}")
        others = [other for _, other in found if other != at]
        if km is not None and km > FAR_KM:
            others += [
                near
                for _, near in self.index.near(spot, self.index.countries[at], MOST_ALTERNATIVES)
                if near not in others
            ]
        return Match(known, ", ".join((how, *doubts)), not doubts, km, self.index.labels(others, spot))

    def _narrowed(self, spot: Spot, found: Ranked) -> Ranked:
        """Return the likeliest of several, first among those who stay as likely as it."""
        agreement = {one: self.index.agreement(spot, self.known[one[1]]) for one in found}
        left = [one for one in found if agreement[one] == max(agreement.values())]
        away = [(km, one) for one in left if (km := self.known[one[1]].km_to(spot.lat, spot.lon)) is not None]
        if len(left) > 1 and away and self.known[left[0][1]].is_place:
            nearest = min(km for km, _ in away)
            left = [one for km, one in away if km <= nearest + TOLD_APART_KM]
        # What tells two apart in one country does not tell countries apart.
        if len({self.index.countries[at] for _, at in left}) == 1:
            best = min(self._unlikely(spot, one) for one in left)
            left = [one for one in left if self._unlikely(spot, one) == best]
        return sorted(left, key=lambda one: (one[0], -(self.known[one[1]].population or 0)))

    def _unlikely(self, spot: Spot, one: tuple[int, int]) -> tuple[bool, int, bool, bool]:
        """Return what is less for the likelier of two: places, names, camps where one is named, the scenario's own."""
        rank, at = one
        known = self.known[at]
        area_for_any = spot.tier == "" and not known.is_place
        return area_for_any, rank, (known.kind == "camp") != of_a_camp(spot.name), not known.in_scenario

    def _by_unit(self, spot: Spot, country: str, within_km: float) -> Match | None:
        """Return the one known place of the unit that a place or point lies in, or the nearest of several."""
        unit = self.index.unit_of(spot, country) if spot.tier not in AREA_TIERS else None
        if unit is None:
            return None
        at, tier = unit
        name = self.known[at].name
        away = sorted((self._km(spot, place), place) for place in self.index.in_unit(at))
        if not away:
            return None
        km, place = away[0]
        known = self.known[place]
        beside = [at for _, at in self.index.near(spot, country, MOST_ALTERNATIVES + 1) if at != place]
        others = self.index.labels([place for _, place in away[1:]] or beside, spot)
        if km <= within_km:
            return Match(known, f"nearest place in {name}, {km:,.0f} km", exact=False, km=km, alternatives=others)
        # A state is too large for its one known place to stand for a point far from it.
        if len(away) == 1 and (tier != "admin1" or spot.lat is None):
            away_km = known.km_to(spot.lat, spot.lon)
            return Match(known, f"the one known place in {name}", exact=False, km=away_km, alternatives=others)
        if tier != "admin1" and spot.lat is not None:
            how = f"by the {tier_word(tier)} it lies in, {name}"
            return Match(self.known[at], how, exact=False, alternatives=others)
        return None

    def _km(self, spot: Spot, place: int) -> float:
        km = self.known[place].km_to(spot.lat, spot.lon)
        return float("inf") if km is None else km

    def _by_distance(self, spot: Spot, country: str, within_km: float) -> Match | None:
        near = self.index.near(spot, country, MOST_ALTERNATIVES + 1) if spot.tier not in AREA_TIERS else []
        if not near or near[0][0] > within_km:
            return None
        # A place of the scenario stands for a point before one that only an export knows.
        inside = [(km, at) for km, at in self.index.near(spot, country, 1, in_scenario=True) if km <= within_km]
        km, at = (inside or near)[0]
        return Match(self.known[at], f"nearest place, {km:,.0f} km", exact=False, km=km,
                     alternatives=self.index.labels([other for _, other in near if other != at], spot))  # fmt: skip

    def _by_other_level(self, spot: Spot, country: str, within_km: float) -> Match | None:
        """Return what has the name at another level: a place for an area of which no other is known."""
        for index, key_of in ((self.index.names, name_key), (self.index.bare, bare_key)):
            for name in (spot.name, *spot.aliases):
                named = self.index.named(index, key_of(name), None, country)
                if found := [one for one in named if self.known[one[1]].tier != "country"]:
                    match = self._chosen(spot, found, name, bare=key_of is bare_key)
                    tier = match.known.tier if match.known else ""
                    how = f"{match.how}, which is {tier_word(tier)}, not {tier_word(spot.tier)}"
                    return replace(match, how=how, exact=False)
        return None

    def _by_likeness(self, spot: Spot, country: str, within_km: float) -> Match | None:
        """Return the one whose name is much like it, if no other is nearly as much so."""
        alike = [
            (score, at)
            for score, at in self.index.likeness.like(spot.name, country, areas=spot.tier in AREA_TIERS)
            if self.index.agreement(spot, self.known[at]) >= 0
            and (
                (km := self.known[at].km_to(spot.lat, spot.lon)) is None or km <= FAR_KM or not self.known[at].is_place
            )
            and tier_fits(self.known[at].tier, spot.tier)
        ]
        best = self.index.likeness.clear(alike)
        if best is None:
            return None
        score, at = best
        others = self.index.labels([other for _, other in alike if other != at], spot)
        km = self.known[at].km_to(spot.lat, spot.lon)
        return Match(self.known[at], f"by likeness {score:.0f}", exact=False, km=km, alternatives=others)

    def _by_unit_itself(self, spot: Spot, country: str, within_km: float) -> Match | None:
        """Return the unit itself; that of an admin 3 too, which is a part of it."""
        unit = self.index.unit_of(spot, country) if spot.tier not in AREA_TIERS[:3] else None
        if unit is None:
            return None
        known = self.known[unit[0]]
        return Match(known, f"by the {tier_word(unit[1])} it lies in, {known.name}", exact=False,
                     alternatives=self.index.labels(self.index.in_unit(unit[0]), spot))  # fmt: skip

    def _unmatched(self, spot: Spot, country: str) -> Match:
        what = spot.name or spot.code
        reason = f"no place or area {what} is known" if what else "no place is named"
        if spot.country:
            reason += f" in {spot.country}"
        near = [at for _, at in self.index.near(spot, country, MOST_ALTERNATIVES)]
        if not near:
            near = self.index.likeness.nearest(spot.name, country, MOST_ALTERNATIVES)
        names = self.index.labels(near, spot)
        reason += f"; the nearest are {', '.join(names)}" if names else ""
        return Match(None, reason, exact=False, alternatives=names)

    def _answer(self, text: str) -> tuple[str, list[int]]:
        name, equals, place = (part.strip() for part in text.partition("="))
        found = sorted(self.index.named(self.index.names, name_key(place), None, ""))
        if not found and "," in place:
            place_name, _, country = place.rpartition(",")
            found = sorted(self.index.named(self.index.names, name_key(place_name), None, country_key(country.strip())))
        if not name or not equals or not found:
            like = self.index.labels(self.index.likeness.nearest(place, "", MOST_ALTERNATIVES), Spot(""))
            near = f"; the nearest are {', '.join(like)}" if like else ""
            raise wrong_argument("place", "is no NAME = PLACE of a known place or area", f"write it as one{near}", text)
        return name_key(name), [at for _, at in found]
