"""Fixtures of several test files."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest

import browser as look
from folders import write_folder
from pages import lacking, made
from tiau.cli.ending import STOPPING
from tiau.cli.main import main

# Whoever starts the tests in the background has SIGINT ignored, and commands that inherit that cannot be interrupted.
signal.signal(signal.SIGINT, signal.default_int_handler)


# Files that take longest begin first: none is left over when the others have ended.
LONGEST = (
    "report",
    "pages_in_a_browser",
    "flee_engine",
    "explorer_page",
    "policy_twin",
    "engine_twin",
    "terminal",
    "flee_conversion",
)


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest."""
    order = {f"test_{name}.py": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session")
def in_common(tmp_path_factory):
    """A folder that all processes of one run of the tests share, for what takes long and is made once under a lock."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "in-common"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one file."""
    with look.started() as started:
        yield started


@pytest.fixture(scope="session")
def file_of(in_common):
    """Give the file of a page, made when it is first looked at."""

    def found(page):
        if reason := lacking(page):
            pytest.skip(reason)
        return made(page, in_common)

    return found


@pytest.fixture
def file(page, file_of):
    return file_of(page)


@pytest.fixture
def toy(chromium, tmp_path):
    """Open a page with a given body, to see that a check finds what is wrong with it."""
    with contextlib.ExitStack() as stack:

        def opened(body, **how):
            path = tmp_path / "toy.html"
            head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Toy</title>'
            path.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
            return stack.enter_context(look.opened(chromium, path, **how))

        yield opened


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A folder for commands: a small scenario, a small case of Flee's and a what-if."""
    # There are no pseudo-terminals on Windows.
    from terminals import write_small

    return write_small(tmp_path_factory.mktemp("folders"))


@pytest.fixture
def mine(tmp_path):
    """A small scenario that a test may change."""
    return write_folder(tmp_path / "mine")


@pytest.fixture
def here(tmp_path, monkeypatch, capsys):
    """Run the command in this process, which is faster, in an empty folder; signals are heeded afterwards as before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["tiau", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = stop.code or 0
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, status, said.out, said.err)

    # A command that was stopped ignores all further signals, and so would every process that is started afterwards.
    heeded = {number: signal.getsignal(number) for number in STOPPING}
    yield call
    for number, handler in heeded.items():
        signal.signal(number, handler)
