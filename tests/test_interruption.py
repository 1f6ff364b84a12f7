"""Runs that are killed, stopped, out of room or in each other's way: what is under the name is a whole result."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from folders import REPORTS, with_kinds, write_folder
from tiau.cli import main as cli
from tiau.results import folder as folders
from tiau.results import lock, saving
from written_results import content, disk, everything_in, fill, names, needs_mount, put, started, tiau

SIZE = ("--until", "2021-02-20", "--members", "2", "--no-width-sources")
MOMENTS = ("while writing", "before the renames", "between the renames", "after the renames")
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process here")


def die(moment, out):
    """End this process on the spot, as a kill does, at a moment of writing a result."""
    rename = Path.rename

    def renamed(path, target):
        if moment == "before the renames":
            os._exit(9)
        rename(path, target)
        if moment == ("after the renames" if Path(target) == out else "between the renames"):
            os._exit(9)

    Path.rename = renamed
    with folders.replacing(out) as partial:
        fill(partial, "new")
        if moment == "while writing":
            os._exit(9)


def killed(moment, out):
    code = f"from pathlib import Path; from test_interruption import die; die({moment!r}, Path({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent, check=False, timeout=60)
    assert done.returncode == 9


def wait_for_writing(process, parent):
    """Return once the run has begun to write."""
    deadline = time.monotonic() + 120
    while not list(parent.glob(".tiau-partial-*/areas.csv")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.002)


@pytest.fixture(scope="session")
def ready(tmp_path_factory):
    """A tiny run, as a command; what the tests time is compiled."""
    cwd = tmp_path_factory.mktemp("ready")
    tiny = ("run", write_folder(cwd / "small", reports=with_kinds(REPORTS)), *SIZE)
    assert tiau(*tiny, "--out", "out", cwd=cwd)[0] == 0
    assert folders.is_result(cwd / "out")
    return tiny


def seed_of(out):
    assert folders.is_result(out)
    return json.loads((out / folders.PROVENANCE).read_text(encoding="utf-8"))["seed"]


@pytest.mark.parametrize("moment", MOMENTS)
def test_kill_while_replacing_loses_nothing(tmp_path, moment):
    out = tmp_path / "out"
    put(out, "old")
    killed(moment, out)
    assert names(tmp_path) != ["out"]
    expected = "new" if moment == "after the renames" else "old"
    if moment == "between the renames":
        assert not out.exists()
    else:
        assert content(out) == expected
    notes = folders.prepare(out)
    assert any("put back the earlier result" in note for note in notes) == (moment == "between the renames")
    assert content(out) == expected
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("moment", MOMENTS[:2])
def test_kill_of_a_first_run_leaves_nothing_that_reads_as_a_result(tmp_path, moment):
    out = tmp_path / "out"
    killed(moment, out)
    assert not out.exists()
    folders.prepare(out)
    assert names(tmp_path) == []
    put(out, "newer")
    assert content(out) == "newer"
    assert names(tmp_path) == ["out"]


def test_writing_after_a_kill_tidies_up_without_being_prepared(tmp_path):
    out = tmp_path / "out"
    put(out, "old")
    killed("between the renames", out)
    put(out, "newer")
    assert content(out) == "newer"
    assert names(tmp_path) == ["out"]


def test_what_a_kill_left_of_the_earlier_result_is_not_put_back(tmp_path, monkeypatch):
    out = tmp_path / "out"
    put(out, "old")
    with monkeypatch.context() as patch:
        patch.setattr(folders.shutil, "rmtree", lambda *_, **__: None)
        put(out, "new")
    assert len(names(tmp_path)) == 2
    (out / "fit.csv").unlink()
    (out / folders.PROVENANCE).unlink()
    out.rmdir()
    assert folders.prepare(out) == ()
    assert names(tmp_path) == []


def test_a_kill_while_a_target_is_tried_leaves_nothing_for_long(tmp_path):
    (tmp_path / ".tiau-try-out-0a1b2c3d").mkdir()
    assert folders.prepare(tmp_path / "out") == ()
    assert names(tmp_path) == []


def test_leftovers_of_other_targets_are_left_alone(tmp_path):
    for name in (
        ".tiau-partial-out-b-0a1b2c3d",
        ".tiau-partial-outer-0a1b2c3d",
        ".tiau-earlier-out-b-0a1b2c3d",
        "out-b",
    ):
        (tmp_path / name).mkdir()
    before = names(tmp_path)
    put(tmp_path / "out", "new")
    assert folders.prepare(tmp_path / "out") == ()
    assert names(tmp_path) == sorted([*before, "out"])


@pytest.mark.parametrize("failure", [KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("after", ["away", "in"])
def test_stop_at_the_renames_leaves_one_whole_result(tmp_path, monkeypatch, failure, after):
    out = tmp_path / "out"
    put(out, "old")
    rename = Path.rename
    stopped = []

    def renamed(path, target):
        rename(path, target)
        if not stopped and (Path(target) == out) == (after == "in"):
            stopped.append(target)
            raise failure

    monkeypatch.setattr(Path, "rename", renamed)
    with pytest.raises(failure):
        put(out, "new")
    assert content(out) == ("old" if after == "away" else "new")
    assert names(tmp_path) == ["out"]


def test_a_file_that_is_held_for_a_moment_does_not_stop_the_renames(tmp_path, monkeypatch):
    put(tmp_path / "out", "old")
    rename = Path.rename
    tries = []

    def renamed(path, target):
        tries.append(target)
        if len(tries) % 3:
            raise PermissionError(errno.EACCES, "held")
        rename(path, target)

    monkeypatch.setattr(Path, "rename", renamed)
    put(tmp_path / "out", "new")
    assert content(tmp_path / "out") == "new"
    assert len(tries) == 6


def test_killed_run_leaves_the_earlier_result_and_the_next_one_tidies_up(ready, tmp_path):
    put(tmp_path / "out", "old")
    for moment in ("simulating", "writing"):
        process = started(*ready, "--seed", "2", "--out", "out", cwd=tmp_path)
        if moment == "writing":
            wait_for_writing(process, tmp_path)
        else:
            time.sleep(1.2)
        process.kill()
        process.communicate()
        assert content(tmp_path / "out") == "old"
    assert any(name.startswith(".tiau-partial-out-") for name in names(tmp_path))
    status, _, said = tiau(*ready, "--seed", "3", "--out", "out", cwd=tmp_path)
    assert status == 0
    assert "left by a run that was killed" in said
    assert seed_of(tmp_path / "out") == 3
    assert names(tmp_path) == ["out"]


@needs_signals
@pytest.mark.parametrize("moment", ["loading", "simulating", "writing"])
def test_ctrl_c_ends_a_run_with_one_line(ready, tmp_path, moment):
    arguments = ("run", "mizoram-2021", "--members", "300") if moment == "simulating" else ready
    process = started(*arguments, "--out", "new/out", cwd=tmp_path)
    if moment == "writing":
        wait_for_writing(process, tmp_path / "new")
    else:
        time.sleep(0.6 if moment == "loading" else 2.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # Python ends itself by the signal where it was stopped inside an import; a shell shows 130 for both.
    assert process.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in out + err
    # A step that takes long, as on a machine that has much to do, says so.
    (line,) = [line for line in err.splitlines() if line != "writing result.nc"]
    assert line.startswith("stopped")
    assert names(tmp_path) == []


def run_here(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["tiau", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return ended.value.code


@pytest.mark.parametrize("earlier", [True, False])
def test_disk_that_is_full_keeps_the_earlier_result_and_says_what_to_do(tmp_path, monkeypatch, capsys, earlier):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "there").mkdir()
    out = tmp_path / "there" / "out"
    if earlier:
        put(out, "old")
    before = everything_in(tmp_path / "there")
    monkeypatch.setattr(saving.fit_table, "write", full)
    small = write_folder(tmp_path / "small")
    arguments = ("run", small, "--until", "2021-02-12", "--members", "1", "--no-width-sources", "--out", out)
    assert run_here(monkeypatch, *arguments) == 1
    said = capsys.readouterr().err
    assert f"failed: {os.strerror(errno.ENOSPC)} ({out}); nothing was replaced; free some room there" in said
    assert everything_in(tmp_path / "there") == before
    assert names(tmp_path / "there") == (["out"] if earlier else [])


@needs_mount
def test_disk_that_is_really_full_keeps_the_earlier_result(ready, tmp_path):
    with disk(tmp_path / "disk", "size=3m") as small:
        put(small / "out", "old")
        free = os.statvfs(small)
        (small / "ballast").write_bytes(bytes(free.f_bavail * free.f_frsize - 150_000))
        before = everything_in(small)
        status, _, said = tiau(*ready, "--out", small / "out", cwd=tmp_path)
        assert status == 1
        assert said.count("\n") == 1
        assert "free some room there, or name a folder on another disk" in said
        assert everything_in(small) == before
        assert names(small) == ["ballast", "out"]


def test_two_runs_into_one_folder_at_once_end_well(ready, tmp_path):
    pair = [started(*ready, "--seed", seed, "--out", "out", cwd=tmp_path) for seed in ("4", "5")]
    said = [process.communicate(timeout=120) for process in pair]
    assert [process.returncode for process in pair] == [0, 0], said
    assert seed_of(tmp_path / "out") in (4, 5)
    assert names(tmp_path) == ["out"]


def test_many_writers_at_once_never_mix(tmp_path):
    writers = [threading.Thread(target=put, args=(tmp_path / "out", str(number))) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert content(tmp_path / "out") in {str(number) for number in range(8)}
    assert names(tmp_path) == ["out"]


def test_target_that_is_being_written_is_waited_for_and_then_refused(tmp_path, monkeypatch):
    out = tmp_path / "out"
    put(out, "old")
    with folders.replacing(out) as partial:
        fill(partial, "first")
        assert folders.prepare(out) == ()
        monkeypatch.setattr(folders, "LONGEST_WAIT", 0.1)
        with pytest.raises(BlockingIOError, match="another run is still writing there"):
            put(out, "second")
        assert partial.is_dir()
        assert content(out) == "old"
    assert content(out) == "first"
    assert names(tmp_path) == ["out"]


def test_disk_without_locks_still_gets_whole_results(tmp_path, monkeypatch):
    def none(stream):
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(lock, "_take_lock", none)
    out = tmp_path / "out"
    with folders.replacing(out) as partial:
        fill(partial, "first")
        assert folders.prepare(out) == ()
        put(out, "second")
        assert content(out) == "second"
    assert content(out) == "first"
    assert names(tmp_path) == ["out"]


def test_package_is_a_command_too(tmp_path):
    assert tiau("--version", cwd=tmp_path) == tiau("--version", cwd=tmp_path)
    assert tiau("--version", cwd=tmp_path)[0] == 0
