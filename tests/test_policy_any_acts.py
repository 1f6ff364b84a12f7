"""Whatever acts there are: what softens, enforcement, the order of rows, the twin's reading, nobody lost."""

import itertools
import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import reference
import toys
from acts_toys import EFFECTS, PARTLY, PLACES, acts, law_at, same_by_name, turned, two_ways
from reference_policy import Law
from tiau.engine import policy
from tiau.engine.passage import passage_of, waits_of
from tiau.engine.shocks import without_judgements
from tiau.scenario.checks import check
from tiau.scenario.network import build
from tiau.simulation import simulate
from toys import act, blocked, camp, close, event, group, origin, place, scenario, way
from walks import accounted_for, history

BORDER_ACTS = acts(PLACES, ["close", "close", "exempt", "admit", "corridor"], 7)

NETWORK = build(two_ways())
NOWHERE = np.zeros(NETWORK.displaced.shape)


def chances(found):
    """The chance that an attempt passes where all acts of a list are in force (group, route)."""
    lasting = tuple(one.model_copy(update={"until": None, "ends": ""}) for one in found)
    network = replace(NETWORK, scenario=NETWORK.scenario.model_copy(update={"acts": lasting}))
    return law_at(network, 9).border.passing


@given(BORDER_ACTS)
@settings(derandomize=True, deadline=None, max_examples=100)
def test_removing_what_softens_can_only_lower_what_passes(found):
    before = chances(found)
    assert ((before >= 0) & (before <= 1)).all()
    for gone in (one for one in found if one.effect != "close"):
        after = chances([one for one in found if one is not gone])
        assert (after <= before + 1e-12).all()


@given(BORDER_ACTS, st.sampled_from([0, 0.4, 1]))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_raising_enforcement_can_only_lower_what_passes(found, up):
    before = chances(found)
    for position, order in enumerate(found):
        if order.effect == "close":
            stricter = order.model_copy(update={"enforcement": 1 - (1 - (order.enforcement or 0)) * (1 - up)})
            after = chances([*found[:position], stricter, *found[position + 1 :]])
            assert (after <= before + 1e-12).all()


def border_by_name(toy, number):
    """The border of a day with the names of groups, routes and places in the place of positions."""
    network = build(toy)
    law = law_at(network, number)
    given = passage_of(network, law, without_judgements(toy, 1))
    border = law.border._asdict() | {"expelled": given.expelled[0] if law.expelling else NOWHERE}
    groups, places, crossings = network.group_names, network.place_names, network.crossings
    routes = [
        (name, network.crossings[crossing] if crossing >= 0 else "")
        for name, crossing in zip(network.route_names, network.crossing, strict=True)
    ]
    axes = {
        "passing": (groups, routes), "pushed": (groups, routes), "gated": (groups, routes), "porous": (routes,),
        "quota": (crossings,), "expelled": (groups, places), "relief": (places,), "room": (places,),
    }  # fmt: skip
    return {
        (what, *key): border[what][tuple(index for index, _ in where)]
        for what, names in axes.items() for where in itertools.product(*(enumerate(axis) for axis in names))
        for key in [tuple(name for _, name in where)]
    }  # fmt: skip


@given(acts(PLACES, EFFECTS, 8), st.integers(0, 9))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_order_of_rows_changes_nothing_at_a_border(found, number):
    toy = two_ways(found)
    expected = border_by_name(toy, number)
    other = border_by_name(turned(toy, "places", "routes", "groups", "acts"), number)
    assert other == pytest.approx(expected, rel=1e-12)


@given(acts(PLACES, EFFECTS, 8), st.integers(0, 9))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_plain_twin_reads_acts_alike(found, number):
    toy = two_ways(found)
    network, world = build(toy), reference.World(toy)
    law = law_at(network, number)
    border, given = law.border, passage_of(network, law, without_judgements(toy, 1))
    for (g, name), (r, leg) in itertools.product(enumerate(network.group_names), enumerate(world.legs)):
        regime = border.regime[g, r]
        assert border.passing[g, r] == pytest.approx(world.law.passing(number, name, leg))
        assert (0 if border.shut[r] else given.passing[0, regime]) == pytest.approx(border.passing[g, r])
        assert border.pushed[g, r] == given.pushed[0, regime] == pytest.approx(world.law.pushed(number, name, leg))
        assert border.porous[r] == given.porous[0, r] == pytest.approx(world.law.porous(number, leg))
    expelled = given.expelled[0] if law.expelling else NOWHERE
    for (g, name), (p, where) in itertools.product(enumerate(network.group_names), enumerate(network.place_names)):
        assert expelled[g, p] == pytest.approx(world.law.expelled(number, name, where))
    quotas = dict(zip(network.crossings, border.quota, strict=True))
    assert {name: amount for name, amount in quotas.items() if amount < math.inf} == world.law.quotas(number)


@given(acts(PLACES, EFFECTS, 8), st.integers(0, 9), st.integers(0, 99))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_plain_twin_reads_acts_as_a_member_judges_them_alike(found, number, seed):
    toy = two_ways([one.model_copy(update={"estimated": True}) for one in found])
    network, plain = build(toy), without_judgements(toy, 1)
    scatter = random.Random(seed)
    judged = {
        (one.act, column): scatter.random()
        for one in toy.acts for column in ("enforcement", "admit_share") if getattr(one, column) is not None
    }  # fmt: skip
    for position, one in enumerate(toy.acts):
        plain.enforcement[0, position] = judged.get((one.act, "enforcement"), 0)
        plain.admitted[0, position] = judged.get((one.act, "admit_share"), 0)
    law = law_at(network, number)
    passage, waits = passage_of(network, law, plain), waits_of(network, law, plain)
    world = reference.World(toy)
    twin = Law(world, judged)
    for (g, name), (r, leg) in itertools.product(enumerate(network.group_names), enumerate(world.legs)):
        regime = law.border.regime[g, r]
        assert passage.pushed[0, regime] == pytest.approx(twin.pushed(number, name, leg))
        assert passage.porous[0, r] == pytest.approx(twin.porous(number, leg))
        if not law.border.shut[r]:
            assert passage.passing[0, regime] == pytest.approx(twin.passing(number, name, leg))
            assert waits[0, regime] == pytest.approx(min(twin.wait(number, name, leg), policy.LONGEST_WAIT))
    expelled = passage.expelled[0] if law.expelling else NOWHERE
    for (g, name), (p, where) in itertools.product(enumerate(network.group_names), enumerate(network.place_names)):
        assert expelled[g, p] == pytest.approx(twin.expelled(number, name, where))


def test_the_order_of_rows_does_not_matter_at_partly_closed_crossings():
    toy = two_ways(PARTLY, return_rate=0)
    expected = history(toy, members=8)
    assert expected[-1]["g expelled from B"].sum() > 0
    assert expected[-1]["h irregular over T > A"].sum() > 0
    for tables in (("places",), ("routes",), ("groups",), ("acts",), ("places", "routes", "groups", "acts")):
        for number, now in enumerate(history(turned(toy, *tables), members=8)):
            assert not same_by_name(expected[number], now), (tables, number)


def test_an_unrelated_country_with_its_own_crossing_changes_no_draw():
    quota, register = act("quota", ("south",), 2, "quota", amount=5), act("list", ("B",), 3, "register", amount=2)
    toy = two_ways([*PARTLY, quota, register])
    far = [place("Y", "town", "Farther"), camp("Z", "Far"), camp("X", "Farther", capacity=9)]
    own = [way("Y", "Z", 50, "far gate", porous=True), way("X", "Y", 100)]
    news = [close(("far gate",), 1, 0.5, name="far order"), act("far quota", ("Far",), 2, "quota", amount=3)]
    larger = toy.model_copy(
        update={
            "places": (far[0], *toy.places[:2], far[1], *toy.places[2:], far[2]),
            "routes": (own[0], *toy.routes, own[1]),
            "acts": (*news, *toy.acts),
        }
    )
    for before, after in zip(history(toy, members=8), history(larger, members=8), strict=True):
        assert not [name for name in before if not np.array_equal(before[name], after[name])]
        assert all((after[name] == 0).all() for name in after.keys() - before.keys())


EVERYTHING = [
    *PARTLY,
    act("quota", ("south",), 2, "quota", amount=3),
    act("list", ("Other",), 3, "register", amount=2),
    act("aid", ("A",), 1, "relief", amount=40),
]


def test_members_are_the_same_whatever_their_number_and_the_jobs_where_acts_hold():
    toy = two_ways(EVERYTHING)
    one, other, more = (simulate(toy, members=m, jobs=jobs) for m, jobs in ((5, 1), (5, 3), (9, 2)))
    for name in one.areas:
        assert np.array_equal(one.areas[name], other.areas[name]), name
        assert np.array_equal(one.areas[name], more.areas[name][..., :5]), name
    for name in one.totals:
        assert np.array_equal(one.totals[name], more.totals[name][..., :5]), name


def test_a_result_has_what_happened_at_borders():
    toy = two_ways(EVERYTHING)
    result = simulate(toy, members=5)
    days = history(toy, members=5, spread=True)
    into = {"Abroad": ["T > A", "O > A", "B > A"], "Other": ["T > B", "A > B"]}
    both = ("g", "h")
    for number, now in enumerate(days):
        for (area, routes), (what, figure) in itertools.product(
            into.items(), {"turned_back": "turned back at", "irregular_cumulative": "irregular over"}.items()
        ):
            expected = sum(now[f"{name} {figure} {route}"] for name in both for route in routes)
            assert result.areas[what][result.area_names.index(area), number] == pytest.approx(expected), (what, area)
        row = result.area_names.index("Other")
        for what, figure in (("expelled_cumulative", "expelled from B"), ("registered", "registered in B")):
            assert result.areas[what][row, number] == pytest.approx(sum(now[f"{name} {figure}"] for name in both))
        totals = {"waiting": now["waiting"], "moving": sum(now[f"{name} on the way"] for name in both)}
        totals |= {"trapped": sum(now[f"{name} trapped"] for name in both)}
        totals |= {"gave_up": sum(now[f"{name} gave up"] for name in both)}
        for what, expected in totals.items():
            assert result.totals[what][number] == pytest.approx(expected), what
    for what in ("turned_back", "irregular_cumulative", "expelled_cumulative", "registered"):
        assert result.areas[what].sum() > 0
    assert result.totals["waiting"].sum() * result.totals["gave_up"].sum() > 0


def _without_faults(found):
    """Acts that refer to others and not to themselves, and to groups where that means something."""
    sound, names = [], {one.act for one in found}
    for one in found:
        others = names - {one.act}
        changes = {
            column: getattr(one, column) if getattr(one, column) in others else "" for column in ("softens", "ends")
        }
        if one.effect == "exempt" and not changes["softens"]:
            changes["effect"] = "admit"
        if one.effect in ("relief", "quota", "fence"):
            changes["groups"] = ()
        sound.append(one.model_copy(update=changes))
    return sound


@st.composite
def policies(draw_from):
    """Up to six places in three countries with routes and acts of all effects at random."""
    countries = ["Home", "Abroad", "Other"]
    kinds = st.sampled_from(["origin", "town", "junction", "camp", "reception"])
    count = draw_from(st.integers(1, 5))
    places = [origin("P0", draw_from(st.integers(0, 80)))]
    for number in range(1, count + 1):
        room = draw_from(st.sampled_from([None, 5, 40]))
        country = draw_from(st.sampled_from(countries))
        places.append(place(f"P{number}", draw_from(kinds), country, population=20, capacity=room))
    routes = []
    for number in range(draw_from(st.integers(1, 8))):
        a = draw_from(st.integers(0, count))
        b = (a + draw_from(st.integers(1, count))) % (count + 1)
        crossing = f"C{number}" if places[a].country != places[b].country else ""
        km = draw_from(st.sampled_from([7, 61, 190, 330]))
        routes.append(way(f"P{a}", f"P{b}", km, crossing, porous=draw_from(st.booleans())))
    homes = tuple(p.place for p in places if p.kind == "origin")
    groups = [group("g", homes, 0.6), group("h", ("P0",), 0.4, speed_factor=2.3)]
    where = [route.crossing for route in routes if route.crossing] + [p.place for p in places]
    found = _without_faults(draw_from(acts([*where, *{p.country: 0 for p in places}], EFFECTS, 8)))
    shares = blocked(*(draw_from(st.sampled_from([0, 0.3, 1])) for _ in range(4)))
    assume(sum(shares.values()) > 0)
    parameters = {
        **shares,
        "news_days": draw_from(st.integers(0, 3)),
        "stay_inside": draw_from(st.sampled_from([0, 1])),
    }
    events = [event(0, 4, homes, 8)]
    return scenario(places, routes, groups, days=9, base=toys.LIVELY, parameters=parameters, acts=found, events=events)


@given(policies(), st.booleans())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_nobody_is_lost_whatever_acts_say(toy, chance):
    assume(not [fault for fault in check(toy) if fault.level != "warning"])
    for state in accounted_for(toy, chance=chance):
        assert (state.registered <= state.settled + 1e-9).all()
