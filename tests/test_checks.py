import pytest

from checking import found, only
from folders import PLACES, added, changed, write_folder
from tiau.faults import InputError
from tiau.loading import examine, load
from tiau.scenario import checks
from tiau.scenario.checks import borders, figures, ids, people, places, references, revisions, times

CHECKS = (*checks.NEEDED, *checks.DOUBTS)
UNKNOWN_PLACES = (
    places.unknown_route_ends,
    places.unknown_homes,
    places.unknown_affinities,
    places.unknown_event_places,
    places.unknown_act_places,
    places.unknown_departure_places,
    places.unknown_members,
    places.unknown_report_places,
)
ENDS = (
    times.events_that_end_before_they_start,
    times.acts_that_end_before_they_start,
    times.periods_that_end_before_they_start,
    times.reports_known_too_early,
)


@pytest.mark.parametrize("function", CHECKS, ids=lambda function: function.__name__)
def test_good_folder_passes(tmp_path, function):
    # Its reports say of no source of which kind it is.
    wrong = found(function, write_folder(tmp_path))
    assert len(wrong) == (function is revisions.kinds_of_sources_by_words)


def test_every_check_has_its_turn_and_says_what_it_is_about(tmp_path):
    assert len(set(CHECKS)) == len(CHECKS) > 40
    assert all(function.__doc__ for function in CHECKS)
    scenario = load(write_folder(tmp_path))
    assert [fault.kind for fault in checks.check(scenario)] == ["kinds of sources by words"]


@pytest.mark.parametrize(
    ("table", "row", "column", "cell"),
    [
        ("places", "ALPHA,,Homeland,,,1,1,town,,,,no,", "place", "ALPHA"),
        ("groups", "Hill police,police,Hill,Gamma,0.1,,,,,,", "group", "Hill police"),
        ("events", "e1,2021-02-02,2021-02-04,Alpha,clash,5,2021-02-05,,,no,", "event", "e1"),
        ("acts", "A1,2021-03-01,,2021-03-01,State,state,statement,Delta,,,,,,,,no,", "act", "A1"),
        ("reports", "R1,2021-02-11,,2021-02-10,North,,all,present,4,exact,,,,,,,,", "report", "R1"),
    ],
)
def test_id_that_stands_twice_is_a_fault(tmp_path, table, row, column, cell):
    fault = only(ids.duplicate_ids, write_folder(tmp_path, **{table: added(table, row)}))
    assert (fault.file, fault.column, fault.cell, fault.level) == (f"{table}.csv", column, cell, "fault")
    assert fault.problem == "stands twice"


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "remedy"),
    [
        ("routes", "Beta,Gamma", "Beta,Gamna", "to", 'did you mean "Gamma"?'),
        ("routes", "Alpha,Beta", "Alhpa,Beta", "from", 'did you mean "Alpha"?'),
        ("groups", "Hills,0.9", "Hils,0.9", "homes", 'did you mean "Hills"?'),
        ("groups", "Epsilon=-0.5", "Epsilom=-0.5", "affinity", 'did you mean "Epsilon"?'),
        ("events", "Alpha,clash", "Alpha; Betta,clash", "place", 'did you mean "Beta"?'),
        ("acts", "River bridge", "Qqqq", "places", "add it to places.csv or areas.csv"),
        ("areas", "Gamma; Delta", "Gamma; Deltta", "members", 'did you mean "Delta"?'),
    ],
)
def test_unknown_place_is_a_fault_with_the_nearest_name(tmp_path, table, old, new, column, remedy):
    fault = only(UNKNOWN_PLACES, write_folder(tmp_path, **{table: changed(table, old, new)}))
    assert (fault.file, fault.column, fault.remedy, fault.level) == (f"{table}.csv", column, remedy, "fault")


def test_route_to_an_area_is_a_fault(tmp_path):
    fault = only(UNKNOWN_PLACES, write_folder(tmp_path, routes=changed("routes", "Beta,Gamma", "Beta,Plains")))
    assert fault.problem == "is not a place"
    assert fault.row == 3


def test_unknown_place_of_given_departures_is_a_fault(tmp_path):
    text = "day,group,place,people\n2021-02-03,,,10\n2021-02-04,,Alhpa,10\n"
    fault = only(UNKNOWN_PLACES, write_folder(tmp_path, departures=text))
    assert (fault.file, fault.row, fault.cell) == ("departures.csv", 3, "Alhpa")


def test_act_may_name_a_crossing_a_place_or_an_area(tmp_path):
    text = changed("acts", "River bridge", "River bridge; Delta; North; the border")
    assert found(UNKNOWN_PLACES, write_folder(tmp_path, acts=text)) == []


def test_unknown_place_of_a_report_is_a_warning_and_the_scenario_loads(tmp_path):
    text = changed("reports", "2021-02-20,North", "2021-02-20,Nord")
    folder = write_folder(tmp_path, reports=text)
    fault = only(UNKNOWN_PLACES, folder)
    assert (fault.file, fault.row, fault.level) == ("reports.csv", 3, "warning")
    assert 'did you mean "North"?' in fault.remedy
    assert "kept but not placed" in fault.remedy
    assert len(load(folder).reports) == 6


@pytest.mark.parametrize("group", ["Hill police", "police", "all", "civilians; Hill police"])
def test_act_may_name_groups_risk_classes_and_all(tmp_path, group):
    folder = write_folder(tmp_path, acts=changed("acts", "River bridge,", f"River bridge,{group}"))
    assert found(references.unknown_groups, folder) == []


def test_unknown_group_of_an_act_is_a_fault_with_the_nearest_name(tmp_path):
    folder = write_folder(tmp_path, acts=changed("acts", "River bridge,", "River bridge,polise"))
    fault = only(references.unknown_groups, folder)
    assert (fault.file, fault.column, fault.remedy) == ("acts.csv", "groups", 'did you mean "police"?')


@pytest.mark.parametrize(
    ("effect", "remedy"), [("quota", "use close"), ("fence", "leave it blank"), ("relief", "affinity")]
)
def test_quota_fence_and_relief_hold_for_everybody(tmp_path, effect, remedy):
    check = references.groups_of_what_holds_for_all
    act = f"A2,2021-03-01,,2021-03-01,State,state,{effect},Delta,{{}},,0.5,10,,,gazette,no,"
    assert found(check, write_folder(tmp_path / "all", acts=added("acts", act.format("all")))) == []
    fault = only(check, write_folder(tmp_path / "some", acts=added("acts", act.format("Hill police"))))
    assert (fault.file, fault.row, fault.column, fault.level) == ("acts.csv", 3, "groups", "fault")
    assert f"{effect} holds for everybody" in fault.problem
    assert remedy in fault.remedy


@pytest.mark.parametrize(("day", "warned"), [("2021-02-20", True), ("2021-03-01", True), ("2021-03-02", False)])
def test_act_that_is_ended_before_it_starts_is_a_warning(tmp_path, day, warned):
    withdrawal = f"A2,{day},,2021-03-01,Ministry,federal,relief,Delta,,,,,,A1,gazette,no,"
    faults = found(times.acts_ended_before_they_start, write_folder(tmp_path, acts=added("acts", withdrawal)))
    assert [(fault.file, fault.row, fault.column, fault.level) for fault in faults] == (
        [("acts.csv", 3, "ends", "warning")] if warned else []
    )
    assert all("never holds" in fault.problem for fault in faults)


def test_unknown_group_of_given_departures_is_a_fault(tmp_path):
    text = "day,group,place,people\n2021-02-03,police,,10\n2021-02-04,qqqq,,10\n"
    fault = only(references.unknown_groups, write_folder(tmp_path, departures=text))
    assert (fault.file, fault.row, fault.remedy) == ("departures.csv", 3, "add it to groups.csv")


@pytest.mark.parametrize(
    ("table", "old", "new", "column", "problem"),
    [
        ("events", "2021-02-04", "2021-02-01", "end", "lies before start"),
        ("acts", "2021-03-10", "2021-02-28", "until", "lies before from"),
        ("reports", "2021-02-10,North", "2021-02-10/2021-02-09,North", "as_of", "ends before it starts"),
        ("reports", "2021-02-10,North", "2021-02-12,North", "as_of", "lies after known_on"),
    ],
)
def test_end_before_start_is_a_fault(tmp_path, table, old, new, column, problem):
    fault = only(ENDS, write_folder(tmp_path, **{table: changed(table, old, new)}))
    assert (fault.file, fault.row, fault.column, fault.problem) == (f"{table}.csv", 2, column, problem)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("events", "2021-02-04", "2021-02-02"),
        ("acts", "2021-03-10", "2021-03-01"),
        ("acts", "2021-03-10", ""),
        ("reports", "2021-02-10,North", "2021-02-11,North"),
    ],
)
def test_single_day_and_open_end_are_none(tmp_path, table, old, new):
    assert found(ENDS, write_folder(tmp_path, **{table: changed(table, old, new)})) == []


def test_border_route_without_a_crossing_is_a_fault(tmp_path):
    folder = write_folder(tmp_path, routes=changed("routes", "River bridge", ""))
    fault = only(borders.missing_crossings, folder)
    assert (fault.file, fault.row, fault.problem) == ("routes.csv", 4, "is blank on a route over a border")


def test_crossing_inside_a_country_is_a_fault(tmp_path):
    folder = write_folder(tmp_path, routes=changed("routes", "20,track,", "20,track,Some gate"))
    fault = only(borders.crossings_inside, folder)
    assert (fault.row, fault.cell, fault.problem) == (3, "Some gate", "lies inside a country")


def test_shares_above_one_are_a_fault_for_each_place(tmp_path):
    folder = write_folder(tmp_path, groups=changed("groups", "Alpha; Beta,0.1", "Alpha,0.11"))
    fault = only(people.shares_of_places, folder)
    assert (fault.file, fault.column) == ("groups.csv", "share")
    assert "home in Alpha have shares that sum to 1.01" in fault.problem


def test_home_named_twice_counts_once(tmp_path):
    folder = write_folder(tmp_path, groups=changed("groups", "Hills,0.9", "Hills; Alpha; Alfa,0.9"))
    assert found(people.shares_of_places, folder) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "column"),
    [
        ("events", "2021-02-02,2021-02-04", "2021-01-02,2021-01-31", "start"),
        ("events", "2021-02-02,2021-02-04", "2021-04-01,2021-04-04", "start"),
        ("acts", "2021-03-01,2021-03-10", "2020-03-01,2020-03-10", "from"),
        ("acts", "2021-03-01,2021-03-10", "2021-04-01,", "from"),
        ("reports", "2021-02-11,,2021-02-10", "2021-02-11,,2020", "as_of"),
    ],
)
def test_row_outside_the_period_is_a_warning(tmp_path, table, old, new, column):
    folder = write_folder(tmp_path, **{table: changed(table, old, new)})
    fault = only(times.not_used, folder)
    assert (fault.file, fault.row, fault.column, fault.level) == (f"{table}.csv", 2, column, "warning")
    assert fault.remedy == "the row is not used"
    load(folder)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("events", "2021-02-02,2021-02-04", "2021-01-02,2021-02-01"),
        ("events", "2021-02-02,2021-02-04", "2021-03-31,2021-12-31"),
        ("acts", "2021-03-01,2021-03-10", "2019-03-01,"),
        ("reports", "2021-02-11,,2021-02-10", "2022-02-11,,2021"),
        ("reports", "2021-02-11,,2021-02-10", "2025-02-11,,2021-02-10"),
    ],
)
def test_row_that_touches_the_period_is_used(tmp_path, table, old, new):
    assert found(times.not_used, write_folder(tmp_path, **{table: changed(table, old, new)})) == []


def test_all_checks_report_at_once_and_warnings_alone_stop_nothing(tmp_path):
    folder = write_folder(
        tmp_path,
        places=PLACES + "Beta,,Homeland,Hills,Beta Township,22.1,93.2,town,,,,no,\n",
        routes=changed("routes", "River bridge", ""),
        groups=changed("groups", "Hills,0.9", "Hils,0.9"),
        events=changed("events", "2021-02-04", "2021-02-01"),
        reports=changed("reports", "2021-02-20,North", "2021-02-20,Nord"),
    )
    with pytest.raises(InputError) as caught:
        load(folder)
    problems = {fault.problem for fault in caught.value.faults}
    assert {"stands twice", "is blank on a route over a border", "lies before start"} <= problems
    assert all(fault.level == "fault" for fault in caught.value.faults)
    assert {fault.level for fault in examine(folder)[1]} == {"fault", "warning"}


@pytest.mark.parametrize(
    ("effect", "enforcement", "amount", "column"),
    [
        ("quota", "", "", "amount"),
        ("quota", "0.5", "", "amount"),
        ("push_back", "", "20", "enforcement"),
        ("expel", "", "", "enforcement"),
        ("fence", "", "", "enforcement"),
        ("quota", "", "20", None),
        ("fence", "0", "", None),
        ("statement", "", "", None),
        ("relief", "", "", None),
    ],
)
def test_act_without_what_it_changes_something_by_is_a_warning(tmp_path, effect, enforcement, amount, column):
    days = "2021-03-01,2021-03-10,2021-03-01"
    act = f"A2,{days},Ministry,federal,{effect},River bridge,,,{enforcement},{amount},,,paper,no,"
    faults = found(figures.acts_without_a_measure, write_folder(tmp_path, acts=added("acts", act)))
    assert [(fault.row, fault.column, fault.level) for fault in faults] == ([(3, column, "warning")] if column else [])


def test_reports_of_an_office_outside_the_period_are_told_once_each_side(tmp_path):
    days = ("2019-12-31", "2020-12-31", "2023-12-31")
    rows = [f"P{day},2025-02-11,,{day},North,,all,present,9,exact,,,,,,paper,," for day in days]
    faults = found(times.not_used, write_folder(tmp_path, reports=added("reports", *rows)))
    assert [(fault.row, fault.cell) for fault in faults] == [(8, "2019-12-31"), (10, "2023-12-31")]
    assert "as 1 more report of paper before it, 2019-12-31 to 2020-12-31" in faults[0].problem
    assert "more report" not in faults[1].problem


@pytest.mark.parametrize(("reason", "told"), [("elsewhere", []), ("", ["as_of", "origin", "place"])])
def test_a_report_that_says_why_it_is_not_scored_is_not_warned_of(tmp_path, reason, told):
    row = f"R9,2021-03-12,,2019-03-10,Omega,Omicron,all,present,9,exact,,,,{reason},other,,,"
    faults = checks.check(load(write_folder(tmp_path, reports=added("reports", row))))
    assert sorted(fault.column for fault in faults if fault.row == 8) == told
