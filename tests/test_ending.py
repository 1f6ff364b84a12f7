"""How commands end: a sentence for every failure, an exit status, and the same warnings from each of them."""

import errno
import os
import shlex
import shutil

import pytest

from flee_folders import write_files
from folders import changed, write_folder
from tiau.cli.ending import ended, sentence
from tiau.faults import Fault, InputError, wrong_argument

FULL = os.strerror(errno.ENOSPC)


def failing(error):
    def command():
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError([Fault("a.csv", "is wrong")]), 2),
        (SystemExit(2), 2),
        (SystemExit(), 0),
        (OSError(errno.ENOSPC, FULL, "here"), 1),
        (MemoryError(), 1),
        (RecursionError("maximum recursion depth exceeded"), 1),
        (KeyError("lost"), 1),
        (AssertionError(), 1),
    ],
)
def test_every_end_has_its_status_and_one_line(capsys, monkeypatch, error, status):
    monkeypatch.delenv("TIAU_TRACEBACK", raising=False)
    assert ended(failing(error)) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == (0 if isinstance(error, SystemExit) else 1)


@pytest.mark.parametrize(("argument", "said"), [("change", "--change"), ("suppress_below", "--suppress-below"),
                                                ("scenario", "SCENARIO"), ("folder", "FOLDER")])  # fmt: skip
def test_arguments_of_the_library_are_named_as_they_are_given_to_a_command(capsys, argument, said):
    error = InputError([*wrong_argument(argument, "is wrong").faults, Fault("change", "is a file")], rest="more")
    assert ended(failing(error)) == 2
    assert capsys.readouterr().err.splitlines()[:2] == [f"  fault: {said}: is wrong", "  fault: change: is a file"]


def test_what_nobody_expected_says_that_it_is_our_fault_and_shows_where_if_asked(capsys, monkeypatch):
    monkeypatch.delenv("TIAU_TRACEBACK", raising=False)
    ended(failing(KeyError("lost\x1b[2J")))
    said = capsys.readouterr().err
    assert "KeyError: 'lost" in said
    assert "please report it" in said
    assert "\x1b" not in said
    monkeypatch.setenv("TIAU_TRACEBACK", "1")
    ended(failing(KeyError("lost")))
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (
            [("a", "b/c.csv", f"[Errno {errno.ENOSPC}] {FULL}: 'b/c.csv'")],
            f"{FULL} (b/c.csv); nothing was replaced; free",
        ),
        ([("a", "b/c.csv", "odd"), ("a", "d", "odd")], "odd (b/c.csv and 1 more files); they were not copied"),
        ("in words", "files could not be copied (in words)"),
        ([], "files could not be copied ([])"),
    ],
)
def test_files_that_were_not_copied_are_no_list_of_tuples(failed, said):
    assert sentence(shutil.Error(failed)).startswith(said)


def test_a_failure_of_a_command_without_out_does_not_speak_of_it(here, monkeypatch, tmp_path):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, FULL, "mine")

    monkeypatch.setattr("tiau.readers.native.copy", full)
    done = here("copy", "mizoram-2021", "mine")
    assert done.returncode == 1
    assert FULL in done.stderr
    assert "--out" not in done.stderr


def odd_folder(path):
    """Write a folder with four warnings of three kinds, one that its reports say of no source of which kind it is."""
    reports = changed("reports", "2021-02-10,North", "2021-02-10,Nord").replace("2021-02-20,North", "2021-02-20,Norte")
    return write_folder(path, places=changed("places", ",20000,", ",20000.5,"), reports=reports)


def warnings_in(text):
    return [line for line in text.splitlines() if line.startswith("  warning: ")]


COMMANDS = {
    "run": ("--members", "1", "--no-width-sources"),
    "acts": ("--at", "River bridge", "--on", "2021-03-02"),
    "compare": ("--change", "shut.toml", "--members", "1"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_warns_as_check_does(here, tmp_path, command):
    odd_folder(tmp_path / "my odd folder")
    what_if = 'title = "shut"\nwhy = "a test"\n\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 0.6\n'
    (tmp_path / "shut.toml").write_text(what_if, encoding="utf-8")
    by_check = warnings_in(here("check", "my odd folder").stdout)
    done = here(command, "my odd folder", *COMMANDS[command])
    assert done.returncode == 0, done.stderr
    assert warnings_in(done.stderr) == by_check
    assert "warning" not in done.stdout
    assert len(by_check) == 3
    hint = next(line for line in done.stderr.splitlines() if line.startswith("  tiau check "))
    every = shlex.split(hint.removeprefix("  tiau ").removesuffix(" shows them"))
    assert len(warnings_in(here(*every).stdout)) == 4


def test_faults_that_are_left_out_name_the_command_that_shows_them(here, tmp_path):
    rows = "".join(f"X{i},2021-02-02,never,Alpha,clash,5,2021-02-05,,paper,no,\n" for i in range(30))
    folder = write_folder(tmp_path / "bad", events=changed("events", "E1,", f"{rows}E1,"))
    for command in ("run", "compare"):
        done = here(command, folder)
        assert done.returncode == 2
        assert f"  and 10 more: tiau check {folder} --all shows them" in done.stderr


def test_notes_of_a_case_that_are_left_out_name_the_command_that_shows_them(here, tmp_path, monkeypatch):
    monkeypatch.setattr("tiau.faults.SHOWN_CHARACTERS", 0)
    write_files(tmp_path / "case", {"simsetting.yml": None})
    for command in (("flee", "case"), ("run", "case")):
        assert "more: tiau check case --all shows them" in here(*command).stderr


def test_python_is_quiet(tmp_path, capsys):
    import tiau

    tiau.simulate(tiau.load(odd_folder(tmp_path / "odd")), members=1)
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_the_result_is_there_before_anything_is_said_of_it(here, tmp_path, monkeypatch):
    from tiau.presentation import terminal

    def show(*_, **__):
        assert (tmp_path / "out" / "provenance.json").is_file()
        raise RuntimeError

    monkeypatch.setattr(terminal, "show_run", show)
    write_folder(tmp_path / "small")
    assert here("run", "small", "--members", "1", "--out", "out").returncode == 1
    assert (tmp_path / "out" / "provenance.json").is_file()
