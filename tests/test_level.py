"""The level of a run against its figures: told where it is far off, and fitted."""

import datetime as dt
import tomllib

import pytest

import toys
from tiau.calibration.level import fit_level
from tiau.cli.fitting import _write
from tiau.evaluation.level import level
from tiau.faults import InputError
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
    said = ran.stdout.replace("\n", " ")
    assert "The level is not fitted" in said
    assert "tiau fit m --write" in said
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


@pytest.mark.parametrize(
    ("under", "kept"),
    [
        ('value = 1\nwhy = "see [1] and [2]"\n# mine\n\n[parameters.news_days]\nvalue = 2\nwhy = "x"\n', ["# mine"]),
        ('why = """a\n[b]\nc"""\nvalue = 3\n# end\n', ["# end"]),
        ("value = 1 # c\nwhy = 'x'\n", []),
    ],
)
def test_a_rate_is_put_where_the_old_one_stands_whatever_its_reason_holds(tmp_path, under, kept):
    file = tmp_path / "scenario.toml"
    file.write_text(f"format = 2\nend = 2021-01-01\n[parameters.departure_rate]\n{under}", encoding="utf-8")
    before = tomllib.loads(file.read_text(encoding="utf-8"))["parameters"]
    _write(file, 0.5, "fitted", "2021-02-03")
    text = file.read_text(encoding="utf-8")
    content = tomllib.loads(text)
    assert content["parameters"] == before | {"departure_rate": {"value": 0.5, "why": "fitted"}}
    assert content["fitted_until"] == dt.date(2021, 2, 3)
    assert all(remark in text for remark in kept)
