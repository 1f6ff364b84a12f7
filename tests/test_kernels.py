"""Every kernel gives the same numbers compiled and interpreted; under NUMBA_BOUNDSCHECK=1 none leaves its arrays."""

import itertools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numba
import numpy as np
import pytest

import kernel_runs
import toys
from flee_folders import write_files
from folders import write_folder
from tiau.engine.streams import compiled, lean, within
from walks import marched

HERE = Path(__file__).parent
CHECKED = bool(numba.config.BOUNDSCHECK) and not numba.config.DISABLE_JIT
RUNS = kernel_runs.runs(Path())


@pytest.fixture(scope="module")
def other_way(tmp_path_factory):
    """The numbers of all runs in another mode: compiled without checks if bounds are checked here, else interpreted."""
    out = tmp_path_factory.mktemp("runs") / "other.npz"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": str(int(not CHECKED))}
    environment.pop("NUMBA_BOUNDSCHECK", None)
    subprocess.run([sys.executable, HERE / "kernel_runs.py", out], env=environment, check=True, timeout=900)
    with np.load(out) as arrays:
        return dict(arrays)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compiled kernels are compared with these")
@pytest.mark.parametrize("name", RUNS)
def test_compiled_and_interpreted_kernels_give_the_same_numbers(name, other_way, tmp_path):
    for what, values in kernel_runs.runs(tmp_path)[name]().items():
        np.testing.assert_allclose(values, other_way[f"{name}: {what}"], rtol=1e-9, atol=1e-9, err_msg=what)


def test_a_toy_of_whole_numbers_runs_on_the_kernels_of_every_run():
    toy = toys.closed_way(other_way=1, parameters={"crowd_power": 0, "entry_bonus": 0})
    (batch,) = itertools.islice(marched(toy), 1)
    assert {values.dtype for values in batch.rules} == {np.dtype(float)}


def test_arrays_of_a_batch_are_in_the_order_for_which_kernels_are_compiled():
    (batch,) = itertools.islice(marched(toys.two_groups(**kernel_runs.LEAVING), members=3), 1)
    for name in ("kin", "sent", "sent_by", "intensity"):
        values = getattr(batch, name)
        assert values.flags.c_contiguous, name
        assert min(values.shape) > 1, name


@compiled
def _write_beyond(values):
    values[values.size] = 1.0


@lean
def _write_beyond_lean(values):
    values[values.size] = 1.0


@within
def _step_beyond(values):
    values[values.size] = 1.0


@lean
def _write_beyond_within(values):
    _step_beyond(values)


@pytest.mark.skipif(not (CHECKED or numba.config.DISABLE_JIT), reason="bounds are checked under NUMBA_BOUNDSCHECK=1")
@pytest.mark.parametrize("kernel", [_write_beyond, _write_beyond_lean, _write_beyond_within])
def test_a_write_out_of_bounds_is_an_error_in_a_thread_too(kernel):
    with pytest.raises(IndexError):
        kernel(np.zeros(3))
    with ThreadPoolExecutor(2) as pool, pytest.raises(IndexError):
        list(pool.map(kernel, [np.zeros(3), np.zeros(0)]))


@pytest.mark.once
@pytest.mark.parametrize("command", ["run", "compare", "flee"])
def test_commands_run_with_compilation_switched_off(command, tmp_path):
    if command == "flee":
        write_files(tmp_path / "small")
    else:
        folder = write_folder(tmp_path / "small")
        (folder / "what-ifs").mkdir()
        text = 'title = "Open"\nwhy = "To see"\n[[drop]]\ntable = "acts"\nid = ["A1"]\n'
        (folder / "what-ifs" / "open.toml").write_text(text, encoding="utf-8")
    until = () if command == "flee" else ("--until", "2021-03-05")
    change = ("--change", "open") if command == "compare" else ()
    words = (sys.executable, "-m", "tiau", command, "small", *until, *change, "--members", "2", "--out", "result")
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not [word for word in ("Traceback", "Warning", "First run") if word in done.stderr]
    assert (tmp_path / "result").exists()
