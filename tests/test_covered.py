"""What sources count of the people who are there: coverage, and registers that go stale and are cleared."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import stats

import toys
from tiau.engine.members import draw, keys_of
from tiau.observations.ledger import ledger
from tiau.results.covered import covered, staleness
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period
from tiau.simulation import simulate

MEMBERS = 4000
EVERY, LEAST = 450.0, 0.5
# Five standard errors: by chance less than once in a million; the seed is fixed.
SIGMAS = 5
SPREAD = {"register_cleared_days": EVERY, "register_kept_share": LEAST}


def stale(age, every=EVERY, least=LEAST, register="North"):
    return staleness(keys_of(MEMBERS, 1), register, age, np.full(MEMBERS, every), np.full(MEMBERS, least))


def report(day=0, said_by="State police", place="A", quantity="present", **more):
    known = toys.day(day)
    return Report(
        report=f"R{day} {place} {said_by} {quantity}", known_on=known, as_of=parse_period(known.isoformat()),
        place=place, group="all", quantity=quantity, bound="exact", value=10, said_by=said_by, **more,
    )  # fmt: skip


def placed(*reports, **more):
    """Reports of a toy, and where they are placed."""
    toy = toys.gate(days=60, **more).model_copy(update={"reports": reports})
    return toy, ledger(build(toy))


def test_a_register_is_right_when_it_begins_and_never_lists_too_few():
    assert (stale(0) == 1).all()
    for age in (1, 30, 450, 5000):
        assert (stale(age) >= 1).all()
        assert (stale(age) <= 1 / LEAST).all()


def test_it_fills_until_it_is_cleared_as_often_and_as_far_as_is_said():
    # A member's register on every day of some years: falls are clearings.
    days = np.array([stale(age)[:400] for age in range(1500)])
    fell = days[1:] < days[:-1] - 1e-12
    expected = 400 * 1499 / EVERY
    assert abs(fell.sum() - expected) < SIGMAS * math.sqrt(expected)
    # On the last evening it lists nearly all that the clearing strikes off.
    left = 1 / days[:-1][fell]
    assert stats.kstest(left, stats.uniform(LEAST, 1 - LEAST).cdf).statistic < 0.08


def test_each_register_has_clearings_of_its_own_the_same_whenever_it_is_looked_at():
    north, south = stale(400), stale(400, register="South")
    assert abs(np.corrcoef(north, south)[0, 1]) < SIGMAS / math.sqrt(MEMBERS)
    assert np.array_equal(north, stale(400))
    few = staleness(keys_of(5, 1), "North", 400, np.full(5, EVERY), np.full(5, LEAST))
    assert np.array_equal(few, north[:5])


def test_a_register_that_loses_nobody_at_a_clearing_is_never_stale():
    assert (stale(3000, least=1.0) == 1).all()


def test_registers_of_who_is_there_alone_go_stale_each_from_its_first_figure_on():
    reports = (
        report(5), report(20), report(12, "District officials"), report(40, "UNHCR"), report(30, place="Abroad"),
        report(45, place="Abroad"), report(50, quantity="arrived_cumulative"), report(55, "BBC"),
    )  # fmt: skip
    _, found = placed(*reports)
    assert [one.counting.age for one in found] == [0, 15, 7, None, 0, 15, None, None]


def test_what_is_covered_is_the_truth_times_coverage_and_staleness():
    toy, found = placed(report(5), report(50), parameters=SPREAD)
    drawn = draw(toy, members=50, seed=1)
    truth = np.full(50, 1000.0)
    fresh, old = (covered(one, truth, drawn.parameters, drawn.key) for one in found)
    assert fresh == pytest.approx(1000 * drawn.parameters["coverage_register"])
    times = staleness(drawn.key, "A", 45, np.full(50, EVERY), np.full(50, LEAST))
    assert old == pytest.approx(fresh * times)
    assert times.max() > 1
    assert covered(found[1], truth, drawn.parameters, None) == pytest.approx(fresh)


def test_a_run_reports_what_is_on_stale_registers():
    """What would be reported, and how likely a report is, both go by the register and not by who is there."""
    toy, _ = placed(report(5), report(50), parameters={**SPREAD, "noise_register_sd": 0.001, "coverage_register": 1},
                    departures=[toys.leave(0, 100)], people=100)  # fmt: skip
    run = simulate(toy, members=40, seed=2)
    times = staleness(keys_of(40, 2), "A", 45, np.full(40, EVERY), np.full(40, LEAST))
    counted = run.truth[1] * run.parameters["coverage_register"]
    assert run.figures[1] == pytest.approx(counted * times, rel=0.02, abs=1)
    without = dataclasses.replace(run, parameters={**run.parameters, "register_kept_share": np.ones(40)})
    assert run.fits[1].log_likelihood != pytest.approx(without.fits[1].log_likelihood, abs=1e-3)
    assert run.fits[0].log_likelihood == pytest.approx(without.fits[0].log_likelihood)
    assert (simulate(toy, members=1, seed=2, chance=False).figures[1] <= 100).all()
