"""Signals that ask a command to stop, wherever it happens to be."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tiau.results.folder import is_result

if os.name == "nt":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminals import SHORT, in_terminal, sound

# Python prints what is raised while it clears up an object, and goes on.
CLEARING_UP = """
import os, signal, time
from tiau.cli.ending import ended, heed_signals

class Cleared:
    def __del__(self):
        os.kill(os.getpid(), {number})
        time.sleep(0.05)

def command():
    Cleared()
    print("went on", flush=True)
    time.sleep(30)

heed_signals()
os._exit(ended(command))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_python_clears_up_is_not_lost(number):
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", CLEARING_UP.format(number=int(number))], check=False, text=True,
                          capture_output=True, timeout=60)  # fmt: skip
    assert done.returncode == 128 + number
    assert done.stderr == "stopped; nothing half-written is left\n"
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("preparing the engine", signal.SIGINT),
        ("simulating", signal.SIGTERM),
        ("three small", signal.SIGINT),
        ("writing", signal.SIGHUP),
        ("drawing", signal.SIGINT),
    ],
)
def test_signals_stop_a_run_and_leave_nothing(folders, tmp_path, moment, number):
    def at(process, terminal, sent):
        if moment in sent:
            for _ in range(3):
                process.send_signal(number)
                time.sleep(0.02)
        return moment in sent

    # The last steps are over soon, and on a loaded machine before the signal comes.
    late = moment in ("writing", "drawing")
    size = ("--members", "2", "--no-width-sources") if late else ("--members", "10")
    until = ("--until", "2021-07-31")
    seen = sound(in_terminal("run", "mizoram-2021", *until, *size, "--out", "new/out", cwd=tmp_path, at=at))
    if seen.status == 0 and late:
        assert is_result(tmp_path / "new" / "out")
        return
    assert seen.status == 128 + number
    assert seen.lines[-2:] == ["stopped; nothing half-written is left", ""]
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_does_not_wait_for_the_compiler(folders, tmp_path):
    begun = []

    def at(process, terminal, sent):
        if "compiling" in sent and not begun:
            time.sleep(2)
            begun.append(time.monotonic())
            process.send_signal(signal.SIGINT)
        return bool(begun)

    cache = str(tmp_path / "cache")
    seen = sound(in_terminal(*SHORT, "--out", tmp_path / "out", cwd=folders, at=at, NUMBA_CACHE_DIR=cache))
    assert seen.status == 128 + signal.SIGINT
    assert time.monotonic() - begun[0] < 5
    assert not (tmp_path / "out").exists()


def test_a_signal_that_is_to_be_ignored_is(folders, tmp_path):
    arguments = [
        "sh",
        "-c",
        'trap "" HUP; exec "$@"',
        "sh",
        sys.executable,
        "-m",
        "tiau",
        *SHORT,
        "--out",
        tmp_path / "out",
    ]
    process = subprocess.Popen(arguments, cwd=folders, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    process.send_signal(signal.SIGHUP)
    assert process.wait(120) == 0
    assert is_result(tmp_path / "out")
