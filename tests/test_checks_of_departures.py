"""Departures and events, set against who lives where and against the calendar of the scenario."""

import datetime as dt

import pytest

from checking import found, only
from folders import PLACES, SCENARIO, TABLES, added, changed, write_folder
from tiau.scenario.checks import departures, events, people

START = dt.date(2021, 2, 1)
EVERY_DAY = range(59)
ALL = (
    departures.more_departures_than_people,
    departures.departures_twice,
    departures.departures_beside_their_parts,
    departures.missing_days,
    departures.days_before_and_after,
    departures.homes_left_out,
)


def leaving(*rows):
    """A departures.csv of rows (days since the start, group, place, people)."""
    lines = [f"{START + dt.timedelta(day)},{group},{place},{count}" for day, group, place, count in rows]
    return "\n".join(["day,group,place,people", *lines, ""])


def daily(days=EVERY_DAY, group="", place="", count=10):
    return [(day, group, place, count) for day in days]


def test_departures_of_every_day_give_no_warning(tmp_path):
    assert found(ALL, write_folder(tmp_path, departures=leaving(*daily()))) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, "", "", 36_000)], ("24,000 who leave Alpha, where 20,000 live", "6,000 of 36,000")),
        ([(1, "", "Beta", 6000), (9, "all", "beta", 6000)], ("12,000 who leave Beta, where 10,000", "2,000 of 12,000")),
        ([(1, "", "Beta", 10_002)], ("10,002 who leave Beta, where 10,000 live", "2 of 10,002")),
        ([(1, "police", "", 4000)], ("who leave Alpha, where 2,000 live", "1,000 of 4,000")),
        ([(1, "Hill police", "Alpha", 2500)], ("2,500 who leave Alpha, where 2,000", "500 of 2,500")),
        ([(day, "", "Alpha", 400) for day in EVERY_DAY], ("23,600 who leave Alpha", "3,600 of 23,600")),
        ([(1, "", "Alpha", 19_000), (2, "", "Hills", 9_000)], ("25,000 who leave Alpha", "5,000 of 28,000")),
    ],
)
def test_more_departures_than_people_are_a_warning_with_the_number_that_cannot_leave(tmp_path, rows, told):
    fault = only(departures.more_departures_than_people, write_folder(tmp_path, departures=leaving(*rows)))
    assert (fault.file, fault.column, fault.level) == ("departures.csv", "people", "warning")
    assert fault.row is not None
    assert told[0] in fault.problem
    assert f"{told[1]} people given cannot leave" in fault.problem


@pytest.mark.parametrize("rows", [[(1, "", "", 30_000)], [(1, "", "Beta", 10_000)], [(80, "", "", 90_000)]])
def test_everybody_may_leave_and_days_outside_do_not_count(tmp_path, rows):
    assert found(departures.more_departures_than_people, write_folder(tmp_path, departures=leaving(*rows))) == []


@pytest.mark.parametrize(
    ("again", "days", "spans"),
    [
        (daily(range(9, 12)), "3 days", "2021-02-10 to 2021-02-12"),
        (daily([9], count=77), "1 day", "2021-02-10"),
        (daily([9, 12], group="all"), "2 days", "2021-02-10, 2021-02-13"),
        (daily([9], place="Hills"), "1 day", "2021-02-10"),
    ],
)
def test_days_that_stand_twice_are_a_warning_with_the_days(tmp_path, again, days, spans):
    fault = only(departures.departures_twice, write_folder(tmp_path, departures=leaving(*daily(), *again)))
    assert (fault.row, fault.column, fault.cell) == (61, "day", "2021-02-10")
    assert f"{days} given again ({spans})" in fault.problem


def test_places_and_groups_of_one_day_are_no_copies(tmp_path):
    rows = [*daily(place="Alpha"), *daily(place="Beta")]
    assert found(ALL, write_folder(tmp_path / "places", departures=leaving(*rows))) == []
    rows = [*daily(group="police"), *daily(group="civilians")]
    assert found(ALL, write_folder(tmp_path / "groups", departures=leaving(*rows))) == []


@pytest.mark.parametrize("part", [("", "Alpha"), ("police", ""), ("police", "Beta")])
def test_total_beside_its_parts_is_a_warning(tmp_path, part):
    rows = [*daily(), *daily(range(3), *part)]
    fault = only(departures.departures_beside_their_parts, write_folder(tmp_path, departures=leaving(*rows)))
    assert (fault.row, fault.column) == (2, "day")
    assert f"everybody beside {part[0] or part[1]}" in fault.problem
    assert "3 days (2021-02-01 to 2021-02-03)" in fault.problem


def test_total_on_other_days_than_its_parts_is_none(tmp_path):
    rows = [*daily(range(30)), *daily(range(30, 59), place="Alpha")]
    assert found(departures.departures_beside_their_parts, write_folder(tmp_path, departures=leaving(*rows))) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([*range(20), *range(30, 59)], "10 days are missing (2021-02-21 to 2021-03-02)"),
        ([*range(20), *range(21, 59)], "1 day is missing (2021-02-21)"),
        ([*range(9), *range(12, 30), *range(33, 59)], "6 days are missing (2021-02-10 to 2021-02-12, 2021-03-03 to"),
        ([0, 7, 14, 21, 28, 35, 56], "2 rows are missing"),
        ([day for day in range(59) if day % 3 != 1], "19 days are missing (2021-02-02, 2021-02-05"),
        ([day for day in range(59) if day * day % 7 < 3], "days are missing"),
    ],
)
def test_missing_days_are_a_warning_with_the_days(tmp_path, days, told):
    fault = only(departures.missing_days, write_folder(tmp_path, departures=leaving(*daily(days))))
    assert (fault.file, fault.column, fault.level) == ("departures.csv", "day", "warning")
    assert told in fault.problem


def test_missing_days_of_one_place_are_a_warning(tmp_path):
    rows = [*daily(place="Alpha"), *daily([*range(20), *range(30, 59)], place="Beta")]
    fault = only(departures.missing_days, write_folder(tmp_path, departures=leaving(*rows)))
    assert "for Beta" in fault.problem


def test_missing_month_is_a_warning(tmp_path):
    scenario = SCENARIO.replace("2021-03-31", "2022-01-31")
    months = [(dt.date(2021, month, 15) - START).days for month in range(2, 13)]
    full = write_folder(tmp_path / "full", scenario=scenario, departures=leaving(*daily(months)))
    assert found(departures.missing_days, full) == []
    rows = daily([*months[:5], *months[6:]])
    fault = only(departures.missing_days, write_folder(tmp_path, scenario=scenario, departures=leaving(*rows)))
    assert "every month, but 1 row is missing (2021-07-13 to 2021-07-18)" in fault.problem


@pytest.mark.parametrize("days", [range(0, 59, 7), [3, 4, 20, 44], [1], [0, 5, 6, 20, 21, 22, 40, 50, 51, 58]])
def test_weeks_and_days_here_and_there_lack_none(tmp_path, days):
    assert found(departures.missing_days, write_folder(tmp_path, departures=leaving(*daily(days)))) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (range(30), "2021-02-01 to 2021-03-02 alone: nobody leaves on the 29 other days"),
        (range(20, 59), "2021-02-21 to 2021-03-31 alone: nobody leaves on the 20 other days"),
        ([4], "2021-02-05 alone: nobody leaves on the 58 other days"),
        (range(100, 130), "no day of the period: nobody leaves at all"),
    ],
)
def test_departures_of_a_part_of_the_period_are_a_warning(tmp_path, days, told):
    fault = only(departures.days_before_and_after, write_folder(tmp_path, departures=leaving(*daily(days))))
    assert (fault.file, fault.level) == ("departures.csv", "warning")
    assert told in fault.problem


def test_departures_of_nobody_are_a_warning(tmp_path):
    fault = only(departures.days_before_and_after, write_folder(tmp_path, departures=leaving(*daily(count=0))))
    assert fault.problem == "has 0 people in every row: nobody leaves at all"


def test_departures_that_end_a_few_days_early_cover_the_period(tmp_path):
    assert (
        found(departures.days_before_and_after, write_folder(tmp_path, departures=leaving(*daily(range(2, 50))))) == []
    )


def test_departures_that_end_a_month_early_cover_a_long_period(tmp_path):
    folder = write_folder(
        tmp_path, scenario=SCENARIO.replace("2021-03-31", "2021-12-31"), departures=leaving(*daily(range(304)))
    )
    assert found(departures.days_before_and_after, folder) == []


def test_home_with_events_and_no_departures_is_a_warning(tmp_path):
    folder = write_folder(tmp_path / "left", departures=leaving(*daily(place="Beta")))
    fault = only(departures.homes_left_out, folder)
    assert "20,000 people of Alpha, where events happen" in fault.problem
    folder = write_folder(tmp_path / "named", departures=leaving(*daily(place="Alpha")))
    assert found(departures.homes_left_out, folder) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Hills,0.9",
            "Hills,0.2",
            "sums to 0.3 at Alpha: 30.0% of its people are in a group, the other 14,000 of 20,000",
        ),
        (
            "Hills,0.9",
            "Beta,0.9",
            "sums to 0.1 at Alpha: 10.0% of its people are in a group, the other 18,000 of 20,000",
        ),
        ("Hills,0.9", "Hills,0.85", "the other 1,000 of 20,000 can never leave"),
        ("Hills,0.9", "Hills,0", "the other 18,000 of 20,000 can never leave"),
    ],
)
def test_people_in_no_group_are_a_warning_with_the_share_that_is_covered(tmp_path, old, new, told):
    faults = found(people.people_in_no_group, write_folder(tmp_path, groups=changed("groups", old, new)))
    assert {(fault.file, fault.column, fault.level) for fault in faults} == {("groups.csv", "share", "warning")}
    assert len(faults) == (1 if "Beta,0.9" in new else 2)
    assert any(told in fault.problem for fault in faults)


@pytest.mark.parametrize("share", ["0.9", "0.8999", "0.89"])
def test_shares_that_were_rounded_cover_everybody(tmp_path, share):
    folder = write_folder(tmp_path, groups=changed("groups", "Hills,0.9", f"Hills,{share}"))
    assert found(people.people_in_no_group, folder) == []


@pytest.mark.parametrize("place", ["Delta", "Gamma", "Delta; Epsilon", "North", "Farland"])
def test_event_where_nobody_lives_is_a_warning(tmp_path, place):
    row = f"E2,2021-02-06,2021-02-08,{place},clash,4,2021-02-09,,,no,"
    fault = only(events.events_where_nobody_lives, write_folder(tmp_path, events=added("events", row)))
    assert (fault.file, fault.row, fault.column, fault.cell) == ("events.csv", 3, "place", place)
    assert "moves no resident" in fault.problem


@pytest.mark.parametrize(("place", "severity"), [("Alpha; Delta", 4), ("Homeland", 4), ("Alfa", 4), ("Delta", 0)])
def test_event_where_somebody_lives_or_nothing_happens_gives_no_warning(tmp_path, place, severity):
    row = f"E2,2021-02-06,2021-02-08,{place},clash,{severity},2021-02-09,,,no,"
    assert found(events.events_where_nobody_lives, write_folder(tmp_path, events=added("events", row))) == []


def test_event_in_an_area_without_places_is_a_warning(tmp_path):
    row = "E2,2021-02-06,2021-02-08,Far hills,clash,4,2021-02-09,,,no,"
    folder = write_folder(tmp_path, events=added("events", row), areas=added("areas", "Far hills,,,"))
    assert only(events.events_where_nobody_lives, folder).cell == "Far hills"


def test_event_at_an_empty_place_is_a_warning_until_somebody_lives_there(tmp_path):
    places = PLACES.replace("origin,10000", "origin,0")
    row = "E2,2021-02-06,2021-02-08,Beta,clash,4,2021-02-09,,,no,"
    folder = write_folder(tmp_path, places=places, events=added("events", row))
    assert only(events.events_where_nobody_lives, folder).cell == "Beta"
    assert found(events.events_where_nobody_lives, write_folder(tmp_path / "full", events=added("events", row))) == []


@pytest.mark.parametrize(
    ("end", "told"), [("2022-04-05", "425 days"), ("2021-06-30", "146 days"), ("2021-04-06", "61")]
)
def test_period_that_goes_on_after_the_last_event_is_a_warning(tmp_path, end, told):
    folder = write_folder(tmp_path, scenario=SCENARIO.replace("2021-03-31", end))
    fault = only(events.no_events_to_the_end, folder)
    assert (fault.file, fault.column, fault.cell, fault.level) == ("scenario.toml", "end", end, "warning")
    assert told in fault.problem
    assert "no events after 2021-02-04" in fault.problem


def test_quiet_end_like_quiet_times_before_gives_no_warning(tmp_path):
    scenario = SCENARIO.replace("2021-03-31", "2021-12-31")
    rows = ["E2,2021-08-01,2021-08-02,Beta,clash,4,2021-08-09,,,no,"]
    assert (
        found(events.no_events_to_the_end, write_folder(tmp_path, scenario=scenario, events=added("events", *rows)))
        == []
    )
    rows += [f"F{month},2021-0{month}-01,2021-0{month}-02,Beta,clash,4,2021-08-09,,,no," for month in range(3, 8)]
    folder = write_folder(tmp_path / "often", scenario=scenario, events=added("events", *rows))
    assert "after 2021-08-02" in only(events.no_events_to_the_end, folder).problem


def test_event_of_no_severity_outside_the_period_or_where_nobody_lives_is_no_last_event(tmp_path):
    scenario = SCENARIO.replace("2021-03-31", "2021-12-31")
    rows = [
        "E2,2021-11-01,2021-11-02,Alpha,talks,0,2021-11-09,,,no,",
        "E3,2022-02-01,2022-02-02,Alpha,clash,5,2022-02-09,,,no,",
        "E4,2021-11-05,2021-11-06,Epsilon,clash,5,2021-11-09,,,no,",
    ]
    folder = write_folder(tmp_path, scenario=scenario, events=added("events", *rows))
    assert "after 2021-02-04" in only(events.no_events_to_the_end, folder).problem


def test_scenario_without_events_is_a_warning(tmp_path):
    assert found(events.no_events, write_folder(tmp_path / "one")) == []
    folder = write_folder(tmp_path, events=changed("events", "clash,5", "talks,0"))
    assert only(events.no_events, folder).file == "events.csv"
    folder = write_folder(tmp_path / "given", events=TABLES["events"].splitlines()[0], departures=leaving(*daily()))
    assert found(events.no_events, folder) == []


def test_event_known_before_it_began_is_a_warning(tmp_path):
    fault = only(
        events.events_known_before_they_start,
        write_folder(tmp_path, events=changed("events", "5,2021-02-05", "5,2021-02-01")),
    )
    assert (fault.row, fault.column, fault.cell) == (2, "known_on", "2021-02-01")
    assert "2021-02-02" in fault.problem


@pytest.mark.parametrize(("end", "told"), [("2022-02-04", "368 days"), ("2031-02-10", "3,661 days")])
def test_event_that_ends_in_the_wrong_year_is_a_warning(tmp_path, end, told):
    rows = [f"E{n},2021-02-10,2021-02-11,Alpha,clash,5,2021-02-15,,,no," for n in range(2, 5)]
    text = added("events", *rows).replace("2021-02-02,2021-02-04", f"2021-02-02,{end}")
    fault = only(events.events_that_end_in_another_year, write_folder(tmp_path, events=text))
    assert (fault.row, fault.column, fault.cell) == (2, "end", end)
    assert told in fault.problem
    text = text.replace(end, "2021-09-30")
    assert found(events.events_that_end_in_another_year, write_folder(tmp_path / "long", events=text)) == []


def test_new_year_and_long_events_are_no_slips(tmp_path):
    text = changed("events", "2021-02-02,2021-02-04", "2020-12-28,2021-02-03")
    assert found(events.events_that_end_in_another_year, write_folder(tmp_path / "a", events=text)) == []
    text = changed("events", "2021-02-02,2021-02-04", "2020-02-02,2021-03-31")
    assert found(events.events_that_end_in_another_year, write_folder(tmp_path / "b", events=text)) == []
