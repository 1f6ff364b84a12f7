"""What Flee's own tests check, asked of the engine; of the twin where no run shows it (said in the test).

The list is section 8 of ../shared/flee-format.md. Not asked here, and why:

- changes (3), micro, path_choice: assert nothing.
- demographics, idp, load_agent, stay close (2), spawning by a ratio of attributes, IPC values of csv, fixed-route
  tables and major routes of crawling and location_changes: rules or files that no real case uses and that the settings
  refuse (matching, harvest, agents.csv, stay_close_to_home, region_attributes_IPC.csv, fixed_routes, major_routes.csv).
- twosystem (5): unreachable from a case's files (Q27).
- awareness 0, which freezes everybody in Flee: refused (Q17).
- removelink: a call of Flee's interface; a closed link stands for it.
- the suite of FabFlee: whole folders, for the tests of the reader.
"""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

import flee_toys as toys
import reference_flee as twin
from tiau import flee
from tiau.flee.case.counts import counts
from tiau.flee.case.model import Correction, DataFile, Label
from tiau.flee.case.settings import FleeSettings


def ways_from_a(kms, *, foreign=(), people=1, days=30, **settings):
    """A, in conflict, linked to B, C, D, which are camps that nobody leaves; top speed 5000."""
    camps = [toys.place(name, "camp", country="abroad" if name in foreign else "home") for name in "BCD"]
    ways = [("A", name, km) for name, km in zip("BCD", kms, strict=True)]
    rules = {"max_move_speed": 5000.0, "camp_movechance": 0.0, "data": toys.gone(people)}
    return toys.build([toys.place("A", "conflict_zone", 1000), *camps], ways, days, **(rules | settings))


def at_the_end(result):
    """Place to agents in each member."""
    return dict(zip((row.name for row in result.case.locations), result.everywhere, strict=True))


def test_one_agent_is_never_lost():
    result = flee.simulate(ways_from_a((100, 100, 100), conflict_movechance=0.3), members=50)
    assert (result.everywhere.sum(axis=0) == 1).all()
    assert (result.created[-1] == 1).all()


@pytest.mark.parametrize("awareness", [1, 2, 3, 4])
def test_any_awareness_runs(awareness):
    """Seven places, all links 834 km; the one agent is somewhere or on the way, and in D3 at most once."""
    names = ("A", "B", "C", "D", "C2", "D2", "D3")
    kinds = {"A": "conflict_zone", "D3": "camp"}
    pairs = ("A B", "A C", "A D", "C C2", "C D2", "D D2", "D2 D3", "C2 D3")
    case = toys.build(
        [toys.place(name, kinds.get(name, "town"), 1000) for name in names],
        [(*pair.split(), 834) for pair in pairs], 5, data=toys.gone(1), awareness_level=awareness,
    )  # fmt: skip
    result = flee.simulate(case, members=20)
    assert (result.created[-1] == 1).all()
    assert set(result.everywhere.sum(axis=0)) <= {0, 1}


def test_awareness_nought_is_refused():
    with pytest.raises(ValidationError, match="awareness_level"):
        FleeSettings(awareness_level=0)


def test_nobody_stays_at_a_marker():
    """A, B towns, C marker, D camp; A-B, A-C, B-D, C-D; awareness 5: all ends are B or D, by way of C too."""
    kinds = {"A": "conflict_zone", "B": "town", "C": "marker", "D": "camp"}
    ways = [("A", "B", 10), ("A", "C", 10), ("B", "D", 10), ("C", "D", 10)]
    case = toys.build(
        [toys.place(name, kind, 1000) for name, kind in kinds.items()], ways, 2, data=toys.gone(300),
        awareness_level=5, default_movechance=0.005, camp_movechance=0.0,
    )  # fmt: skip
    end = at_the_end(flee.simulate(case, members=20))
    assert (end["A"] == 0).all()
    assert (end["C"] == 0).all()
    assert (end["B"] + end["D"] == 300).all()
    routes = {"B": 1 / 20, "BD": 1 / 30, "CD": 1 / 30, "CDB": 1 / 40}
    share = (routes["BD"] + routes["CD"]) / sum(routes.values())
    assert end["D"].mean() == pytest.approx(300 * share, abs=4 * np.sqrt(300 * share * (1 - share) / 20))


@pytest.mark.parametrize("sinks", [True, False])
def test_a_camp_that_keeps_whoever_stays_a_night(sinks):
    """Half of those at B leave it each time they may; as a sink it only ever grows, to all 100."""
    camp = toys.place("B", "camp", country="abroad", deactivation_probability=1)
    rules = {"camps_are_sinks": sinks, "camp_movechance": 0.5, "max_move_speed": 200.0}
    case = toys.build([toys.place("A", "conflict_zone", 9), camp], [("A", "B", 300)], 60, data=toys.gone(100), **rules)
    present = flee.simulate(case, members=3).present[:, 0]
    assert (np.diff(present, axis=0) >= 0).all() == sinks
    assert (present[-1] == 100).all() == sinks


def test_a_closed_place_is_not_entered():
    case = ways_from_a((100, 100, 100), people=300, days=2, closures=[("location", "C", "", 0, -1)])
    end = at_the_end(flee.simulate(case, members=5))
    assert (end["C"] == 0).all()
    assert (end["B"] + end["D"] == 300).all()


def test_a_closed_link_is_not_taken():
    case = ways_from_a((100, 100, 100), people=300, days=2, closures=[("link", "C", "A", 0, -1)])
    end = at_the_end(flee.simulate(case, members=5))
    assert (end["C"] == 0).all()
    assert (end["B"] > 0).all()


def spawning(days, **conflicts):
    places = [toys.place(name, "conflict_zone", 9, date=column[0] == 0) for name, column in conflicts.items()]
    return toys.build(places, [], days, conflicts=conflicts, spawn_mode="conflict", amounts=(100.0,))


def test_a_hundred_a_day_by_conflict():
    result = flee.simulate(spawning(10, A=[1]))
    assert result.created[:, 0].tolist() == [100 * day for day in range(1, 11)]
    assert result.everywhere[:, 0].tolist() == [1000]


def test_newcomers_follow_the_zones_at_war():
    """300, 300, then 150, 150. A change from 1 to 0.5 would not count (Q9): the half is another zone's onset."""
    halved = spawning(4, A=[1], B=[1, 1, 0], C=[1, 1, 0], D=[0, 0, 0.5])
    assert flee.simulate(halved).created[:, 0].tolist() == [300, 600, 750, 900]
    ignored = spawning(4, A=[1], B=[1, 1, 0], C=[1, 1, 0.5])
    assert flee.simulate(ignored).created[:, 0].tolist() == [300, 600, 800, 1000]


def test_routes_of_two_steps():
    """Twin: awareness 2 knows B, C, D from A, neither A nor E; the shorter way to D, over B, weighs more."""
    places = [toys.place(name, "town") for name in "ABCDE"]
    ways = [("A", "B", 100), ("A", "C", 200), ("B", "D", 100), ("C", "D", 100), ("D", "E", 100)]
    case = toys.build(places, ways, 1, awareness_level=2)
    run = next(twin.march(case, toys.counts_of(case), setup=lambda run: run.insert("E")))
    routes = {names: weight for names, _, weight in run.world.candidates(run.people[0], run.world.named["A"])}
    assert {names[-1] for names in routes} == {"B", "C", "D"}
    assert routes["B", "D"] > routes["C", "D"] > 0
    assert run.world.named["B"].score == 1.0


def test_places_become_another_kind_on_their_day():
    """Twin: C an idp camp from day 100, A in conflict until day 499 and a town from 500."""
    places = [toys.place("A", "conflict_zone", 5), toys.place("C", "town")]
    case = toys.build(places, [], 501, changes=[("C", "idpcamp", 100), ("A", "town", 500)])
    a, c = [], []
    for run in twin.march(case, toys.counts_of(case)):
        a.append((run.world.places[0].conflict > 0, run.world.places[0].town))
        c.append((run.world.places[1].idpcamp, run.world.places[1].town))
    assert (c[99], c[100]) == ((False, True), (True, False))
    assert (a[499], a[500]) == ((True, False), (False, True))


def test_conflicts_begin_on_the_day_of_their_column():
    """A at war from day 0, C from day 50, C2 from day 95: 10 a day from each."""
    places = [
        toys.place("A", "conflict_zone", 9),
        *(toys.place(name, "conflict_zone", 9, date=50) for name in ("C", "C2")),
    ]
    conflicts = {"A": [1], "C": [0] * 50 + [1], "C2": [0] * 95 + [1]}
    case = toys.build(places, [], 100, conflicts=conflicts, spawn_mode="conflict", amounts=(10.0,))
    created = flee.simulate(case).created[:, 0]
    assert [created[day] for day in (49, 50, 94, 95)] == [500, 520, 1400, 1430]


def test_a_border_is_shut_from_day_5_to_day_7():
    """One way of 100 km to a foreign camp, 10 a day: none arrive on days 5, 6, 7, all who wait on day 8."""
    places = [toys.place("A", "conflict_zone", 9), toys.place("F", "camp", country="abroad")]
    closures = [("country", "home", "abroad", 5, 8)]
    rules = {"spawn_mode": "conflict", "amounts": (10.0,), "camp_movechance": 0.0}
    case = toys.build(places, [("A", "F", 100)], 30, closures=closures, **rules)
    present = flee.simulate(case).present[:, 0, 0]
    assert present.tolist() == [50 if 5 <= day < 8 else 10 * (day + 1) for day in range(30)]


def test_counts_between_rows_and_before_a_correction():
    """Flee's table of camps: day 0, 300 and 700, and the same halved by the correction on a later row."""
    rows = DataFile("refugees.csv", (0, 300, 700, 1000, 1310), (2775, 21079, 311338, 800000, 400000))
    case = replace(toys.build([toys.place("C", "camp")], [], 1200), labels=(Label("total", (rows,)),))
    plain = counts(case, hasten=1, days=1200)[0]
    assert plain[[0, 300, 700]].tolist() == [2775, 21079, 311338]
    assert plain.max() == 800000
    halved = counts(replace(case, corrections=(Correction("total", 1310),)), hasten=1, days=1200)[0]
    assert halved[[0, 300, 700]].tolist() == [1387, 10539, 155669]


LEVELS = {"A": [0, 0, 1, 1, 2, 1, 1, 1, 1, 1, 1], "B": [1, 1, 1, 3, 1, 1, 0, 0, 0, 0, 1]}


def flood_zones(amounts, levels=LEVELS, days=11, **settings):
    places = [toys.place(name, "flood_zone", 100_000) for name in "AB"]
    rules = {
        "spawn_mode": "flood", "take_from_population": True, "amounts": amounts, "flood_rules": True,
        "flood_movechances": (0.0,) * 5, "flood_loc_weights": (1.0, 0.5, 0.2, 0.1, 0.1), "default_movechance": 0.0,
    }  # fmt: skip
    return toys.build(
        [*places, toys.place("C", "camp")], [("A", "B", 50), ("B", "C", 50)], days, flood=levels, **(rules | settings)
    )


def test_flood_levels_are_those_of_their_day():
    """A 0, B 1 on day 0; A 1, B 3 on day 3; A 2 on day 4; B 0 on day 9; both 1 on day 10: 100 people a level."""
    comes = np.diff(flee.simulate(flood_zones((0.0, 100.0, 200.0, 300.0, 400.0))).created[:, 0], prepend=0)
    assert comes.tolist() == [100, 100, 200, 400, 300, 200, 100, 100, 100, 100, 200]


def test_a_thousand_by_flood_all_at_the_flooded_place():
    end = at_the_end(flee.simulate(flood_zones((0.0, 100.0, 200.0, 300.0, 400.0), {"A": [1], "B": [0]}, 10)))
    assert [end[name].tolist() for name in "ABC"] == [[1000], [0], [0]]


def test_the_forecast_is_the_rest_of_the_table():
    """Twin: lists of all days, by day the same; a place that is not named has no flood."""
    case = flood_zones((0.0,) * 5)
    for run in twin.march(case, toys.counts_of(case)):
        assert [place.forecast for place in run.world.places] == [LEVELS["A"], LEVELS["B"], []]
        assert [place.level for place in run.world.places] == [LEVELS["A"][run.world.t], LEVELS["B"][run.world.t], 0]


def test_people_are_left_at_a_place_under_forecast():
    case = flood_zones(
        (0.0, 100.0, 200.0, 300.0, 400.0), flood_movechances=(0.3, 0.4, 0.7, 1.0, 1.0), flood_forecaster=True,
        flood_forecaster_timescale=4, flood_forecaster_end_time=10, flood_forecaster_weights=(1.0,) * 11,
        flood_awareness_weights=(0.5, 1.0), ages=(("0", {"Default": 1.0}), ("1", {"Default": 1.0})),
    )  # fmt: skip
    result = flee.simulate(case, members=5)
    assert (at_the_end(result)["A"] > 0).all()
    assert (result.everywhere.sum(axis=0) == result.created[-1]).all()


def test_a_foreign_weight_of_nought_keeps_people_at_home():
    """Ways of 834, 1368 and 536 km, D abroad, ten days of arrivals by source data."""
    case = ways_from_a((834, 1368, 536), foreign="D", foreign_weight=0.0, days=10, data={"gone": toys.daily(50, 10)})
    end = at_the_end(flee.simulate(case, members=5))
    assert (end["D"] == 0).all()
    assert (end["B"] + end["C"] == 450).all()


@pytest.mark.parametrize(
    ("threshold", "weights", "kept"),
    [(2.0, (1, 8, 4, 12), "CE"), (1.1, (1, 8, 9, 12), "E"), (1.0, (1, 8, 4, 12), "BCDE")],
)
def test_pruning_by_the_best_weight(threshold, weights, kept):
    camps = [toys.place(name, "camp") for name in "BCDE"]
    case = toys.build(
        [toys.place("A", "conflict_zone", 1000), *camps],
        [("A", name, 12 / weight - 0.5) for name, weight in zip("BCDE", weights, strict=True)], 2,
        data=toys.gone(500), softening=0.5, pruning_threshold=threshold, camp_movechance=0.0,
    )  # fmt: skip
    end = at_the_end(flee.simulate(case, members=5))
    assert {name for name in "ABCDE" if end[name].sum() > 0} == set(kept)


def test_one_a_day_until_the_camp_is_closed():
    """A-B of 5 km, 100 days, B closed after the movement of day 2: 3 at B, 97 at A."""
    places = [toys.place("A", "conflict_zone", 1000), toys.place("B", "camp")]
    rules = {"spawn_mode": "conflict", "amounts": (1.0,), "camp_movechance": 0.0}
    case = toys.build(places, [("A", "B", 5)], 100, closures=[("location", "B", "", 3, -1)], **rules)
    assert flee.simulate(case).everywhere[:, 0].tolist() == [97, 3]


def test_a_camp_closed_is_left_as_a_town_is():
    """The chance of leaving goes from 0 to 0.3 a day: of 1000, binomial within 4 standard errors of 20 members."""
    places = [toys.place("Z", "conflict_zone", 9), toys.place("C", "camp"), toys.place("D", "camp")]
    case = toys.build(
        places, [("C", "D", 10)], 2, data={"C": [1000]}, closures=[("camp", "C", "", 1, -1)], camp_movechance=0.0
    )
    present = flee.simulate(case, members=20).present
    assert (present[0, 0] == 1000).all()
    assert present[1, 0].mean() == pytest.approx(700, abs=4 * np.sqrt(210 / 20))


def test_a_capacity_that_grows_by_the_day():
    """Twin: 100 and 10 000 more each day; a day's decisions already see the growth of that day."""
    case = toys.build([toys.place("C", "camp", 100, capacity_per_day=10_000)], [], 10)
    seen = [run.world.places[0].capacity for run in twin.march(case, toys.counts_of(case))]
    assert seen == [100 + 10_000 * (day + 1) for day in range(10)]


@pytest.mark.parametrize(("empty", "persons"), [(False, 1135), (True, 135)])
def test_ten_days_of_two_tables(empty, persons):
    """500 to 6000 in 365 days, twice: both first counts on day 0, then only the second row's growth."""
    rows = (DataFile("a.csv", (0, 365), (500, 6000)),)
    case = toys.build(
        [toys.place("A", "conflict_zone", 10_000), toys.place("C", "camp")], [("A", "C", 100)], 10,
        insert_day0=False, empty_camps_on_day0=empty,
    )  # fmt: skip
    case = replace(case, labels=(Label("total", rows), Label("C", rows)))
    created = flee.simulate(case).created[:, 0]
    assert created[0] == persons - 135
    assert created[-1] == persons
