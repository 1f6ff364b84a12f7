"""Reporting: coverage, delay, noise, rounding and bounds, against closed forms and by simulation."""

import datetime as dt
import math

import numpy as np
import pytest
from scipy import stats

from tiau.observations.classes import FigureClass
from tiau.observations.reporting import averaged, figures, log_likelihoods, rounding_unit
from tiau.observations.sources import MOST_NOISE, counting_of, usual_noise
from tiau.scenario.parameters import values
from tiau.scenario.rows import Report
from tiau.scenario.source_kinds import kind_of
from tiau.scenario.vocabulary import parse_period

COVERED = np.array([800.0, 1000.0, 1700.0])
SD = 0.3
DRAWS = 200_000
# Five standard errors: by chance less than once in a million; the seed is fixed.
SIGMAS = 5


def report(bound="exact", value=None, low=None, high=None, said_by="State police", publisher=""):
    return Report(
        report="R",
        known_on=dt.date(2021, 3, 2),
        as_of=parse_period("2021-03-01"),
        place="North",
        group="all",
        quantity="present",
        bound=bound,
        value=value,
        low=low,
        high=high,
        said_by=said_by,
        publisher=publisher,
    )


def between(low, high):
    return stats.norm.cdf(math.log(high), np.log(COVERED), SD) - stats.norm.cdf(math.log(low), np.log(COVERED), SD)


@pytest.mark.parametrize("value", [500.0, 1042.0, 5000.0])
def test_exact_figure_has_the_chance_of_rounding_to_it(value):
    expected = np.log(between(value - 0.5, value + 0.5))
    assert log_likelihoods(report("exact", value), COVERED, SD) == pytest.approx(expected, rel=1e-6)


def test_about_has_the_chance_of_its_rounding_interval():
    expected = np.log(between(950, 1050))
    assert log_likelihoods(report("about", 1000), COVERED, SD) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("value", [500.0, 1000.0, 5000.0])
def test_at_least_is_the_chance_of_that_much_or_more(value):
    expected = stats.norm.logsf(math.log(value - 0.5), np.log(COVERED), SD)
    assert log_likelihoods(report("at_least", value), COVERED, SD) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("value", [500.0, 1000.0, 5000.0])
def test_at_most_is_the_chance_of_that_much_or_less(value):
    expected = stats.norm.logcdf(math.log(value + 0.5), np.log(COVERED), SD)
    assert log_likelihoods(report("at_most", value), COVERED, SD) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("low", "high"), [(500.0, 1000.0), (900.0, 1100.0), (3000.0, 6000.0)])
def test_range_is_the_chance_of_lying_inside(low, high):
    expected = np.log(between(low - 0.5, high + 0.5))
    assert log_likelihoods(report("range", None, low, high), COVERED, SD) == pytest.approx(expected, rel=1e-6)


def test_open_range_is_a_bound():
    assert log_likelihoods(report("range", None, 900.0), COVERED, SD) == pytest.approx(
        log_likelihoods(report("at_least", 900.0), COVERED, SD)
    )


@pytest.mark.parametrize("bound", ["exact", "about", "at_least", "at_most"])
@pytest.mark.parametrize("truth", [1.0, 1e9])
def test_far_off_figures_keep_a_finite_and_small_chance(bound, truth):
    found = log_likelihoods(report(bound, 1000.0), np.full(4, truth), 0.05)
    impossible = bound in ("exact", "about") or (bound == "at_least") == (truth < 1000)
    assert np.isfinite(found).all()
    assert ((found < -100) == impossible).all()


def test_nobody_is_the_likeliest_where_nobody_was_reported():
    nobody = log_likelihoods(report("exact", 0.0), np.zeros(1), SD)
    assert nobody > log_likelihoods(report("exact", 0.0), np.full(1, 50.0), SD)


def test_average_over_members_is_of_chances_not_of_logs():
    assert averaged(np.log([0.1, 0.3])) == pytest.approx(math.log(0.2))
    assert averaged(np.array([-1000.0, -1000.0])) == pytest.approx(-1000.0)


@pytest.mark.parametrize(
    ("bound", "value", "unit"),
    [("exact", 13000, 1), ("about", 13000, 1000), ("about", 1042, 1), ("at_least", 383, 1), ("about", 100, 10),
     ("at_least", 1000, 100), ("about", 5, 1), ("about", 0, 1)],
)  # fmt: skip
def test_rounding_unit_is_read_off_the_figure(bound, value, unit):
    assert rounding_unit(report(bound, value)) == unit


def test_figures_are_rounded_as_the_report_is():
    normals = np.zeros(3)
    assert figures(report("exact", 5), np.array([7.4, 7.6, 0.2]), normals, SD).tolist() == [7, 8, 0]
    assert figures(report("about", 13000), np.array([14400.0, 14600.0, 200.0]), normals, SD).tolist() == [
        14000,
        15000,
        0,
    ]
    assert figures(report("at_least", 13000), np.array([14900.0, 900.0, 0.0]), normals, SD).tolist() == [14000, 0, 0]


@pytest.mark.parametrize("bound", ["exact", "about"])
def test_likelihood_is_the_share_of_simulated_figures(bound):
    normals = np.random.default_rng(1).standard_normal(DRAWS)
    told = report(bound, 1000.0)
    for covered in COVERED:
        drawn = figures(told, np.full(DRAWS, covered), normals, 0.02)
        share = np.mean(drawn == 1000)
        expected = math.exp(log_likelihoods(told, np.array([covered]), 0.02)[0])
        assert abs(share - expected) < SIGMAS * math.sqrt(max(expected, 1e-6) / DRAWS)


REGISTER = FigureClass("register", "state", "present")


def test_about_is_wider_by_its_slack():
    parameters = {**values({}), "about_slack": 0.15}
    exact, about = (
        counting_of(report(bound, 5), REGISTER, parameters, 0.05, begins=False) for bound in ("exact", "about")
    )
    assert (exact.noise, exact.beyond) == (0.05, 0)
    assert about.beyond == pytest.approx(math.log(1.15) / 1.6449, rel=1e-4)
    assert about.noise == pytest.approx(math.hypot(0.05, about.beyond))


def test_figures_err_more_while_counting_begins():
    parameters = {**values({}), "about_slack": 0.15, "noise_first_days_sd": 0.7}
    later, first = (counting_of(report("about", 5), REGISTER, parameters, 0.3, begins=b) for b in (False, True))
    assert first.noise == pytest.approx(math.hypot(later.noise, 0.7))
    assert first.beyond == pytest.approx(math.hypot(later.beyond, 0.7))


@pytest.mark.parametrize(
    ("quantity", "times"), [("present", 1), ("arrivals", 1), ("inside", 2), ("flow", 2.5), ("returns", 2.5)]
)
def test_noise_goes_by_the_class_of_a_figure(quantity, times):
    parameters = {**values({}), "noise_agency_sd": 0.2, "noise_inside_factor": 2, "noise_flow_factor": 2.5}
    kind = FigureClass("agency", "district", quantity)
    assert usual_noise(kind, parameters) == pytest.approx(0.2 * times)
    assert usual_noise(kind, {**parameters, "noise_agency_sd": 1.5}) == MOST_NOISE


@pytest.mark.parametrize(
    ("said_by", "publisher", "kind"),
    [("Mizoram police CID", "", "register"), ("UNHCR", "", "agency"), ("villagers in border areas", "", "other"),
     ("MP K. Vanlalvena (Rajya Sabha)", "", "other"), ("unofficial sources in border villages", "", "other"),
     ("", "OCHA", "agency"), ("Mizoram Home Minister Lalchamliana", "", "register"), ("", "Mizzima", "other"),
     ("Indian state authorities in media, quoted by UNHCR (unverified)", "", "other")],
)  # fmt: skip
def test_kind_of_source_is_read_from_who_said_it(said_by, publisher, kind):
    assert kind_of(report(value=1, said_by=said_by, publisher=publisher)) == kind


def test_counting_takes_delay_noise_and_coverage_of_the_kind():
    parameters = {**values({}), "delay_agency_days": 10.4, "coverage_agency": 1.3}
    kind = FigureClass("agency", "state", "present")
    counting = counting_of(report(value=1, said_by="UNHCR"), kind, parameters, 0.2, begins=False)
    assert (counting.kind, counting.delay, counting.noise) == ("agency", 10, 0.2)
    assert (counting.coverage, counting.share) == ("coverage_agency", 1.3)
