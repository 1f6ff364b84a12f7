import datetime as dt

import numpy as np
import pytest

import toys
from folders import REPORTS_HEADER, added, changed, write_folder
from tiau.loading import load
from tiau.observations.ledger import entry_routes, ledger, value_from
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.simulation import simulate


def row(**cells):
    """One row of reports.csv: a plain placed figure with some cells changed."""
    plain = {
        "report": "R",
        "known_on": "2022-01-01",
        "as_of": "2021-02-10",
        "place": "North",
        "group": "all",
        "quantity": "present",
        "value": "40",
        "bound": "exact",
    }
    assert set(cells) <= set(REPORTS_HEADER.strip().split(","))
    return ",".join({**plain, **cells}.get(name, "") for name in REPORTS_HEADER.strip().split(","))


def entries_of(folder, *rows, **tables):
    return ledger(build(load(write_folder(folder, reports=REPORTS_HEADER + "\n".join(rows) + "\n", **tables))))


def entry_of(folder, **cells):
    (entry,) = entries_of(folder, row(**cells))
    return entry


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    return build(load(write_folder(tmp_path_factory.mktemp("ledger"))))


def route_names(network, chosen):
    return {name for name, is_chosen in zip(network.route_names, chosen, strict=True) if is_chosen}


def place_names(network, chosen):
    return {name for name, is_chosen in zip(network.place_names, chosen, strict=True) if is_chosen}


@pytest.mark.parametrize(
    ("cells", "status", "reason"),
    [
        ({}, "placed", ""),
        ({"place": "delta"}, "placed", ""),
        ({"group": "police"}, "placed", ""),
        ({"group": "Hill police"}, "placed", ""),
        ({"quantity": "idp_present", "place": "Hills"}, "placed", ""),
        ({"quantity": "arrived_cumulative"}, "placed", ""),
        ({"quantity": "crossed_in_period", "as_of": "2021-02"}, "placed", ""),
        ({"quantity": "returned_cumulative", "place": "Hills"}, "placed", ""),
        ({"value": "", "bound": "range", "low": "10", "high": "20"}, "placed", ""),
        ({"not_scored": "double counting"}, "not scored", "double counting"),
        ({"not_scored": "double counting", "place": "Omega"}, "not scored", "double counting"),
        ({"value": ""}, "not scored", "no value"),
        ({"as_of": "2021-01-31"}, "not scored", "outside the period of the run"),
        ({"as_of": "2021-04-01"}, "not scored", "outside the period of the run"),
        ({"as_of": "2021-03-30/2021-04-01"}, "placed", ""),
        (
            {"as_of": "2021-03-30/2021-04-01", "quantity": "arrived_cumulative"},
            "not scored",
            "ends after the run",
        ),
        ({"as_of": "2021-03-30/2021-04-01", "quantity": "crossed_in_period"}, "not scored", "ends after the run"),
        ({"as_of": "2021-01-30/2021-02-05", "quantity": "crossed_in_period"}, "not scored", "begins before the run"),
        ({"place": "Omega"}, "not placed", '"Omega" is neither a place nor an area'),
        ({"place": "Nowhere"}, "not placed", "the area has no place in the model"),
        (
            {"quantity": "idp_present"},
            "not placed",
            "the model has people displaced inside the countries they leave alone",
        ),
        ({"group": "children"}, "not modelled", 'group "children"'),
        ({"origin": "Hills"}, "placed", "people from Hills"),
        ({"origin": "Homeland"}, "placed", "people from Homeland"),
        (
            {"origin": "Alpha"},
            "placed",
            "people from Alpha, estimated by who left among Hill civilians, Hill police",
        ),
        (
            {"origin": "beta", "group": "police"},
            "placed",
            "police from beta, estimated by who left among Hill police",
        ),
        ({"origin": "Gamma"}, "not modelled", 'nobody of the model comes from "Gamma"'),
        ({"origin": "Omega"}, "not placed", 'origin "Omega" is neither a place nor an area'),
    ],
)
def test_report_is_placed_or_says_why_not(tmp_path, cells, status, reason):
    (entry,) = entries_of(tmp_path, row(**cells), areas=added("areas", "Nowhere,,,"))
    assert (entry.status, entry.reason) == (status, reason)


def test_every_report_has_an_entry_in_the_order_of_the_file(network):
    entries = ledger(network)
    assert [entry.report.report for entry in entries] == ["R1", "R2", "R3", "R4", "R5", "R6"]
    assert [entry.status for entry in entries] == ["placed"] * 6


def test_copy_of_a_figure_is_placed_but_not_counted(tmp_path):
    one, copy, other = entries_of(
        tmp_path, row(report="A"), row(report="B", same_as="A"), row(report="C", not_scored="no")
    )
    assert (one.counted, copy.counted, other.counted) == (True, False, False)
    assert copy.status == "placed"


def test_group_of_a_report_is_a_group_a_risk_class_or_all(tmp_path):
    chosen = {
        name: entry_of(tmp_path / str(number), group=name).groups.tolist()
        for number, name in enumerate(["all", "police", "Hill police", "Hill civilians", "children"])
    }
    assert chosen == {
        "all": [True, True],
        "police": [False, True],
        "Hill police": [False, True],
        "Hill civilians": [True, False],
        "children": [False, False],
    }


def test_place_of_a_report_holds_all_places_of_an_area(tmp_path, network):
    assert place_names(network, entry_of(tmp_path / "a").places) == {"Delta", "Epsilon"}
    assert place_names(network, entry_of(tmp_path / "b", place="the border").places) == {"Gamma", "Delta"}
    assert place_names(network, entry_of(tmp_path / "c", place="Alfa").places) == {"Alpha"}


def test_displaced_inside_are_counted_in_the_home_country_alone(tmp_path, network):
    entry = entry_of(tmp_path, place="the border", quantity="idp_present")
    assert place_names(network, entry.places) == {"Gamma"}


def test_entries_into_an_area_are_its_border_routes_from_outside(network):
    places = np.array(network.place_names)
    into = {name: route_names(network, entry_routes(network, np.isin(places, list(chosen)))) for name, chosen in {
        "abroad": {"Delta", "Epsilon"},
        "the reception alone": {"Delta"},
        "the camp alone": {"Epsilon"},
        "both sides": {"Gamma", "Delta"},
        "home": {"Alpha", "Beta", "Gamma"},
        "nothing": set(),
    }.items()}  # fmt: skip
    assert into == {
        "abroad": {"Gamma > Delta"},
        "the reception alone": {"Gamma > Delta"},
        "the camp alone": set(),
        "both sides": set(),
        "home": {"Delta > Gamma"},
        "nothing": set(),
    }


def test_days_of_a_report_count_from_the_start_and_stop_at_the_ends(tmp_path):
    days = {}
    for number, as_of in enumerate(["2021-02-01", "2021-02-10", "2021-03", "2021-01-20/2021-02-03", "2021"]):
        entry = entry_of(tmp_path / str(number), as_of=as_of)
        days[as_of] = (entry.first, entry.last)
    assert days == {
        "2021-02-01": (0, 0),
        "2021-02-10": (9, 9),
        "2021-03": (28, 58),
        "2021-01-20/2021-02-03": (0, 2),
        "2021": (0, 58),
    }


def test_late_source_sees_earlier_days_but_none_before_the_start(tmp_path):
    late = changed("scenario", "[rules]", '[parameters.delay_register_days]\nvalue = 6\nwhy = "a test"\n\n[rules]')
    periods = ("2021-02-10/2021-02-12", "2021-02-03", "2021")
    rows = [row(report=f"R{n}", as_of=as_of, said_by="State police") for n, as_of in enumerate(periods)]
    rows.append(row(as_of="2021-02-10", said_by="a villager"))
    entries = entries_of(tmp_path, *rows, scenario=late)
    assert [(entry.first, entry.last) for entry in entries] == [(3, 5), (0, 0), (0, 58), (9, 9)]


def test_shorter_run_places_fewer_reports(tmp_path):
    scenario = load(write_folder(tmp_path))
    short = ledger(build(scenario.until(dt.date(2021, 2, 15))))
    assert [entry.status for entry in short] == ["placed"] + ["not scored"] * 5
    assert short[4].reason == "ends after the run"
    assert short[1].reason == "outside the period of the run"


def test_people_from_an_origin_are_those_who_left_homes_there():
    """Two groups to two camps: one lives in one origin, the other in both, of which 30 and 10 people left."""
    groups = [toys.group("one", ("O",), 0.5), toys.group("two", ("O", "P"), 0.5)]
    places = [toys.origin("O", 60), toys.origin("P", 20), toys.camp("A")]
    routes = [toys.way(name, "A", 100, name.lower()) for name in "OP"]
    departures = [toys.leave(0, 6, "one"), toys.leave(0, 40, "two")]
    asked = {"O": "all", "P": "all", "O and two": "two", "Home": "all"}
    reports = [
        Report(report=what, known_on=toys.day(9), as_of="2021-01-09", place="A", origin=what[:4].split()[0],
               group=group, quantity=quantity, value=1, bound="exact")
        for quantity in ("present", "arrived_cumulative") for what, group in asked.items()
    ]  # fmt: skip
    toy = toys.scenario(places, routes, groups, departures=departures, reports=reports)
    truth = simulate(toy, members=1, chance=False).truth[:, 0]
    assert truth == pytest.approx([6 + 30, 10, 30, 46] * 2)


BY_DAY = np.array([[10.0, 1.0], [20.0, 1.0], [60.0, 4.0]])
BEFORE = np.array([4.0, 1.0])


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("present", [30.0, 2.0]),
        ("idp_present", [30.0, 2.0]),
        ("arrived_cumulative", [60.0, 4.0]),
        ("returned_cumulative", [60.0, 4.0]),
        ("crossed_in_period", [56.0, 3.0]),
    ],
)
def test_stock_is_a_mean_cumulative_figure_an_end_and_flow_a_sum(tmp_path, quantity, expected):
    entry = entry_of(tmp_path, quantity=quantity, as_of="2021-02-10/2021-02-12")
    assert value_from(entry, BY_DAY, BEFORE).tolist() == expected


def test_home_country_is_where_groups_live(tmp_path):
    text = changed("groups", "Hill,Hills,0.9", "Hill,Alpha,0.9")
    network = build(load(write_folder(tmp_path, groups=text)))
    assert {network.countries[index] for index in network.country[~network.abroad]} == {"Homeland"}
