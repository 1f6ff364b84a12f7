import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from folders import SCENARIO, added, changed, write_folder
from tiau.results.folder import is_result
from tiau.version import __version__

HEAVY = {"numba", "uvicorn", "starlette", "pandas", "xarray", "scipy.stats", "matplotlib"}
# Cyclopts suspects a mistake where its arguments come from sys.argv inside a test; here that is the point.
SHORT = ("--until", "2021-03-05", "--members", "2")


def python(*arguments, cwd):
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def tiau(*arguments, cwd):
    """Run the command in a process of its own, as a user does."""
    done = python("-m", "tiau", *map(str, arguments), cwd=cwd)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


def test_help_names_the_commands(tmp_path):
    done = tiau("--help", cwd=tmp_path)
    assert done.returncode == 0
    for command in ("run", "check", "copy"):
        assert command in done.stdout


@pytest.mark.parametrize("command", ["run", "check", "copy"])
def test_help_of_a_command_explains_its_arguments(here, command):
    done = here(command, "--help")
    assert done.returncode == 0
    assert "SCENARIO" in done.stdout


def test_version_is_that_of_the_package(tmp_path):
    done = tiau("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, __version__)


def test_script_of_the_environment_is_the_same_command(tmp_path):
    script = Path(sys.executable).with_name("tiau.exe" if os.name == "nt" else "tiau")
    if not script.exists():
        pytest.skip("tiau is not installed as a script beside this Python")
    done = subprocess.run([script, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, __version__)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["bogus"],
            'tiau: "bogus" is not a command; commands: accept, acts, check, compare, copy, explore, fit,',
        ),
        (["chekc"], 'did you mean "check"?'),
        (["import", "x"], "--into: is missing; tiau import --help"),
        (["run"], "SCENARIO: is missing; tiau run --help says what can be given"),
        (["acts", "mizoram-2021", "--at", "Moreh"], "--on: is missing; tiau acts --help"),
        (["run", "mizoram-2021", "--out"], "--out: has no value; tiau run --help"),
        (["run", "mizoram-2021", "--out", "--members", "3"], "--out: has no value; "),
        (["run", "mizoram-2021", "--membres", "3"], '"--membres" is not an option; did you mean "--members"?'),
        (["run", "mizoram-2021", "-xyz"], '"-xyz" is not an option; tiau run --help says what can be given'),
        (["run", "--", "mizoram-2021", "--seed", "3"], "stands after --, where no option can; write it before"),
        (["run", "mizoram-2021", "--seed", "3", "--seed", "4"], "--seed: is given more than once; give it once"),
        (["run", "my", "scenario"], '"scenario" is one word too many; write a name with blanks in quotation marks'),
        (["run", "mizoram-2021", "--no-chance=maybe"], '--no-chance: "maybe" is no value for it; leave it out'),
        (["flee", "case", "--model", "fle"], '--model: "fle" is no value for it; choose from flee, destinations'),
        (["run", "mizoram-2021", "--members", "many"], "--members"),
        (["run", "mizoram-2021", "--members", "0"], "give a whole number from 1 to 1,000,000"),
        (["run", "mizoram-2021", "--members", "-3"], "give a whole number from 1 to 1,000,000"),
        (["run", "mizoram-2021", "--jobs", "0"], "give a whole number from 1 to 1,000"),
        (["run", "mizoram-2021", "--until", "5.3.2021"], "write it as YYYY-MM-DD"),
        (["run", "mizoram-2021", "--until", "2021-02-30"], "is not a day"),
        (["run", "mizoram-2021", "--until", "2021-01-31"], "give a day from 2021-02-01 to 2022-08-31"),
        (["run", "mizoram-2021", "--until", "2022-09-01"], "give a day from 2021-02-01 to 2022-08-31"),
        (["run", "mizoram-2012"], 'did you mean "mizoram-2021"?'),
        (["check", "qqqq"], "packaged scenarios: mizoram-2021"),
        (["copy", "mizoram-2012", "new"], 'did you mean "mizoram-2021"?'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_ends_with_two_says_why_and_writes_nothing(tmp_path, here, arguments, said):
    done = here(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("  fault: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["bogus"], ["run", "mizoram-2021", "--until", "2021-3-5"], ["run", "qqqq"]],
    ids=lambda value: " ".join(value),
)
def test_wrong_usage_ends_a_process_with_two(tmp_path, arguments):
    assert tiau(*arguments, cwd=tmp_path).returncode == 2


def test_check_of_a_good_folder_counts_its_rows(tmp_path):
    done = tiau("check", write_folder(tmp_path / "good"), cwd=tmp_path)
    assert done.returncode == 0
    assert "0 faults, 1 warnings" in done.stdout
    assert "source_kind: is blank in 6 of 6 reports" in done.stdout
    assert "5 places, 4 routes, 2 groups, 1 events, 1 acts, 6 reports" in done.stdout


def test_check_of_the_packaged_scenario_passes(here):
    done = here("check", "mizoram-2021")
    assert done.returncode == 0
    assert "0 faults" in done.stdout


def test_check_with_warnings_alone_passes_and_shows_them(tmp_path, here):
    text = changed("reports", "2021-02-20,North", "2021-02-20,Nord")
    done = here("check", write_folder(tmp_path / "good", reports=text))
    assert done.returncode == 0
    assert "0 faults, 2 warnings" in done.stdout
    assert 'warning: reports.csv row 3 column place: "Nord"' in done.stdout


@pytest.mark.parametrize("command", ["check", "run"])
def test_bad_folder_ends_with_two_and_every_fault(tmp_path, here, command):
    rows = [f"X{i},2021-02-02,never,Alpha,clash,5,2021-02-05,,paper,no," for i in range(30)]
    folder = write_folder(tmp_path / "bad", events=added("events", *rows), places=changed("places", "camp", "kamp"))
    done = here(command, folder)
    said = done.stdout + done.stderr
    assert done.returncode == 2
    assert 'places.csv row 6 column kind: "kamp"' in said
    assert said.count("events.csv row") == 20
    assert "and 10 more" in said
    assert [path.name for path in tmp_path.iterdir()] == ["bad"]


def test_fault_between_tables_ends_the_check_with_two(tmp_path, here):
    done = here("check", write_folder(tmp_path / "bad", routes=changed("routes", "Beta,Gamma", "Beta,Gamna")))
    assert done.returncode == 2
    assert 'routes.csv row 3 column to: "Gamna" is not a place; did you mean "Gamma"?' in done.stdout
    assert "1 faults, 1 warnings" in done.stdout


def test_check_with_all_shows_every_fault(tmp_path, here):
    rows = [f"X{i},2021-02-02,never,Alpha,clash,5,2021-02-05,,paper,no," for i in range(30)]
    done = here("check", write_folder(tmp_path / "bad", events=added("events", *rows)), "--all")
    assert done.returncode == 2
    assert done.stdout.count("events.csv row") == 30


def test_text_that_looks_like_markup_is_shown_as_it_is(tmp_path, here):
    folder = write_folder(tmp_path / "bad", events=changed("events", "2021-02-04", "[/b]"))
    done = here("check", folder)
    assert done.returncode == 2
    assert '"[/b]" is not a day' in done.stdout


def test_copy_of_the_packaged_scenario_passes_the_check(tmp_path):
    done = tiau("copy", "mizoram-2021", "mine", cwd=tmp_path)
    assert done.returncode == 0
    assert "tiau check mine" in done.stdout
    assert (tmp_path / "mine" / "SOURCES.md").is_file()
    assert tiau("check", "mine", cwd=tmp_path).returncode == 0


def test_copy_into_a_folder_with_something_is_refused(tmp_path, here):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    done = here("copy", "mizoram-2021", "mine")
    assert done.returncode == 2
    assert "is not an empty folder" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_run_prints_the_table_and_writes_a_result(tmp_path):
    done = tiau("run", "mizoram-2021", *SHORT, cwd=tmp_path)
    out = tmp_path / "tiau-out" / "mizoram-2021"
    assert done.returncode == 0
    assert "2021-02-01 to 2021-03-05; 2 members, seed 1" in done.stdout
    assert "R001" in done.stdout
    assert "All reports: 203;" in done.stdout
    assert str(Path("tiau-out") / "mizoram-2021" / "report.html") in done.stdout
    assert is_result(out)
    provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["command"] == "tiau run mizoram-2021 --until 2021-03-05 --members 2"
    assert provenance["scenario"]["end"] == "2021-03-05"


def test_run_into_a_folder_with_something_else_is_refused_before_it_starts(tmp_path, here):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    done = here("run", "mizoram-2021", *SHORT, "--out", "mine")
    assert done.returncode == 2
    assert "holds something that is not a result of Tiau" in done.stderr
    assert done.stdout == ""
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "letter.txt"]


def test_run_without_chance_into_a_folder_of_choice(tmp_path, here):
    folder = write_folder(tmp_path / "small")
    done = here("run", folder, "--no-chance", "--until", "2021-02-12", "--out", "out")
    assert done.returncode == 0
    assert "expectations (no chance)" in done.stdout
    assert is_result(tmp_path / "out")


def test_import_loads_nothing_heavy(tmp_path):
    done = python("-c", "import tiau, sys; print(*sys.modules)", cwd=tmp_path)
    assert done.returncode == 0
    assert "tiau" in done.stdout.split()
    assert not HEAVY & set(done.stdout.split())


def test_help_loads_nothing_heavy(tmp_path):
    done = python("-X", "importtime", "-m", "tiau", "--help", cwd=tmp_path)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert done.returncode == 0
    assert "cyclopts" in loaded
    assert not HEAVY & loaded


def test_public_names_are_there_and_no_others(tmp_path):
    code = "import tiau; print(*[getattr(tiau, name) and name for name in tiau.__all__]); tiau.nothing"
    done = python("-c", code, cwd=tmp_path)
    assert done.stdout.split() == [
        "InputError",
        "Result",
        "Scenario",
        "__version__",
        "compare",
        "fit",
        "flee",
        "forecast",
        "hindcast",
        "load",
        "open_result",
        "read",
        "simulate",
    ]
    assert "module 'tiau' has no attribute 'nothing'" in done.stderr


def test_run_prints_names_that_the_terminal_has_no_letters_for(here, tmp_path, monkeypatch):
    title = SCENARIO.replace("Two countries", "Sa\u00efha and \u092e\u093f\u091c\u094b")
    folder = write_folder(tmp_path / "scenario", scenario=title)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    done = here("run", folder, "--members", "1", "--out", tmp_path / "out")
    sys.stdout.flush()
    printed = sys.stdout.buffer.getvalue().decode("ascii")
    assert (done.returncode, "Sa?ha" in printed) == (0, True)
