"""What acts do: closures, exemptions, corridors, push-back, expulsion, registration, relief, fences, news."""

import math

import numpy as np
import pytest

import reference
import toys
from acts_toys import law_at
from closed_forms import ALL, PERSONS, agrees_with_binomial
from tiau.scenario.network import build
from toys import NO_CROWD, act, blocked, camp, close, group, leave, once, origin, place, scenario, way
from walks import at, figures, history, last, marched

# --- those who are kept out


@pytest.mark.parametrize(("enforcement", "wait"), [(0.6, 0.7), (0.95, 0.9), (0.3, 0), (0.8, 1)])
def test_waiting_or_giving_up_has_its_closed_form(enforcement, wait):
    """passed = pi / (pi + (1 - pi) (1 - q)): exact in expectation, binomial in an ensemble, error rate 1.3e-4."""
    pi = 1 - enforcement
    passed = pi / (pi + enforcement * (1 - wait))
    toy = toys.retry(100, enforcement, wait, days=120, **once())
    end = history(toy, chance=False)[-1]
    assert end["people arrived in A"][0] == pytest.approx(100 * passed, rel=PERSONS)
    assert end["people gave up"][0] == pytest.approx(100 * (1 - passed), rel=PERSONS, abs=1e-9)
    attempts = 1 / (1 - enforcement * wait)
    assert end["people turned back at O > A"][0] == pytest.approx(100 * enforcement * attempts, rel=PERSONS)
    if passed < 1:
        short = toy.model_copy(update={"settings": toy.settings.model_copy(update={"end": toys.day(59)})})
        assert agrees_with_binomial(at(short, "people arrived in A", members=ALL), 100, passed)


def test_who_is_kept_out_splits_by_the_four_shares():
    """One day, everybody kept out: a multinomial; who found no porous way, or looks for another, waits."""
    toy = toys.fence(100, 0.4, 1, days=1, parameters={**toys.KNOWN_TOO_LATE, "blocked_other_way": 0.25}, **once())
    whole = 0.5 + 0.3 + 0.2 + 0.25
    expected = {"waiting": 0.5 + 0.25 + 0.3 * 0.4, "people irregular over O > A": 0.3 * 0.6, "people gave up": 0.2}
    exact = history(toy, chance=False)[-1]
    found = figures(last(marched(toy, members=ALL)))
    for name, share in expected.items():
        assert exact[name][0] == pytest.approx(100 * share / whole, rel=PERSONS)
        assert agrees_with_binomial(found[name], 100, share / whole), name
    assert last(marched(toy, chance=False)).people.choosing.sum() == pytest.approx(25 / whole)
    assert (found["people turned back at O > A"] == 100).all()
    assert np.array_equal(found["people over O > A"], found["people irregular over O > A"])


@pytest.mark.parametrize(("porous", "fenced"), [(True, 0), (True, 0.4), (True, 1), (False, 0.4)])
def test_a_fence_lowers_what_is_porous_and_nothing_else(porous, fenced):
    """Through = (pi + (1 - pi) i b) / (1 - (1 - pi) (w + i (1 - b))), b = porous x (1 - fence)."""
    toy = toys.fence(100, fenced, 0.8, days=150, **once())
    routes = tuple(route.model_copy(update={"porous": porous}) for route in toy.routes)
    toy = toy.model_copy(update={"routes": routes})
    b = porous * (1 - fenced)
    attempts = 1 / (1 - 0.8 * (0.5 + 0.3 * (1 - b)))
    end = history(toy, chance=False)[-1]
    assert end["people arrived in A"][0] == pytest.approx(100 * (0.2 + 0.8 * 0.3 * b) * attempts, rel=PERSONS)
    assert end["people irregular over O > A"][0] == pytest.approx(100 * 0.8 * 0.3 * b * attempts, rel=PERSONS)
    if b:
        irregular = at(toy, "people irregular over O > A", 40, members=ALL)
        assert agrees_with_binomial(irregular, 100, 0.8 * 0.3 * b * attempts)


def test_who_looks_for_another_way_chooses_again_every_morning():
    """Of two camps A has share a of the choice; behind a crossing with chance pi it gets a pi / (1 - a (1 - pi))."""
    parameters = {**NO_CROWD, "km_per_day_waited": 0, "distance_decay": 0.002, **blocked(other_way=1)}
    a = 1 / (1 + math.exp(-0.002 * 50))
    expected = a * 0.3 / (1 - a * 0.7)

    def toy(people):
        closed = [close(("north",), 0, 0.7)]
        return toys.two_crossings(people, closed, parameters=parameters, days=40, **once(people))

    end = history(toy(10**7), chance=False)[-1]  # a choice without chance rounds at a thousandth of a person
    assert end["people at A"][0] == pytest.approx(10**7 * expected, rel=PERSONS)
    assert end["people at B"][0] == pytest.approx(10**7 * (1 - expected), rel=PERSONS)
    assert agrees_with_binomial(at(toy(100), "people at A", members=ALL), 100, expected)


def test_who_comes_to_a_crossing_in_another_round_of_the_day_draws_anew():
    """100 come straight to the second crossing, 100 over a first one that acts hold: binomial of 200 on one day."""
    places = [origin("O", 100), origin("P", 100), place("J", "junction", "Abroad"), camp("A", "Other")]
    routes = [way("O", "J", 50, "first"), way("P", "J", 50, "open"), way("J", "A", 50, "second")]
    acts = [close(("first",), 0, 1e-9), close(("second",), 0, 0.5, name="half")]
    toy = scenario(places, routes, [group(homes=("O", "P"))], acts=acts, days=1, departures=[leave(0, 200)])
    assert agrees_with_binomial(at(toy, "people at A", members=ALL), 200, 0.5)


# --- who may pass


def test_an_exemption_lets_its_share_of_its_group_pass():
    toy = toys.exemption(100, parameters=blocked(give_up=1), days=2, **once())
    end = history(toy, chance=False)[-1]
    assert end["kin arrived in A"][0] == pytest.approx(40 * (1 - 0.8 * 0.5), rel=PERSONS)
    assert end["others arrived in A"][0] == pytest.approx(60 * 0.2, rel=PERSONS)
    found = figures(last(marched(toy, members=ALL)))
    assert agrees_with_binomial(found["kin arrived in A"], 40, 0.6)
    assert agrees_with_binomial(found["others arrived in A"], 60, 0.2)


SOFTENED = [
    ([], 0.2 * 0.5),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5)], 0.6 * 0.5),
    ([act("kin", ("gate",), 0, "admit", admit_share=0.5, authority="state")], 0.2 * 0.75),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5, authority="district")], 0.2 * 0.5),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5, groups=("others",))], 0.2 * 0.5),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5, softens="union order")], 0.6 * 0.5),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5, softens="some other order")], 0.2 * 0.5),
    ([act("kin", ("gate",), 0, "exempt", admit_share=0.5), act("old", ("gate",), 0, "admit", admit_share=0.1)], 0.3),
    ([act("way", ("gate",), 0, "corridor", admit_share=0.5)], 0.2 * 0.5),
    ([act("way", ("gate",), 0, "corridor", admit_share=0.5),
      act("way too", ("Abroad",), 0, "corridor", admit_share=0.4, authority="state")], 0.6 * 0.7),
    ([act("way", ("gate",), 0, "corridor", admit_share=0.5),
      act("way too", ("gate",), 0, "corridor", authority="state")], 0.6 * 0.5),
    ([act("way", ("gate",), 0, "corridor", admit_share=0.5),
      act("kin", ("gate",), 0, "exempt", admit_share=0.9, authority="state")], 0.2 * 0.95),
    ([close(("gate",), 0, 0.1, name="zz same day, later name")], 0.9 * 0.5),
    ([close(("gate",), 0, 1, name="b others", groups=("others",), authority="third")], 0.2 * 0.5),
    ([close(("gate",), 0, None, name="b unknown", authority="third")], 0.2 * 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("softer", "passing"), SOFTENED)
def test_authorities_multiply_and_each_softens_its_own_order(softer, passing):
    acts = [
        close(("gate",), 0, 0.8, name="union order"),
        close(("Abroad",), 0, 0.5, name="state order", authority="state"),
        *softer,
    ]
    groups = [group(share=0.5), group("others", share=0.5)]
    for order in (acts, acts[::-1]):
        toy = toys.gate(100, order, groups=groups, days=1)
        assert law_at(build(toy), 1).border.passing[0, 0] == pytest.approx(passing, rel=1e-12)
        world = reference.World(toy)
        assert world.law.passing(0, "people", world.legs[0]) == pytest.approx(passing, rel=1e-12)


def test_a_corridor_needs_the_consent_of_everybody_who_closes():
    """Before the consent of day 3 an attempt passes with .2 x .5, from then on with .8 x .7."""
    given_up = {"parameters": blocked(give_up=1), "days": 5}
    for consent, passing in ((True, [0.1, 0.1, 0.1, 0.56, 0.56]), (False, [0.1] * 5)):
        toy = toys.corridor(500, consent=consent, departures=[leave(n, 100) for n in range(5)], **given_up)
        arrived = [now["people arrived in A"][0] for now in history(toy, chance=False)]
        assert np.diff(arrived, prepend=0) == pytest.approx(100 * np.array(passing), rel=PERSONS)


# --- after the border


def test_push_back_right_after_passing_counts_as_turned_back():
    """With push-back p an attempt passes with pi (1 - p); whom the quota serves, it serves before they are pushed."""
    pi = 0.6 * 0.5
    toy = toys.push_back(100, 0.5, 0.4, days=100, parameters=blocked(wait=0.7, give_up=0.3), **once())
    passed = pi / (pi + (1 - pi) * 0.3)
    end = history(toy, chance=False)[-1]
    assert end["people arrived in A"][0] == pytest.approx(100 * passed, rel=PERSONS)
    assert end["people over O > A"][0] == pytest.approx(100 * passed, rel=PERSONS)
    assert end["people turned back at O > A"][0] == pytest.approx(100 * (1 - pi) / (1 - (1 - pi) * 0.7), rel=PERSONS)
    assert agrees_with_binomial(at(toy, "people arrived in A", 50, members=ALL), 100, passed)
    acts = [*toy.acts, act("quota", ("gate",), 0, "quota", amount=20)]
    both = toy.model_copy(update={"acts": tuple(acts)})
    assert at(both, "people arrived in A", 0, chance=False)[0] == pytest.approx(20 * 0.5, rel=PERSONS)


def test_people_are_expelled_at_their_hazard_and_the_stock_falls_geometrically():
    """From day 1 the gate is shut: nobody comes again. Binomial in an ensemble, error rate 1.3e-4."""
    acts = [act("expel", ("A",), 1, "expel", enforcement=0.2), close(("gate",), 1)]
    toy = toys.gate(100, acts, days=9, **once())
    days = history(toy, chance=False)
    assert [now["people at A"][0] for now in days] == pytest.approx([100 * 0.8**n for n in range(9)], rel=PERSONS)
    assert days[-1]["people expelled from A"][0] == pytest.approx(100 * (1 - 0.8**8), rel=PERSONS)
    assert days[-1]["people at O"][0] == pytest.approx(100 * (1 - 0.8**8), rel=PERSONS)
    assert agrees_with_binomial(at(toy, "people at A", 5, members=ALL), 100, 0.8**5)


def test_expelled_people_come_again_and_count_again():
    """Every day 20 of 100 are expelled and cross again next morning."""
    toy = toys.gate(100, [act("expel", ("A",), 1, "expel", enforcement=0.2)], days=9, **once())
    for number, now in enumerate(history(toy, chance=False)):
        assert now["people at A"][0] == pytest.approx(100 - 20 * (number > 0), rel=PERSONS)
        assert now["people expelled from A"][0] == pytest.approx(20 * number, rel=PERSONS, abs=1e-9)
        assert now["people over O > A"][0] == pytest.approx(100 + 20 * max(number - 1, 0), rel=PERSONS)
    for now in history(toy, members=20):
        back = now["people arrived in A"] - 100
        assert (now["people expelled from A"] - back == now["people at O"]).all()


def test_expulsion_is_for_its_groups_and_leads_over_the_nearest_border():
    """Camp B is a day and a half from the northern border and a quarter of a day from the southern one."""
    places = [origin(), place("N", "town"), place("S", "town"), camp("A"), camp("B")]
    routes = [way("O", "N", 100), way("O", "S", 100), way("N", "A", 50, "north"), way("A", "B", 300)]
    routes += [way("S", "B", 50, "south")]
    acts = [act("expel", ("B",), 1, "expel", enforcement=1, groups=("others",)), close(("south", "north"), 1)]
    toy = scenario(places, routes, list(toys.BOTH), acts=acts, days=2, departures=[leave(0, 100)])
    first, second = history(toy, chance=False)
    assert second["others at S"] == pytest.approx(first["others at B"])
    assert second["others at B"] == pytest.approx(0)
    assert second["others at N"] == pytest.approx(0)
    assert second["kin at B"] == pytest.approx(first["kin at B"])


def test_trapped_people_and_those_who_gave_up_go_home_too():
    """With a hazard r and nothing felt at home a share exp(-r) stays each day; binomial, error rate 3e-4."""
    hazard = {"return_rate": 0.2, "news_days": 60}
    stays = math.exp(-0.2)
    gave_up = toys.retry(100, 1, 0, days=6, parameters=hazard, **once())
    trapped = toys.gate(100, [close(("gate",), 0)], days=6, parameters={**hazard, "news_days": 0}, **once())
    for toy, name in ((gave_up, "people gave up"), (trapped, "people trapped")):
        for number, now in enumerate(history(toy, chance=False)):
            assert now[name][0] == pytest.approx(100 * stays ** (number + 1), rel=PERSONS)
            assert now["people returned from O"][0] == pytest.approx(100 - now[name][0], rel=PERSONS)
        assert agrees_with_binomial(at(toy, name, 4, members=ALL), 100, stays**5)


def test_registration_takes_so_many_a_day_and_never_more_than_are_there():
    departures = [leave(0, 10), leave(4, 30)]
    toy = toys.registration(100, 4, departures=departures, days=14)
    expected = [0, 4, 8, 10, 14, 18, 22, 26, 30, 34, 38, 40, 40, 40]
    for chance in (True, False):
        registered = np.array([now["people registered in A"] for now in history(toy, members=5, chance=chance)])
        assert registered == pytest.approx(np.broadcast_to(np.array(expected)[:, None], registered.shape))
    leaving = toys.registration(100, 30, days=10, parameters={"return_rate": 0.3}, **once())
    for chance in (True, False):
        for batch in marched(leaving, members=50, chance=chance):
            assert (batch.people.registered <= batch.people.settled + 1e-9).all()
        assert (batch.people.registered.sum((1, 2)) < 30).all()


def test_registration_is_for_the_groups_and_places_it_names():
    acts = [act("register", ("A",), 0, "register", groups=("kin",), amount=100)]
    toy = toys.two_crossings(100, acts, groups=list(toys.BOTH), days=2, **once())
    for now in history(toy, members=5):
        assert np.array_equal(now["kin registered in A"], now["kin at A"])
        assert (now["others registered in A"] + now["kin registered in B"] == 0).all()


# --- what draws people, and what they know


@pytest.mark.parametrize("amount", [0, 1, 50])
def test_relief_draws_by_its_amount(amount):
    """Of two camps alike, one with relief has (1 + amount)^w against 1; a camp without room gets room."""
    parameters = {**NO_CROWD, "relief_weight": 0.5, "room_power": 0}
    toy = toys.relief(100, amount, days=3, parameters=parameters, **once(100, 2))
    share = (1 + amount) ** 0.5 / (1 + (1 + amount) ** 0.5)
    assert at(toy, "people at B", chance=False)[0] == pytest.approx(100 * share, rel=PERSONS)
    assert agrees_with_binomial(at(toy, "people at B", members=ALL), 100, share)


def test_relief_adds_room_where_a_capacity_is_given():
    """40 in each camp of 25 places (of 1.23 x 25 = 30.75 none is left); relief for 50 makes room in one."""
    parameters = {**NO_CROWD, "relief_weight": 0}
    toy = toys.relief(100, 50, days=3, parameters=parameters, departures=[leave(0, 80), leave(2, 20)])
    end = history(toy, chance=False)[-1]
    assert (end["people at A"][0], end["people at B"][0]) == (pytest.approx(40), pytest.approx(60))
    without = toy.model_copy(update={"acts": ()})
    assert at(without, "people trapped", chance=False)[0] == pytest.approx(20)


@pytest.mark.parametrize("news", [0, 1, 4])
def test_people_choose_by_what_crossings_did_some_days_ago(news):
    """North shuts on day 2; until the news is there people go to it and wait, then they go round by the south."""
    parameters = {**NO_CROWD, "distance_decay": 0, "news_days": news}
    departures = [leave(n, 10) for n in range(9)]
    toy = toys.two_crossings(100, [close(("north",), 2)], parameters=parameters, departures=departures, days=9)
    for number, now in enumerate(history(toy, chance=False)):
        in_vain = 5 * (number - 1) if 2 <= number < 2 + news else 0
        assert now["waiting"][0] == pytest.approx(in_vain, abs=1e-9)
        assert now["people at A"][0] == pytest.approx(5 * min(number + 1, 2))
        assert now["people at B"][0] == pytest.approx(10 * (number + 1) - in_vain - 5 * min(number + 1, 2))


def test_people_learn_late_too_that_a_crossing_has_opened():
    toy = toys.gate(100, [close(("gate",), 0, until=2)], parameters={"news_days": 3}, days=9, **once(100, 3))
    trapped = [now["people trapped"][0] for now in history(toy, chance=False)]
    assert trapped == pytest.approx([0, 0, 0, 100, 100, 100, 0, 0, 0], abs=1e-9)
    assert at(toy, "people at A", 6, chance=False)[0] == pytest.approx(100)


# --- closing crossings


@pytest.mark.parametrize("chance", [True, False])
@pytest.mark.parametrize("news", [0, 3])
def test_closing_one_of_two_crossings_diverts_to_the_other(chance, news):
    parameters = {"news_days": news, **blocked(wait=0.6, other_way=0.4)}
    more = {"parameters": parameters, "departures": [leave(n, 20) for n in range(10)], "days": 40}
    free = toys.two_crossings(300, **more)
    closed = toys.two_crossings(300, [close(("north",), 2)], **more)
    before, after = (history(toy, members=20, chance=chance)[-1] for toy in (free, closed))
    assert (after["people arrived in B"] > before["people arrived in B"]).all()
    assert after["people over O > A"] == pytest.approx(history(closed, members=20, chance=chance)[1]["people at A"])
    for end in (before, after):
        assert end["people at A"] + end["people at B"] == pytest.approx(200)


@pytest.mark.parametrize("chance", [True, False])
@pytest.mark.parametrize("stay", [0, 0.5])
@pytest.mark.parametrize("news", [0, 4])
def test_where_all_crossings_are_closed_nobody_arrives_and_nobody_vanishes(chance, stay, news):
    shares = blocked(wait=0.5, other_way=0.2, irregular=0.2, give_up=0.1)
    parameters = {"stay_inside": stay, "news_days": news, **shares}
    departures = [leave(n, 20) for n in range(8)]
    toy = toys.two_crossings(300, [close(("Abroad",), 0)], parameters=parameters, departures=departures, days=12)
    for number, batch in enumerate(marched(toy, members=20, chance=chance)):
        now, flow = figures(batch), min(20 * (number + 1), 160)
        assert (now["people arrived in A"] + now["people arrived in B"] == 0).all()
        stuck = now["waiting"] + now["people gave up"] + now["people trapped"]
        inside = batch.people.settled.sum((1, 2))
        assert stuck + inside == pytest.approx(flow)
        assert (inside > 0).all() if stay else (inside == 0).all()
        if news == 0:
            assert (now["people trapped"] == (0 if stay else flow)).all()
        elif number < news:
            assert (now["people trapped"] == 0).all()
