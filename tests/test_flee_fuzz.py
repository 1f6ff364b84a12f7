"""Case folders of Flee's changed at random: faults are told, or a sound case is read.

Of 300, those that say something new.
"""

import sys
from pathlib import Path

import pytest

from fuzzed import varied

VERIFICATION = Path(__file__).parent.parent / "verification"
if not VERIFICATION.is_dir():
    pytest.skip("verification/ is not part of this copy", allow_module_level=True)
if not (VERIFICATION.parent.parent / "shared" / "flee-cases").is_dir():
    pytest.skip("../shared/flee-cases is not there", allow_module_level=True)
sys.path.append(str(VERIFICATION))

from fuzz_flee import folder_of, try_one  # noqa: E402

FIRST = 500_001
SEEDS = range(FIRST, FIRST + 300)
PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_changed_case_gives_faults_or_a_sound_case(part):
    outcomes = [try_one(seed) for seed in varied(folder_of, SEEDS)[part::PARTS]]
    assert [(outcome.seed, outcome.done, outcome.wrong) for outcome in outcomes if outcome.wrong] == []
    assert {outcome.kind for outcome in outcomes} == {"faults", "read"}


def test_seed_gives_the_same_folder():
    assert folder_of(FIRST) == folder_of(FIRST)
    assert folder_of(FIRST) != folder_of(FIRST + 1)
