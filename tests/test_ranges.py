"""Differences and their ranges in words: rounded, with signs, and of a few people as good as none."""

from types import SimpleNamespace

import numpy as np
import pytest

from tiau.presentation.words.ranges import level, percent, range_of, rounded, signed, table_note
from tiau.presentation.words.what_ifs import effects
from tiau.what_ifs.differences import Difference


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (7.4, "7"), (99, "99"), (104, "100"), (1_249, "1,200"), (-27_900, "28,000")]
)
def test_numbers_are_rounded_sensibly(number, text):
    assert rounded(number) == text


@pytest.mark.parametrize(
    ("band", "text"),
    [
        ((0, 0, 0), "0 to 0"),
        ((-8, 0, 0), "about 0"),
        ((-8, 2, 7), "about 0"),
        ((-8, 0, 40), "about 0 to +40"),
        ((-40, 0, 0), "-40 to 0"),
    ],
)
def test_ends_of_a_range_of_a_few_people_are_told_as_about_none(band, text):
    assert range_of(band, "persons") == text


def test_ranges_of_few_members_are_called_rough():
    assert "runs are rough: the second can come out as the wider one" in table_note(99)
    assert "rough" not in table_note(100)


def test_a_change_of_less_than_a_percent_is_not_told_as_none():
    assert [percent(x) for x in (0, 0.04, 0.4, -0.94, 0.96, 1.4, -27.6)] == [
        "0%", "0%", "+0.4%", "-0.9%", "+1%", "+1%", "-28%",
    ]  # fmt: skip


def test_signs_and_levels():
    assert [signed(x) for x in (0, 12, -1234, float("nan"))] == ["0", "+12", "-1,200", "no value"]
    assert [signed(x) for x in (0.4, 0.6, -8, 9.9, 10)] == ["0", "about 0", "about 0", "about 0", "+10"]
    assert [signed(x, "attempts") for x in (-8, 10)] == ["about 0", "+10"]
    assert [signed(x, "days") for x in (0.04, 0.26, -3)] == ["0", "+0.3", "-3.0"]
    assert [level(27_887), level(5.26, "days"), level(float("nan"))] == ["27,900", "5.3", "no value"]


def clear(place, people):
    """A difference of entries at a crossing that is the same in every member."""
    baseline = np.full(9, 500.0)
    return Difference("entries", place, baseline, baseline + people, baseline, baseline + people)


def test_crossings_and_totals_that_differ_by_a_few_people_are_not_told_one_by_one():
    every = [clear("", 8), clear("Bridge", -7), clear("Ford", 40)]
    change = SimpleNamespace(what_if=SimpleNamespace(title="Ferry"), sentences=["a ferry"])
    outcome = SimpleNamespace(change=change, differences=every, hanging=[], of=lambda *_: every[0])
    settings = SimpleNamespace(start="start", end="end")
    said = effects(SimpleNamespace(scenario=SimpleNamespace(settings=settings), members=9), outcome)
    assert "More enter at Ford (+40)." in said
    assert "Next to nothing changes for entries over the border." in said
    assert "Bridge" not in " ".join(said)
