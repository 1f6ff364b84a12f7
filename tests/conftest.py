"""Fixtures of several test files."""

import os
import signal
import subprocess
import sys

import pytest

import browser as look
from tiau.cli.main import main

# Whoever starts the tests in the background has SIGINT ignored, and commands that inherit that cannot be interrupted.
signal.signal(signal.SIGINT, signal.default_int_handler)


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


@pytest.fixture
def here(tmp_path, monkeypatch, capsys):
    """Run the command in this process, which is faster, in an empty folder."""
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

    return call
