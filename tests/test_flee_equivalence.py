"""Runs of Flee's rules against Flee's own runs: the two cases that take least time; the others by the script."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "flee-reference"


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="../shared/flee-reference is not there")
@pytest.mark.parametrize("name", ["mali2012-modern125", "burundi2015-classic125"])
def test_means_by_day_and_camp_are_those_of_flee(name):
    script = runpy.run_path(str(ROOT / "verification/flee_equivalence.py"), run_name="flee_equivalence")
    found = script["verify"](script["read_reference"](REFERENCE / f"{name}.csv"))
    assert found.failures == []
    assert found.rms < script["LARGEST_MEAN"]
