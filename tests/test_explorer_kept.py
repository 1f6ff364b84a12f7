"""What the explorer keeps of runs, and the memory that it gives back."""

import ctypes
import sys
from pathlib import Path

import numpy as np
import pytest

from tiau.engine import memory
from tiau.explorer.runs import kept as of_runs
from tiau.explorer.runs.kept import LITTLE, Kept


class Sized:
    def __init__(self, size):
        self.size = size


def test_kept_runs_stay_within_their_bound_spare_ones_go_first_and_one_is_held():
    kept = Kept(most=100)
    kept.put(("own",), Sized(40), hold=True)
    kept.put(("old",), Sized(20))
    kept.put(("spare",), Sized(30), spare=True)
    kept.put(("new",), Sized(20))
    assert (kept.size, kept.get(("spare",))) == (80, None)
    kept.get(("old",))
    kept.put(("newest",), Sized(30))
    assert kept.get(("new",)) is None
    assert kept.get(("old",)) is not None
    kept.put(("huge",), Sized(90))
    assert kept.get(("own",)) is not None
    assert kept.size <= 100


def test_what_is_let_go_is_given_back_to_the_system_now_and_then(monkeypatch):
    given = []
    monkeypatch.setattr(of_runs, "give_back", lambda: given.append(True))
    kept = Kept(most=LITTLE)
    for number in range(10):
        kept.put((number,), Sized(LITTLE // 2))
    assert len(given) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "malloc_trim"),
                    reason="the system's library does not take memory back")  # fmt: skip
def test_memory_that_is_free_is_given_back():
    def resident():
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096

    # Pieces too small to be given back by themselves, with some between them that stay.
    pieces = [np.ones(8_000) for _ in range(4_000)]
    stays = pieces[::50]
    before = resident()
    del pieces
    memory.give_back()
    assert resident() < before - 200_000_000
    assert len(stays) == 80
