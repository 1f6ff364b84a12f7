"""What a forecast has no row of, and which ends of its ranges cannot be, is said."""

import pytest

import tiau
from forecast_toys import counted, fleeing
from test_forecast import GIVEN
from tiau.presentation.words.forecast_summary import doubts, sentences
from tiau.presentation.words.forecasts import opening
from toys import day


def figures(*people):
    return [counted(f"C{number}", 10 * number, value, place="C") for number, value in enumerate(people, start=1)]


def said(people, **given):
    return " ".join(doubts(tiau.forecast(fleeing(reports=figures(*people)), **{**GIVEN, **given})))


@pytest.fixture(scope="module")
def usual():
    return said([40, 80, 120, 160])


def test_places_without_any_figure_are_named(usual):
    assert "No figure speaks of D: taken to be not there yet" in usual


def test_ranges_of_few_members_are_rough(usual):
    assert "Ranges of 20 members are rough" in usual
    assert "are rough" not in said([40, 80, 120, 160], members=100)


def test_a_figure_of_more_people_than_there_are_is_named_and_not_gone_by(usual):
    assert "more people than there are" not in usual
    told = said([10, 20, 30, 1e6])
    assert f"Figures of more people than there are, which it does not go by: C (1,000,000 of {day(40)})." in told
    assert "could not be used" not in told


def test_a_last_figure_that_cannot_be_used_is_named(usual):
    assert "could not be used" not in usual
    # Nobody is displaced inside the country that people flee to.
    inside = counted("inside", 30, 50, place="C", quantity="idp_present")
    told = " ".join(doubts(tiau.forecast(fleeing(reports=[*figures(40, 80, 120, 160), inside]), **GIVEN)))
    assert f"could not be used, so that nothing is said of them (tiau check): C (50 of {day(30)})" in told


def test_ranges_beyond_all_who_live_there_are_named(usual):
    assert "beyond all people" not in usual
    many = said([10, 100, 1_000, 10_000, 100_000], horizon=60)
    assert "Ranges reach beyond all people who live there, or could come: C (" in many
    assert " of 200,000)" in many, "who lives there"


@pytest.mark.parametrize(("in_all", "word"), [(2_000, "Most of them"), (20_000, "The largest numbers in it")])
def test_most_of_them_are_more_than_half(in_all, word):
    whole = [counted(f"all {number}", number, in_all, place="Abroad") for number in range(10, 51, 10)]
    _, where, _ = sentences(tiau.forecast(fleeing(reports=[*whole, *figures(300, 600, 900, 1_200, 1_500)]), **GIVEN))
    assert where.startswith(f"{word} will then be")
    assert "C with " in where


def test_a_part_that_reaches_further_than_the_whole_is_named(usual):
    assert "Ranges reach further" not in usual
    whole = [counted(f"all {number}", number, 100, place="Abroad") for number in range(10, 51, 10)]
    found = tiau.forecast(fleeing(reports=[*whole, *figures(300, 600, 900, 1_200, 1_500)]), **GIVEN)
    assert "Ranges reach further than those of what they are part of: C (" in " ".join(doubts(found))


def test_a_day_is_one_day():
    found = tiau.forecast(fleeing(), **{**GIVEN, "horizon": 1})
    assert "toy, 1 day ahead" in opening(found)
    assert sentences(found)[2].endswith(f" arrive there on {day(61)}.")
