"""Parts of one count, households, revised figures, kinds of sources, people newly displaced: what counts, and how."""

import datetime as dt

import pytest

import toys
from checking import examined
from folders import REPORTS_HEADER, changed, write_folder
from tiau.loading import examine, load
from tiau.observations.contradictions import disagreements
from tiau.observations.ledger import ledger
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.scenario.severity import known_to_the_rule
from tiau.scenario.source_kinds import kind_of
from tiau.simulation import simulate

MORE = ["source_kind", "part", "unit", "household_size", "replaces"]
COLUMNS = REPORTS_HEADER.strip().split(",") + MORE


def row(report, value="", **cells):
    plain = {
        "report": report, "value": str(value), "known_on": "2021-02-20", "as_of": "2021-02-10", "place": "North",
        "group": "all", "quantity": "present", "bound": "exact", "said_by": "IOM", "source_kind": "agency",
    }  # fmt: skip
    every = {**plain, **cells}
    assert set(every) <= set(COLUMNS)
    return ",".join(every.get(name, "") for name in COLUMNS)


def folder_of(path, *rows, **tables):
    return write_folder(path, reports="\n".join([",".join(COLUMNS), *rows]) + "\n", **tables)


def told(path, *rows):
    return {
        one.report.report: (one.report.value, one.status, one.reason)
        for one in ledger(build(load(folder_of(path, *rows))))
    }


def said(path, *rows, **tables):
    return [str(fault) for fault in examined(folder_of(path, *rows, **tables))]


PARTS = (row("C0", 9000, part="conflict"), row("C1", 600, part="flood"), row("C2", 400, part="not said"))


def test_parts_of_one_count_are_added_up_and_scored_once(tmp_path):
    network = build(load(folder_of(tmp_path, *PARTS)))
    placed = ledger(network)
    assert [one.report.report for one in placed] == ["C0", "C1", "C2", "C0 + C1 + C2"]
    assert [one.status for one in placed] == ["not scored"] * 3 + ["placed"]
    assert placed[1].reason == "part (flood) of the sum C0 + C1 + C2"
    assert (placed[3].report.value, placed[3].report.bound, placed[3].counted) == (10_000, "exact", True)
    assert placed[3].reason == "the sum of C0: conflict; C1: flood; C2: not said"
    found = disagreements(placed, network)
    assert (found.contradictions, found.pictures) == ((), ())


def test_parts_beside_their_whole_are_shown_and_the_whole_counts(tmp_path):
    found = told(tmp_path, row("W", 10_000), *PARTS)
    assert found["W"] == (10_000, "placed", "")
    assert found["C0"] == (9000, "not scored", "part (conflict) of W, which is given as a whole")
    assert len(found) == 4


def test_parts_of_other_places_days_or_offices_are_other_counts(tmp_path):
    others = [
        row("A", 5, part="conflict", place="Delta"), row("B", 5, part="conflict", as_of="2021-02-11"),
        row("C", 5, part="conflict", said_by="UNHCR"),
    ]  # fmt: skip
    assert {status for _, status, _ in told(tmp_path, *others).values()} == {"placed"}


@pytest.mark.parametrize(
    ("others", "value", "bound", "low", "high"),
    [
        ([("200", "about")], 300, "about", None, None),
        ([("200", "at_least")], 300, "at_least", None, None),
        ([("40", "at_most")], None, "range", 100, 140),
        ([("", "exact")], 100, "at_least", None, None),
    ],
)
def test_sum_of_parts_is_as_firm_as_they_are(tmp_path, others, value, bound, low, high):
    rows = [row("A", 100, part="a"), *(row("B", v, part="b", bound=firm) for v, firm in others)]
    total = ledger(build(load(folder_of(tmp_path, *rows))))[-1].report
    assert (total.report, total.value, total.bound, total.low, total.high) == ("A + B", value, bound, low, high)


def test_households_are_people_by_their_size(tmp_path):
    households = {"unit": "households", "household_size": "5"}
    found = told(
        tmp_path, row("A", 30, **households), row("B", 30, unit="households", place="Delta"),
        row("C", bound="range", low="10", high="20", place="Epsilon", **households),
    )  # fmt: skip
    assert found["A"] == (150, "placed", "30 households of 5")
    assert found["B"] == (None, "not scored", "counts households, and their size is not given")
    (both,) = [one for one in ledger(build(load(tmp_path))) if one.report.report == "C"]
    assert (both.report.low, both.report.high, both.status) == (50, 100, "placed")
    (fault,) = [fault for fault in examined(tmp_path) if fault.column == "household_size"]
    assert "is blank for a figure of households" in fault.problem


OLD, NEW = row("OLD", 18_500), row("NEW", 11_200, known_on="2021-03-02", replaces="OLD")


def test_revised_figure_counts_until_its_revision_is_known(tmp_path):
    scenario = load(folder_of(tmp_path, OLD, NEW, row("COPY", 18_500, same_as="OLD", publisher="a paper")))
    network = build(scenario)
    placed = ledger(network)
    assert [(one.status, one.reason) for one in placed] == [
        ("not scored", "replaced by NEW"), ("placed", ""), ("not scored", "carries the figure of OLD, replaced by NEW"),
    ]  # fmt: skip
    assert disagreements(placed, network).contradictions == ()
    before, after = (ledger(build(scenario.known_by(day))) for day in ("2021-03-01", "2021-03-02"))
    assert [(one.report.report, one.status) for one in before] == [("OLD", "placed"), ("COPY", "placed")]
    assert [one.status for one in after] == [one.status for one in placed]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ((row("A", 5, replaces="B"),), 'replaces: "B" is not a report'),
        ((row("A", 5, replaces="A"),), 'replaces: "A" is the report itself'),
        ((row("A", 5, replaces="B"), row("B", 6, replaces="A")), "leads back to this report"),
        ((row("A", 5), row("B", 6, replaces="A", known_on="2021-02-15")), "was known on 2021-02-20, after this report"),
        ((row("A", 5), row("B", 6, replaces="A", same_as="A")), "is revised, and its figure carried on"),
        ((row("A", 5), row("B", 6, replaces="A", place="Delta")), "is of another place, and counts no more"),
        ((row("A", 5), row("B", 6)), "write of what each is in part"),
        ((row("A", 5), row("B", 6, known_on="2021-03-20")), "write A in replaces of the one known later"),
        ((row("A", 5, part="flood"), row("B", 6, part="Flood")), "both are added up"),
        ((row("W", 3), row("A", 6, part="flood")), "is less than its parts together"),
        ((row("W", 50), row("A", 6, part="flood")), "a part may be missing"),
        ((row("A", 5, household_size="5"),), "is not used: the figure is one of persons"),
        ((row("A", 5, quantity="displaced_in_period"),), "for refugees there write crossed_in_period"),
    ],
)
def test_what_is_wrong_with_counts_is_said_once(tmp_path, rows, problem):
    (fault,) = said(tmp_path, *rows)
    assert problem in fault


@pytest.mark.parametrize(
    ("kind", "said_by", "expected"),
    [("media", "UNHCR", "media"), ("register", "CNARR", "register"), ("", "UNHCR", "agency"), ("", "CNARR", "other")],
)
def test_kind_of_source_is_that_of_the_row_and_words_count_only_where_it_is_blank(tmp_path, kind, said_by, expected):
    folder = folder_of(tmp_path, row("A", 5, source_kind=kind, said_by=said_by))
    (placed,) = ledger(build(load(folder)))
    assert kind_of(placed.report) == placed.counting.kind == expected
    faults = [fault for fault in examine(folder)[1] if fault.column == "source_kind"]
    assert len(faults) == (not kind)
    assert all(f"1 {expected}" in fault.problem for fault in faults)


def test_people_newly_displaced_are_those_who_leave_homes_at_the_place(tmp_path):
    places = [toys.origin("O", 60), toys.origin("P", 20), toys.camp("A")]
    routes = [toys.way(name, "A", 100, name.lower()) for name in "OP"]
    groups = [toys.group("one", ("O", "P"))]
    given = [toys.leave(0, 6, place="O"), toys.leave(3, 7, place="O"), toys.leave(4, 5, place="P")]
    asked = {"O": "2021-01-01/2021-01-04", "P": "2021-01-01/2021-01-04", "Home": "2021-01-02/2021-01-10"}
    reports = [
        Report(report=name, known_on=toys.day(12), as_of=days, place=name, group="all", quantity="displaced_in_period",
               value=1, bound="exact", source_kind="register")
        for name, days in asked.items()
    ]  # fmt: skip
    result = simulate(toys.scenario(places, routes, groups, departures=given, reports=reports), members=1, chance=False)
    assert result.truth[:, 0] == pytest.approx([13, 0, 12])


DISPLACED = "place,group,people,origin\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Omega,,5,", '"Omega" is not a place'),
        ("North,,5,", "it is an area: write a row for each place in it"),
        ("Delta,children,5,", '"children" is not a group'),
        ("Delta,,5,Omega", '"Omega" is neither a place nor an area'),
        ("Delta,,5,Farland", "is no home of any group"),
    ],
)
def test_displaced_people_are_of_places_and_groups_that_are_known(tmp_path, text, problem):
    folder = write_folder(tmp_path, displaced=f"{DISPLACED}{text}\n")
    (fault,) = [fault for fault in examined(folder) if fault.file == "displaced.csv"]
    assert problem in str(fault)
    assert fault.level == "fault"


def test_people_on_the_first_day_are_asked_for_unless_they_are_given(tmp_path):
    there = row("A", 4000, as_of="2021-01-31", known_on="2021-02-02", place="Delta")
    assert any("give them in displaced.csv" in fault for fault in said(tmp_path / "a", there))
    given = said(tmp_path / "b", there, displaced=f"{DISPLACED}Delta,,4000,\n")
    assert not any("displaced.csv" in fault for fault in given)


def test_displaced_people_are_among_those_whom_a_figure_can_be_of(tmp_path):
    figure = row("A", 31_000)
    assert any("live in all homes" in fault for fault in said(tmp_path / "a", figure))
    assert said(tmp_path / "b", figure, displaced=f"{DISPLACED}Delta,,4000,\n") == []


@pytest.mark.parametrize(
    ("opens", "closes", "wrong"), [("2021-03-02", "2021-03-01", 1), ("2021-03-01", "2021-03-02", 0)]
)
def test_place_that_closes_before_it_opens_is_a_fault(tmp_path, opens, closes, wrong):
    lines = changed("places", "tents, mostly", "tents").splitlines()
    days = ["opens,closes", *[","] * 4, f"{opens},{closes}"]
    places = "".join(f"{line},{more}\n" for line, more in zip(lines, days, strict=True))
    assert sum("lies before opens" in str(f) for f in examined(write_folder(tmp_path, places=places))) == wrong


def test_code_of_two_places_is_a_warning(tmp_path):
    lines = changed("places", "tents, mostly", "tents").splitlines()
    codes = ["code", "MM01", "mm01", "", "", ""]
    places = "".join(f"{line},{code}\n" for line, code in zip(lines, codes, strict=True))
    (fault,) = examined(write_folder(tmp_path, places=places))
    assert (fault.row, fault.column, fault.level) == (3, "code", "warning")


EVENTS = "event,start,end,place,kind,severity,known_on,fatalities,source_id,source\n"


def test_event_of_a_kind_without_a_rule_says_what_it_counts_as(tmp_path):
    events = f"{EVENTS}E1,2021-03-02,2021-03-02,Alpha,market day,,2021-03-05,10,,\n"
    (fault,) = [f for f in examined(write_folder(tmp_path, events=events)) if f.column == "kind"]
    assert "blank severity is 2, as of any violence (10 dead)" in fault.problem
    assert known_to_the_rule("Battles: Armed clash")
    assert known_to_the_rule("Protests")


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("SUD1", "SUD1", "is the id of E1"),
        ("SUD1", "SUD2", ""),
        ("", "SUD2", "may be E1"),
        ("SUD1", "4711", "may be E1"),
    ],
)
def test_ids_of_catalogues_tell_events_apart_or_together(tmp_path, first, second, problem):
    one = "2021-03-02,2021-03-02,Alpha,Battles,,2021-03-05,4"
    events = f"{EVENTS}E1,{one},{first},ACLED\nE2,{one},{second},ACLED\n"
    found = [str(fault) for fault in examined(write_folder(tmp_path, events=events)) if fault.row == 3]
    assert any(problem in fault for fault in found) if problem else found == []


def test_known_day_of_a_sum_is_that_of_its_last_part(tmp_path):
    rows = [row("A", 1, part="a"), row("B", 2, part="b", known_on="2021-03-05")]
    assert ledger(build(load(folder_of(tmp_path, *rows))))[-1].report.known_on == dt.date(2021, 3, 5)


def test_a_copy_of_one_part_is_no_part_more_and_stands_for_nothing_itself(tmp_path):
    rows = [
        row("A", 100, part="refugees"), row("B", 5, part="asylum-seekers"),
        row("C", 5, part="asylum-seekers", same_as="B"),
    ]  # fmt: skip
    found = told(tmp_path, *rows)
    assert [value for value, status, _ in found.values() if status == "placed"] == [105]
    assert found["C"][1:] == ("not scored", "carries the figure of B, part (asylum-seekers) of the sum A + B")


def test_a_copy_of_a_part_that_is_added_up_is_no_figure_of_its_own(tmp_path):
    copy = row("P", 600, part="flood", said_by="portal", same_as="C1")
    assert told(tmp_path, *PARTS, copy)["P"] == (
        600, "not scored", "carries the figure of C1, part (flood) of the sum C0 + C1 + C2",
    )  # fmt: skip


def test_a_count_is_outdated_whichever_of_its_copies_is_revised(tmp_path):
    rows = [
        row("A", 100, said_by="HAPI"), row("B", 100, same_as="A"),
        row("C", 120, replaces="B", known_on="2021-03-20"),
    ]  # fmt: skip
    found = told(tmp_path, *rows)
    assert found["A"] == (100, "not scored", "carries the figure of B, replaced by C")
    assert found["B"][1:] == ("not scored", "replaced by C")
    assert found["C"][1] == "placed"
