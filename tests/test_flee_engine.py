"""The engine for cases in Flee's format against its plain twin, on every toy."""

from functools import cache

import numpy as np
import pytest

import flee_toys as toys
import reference_flee as twin
from flee_random_toys import random_case
from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.counts import counts

MEMBERS, RUNS = 400, 70

WITH_CHANCE = [
    ("star", {}),
    ("star", {"softening": 36.0, "distance_power": 0.75, "weight_softening": 0.5, "weight_power": 1.5}),
    ("star", {"pruning_threshold": 2.0}),
    ("star", {"foreign_weight": 0.0, "conflict_movechance": 0.4}),
    ("fork", {}),
    ("fork", {"max_move_speed": 500.0, "default_movechance": 1.0}),
    ("two_camps", {}),
    ("two_camps", {"capacity_scaling": 0.8, "capacity_buffer": 0.5}),
    ("burst", {"data": {"gone": toys.daily(100, 4)}}),
    ("overshoot", {}),
    ("refusal", {}),
    ("marker_graph", {}),
    ("marker_graph", {"awareness_level": 2}),
    ("marker_graph", {"awareness_level": 5}),
    ("far_sighted", {}),
    ("far_sighted", {"awareness_level": 3, "start_on_foot": True}),
    ("far_sighted", {"avoid_short_stints": True}),
    ("stints", {}),
    ("stints", {"start_on_foot": False, "max_move_speed": 400.0, "awareness_level": 2, "default_movechance": 0.75}),
    ("zones", {}),
    ("shut", {}),
    ("shut", {"awareness_level": 2, "start_on_foot": True, "avoid_short_stints": True, "max_walk_speed": 150.0}),
    ("flood", {}),
    ("flood", {"amount_mode": "constant", "amounts": (0.0, 4.0, 7.0, 20.0, 30.0)}),
    ("flood", {"amount_mode": "poisson", "amounts": (0.0, 4.0, 7.0, 20.0, 30.0)}),
    ("forecast", {}),
    ("parallel", {}),
    ("parallel", {"awareness_level": 2}),
    ("changing", {}),
    ("sinks", {}),
    ("sizes", {}),
    ("residents", {}),
    ("residents", {"insert_day0": False}),
    ("residents", {"empty_camps_on_day0": True}),
    ("residents", {"sum_from_camps": False}),
    ("poisson", {}),
    ("emptied", {}),
    ("untold", {}),
    ("mixed", {}),
]


def of_engine(result):
    """Figure to its value in each member: each place at the end, people on links, camps and totals on three days."""
    names = [row.name for row in result.case.locations]
    on_links = result.created[-1] - result.everywhere.sum(axis=0)
    figures = {("at the end", name): result.everywhere[index] for index, name in enumerate(names)}
    figures["on links at the end"] = on_links
    for day in three_days(len(result.created)):
        figures["created", day] = result.created[day]
        for index, camp in enumerate(result.camps):
            figures[camp, day] = result.present[day, index]
    return figures


def of_twin(outcomes):
    first = outcomes[0]
    present = np.array([outcome.present for outcome in outcomes])
    created = np.array([outcome.created for outcome in outcomes])
    figures = {("at the end", name): present[:, -1, index] for index, name in enumerate(first.names)}
    figures["on links at the end"] = created[:, -1] - present[:, -1].sum(axis=1)
    for day in three_days(created.shape[1]):
        figures["created", day] = created[:, day]
        for camp in first.run.world.reported:
            figures[camp.name, day] = present[:, day, first.names.index(camp.name)]
    return figures


def three_days(days):
    return days // 3, 2 * days // 3, days - 1


def pulled_apart(engine, plain):
    """z of the difference of two means by their common variance; infinite where neither varies and they differ."""
    free = len(engine) + len(plain) - 2
    common = (engine.var() * len(engine) + plain.var() * len(plain)) / free
    apart = engine.mean() - plain.mean()
    if common < 1e-12:
        return 0.0 if abs(apart) < 1e-9 else np.inf
    return apart / np.sqrt(common * (1 / len(engine) + 1 / len(plain)))


def spread_apart(engine, plain):
    """z of the ratio of two variances, by the fourth moment of both together."""
    both = np.concatenate([engine - engine.mean(), plain - plain.mean()])
    if both.var() < 0.5:
        return 0.0
    if min(engine.var(), plain.var()) == 0:
        return np.inf
    tail = (both**4).mean() / both.var() ** 2 - 1
    return np.log(engine.var(ddof=1) / plain.var(ddof=1)) / np.sqrt(tail * (1 / len(engine) + 1 / len(plain)))


def outcomes_of(case, runs=RUNS):
    table = toys.counts_of(case)
    return [twin.run(case, table, seed=seed) for seed in range(runs)]


@cache
def outcomes_of_toy(toy):
    """Those of a toy as it is, which two tests look at."""
    return outcomes_of(getattr(toys, toy)())


def compare(case, outcomes=None):
    """Figures whose means or variances are further apart than chance, with what engine and twin say."""
    engine = of_engine(flee.simulate(case, members=MEMBERS, seed=5))
    plain = of_twin(outcomes_of(case) if outcomes is None else outcomes)
    assert engine.keys() == plain.keys()
    wrong = []
    for figure, values in engine.items():
        apart, spread = pulled_apart(values, plain[figure]), spread_apart(values, plain[figure])
        if abs(apart) > 4.5 or abs(spread) > 5.5:
            means = f"means {values.mean():.2f} {plain[figure].mean():.2f}"
            variances = f"variances {values.var():.2f} {plain[figure].var():.2f}"
            wrong.append(f"{figure}: z {apart:.1f}, spread {spread:.1f}, {means}, {variances}")
    return wrong


@pytest.mark.once
def test_a_camp_that_fills_within_a_day_is_overfilled_by_no_more_than_a_part_of_those_who_pass():
    """Flee asks person by person, so that exactly 190 get in; here parts of some two persons are asked together."""
    engine, plain = of_engine(flee.simulate(toys.burst(), members=MEMBERS, seed=5)), of_twin(outcomes_of(toys.burst()))
    assert set(plain["at the end", "C"]) == {190}
    assert 190 <= engine["at the end", "C"].mean() <= 191
    for place in ("H", "D"):
        assert abs(pulled_apart(engine["at the end", place], plain["at the end", place])) < 4.5, place


@pytest.mark.once
def test_all_or_nobody_goes_to_the_only_camp_as_often_as_in_flee_or_nearly():
    """Residents of a nearly full camp decide before all others here, in Flee in the order in which they came.

    Where a camp is the only way out it shows: all go on the day it has room. 12% apart when this was written.
    """
    case = toys.residents(start_on_foot=True, camp_movechance=0.2)
    engine, plain = of_engine(flee.simulate(case, members=MEMBERS, seed=5)), of_twin(outcomes_of(case))
    assert abs(engine["at the end", "Z"].mean() / plain["at the end", "Z"].mean() - 1) < 0.25


def test_a_place_that_becomes_a_marker_is_refused():
    with pytest.raises(InputError, match=r'location_changes.csv: "T" would make or unmake a marker'):
        flee.simulate(toys.marked())


def kept(case):
    """Tell whether nobody is lost, or in two places, in a few runs of a case."""
    result = flee.simulate(case, members=8, seed=5)
    return (of_engine(result)["on links at the end"] >= 0).all() and (result.everywhere >= 0).all()


@pytest.mark.parametrize(("toy", "settings"), WITH_CHANCE, ids=lambda value: str(value))
def test_nobody_is_lost_in_toys_with_chance(toy, settings):
    assert kept(getattr(toys, toy)(**settings))


@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_lost_in_random_toys(seed):
    assert kept(random_case(seed))


@pytest.mark.once
@pytest.mark.parametrize(("toy", "settings"), WITH_CHANCE, ids=lambda value: str(value))
def test_toys_with_chance(toy, settings):
    """Means by |z| below 4.5, variances below 5.5: error rate 0.6% for all toys together, with fixed seeds."""
    wrong = compare(getattr(toys, toy)(**settings), None if settings else outcomes_of_toy(toy))
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
@pytest.mark.parametrize("seed", range(12))
def test_random_toys(seed):
    """Rules in combination, without capacities: bounds as above, error rate 0.3% for all seeds together."""
    wrong = compare(random_case(seed))
    assert not wrong, "\n".join(wrong)


SURE = [
    toys.descent(100, 80, 64, 50, 40, 30),
    toys.descent(180, 140, 110, 85),
    toys.descent(180, 140, 110, 85, avoid_short_stints=True),
    toys.descent(360, 280, 140, 100, avoid_short_stints=True),
    toys.descent(500, 400, 200, 100, avoid_short_stints=True),
    toys.descent(70, 55, 40, 30, avoid_short_stints=True, start_on_foot=True),
    toys.drain(200, 200, 200, 200),
    toys.drain(*[100] * 9),
    toys.drain(359.9, 359.9, 359.9),
    toys.drain(360, 360),
    toys.drain(500, 500),
    toys.drain(0, 0, 100),
    toys.drain(100, 200, 300, start_on_foot=True),
    toys.drain(500, 100, closures=[("link", "Z", "H1", 2, 3)]),
    toys.drain(70, 1000, start_on_foot=True, max_move_speed=200.0, days=10),
    toys.line(1100),
    toys.line(720),
    toys.line(1000, closures=[("location", "C", "", 3, 4)]),
    toys.line(1000, closures=[("link", "C", "Z", 3, 6)]),
    toys.line(1000, closures=[("country", "abroad", "home", 3, 9)], country="abroad"),
    toys.line(1000, closures=[("location", "C", "", 5, 3)]),
    toys.line(300, closures=[("location", "Z", "", 3, -1)]),
    toys.line(300, start_on_foot=True, closures=[("location", "C", "", 4, 6)]),
]


@pytest.mark.parametrize("case", SURE, ids=range(len(SURE)))
def test_toys_without_chance(case):
    """All weights but one are next to nothing and all chances 0 or 1: every place on every day, exactly."""
    plain = twin.run(case, toys.counts_of(case))
    result = flee.simulate(case, members=2)
    camps = [plain.names.index(camp) for camp in result.camps]
    assert (result.present == plain.present[:, camps, None]).all()
    assert (result.created == plain.created[:, None]).all()
    for days in range(1, case.days + 1):
        shorter = flee.simulate(case, members=2, days=days)
        assert shorter.everywhere[:, 0].tolist() == plain.present[days - 1].tolist(), days


@pytest.mark.parametrize(
    ("toy", "settings"),
    [
        ("debt", {}),
        ("residents", {}),
        ("residents", {"insert_day0": False}),
        ("residents", {"empty_camps_on_day0": True}),
        ("residents", {"sum_from_camps": False}),
        ("zones", {}),
        ("flood", {}),
        ("poisson", {"amount_mode": "constant"}),
    ],
)
def test_the_accounts_of_newcomers(toy, settings):
    """Persons created, raw and debt depend on no chance; nor do the counts that are reported beside the camps."""
    case = getattr(toys, toy)(**settings)
    plain = twin.run(case, toys.counts_of(case))
    result = flee.simulate(case, members=3)
    assert (result.created == plain.created[:, None]).all()
    assert result.raw.tolist() == plain.raw.tolist()
    assert result.debt.tolist() == plain.debt.tolist()
    assert list(result.camps) == [place.name for place in plain.run.world.reported]


def test_counts_of_daily_files_are_the_files():
    case = toys.residents()
    assert counts(case, hasten=1, days=case.days).tolist() == toys.counts_of(case).tolist()


@pytest.mark.once
@pytest.mark.parametrize("hasten", [3, 10])
def test_agents_that_stand_for_more_people(hasten):
    """Populations, capacities and counts divided: |z| below 4.5 for 40 figures, error rate 3e-4."""
    case = toys.two_camps()
    table = counts(case, hasten=hasten, days=case.days)
    plain = of_twin([twin.run(case, table, seed=seed, hasten=hasten) for seed in range(RUNS)])
    engine = of_engine(flee.simulate(case, hasten=hasten, members=MEMBERS))
    assert max(abs(pulled_apart(engine[figure], plain[figure])) for figure in plain) < 4.5


@pytest.mark.once
@pytest.mark.parametrize("toy", ["star", "fork", "stints", "shut", "forecast", "parallel", "sizes", "marker_graph"])
def test_expectations_where_no_capacity_binds(toy):
    """People act independently there, so that the mean of the twin is the expectation: |z| below 4.5, rate 1e-3."""
    case = getattr(toys, toy)()
    expected = of_engine(flee.simulate(case, chance=False))
    for figure, values in of_twin(outcomes_of_toy(toy)).items():
        error = values.std(ddof=1) / np.sqrt(len(values))
        assert abs(values.mean() - expected[figure][0]) <= 4.5 * max(error, 0.01), figure


MEASURED = {"Z": (21.5, 2.7), "T": (398, 9), "C1": (1460, 5), "C2": (2068, 7), "C3": (1052, 5)}


def test_camps_that_fill_as_in_flee():
    """Appendix C of ../shared/flee-format.md against Flee's 20 runs: |z| below 3.5, error rate 2e-3."""
    result = flee.simulate(toys.appendix_c(), members=100)
    measured = np.array(list(MEASURED.values()))
    error = np.hypot(measured[:, 1], result.everywhere.std(axis=1) / 10)
    assert np.abs((result.everywhere.mean(axis=1) - measured[:, 0]) / error).max() < 3.5


def test_members_are_repeatable_and_differ():
    case = toys.stints()
    first, again = (flee.simulate(case, members=4, seed=3).everywhere for _ in range(2))
    assert (first == again).all()
    assert len({tuple(member) for member in first.T}) == 4
    assert (flee.simulate(case, members=4, seed=4).everywhere != first).any()


def test_jobs_change_nothing():
    case = toys.two_camps()
    assert (flee.simulate(case, members=6, jobs=1).present == flee.simulate(case, members=6, jobs=2).present).all()
