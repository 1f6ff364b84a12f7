"""tiau accept: what it says, dry runs, wrong use, and folders that cannot be written."""

import os

import pytest

from accepted import ACT, EVENT, FIGURE, sheet
from folder_tables import snapshot, table
from folders import write_folder


def test_the_command_says_what_became_of_each_row_and_what_comes_next(here, tmp_path):
    mine = write_folder(tmp_path / "mine")
    sheet(tmp_path / "p.csv", FIGURE, ACT, EVENT | {"accept": ""})
    done = here("accept", "p.csv", "--into", "mine")
    assert done.returncode == 0, done.stderr
    assert "1 act added, 1 report added, 1 row left out" in done.stdout
    assert "N1  at least 300 present, Epsilon, 2021-03-11: added" in done.stdout
    assert "N2  Home Department: statement, River bridge; Delta, 2021-03-11: added" in done.stdout
    assert "next: tiau check mine" in done.stdout
    assert len(table(mine, "reports")) == 7


def test_a_dry_run_writes_nothing(here, tmp_path):
    before = snapshot(write_folder(tmp_path / "mine"))
    sheet(tmp_path / "p.csv", FIGURE | {"accept": ""}, ACT | {"accept": "no"})
    done = here("accept", "p.csv", "--into", "mine", "--all", "--dry-run")
    assert "1 report added, 1 row left out (1 row says no)" in done.stdout
    assert "nothing was written: --dry-run" in done.stdout
    assert snapshot(tmp_path / "mine") == before


def test_faults_end_the_command_with_2_and_leave_the_folder(here, tmp_path):
    before = snapshot(write_folder(tmp_path / "mine"))
    sheet(tmp_path / "p.csv", FIGURE, FIGURE | {"report": "N9", "place": "Nowhere"})
    done = here("accept", "p.csv", "--into", "mine")
    assert done.returncode == 2
    assert 'p.csv row 3 column place: "Nowhere"' in done.stderr
    assert snapshot(tmp_path / "mine") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.csv", "--into", "mine"), "none.csv: does not exist"),
        (("p.csv", "--into", "nowhere"), '--into: "nowhere" is not a scenario folder'),
        (("p.csv", "--into", "mizoram-2021"), "tiau copy mizoram-2021"),
        (("mine", "--into", "mine"), "is a folder"),
        (("p.csv",), "--into: is missing"),
        (("p.csv", "--into", "mine"), "write yes into the column accept"),
    ],
)
def test_wrong_use_is_told_in_a_sentence(here, tmp_path, arguments, said):
    write_folder(tmp_path / "mine")
    sheet(tmp_path / "p.csv", FIGURE | {"accept": ""})
    done = here("accept", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="who may write everything sees no such error")
def test_a_folder_that_cannot_be_written_is_told_and_left(here, tmp_path):
    mine = write_folder(tmp_path / "mine")
    sheet(tmp_path / "p.csv", FIGURE)
    mine.chmod(0o500)
    done = here("accept", "p.csv", "--into", "mine")
    mine.chmod(0o700)
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)


def test_a_table_that_another_program_holds_leaves_everything(here, tmp_path, monkeypatch):
    mine = write_folder(tmp_path / "mine")
    sheet(tmp_path / "p.csv", FIGURE, EVENT)
    before = snapshot(mine)
    kind = type(mine)
    moved = kind.replace

    def held(self, target):
        if kind(target).name == "reports.csv" and ".tiau-partial-" in str(self):
            raise PermissionError(13, "Permission denied")
        return moved(self, target)

    monkeypatch.setattr(kind, "replace", held)
    done = here("accept", "p.csv", "--into", "mine")
    assert (done.returncode, "close the file where it is open" in done.stderr) == (2, True)
    monkeypatch.undo()
    assert snapshot(mine) == before


def test_what_is_no_file_is_never_written_over(here, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("Some 300 people fled to the town of Hakha on Monday, and they are there.", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe")
    said = here("read", "a.txt", "--out", "pipe")
    assert said.returncode == 2
    assert "is no file" in said.stderr
    assert not (tmp_path / "pipe").is_file()
