"""Case folders of Flee's: what is tolerated, what is put right, and what is refused."""

from pathlib import Path

import pytest

from tiau.readers.flee import read_case

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))
RULES = sorted(SHARED.glob("flee-cases/rules/*.yml"))


@pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_published_cases_are_read_with_every_set_of_rules(folder):
    for rules in RULES:
        case = read_case(folder, rules)
        assert case.name == folder.name
        assert case.days == len(case.conflicts.values) > 299
        assert case.labels[0].name == "total"
        assert case.settings.capacity_scaling == 1.25
        assert len(case.settings.conflict_spawn_decay) == 5
