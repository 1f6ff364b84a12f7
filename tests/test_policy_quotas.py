"""Quotas: so many a day in the order of joining, whoever may pass, in whatever round of the day."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import toys
from closed_forms import ALL, PERSONS, agrees_with_hypergeometric
from tiau.engine import streams
from tiau.engine.streams import hypergeometric
from toys import act, camp, close, group, leave, once, origin, place, scenario, way
from walks import history


def test_a_quota_serves_exactly_so_many_a_day_until_nobody_waits():
    toy = toys.quota_queue(100, 7, departures=[leave(0, 60), leave(3, 40)], days=17)
    expected = np.minimum(7 * np.arange(1, 18), 100)
    for chance in (True, False):
        days = history(toy, members=50, chance=chance)
        arrived = np.array([now["kin arrived in A"] + now["others arrived in A"] for now in days])
        assert arrived == pytest.approx(np.broadcast_to(expected[:, None], arrived.shape), rel=1e-12)
        assert all((now["kin turned back at O > A"] == 0).all() for now in days)


def test_within_a_day_of_joining_a_quota_draws_hypergeometrically():
    """Three groups, the first day's 15 of 100: mean and variance of each, error rate 4e-4."""
    groups = [group("a", share=0.5), group("b", share=0.3), group("c", share=0.2)]
    toy = toys.gate(100, [act("quota", ("gate",), 0, "quota", amount=15)], groups=groups, days=2, **once())
    exact = history(toy, chance=False)[0]
    found = history(toy, members=ALL)[0]
    for name, people in (("a", 50), ("b", 30), ("c", 20)):
        assert exact[f"{name} arrived in A"][0] == pytest.approx(15 * people / 100, rel=PERSONS)
        assert agrees_with_hypergeometric(found[f"{name} arrived in A"], people, 100, 15), name


@given(
    st.floats(1e-6, 1 - 1e-6), st.sampled_from([1, 7, 60, 900, 40_000]), st.floats(0, 1), st.floats(0, 1)
)  # fmt: skip
@settings(derandomize=True, deadline=None, max_examples=300)
def test_who_is_served_is_the_quantile_of_the_hypergeometric_distribution(u, total, marked, drawn):
    marked, drawn = round(total * marked), round(total * drawn)
    key = np.uint64(int(u * 2**53) << 11)
    u = streams.uniform(key)
    found = hypergeometric(key, float(marked), float(total), float(drawn), True)
    served = stats.hypergeom(total, marked, drawn)
    assert served.cdf(found) >= u - 1e-9
    assert served.cdf(found - 1) <= u + 1e-9
    assert hypergeometric(key, float(marked), float(total), float(drawn), False) == drawn * marked / total


def test_a_quota_serves_the_oldest_day_of_joining_first():
    """10 a day; 25 kin join on day 0, 25 others on day 1, 20 of each on day 2."""
    departures = [leave(0, 25, "kin"), leave(1, 25, "others"), leave(2, 20, "kin"), leave(2, 20, "others")]
    toy = toys.quota_queue(200, 10, departures=departures, days=9)
    for chance in (True, False):
        days = history(toy, members=ALL, chance=chance)
        kin, others = (np.array([now[f"{name} arrived in A"] for now in days]) for name in ("kin", "others"))
        for arrived, expected in ((kin, [10, 20, 25, 25, 25]), (others, [0, 0, 5, 15, 25])):
            assert arrived[:5] == pytest.approx(np.tile(expected, (arrived.shape[1], 1)).T, rel=0 if chance else 1e-12)
        if chance:
            assert agrees_with_hypergeometric(kin[5] - 25, 20, 40, 10)
            assert agrees_with_hypergeometric(kin[7] - 25, 20, 40, 30)
        else:
            assert kin[5:, 0] == pytest.approx([30, 35, 40, 45])


def test_a_quota_counts_whom_acts_let_pass_and_the_least_quota_counts():
    """Before the quota of 4 (not 9, not that of another crossing) a closure lets 30 % try: here more than 4 do."""
    acts = [
        close(("gate",), 0, 0.7), act("small", ("Abroad",), 0, "quota", amount=4),
        act("large", ("gate",), 0, "quota", amount=9), act("later", ("gate",), 3, "quota", amount=2),
    ]  # fmt: skip
    toy = toys.gate(100, acts, days=5, **once())
    days = history(toy, chance=False)
    assert [now["people arrived in A"][0] for now in days] == pytest.approx([4, 8, 12, 14, 16])
    refused = np.diff([now["people turned back at O > A"][0] for now in days], prepend=0)
    assert refused == pytest.approx(0.7 * np.array([100, 96, 92, 88, 86]), rel=PERSONS)


def test_a_quota_is_for_the_whole_day_whoever_comes_in_a_later_round():
    """Who passes the first crossing comes to the second on the same day, after those who wait there."""
    places = [origin(), place("J", "junction", "Abroad"), camp("A", "Other")]
    routes = [way("O", "J", 50, "first"), way("J", "A", 50, "second")]
    quotas = [act("many", ("first",), 0, "quota", amount=12), act("few", ("second",), 0, "quota", amount=5)]
    toy = scenario(places, routes, acts=quotas, days=12, departures=[leave(0, 40)])
    for chance in (True, False):
        days = history(toy, members=5, chance=chance)
        over = {"people over O > J": [12, 24, 36, 40, 40], "people over J > A": [5, 10, 15, 20, 25, 30, 35, 40, 40]}
        for name, expected in over.items():
            assert [now[name].mean() for now in days[: len(expected)]] == pytest.approx(expected), name
            assert np.array([now[name] for now in days]).std(1).max() == pytest.approx(0, abs=1e-9)


def test_a_quota_of_nobody_lets_nobody_pass_and_loses_nobody():
    toy = toys.quota_queue(100, 0, days=70, **once())
    for chance in (True, False):
        end = history(toy, chance=chance)[-1]
        assert end["kin arrived in A"][0] + end["others arrived in A"][0] == 0
        assert end["kin trapped"][0] + end["others trapped"][0] == pytest.approx(100)
