"""Folders changed at random: faults are told, nothing else happens (verification/fuzz_folders.py tries more).

Of 500, those that say something new.
"""

import sys
from pathlib import Path

import pytest

from fuzzed import varied

VERIFICATION = Path(__file__).parent.parent / "verification"
if not VERIFICATION.is_dir():
    pytest.skip("verification/ is not part of this copy", allow_module_level=True)
sys.path.append(str(VERIFICATION))

from fuzz_folders import folder_of, try_one  # noqa: E402

FIRST = 500_001
SEEDS = range(FIRST, FIRST + 500)
PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_changed_folder_gives_faults_or_runs_and_never_a_traceback(part):
    outcomes = [try_one(seed, 0) for seed in varied(folder_of, SEEDS)[part::PARTS]]
    assert [(outcome.seed, outcome.done, outcome.wrong) for outcome in outcomes if outcome.wrong] == []
    kinds = {outcome.kind for outcome in outcomes}
    assert "faults" in kinds
    assert kinds & {"clean", "warnings"}


def test_changed_folder_through_the_command():
    outcomes = [try_one(FIRST + number, 1) for number in range(4)]
    assert [(outcome.seed, outcome.done, outcome.wrong) for outcome in outcomes if outcome.wrong] == []


def test_seed_gives_the_same_folder():
    assert folder_of(FIRST) == folder_of(FIRST)
    assert folder_of(FIRST) != folder_of(FIRST + 1)
