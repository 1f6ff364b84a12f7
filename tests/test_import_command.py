"""tiau import: dry runs, answers by options or in a terminal, and what it says."""

import os

import pytest

import exports_toy as toy
from imported import brought, rows, snapshot
from sample_exports import EXPORTS, samples
from terminals import in_terminal


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


@samples
def test_an_answer_can_be_of_one_file(tmp_path, here):
    toy.write(tmp_path)
    files = [EXPORTS / f"portal-timeseries-{every}.json" for every in ("day", "month")]
    words = ["--place", "Chad", "--origin", "Sudan", "--quantity", "portal-timeseries-day.json=arrived_cumulative",
             "--quantity", "portal-timeseries-month.json=crossed_in_period"]  # fmt: skip
    done = here("import", *files, "--into", "mine", *words)
    assert done.returncode == 0, done.stderr
    found = rows(tmp_path, "reports")
    assert sum(line["quantity"] == "arrived_cumulative" for line in found) == 29
    monthly = [float(line["value"]) for line in found if line["quantity"] == "crossed_in_period"]
    assert (len(monthly), sum(monthly)) == (12, 563_884)


@samples
def test_what_is_not_answered_is_left_out_with_the_question(tmp_path, here):
    toy.write(tmp_path)
    done = here("import", EXPORTS / "portal-timeseries-day.json", EXPORTS / "population.csv", "--into", "mine")
    assert done.returncode == 0, done.stderr
    assert "of which place are the 30 figures" in done.stdout.replace("\n", " ")
    asked = [line for line in rows(tmp_path, "import") if line["what"] == "question"]
    assert {int(line["row"]) for line in asked} == set(range(1, 31))
    assert rows(tmp_path, "reports")


@samples
def test_a_terminal_is_asked_and_its_answers_count(tmp_path):
    toy.write(tmp_path)
    answers = ["Chad", "nonsense", "ARRIVED cumulative"]
    given = []

    def answer(_, terminal, sent):
        if sent.count("leaves these rows out") > len(given) < len(answers):
            given.append(answers[len(given)])
            os.write(terminal, f"{given[-1]}\n".encode())
        return len(given) == len(answers)

    seen = in_terminal("import", EXPORTS / "portal-timeseries-day.json", "--into", "mine", cwd=tmp_path, at=answer)
    assert seen.status == 0, seen.sent
    assert given == answers
    found = rows(tmp_path, "reports")
    assert {(line["place"], line["quantity"]) for line in found} == {("Chad", "arrived_cumulative")}
    assert len(found) == 29


@samples
def test_a_blank_answer_leaves_the_rows_out(tmp_path):
    toy.write(tmp_path)
    asked = []

    def answer(_, terminal, sent):
        if sent.count("leaves these rows out") > len(asked):
            asked.append("")
            os.write(terminal, b"\n")
        return False

    seen = in_terminal("import", EXPORTS / "portal-timeseries-day.json", "--into", "mine", cwd=tmp_path, at=answer)
    assert seen.status == 0, seen.sent
    assert len(asked) == 2
    assert rows(tmp_path, "reports") == []


def test_a_revision_is_called_one_with_both_numbers(tmp_path, here):
    brought(tmp_path, toy.base(tmp_path, figures_csv=toy.people()))
    later = toy.people((2023, "Sudan", "SDN", "Chad", "TCD", 125_000, 300))
    done = here("import", *toy.write(tmp_path, figures_csv=later), "--into", "mine")
    assert "1 report revised" in done.stdout
    assert "120000 became 125000" in done.stdout.replace("\n", " ")
