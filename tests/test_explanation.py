"""Why a crossing lets people through as it does: the product over authorities, act by act, in words."""

import datetime as dt

import numpy as np
import pytest

import toys
from tiau.explanation import explain
from tiau.faults import InputError
from tiau.loading import load
from tiau.presentation.words.acts import text_of

DAY = dt.date(2021, 3, 27)


@pytest.fixture(scope="module")
def scenario():
    return load("mizoram-2021")


def test_chance_is_the_product_of_the_closures_and_what_is_not_pushed_back(scenario):
    for at in ("Moreh", "Mizoram", "Manipur", "Zokhawthar"):
        for passage in explain(scenario, at, dt.date(2021, 3, 26)).passages:
            product = np.prod([closure.chance for closure in passage.closures]) * (1 - passage.pushed)
            assert passage.chance == pytest.approx(product)


def test_moreh_shows_the_state_order_and_the_federal_one(scenario):
    found = explain(scenario, "Moreh", DAY)
    assert {closure.act.act for passage in found.passages for closure in passage.closures} == {"P24", "P21m"}
    text = "\n".join(text_of(found))
    assert "0.12 = Manipur Home Department by P24 0.2 x Union government by P21m 0.6, 0.2 admitted by P21y" in text
    assert "estimated" in text


def test_an_area_shows_all_crossings_into_it(scenario):
    ways = {passage.crossing for passage in explain(scenario, "Champhai district", DAY).passages}
    assert {"Zokhawthar", "Farkawn", "Hnahlan"} <= ways
    assert "Moreh" not in ways


def test_quota_is_said_where_there_is_one_alone():
    def told(*acts):
        return text_of(explain(toys.gate(acts=acts), "gate", toys.day(1)))

    closed, quota = toys.close(("gate",), 0, 0.5), toys.act("Q", ("gate",), 0, "quota", amount=1200)
    assert told(closed)[-1] == "  all groups: one attempt passes with chance 0.5 = union by closure 0.5; porous 0"
    assert told(closed, quota)[-1].endswith("0.5; at most 1,200 a day; porous 0")
    assert (
        told(quota)[-1]
        == "  all groups: one attempt passes with chance 1: nobody closes it; at most 1,200 a day; porous 0"
    )
    assert told()[-1] == "  all groups: one attempt passes with chance 1: nobody closes it; porous 0"
    assert told()[:2] == ["Acts in force on 2021-01-02:", "  none"]


@pytest.mark.parametrize(("at", "day", "words"), [("Mirozam", DAY, "Mizoram"), ("Moreh", dt.date(2019, 1, 1), "2021")])
def test_unknown_names_and_days_are_refused_with_a_remedy(scenario, at, day, words):
    with pytest.raises(InputError, match=words):
        explain(scenario, at, day)
