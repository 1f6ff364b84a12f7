"""Sample exports and made-up ones as tests read them."""

from pathlib import Path

import pytest

from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.grids import read_book

EXPORTS = Path(__file__).parents[2] / "shared" / "exports"
samples = pytest.mark.skipif(not EXPORTS.is_dir(), reason="../shared/exports is not there")


def sample_path(name):
    """Return the path of a sample; the test is skipped where the samples are not there."""
    if not EXPORTS.is_dir():
        pytest.skip("../shared/exports is not there")
    return EXPORTS / name


def read(path, answers=None):
    """Return what a file says, by the format that recognises it."""
    book = read_book(path)
    kind = recognise(book)
    assert kind is not None, f"{path.name} is of no kind"
    return list(kind.read(book, answers or Answers()))


def sample(name, answers=None):
    """Return what a sample says."""
    return read(EXPORTS / name, answers)


def findings(path, **answers):
    """Return what a file says where questions are answered so."""
    return read(path, Answers(**answers))


def kind_of(path):
    """Return the name of the kind of a file; blank where it is of none."""
    kind = recognise(read_book(path))
    return kind.name if kind else ""


def of(kind, found):
    """Return the findings of a kind."""
    return [one for one in found if isinstance(one, kind)]
