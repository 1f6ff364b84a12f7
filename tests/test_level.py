"""The level of a run against its figures: told where it is far off."""

import numpy as np
import pytest

import toys
from tiau.evaluation.level import level
from tiau.presentation.words.levels import unfitted
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import Period
from tiau.simulation import simulate


def report(name, number, value, **columns):
    day = toys.day(number)
    given = {"bound": "exact", "quantity": "present", "group": "all", "place": "C", "said_by": "police"} | columns
    return Report(report=name, known_on=day, as_of=Period(day, day, str(day)), value=value, **given)


def scenario(rate, *reports, days=60):
    return toys.scenario(
        [toys.origin(people=100_000), toys.camp("C")],
        [toys.way("O", "C", 100, crossing="X")],
        [toys.group()],
        days=days,
        parameters={**toys.LIVELY, "departure_rate": rate, "return_rate": 0, "onward_rate": 0, "stay_inside": 0},
        events=[toys.event(0, 20)],
        reports=reports,
    )


FIGURES = [report(f"r{day}", day, 20_000) for day in (40, 50, 59)]


def test_a_level_twenty_times_too_low_is_off_and_names_the_factor():
    result = simulate(scenario(1e-3, *FIGURES), members=8, seed=1)
    there = float(np.median(result.figures[0]))
    found = level(result)
    assert found.figures == 3
    assert found.factor == pytest.approx(20_000 / there, rel=0.2)
    assert found.off == (found.factor >= 3)


def test_bounds_and_copies_are_no_figures_of_the_level():
    others = [report("r1", 40, 9, bound="at_least"), report("r2", 50, 20_000, same_as="r59"), *FIGURES[2:]]
    assert level(simulate(scenario(1e-3, *others), members=4, seed=1)) is None


def test_a_source_counts_once_however_many_figures_it_has():
    days = range(30, 40)
    many = [report(f"m{day}", day, 2, said_by="post") for day in days]
    two = [report(f"{office}{day}", day, 30_000, said_by=office) for office in ("police", "agency") for day in days[:2]]
    found = level(simulate(scenario(2e-3, *many, *two), members=8, seed=1))
    assert found.figures == 14
    assert {source: factor > 1 for source, factor in found.sources.items()} == {
        ("present", "post"): False, ("present", "police"): True, ("present", "agency"): True,
    }  # fmt: skip
    assert found.factor > 1
    assert level(simulate(scenario(2e-3, *many), members=8, seed=1)).factor < 1


def test_what_borders_do_is_no_figure_of_the_level():
    turned = [report(f"t{day}", day, 500, quantity="turned_back") for day in (40, 50, 59)]
    assert level(simulate(scenario(1e-3, *turned), members=2, seed=1)) is None


def test_a_figure_of_more_people_than_there_are_is_not_set_beside_a_run():
    placements = simulate(scenario(1e-3, report("r", 40, 100_001), *FIGURES), members=2, seed=1).placements
    assert [placement.status for placement in placements] == ["not scored", *["placed"] * 3]
    assert placements[0].reason.startswith("at least 100,001 people, but 100,000 live in all homes")


def test_a_run_whose_level_is_off_says_what_fits_it():
    said = unfitted(level(simulate(scenario(1e-6, *FIGURES), members=4, seed=1)), "m")
    assert "The level is not fitted" in said
    assert said.endswith("fit it to the figures: tiau fit m --out FOLDER")
