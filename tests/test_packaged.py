import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from tiau.engine.policy import law_of, regimes_of
from tiau.evaluation.scores import series_rows
from tiau.loading import examine
from tiau.observations.ledger import ledger
from tiau.scenario import library
from tiau.scenario.network import build

NAME = "mizoram-2021"
README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(scope="module")
def scenario():
    found, faults = examine(NAME)
    assert [str(fault) for fault in faults] == []
    return found


@pytest.fixture(scope="module")
def network(scenario):
    return build(scenario)


@pytest.fixture(scope="module")
def entries(network):
    return ledger(network)


def test_packaged_scenarios_are_named():
    assert library.names() == (NAME,)
    assert (library.folder(NAME) / "SOURCES.md").is_file()


def test_scenario_has_no_faults_and_runs_over_its_period(scenario):
    assert (scenario.settings.start, scenario.settings.end) == (dt.date(2021, 2, 1), dt.date(2022, 8, 31))
    assert scenario.days == 577
    assert scenario.settings.fitted_until == dt.date(2021, 12, 31)
    assert scenario.settings.licence


def test_groups_are_few_and_their_shares_fill_every_home(scenario, network):
    assert len(scenario.groups) <= 8
    total = {}
    for group in scenario.groups:
        for position in dict.fromkeys(p for home in group.homes for p in network.names.members(home)):
            total[position] = total.get(position, 0) + group.share
    origins = [position for position, place in enumerate(scenario.places) if place.kind == "origin"]
    assert origins
    for position in origins:
        assert total[position] == pytest.approx(1), scenario.places[position].place


def test_every_origin_has_people(scenario):
    assert all(place.population for place in scenario.places if place.kind == "origin")


@pytest.mark.parametrize("table", ["places", "routes", "groups", "events", "acts"])
def test_every_row_has_a_source(scenario, table):
    rows = getattr(scenario, table)
    assert rows
    assert [row for row in rows if not row.source.strip()] == []


def test_every_report_has_a_publisher_and_an_address(scenario):
    assert len(scenario.reports) > 200
    for report in scenario.reports:
        assert report.publisher.strip(), report.report
        assert re.fullmatch(r"https?://\S+", report.url), report.report


@pytest.mark.parametrize(
    ("table", "column"),
    [("places", "place"), ("groups", "group"), ("events", "event"), ("acts", "act"), ("reports", "report")],
)
def test_ids_are_unique(scenario, table, column):
    names = [getattr(row, column).lower() for row in getattr(scenario, table)]
    assert len(set(names)) == len(names)


def test_rows_refer_to_rows_that_exist(scenario):
    reports = {report.report for report in scenario.reports}
    acts = {act.act for act in scenario.acts}
    assert {report.same_as for report in scenario.reports} - {""} <= reports
    assert {act.softens for act in scenario.acts} | {act.ends for act in scenario.acts} <= acts | {""}


def test_every_placed_report_lies_in_the_run(network, entries):
    for entry in entries:
        if entry.status == "placed":
            assert 0 <= entry.first <= entry.last < network.scenario.days
            assert entry.places.any()
            assert entry.groups.any()


def test_what_no_source_gives_about_an_act_is_marked_as_estimated(scenario):
    for act in scenario.acts:
        guessed = [number for number in (act.enforcement, act.admit_share, act.amount) if number is not None]
        assert not guessed or act.estimated, act.act
        assert not guessed or "ESTIMATED" in act.note, act.act


def passing_on(network, day):
    return law_of(network, regimes_of(network), dt.date.fromisoformat(day)).border.passing


def test_manipur_turned_people_away_for_three_days(network):
    into = network.names.members("Moreh")[0]
    routes = (network.end == into) & (network.crossing >= 0)
    before, during, after = (passing_on(network, day)[:, routes] for day in ("2021-03-25", "2021-03-27", "2021-03-29"))
    assert (during < 0.25 * before).all()
    assert (after == before).all()


def test_mizoram_lets_people_in_where_manipur_does_not(network):
    chances = passing_on(network, "2021-06-01")
    rows = {name: list(network.names.members(name)) for name in ("Mizoram", "Manipur")}
    mizoram, manipur = (
        chances[:, (network.crossing >= 0) & np.isin(network.end, rows[name])] for name in ("Mizoram", "Manipur")
    )
    assert mizoram.min() > 0.9
    assert manipur.max() < 0.7


def test_districts_of_april_2022_sum_to_the_figure_of_the_state(scenario):
    rows = {
        report.place: report.value
        for report in scenario.reports
        if str(report.as_of) == "2022-04-08" and (report.quantity, report.group) == ("present", "all")
    }
    assert rows.pop("Mizoram") == 29_532
    assert len(rows) == 11
    assert all(name.endswith(" district") for name in rows)
    assert sum(rows.values()) == 29_532


def test_series_holds_seven_figures_of_2021_and_five_of_2022(scenario, entries):
    found = [entries[row].report for row in series_rows(entries, scenario.settings.series)]
    assert [(str(report.as_of), report.value) for report in found if report.as_of.end.year == 2021] == [
        ("2021-03-29", 1042),
        ("2021-05-21", 5673),
        ("2021-06-15", 9247),
        ("2021-06-27", 10025),
        ("2021-09-15", 11035),
        ("2021-10-05", 12121),
        ("2021-11-11", 12736),
    ]
    assert sorted((str(report.as_of), report.value) for report in found if report.as_of.end.year == 2022) == [
        ("2022-03-28", 26663),
        ("2022-04-08", 29532),
        ("2022-07-01", 30316),
        ("2022-08-20", 29253),
        ("2022-08-20", 30401),
    ]
    assert len(found) == 12
    fitted = [report for report in found if report.known_on <= scenario.settings.fitted_until]
    assert [report.as_of.end.year for report in fitted] == [2021] * 7


def test_situation_of_the_report_of_march_2021_is_in_the_tables(scenario):
    assert any(group.risk_class == "police and officials" for group in scenario.groups)
    assert {"close", "statement"} <= {act.effect for act in scenario.acts}
    assert {"federal", "state"} <= {act.level for act in scenario.acts}
    more_than = [report for report in scenario.reports if report.bound == "at_least" and report.value == 1000]
    assert any(report.as_of.end <= dt.date(2021, 3, 20) for report in more_than)


def test_first_example_of_the_readme_runs(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = re.search(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    if found is None:
        pytest.skip("README.md has no Python example yet")
    exec(compile(found.group(1), str(README), "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()
