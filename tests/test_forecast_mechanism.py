"""The model of movements as a method of forecasts: courses of events, re-based members, what it leaves to others."""

import dataclasses
import math

import numpy as np
import pytest

import toys
from forecast_toys import counted, fleeing
from tiau.calibration.evidence import logs_covered
from tiau.calibration.fit import fit
from tiau.calibration.gathered import truths
from tiau.engine.members import draw
from tiau.forecasting.ahead import ahead, memory_of
from tiau.forecasting.constants import stored
from tiau.forecasting.courses import COURSES, as_known, course
from tiau.forecasting.history import History
from tiau.forecasting.mechanism import Mechanism, rebased, weighted
from tiau.forecasting.methods import METHODS, named, statistical
from tiau.forecasting.quantiles import COUNT
from tiau.forecasting.situation import Situation
from tiau.observations.classes import FigureClass
from tiau.observations.ledger import ledger
from tiau.scenario.network import build
from toys import camp, close, day, event, origin, scenario, way

ORIGIN = 60
MEMBERS = 20
HOLDS, SUBSIDES, ESCALATES = (list(COURSES).index(name) for name in ("holds", "subsides", "escalates"))


@pytest.fixture(scope="module")
def found():
    return ahead(fleeing(), day(ORIGIN), 90, members=MEMBERS, seed=1, jobs=1)


def test_more_people_are_counted_the_worse_it_gets(found):
    assert found.rows == {("present", "C"): 0, ("present", "D"): 1}
    last = np.exp(found.logs[:, :, -1]).mean(axis=(1, 2))
    assert last[SUBSIDES] < 0.8 * last[HOLDS] < 0.8 * last[ESCALATES]
    # Until the origin nothing differs.
    assert found.logs[HOLDS, :, 0].tolist() == found.logs[ESCALATES, :, 0].tolist()


def test_courses_that_share_their_past_are_those_that_are_run_from_the_start(found):
    toy = fleeing(acts=(close(("X",), 70, until=80),))
    toy = toy.model_copy(update={"acts": tuple(act.model_copy(update={"known_on": day(50)}) for act in toy.acts)})
    asked = {"members": MEMBERS, "seed": 1}
    shared, again = (ahead(toy, day(ORIGIN), 60, jobs=jobs, **asked) for jobs in (1, 3))
    assert shared.logs.tobytes() == again.logs.tobytes()
    assert shared.logs.tobytes() != found.logs[:, :, : shared.days.size].tobytes()
    learned = fit(as_known(toy, day(ORIGIN), day(120)), until=day(ORIGIN), jobs=1, **asked).learned
    known = as_known(toy, day(ORIGIN), day(120)).model_copy(update={"posterior": learned})
    for number, severity in enumerate(COURSES.values()):
        whole = course(known, day(ORIGIN), severity)
        probes = [
            counted(f"{place} {number:.0f}", ORIGIN + int(number), 1, place=place)
            for place in "CD" for number in shared.days
        ]  # fmt: skip
        watched = whole.model_copy(update={"reports": (*whole.reports, *probes)})
        network, drawn = build(watched), draw(watched, **asked)
        placements = ledger(network)[-len(probes) :]
        logs = logs_covered(placements, truths(network, placements, drawn, jobs=1), drawn)
        assert logs.tobytes() == shared.logs[number].tobytes()


def test_members_start_from_the_last_figure(found):
    sure = dataclasses.replace(found, noise=np.zeros(2))
    for row, people in enumerate((2_400, 1_200)):
        now = rebased(sure, row, 0.0, share=1.0, memory=np.inf)
        assert np.exp(now) == pytest.approx(np.full((len(COURSES), MEMBERS), people))
        assert rebased(sure, row, 90.0, share=0.0) == pytest.approx(found.logs[:, row, -1])
        # What is taken of the gap fades.
        far = rebased(sure, row, 90.0, share=1.0, memory=1.0)
        assert far == pytest.approx(found.logs[:, row, -1], abs=1e-6)


def test_the_error_of_a_source_comes_anew_as_far_as_the_gap_which_holds_the_old_one_fades(found):
    sure = dataclasses.replace(found, noise=np.zeros(2))
    error = found.noise[0] * found.normals[0]
    for lead in (0.0, 30.0, 90.0):
        kept = math.exp(-(found.since[0] + lead) / found.memory[0])
        added = rebased(found, 0, lead) - rebased(sure, 0, lead)
        assert added == pytest.approx(np.tile(math.sqrt(1 - kept**2) * error, (len(COURSES), 1)))
    assert found.since[0] == 0
    assert np.exp(rebased(found, 0, 0.0)) == pytest.approx(np.full((len(COURSES), MEMBERS), 2_400))
    # A place without a figure has all of it.
    alone = dataclasses.replace(found, last=np.full(2, np.nan))
    assert rebased(alone, 0, 0.0) == pytest.approx(found.logs[:, 0, 0] + error)
    anew = rebased(found, 0, 30.0, errors=lambda _: 1.0)
    assert anew == pytest.approx(rebased(sure, 0, 30.0) + error)


def test_gaps_last_as_long_as_what_they_come_of(found):
    parameters = fleeing().values
    assert found.memory.tolist() == [parameters["pull_drift_days"]] * 2
    assert memory_of(FigureClass("register", "state", "present"), parameters) == math.inf
    for level in ("state", "district"):
        assert memory_of(FigureClass("agency", level, "inside"), parameters) == parameters["outflow_drift_days"]


def test_a_mixture_has_as_much_of_each_course_as_it_weighs():
    quantiles = weighted(np.repeat([[1.0], [2.0], [3.0]], 50, axis=1), [0.5, 0.3, 0.2])
    assert quantiles.size == COUNT
    assert [(quantiles == value).sum() for value in (1, 2, 3)] == [20, 12, 8]
    assert weighted(np.ones((3, 4)), [1, 0, 0]).tolist() == [1.0] * COUNT


def test_the_last_events_happen_again_until_the_end():
    old, late = event(0, 1, name="old"), event(100, 130, name="late", severity=3)
    toy = scenario([origin(), camp("C")], [way("O", "C", 100)], days=400, events=[old, late])
    again = course(toy, day(120), 2.0).events[2:]
    assert [(one.start, one.end, one.severity) for one in again] == [
        (day(100 + later), day(130 + later), 6) for later in (90, 180, 270)
    ]
    assert len({one.event for one in again}) == 3
    assert course(toy, day(120), 0.0) == toy
    # Of a scenario that is younger, all that happened so far.
    assert [one.start for one in course(toy.until(day(25)), day(9), 1.0).events[2:]] == [day(10), day(20)]


def test_what_is_known_carries_no_capacity_and_no_closing_of_later_days():
    camps = (camp("C", capacity=10, closes=day(90)), camp("D", capacity=10, closes=day(50)), camp("Later"))
    toy = fleeing().model_copy(update={"places": (origin(people=200_000), *camps)})
    known = as_known(toy, day(ORIGIN), day(300))
    assert [(place.place, place.capacity, place.closes) for place in known.places[1:]] == [
        ("C", None, None), ("D", None, day(50))
    ]  # fmt: skip
    assert known.settings.end == day(300)


def test_a_figure_of_an_area_speaks_of_its_camps_only_where_there_is_nothing_else():
    camps = (camp("C", admin2="West"), camp("Later", admin2="West"), camp("E", admin2="East"), camp("F", admin2="East"))
    west, east = (counted(name, 20, 9, place=name) for name in ("West", "East"))
    toy = fleeing().model_copy(update={"places": (origin(people=200_000), *camps)})
    known = as_known(toy.model_copy(update={"reports": (*toy.reports, west, east)}), day(ORIGIN), day(300))
    assert [place.place for place in known.places[1:]] == ["C", "E", "F"]


def situation(toy):
    return Situation(History(toy).at(day(ORIGIN).toordinal())[0], toy)


def test_who_leaves_being_given_it_says_nothing_of_its_own():
    now = situation(fleeing(departures=[toys.leave(number, 10) for number in range(100)]))
    lead, constants = np.array([30.0, 30.0]), stored().constants_for(now.scenario)
    expected = statistical(now, lead, constants)
    assert METHODS["mechanism"].forecast(now, lead, constants).tolist() == expected.tolist()


def test_a_place_that_the_model_does_not_have_is_left_to_others():
    now = situation(fleeing())
    other = scenario([origin(), camp("C")], [way("O", "C", 100)], days=120)
    otherwise = np.arange(2.0 * COUNT).reshape(2, COUNT)
    assert Mechanism(members=MEMBERS).forecast(Situation(now.panel, other), np.ones(2), otherwise).tolist() == (
        otherwise.tolist()
    )


def test_it_runs_where_it_is_asked_for():
    assert "mechanism" in named(["mechanism"])
    assert METHODS["mechanism"].slow
