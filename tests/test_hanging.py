import csv
import re
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

import toys
from tiau.evaluation.hanging import Judged, correlation_by_chance, hanging, judged_numbers, rank_correlation
from tiau.presentation.compare_page import page
from tiau.presentation.words.what_ifs import paragraph
from tiau.scenario.posterior import Posterior
from tiau.scenario.unknown import Unknown
from tiau.what_ifs.comparison import compare
from tiau.what_ifs.model import Drop, Set, WhatIf
from tiau.what_ifs.saving import save
from tiau.what_ifs.tables import DECISIVE

# Members differ in what they make of acts; who is kept out gives up, so who is admitted is who enters.
SPREAD = {"enforcement_spread": 1, "exemption_spread": 1}
ENFORCED = WhatIf(title="The order is enforced", why="made up", set=[Set(table="acts", id="closure", enforcement=1)])
ORDER, ADMITTED = ("enforcement", "closure"), ("exemption", "aid")


def order(*, estimated=True, enforcement=0.2, **more):
    """A toy with an order that is enforced a little, and an exemption that admits about half."""
    acts = [
        toys.close(("gate",), 0, enforcement),
        toys.act("aid", ("gate",), 0, "exempt", admit_share=0.5, softens="closure", estimated=estimated),
    ]
    parameters = {**SPREAD, **toys.blocked(give_up=1)}
    return toys.gate(2000, acts, departures=[toys.leave(2, 1500)], parameters=parameters, days=8, **more)


@pytest.fixture(scope="module")
def on_aid():
    """The order enforced: how many then enter is what the exemption admits."""
    return compare(order(), ENFORCED, members=60)


@pytest.fixture(scope="module")
def on_nothing():
    """The same where it is known what the exemption admits."""
    return compare(order(estimated=False), ENFORCED, members=40, members_given=40)


def deciding(found, measure):
    """The numbers that the total of a measure hangs on."""
    return [one for one in found if one.decides and (one.measure, one.place) == (measure, "")]


def names(found):
    return [(one.kind, one.name) for one in found]


def test_the_number_that_decides_is_named(on_aid):
    outcome = on_aid.outcomes[0]
    found = deciding(outcome.hanging, "entries")
    assert names(found) == [ADMITTED]
    assert found[0].correlation > 0.95
    assert found[0].unit == "percent"
    # Three in ten are admitted in the third of members that admit fewest, seven in ten where they admit most.
    assert found[0].at_lowest < -50 < -35 < found[0].at_highest
    assert (found[0].low, found[0].high) == pytest.approx((0.16, 0.84), abs=0.08)


def test_the_paragraph_and_the_page_name_it_in_words(on_aid):
    text = paragraph(on_aid, on_aid.outcomes[0])
    assert (
        "The change of entries over the border hangs most on the share that act aid admits (exempt, union, gate: -"
        in text
    )
    assert "in the third of runs where it is lowest" in text
    assert "with 60 runs and" in text
    html = page(on_aid, {"scenario": {}, "environment": {}})
    assert "What it hangs on" in html
    assert "the share that act aid admits (exempt, union, gate)" in html


def test_no_number_is_named_where_none_decides(on_nothing):
    outcome = on_nothing.outcomes[0]
    assert outcome.of("entries").tells
    assert outcome.hanging
    assert not [one for one in outcome.hanging if one.decides]
    said = "No single assumed number decides more than chance would show for entries over the border."
    assert said in paragraph(on_nothing, outcome)


def test_the_range_given_judged_numbers_is_narrower_where_one_matters(on_aid):
    found = on_aid.outcomes[0].of("entries")
    (low, _, high), (given_low, _, given_high) = found.band, found.given_band
    assert low < given_low < given_high < high
    assert given_high - given_low < 0.3 * (high - low)
    assert found.given_baseline.size == 60


def test_the_ranges_are_the_same_where_none_matters(on_nothing):
    found = on_nothing.outcomes[0].of("entries")
    assert np.array_equal(found.baseline, found.given_baseline)
    assert np.array_equal(found.changed, found.given_changed)


def test_members_given_are_the_first_members(on_nothing):
    fewer = compare(order(estimated=False), ENFORCED, members=40, members_given=9)
    assert (fewer.members_given, fewer.runs) == (9, 4)
    every, some = (done.outcomes[0].of("entries").given_changed for done in (on_nothing, fewer))
    assert np.array_equal(some, every[:9])


def test_members_given_are_a_whole_number_from_one():
    with pytest.raises(ValueError, match="members_given must be a whole number from 1"):
        compare(order(), ENFORCED, members=2, members_given=0)


def test_a_number_decides_that_differs_without_the_change_alone():
    known = WhatIf(title="It admits .6", why="made up",
                   set=[Set(table="acts", id="aid", admit_share=0.6, estimated=False)])  # fmt: skip
    done = compare(order(enforcement=1.0), known, members=60)
    outcome = done.outcomes[0]
    entries = outcome.of("entries")
    assert (entries.tells, entries.given_tells) == (False, True)
    assert names(deciding(outcome.hanging, "entries")) == [ADMITTED]
    assert outcome.hanging[0].correlation < -0.9
    assert "The sign is known only if the assumed numbers are right, for entries over the border (" in paragraph(
        done, outcome
    )


def test_where_nothing_differs_nothing_decides():
    nothing = WhatIf(title="nothing", why="a test")
    done = compare(order(), nothing, members=12)
    assert done.outcomes[0].hanging == ()
    assert "hangs" not in paragraph(done, done.outcomes[0])


def test_one_member_tells_nothing_of_what_decides():
    done = compare(order(), ENFORCED, members=1)
    assert done.outcomes[0].hanging == ()
    assert "hangs" not in paragraph(done, done.outcomes[0])
    assert "What it hangs on" not in page(done, {"scenario": {}, "environment": {}})


def test_decisive_csv_has_a_row_a_number(tmp_path, on_aid):
    save(on_aid, tmp_path / "out", report=page)
    found = list(csv.reader((tmp_path / "out" / "decisive.csv").open(encoding="utf-8", newline="")))
    assert tuple(found[0]) == DECISIVE
    assert len(found) == 1 + len(on_aid.outcomes[0].hanging)
    first = dict(zip(found[0], found[1], strict=True))
    assert (first["kind"], first["number"], first["decides"]) == ("exemption", "aid", "yes")
    assert first["meaning"] == "exempt, union, gate"
    assert {row[-1] for row in found[2:]} == {"no"}


def test_judged_numbers_are_those_in_which_members_differ():
    toy = order()
    gone = toy.model_copy(update={"acts": toy.acts[:1]})
    found = judged_numbers(toy, gone, members=30, seed=1)
    assert names(found)[-1] == ADMITTED
    assert ORDER not in names(found)
    assert "km_per_day_waited" in [one.name for one in found]
    # Blocked people only give up here, and a share of nothing is nothing in every member.
    assert "blocked_wait" not in [one.name for one in found]


def test_a_number_that_a_change_fixes_is_that_of_before():
    toy = order()
    acts = (toy.acts[0].model_copy(update={"estimated": True}), toy.acts[1])
    toy = toy.model_copy(update={"acts": acts})
    shut = toy.model_copy(update={"acts": (acts[0].model_copy(update={"enforcement": 1.0}), acts[1])})
    values = {(one.kind, one.name): one.values for one in judged_numbers(toy, shut, members=200, seed=1)}
    assert np.median(values[ORDER]) == pytest.approx(0.2, abs=0.05)


def test_given_judged_numbers_are_the_mean_of_what_a_fit_learned():
    learned = Posterior((Unknown(*ADMITTED),), np.full((1, 8), 2.0), toys.day(0), 1)
    toy = order().model_copy(update={"posterior": learned})
    entries = compare(toy, ENFORCED, members=8).outcomes[0].of("entries")
    # All members admit the same, so it makes no difference that it was judged.
    assert np.array_equal(entries.given_changed, entries.changed)
    assert np.median(entries.changed) == pytest.approx(1500 * 0.88, rel=0.03)


def test_a_parameter_that_a_change_sets_lies_around_its_new_value():
    toy = order()
    after = toys.with_parameters(toy, own_place_km=500)
    values = {one.name: one.values for one in judged_numbers(toy, after, members=300, seed=1)}
    assert np.median(values["own_place_km"]) == pytest.approx(500, rel=0.1)


def test_rank_correlation_is_spearman_s_with_ties():
    generator = np.random.default_rng(1)
    one, other = generator.integers(0, 6, 50).astype(float), generator.integers(0, 9, 50).astype(float)
    assert rank_correlation(one, other) == pytest.approx(spearmanr(one, other).statistic)


@pytest.mark.parametrize(("members", "numbers"), [(20, 5), (60, 25)])
def test_chance_alone_passes_its_bound_once_in_twenty(members, numbers):
    generator = np.random.default_rng(2)
    bound = correlation_by_chance(members, of=numbers)
    answers = generator.normal(size=(600, members))
    passed = [
        max(abs(rank_correlation(row, answer)) for row in generator.normal(size=(numbers, members))) > bound
        for answer in answers
    ]
    assert 0.02 < np.mean(passed) < 0.08


def test_differences_are_in_percent_only_where_every_member_has_somebody():
    number = Judged("parameter", "p", "a toy", np.arange(12.0))
    changed = np.linspace(5, 60, 12)
    some = hanging(("entries", ""), "persons", np.full(12, 10.0), changed, [number])[0]
    none = hanging(("entries", ""), "persons", np.r_[0, np.full(11, 10.0)], changed, [number])[0]
    assert (some.unit, none.unit) == ("percent", "persons")
    assert some.at_highest == 10 * (np.median(changed[-4:]) - 10)


def test_members_without_a_value_are_left_out():
    number = Judged("parameter", "p", "a toy", np.r_[np.arange(10.0), 1000])
    baseline = np.full(11, 10.0)
    found = hanging(("days_until_safety", ""), "days", baseline, baseline + np.r_[np.arange(10.0), np.nan], [number])
    assert found[0].correlation == pytest.approx(1)
    assert found[0].high < 10


def test_a_number_that_reads_the_same_at_both_ends_is_not_told(on_aid):
    outcome = on_aid.outcomes[0]
    flat = replace(outcome.hanging[0], at_lowest=-40.1, at_highest=-40.2)
    text = paragraph(on_aid, replace(outcome, hanging=(flat,)))
    assert "No single assumed number decides" in text


def test_dropping_an_exemption_hangs_on_what_it_would_have_admitted():
    dropped = WhatIf(title="no aid", why="made up", drop=[Drop(table="acts", id="aid")])
    done = compare(order(enforcement=0.9), dropped, members=60)
    assert names(deciding(done.outcomes[0].hanging, "entries")) == [ADMITTED]


def test_a_page_of_what_ifs_has_no_powers_of_ten():
    """A day of waiting may deter like a thousand kilometres of road: the range of it has four digits."""
    toy = toys.gate(2000, [toys.close(("gate",), 0, 0.9)], departures=[toys.leave(2, 1500)], days=8)
    done = compare(toy, WhatIf(title="Open", why="made up", drop=[Drop(table="acts", id="closure")]), members=40)
    given = [one for one in done.outcomes[0].hanging if one.name == "km_per_day_waited"]
    ranked = replace(done, outcomes=(replace(done.outcomes[0], hanging=tuple(given)),))
    html = page(ranked, {"scenario": {}, "environment": {}})
    assert re.search(r'<td class="n">\d{2,3} to [12],\d{3}</td>', html)
    assert not re.search(r"\de[+-]\d", html.partition("</style>")[2])
