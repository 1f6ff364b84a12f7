"""Rows that say what another row says, and totals among their parts."""

import pytest

import toys
from checking import found, only
from folders import PLACES, TABLES, added, changed, write_folder
from tiau.loading import examine
from tiau.scenario.checks import totals, twins

E9 = "E9,{days},{place},{kind},{severity},2021-02-06,,{source},no,{note}"


def second(days="2021-02-02,2021-02-04", place="Alpha", kind="clash", severity="5", source="", note=""):
    """The events of the small folder with a second one."""
    return added("events", E9.format(days=days, place=place, kind=kind, severity=severity, source=source, note=note))


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"source": "paper"},
        {"source": "another"},
        {"place": "alfa"},
        {"place": "Alpha Township"},
        {"kind": "Armed clashes"},
        {"kind": "Battles"},
        {"kind": "heavy fighting", "days": "2021-02-02,2021-02-03"},
        {"kind": "Combats", "severity": "4"},
        {"kind": "Enfrentamientos armados"},
        {"kind": "اشتباكات"},
        {"kind": "conflict"},
        {"kind": "တိုက်ပွဲ"},
        {"severity": "4"},
        {"severity": "7"},
        {"days": "2021-02-02,2021-02-03"},
        {"days": "2021-02-01,2021-02-04"},
        {"source": "another", "note": "two villages burned"},
    ],
)
def test_event_under_two_ids_is_a_warning_with_both(tmp_path, event):
    fault = only(twins.events_twice, write_folder(tmp_path, events=second(**event)))
    assert (fault.file, fault.row, fault.column, fault.cell, fault.level) == (
        "events.csv", 3, "event", "E9", "warning",
    )  # fmt: skip
    assert "may be E1 (row 2) again: Alpha" in fault.problem


@pytest.mark.parametrize(
    "event",
    [
        {"days": "2021-02-05,2021-02-07"},
        {"days": "2021-02-04,2021-02-06"},
        {"days": "2021-02-02,2021-02-28"},
        {"place": "Beta"},
        {"place": "Hills"},
        {"kind": "arson"},
        {"kind": "Air/drone strike"},
        {"kind": "conflict", "days": "2021-02-02,2021-02-03"},
        {"kind": "conflict", "severity": "4"},
        {"severity": "1"},
        {"severity": "8"},
        {"severity": "0"},
        {"note": "not E1: the eastern quarter"},
    ],
)
def test_another_event_gives_no_warning(tmp_path, event):
    assert found(twins.events_twice, write_folder(tmp_path, events=second(**event))) == []


def test_events_that_one_source_tells_apart_are_two(tmp_path):
    rows = [f"E{n},2021-02-10,2021-02-10,Alpha,clash,1,2021-02-11,,ACLED,no,village {n}" for n in (2, 3, 4)]
    assert found(twins.events_twice, write_folder(tmp_path, events=added("events", *rows))) == []


def test_series_of_daily_events_gives_no_warning(tmp_path):
    rows = [f"D{n},2021-02-{n:02},2021-02-{n:02},Beta,shelling,2,2021-03-01,,,no," for n in range(1, 29)]
    assert found(twins.events_twice, write_folder(tmp_path, events=added("events", *rows))) == []


def test_other_events_of_the_same_day_give_no_warning(tmp_path):
    kinds = ("coup", "martial law", "Shelling/artillery/missile attack", "Air/drone strike", "Armed clash", "Protests",
             "Riots")  # fmt: skip
    rows = [f"F{n},2021-02-10,2021-02-10,Alpha,{kind},2,2021-02-11,,,no," for n, kind in enumerate(kinds)]
    assert found(twins.events_twice, write_folder(tmp_path, events=added("events", *rows))) == []


def test_two_words_for_one_event_are_both_told(tmp_path):
    fault = only(twins.events_twice, write_folder(tmp_path, events=second(kind="Battles")))
    assert "clash and Battles, severity 5 and 5" in fault.problem


def test_event_three_times_is_told_twice(tmp_path):
    rows = [E9.format(days="2021-02-02,2021-02-04", place="Alpha", kind="clash", severity="5", source="", note="")] * 2
    folder = write_folder(tmp_path, events=added("events", rows[0], rows[1].replace("E9", "E8")))
    assert [fault.cell for fault in found(twins.events_twice, folder)] == ["E9", "E8"]


def test_many_events_of_one_day_are_compared_in_good_time(tmp_path):
    rows = [f"M{n},2021-02-10,2021-02-10,Alpha,kind {n},1,2021-02-11,,,no," for n in range(20_000)]
    assert found(twins.events_twice, write_folder(tmp_path, events=added("events", *rows))) == []


R9 = "R9,2021-02-12,,2021-02-10,{place},,all,present,{value},{bound},,,{same_as},{not_scored},,other,,{note}"


def nine(place="North", value="40", bound="exact", same_as="", not_scored="", note=""):
    """The reports of the small folder with one that gives the first figure."""
    row = R9.format(place=place, value=value, bound=bound, same_as=same_as, not_scored=not_scored, note=note)
    return added("reports", row)


@pytest.mark.parametrize(("place", "bound"), [("North", "exact"), ("north", "exact"), ("North", "about")])
def test_figure_that_stands_twice_is_a_warning_with_both_reports(tmp_path, place, bound):
    fault = only(twins.reports_twice, write_folder(tmp_path, reports=nine(place, bound=bound)))
    assert (fault.row, fault.column, fault.cell) == (8, "report", "R9")
    assert "gives the figure of R1 (row 2)" in fault.problem
    assert "write R1 in same_as" in fault.remedy


@pytest.mark.parametrize(
    "report",
    [
        {"same_as": "R1"},
        {"not_scored": "copied"},
        {"value": "41"},
        {"value": "0"},
        {"place": "Delta"},
        {"bound": "at_least"},
        {"note": "counted apart from R1"},
    ],
)
def test_another_figure_gives_no_warning(tmp_path, report):
    assert found(twins.reports_twice, write_folder(tmp_path, reports=nine(**report))) == []


def test_act_that_stands_twice_is_a_warning(tmp_path):
    act = "A2,2021-03-01,2021-03-10,2021-03-02,Ministry,federal,close,river bridge,,,0.5,,,,paper,no,"
    fault = only(
        twins.acts_twice, write_folder(tmp_path, acts=added("acts", act.replace("river bridge", "River bridge")))
    )
    assert (fault.row, fault.cell) == (3, "A2")
    assert "says what A1 (row 2) says" in fault.problem
    for change in (("0.5", "0.6"), ("2021-03-01", "2021-03-02"), ("Ministry", "State"), ("close", "statement")):
        folder = write_folder(tmp_path / change[1], acts=added("acts", act.replace(*change)))
        assert found(twins.acts_twice, folder) == []


def test_group_that_stands_twice_is_a_warning(tmp_path):
    row = "Hill people,civilians,Hill,Alpha; Beta,0.5,1,Farland=1; Epsilon=-0.5,1,judgement,yes,"
    groups = changed("groups", "Hills,0.9", "Hills,0.4").replace("0.1,5", "0.1,5") + row + "\n"
    groups = groups.replace("Alpha; Beta,0.5", "Alpha; Beta; Gamma,0.5").replace("Hills,0.4", "Hills; Gamma,0.4")
    fault = only(twins.groups_twice, write_folder(tmp_path, groups=groups))
    assert (fault.row, fault.cell) == (4, "Hill people")
    assert "Hill civilians (row 2)" in fault.problem
    other = groups.replace("Hill people,civilians", "Hill people,teachers")
    assert found(twins.groups_twice, write_folder(tmp_path / "other", groups=other)) == []


@pytest.mark.parametrize("name", ["Total", "TOTAL", "Total Homeland", "Hills - sub-total", "Somme", "المجموع", "All"])
def test_total_among_places_is_a_warning(tmp_path, name):
    row = f"{name},,Homeland,Hills,,22.15,93.1,origin,30000,,census,no,\n"
    fault = only(totals.totals_as_rows, write_folder(tmp_path, places=PLACES + row))
    assert (fault.file, fault.row, fault.cell, fault.level) == ("places.csv", 7, name, "warning")


def test_total_among_groups_is_a_warning_and_an_area_of_that_name_is_none(tmp_path):
    groups = changed("groups", "Hill police", "Total police")
    assert only(totals.totals_as_rows, write_folder(tmp_path, groups=groups)).column == "group"
    areas = TABLES["areas"] + "Total,,Delta; Epsilon,\n"
    assert found(totals.totals_as_rows, write_folder(tmp_path / "area", areas=areas)) == []


@pytest.mark.parametrize(
    ("people", "told"),
    [((30_123, 20_000, 10_123), True), ((60_000, 30_000, 20_000, 10_000), True), ((30_000, 20_000, 10_000), False),
     ((30_124, 20_000, 10_123), False), ((20_000, 20_000), False)],
)  # fmt: skip
def test_seat_with_the_people_of_its_region_is_a_warning(tmp_path, people, told):
    rows = [f"P{n},,Homeland,East,,22.{n},94,origin,{count},,,no,\n" for n, count in enumerate(people)]
    faults = found(totals.seats_with_the_people_of_their_area, write_folder(tmp_path, places=PLACES + "".join(rows)))
    assert [fault.row for fault in faults] == ([7] if told else [])
    assert all("exactly the sum of the other" in fault.problem for fault in faults)


@pytest.mark.parametrize(
    ("value", "bound", "group", "told"),
    [
        ("30001", "exact", "all", True),
        ("30000", "exact", "all", False),
        ("40000", "at_least", "all", True),
        ("40000", "at_most", "all", False),
        ("35000", "about", "all", False),
        ("3001", "exact", "police", True),
        ("3001", "exact", "children", False),
    ],
)
def test_figure_of_more_people_than_there_are_is_a_warning(tmp_path, value, bound, group, told):
    row = f"R9,2021-03-12,,2021-03-10,North,,{group},present,{value},{bound},,,,,,other,,"
    faults = found(totals.figures_beyond_the_people, write_folder(tmp_path, reports=added("reports", row)))
    assert [fault.row for fault in faults] == ([8] if told else [])
    people = "3,000" if group == "police" else "30,000"
    assert all(people in fault.problem for fault in faults)


@pytest.mark.parametrize(
    ("quantity", "value", "told"),
    [
        ("arrived_cumulative", "300000", True),
        ("crossed_in_period", "90001", True),
        ("arrived_cumulative", "90000", False),
        ("returned_cumulative", "300000", False),
    ],
)
def test_entries_of_all_people_several_times_are_a_warning(tmp_path, quantity, value, told):
    row = f"R9,2021-03-12,,2021-03-10,North,,all,{quantity},{value},exact,,,,,,other,,"
    faults = found(totals.figures_beyond_the_people, write_folder(tmp_path, reports=added("reports", row)))
    assert [fault.row for fault in faults] == ([8] if told else [])


def test_packaged_scenario_gives_no_warning():
    assert examine("mizoram-2021")[1] == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("ACLED SUD1", "ACLED SUD22", True),
        ("ACLED SUD1; UCDP GED 7", "ACLED SUD2", True),
        ("SUD1", "SUD2", True),
        ("ACLED SUD1", "UCDP GED 7", False),
        ("ACLED SUD1", "", False),
    ],
)
def test_two_ids_of_one_catalogue_are_two_events(one, other, apart):
    events = [toys.event(3, 3).model_copy(update={"event": name, "source": "ACLED", "source_id": source_id})
              for name, source_id in (("a", one), ("b", other))]  # fmt: skip
    scenario = toys.scenario(
        [toys.origin(), toys.camp("C")], [toys.way("O", "C", 100)], [toys.group()], days=9, events=events
    )
    assert [fault.cell for fault in twins.events_twice(scenario)] == ([] if apart else ["b"])
