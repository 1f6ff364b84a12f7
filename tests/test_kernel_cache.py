"""Compiled kernels are kept, and never used for other sources than those they were made from."""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numba
import pytest

import tiau
from tiau.engine import kernel_cache

PACKAGE = Path(tiau.__file__).parent
pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")
# Who of 100 waits, looks for another way and gets through, and whether the kernel was fetched: `binomial` is a helper.
ASK = """
from tiau.engine.kernels.border import _kept_out
print(_kept_out(1, 100.0, 1.0, 0.0, 0.0, 0.0, 1.0), sum(_kept_out.stats.cache_hits.values()))
"""
HELPER, CHANGED = "return n\n    u = uniform(key)", "return n - 25.0\n    u = uniform(key)"


def python(code, where, **environment):
    settings = {**os.environ, "PYTHONPATH": str(where), **environment}
    settings.pop("NUMBA_CACHE_DIR", None)
    return subprocess.Popen([sys.executable, "-c", code], env=settings, stdout=subprocess.PIPE, text=True)


def said(code, where, **environment):
    process = python(code, where, **environment)
    text, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return text.strip()


@pytest.fixture
def copied(tmp_path):
    """A copy of the package without anything compiled, in a folder of its own."""
    shutil.copytree(PACKAGE, tmp_path / "copy" / "tiau", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_helper_in_another_file_changes_the_numbers(copied):
    assert said(ASK, copied) == "(100.0, 0.0, 0.0) 0"
    assert said(ASK, copied) == "(100.0, 0.0, 0.0) 1"
    edit(copied / "tiau" / "engine" / "streams.py", HELPER, CHANGED)
    assert said(ASK, copied) == "(75.0, 0.0, 0.0) 0"
    edit(copied / "tiau" / "engine" / "streams.py", CHANGED, HELPER)
    assert said(ASK, copied) == "(100.0, 0.0, 0.0) 1"


def test_kernels_with_bounds_checked_are_kept_apart(copied):
    assert said(ASK, copied, NUMBA_BOUNDSCHECK="1").endswith("0")
    assert said(ASK, copied, NUMBA_BOUNDSCHECK="0").endswith("0")
    assert said(ASK, copied, NUMBA_BOUNDSCHECK="1").endswith("1")


@pytest.fixture
def engine(tmp_path, monkeypatch):
    """The sources of both engines in a folder of their own, and a home of its own for the user."""
    for room in ("engine", "flee/engine"):
        shutil.copytree(PACKAGE / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(kernel_cache, "ENGINE", tmp_path / "engine")
    monkeypatch.setattr(kernel_cache, "digest", kernel_cache.digest.__wrapped__)
    monkeypatch.setattr(kernel_cache, "folder", kernel_cache.folder.__wrapped__)
    monkeypatch.setattr(kernel_cache, "_user_wide", lambda: str(tmp_path / "user"))
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    return tmp_path / "engine"


def half(number):
    return 0.5 * number


@pytest.mark.parametrize(
    "name", ["streams.py", "kernels/leave.py", "cohorts.py", "../flee/engine/batch.py", "kernel_cache.py"]
)
def test_every_source_of_the_engine_counts(engine, name):
    before = kernel_cache.digest()
    assert kernel_cache.digest() == before
    with (engine / name).open("a", encoding="utf-8") as stream:
        stream.write("# changed\n")
    assert kernel_cache.digest() != before


def test_a_new_file_counts_and_so_does_a_name(engine):
    seen = {kernel_cache.digest()}
    (engine / "kernels" / "more.py").write_text("x = 1\n", encoding="utf-8")
    seen.add(kernel_cache.digest())
    (engine / "kernels" / "more.py").rename(engine / "kernels" / "other.py")
    assert len(seen | {kernel_cache.digest()}) == 3


@pytest.mark.parametrize("switch", ["BOUNDSCHECK", "OPT"])
def test_switches_that_change_the_code_count(engine, monkeypatch, switch):
    before = kernel_cache.digest()
    monkeypatch.setattr(numba.config, switch, 1)
    assert kernel_cache.digest() != before


def test_kernels_are_kept_beside_the_sources(engine):
    assert kernel_cache.to_compile("test_kernel_cache")
    assert kernel_cache.kernel(half)(3.0) == 1.5
    assert not kernel_cache.to_compile("test_kernel_cache")
    assert kernel_cache.to_compile("leave")
    assert kernel_cache.folder().parent == engine / "__pycache__"


def test_where_the_sources_cannot_be_written_the_folder_of_the_user_is_used(engine):
    (engine / "__pycache__").write_text("a file where a folder should be", encoding="utf-8")
    assert kernel_cache.kernel(half)(3.0) == 1.5
    assert not kernel_cache.to_compile("test_kernel_cache")
    assert kernel_cache.folder().parent == engine.parent / "user"


def test_where_nothing_can_be_written_kernels_are_compiled_each_time(engine):
    for blocked in (engine / "__pycache__", engine.parent / "user"):
        blocked.write_text("a file where a folder should be", encoding="utf-8")
    assert kernel_cache.folder() is None
    assert kernel_cache.kernel(half)(3.0) == 1.5
    assert kernel_cache.to_compile("test_kernel_cache")


def test_the_folder_that_the_user_names_is_used(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "named"))
    assert kernel_cache.kernel(half)(3.0) == 1.5
    assert kernel_cache.folder().parent == tmp_path / "named"
    assert str(tmp_path / "named") == numba.config.CACHE_DIR


def test_a_kernel_that_cannot_be_saved_runs_nevertheless(engine):
    made = kernel_cache.kernel(half)
    place = kernel_cache.folder()
    shutil.rmtree(place)
    place.write_text("a file where a folder should be", encoding="utf-8")
    assert made(3.0) == 1.5


@pytest.mark.parametrize("what", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("rest", [0, 40])
def test_a_kept_kernel_that_is_damaged_is_made_again(engine, what, rest):
    kernel_cache.kernel(half)(3.0)
    (kept,) = kernel_cache.folder().rglob(what)
    kept.write_bytes(kept.read_bytes()[:rest])
    assert kernel_cache.kernel(half)(3.0) == 1.5


@pytest.mark.skipif(kernel_cache.fcntl is None, reason="files are not locked here")
def test_a_kernel_waits_to_be_kept_while_another_process_adds_one(engine):
    """Two that read the index at once would give two kernels one file, and the next run would load the wrong one."""
    made, place = kernel_cache.kernel(half), kernel_cache.folder()
    with ThreadPoolExecutor(1) as pool:
        with kernel_cache._alone_in(place):
            waiting = pool.submit(made, 3.0)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=3)
            assert kernel_cache.to_compile("test_kernel_cache")
        assert waiting.result(timeout=60) == 1.5
    assert not kernel_cache.to_compile("test_kernel_cache")


def test_a_list_of_kernels_that_names_what_is_not_there_is_begun_anew(engine):
    kernel_cache.kernel(half)(3.0)
    (kept,) = kernel_cache.folder().rglob("*.nbi")
    kept.write_bytes(kept.read_bytes().replace(b"Signature", b"Sign@ture").replace(b"scalars", b"sc@lars"))
    assert kernel_cache.kernel(half)(3.0) == 1.5
    again = kernel_cache.kernel(half)
    assert again(3.0) == 1.5
    assert sum(again.stats.cache_hits.values()) == 1


def test_kernels_of_old_sources_are_removed_but_for_the_last_few(engine):
    base = engine / "__pycache__"
    for number in range(10):
        old = base / f"kernels-{number}"
        old.mkdir(parents=True)
        (old / "a.nbc").write_text("x", encoding="utf-8")
        at = time.time() - (10 - number) * 86400
        os.utime(old, (at, at))
    (base / "other").mkdir()
    place = kernel_cache.folder()
    assert sorted(path.name for path in base.glob("*")) == sorted(
        [place.name, "kernels-7", "kernels-8", "kernels-9", "other"]
    )


def test_kernels_that_somebody_may_be_using_are_left(engine):
    for number in range(10):
        (engine / "__pycache__" / f"kernels-{number}").mkdir(parents=True)
    kernel_cache.folder()
    assert len(list((engine / "__pycache__").glob("kernels-*"))) == 11


def test_nothing_is_compiled_where_compilation_is_switched_off(engine, monkeypatch):
    monkeypatch.setattr(numba.config, "DISABLE_JIT", 1)
    assert not kernel_cache.to_compile("leave")
    assert kernel_cache.kernel(half)(3.0) == 1.5
    assert not (engine / "__pycache__").exists()
