"""What the policy engine once got wrong: each test failed before it was mended."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import toys
from acts_toys import PARTLY, same_by_name, turned, two_ways
from closed_forms import ALL
from tiau.engine import policy
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.engine.ways import way_back
from tiau.scenario.network import build
from tiau.simulation import simulate
from toys import act, blocked, camp, close, group, leave, origin, place, scenario, way
from walks import at, figures, history, last, marched


def stuck_both_ways():
    """100 give up on day 0, when nobody knows yet that the gate is shut; 100 more are trapped there on day 3."""
    parameters = {"news_days": 2, "return_rate": 0.5, **blocked(give_up=1)}
    return toys.gate(
        200, [close(("gate",), 0)], days=4, departures=[leave(0, 100), leave(3, 100)], parameters=parameters
    )


@pytest.mark.parametrize("chance", [True, False])
def test_trapped_people_and_those_who_gave_up_return_alike(chance):
    """go_home draws one number for both and takes all of it from the trapped first."""
    days = history(stuck_both_ways(), members=ALL, chance=chance)
    stays = math.exp(-0.5)
    assert days[-1]["people gave up"].mean() == pytest.approx(100 * stays**4, rel=0.02)
    assert days[-1]["people trapped"].mean() == pytest.approx(100 * stays, rel=0.02)


def two_homes(hazard, **more):
    places = [origin("O", 100), origin("P", 100), camp("A")]
    routes = [way("O", "A", 100, "one"), way("P", "A", 100, "two")]
    return scenario(places, routes, [group(homes=("O", "P"))], parameters={"return_rate": hazard}, **more)


def test_who_returns_from_a_home_place_and_who_goes_to_it_are_independent_draws():
    """All 200 are trapped at their homes; the chain over homes uses the key of the stuck people's draw at O."""
    toy = two_homes(0.7, acts=[close(("Abroad",), 0)], departures=[leave(0, 200)], days=1)
    batch = last(marched(toy, members=ALL))
    assert batch.people.trapped.sum() + batch.people.home.sum() == 200 * ALL
    network = batch.model.network
    o = network.place_names.index("O")
    returned, home = batch.people.returned[:, 0], batch.people.home[:, 0]
    share = home / returned.sum(1)
    assert abs(np.corrcoef(returned[:, o], share)[0, 1]) < 4 / math.sqrt(ALL)


def test_returnees_spread_over_homes_as_if_each_took_a_free_place_at_random():
    """Hypergeometric, as in the twin; the engine draws binomials and clips them."""
    toy = two_homes(3, departures=[leave(0, 100, place="O"), leave(0, 100, place="P")], days=1)
    batch = last(marched(toy, members=ALL))
    returned = batch.people.returned.sum((1, 2))
    variance = np.mean([stats.hypergeom.var(200, 100, n) for n in returned])
    expected = np.mean(returned / 2)
    spread = np.mean((batch.people.home[:, 0] - returned / 2) ** 2)
    assert batch.people.home[:, 0].mean() == pytest.approx(expected, rel=0.01)
    assert spread == pytest.approx(variance, rel=0.12)


def busy_homes():
    return toys.with_parameters(two_ways(PARTLY), return_rate=0.2)


@pytest.mark.parametrize("tables", [("places",), ("groups",), ("routes",), ("acts",)])
def test_the_order_of_rows_does_not_matter_where_groups_have_several_homes(tables):
    """Homes are chained in the order of rows, not of names."""
    for a, b in zip(history(busy_homes(), members=8), history(turned(busy_homes(), *tables), members=8), strict=True):
        assert not same_by_name(a, b)


def quota_groups():
    groups = [group("a", share=0.5), group("b", share=0.3), group("c", share=0.2)]
    return toys.gate(
        100, [act("quota", ("gate",), 0, "quota", amount=15)], groups=groups, days=4, departures=[leave(0, 100)]
    )


def test_the_order_of_groups_does_not_matter_in_a_queue():
    """border._serve chains the groups of a day in the order of the list of cohorts, not of names."""
    for a, b in zip(
        history(quota_groups(), members=8), history(turned(quota_groups(), "groups"), members=8), strict=True
    ):
        assert not same_by_name(a, b)


def registering(extra=()):
    acts = [*extra, act("register", ("Abroad",), 0, "register", amount=10)]
    places = [origin(people=200), camp("A"), camp("B"), camp("Z", "Far")]
    routes = [way("O", "A", 180, "one"), way("O", "B", 180, "two")]
    return scenario(places, routes, list(toys.BOTH), acts=acts, days=3, departures=[leave(0, 100)])


@pytest.mark.parametrize("table", ["groups", "places"])
def test_the_order_of_rows_does_not_matter_for_registration(table):
    """border.register chains (group, place) in the order of rows."""
    for a, b in zip(history(registering(), members=8), history(turned(registering(), table), members=8), strict=True):
        assert not same_by_name(a, b)


def test_an_unrelated_registration_changes_no_draw():
    """The key of a draw has the position of the act in it, not its name."""
    other = act("another", ("Far",), 0, "register", amount=5)
    for a, b in zip(history(registering(), members=8), history(registering([other]), members=8), strict=True):
        assert all(np.array_equal(a[name], b[name]) for name in a)


def test_registration_draws_people_without_replacement():
    """90 of 100 people of two groups: hypergeometric, variance 90 .4 .6 10/99; the engine clips binomials."""
    toy = toys.gate(
        100, [act("register", ("A",), 0, "register", amount=90)], groups=toys.BOTH, days=1, departures=[leave(0, 100)]
    )
    kin = figures(last(marched(toy, members=ALL)))["kin registered in A"]
    mean, variance = stats.hypergeom.stats(100, 40, 90, moments="mv")
    assert kin.mean() == pytest.approx(mean, abs=4 * math.sqrt(variance / ALL))
    assert kin.var() == pytest.approx(variance, rel=0.12)


def double_ways(road=True):
    """B is 30 km behind the southern border (by road 30 km or on foot), 40 km behind the northern one."""
    places = [origin(), place("N", "town"), place("S", "town"), camp("A"), camp("C"), camp("B")]
    routes = [way("O", "N", 100), way("O", "S", 100), way("N", "A", 50, "north"), way("S", "C", 50, "south")]
    routes += [way("A", "B", 40), way("C", "B", 30), *[way("C", "B", 30, mode="foot")] * road]
    return scenario(places, routes)


def test_a_second_way_between_two_places_does_not_lengthen_the_way_to_the_border():
    """ways.way_back gives csr_matrix both routes, which adds them up."""
    for road in (False, True):
        network = build(double_ways(road))
        back = way_back(network)
        assert network.place_names[back[network.place_names.index("B")]] == "S", road


def test_the_home_side_of_the_nearest_border_does_not_depend_on_the_order_of_routes():
    """Two ways lead into A, 50 km from N and 150 km from S; the engine takes the first row."""
    places = [origin(), place("N", "town"), place("S", "town"), camp("A")]
    routes = [way("O", "N", 100), way("O", "S", 100), way("S", "A", 150, "south"), way("N", "A", 50, "north")]
    for rows in (routes, routes[::-1]):
        network = build(scenario(places, rows))
        assert network.place_names[way_back(network)[network.place_names.index("A")]] == "N"


def test_the_place_in_a_queue_is_for_one_crossing():
    """Kin wait in the north from day 0; on day 3 they and others, who leave home, join the southern queue together."""
    parameters = {"entry_bonus": 0, "crowd_power": 0, "news_days": 3}
    routes = [way("O", "A", 150, "north"), way("O", "A", 200, "south")]
    acts = [close(("north",), 0, until=9), close(("north",), 0, groups=("others",), name="known", authority="state")]
    acts += [act("few", ("south",), 0, "quota", amount=5)]
    groups = [group("kin", share=0.5), group("others", share=0.5)]
    toy = scenario(
        [origin(), camp("A")],
        routes,
        groups,
        acts=acts,
        days=5,
        parameters=parameters,
        departures=[leave(0, 20, "kin"), leave(3, 20, "others")],
    )
    day_3 = history(toy, members=200)[3]
    assert day_3["others over O > A"].mean() == pytest.approx(2.5, abs=0.5)


@pytest.mark.parametrize("effect", ["quota", "register"])
def test_a_fractional_amount_moves_whole_people(effect):
    where = "gate" if effect == "quota" else "A"
    toy = toys.gate(
        100, [act("some", (where,), 0, effect, amount=2.5)], groups=toys.BOTH, days=4, departures=[leave(0, 20)]
    )
    for batch in marched(toy, members=20):
        for counted in batch.people:
            assert (counted == np.round(counted)).all()


@pytest.mark.parametrize("chance", [True, False])
def test_nobody_vanishes_where_all_four_shares_are_0(chance):
    """Allowed by the bounds of the parameters; the split divides by 0."""
    toy = toys.gate(100, [close(("gate",), 0, 0.5)], parameters=blocked(), days=2, departures=[leave(0, 50)])
    for batch in marched(toy, members=5, chance=chance):
        cells = batch.cells
        assert all(np.isfinite(counted).all() for counted in batch.people)
        assert all(np.isfinite(cells.people[m, :n]).all() for m, n in enumerate(cells.size))
        assert figures(batch)["people gave up"].sum() == 0


def passed(toy):
    """Who crossed on the first day, by member, and how the members judge the acts."""
    drawn = draw(toy, members=40, seed=1, vary=("judged",))
    batch = batch_of(replace(model_of(build(toy), drawn), chance=False), drawn)
    advance(batch, 0)
    return 100 - batch.people.turned_back.sum((1, 2)), drawn.judgements


JUDGED = {"enforcement_spread": 1, "exemption_spread": 1}


@pytest.mark.parametrize("estimated", [True, False])
def test_members_differ_in_how_strictly_an_order_with_an_estimate_is_applied(estimated):
    acts = [close(("gate",), 0, 0.8, estimated=estimated), close(("Abroad",), 0, 0.5, name="other", authority="state")]
    found, judged = passed(toys.gate(100, acts, days=1, departures=[leave(0, 100)], parameters=JUDGED))
    assert found == pytest.approx(100 * (1 - judged.enforcement[:, 0]) * 0.5)
    assert (judged.enforcement[:, 1] == 0.5).all()
    assert len(set(found.round(9))) == (40 if estimated else 1)


def test_members_differ_in_an_estimated_exemption_and_the_largest_share_counts_in_each():
    acts = [close(("gate",), 0, 0.8), act("part", ("gate",), 0, "exempt", admit_share=0.5, estimated=True)]
    acts.append(act("more", ("gate",), 0, "admit", admit_share=0.6))
    found, judged = passed(toys.gate(100, acts, days=1, departures=[leave(0, 100)], parameters=JUDGED))
    assert found == pytest.approx(100 * (1 - 0.8 * (1 - np.maximum(judged.admitted[:, 1], 0.6))))
    assert judged.admitted[:, 1].min() < 0.5 < 0.7 < judged.admitted[:, 1].max()


def test_a_scenario_without_acts_at_borders_runs():
    """Where no act rules a border, its regimes were put together from numbers instead of truth values."""
    toy = toys.line(departures=[leave(0, 100)], days=3)
    assert policy.regimes_of(build(toy)).of.tolist() == [[0, 0]]
    assert at(toy, "people arrived in A").tolist() == [100]


def test_people_looking_for_another_way_overnight_count_as_waiting():
    parameters = {**toys.KNOWN_TOO_LATE, **blocked(other_way=1)}
    toy = toys.gate(100, [close(("gate",), 0)], parameters=parameters, days=1, departures=[leave(0, 100)])
    assert simulate(toy, members=2).totals["waiting"][-1].tolist() == [100, 100]
