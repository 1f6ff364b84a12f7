"""What a scenario has already of what a text gives: the same figure, order or event, said beside the proposed row."""

import pytest

from folders import REPORTS_HEADER, added, write_folder
from tiau.loading import load
from tiau.readers.articles.already import compared
from tiau.readers.articles.proposals import Proposal
from tiau.readers.articles.surroundings import Surroundings

FIGURE = {
    "report": "new", "as_of": "2021-02-20", "place": "North", "origin": "", "group": "all", "quantity": "present",
    "value": "90", "bound": "exact", "low": "", "high": "", "unit": "persons",
}  # fmt: skip
ACT = {"as_of": "2021-03-01", "place": "River bridge", "effect": "close", "level": "federal", "authority": "Cabinet"}
EVENT = {"as_of": "2021-02-03", "place": "Alpha", "kind": "armed clash"}
TABLES = {"reports": FIGURE, "acts": ACT, "events": EVENT}


@pytest.fixture(scope="module")
def open_folder(tmp_path_factory):
    def open_one(**tables):
        return Surroundings.of(load(write_folder(tmp_path_factory.mktemp("scenario") / "small", **tables)))

    return open_one


@pytest.fixture(scope="module")
def small(open_folder):
    return open_folder()


def after(surroundings, table, **cells):
    """Return a proposal as it is once it was compared."""
    return compared(Proposal(table, 0, 5, "quote", (0, 2), 0.5, {**TABLES[table], **cells}), surroundings)


@pytest.mark.parametrize("day", ["2021-02-20", "2021-02-13", "2021-02-27", "2021-02-10/2021-02-27"])
def test_a_figure_of_a_week_before_or_after_is_the_same_count(small, day):
    one = after(small, "reports", as_of=day)
    assert one.cells["same_as"] == "R2"
    assert "R2 (2021-02-20); clear same_as" in one.check[-1]


@pytest.mark.parametrize(
    "cells",
    [
        {"as_of": "2021-02-12"}, {"as_of": "2021-02-28"}, {"value": "91"}, {"place": "Delta"}, {"group": "police"},
        {"origin": "Homeland"}, {"unit": "households"}, {"quantity": "crossed_in_period"},
        {"as_of": ""},
    ],
)  # fmt: skip
def test_another_figure_is_not_told_to_be_the_same(small, cells):
    one = after(small, "reports", **cells)
    assert "same_as" not in one.cells
    assert not one.check


def test_a_row_that_was_accepted_before_says_so_and_is_no_copy_of_itself(small):
    one = after(small, "reports", report="R2")
    assert one.check == ("accepted before",)
    assert "same_as" not in one.cells


@pytest.mark.parametrize("bound", ["about", "at_least"])
def test_one_paper_says_more_of_a_number_than_another(small, bound):
    assert after(small, "reports", bound=bound).cells["same_as"] == "R2"


@pytest.mark.parametrize(("bound", "same"), [("at_least", "R4"), ("exact", "R4"), ("at_most", "")])
def test_more_than_and_less_than_a_number_are_two_figures(small, bound, same):
    one = after(small, "reports", value="200", bound=bound, as_of="2021-03-20")
    assert one.cells.get("same_as", "") == same


def test_those_who_are_there_and_those_who_arrived_are_one_figure(small):
    assert after(small, "reports", quantity="arrived_cumulative").cells["same_as"] == "R2"


def test_the_ends_of_a_range_are_its_figure(small):
    cells = {"place": "Delta", "group": "police", "quantity": "crossed_in_period", "value": "", "bound": "range"}
    cells |= {"as_of": "2021-02-27"}
    assert after(small, "reports", **cells, low="10", high="50").cells["same_as"] == "R5"
    assert "same_as" not in after(small, "reports", **cells, low="10", high="60").cells


def test_a_copy_leads_to_the_row_that_it_copies(open_folder):
    copies = REPORTS_HEADER + (
        "C2,2021-02-21,,2021-02-20,North,,all,present,90,exact,,,C1,,office,paper,,\n"
        "C1,2021-02-21,,2021-02-20,North,,all,present,90,exact,,,,,office,post,,\n"
    )
    assert after(open_folder(reports=copies), "reports").cells["same_as"] == "C1"


@pytest.mark.parametrize("day", ["2021-03-01", "2021-02-22", "2021-03-08/2021-03-20"])
def test_an_order_of_nearly_the_same_day_is_named(small, day):
    one = after(small, "acts", as_of=day)
    assert one.check == ("the scenario has A1 (Ministry: close, 2021-03-01): is it the same?",)
    assert "same_as" not in one.cells


@pytest.mark.parametrize(
    "cells", [{"as_of": "2021-03-09"}, {"effect": "admit"}, {"level": "state"}, {"place": "Epsilon"}, {"place": ""}]
)
def test_another_order_is_not_named(small, cells):
    assert not after(small, "acts", **cells).check


def test_statements_are_never_told_to_be_there(open_folder):
    acts = "A2,2021-03-01,,2021-03-01,Ministry,federal,statement,River bridge,,,,,,,gazette,no,"
    surroundings = open_folder(acts=added("acts", acts))
    assert not after(surroundings, "acts", effect="statement").check


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, True), ({"as_of": "2021-02-04/2021-02-09"}, True), ({"place": "Hills"}, True),
        ({"place": "Epsilon; Alpha"}, True), ({"as_of": "2021-02-05"}, False), ({"kind": "flood"}, False),
        ({"place": "Beta"}, False), ({"place": "Atlantis"}, False),
    ],
)  # fmt: skip
def test_an_event_of_that_kind_place_and_time_is_named(small, cells, told):
    expected = ("the scenario has E1 (clash, Alpha, 2021-02-02): is it the same?",) if told else ()
    assert after(small, "events", **cells).check == expected


def test_no_more_than_three_are_named(open_folder):
    rows = (f"E{n},2021-02-02,2021-02-04,Alpha,clash,{n},2021-02-05,2021-02-05,paper,no," for n in range(2, 7))
    assert len(after(open_folder(events=added("events", *rows)), "events").check) == 3


@pytest.mark.parametrize("table", TABLES)
def test_without_a_scenario_nothing_is_there(table):
    one = after(Surroundings.of(None), table)
    assert not one.check
    assert one.cells == TABLES[table]


@pytest.mark.parametrize(("table", "name"), [("reports", "R2"), ("acts", "A1"), ("events", "E1")])
def test_what_was_accepted_before_is_said_to_be(small, table, name):
    assert "accepted before" in after(small, table, report=name).check
