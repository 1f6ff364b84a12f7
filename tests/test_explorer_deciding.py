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


@pytest.mark.parametrize(
    ("by", "places", "softens", "said"),
    [
        ("Mizoram Government", "Champhai district", "", "Mizoram Government closes nothing there"),
        ("Union government", "Champhai district", "", None),
        ("Mizoram Government", "Champhai district", "P21", None),
    ],
)
def test_what_softens_no_order_is_said_to_change_nothing(basis, by, places, softens, said):
    act = {"table": "acts", "act": "W1", "from": "2021-05-01", "level": "state", "effect": "admit", "places": places,
           "admit_share": 1.0, "authority": by, "softens": softens}  # fmt: skip
    made, faults = decided(basis, {"add": [act]}, light=False)
    assert not faults
    told = [one for one in made.warnings if "W1 changes nothing" in one.problem]
    assert bool(told) == bool(said)
    if said:
        assert said in told[0].problem
        assert told[0].remedy == "name who does: Union government"


def test_acts_of_the_scenario_itself_are_not_warned_of(basis):
    made, _ = decided(basis, {"set": [{"table": "acts", "id": "P21", "enforcement": 0.9}]}, light=False)
    assert made.warnings == ()
