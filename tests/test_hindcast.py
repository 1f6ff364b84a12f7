"""Hindcasts: toys with known answers, wrong input in a sentence, and the bars on the six cases."""

import csv
import datetime as dt
import json
from functools import partial
from pathlib import Path

import pytest

import tiau
from forecast_toys import fleeing, reported, series
from tiau.faults import InputError
from tiau.forecasting.hindcast import hindcast as with_any
from tiau.forecasting.methods import METHODS
from tiau.forecasting.saving import COLUMNS
from tiau.forecasting.summary import MOVING_CASES, near_static
from tiau.readers import native
from toys import day

SHARED = Path(__file__).parents[2] / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")
published = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/flee-cases is not there")
hindcast = partial(with_any, methods=[name for name, method in METHODS.items() if not method.slow])
STEADY = reported(*series("A", range(1000, 5000, 100)), *series("B", [500] * 40))


def lines(found, method, segment="all", group=None):
    wanted = (method, segment, group or found.cases[0].name)
    return {line.horizon: line for line in found.lines if (line.method, line.segment, line.group) == wanted}


def test_persistence_of_steady_growth_is_off_by_the_growth():
    found = hindcast(STEADY, methods=["persistence"])
    case = found.cases[0]
    assert case.left_out == ()
    # Of A there are ten more each day, and of B as many as before.
    rise = case.column("observed") - case.column("last")
    assert set(rise[[target.place == "B" for target in case.targets]]) == {0}
    assert set(rise[[target.place == "A" for target in case.targets]] / case.column("lead")[::2]) == {10}
    for horizon in (30, 90, 180):
        rows = case.where(horizon)
        line = lines(found, "persistence")[horizon]
        assert line.crps == pytest.approx(rise[rows].sum() / case.column("observed")[rows].sum())
        assert line.ard == pytest.approx(line.crps)
        assert line.wis == pytest.approx(line.crps)


def test_origins_come_every_thirty_days_once_somebody_is_counted():
    toy = reported(*series("A", [0] * 7 + [50] * 33))
    found = hindcast(toy, horizons=[30])
    days = sorted({target.origin - toy.settings.start.toordinal() for target in found.cases[0].targets})
    assert days == list(range(90, 366, 30))
    sooner = hindcast(toy, horizons=[30], every=7, first=day(75))
    days = sorted({target.origin - toy.settings.start.toordinal() for target in sooner.cases[0].targets})
    assert days[:3] == [75, 82, 89]


def test_figures_of_every_panel_are_told_apart_where_there_are_several():
    found = hindcast("mizoram-2021", methods=["persistence"], first="2021-12-31")
    main, every = lines(found, "persistence"), lines(found, "persistence", "every panel")
    assert sum(line.figures for line in every.values()) == len(found.cases[0].targets)
    assert all(main[horizon].figures < every[horizon].figures for horizon in main)
    assert not lines(hindcast(STEADY, methods=["persistence"]), "persistence", "every panel")


def test_the_interval_of_the_trend_against_itself_is_nothing():
    line = lines(hindcast(STEADY, methods=["trend"]), "trend")[90]
    assert (line.versus, line.low, line.high) == (0, 0, 0)


def test_a_case_that_hardly_moves_is_near_static():
    still = hindcast(reported(*series("A", [5000, 5010] * 20)))
    assert near_static(still.cases[0], still.horizons)
    moving = hindcast(STEADY)
    assert not near_static(moving.cases[0], moving.horizons)


def test_segments_are_young_crises_and_places_that_nobody_is_in():
    toy = reported(*series("A", range(1000, 5000, 100)), *series("B", [0] * 12 + [800] * 28))
    found = hindcast(toy, horizons=[30])
    start = toy.settings.start.toordinal()
    young = [target for target in found.cases[0].targets if target.origin - start <= 120]
    empty = [target for target in found.cases[0].targets if target.last == 0]
    assert lines(found, "statistical", "first 120 days")[30].figures == len(young) == 8
    assert lines(found, "statistical", "nobody counted yet")[30].figures == len(empty) == 3


def test_numbers_are_the_same_each_time():
    first, again = hindcast(STEADY), hindcast(STEADY)
    for name, quantiles in first.cases[0].quantiles.items():
        assert quantiles.tobytes() == again.cases[0].quantiles[name].tobytes()
    assert first.cases[0].together == again.cases[0].together


@pytest.mark.parametrize(
    ("given", "arguments", "said"),
    [
        ([], {}, 'scenarios: "toy" has no figure of how many people are somewhere, and a hindcast needs one to start'),
        (series("A", [5]), {}, 'scenarios: "toy" has one figure in all of how many people are somewhere'),
        (series("A", [0] * 40), {}, "counts nobody on any day of its period; add reports of stocks"),
        (series("A", [5, 6]), {}, "has no figure near any of the horizons from the days that it is forecast from"),
        (series("A", [9] * 6 + [0] * 30), {"first": day(55)}, "counts nobody in any of the figures that forecasts are"),
        (series("A", [0] * 5 + [9] * 30), {"first": day(20)},
         'first: "2021-01-21" lies before anybody is counted in toy, which is known on 2021-02-20; give that day or'),
        (series("A", [9] * 30), {"methods": ["tiao"]}, 'methods: "tiao" is no method; did you mean "tiau"'),
        (series("A", [9] * 30), {"horizons": []}, "horizons: is empty; give days such as 30,90,180"),
    ],
)  # fmt: skip
def test_what_cannot_be_forecast_is_told_in_a_sentence(given, arguments, said):
    with pytest.raises(InputError) as error:
        hindcast(reported(*given), **arguments)
    assert said in str(error.value)
    assert len(error.value.faults) == 1


@pytest.mark.parametrize("horizon", [0, -1, 3650, 1.5])
def test_horizons_are_days_within_bounds(horizon):
    with pytest.raises(ValueError, match="horizon must be a whole number from 1 to 1,096"):
        hindcast(STEADY, horizons=[horizon])


def test_faults_of_all_scenarios_are_told():
    with pytest.raises(InputError) as error:
        hindcast([reported(), STEADY, reported(*series("A", [5]))])
    assert len(error.value.faults) == 2


def test_the_command_writes_a_result(here, tmp_path):
    native.write(STEADY, tmp_path / "toy")
    done = here("hindcast", "toy", "--methods", "statistical,persistence", "--horizons", "30,90", "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "Forecasts of 1 case made again from" in done.stdout
    assert "constants fitted to other conflicts" in done.stdout
    names = {"hindcast.svg", "provenance.json", "scores.csv", "table.csv"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert json.loads((tmp_path / "out/provenance.json").read_text())["hindcast"]["horizons"] == [30, 90]
    with (tmp_path / "out/scores.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert {row["method"] for row in rows} == {"reports", "statistical", "trend", "persistence"}
    first = str(day(30))
    of = {
        row["score"]: float(row["value"]) for row in rows
        if (row["method"], row["origin"], row["horizon"], row["place"]) == ("persistence", first, "30", "A")
    }  # fmt: skip
    assert of["crps"] == 300
    assert of["median"] == 1300
    again = here("hindcast", "toy", "--methods", "statistical,persistence", "--horizons", "30,90", "--out", "out")
    assert again.returncode == 0
    with (tmp_path / "out/scores.csv").open() as stream:
        assert list(csv.DictReader(stream)) == rows


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--horizons", "0"), '--horizons: "0" is out of bounds; give a whole number from 1 to 1,096'),
        (("--horizons", "3650"), '--horizons: "3650" is out of bounds; give a whole number from 1 to 1,096'),
        (("--horizons", "30,x"), '--horizons: "x" is not a whole number; give a whole number from 1 to 1,096'),
        (("--methods", "trent"), '--methods: "trent" is no method; did you mean "trend"?'),
        (("--every", "0"), '--every: "0" is out of bounds'),
        (("--members", "9"), '--members: "9" are too few to learn anything from; give 10 or more'),
        (("--seed", "-1"), '--seed: "-1" is out of bounds'),
        (("--first", "2021-02-30"), "--first: "),
        (("--first", "2020-01-01"), '--first: "2020-01-01" lies before anybody is counted'),
    ],
)
def test_the_command_refuses_wrong_options(here, tmp_path, arguments, said):
    native.write(STEADY, tmp_path / "toy")
    done = here("hindcast", "toy", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "tiau-out").exists()


def test_members_and_seed_are_those_of_the_mechanism_and_are_kept(here, tmp_path):
    toy = fleeing(reports=series("C", range(100, 1300, 100)))
    given = {"horizons": [30], "methods": ["mechanism"], "first": day(60)}
    one, again, other, more = (
        hindcast(toy, members=members, seed=seed, **given).cases[0].quantiles
        for members, seed in ((10, 1), (10, 1), (10, 2), (12, 1))
    )
    assert one["mechanism"].tolist() == again["mechanism"].tolist()
    assert one["trend"].tolist() == other["trend"].tolist()
    assert len({found["mechanism"].tobytes() for found in (one, other, more)}) == 3
    native.write(toy, tmp_path / "toy")
    done = here("hindcast", "toy", "--horizons", 30, "--methods", "trend", "--members", 12, "--seed", 5)
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "tiau-out/toy-hindcast/provenance.json").read_text())["hindcast"]
    assert (kept["members"], kept["seed"]) == (12, 5)


def test_the_command_needs_a_scenario(here):
    done = here("hindcast")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_places_that_never_reported_are_named(here, tmp_path):
    native.write(reported(*series("A", range(1000, 5000, 100)), camps=("A", "Z")), tmp_path / "toy")
    done = here("hindcast", "toy", "--methods", "statistical", "--horizons", "30")
    assert "1 place never reported and not forecast: Z" in done.stdout


def test_mizoram_is_forecast_by_district_and_as_a_whole():
    found = tiau.hindcast("mizoram-2021", first="2021-12-31", methods=["statistical", "persistence_dressed"])
    panels = {target.panel for target in found.cases[0].targets}
    assert {"present district", "present state", "idp_present state"} <= panels
    assert {target.panel for target in found.cases[0].targets if target.in_main} == {"present district"}
    assert min(target.origin for target in found.cases[0].targets) == dt.date(2021, 12, 31).toordinal()


@pytest.fixture(scope="module")
def six():
    return tiau.hindcast([SHARED / name for name in NAMES])


@published
def test_constants_never_saw_the_conflict(six):
    assert [case.left_out for case in six.cases] == [(name,) for name in NAMES]


@published
def test_the_bars_on_moving_cases(six):
    assert [case.name for case in six.cases if near_static(case, six.horizons)] == ["nigeria2016"]
    ours, dressed = (lines(six, method, group=MOVING_CASES) for method in ("tiau", "persistence_dressed"))
    for horizon, most in ((30, -0.04), (90, -0.04), (180, 0.0)):
        assert ours[horizon].versus < most
        assert ours[horizon].crps < 0.9 * dressed[horizon].crps
        assert 0.43 <= ours[horizon].covered[0] <= 0.6
        assert 0.85 <= ours[horizon].covered[2] <= 0.95


@published
@pytest.mark.parametrize("segment", ["first 120 days", "nobody counted yet"])
def test_what_is_hard_is_not_above_the_trend(six, segment):
    for line in lines(six, "tiau", segment, MOVING_CASES).values():
        assert line.versus < 0


@published
def test_a_near_static_case_is_not_much_above_the_trend(six):
    for line in lines(six, "tiau", group="nigeria2016").values():
        assert line.versus < 0.03


def test_a_hindcast_shows_itself_as_a_table():
    found = hindcast(STEADY, methods=["statistical"], horizons=[30])
    table = found.table()
    row = table[(table["method"] == "statistical") & (table["segment"] == "all")].iloc[0]
    assert row["crps"] == lines(found, "statistical")[30].crps
    assert "<td>toy</td>" in found._repr_html_()
    assert repr(found) == f"<Hindcast of toy: {len(found.cases[0].targets)} figures>"
