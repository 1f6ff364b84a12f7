"""Results of one file put under a name, commands in a process of their own, and small disks."""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tiau.results import folder as folders

can_mount = sys.platform == "linux" and os.geteuid() == 0
needs_mount = pytest.mark.skipif(not can_mount, reason="needs Linux and root, to mount a small disk")


def fill(folder, text):
    """Make a folder a result with one file."""
    (folder / "fit.csv").write_text(text, encoding="utf-8")
    content = (folder / "fit.csv").read_bytes()
    files = {"fit.csv": {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}}
    (folder / folders.PROVENANCE).write_text(json.dumps({"files": files}), encoding="utf-8")


def put(out, text):
    with folders.replacing(out) as partial:
        fill(partial, text)


def content(out):
    assert folders.is_result(out)
    return (out / "fit.csv").read_text(encoding="utf-8")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def everything_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def started(*arguments, cwd):
    return subprocess.Popen(
        [sys.executable, "-m", "tiau", *map(str, arguments)], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100"},
    )  # fmt: skip


def tiau(*arguments, cwd):
    process = started(*arguments, cwd=cwd)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err, err
    return process.returncode, out, err


@contextmanager
def disk(path, options):
    path.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], check=True)
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)
