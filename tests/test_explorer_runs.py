"""Runs of the explorer: the numbers of simulate and compare, portion by portion, stopped, kept and gone on from."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
import pytest

import tiau
import toys
from explorer_asked import asked, never, said
from folders import write_folder
from tiau.explorer.basis.deciding import decided
from tiau.explorer.basis.districts import districts_of, of_districts
from tiau.explorer.basis.followed import followed_of
from tiau.explorer.exploration import Exploration
from tiau.explorer.runs import bits, stages
from tiau.explorer.runs.fans import fan
from tiau.readers import native
from tiau.scenario.network import build
from tiau.scenario.rows import Area
from tiau.what_ifs.model import WhatIf

LATER = {"set": [{"table": "acts", "id": ["A1"], "enforcement": 0.9}]}
ADDED = {
    "add": [{
        "table": "acts", "act": "W1", "from": "2021-02-05", "authority": "Farland", "level": "national",
        "effect": "close", "places": "River bridge", "enforcement": 0.7,
    }]
}  # fmt: skip
SEVERE = {"scale": [{"table": "events", "id": ["E1"], "column": "severity", "by": 4}]}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return write_folder(tmp_path_factory.mktemp("runs") / "small")


@pytest.fixture(scope="module")
def mizoram(tmp_path_factory):
    found = tmp_path_factory.mktemp("runs") / "mizoram"
    native.write(tiau.load("mizoram-2021").without_posterior().until("2021-04-02"), found)
    return found


def page(source, horizon=0):
    return Exploration(str(source), members=6, seed=1, horizon=horizon)


def ran(explored, content=None, **columns):
    return list(explored.run(asked(content, **columns), never))


def kinds(messages):
    return [message["kind"] for message in messages if message["kind"] not in ("progress", "preparing", "growing")]


def require_as_simulated(explored, messages, result):
    """Every area of a result has the fans that the settled run has, to the last digit, and reports their figures."""
    followed = explored.opening()["followed"]
    run = said(messages, "done")["run"]
    seen = 0
    for name, area in zip(result.area_names, range(len(result.area_names)), strict=True):
        for at, one in enumerate(followed):
            if one["level"] != "place" and name in (one["name"], one["label"]):
                for quantity, kept in (("present", "present"), ("arrived", "arrived_cumulative")):
                    series = explored.series(asked(run=run, follow=at, quantity=quantity))
                    np.testing.assert_array_equal(series["fan"], fan(result.areas[kept][area]))
                seen += 1
    assert seen >= 4
    figures = said(messages, "figures")
    np.testing.assert_array_equal(figures["p50"], np.quantile(result.figures, 0.5, axis=1))


def test_numbers_of_a_settled_run_are_those_of_simulate_and_compare(mizoram):
    explored = page(mizoram)
    follow = explored.opening()["first_followed"]
    scenario = tiau.load(mizoram)
    own = ran(explored, follow=follow)
    require_as_simulated(explored, own, tiau.simulate(scenario, members=6, seed=1))
    assert said(own, "fan")["difference"] is None
    content = {"set": [{"table": "acts", "id": ["P21", "P21m"], "enforcement": 1}]}
    changed = ran(explored, content, follow=follow)
    what_if = WhatIf.model_validate({"title": "t", "why": "w", **content})
    outcome = tiau.compare(scenario, what_if, members=6, members_given=1, seed=1).outcomes[0]
    require_as_simulated(explored, changed, tiau.simulate(outcome.change.scenario, members=6, seed=1))
    daily = outcome.daily["present in Mizoram"].astype(np.float32)
    assert daily.any()
    np.testing.assert_array_equal(said(changed, "fan")["difference"], fan(daily))
    assert said(changed, "changed")["sentences"] == list(outcome.change.sentences)


def test_expected_values_are_those_of_a_run_without_chance(small):
    explored = page(small)
    explored.opening()
    (found,) = [message for message in ran(explored, stage="expected") if message["kind"] == "expected"]
    result = tiau.simulate(small, chance=False)
    places = len(result.network.place_names)
    np.testing.assert_allclose(found["present"][-places:], result.everybody[2].T, rtol=1e-5, atol=1e-4)
    north = [one["name"] for one in explored.opening()["followed"]].index("North")
    area = result.area_names.index("North")
    np.testing.assert_allclose(found["arrived"][north], result.areas["arrived_cumulative"][area, :, 0], rtol=1e-5)
    figures = [np.nan if figure is None else figure for figure in found["reports"]]
    np.testing.assert_allclose(figures, result.figures[:, 0], rtol=1e-5)
    np.testing.assert_allclose(found["totals"]["moving"], result.totals["moving"][:, 0], rtol=1e-5, atol=1e-4)


def test_irregular_crossings_show_for_districts_and_never_on_ways_or_at_places(small):
    explored = page(small)
    opening = explored.opening()
    (found,) = [m for m in ran(explored, ADDED, stage="expected") if m["kind"] == "expected"]
    shown = ~np.isnan(found["irregular"]).all(1)
    names = [(one["level"], one["name"]) for one in opening["followed"]]
    # Who crosses inside an area of two countries would be what it lacks of its districts.
    assert shown.tolist() == [level != "place" and name != "Borderlands" for level, name in names]
    assert found["irregular"][shown, -1].max() > 0
    (bridge,) = [at for at, way in enumerate(opening["routes"]) if way["crossing"] and way["to"] == 3]
    farland = [one["name"] for one in opening["followed"]].index("Farland")
    entered, unseen = found["arrived"][farland, -1], found["irregular"][farland, -1]
    np.testing.assert_allclose(found["flow"][bridge].sum(), entered - unseen, rtol=1e-4)
    assert (found["flow"] >= 0).all()


def test_an_area_shows_irregular_crossings_only_where_it_is_made_up_of_whole_districts():
    camps = [
        toys.camp(name, admin2=district) for name, district in zip("ABCD", ("One", "One", "Two", "Three"), strict=True)
    ]
    routes = [toys.way("O", name, 60, f"to {name}") for name in "ABCD"]
    members = {"Part": ("A", "C"), "Whole": ("A", "B", "C"), "Over the border": ("A", "B", "O")}
    areas = [Area(area=name, members=those) for name, those in members.items()]
    network = build(toys.scenario([toys.origin("O"), *camps], routes, [toys.group()], areas=areas))
    every = followed_of(network)
    shown = {one.label for one, may in zip(every, of_districts(network.scenario, every), strict=True) if may}
    assert "Whole" in shown
    assert not {"Part", "Over the border", *"ABCDO"} & shown


def test_a_state_of_which_a_place_has_no_district_is_one_as_a_whole():
    places = [toys.origin("O"), toys.camp("A", admin1="S", admin2="One"), toys.camp("B", admin1="S", admin2="Two")]
    routes = [toys.way("O", "A", 60, "north"), toys.way("O", "B", 60, "south")]
    parted = toys.scenario(places, routes, [toys.group()])
    assert len(set(districts_of(parted).tolist())) == 3
    places.append(toys.camp("C", admin1="S", admin2=""))
    blank = toys.scenario(places, [*routes, toys.way("O", "C", 60, "west")], [toys.group()])
    assert len(set(districts_of(blank)[1:].tolist())) == 1
    every = followed_of(build(blank))
    shown = {one.name for one, may in zip(every, of_districts(blank, every), strict=True) if may}
    assert not {"One", "Two"} & shown


def told(expected):
    """Everything numeric that a page is told of what is expected."""
    message = expected.message()
    return {name: np.nan_to_num(message[name]) for name in ("present", "arrived", "flow", "irregular")}


def unlike(one, other):
    return [name for name in one if not np.allclose(one[name], other[name], rtol=1e-4, atol=1e-2)]


def expected_of(explored, content=None):
    explored.opening()
    made, faults = decided(explored._sound().basis, content or {}, light=False)
    assert faults == []
    return explored._sound().expected(made, never)


def moved(expected, ways, people=40.0):
    """The same course of everybody, but that some crossed irregularly on the second of two ways, not on the first."""
    irregular = expected.noted.irregular.copy()
    irregular[:, ways[0]] -= people
    irregular[:, ways[1]] += people
    return dataclasses.replace(expected, noted=expected.noted._replace(irregular=irregular))


@pytest.mark.parametrize("drawn_anew", [False, True])
def test_on_which_way_into_a_district_people_cross_irregularly_changes_nothing_that_a_page_is_told(mizoram, drawn_anew):
    """Nor does a what-if tell that draws districts otherwise: what it shows is by the page's own."""
    explored = page(mizoram)
    anew = {"set": [{"table": "places", "id": ["Zokhawthar"], "admin2": "Serchhip district"}]}
    found = expected_of(explored, anew if drawn_anew else None)
    network = found.sight.network
    into = np.flatnonzero((network.crossing >= 0) & (network.end == network.place_names.index("Zokhawthar")))[0]
    own = found.sight.shape.borders
    same = [way for way in np.flatnonzero(own == own[into]) if network.end[way] != network.end[into]]
    other = np.flatnonzero((own >= 0) & (own != own[into]))
    assert unlike(told(found), told(moved(found, (into, same[0])))) == []
    assert set(unlike(told(found), told(moved(found, (into, other[0]))))) >= {"irregular"}


def test_a_light_answer_is_part_of_the_whole_one(small):
    light, whole = page(small), page(small)
    (full,) = kinds_of(ran(whole, SEVERE, stage="expected"), "expected")
    for quantity, follow in (("present", 2), ("arrived", 2), ("arrived", -2)):
        follow %= len(full["present"])
        series, places = together(ran(light, SEVERE, stage="expected", light=True, follow=follow, quantity=quantity))
        np.testing.assert_allclose(series, full[quantity][follow], rtol=1e-6)
        np.testing.assert_array_equal(places, full["present"][-5:])


def together(messages):
    """What is followed, and places, of all days that were told one after the other."""
    bits = kinds_of(messages, "expected")
    ends = np.cumsum([0, *(bit["places"].shape[1] for bit in bits)])
    assert [bit["first"] for bit in bits] == ends[:-1].tolist()
    assert {bit["days"] for bit in bits} == {ends[-1]}
    series, places = (np.concatenate([bit[name] for bit in bits], 1) for name in ("series", "places"))
    return series[0], places


def test_while_something_is_dragged_the_day_shown_is_told_as_soon_as_it_is_there(small, monkeypatch):
    monkeypatch.setattr(bits, "SOON", 1e9)
    monkeypatch.setattr(bits, "EVERY", 1e9)
    told = ran(page(small), SEVERE, stage="expected", light=True, day=6)
    assert [bit["places"].shape[1] for bit in told] == [7, told[0]["days"] - 7]
    monkeypatch.setattr(bits, "SOON", 0)
    monkeypatch.setattr(bits, "EVERY", 0)
    assert len(kinds_of(ran(page(small), SEVERE, stage="expected", light=True), "expected")) == told[0]["days"]


def kinds_of(messages, kind):
    return [message for message in messages if message["kind"] == kind]


def test_fans_come_portion_by_portion_and_the_same_again_at_once(small, monkeypatch):
    monkeypatch.setattr(stages, "FIRST_MEMBERS", 4)
    monkeypatch.setattr(stages, "PORTIONS", 4)
    explored = page(small)
    first = ran(explored, LATER, members=12)
    assert kinds(first) == ["changed", "fan", "medians", "expected", *["fan"] * 4, "figures", "done"]
    assert [message["members"] for message in kinds_of(first, "fan")] == [4, 6, 8, 10, 12]
    few, whole = said(first, "medians"), said(ran(page(small), LATER, members=4), "figures")
    np.testing.assert_array_equal(few["medians"]["present"], whole["medians"]["present"])
    own = said(ran(page(small), members=4), "figures")
    np.testing.assert_array_equal(few["was"]["present"], own["medians"]["present"])
    again = ran(explored, LATER | {"title": "Another name"}, members=12)
    assert kinds(again) == ["changed", "expected", "fan", "figures", "done"]
    np.testing.assert_array_equal(said(again, "fan")["fan"], said(first, "fan")["fan"])
    np.testing.assert_array_equal(said(again, "fan")["difference"], said(first, "fan")["difference"])
    assert said(again, "done")["run"] == said(first, "done")["run"]
    whole = ran(page(small), LATER, members=12)
    np.testing.assert_array_equal(said(whole, "fan")["difference"], said(first, "fan")["difference"])


def test_the_first_runs_are_told_day_by_day_as_far_as_all_of_them_have_come(small, monkeypatch):
    monkeypatch.setattr(stages, "FIRST_MEMBERS", 4)
    monkeypatch.setattr(bits, "SOON", 0)
    monkeypatch.setattr(bits, "EVERY", 0)
    messages = ran(page(small), LATER, members=6)
    growing, first = kinds_of(messages, "growing"), kinds_of(messages, "fan")[0]
    whole = first["fan"].shape[1]
    assert [message["days"] for message in growing] == sorted({message["days"] for message in growing})
    assert len(growing) > whole / 2
    for message in growing:
        assert message["members"] == first["members"] == 4
        for name in ("fan", "difference"):
            np.testing.assert_array_equal(message[name][:, : message["days"]], first[name][:, : message["days"]])
            assert np.isnan(message[name][:, message["days"] :]).all()


def test_a_what_if_does_not_wait_for_members_that_are_there(small, monkeypatch):
    monkeypatch.setattr(stages, "FIRST_MEMBERS", 4)
    explored = page(small)
    ran(explored, members=4)
    for course in explored._sound()._kept.of("course"):
        assert course._lock.acquire(timeout=1)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(course.reach, 4, lambda _: None, never).result(5)
        course._lock.release()


def test_the_scenario_as_it_is_lets_what_ifs_pass_and_takes_what_they_did(small, monkeypatch):
    monkeypatch.setattr(stages, "FIRST_MEMBERS", 2)
    explored, fans = page(small), []
    own = explored.run(asked(members=6), never)
    with explored._sound()._what_ifs.at_work(True):
        fans += [next(message["members"] for message in own if message["kind"] == "fan")]
        ran(explored, LATER, members=4)
        waiting = ThreadPoolExecutor(1).submit(lambda: kinds(list(own)))
        assert not wait([waiting], timeout=0.3).done
        ran(explored, LATER, members=6)
        wait([waiting], timeout=5)
    assert fans == [2]
    assert waiting.result(5)[-1] == "done"


def test_days_ahead_leave_the_days_of_the_scenario_as_they_are(small):
    short, long = page(small), page(small, horizon=20)
    days = short.opening()["days"]
    assert long.opening()["days"] == days + 20
    one, other = (said(ran(explored, follow=2), "fan")["fan"] for explored in (short, long))
    np.testing.assert_array_equal(one, other[:, :days])
    assert other[:, days:].any()


def test_stop_ends_a_run_within_a_day_and_what_comes_after_is_right(small, monkeypatch):
    monkeypatch.setattr(bits, "SOON", 0)
    explored = page(small)
    asked_after, stopping = 0, False

    def stop():
        nonlocal asked_after
        asked_after += stopping
        return stopping

    for message in explored.run(asked(LATER, members=200), stop):
        stopping = stopping or message["kind"] == "growing"
        assert message["kind"] != "fan"
    assert asked_after <= 2
    stopping = False
    np.testing.assert_array_equal(
        said(ran(explored, LATER), "fan")["difference"], said(ran(page(small), LATER), "fan")["difference"]
    )


def test_whoever_leaves_stops_the_work(small):
    explored = page(small)
    messages = explored.run(asked(members=400), never)
    while next(messages)["kind"] != "expected":
        pass
    messages.close()
    assert "fan" in kinds(ran(explored))


def test_two_threads_get_what_one_gets(small):
    explored, alone = page(small), page(small)
    contents = [None, LATER, ADDED, SEVERE, LATER, None]
    with ThreadPoolExecutor(len(contents)) as pool:
        both = list(pool.map(lambda content: ran(explored, content), contents))
    for content, messages in zip(contents, both, strict=True):
        wanted = ran(alone, content)
        for key in ("fan", "difference"):
            np.testing.assert_array_equal(said(messages, "fan")[key], said(wanted, "fan")[key])


def test_a_what_if_may_change_places_and_ways(small):
    explored = page(small)
    opening = explored.opening()
    content = {
        "drop": [{"table": "routes", "id": ["Delta > Epsilon"]}, {"table": "places", "id": ["Epsilon"]}],
        "set": [{"table": "reports", "id": ["R6"], "place": "Delta"},
                {"table": "areas", "id": ["Borderlands"], "members": "Gamma; Delta"},
                {"table": "groups", "id": ["Hill civilians"], "affinity": "Farland=1"}],
    }  # fmt: skip
    messages = ran(explored, content, follow=len(opening["followed"]) - 1)
    assert kinds(messages)[-1] == "done", messages
    assert not said(messages, "fan")["fan"].any()
    assert said(messages, "fan")["difference"].min() < 0
    assert said(messages, "changed")["first_day"] == 0


def test_faults_of_what_is_asked_are_told(small):
    explored = page(small)
    bad = ran(explored, {"set": [{"table": "acts", "id": ["A9"], "enforcement": 2}]})
    assert kinds(bad) == ["faults"]
    assert bad[-1]["faults"][0]["column"] == "set[1].id"
    assert kinds(ran(explored, {"drop": [{"table": "places", "id": ["Delta"]}]})) == ["faults"]
    assert kinds(ran(explored, digest="0" * 64)) == ["faults"]
    assert kinds(ran(explored, follow=99))[-1] == "faults"
    with pytest.raises(tiau.InputError, match="not kept any more"):
        explored.series(asked(run="none"))


def test_too_many_members_for_a_large_scenario_are_refused(small, monkeypatch):
    monkeypatch.setattr(stages, "LARGEST_COURSE", 50_000)
    assert "at most" in said(ran(page(small), members=1000), "faults")["faults"][0]["remedy"]


def test_many_what_ifs_leave_no_more_than_the_bound(small):
    explored = page(small)
    explored._kept._most = most = 1_000_000
    for enforcement in np.linspace(0.1, 0.9, 6).tolist():
        ran(explored, {"set": [{"table": "acts", "id": ["A1"], "enforcement": enforcement}]})
        assert explored._kept.size <= most


@pytest.mark.parametrize(
    "content",
    [
        {"drop": [{"table": "places", "id": ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]}]},
        {"set": [{"table": "acts", "id": ["A1"], "until": "9999-12-31"}]},
        {"add": [{"table": "places", "place": "Alpha", "kind": "camp", "country": "Farland", "lat": 1, "lon": 1}]},
    ],
)
def test_what_makes_no_scenario_is_told_while_it_is_dragged_too(small, content):
    explored = page(small)
    told = said(ran(explored, content), "faults")
    assert said(ran(explored, content, stage="expected", light=True), "faults") == told
    assert set(kinds(ran(explored, stage="expected", light=True))) == {"expected"}
