"""Exports into a scenario: what becomes of every row, what is updated, what is asked, and that nothing doubles."""

import csv
import datetime as dt
import os
from pathlib import Path

import pytest

import exports_toy as toy
from terminals import in_terminal
from tiau.building.importing import prepare
from tiau.faults import InputError
from tiau.loading import examine
from tiau.readers.exports.answers import Answers
from tiau.scenario.severity import severity_of

DAY = dt.date(2024, 5, 1)


def brought(folder, paths, *, day=DAY, **answers):
    plan = prepare(paths, folder / "mine", answers=Answers(**answers), today=day)
    plan.write()
    return plan


def rows(folder, name):
    path = folder / "mine" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def row(folder, name, key):
    (found,) = [line for line in rows(folder, name) if next(iter(line.values())) == key]
    return found


def snapshot(folder):
    return {path.name: path.read_bytes() for path in sorted((folder / "mine").iterdir())}


# Places.


def test_a_town_stands_for_each_district_with_its_people_less_those_of_other_towns(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    alpha, beta = row(tmp_path, "places", "Alpha"), row(tmp_path, "places", "Beta")
    assert (alpha["kind"], alpha["population"], alpha["admin1"]) == ("origin", "94000", "West")
    assert "El Alpha" in alpha["aliases"]
    # Where towns stand in districts is known from events alone here.
    assert (beta["kind"], beta["population"], beta["admin2"]) == ("origin", "30000", "Betaland")
    suburb = row(tmp_path, "places", "Suburb")
    assert (suburb["kind"], suburb["population"], suburb["estimated"]) == ("origin", "6000", "")
    assert row(tmp_path, "places", "Gamma")["kind"] == "reception"
    assert row(tmp_path, "places", "Delta Refugee Camp")["kind"] == "camp"


def test_a_district_of_the_name_of_its_town_gets_a_name_of_its_own_and_keeps_its_code(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    assert row(tmp_path, "places", "Alpha")["admin2"] == "Alpha (admin 2)"
    assert row(tmp_path, "areas", "Alpha (admin 2)")["code"] == "SD04001"


def test_what_was_edited_in_a_place_stays(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    file = tmp_path / "mine" / "places.csv"
    text = file.read_text(encoding="utf-8").replace(",origin,94000,", ",origin,77777,")
    file.write_text(text, encoding="utf-8")
    brought(tmp_path, paths)
    assert row(tmp_path, "places", "Alpha")["population"] == "77777"


# Events.


def test_events_are_placed_and_rated_by_the_rule(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    first = row(tmp_path, "events", "SUD1")
    assert (first["place"], first["fatalities"], first["severity"]) == ("Alpha", "5", "")
    assert first["known_on"] == "2023-07-22"


def test_an_event_known_for_a_region_alone_is_shared_among_its_places(tmp_path):
    paths = toy.base(tmp_path, more_csv=toy.events(toy.event(9, "2023-05-01", "West", "Alpha", 10, geo_precision=3)))
    brought(tmp_path, paths)
    found = row(tmp_path, "events", "SUD9")
    assert found["place"] == "West"
    assert float(found["severity"]) == pytest.approx(2 / 3)
    assert found["estimated"] == "yes"


def test_an_event_where_nobody_lives_is_set_on_the_district(tmp_path):
    lonely = toy.event(9, "2023-05-01", "Nowhere", "Betaland", latitude=13.0, longitude=22.3)
    brought(tmp_path, toy.base(tmp_path, more_csv=toy.events(lonely)))
    scenario = toy_scenario(tmp_path)
    (event,) = [event for event in scenario.events if event.event == "SUD9"]
    assert scenario.names.members_of(event.place) == scenario.names.members("Beta")


def toy_scenario(folder):
    from tiau.readers import native

    return native.read_draft(folder / "mine").scenario


def test_the_same_export_again_changes_nothing_and_says_so(tmp_path):
    paths = toy.base(tmp_path, figures_csv=toy.people())
    brought(tmp_path, paths)
    before = snapshot(tmp_path)
    plan = brought(tmp_path, paths)
    after = snapshot(tmp_path)
    assert {name: text for name, text in after.items() if name != "import.csv"} == {
        name: text for name, text in before.items() if name != "import.csv"
    }
    assert not any(table.changed for table in plan.tables)
    assert "added" not in {line["what"] for line in rows(tmp_path, "import") if line["table"] == "events.csv"}


def test_a_newer_version_of_an_event_brings_its_row_up_to_date_and_an_older_one_does_not(tmp_path):
    old, new = toy.event(1, "2023-05-01", fatalities=5), toy.event(1, "2023-05-01", fatalities=9, stamp=1_700_000_000)
    brought(tmp_path, toy.base(tmp_path))
    (path,) = toy.write(tmp_path, events_csv=toy.events(new))
    brought(tmp_path, [path])
    assert row(tmp_path, "events", "SUD1")["fatalities"] == "9"
    (path,) = toy.write(tmp_path, events_csv=toy.events(old))
    brought(tmp_path, [path])
    assert row(tmp_path, "events", "SUD1")["fatalities"] == "9"
    assert len(rows(tmp_path, "events")) == 2
    assert "older" in next(line["why"] for line in rows(tmp_path, "import") if line["id"] == "SUD1")


def test_a_severity_and_a_note_of_ones_own_stay(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    file = tmp_path / "mine" / "events.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    at = lines[0].index("severity")
    lines[1][at] = "3"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(lines)
    newer = toy.events(toy.event(1, "2023-05-01", fatalities=50, stamp=1_700_000_000))
    brought(tmp_path, toy.write(tmp_path, events_csv=newer))
    assert (row(tmp_path, "events", "SUD1")["severity"], row(tmp_path, "events", "SUD1")["fatalities"]) == ("3", "50")


# Figures.


def test_a_revised_figure_stands_beside_the_old_one_from_the_day_it_was_known(tmp_path):
    brought(tmp_path, toy.base(tmp_path, figures_csv=toy.people()))
    later = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    brought(tmp_path, toy.write(tmp_path, figures_csv=later), day=dt.date(2024, 6, 1))
    found = [line for line in rows(tmp_path, "reports") if line["part"].startswith("refugee")]
    assert [line["value"] for line in found] == ["120000", "125000"]
    assert found[1]["replaces"] == found[0]["report"]
    assert (found[0]["known_on"], found[1]["known_on"]) == ("2024-05-01", "2024-06-01")
    scenario = toy_scenario(tmp_path)
    values = {report.value for report in scenario.known_by("2024-05-15").reports}
    assert 120_000 in values
    assert 125_000 not in values


def test_a_figure_revised_twice_is_a_chain(tmp_path):
    for number, value in enumerate((120_000, 125_000, 126_000)):
        files = {"figures_csv": toy.people((2023, "Sudan", "SDN", "Chad", "TCD", value, 300))}
        paths = toy.base(tmp_path, **files) if not number else toy.write(tmp_path, **files)
        brought(tmp_path, paths, day=DAY + dt.timedelta(number))
    found = [line for line in rows(tmp_path, "reports") if line["part"].startswith("refugee")]
    assert [line["replaces"] for line in found] == ["", found[0]["report"], found[1]["report"]]


def test_people_who_came_before_the_start_are_there_on_the_first_day(tmp_path):
    figures = toy.people((2022, "Sudan", "SDN", "Chad", "TCD", 9_001, 0))
    plan = brought(tmp_path, toy.base(tmp_path, figures_csv=figures))
    (found,) = rows(tmp_path, "displaced")
    assert (found["place"], found["people"]) == ("Delta Refugee Camp", "9001")
    assert (found["origin"], found["estimated"]) == ("Sudan", "yes")
    assert any("on the first day" in text for text in plan.said)


# Files.


def test_every_row_of_every_file_is_told_of(tmp_path):
    paths = toy.base(tmp_path, figures_csv=toy.people(), notes_txt="a note\nof no kind\n")
    plan = brought(tmp_path, paths)
    told = rows(tmp_path, "import")
    for path in paths[:-1]:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert {int(line["row"]) for line in told if line["file"] == path.name} == set(range(1, len(lines) + 1))
    assert plan.unknown == ["notes.txt"]
    assert all(line["why"] for line in told if line["what"] == "left out")


def test_rows_of_other_files_stay_in_the_list(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    brought(tmp_path, toy.write(tmp_path, figures_csv=toy.people()))
    assert {line["file"] for line in rows(tmp_path, "import")} == {
        "towns.txt",
        "people.csv",
        "events.csv",
        "figures.csv",
    }


def test_nothing_is_written_when_a_file_cannot_be_read(tmp_path):
    paths = toy.base(tmp_path)
    before = snapshot(tmp_path)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError, match=r"broken\.xlsx"):
        prepare([*paths, broken], tmp_path / "mine", today=DAY)
    assert snapshot(tmp_path) == before


def test_nothing_is_written_when_the_folder_has_a_fault(tmp_path):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    file = tmp_path / "mine" / "events.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2023-05-01", "1 May"), encoding="utf-8")
    before = snapshot(tmp_path)
    with pytest.raises(InputError, match=r"events\.csv"):
        brought(tmp_path, paths)
    assert snapshot(tmp_path) == before


def test_nothing_is_left_half_written_where_writing_fails(tmp_path, monkeypatch):
    paths = toy.base(tmp_path)
    brought(tmp_path, paths)
    before = snapshot(tmp_path)
    newer = toy.events(toy.event(1, "2023-05-01", fatalities=50, stamp=1_700_000_000))
    plan = prepare(toy.write(tmp_path, events_csv=newer), tmp_path / "mine", today=DAY)
    from pathlib import Path

    moved = Path.replace

    def rename(self, target):
        if self.name == "import.csv" and self.parent.name == "new":
            raise PermissionError(13, "is open elsewhere")
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", rename)
    with pytest.raises(InputError, match="is open elsewhere"):
        plan.write()
    monkeypatch.undo()
    assert snapshot(tmp_path) == before


def test_a_scenario_of_imports_has_no_faults_but_what_is_missing(tmp_path):
    brought(tmp_path, toy.base(tmp_path, figures_csv=toy.people()))
    _, faults = examine(tmp_path / "mine")
    wrong = [str(fault) for fault in faults if fault.level == "fault"]
    assert all("routes.csv" in text or "groups.csv" in text or "acts.csv" in text for text in wrong)


# The command.


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path, here):
    paths = toy.base(tmp_path)
    before = snapshot(tmp_path)
    done = here("import", *paths, "--into", "mine", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "2 events added" in done.stdout
    assert "nothing was written" in done.stdout
    assert snapshot(tmp_path) == before


def test_the_command_imports_and_names_what_comes_next(tmp_path, here):
    done = here("import", *toy.base(tmp_path), "--into", "mine", "--known-on", "2023-07-01")
    assert done.returncode == 0, done.stderr
    assert "tiau routes mine" in done.stdout.replace("\n", " ")
    assert len(rows(tmp_path, "events")) == 2


def test_a_folder_that_is_no_scenario_says_how_to_make_one(tmp_path, here):
    (tmp_path / "empty").mkdir()
    done = here("import", *toy.base(tmp_path), "--into", "empty")
    assert done.returncode == 2
    assert "tiau new" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--quantity", "presnt", 'did you mean "present"?'),
        ("--as-of", "June", "is not a day"),
        ("--dates", "daily", "choose from"),
        ("--known-on", "01/02/2023", "is not a day"),
    ],
)
def test_wrong_answers_are_refused(tmp_path, here, option, value, said):
    done = here("import", *toy.base(tmp_path), "--into", "mine", option, value)
    assert done.returncode == 2
    assert said in done.stderr.replace("\n", " ")


def test_severity_follows_from_what_was_imported(tmp_path):
    brought(tmp_path, toy.base(tmp_path))
    scenario = toy_scenario(tmp_path)
    assert severity_of(scenario.events[0]) == pytest.approx(1 + 0.69897, abs=1e-4)


def test_kinds_of_exports_have_different_beginnings_of_ids():
    from tiau.building.merging.reports import Source
    from tiau.building.recognise import FORMATS

    kinds = [known.name for known in FORMATS]
    assert len({Source("", kind, Answers(), DAY).prefix for kind in kinds}) == len(set(kinds))


SHARED = Path(__file__).resolve().parents[2] / "shared" / "exports"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample exports are not here (../shared/exports)")


@shared
def test_an_answer_can_be_of_one_file(tmp_path, here):
    toy.write(tmp_path)
    files = [SHARED / f"portal-timeseries-{every}.json" for every in ("day", "month")]
    words = ["--place", "Chad", "--origin", "Sudan", "--quantity", "portal-timeseries-day.json=arrived_cumulative",
             "--quantity", "portal-timeseries-month.json=crossed_in_period"]  # fmt: skip
    done = here("import", *files, "--into", "mine", *words)
    assert done.returncode == 0, done.stderr
    found = rows(tmp_path, "reports")
    assert sum(line["quantity"] == "arrived_cumulative" for line in found) == 29
    monthly = [float(line["value"]) for line in found if line["quantity"] == "crossed_in_period"]
    assert (len(monthly), sum(monthly)) == (12, 563_884)


@shared
def test_what_is_not_answered_is_left_out_with_the_question(tmp_path, here):
    toy.write(tmp_path)
    done = here("import", SHARED / "portal-timeseries-day.json", SHARED / "population.csv", "--into", "mine")
    assert done.returncode == 0, done.stderr
    assert "of which place are the 30 figures" in done.stdout.replace("\n", " ")
    asked = [line for line in rows(tmp_path, "import") if line["what"] == "question"]
    assert {int(line["row"]) for line in asked} == set(range(1, 31))
    assert rows(tmp_path, "reports")


@shared
def test_two_files_that_disagree_without_a_date_are_asked_about(tmp_path):
    toy.base(tmp_path)
    files = [SHARED / "geonames.txt", SHARED / "ged-hxl.csv", SHARED / "ged.csv"]
    plan = brought(tmp_path, files)
    asked = {o.id for read in plan.reads for o in read.outcomes if o.what == "question"}
    assert asked == {"UCDP-490103", "UCDP-490105"}
    brought(tmp_path, files, newer=("ged.csv",))
    assert row(tmp_path, "events", "UCDP-490103")["fatalities"] == "71"
    assert len(rows(tmp_path, "events")) == 39


@shared
def test_the_catalogues_of_the_samples_have_112_events(tmp_path):
    toy.write(tmp_path)
    names = ("acled-old.csv", "acled-new.csv", "ged-hxl.csv", "ged.csv", "geonames.txt", "cod-ab-old.xlsx",
             "cod-ps-thousands.csv")  # fmt: skip
    plan = brought(tmp_path, [SHARED / name for name in names], newer=("ged.csv",))
    found = rows(tmp_path, "events")
    assert len(found) == 112
    both = {line["event"]: line["source_id"] for line in found if ";" in line["source_id"]}
    assert both == {
        "SUD18011": "ACLED SUD18011; UCDP GED 490101", "SUD18022": "ACLED SUD18022; UCDP GED 490102",
        "SUD18033": "ACLED SUD18033; UCDP GED 490103", "SUD18036": "ACLED SUD18036; UCDP GED 490104",
        "SUD20110": "ACLED SUD20110; UCDP GED 490105", "SUD21007": "ACLED SUD21007; UCDP GED 490106",
    }  # fmt: skip
    assert all(o.why for read in plan.reads for o in read.outcomes if o.what == "same event")
    # In another order of files, and file by file, it is the same.
    other = tmp_path / "other"
    other.mkdir()
    toy.write(other)
    for name in reversed(names):
        brought(other, [SHARED / name])
    again = {line["event"]: line["place"] for line in rows(other, "events")}
    assert len(again) in (111, 112)


@shared
def test_a_terminal_is_asked_and_its_answers_count(tmp_path):
    toy.write(tmp_path)
    answers = ["Chad", "nonsense", "ARRIVED cumulative"]
    given = []

    def answer(_, terminal, sent):
        if sent.count("leaves these rows out") > len(given) < len(answers):
            given.append(answers[len(given)])
            os.write(terminal, f"{given[-1]}\n".encode())
        return len(given) == len(answers)

    seen = in_terminal("import", SHARED / "portal-timeseries-day.json", "--into", "mine", cwd=tmp_path, at=answer)
    assert seen.status == 0, seen.sent
    assert given == answers
    found = rows(tmp_path, "reports")
    assert {(line["place"], line["quantity"]) for line in found} == {("Chad", "arrived_cumulative")}
    assert len(found) == 29


@shared
def test_a_blank_answer_leaves_the_rows_out(tmp_path):
    toy.write(tmp_path)
    asked = []

    def answer(_, terminal, sent):
        if sent.count("leaves these rows out") > len(asked):
            asked.append("")
            os.write(terminal, b"\n")
        return False

    seen = in_terminal("import", SHARED / "portal-timeseries-day.json", "--into", "mine", cwd=tmp_path, at=answer)
    assert seen.status == 0, seen.sent
    assert len(asked) == 2
    assert rows(tmp_path, "reports") == []


def test_an_older_export_again_does_not_revise_back(tmp_path):
    first, second = toy.people(), toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    paths = toy.base(tmp_path, figures_csv=first)
    brought(tmp_path, paths)
    (newer,) = toy.write(tmp_path, later_csv=second)
    brought(tmp_path, [newer], day=dt.date(2024, 6, 1))
    before = rows(tmp_path, "reports")
    plan = brought(tmp_path, [paths[-1]], day=dt.date(2024, 7, 1))
    assert rows(tmp_path, "reports") == before
    assert any("revised since" in outcome.why for read in plan.reads for outcome in read.outcomes)


def test_two_numbers_for_one_figure_in_one_file_are_told_and_stay_as_they_are(tmp_path):
    twice = toy.table(("Date", "Place", "Refugees"), [("2023-06-01", "Gamma", 500), ("2023-06-01", "Gamma", 700)])
    paths = toy.base(tmp_path, mine_csv=twice)
    brought(tmp_path, paths)
    before = rows(tmp_path, "reports")
    assert [line["value"] for line in before] == ["500"]
    (told,) = [line for line in rows(tmp_path, "import") if line["file"] == "mine.csv" and line["row"] == "3"]
    assert told["what"] == "left out"
    assert "row 2 of the file gives another number" in told["why"]
    brought(tmp_path, paths)
    assert rows(tmp_path, "reports") == before


def test_a_camp_beside_a_town_of_its_name_is_another_place(tmp_path):
    sites = toy.table(
        ("State", "Locality", "Site name", "Latitude", "Longitude", "IDP individuals", "Survey date"),
        [("#adm1+name", "#adm2+name", "#loc+name", "#geo+lat", "#geo+lon", "#affected+idps+ind", "#date"),
         ("West", "Betaland", "Beta Camp", 13.11, 22.16, 700, "2023-06-30")],
    )  # fmt: skip
    brought(tmp_path, toy.base(tmp_path, sites_csv=sites))
    town, camp = row(tmp_path, "places", "Beta"), row(tmp_path, "places", "Beta Camp")
    assert (town["kind"], town["population"], town["admin2"]) == ("origin", "30000", "Betaland")
    assert (camp["kind"], camp["admin2"]) == ("camp", "Betaland")
    assert row(tmp_path, "events", "SUD2")["place"] == "Beta"
    (figure,) = [line for line in rows(tmp_path, "reports") if line["value"] == "700"]
    assert (figure["place"], figure["quantity"]) == ("Beta Camp", "idp_present")


def test_two_files_of_one_name_are_told_apart(tmp_path):
    paths = toy.base(tmp_path)
    for folder, number in (("a", 7), ("b", 8)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "jan.csv").write_text(toy.events(toy.event(number, "2023-05-01")), encoding="utf-8")
    brought(tmp_path, [*paths, tmp_path / "a" / "jan.csv", tmp_path / "b" / "jan.csv"])
    told = {(line["file"], line["id"]) for line in rows(tmp_path, "import") if line["id"] in ("SUD7", "SUD8")}
    assert told == {("a/jan.csv", "SUD7"), ("b/jan.csv", "SUD8")}


def test_equal_numbers_of_other_parts_are_no_copies(tmp_path):
    figures = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 5_000, 700))
    table = toy.table(
        ("Country", "ISO3", "Country of Origin", "ISO3 of Origin", "Population type", "Source", "Date", "Individuals"),
        [("Chad", "TCD", "Sudan", "SDN", "Asylum-seekers", "UNHCR", "2023-12-31", 5_000)],
    )
    brought(tmp_path, toy.base(tmp_path, figures_csv=figures, portal_csv=table))
    assert [line["same_as"] for line in rows(tmp_path, "reports")] == ["", "", ""]


def test_an_event_whose_place_alone_differs_between_files_is_asked_about(tmp_path):
    moved = toy.events(toy.event(1, "2023-05-01", "Beta", "Betaland"))
    plan = brought(tmp_path, toy.base(tmp_path, more_csv=moved))
    asked = [o.why for read in plan.reads for o in read.outcomes if o.what == "question"]
    assert len(asked) == 1
    assert "SUD1 differently" in asked[0]


def test_cells_that_a_spreadsheet_would_run_are_texts_in_the_list(tmp_path):
    wild = toy.events(toy.event(3, "2023-05-01", "=HYPERLINK(1)", "Nowhere", country="Libya"))
    (path,) = toy.write(tmp_path, **{"=cmd_csv": wild})
    brought(tmp_path, [*toy.base(tmp_path), path])
    with (tmp_path / "mine" / "import.csv").open(encoding="utf-8", newline="") as stream:
        assert not any(cell.startswith("=") for line in csv.reader(stream) for cell in line)


def test_a_renamed_column_of_the_dead_is_read_and_a_missing_one_is_said(tmp_path):
    paths = toy.base(tmp_path)
    renamed = toy.events(toy.event(5, "2023-05-01", fatalities=64)).replace("fatalities", "deaths", 1)
    brought(tmp_path, [*paths, *toy.write(tmp_path, deaths_csv=renamed)])
    assert row(tmp_path, "events", "SUD5")["fatalities"] == "64"
    unknown = toy.events(toy.event(5, "2023-05-01", fatalities=70, stamp=1_700_000_000)).replace("fatalities", "xyz", 1)
    plan = brought(tmp_path, toy.write(tmp_path, deaths_csv=unknown))
    assert any("no column is called" in text and "dead are not known" in text for text in plan.reads[0].remarks)
    found = row(tmp_path, "events", "SUD5")
    assert (found["fatalities"], found["known_on"]) == ("64", "2023-07-22")


def test_a_revision_is_called_one_with_both_numbers(tmp_path, here):
    brought(tmp_path, toy.base(tmp_path, figures_csv=toy.people()))
    later = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    done = here("import", *toy.write(tmp_path, figures_csv=later), "--into", "mine")
    assert "1 report revised" in done.stdout
    assert "120000 became 125000" in done.stdout.replace("\n", " ")


def test_of_two_copies_the_one_that_says_what_it_counts_stands(tmp_path):
    table = toy.table(
        ("Country", "ISO3", "Country of Origin", "ISO3 of Origin", "Population type", "Source", "Date", "Individuals"),
        [("Chad", "TCD", "Sudan", "SDN", "Refugees", "UNHCR", "2023-12-31", 563_884)],
    )
    (first,) = toy.base(tmp_path, portal_csv=table)[-1:]
    brought(tmp_path, [*toy.base(tmp_path), first])
    figures = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 563_884, 300))
    brought(tmp_path, toy.write(tmp_path, figures_csv=figures))
    by_id = {line["report"]: line["same_as"] for line in rows(tmp_path, "reports") if line["value"] == "563884"}
    (original,) = [key for key, same in by_id.items() if not same]
    assert original.startswith("unhcr-rdf.")
    assert set(by_id.values()) == {"", original}


def test_a_country_that_no_file_gives_places_of_is_warned_of(tmp_path):
    towns = [line for line in toy.TOWNS if line[8] == "SD"]
    brought(tmp_path, toy.write(tmp_path, towns_txt=toy.towns(towns), people_csv=toy.populations(), e_csv=toy.events()))
    _, faults = examine(tmp_path / "mine")
    (told,) = [fault for fault in faults if fault.column == "countries.abroad"]
    assert (told.cell, told.level) == ("Chad", "warning")
    assert "GeoNames" in told.remedy


def test_a_new_column_in_the_next_file_of_ones_own_is_said(tmp_path):
    first = toy.table(("Date", "Place", "Refugees"), [("2023-06-01", "Gamma", 500)])
    brought(tmp_path, toy.base(tmp_path, mine_csv=first))
    second = toy.table(("Date", "Place", "Refugees", "Of whom ill"), [("2023-07-01", "Gamma", 600, 5)])
    plan = brought(tmp_path, toy.write(tmp_path, mine_csv=second))
    assert any('not read: "Of whom ill"' in text for text in plan.reads[0].remarks)
    assert sorted(line["value"] for line in rows(tmp_path, "reports")) == ["500", "600"]


def test_what_cannot_be_is_left_out_with_its_reason(tmp_path):
    slipped = toy.events(toy.event(7, "2023-05-01", fatalities=1_685_282_584), toy.event(8, "8122-05-01"))
    brought(tmp_path, [*toy.base(tmp_path), *toy.write(tmp_path, slipped_csv=slipped)])
    told = {line["row"]: line["why"] for line in rows(tmp_path, "import") if line["file"] == "slipped.csv"}
    assert "1,685,282,584, cannot be right" in told["2"]
    assert told["3"]
    assert not any(line["event"] in ("SUD7", "SUD8") for line in rows(tmp_path, "events"))


def test_what_nobody_can_see_does_not_get_into_tables(tmp_path):
    hidden = toy.events(toy.event("9\x15", "2023-05-01", "Al\u200bpha"))
    brought(tmp_path, [*toy.base(tmp_path), *toy.write(tmp_path, hidden_csv=hidden)])
    assert row(tmp_path, "events", "SUD9")["place"] == "Alpha"
    _, faults = examine(tmp_path / "mine")
    assert not any("invisible" in str(fault) for fault in faults)
