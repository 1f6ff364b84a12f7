"""Runs of Flee's rules against Flee's own runs: the two cases that take least time; the others by the script."""

import runpy
from pathlib import Path

import pytest

from tiau.flee.engine import start

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "flee-reference"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/flee-reference is not there")
@pytest.mark.parametrize("name", ["mali2012-modern125", "burundi2015-classic125"])
def test_means_by_day_and_camp_are_those_of_flee(name):
    script = runpy.run_path(str(ROOT / "verification/flee_equivalence.py"), run_name="flee_equivalence")
    found = script["verify"](script["read_reference"](REFERENCE / f"{name}.csv"))
    assert found.failures == []
    assert found.rms < script["LARGEST_MEAN"]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/flee-reference is not there")
def test_arrivals_all_at_once_are_not_those_of_flee(monkeypatch):
    """In burundi2015 a camp fills within a day: who come later must see it fill (verification/flee_equivalence.py)."""
    script = runpy.run_path(str(ROOT / "verification/flee_equivalence.py"), run_name="flee_equivalence")
    reference = script["read_reference"](REFERENCE / "burundi2015-modern125.csv")
    assert script["verify"](reference).rms < 1.5
    monkeypatch.setattr(start, "MOST_WAVES", 1)
    monkeypatch.setattr(start, "MOST_SLICES", 1)
    assert script["verify"](reference).rms > 2
