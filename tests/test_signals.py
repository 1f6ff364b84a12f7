"""Signals that ask a command to stop, wherever it happens to be."""

import os
import signal
import subprocess
import sys
import time

import pytest

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


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals here")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_python_clears_up_is_not_lost(number):
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", CLEARING_UP.format(number=int(number))], check=False, text=True,
                          capture_output=True, timeout=60)  # fmt: skip
    assert done.returncode == 128 + number
    assert done.stderr == "stopped; nothing half-written is left\n"
    assert time.monotonic() - begun < 20
