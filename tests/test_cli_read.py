"""`tiau read` as somebody meets it: files, the standard input, what cannot be read, what would be lost."""

import csv
import io
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from folders import write_folder
from tiau.readers.articles.proposal_table import read_proposals

FIRST = (
    "Published: 20 March 2021\n\n"
    "More than 300 people fled from Alpha to Delta on Friday, said the mayor of Delta.\n\n"
    "They said that soldiers had shelled the village.\n"
)
SECOND = "Some 1,200 families have arrived in Epsilon since 3 March, the ministry said on Monday.\n"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PAGE = f"<!doctype html><html><body><article><h1>Over the river</h1><p>{SECOND * 2}</p></article></body></html>"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "first.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "third.pdf").write_bytes(PDF)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def piped(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode()), isatty=lambda: False))


def test_a_text_gives_rows_a_summary_and_what_comes_next(here, files):
    done = here("read", "first.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 text: 1 figure" in done.stdout
    assert "in proposals.csv" in done.stdout
    assert "then tiau accept proposals.csv --into FOLDER" in " ".join(done.stdout.split())
    (row,) = [row for row in rows(files / "proposals.csv") if row["table"] == "reports"]
    assert {
        "value": "300",
        "bound": "at_least",
        "as_of": "2021-03-19",
        "place": "Delta",
        "accept": "",
    }.items() <= row.items()
    assert FIRST[int(row["start"]) : int(row["end"])] == row["quote"]


def test_quiet_prints_counts_and_no_text(here, files):
    loud, quiet = here("read", "first.txt", "--out", "a.csv"), here("read", "first.txt", "--out", "b.csv", "--quiet")
    assert "[2: More than 300 people]" in loud.stdout
    assert "300 people" not in quiet.stdout
    assert "1 figure" in quiet.stdout
    assert rows(files / "a.csv") == rows(files / "b.csv")


def test_a_scenario_makes_places_known(here, files):
    write_folder(files / "small")
    (files / "slip.txt").write_text(FIRST.replace("Delta", "Epsilno"), encoding="utf-8")
    done = here("read", "slip.txt", "--scenario", "small")
    assert done.returncode == 0
    assert rows(files / "proposals.csv")[0]["place"] == "Epsilon"
    assert '"Epsilno" is read as Epsilon' in " ".join(done.stdout.split())


def test_a_scenario_that_is_none_is_told_before_anything_is_written(here, files):
    done = here("read", "first.txt", "--scenario", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert not (files / "proposals.csv").exists()


def test_a_day_of_one_file_holds_for_it_alone(here, files):
    here("read", "first.txt", "second.txt", "--published", "second.txt=2022-03-08", "--quiet")
    days = {row["file"]: row["published"] for row in rows(files / "proposals.csv")}
    assert days == {"first.txt": "2021-03-20", "second.txt": "2022-03-08"}


def test_a_day_of_all_files_gives_way_to_that_of_one(here, files):
    here(
        "read", "first.txt", "second.txt", "--published", "first.txt=2020-03-20", "--published", "2022-03-08", "--quiet"
    )
    days = {row["file"]: row["published"] for row in rows(files / "proposals.csv")}
    assert days == {"first.txt": "2020-03-20", "second.txt": "2022-03-08"}


def test_a_publisher_is_of_all_files_or_of_one(here, files):
    here(
        "read", "first.txt", "second.txt", "--publisher", "Daily Post", "--publisher", "second.txt=The Star", "--quiet"
    )
    publishers = {row["file"]: row["publisher"] for row in rows(files / "proposals.csv")}
    assert publishers == {"first.txt": "Daily Post", "second.txt": "The Star"}


@pytest.mark.parametrize("answer", ["yesterday", "first.txt=", "first.txt=2021-02-30", "fourth.txt=2021-03-20"])
def test_what_is_no_day_is_told_and_nothing_is_written(here, files, answer):
    done = here("read", "first.txt", "--published", answer)
    assert done.returncode == 2
    assert "--published" in done.stderr
    assert "YYYY-MM-DD" in done.stderr
    assert answer in done.stderr
    assert not (files / "proposals.csv").exists()


def test_without_a_day_that_is_said(here, files):
    done = here("read", "second.txt", "--quiet")
    assert done.returncode == 0
    assert "without a day of publication is second.txt, so days are missing" in " ".join(done.stdout.split())


def test_a_hyphen_is_the_standard_input(here, files, monkeypatch):
    piped(monkeypatch, SECOND)
    done = here("read", "-", "--published", "2021-03-08", "--quiet")
    assert done.returncode == 0, done.stderr
    (row,) = read_proposals(files / "proposals.csv")
    assert (row["file"], row["value"], row["unit"]) == ("-", "1200", "households")


@pytest.mark.parametrize(("text", "said"), [("", "is empty"), ("123\n", "has no words")])
def test_a_standard_input_without_a_text_is_told(here, files, monkeypatch, text, said):
    piped(monkeypatch, text)
    done = here("read", "-")
    assert done.returncode == 2
    assert said in done.stderr
    assert not (files / "proposals.csv").exists()


def test_the_standard_input_twice_is_refused(here, files):
    done = here("read", "-", "-")
    assert done.returncode == 2
    assert "there is one standard input" in done.stderr


@pytest.mark.parametrize("wrong", ["--pubished", "-x"])
def test_an_option_that_is_none_is_no_file(here, files, wrong):
    done = here("read", "first.txt", wrong)
    assert done.returncode == 2
    assert wrong in done.stderr
    assert not (files / "proposals.csv").exists()


def test_of_three_texts_one_that_cannot_be_read_leaves_the_others(here, files):
    done = here("read", "first.txt", "third.pdf", "second.txt", "--quiet")
    assert done.returncode == 2
    assert "third.pdf: is a PDF" in done.stderr
    assert "2 of 3 texts were read" in done.stderr
    assert {row["file"] for row in rows(files / "proposals.csv")} == {"first.txt", "second.txt"}
    assert "2 texts:" in done.stdout


def test_where_no_text_can_be_read_every_one_is_told(here, files):
    done = here("read", "third.pdf", "missing.txt")
    assert done.returncode == 2
    assert "third.pdf: is a PDF" in done.stderr
    assert "missing.txt: does not exist" in done.stderr
    assert not (files / "proposals.csv").exists()


def test_two_files_of_one_name_are_told_apart(here, files):
    for folder in ("one", "two"):
        (files / folder).mkdir()
        (files / folder / "story.txt").write_text(SECOND, encoding="utf-8")
    here("read", "one/story.txt", "two/story.txt", "--quiet")
    names = [row["file"] for row in rows(files / "proposals.csv")]
    assert len(set(names)) == 2


def test_texts_of_pages_are_written_so_that_places_in_them_can_be_found(here, files):
    done = here("read", "page.html", "--texts", "read/texts", "--published", "2021-03-08", "--quiet")
    assert done.returncode == 0, done.stderr
    text = (files / "read" / "texts" / "page.html.txt").read_text(encoding="utf-8")
    for row in rows(files / "proposals.csv"):
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]


def test_a_folder_for_texts_that_is_a_file_is_told(here, files):
    done = here("read", "first.txt", "--texts", "second.txt", "--quiet")
    assert done.returncode == 2
    assert "--texts" in done.stderr
    assert (files / "second.txt").read_text(encoding="utf-8") == SECOND


def test_texts_are_never_written_over_what_was_read(here, files):
    latin = "Más de 300 personas huyeron de Alpha hacia Delta el viernes, dijo el alcalde de la ciudad.\r\n".encode(
        "cp1252"
    )
    (files / "first.txt").write_bytes(latin)
    done = here("read", "first.txt", "--texts", ".", "--quiet")
    assert done.returncode == 2
    assert "--texts" in done.stderr
    assert (files / "first.txt").read_bytes() == latin
    assert not (files / "proposals.csv").exists()


def test_rows_that_somebody_marked_are_not_written_over(here, files):
    here("read", "first.txt", "--quiet")
    path = files / "proposals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\n,reports", "\nyes,reports"), encoding="utf-8")
    before = path.read_bytes()
    done = here("read", "second.txt")
    assert done.returncode == 2
    assert "holds 1 row that you marked" in done.stderr
    assert "tiau accept proposals.csv --into FOLDER" in " ".join(done.stderr.split())
    assert path.read_bytes() == before


def test_rows_that_nobody_marked_are_written_anew(here, files):
    here("read", "first.txt", "--quiet")
    assert here("read", "second.txt", "--quiet").returncode == 0
    assert {row["file"] for row in rows(files / "proposals.csv")} == {"second.txt"}


@pytest.mark.parametrize("name", ["first.txt", "second.txt"])
def test_another_file_is_never_written_over(here, files, name):
    before = (files / name).read_bytes()
    done = here("read", "first.txt", "--out", name)
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert "no proposals" in done.stderr
    assert (files / name).read_bytes() == before


def test_a_folder_that_is_missing_is_told_and_nothing_is_left(here, files):
    before = sorted(path.name for path in files.iterdir())
    done = here("read", "first.txt", "--out", "nowhere/rows.csv")
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in files.iterdir()) == before


def test_a_folder_in_place_of_a_table_is_told(here, files):
    (files / "rows").mkdir()
    done = here("read", "first.txt", "--out", "rows")
    assert done.returncode == 2
    assert "--out" in done.stderr
    assert not any(path.name.startswith(".tiau") for path in files.iterdir())


def test_a_text_without_rows_writes_a_table_without_rows(here, files):
    (files / "none.txt").write_text(
        "The weather of the week was fine, and the fair went on as it was.", encoding="utf-8"
    )
    done = here("read", "none.txt", "--published", "2021-03-08")
    assert done.returncode == 0
    assert "nothing proposed" in done.stdout
    assert "next:" not in done.stdout
    assert rows(files / "proposals.csv") == []


@pytest.mark.skipif(os.name == "nt", reason="a pipe of a shell")
def test_a_pipe_gets_no_colours_and_the_table_is_whole(files):
    command = [sys.executable, "-m", "tiau", "read", "-", "--published", "2021-03-08"]
    how = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120, "check": False}
    done = subprocess.run(command, cwd=files, input=SECOND, **how)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert len(rows(files / "proposals.csv")) == 1
