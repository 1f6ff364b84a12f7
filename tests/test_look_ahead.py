"""What was not known on a day changes no digit of a forecast made on it."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import tiau
from forecast_toys import counted, fleeing, reported
from tiau.forecasting.constants import stored
from tiau.forecasting.history import History
from tiau.forecasting.mechanism import Mechanism
from tiau.forecasting.methods import METHODS
from tiau.forecasting.quantiles import COUNT
from tiau.forecasting.situation import Situation
from tiau.scenario.rows import Event
from toys import camp, close, day, event, origin, way

SHARED = Path(__file__).parents[2] / "shared" / "flee-cases"
HONEST = {name: method for name, method in METHODS.items() if not (method.leaks or method.slow)}
LAST = 200
EARLY = dt.date(2021, 4, 20)
"""Few days to fit to, and figures of places."""
DAYS = st.integers(0, LAST)
NAMES = ("A", "B", "C", "D")
CLOSING = st.one_of(st.none(), DAYS.map(day))


def forecasts(scenario, origin):
    """Quantiles by panel, method and place."""
    constants = stored().constants_for(scenario)
    found = {}
    for panel in History(scenario).at(origin):
        now = Situation(panel, scenario)
        for name, method in HONEST.items():
            for lead in (10, 30, 77, 180, 250):
                quantiles = method.forecast(now, np.full(len(panel.series), float(lead)), constants)
                found |= {
                    (panel.name, name, lead, place): row.tobytes()
                    for place, row in zip(panel.places, quantiles, strict=True)
                }
    return found


def scrambled(scenario, origin, seed):
    """Change everything that was not known on a day: figures, events, acts, capacities, places reported later."""
    generator, known = np.random.default_rng(seed), dt.date.fromordinal(origin)

    def other(row):
        value = float(generator.integers(0, 10**6))
        return row if row.known_on <= known else row.model_copy(update={"value": value, "bound": "exact"})

    reports = [other(row) for row in scenario.reports if row.known_on <= known or generator.random() < 0.7]
    told = {row.place for row in scenario.reports if row.known_on <= known}
    told_later = {row.place for row in scenario.reports} - told
    gone = {
        place.place for place in scenario.places
        if place.place in told_later and place.kind == "camp"
    }  # fmt: skip
    places = []
    for place in scenario.places:
        changes = {"capacity": None}
        if place.closes is not None and place.closes > known:
            changes["closes"] = None
        if place.place not in gone:
            places.append(place.model_copy(update=changes))
    keep = {place.place for place in places}
    return scenario.model_copy(
        update={
            "reports": tuple(row for row in reports if row.place not in gone),
            "places": tuple(places),
            "areas": tuple(
                area.model_copy(update={"members": tuple(name for name in area.members if name not in gone)})
                for area in scenario.areas
            ),
            "routes": tuple(row for row in scenario.routes if {row.from_, row.to} <= keep),
            "events": tuple(row for row in scenario.events if row.known_on <= known),
            "acts": tuple(row for row in scenario.acts if row.known_on <= known),
            "departures": (),
        }
    )


@st.composite
def histories(draw):
    """Scenarios with figures, revisions, copies, parts of the future, and events."""
    reports = []
    for number in range(draw(st.integers(2, 25))):
        seen = draw(DAYS)
        columns = {}
        if reports and draw(st.integers(0, 3)) == 0:
            which = draw(st.sampled_from(("replaces", "same_as")))
            original = draw(st.sampled_from(reports))
            columns = {which: original.report, "place": original.place}
        else:
            columns = {"place": draw(st.sampled_from(NAMES))}
        people = draw(st.one_of(st.just(0), st.integers(1, 100_000)))
        reports.append(counted(f"r{number}", seen, people, known=seen + draw(st.integers(0, 60)), **columns))
    events = tuple(
        Event(event=f"e{n}", start=day(first), end=day(first), place=("O",), kind="attack", severity=1,
              known_on=day(first + 1))
        for n, first in enumerate(draw(st.lists(DAYS, max_size=3)))
    )  # fmt: skip
    camps = [camp(name, capacity=draw(st.sampled_from((None, 500.0))), closes=draw(CLOSING)) for name in NAMES]
    return reported(*reports, camps=camps, days=300, events=events)


@given(histories(), DAYS, st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_known_later_changes_no_digit(scenario, number, seed):
    origin = day(number).toordinal()
    expected = forecasts(scenario, origin)
    assume(expected)
    assert forecasts(scrambled(scenario, origin, seed), origin) == expected


@pytest.mark.parametrize(
    "source", ["mizoram-2021", *sorted(map(str, SHARED.glob("*2012"))), *sorted(map(str, SHARED.glob("bur*")))]
)
def test_what_is_known_later_changes_no_digit_of_a_real_case(source):
    if isinstance(source, Path) and not source.is_dir():
        pytest.skip("../shared/flee-cases is not there")
    scenario = tiau.load(source)
    start, days = scenario.settings.start.toordinal(), scenario.days
    for seed, share in enumerate((0.15, 0.4, 0.75)):
        origin = start + int(share * days)
        expected = forecasts(scenario, origin)
        assert expected
        assert forecasts(scrambled(scenario, origin, seed), origin) == expected


def by_members(scenario, number):
    """Quantiles of the model of movements, fitted anew, by panel."""
    members = Mechanism(members=12, jobs=1)
    return {
        panel.name: members.forecast(
            Situation(panel, scenario), np.full(len(panel.series), 40.0), np.zeros((len(panel.series), COUNT))
        ).tolist()
        for panel in History(scenario).at(day(number).toordinal())
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_later_changes_no_digit_of_the_model_of_movements(seed):
    toy = fleeing()
    later = (
        counted("revised", 30, 9, known=90, place="C", replaces="C30"), counted("E1", 70, 500, place="E"),
        *(counted(f"C{number}", number, 9_000, place="C") for number in (70, 80)),
    )  # fmt: skip
    toy = toy.model_copy(
        update={
            "places": (origin(people=200_000), camp("C", capacity=3_000), camp("D", closes=day(80)), camp("E")),
            "routes": (*toy.routes, way("O", "E", 100, "Z")),
            "reports": (*toy.reports, *later),
            "events": (*toy.events, event(65, 66, severity=50, name="later")),
            "acts": (close(("X",), 20), close(("Y",), 70, name="later")),
        }
    )
    expected = by_members(toy, 60)
    assert np.array(*expected.values()).all()
    assert by_members(scrambled(toy, day(60).toordinal(), seed), 60) == expected
    assert by_members(toy, 75) != by_members(scrambled(toy, day(60).toordinal(), seed), 75)


def real_forecast(scenario, origin):
    """What a forecast of a scenario says, to the last bit."""
    found = tiau.forecast(scenario, origin=origin, horizon=21, members=10, jobs=1)
    told = found.rows, found.days, found.last.tobytes(), found.last_days, found.draws.tobytes()
    return (*told, found.needs().to_csv(), found.areas().to_csv())


@pytest.fixture(scope="module")
def mizoram():
    """With a camp that is first counted later, in a state and a district that figures speak of before; and revisions.

    A place on the way there has a capacity, and closes later.
    """
    found = tiau.load("mizoram-2021")
    town = next(place for place in found.places if place.place == "Champhai")
    village = next(place for place in found.places if place.kind == "reception" and place.admin2 == town.admin2)
    changed = {"capacity": 900.0, "closes": EARLY + dt.timedelta(9)}
    places = [place.model_copy(update=changed) if place == village else place for place in found.places]
    tents = town.model_copy(update={"place": "Tents", "aliases": (), "kind": "camp", "capacity": 5_000.0})
    road = next(row for row in found.routes if town.place in (row.from_, row.to))
    known = [row for row in found.reports if row.known_on <= EARLY and row.value][:3]
    later = {"known_on": EARLY + dt.timedelta(3)}
    revised = [
        row.model_copy(update={**later, "report": f"{row.report} revised", "replaces": row.report, "value": 7.0})
        for row in known
    ]  # fmt: skip
    first = known[0].model_copy(
        update={**later, "report": "tents", "place": "Tents", "group": "all", "quantity": "present", "value": 3_000.0}
    )
    return found.model_copy(
        update={
            "places": (*places, tents), "reports": (*found.reports, *revised, first),
            "routes": (*found.routes, road.model_copy(update={"from_": town.place, "to": "Tents"})),
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def mizoram_forecast(mizoram):
    return real_forecast(mizoram, EARLY)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_known_later_changes_no_digit_of_a_forecast_of_mizoram(mizoram, mizoram_forecast, seed):
    other = scrambled(mizoram, EARLY.toordinal(), seed)
    assert {place.place for place in mizoram.places} - {place.place for place in other.places} == {"Tents"}
    assert sum(row.known_on > EARLY for row in mizoram.reports) > 100
    assert len(other.reports) < len(mizoram.reports)
    assert len(other.events) < len(mizoram.events)
    assert real_forecast(other, EARLY) == mizoram_forecast
