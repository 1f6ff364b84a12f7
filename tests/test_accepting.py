"""Proposals into a scenario: what is taken, how twins and revisions are told, and that faults leave all as it was."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accepted import ACT, EVENT, FIGURE, became, faults, sheet, taken
from folder_tables import row, snapshot, table
from folders import write_folder
from tiau.building.accepting import prepare
from tiau.building.proposed import shortened
from tiau.faults import InputError
from tiau.loading import examine
from tiau.readers.articles.proposals import COLUMNS
from tiau.scenario import library

# What rows become.


def test_a_figure_becomes_a_report_with_its_quote_in_the_note(mine):
    assert became(taken(mine, FIGURE)) == {2: "added"}
    found = row(mine, "reports", "N1")
    quote = '"More than 300 people are sheltering in Epsilon."'
    assert found == {name: FIGURE.get(name, "") for name in found} | {"note": quote, "unit": "persons"}
    assert not [fault for fault in examine(mine)[1] if fault.level == "fault"]


def test_an_act_has_its_places_its_source_and_no_group_where_it_is_for_all(mine):
    taken(mine, ACT)
    found = row(mine, "acts", "N2")
    assert (found["from"], found["until"], found["places"]) == ("2021-03-11", "", "River bridge; Delta")
    assert (found["groups"], found["effect"], found["level"]) == ("", "statement", "state")
    assert found["source"] == "Daily Post, 2021-03-12, https://example.org/a"
    assert found["estimated"] == ""


def test_of_an_act_whose_day_lies_in_a_period_the_first_day_is_taken_and_called_estimated(mine):
    taken(mine, ACT | {"as_of": "2021-03-01/2021-03-11"})
    found = row(mine, "acts", "N2")
    assert (found["from"], found["until"], found["estimated"]) == ("2021-03-01", "", "yes")


def test_an_event_leaves_its_severity_to_the_rule(mine):
    taken(mine, EVENT | {"as_of": "2021-03-09/2021-03-10"})
    found = row(mine, "events", "N3")
    assert (found["start"], found["end"], found["severity"], found["kind"]) == ("2021-03-09", "2021-03-10", "", "clash")
    assert (found["source"], found["fatalities"]) == ("Daily Post, 2021-03-12, https://example.org/a", "4")


def test_what_a_person_adds_as_a_column_of_the_table_is_taken_too(mine):
    columns = (*COLUMNS, "severity", "my remark")
    rows = [ACT | {"effect": "close", "until": "2021-03-20", "enforcement": "0.5", "my remark": "see sheet 2"}]
    prepare(sheet(mine.parent / "p.csv", *rows, columns=columns), mine).write()
    assert (row(mine, "acts", "N2")["until"], row(mine, "acts", "N2")["enforcement"]) == ("2021-03-20", "0.5")


def test_import_csv_tells_of_each_row_what_became_of_it(mine):
    taken(mine, FIGURE, ACT | {"accept": ""}, EVENT | {"accept": "no"})
    columns = ("file", "row", "what", "table", "id", "why")
    assert [tuple(line[column] for column in columns) for line in table(mine, "import")] == [
        ("proposals.csv", "2", "added", "reports.csv", "N1", ""),
        ("proposals.csv", "3", "left out", "", "", "not marked"),
        ("proposals.csv", "4", "left out", "", "", "marked no"),
    ]


# What is taken.


@pytest.mark.parametrize("word", ["yes", "Y", " x ", "Oui", "s\u00ed", "SI", "TRUE", "1", "VRAI"])
def test_a_row_is_taken_where_the_cell_says_yes(mine, word):
    assert became(taken(mine, FIGURE | {"accept": word}, ACT | {"accept": ""})) == {2: "added", 3: "left out"}


def test_all_takes_rows_that_are_not_marked_and_leaves_those_that_say_no(mine):
    plan = taken(mine, FIGURE | {"accept": ""}, ACT | {"accept": "No"}, EVENT, everything=True)
    assert became(plan) == {2: "added", 3: "left out", 4: "added"}
    assert plan.refused == 1


def test_another_word_is_a_fault_at_its_cell(mine):
    assert faults(mine, FIGURE, ACT | {"accept": "maybe"}) == [("proposals.csv", 3, "accept")]


def test_no_row_marked_is_told_with_how_to_mark(mine):
    with pytest.raises(InputError, match="no row that is marked, of 1 row; write yes into the column accept"):
        taken(mine, FIGURE | {"accept": ""})


# Faults.


def test_all_faults_of_all_rows_are_told_together_at_their_cells(mine):
    found = faults(
        mine,
        FIGURE | {"value": "many", "place": "Nowhere"},
        FIGURE | {"report": "N4", "group": "fishermen", "bound": "perhaps"},
        ACT | {"as_of": "yesterday", "level": ""},
        EVENT | {"place": "", "kind": "clash"},
        FIGURE | {"report": "N6", "same_as": "R99", "value": "-5"},
        ACT | {"report": "N7", "effect": "exempt", "softens": "A9"},
        FIGURE | {"report": "N8", "value": "9", "as_of": "2021-03-13", "origin": "Nix"},
        {**EVENT, "report": "N9", "as_of": "2021-03-10/2021-03-08"},
        FIGURE | {"report": "N10", "table": "report"},
    )
    expected = {
        (2, "value"), (2, "place"), (3, "group"), (3, "bound"), (4, "as_of"), (4, "level"), (5, "place"),
        (6, "same_as"), (6, "value"), (7, "softens"), (10, "table"), (8, "as_of"), (8, "origin"),
    }  # fmt: skip
    assert expected <= {(number, column) for file, number, column in found if file == "proposals.csv"}
    assert {number for _, number, _ in found} >= {9}


def test_the_same_id_twice_is_a_fault(mine):
    assert faults(mine, FIGURE, FIGURE | {"value": "301"}) == [("proposals.csv", 3, "report")]


def test_an_id_that_another_text_has_taken_is_a_fault(mine):
    taken(mine, FIGURE)
    other = {"publisher": "Evening Star", "url": "https://example.org/b", "quote": "40 people came.", "value": "40"}
    assert faults(mine, FIGURE | other) == [("proposals.csv", 2, "report")]


def test_a_scenario_with_faults_of_its_own_is_refused(tmp_path):
    mine = write_folder(tmp_path / "mine", events="event,start\nE9,never\n")
    assert {file for file, _, _ in faults(mine, FIGURE)} == {"events.csv"}


def test_a_packaged_scenario_is_refused_by_name_and_by_folder(tmp_path):
    file = sheet(tmp_path / "p.csv", FIGURE)
    for folder in (tmp_path.joinpath("mizoram-2021").relative_to(tmp_path), library.folder("mizoram-2021")):
        with pytest.raises(InputError, match="copy it first: tiau copy mizoram-2021"):
            prepare(file, folder)


# Twins.


def test_the_same_file_again_changes_no_table(mine):
    rows = FIGURE, ACT, EVENT
    taken(mine, *rows)
    before = snapshot(mine)
    assert set(became(taken(mine, *rows)).values()) == {"unchanged"}
    after = snapshot(mine)
    assert {name for name in after if after[name] != before[name]} == {"import.csv"}


def test_a_row_edited_by_hand_after_it_was_taken_keeps_its_note(mine):
    taken(mine, FIGURE)
    path = mine / "reports.csv"
    path.write_text(path.read_text().replace('"""More than 300 people are sheltering in Epsilon."""', "seen twice"))
    assert became(taken(mine, FIGURE)) == {2: "unchanged"}
    assert row(mine, "reports", "N1")["note"] == "seen twice"


def test_a_figure_that_is_there_of_another_source_is_marked_as_its_copy(mine):
    same = {"as_of": "2021-03-20", "place": "north", "quantity": "registered", "value": "200", "known_on": "2021-03-21"}
    plan = taken(mine, FIGURE | same)
    assert became(plan) == {2: "same count"}
    assert plan.lines[0].outcome.why == "as R4"
    assert row(mine, "reports", "N1")["same_as"] == "R4"


@pytest.mark.parametrize(
    "other", [{"value": "201"}, {"bound": "at_most"}, {"as_of": "2021-03-19"}, {"place": "Delta"}, {"group": "police"},
              {"quantity": "crossed_in_period"}, {"origin": "Alpha"}, {"part": "women"}],
)  # fmt: skip
def test_a_figure_that_differs_in_anything_is_no_copy(mine, other):
    same = {"as_of": "2021-03-20", "place": "North", "quantity": "arrived_cumulative", "value": "200"}
    same |= {"known_on": "2021-03-21"}
    assert became(taken(mine, FIGURE | same)) == {2: "same count"}
    shutil.rmtree(mine)
    write_folder(mine)
    assert became(taken(mine, FIGURE | same | other)) == {2: "added"}
    assert row(mine, "reports", "N1")["same_as"] == ""


def test_of_two_texts_with_one_figure_the_second_is_a_copy_of_the_first(mine):
    second = FIGURE | {"report": "M1", "publisher": "Evening Star", "url": "", "file": "b.txt", "bound": "at_least"}
    assert became(taken(mine, FIGURE, second)) == {2: "added", 3: "same count"}
    assert row(mine, "reports", "M1")["same_as"] == "N1"


def test_what_a_person_says_of_copies_and_revisions_is_kept(mine):
    plan = taken(mine, FIGURE | {"same_as": "R3"}, FIGURE | {"report": "N5", "value": "95", "replaces": "R2"})
    assert became(plan) == {2: "same count", 3: "added"}
    assert row(mine, "reports", "N1")["same_as"] == "R3"
    assert (row(mine, "reports", "N5")["replaces"], row(mine, "reports", "N5")["same_as"]) == ("R2", "")


def test_a_figure_that_was_corrected_meanwhile_becomes_a_version_that_replaces_the_first(mine):
    taken(mine, FIGURE)
    plan = taken(mine, FIGURE | {"value": "350"})
    assert became(plan) == {2: "revised"}
    assert "300 became 350" in plan.lines[0].outcome.why
    assert (row(mine, "reports", "N1")["value"], row(mine, "reports", "N1-r2")["value"]) == ("300", "350")
    assert row(mine, "reports", "N1-r2")["replaces"] == "N1"
    before = snapshot(mine)
    assert became(taken(mine, FIGURE | {"value": "350"})) == {2: "unchanged"}
    assert became(taken(mine, FIGURE)) == {2: "unchanged"}
    assert snapshot(mine)["reports.csv"] == before["reports.csv"]
    taken(mine, FIGURE | {"value": "360"})
    assert row(mine, "reports", "N1-r3")["replaces"] == "N1-r2"


def test_an_act_that_is_there_is_left_out_and_what_softens_it_points_at_the_one_that_is_there(mine):
    close = ACT | {
        "authority": "Ministry", "level": "federal", "effect": "close", "place": "River bridge", "as_of": "2021-03-01",
        "until": "2021-03-10", "enforcement": "0.5",
    }  # fmt: skip
    soft = close | {"report": "N5", "effect": "exempt", "softens": "N2", "until": "", "enforcement": ""}
    soft |= {"admit_share": "0.2"}
    columns = COLUMNS
    plan = prepare(sheet(mine.parent / "p.csv", close, soft, columns=columns), mine)
    plan.write()
    assert became(plan) == {2: "same act", 3: "added"}
    assert plan.lines[0].outcome.id == "A1"
    assert [line["act"] for line in table(mine, "acts")] == ["A1", "N5"]
    assert row(mine, "acts", "N5")["softens"] == "A1"


def test_an_event_that_is_there_is_left_out_with_the_name_of_it(mine):
    again = EVENT | {"place": "Alfa", "as_of": "2021-02-02/2021-02-04", "kind": "armed clashes", "fatalities": "10000"}
    plan = taken(mine, again, EVENT | {"report": "N4"})
    assert became(plan) == {2: "same event", 3: "added"}
    assert plan.lines[0].outcome.id == "E1"
    assert became(taken(mine, again, EVENT | {"report": "N4"})) == {2: "same event", 3: "unchanged"}


def test_an_event_without_violence_is_there_once_too(mine):
    coup = EVENT | {"kind": "coup", "place": "Homeland", "as_of": "2021-02-01", "fatalities": ""}
    other = {"report": "M3", "publisher": "Evening Star", "url": "", "quote": "Since the coup of 1 February"}
    assert became(taken(mine, coup, coup | other)) == {2: "added", 3: "same event"}


def test_contradictions_that_are_new_are_given_and_both_figures_stay(mine):
    few = {"quantity": "arrived_cumulative", "place": "North", "as_of": "2021-03-20", "known_on": "2021-03-21"}
    few |= {"bound": "at_most", "value": "20"}
    plan = taken(mine, FIGURE | few)
    assert {placement.report.report for one in plan.contradictions for placement in one.placements} >= {"N1", "R4"}
    assert {"N1", "R4"} <= {line["report"] for line in table(mine, "reports")}
    assert not taken(mine, FIGURE | {"report": "N7", "as_of": "2021-03-31", "known_on": "2021-03-31"}).contradictions


def test_warnings_of_a_row_are_told_at_its_row_of_the_proposals(mine):
    plan = taken(mine, ACT | {"accept": ""}, FIGURE | {"quantity": "idp_present", "place": "Delta"})
    assert ("proposals.csv", 3) in {(fault.file, fault.row) for fault in plan.warnings}
    assert "1000000" not in " ".join(map(str, plan.warnings))


# Names and notes.


def test_names_of_private_persons_become_name_in_the_note_and_those_of_officials_stay(mine):
    quote = "Chief Minister Zoramthanga met Ma Htwe, 25, in Epsilon, where 300 people are sheltering."
    own = "told by Ko Aung; see page 2"
    plan = taken(mine, FIGURE | {"quote": quote, "note": own})
    expected = 'told by [name]; see page 2 "Chief Minister Zoramthanga met [name], 25, in Epsilon, where 300 people'
    assert row(mine, "reports", "N1")["note"].startswith(expected)
    assert [fault.column for fault in plan.warnings if fault.file == "proposals.csv"].count("note") == 1


def test_a_name_keeps_its_office_from_another_quote_of_the_same_text_only(mine):
    later = FIGURE | {"quote": "Mr. Zoramthanga said 300 people are there.", "start": "90"}
    before = ACT | {"accept": "", "quote": "Chief Minister Zoramthanga wrote a letter.", "start": "5"}
    taken(mine, later, before)
    assert "Zoramthanga" in row(mine, "reports", "N1")["note"]
    shutil.rmtree(mine)
    write_folder(mine)
    taken(mine, later, before | {"file": "b.txt"})
    assert row(mine, "reports", "N1")["note"] == '"[name] said 300 people are there."'


@pytest.mark.parametrize("name", ["Ma Htwe", "Ali Hassan, farmer", "T. Lalrinsanga", "police officer Tha Peng"])
def test_a_private_person_as_the_one_who_said_it_is_a_fault(mine, name):
    assert faults(mine, FIGURE | {"said_by": name}) == [("proposals.csv", 2, "said_by")]


@pytest.mark.parametrize(
    "name", ["member of parliament", "Congressman K. Vanlalvena", "UNHCR", "Young Mizo Association", "Assam Rifles",
             "Ministry of Home Affairs", "Deputy Commissioner, Delta"],
)  # fmt: skip
def test_offices_officials_and_organisations_may_say_something(mine, name):
    taken(mine, FIGURE | {"said_by": name})
    assert row(mine, "reports", "N1")["said_by"] == name


@given(st.text(alphabet=st.sampled_from("ab ,\u00e9"), max_size=400))
def test_a_quote_is_cut_between_words_and_never_longer(text):
    text = " ".join(text.split())
    cut = shortened(text)
    assert len(cut) <= 200
    if cut != text:
        assert cut.endswith("...")
        kept = cut.removesuffix("...")
        assert text.startswith(kept)
        assert " " not in text[:197] or text[len(kept)] in " ,"
