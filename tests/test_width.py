"""Where the width of a band comes from: what varies alone gives its own variance, less that of movements."""

import pytest

import toys
from tiau.evaluation.spread_sources import spread_sources
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.simulation import simulate


def shares_of(toy, **options):
    data = toy.model_dump()
    data["settings"]["series"] = {"place": "A", "since": toys.START, "title": "People in A"}
    return spread_sources(simulate(Scenario.model_validate(data), members=2, **options))


def test_only_movements_differ_where_no_parameter_matters():
    # Two camps equally far: who goes where is chance alone, so an ensemble with varied parameters is no wider.
    parameters = {"noise_register_sd": 0.05}
    shares = shares_of(toys.capacity(departures=[toys.leave(1, 40)], days=8, parameters=parameters))
    assert shares["parameters"] == 0
    assert shares["shocks (events, places, homes)"] == 0
    assert shares["movements"] > 0.5
    assert sum(shares.values()) == pytest.approx(1)


def test_parameters_have_a_share_where_they_matter():
    # One camp is nearer, and members differ in how much that counts.
    toy = toys.fork(2000, departures=[toys.leave(1, 2000)], days=8, parameters={"distance_decay": 0.01})
    shares = shares_of(toy)
    assert shares["parameters"] > shares["movements"]
    assert shares["shocks (events, places, homes)"] == 0


def test_reporting_has_the_rest_where_nothing_else_differs():
    toy = toys.line(departures=[toys.leave(1, 60)], days=8)
    assert shares_of(toy) == {"parameters": 0, "shocks (events, places, homes)": 0, "movements": 0, "reporting": 1}
    parameter = toy.values
    assert parameter["noise_register_sd"] > 0 < BY_NAME["coverage_register"].spread


def test_share_of_reporting_is_its_variance_beside_that_of_movements():
    toy = toys.capacity(departures=[toys.leave(1, 40)], days=8)
    plain, noisy = shares_of(toy), shares_of(toys.with_parameters(toy, noise_register_sd=0.5))
    spread = BY_NAME["coverage_register"].spread
    ratio = (0.5**2 + spread**2) / (toy.values["noise_register_sd"] ** 2 + spread**2)
    assert noisy["reporting"] / noisy["movements"] == pytest.approx(ratio * plain["reporting"] / plain["movements"])


def test_no_shares_without_a_series_or_without_chance():
    toy = toys.line(departures=[toys.leave(1, 60)], days=3)
    assert spread_sources(simulate(toy, members=2)) == {}
    assert shares_of(toy, chance=False) == {}
