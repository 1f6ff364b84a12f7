"""What a what-if of the explorer's page is told before it is run."""

import pytest

from tiau.explorer.basis.deciding import decided
from tiau.explorer.basis.sound import basis_of
from tiau.loading import load, locate

ORDER = {
    "table": "acts", "act": "W1", "from": "2021-02-01", "level": "federal", "effect": "close", "places": "Mizoram",
    "enforcement": 1.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def basis():
    return basis_of(load("mizoram-2021"), locate("mizoram-2021"), editable=False, horizon=0)


@pytest.mark.parametrize("by", ["Union government", "Mizoram Government"])
def test_an_order_is_warned_of_that_a_later_one_of_its_authority_takes_the_place_of(basis, by):
    made, faults = decided(basis, {"add": [{**ORDER, "authority": by}]}, light=False)
    assert not faults
    told = [one.problem for one in made.warnings if "counts in place of W1" in one.problem]
    later = [act for act in basis.scenario.acts if act.authority == by and act.effect == "close"]
    assert bool(told) == bool(later) == (by == "Union government")
    if told:
        assert told == [
            "from 2021-02-25 on P03 counts in place of W1 where both hold: the latest order of an authority does"
        ]
