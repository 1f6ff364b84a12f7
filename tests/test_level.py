"""The level of a run against its figures: told where it is far off, and fitted."""

import datetime as dt

import pytest

import toys
from tiau.calibration.level import fit_level
from tiau.evaluation.level import level
from tiau.faults import InputError
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import Period
from tiau.simulation import simulate


def report(name, number, value, **columns):
    day = toys.day(number)
    given = {"bound": "exact", "quantity": "present", "group": "all", "place": "C"} | columns
    return Report(report=name, known_on=day, as_of=Period(day, day, str(day)), value=value, said_by="police", **given)


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
    there = float(result.figures[0].mean())
    found = level(result)
    assert found.figures == 3
    assert found.factor == pytest.approx(20_000 / there, rel=0.2)
    assert found.off == (found.factor >= 3)


@pytest.mark.parametrize("factor", [0.2, 30])
def test_a_fit_of_the_level_reaches_the_figures(factor):
    good = simulate(scenario(2e-3, *FIGURES), members=8, seed=1)
    target = round(float(good.figures[-1].mean()) * factor)
    fitted = fit_level(scenario(2e-3, *[report(f"r{day}", day, target) for day in (40, 50, 59)]), members=8)
    assert fitted.first.off
    assert not fitted.last.off
    assert fitted.last.factor == pytest.approx(1, abs=0.1)
    assert fitted.scenario.values["departure_rate"] == fitted.rate
    assert fitted.fitted_until == toys.day(59)


def test_bounds_and_copies_are_no_figures_of_the_level():
    others = [report("r1", 40, 9, bound="at_least"), report("r2", 50, 20_000, same_as="r59"), *FIGURES[2:]]
    assert level(simulate(scenario(1e-3, *others), members=4, seed=1)) is None


def test_a_fit_without_figures_says_what_to_add():
    with pytest.raises(InputError, match="fewer than three figures"):
        fit_level(scenario(1e-3), members=2)


def test_a_fit_of_given_departures_is_refused():
    given = scenario(1e-3, *FIGURES).model_copy(update={"departures": (toys.leave(1, 10),)})
    with pytest.raises(InputError, match="gives departures"):
        fit_level(given, members=2)


def test_the_command_writes_the_rate_and_leaves_the_rest_of_the_file(here, tmp_path):
    assert here("copy", "mizoram-2021", "m").returncode == 0
    file = tmp_path / "m" / "scenario.toml"
    before = file.read_text(encoding="utf-8") + '\n# kept\n[parameters.departure_rate]\nvalue = 0.000005\nwhy = "low"\n'
    file.write_text(before, encoding="utf-8")
    ran = here("run", "m", "--members", 4, "--no-width-sources", "--until", "2021-06-30")
    assert "The level is not fitted" in ran.stdout.replace("\n", " ")
    assert "tiau fit m --write" in ran.stdout
    done = here("fit", "m", "--members", 4, "--write")
    assert done.returncode == 0
    after = file.read_text(encoding="utf-8")
    assert "# kept" in after
    assert "value = 0.000005" not in after
    assert after.count("[parameters.departure_rate]") == 1
    assert dt.date.fromisoformat(after.split("fitted_until = ")[1][:10])


def test_a_packaged_scenario_cannot_be_written(here):
    done = here("fit", "mizoram-2021", "--write")
    assert done.returncode == 2
    assert "tiau copy" in done.stderr
