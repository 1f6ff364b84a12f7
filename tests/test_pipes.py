"""Commands whose streams close, are full, or were never open."""

import os
import subprocess
import sys

import pytest

from folders import changed, write_folder
from tiau.results.folder import is_result

if os.name == "nt":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminals import COMMANDS, SHORT, piped, said_of


def closing_pipe(*arguments, cwd):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return piped(*arguments, cwd=cwd, stdout=writing)
    finally:
        os.close(writing)


ALL = {
    **{name: COMMANDS[name] for name in ("compare", "flee", "check")},
    "run": SHORT,
    "list": ("compare", "mizoram-2021", "--list"),
    "version": ("--version",),
    "copy": ("copy", "small", "copied"),
    "import": ("import", "case", "--into", "imported"),
}
WITH_RESULT = ("run", "compare")


def test_libraries_do_not_talk_in_between(folders, tmp_path):
    done = piped(*SHORT, "--out", tmp_path / "o", cwd=folders,
                 changes={"HOME": "/dev/null", "MPLCONFIGDIR": "/dev/null/x"})  # fmt: skip
    assert (done.returncode, said_of(done)) == (0, [])


@pytest.mark.parametrize("command", ALL)
def test_a_closed_pipe_ends_every_command_as_if_all_had_been_read(folders, tmp_path, command):
    arguments = [tmp_path / name if name in ("copied", "imported") else name for name in ALL[command]]
    arguments += ["--out", tmp_path / "out"] if command in WITH_RESULT else []
    done = closing_pipe(*arguments, cwd=folders)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert is_result(tmp_path / "out") == (command in WITH_RESULT)
    if command in WITH_RESULT:
        assert said_of(done) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("command", ALL)
def test_a_full_output_is_one_sentence(folders, tmp_path, command):
    arguments = [tmp_path / name if name in ("copied", "imported") else name for name in ALL[command]]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = piped(*arguments, cwd=folders, stdout=full)
    assert done.returncode == 1
    told = ("put right", "warning", "--all shows them")
    said = [line for line in said_of(done) if not any(words in line for words in told)]
    assert len(said) == 1
    assert said[0].startswith("  failed: the output could not be written (No space left on device); ")
    if command in ("run", "compare", "copy", "import"):
        assert "the result is whole in " in said[0]


@pytest.mark.parametrize(
    ("command", "closed"),
    [("run", (1,)), ("run", (2,)), ("compare", (0, 1, 2)), ("flee", (1,)), ("check", (1, 2)), ("help", (1,))],
)
def test_standard_streams_that_are_closed_crash_nothing(folders, tmp_path, command, closed):
    script = " ".join(f"{number}>&-" for number in closed)
    writes = ("--out", str(tmp_path / "out")) if command in ("run", "compare") else ()
    arguments = [
        "sh",
        "-c",
        f'"$@" {script}',
        "sh",
        sys.executable,
        "-m",
        "tiau",
        *{**COMMANDS, **ALL}[command],
        *writes,
    ]
    done = subprocess.run(arguments, cwd=folders, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0
    assert said_of(done) == []
    assert is_result(tmp_path / "out") == bool(writes)


def test_check_keeps_its_answer_when_nobody_reads_it(tmp_path):
    write_folder(tmp_path / "bad", places=changed("places", "camp", "kamp"))
    assert closing_pipe("check", "bad", cwd=tmp_path).returncode == 2
