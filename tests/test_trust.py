"""Counts that lie to one side of a run: ranges that hold every one of them do not hide it."""

import pytest

import tiau
import toys
from forecast_toys import series
from tiau.evaluation.assessment import assess
from tiau.evaluation.coverage import coverage
from tiau.presentation.words import trust as words
from tiau.presentation.words.trust import trust


def run(*reports, **parameters):
    """A toy of whose 1,000 people 400 are in the camp from the third day on, with reports of it."""
    toy = toys.line(1000, departures=[toys.leave(0, 400)], days=150, reports=reports, parameters=parameters)
    return tiau.simulate(toy, members=400)


def counts(*people, **columns):
    """Counts of the camp every tenth day from the eleventh on, the same again and again."""
    wanted = series("A", [people[0], *(people[at % len(people)] for at in range(14))], **columns)
    return wanted[1:]


def found(result):
    (part,) = coverage(result, None)
    return part.one_sided


@pytest.mark.parametrize(
    ("people", "factor", "said"),
    [
        (500, 0.8, "20% below the counts of people present in A: 14 of 14 lie above it"),
        (320, 1.25, "25% above the counts of people present in A: 14 of 14 lie below it"),
    ],
)
def test_counts_to_one_side_are_told_though_ranges_hold_all(people, factor, said):
    result = run(*counts(people))
    (one,) = found(result)
    assert (one.place, one.counts, one.beyond) == ("A", 14, 14)
    assert one.factor == pytest.approx(factor)
    first, held, *why = trust(assess(result))
    assert held.startswith("14 of 14 reported figures")
    assert first == words.RANGES_ALONE
    assert any(said in sentence for sentence in why)


@pytest.mark.parametrize(
    "reports",
    [
        counts(320, 500),  # to both sides
        counts(500, 500, 320),  # two in three of them
        counts(436),  # next to nothing off
        counts(500)[:9],  # few
        [*counts(500)[:7], *series("Abroad", [0, *[320] * 7])[1:]],  # few of each
        counts(500, bound="at_least"),  # no numbers
    ],
)
def test_what_is_no_miss_to_one_side_is_not_told(reports):
    assert found(run(*reports)) == ()


def test_what_sources_are_taken_to_count_too_many_is_no_miss():
    kinds = dict.fromkeys(("register", "agency", "media", "other"), 1.25)
    assert found(run(*counts(500), **{f"coverage_{kind}": share for kind, share in kinds.items()})) == ()


def test_of_many_series_the_longest_are_told_and_the_others_counted():
    away = [report for place in "BCD" for report in series(place, [0, *[500] * 10])[1:]]
    places = [toys.origin(people=4000), *(toys.camp(name) for name in "ABCD")]
    ways = [toys.way("O", name, 100, name) for name in "ABCD"]
    toy = toys.scenario(places, ways, days=150, departures=[toys.leave(0, 1000)], reports=[*counts(500), *away])
    why = list(trust(assess(tiau.simulate(toy, members=20))))
    told = [sentence for sentence in why if "Its middle lies" in sentence]
    assert len(told) == 2
    assert "people present in A: 14 of 14" in told[0]
    assert "10 of 10" in told[1]
    assert "2 other series lie to one side of it as well." in why
