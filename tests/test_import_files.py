"""Files that are imported: what becomes of each row and column, and that a fault leaves the folder as it was."""

import csv
from pathlib import Path

import pytest

import exports_toy as toy
from imported import DAY, brought, row, rows, snapshot
from tiau.building.importing import prepare
from tiau.faults import InputError
from tiau.loading import examine


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


def test_two_files_of_one_name_are_told_apart(tmp_path):
    paths = toy.base(tmp_path)
    for folder, number in (("a", 7), ("b", 8)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "jan.csv").write_text(toy.events(toy.event(number, "2023-05-01")), encoding="utf-8")
    brought(tmp_path, [*paths, tmp_path / "a" / "jan.csv", tmp_path / "b" / "jan.csv"])
    told = {(line["file"], line["id"]) for line in rows(tmp_path, "import") if line["id"] in ("SUD7", "SUD8")}
    assert told == {("a/jan.csv", "SUD7"), ("b/jan.csv", "SUD8")}


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
