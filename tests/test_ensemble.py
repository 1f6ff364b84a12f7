"""Members are the same numbers however they are shared out, picked, stopped and gone on with."""

import datetime as dt
import itertools
import os
import pickle
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import tiau
import toys
from flee_random_toys import random_case
from folders import write_folder
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import alike, draw
from tiau.engine.portions import joined, taken
from tiau.engine.start import model_of
from tiau.ensemble import afar, driving
from tiau.ensemble.packing import packed, unpacked
from tiau.ensemble.world import portions
from tiau.faults import ConservationError, InputError, WorkersError
from tiau.flee.case.counts import counts
from tiau.flee.simulation import World as FleeWorld
from tiau.scenario.network import build
from tiau.scenario.posterior import Posterior
from tiau.scenario.unknown import Unknown
from tiau.scenario.vocabulary import Period
from tiau.simulation import Simulation, simulate

MEMBERS = 7
# Everything that happens happens here: people leave, wait at a border, go another way, return, are turned back.
LIVELY = toys.cycle(base=toys.LIVELY, events=[toys.event(0, 9, severity=2)])


def shown(result):
    """Every number of a result by name, but for the time that it took."""
    found = {}
    for field in fields(result):
        value = getattr(result, field.name)
        if isinstance(value, dict):
            found |= {f"{field.name} {name}": values for name, values in value.items()}
        elif isinstance(value, np.ndarray):
            found[field.name] = value
    return found


def assert_same(one, other):
    first, second = shown(one), shown(other)
    assert first.keys() == second.keys()
    for name, values in first.items():
        assert values.dtype == second[name].dtype
        assert values.tobytes() == second[name].tobytes(), name


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return tiau.load(write_folder(tmp_path_factory.mktemp("small") / "small"))


@pytest.fixture(scope="module")
def whole(small):
    return simulate(small, members=MEMBERS, jobs=1)


@pytest.mark.parametrize("jobs", [2, 3, MEMBERS, 50])
def test_threads_give_the_same_whatever_their_number(small, whole, jobs):
    assert_same(simulate(small, members=MEMBERS, jobs=jobs), whole)


@pytest.mark.parametrize("chance", [True, False])
def test_processes_give_the_same(small, chance, monkeypatch):
    monkeypatch.setattr(afar, "DAYS_AT_ONCE", 17)
    other = simulate(small, members=MEMBERS, chance=chance, jobs=2, workers="processes")
    assert_same(other, simulate(small, members=MEMBERS, chance=chance))


def test_members_are_the_same_in_a_larger_ensemble_and_by_themselves(small, whole):
    larger = simulate(small, members=2 * MEMBERS)
    chosen = [5, 0, 6]
    some = simulate(small, members=draw(small, members=MEMBERS, seed=1).part(chosen), jobs=2)
    assert some.members == len(chosen)
    for name, kept in whole.areas.items():
        assert np.array_equal(larger.areas[name][:, :, :MEMBERS], kept)
        assert np.array_equal(some.areas[name], kept[:, :, chosen])
    assert np.array_equal(larger.figures[:, :MEMBERS], whole.figures, equal_nan=True)
    assert np.array_equal(some.figures, whole.figures[:, chosen], equal_nan=True)


@pytest.mark.parametrize("days", [1, 20, 57])
@pytest.mark.parametrize("chance", [True, False])
def test_a_run_that_goes_on_from_a_snapshot_gives_the_same(small, chance, days):
    run = Simulation(small, members=MEMBERS, chance=chance)
    run.go_on(small.settings.start + dt.timedelta(days - 1), jobs=2)
    snapshot = run.snapshot()
    assert snapshot.day == days
    run.go_on(jobs=3)
    assert_same(run.result(), simulate(small, members=MEMBERS, chance=chance))
    for _ in range(2):
        again = run.resumed(pickle.loads(pickle.dumps(snapshot)))
        again.go_on(jobs=1)
        assert_same(again.result(), run.result())


def test_mizoram_goes_on_from_day_200_and_its_members_are_the_same_by_themselves():
    scenario = tiau.load("mizoram-2021")
    whole = simulate(scenario, members=4)
    run = Simulation(scenario, members=4)
    run.go_on(scenario.settings.start + dt.timedelta(199))
    again = run.resumed(run.snapshot())
    assert again.day == 200
    again.go_on(jobs=3)
    assert_same(again.result(), whole)
    some = simulate(scenario, members=draw(scenario, members=4, seed=1).part([3, 1]))
    assert np.array_equal(some.figures, whole.figures[:, [3, 1]], equal_nan=True)
    assert all(np.array_equal(some.areas[name], kept[:, :, [3, 1]]) for name, kept in whole.areas.items())


def test_a_run_goes_on_from_a_snapshot_of_one_that_differs_later(small):
    """As an explorer does: until the day of a change a run is that of the scenario without it."""
    act = small.acts[-1]
    later = act.model_copy(update={"act": "new", "from_": small.settings.start + dt.timedelta(30), "effect": "close",
                                   "enforcement": 1.0})  # fmt: skip
    changed = small.model_copy(update={"acts": (*small.acts, later)})
    run = Simulation(small, members=MEMBERS)
    run.go_on(small.settings.start + dt.timedelta(20))
    again = Simulation(changed, members=MEMBERS).resumed(run.snapshot())
    again.go_on()
    assert_same(again.result(), simulate(changed, members=MEMBERS))
    assert shown(again.result())["flow"].tobytes() != shown(simulate(small, members=MEMBERS))["flow"].tobytes()


def changed(scenario, **settings):
    return scenario.model_copy(update={"settings": scenario.settings.model_copy(update=settings)})


def with_report(scenario, first):
    report = scenario.reports[-1]
    day = scenario.settings.start + dt.timedelta(first)
    new = report.model_copy(
        update={"report": "new", "as_of": Period(day, day, str(day)), "known_on": day, "same_as": ""}
    )
    return scenario.model_copy(update={"reports": (new, *scenario.reports)})


@pytest.mark.parametrize("other", ["end", "report", "order"])
def test_a_run_goes_on_from_a_snapshot_where_its_end_or_later_reports_differ(small, other):
    longer = {
        "end": lambda: small.until(small.settings.start + dt.timedelta(40)),
        "report": lambda: with_report(small, 35),
        "order": lambda: small.model_copy(update={"reports": small.reports[::-1]}),
    }[other]()
    run = Simulation(small, members=MEMBERS)
    run.go_on(small.settings.start + dt.timedelta(30))
    again = Simulation(longer, members=MEMBERS).resumed(run.snapshot())
    again.go_on()
    assert again.result() == simulate(longer, members=MEMBERS)


@pytest.mark.parametrize(
    ("other", "how", "said"),
    [
        (lambda small: small, {"seed": 2}, "other members, or other parameters"),
        (lambda small: small, {"vary": ()}, "other members, or other parameters"),
        (lambda small: small, {"chance": False}, "other members, or other parameters"),
        (lambda small: small, {"vary": ("parameters", "judged")}, "other parameters, shocks or judgements"),
        (
            lambda small: changed(small, start=small.settings.start - dt.timedelta(7)),
            {},
            "other places, people, routes",
        ),
        (lambda small: changed(small, series=None), {}, "other places, people, routes"),
        (lambda small: small.until(small.settings.start + dt.timedelta(9)), {}, "other places, people, routes"),
        (lambda small: with_report(small, 12), {}, "reports is to be seen on days before the snapshot"),
    ],
)
def test_a_snapshot_that_does_not_fit_is_refused(small, other, how, said):
    run = Simulation(small, members=MEMBERS)
    run.go_on(small.settings.start + dt.timedelta(20))
    with pytest.raises(ValueError, match=said):
        Simulation(other(small), **{"members": MEMBERS, **how}).resumed(run.snapshot())


LEARNED = [
    (Unknown("parameter", "departure_rate"), 1),
    (Unknown("event", "E1"), 2),
    (Unknown("pull", "D1 district"), 1),
    (Unknown("pull", "D1 district", dt.date(2021, 2, 1)), 1),
    (Unknown("pull", "D1 district", dt.date(2021, 4, 2)), 31),
    (Unknown("place_pull", "Epsilon"), 1),
    (Unknown("outflow", "Hill"), 1),
    (Unknown("outflow", "Alpha", dt.date(2021, 3, 3)), 1),
    (Unknown("inside", "Hill"), 1),
    (Unknown("enforcement", "A1"), 29),
]
"""Things that may be learned of the small scenario, and from which day on a run shows them."""


@pytest.mark.parametrize(("unknown", "day"), LEARNED, ids=lambda part: str(part))
def test_a_snapshot_is_of_other_members_once_a_day_has_passed_that_shows_it(small, unknown, day):
    acts = tuple(act.model_copy(update={"estimated": True}) for act in small.acts)
    prior = small.model_copy(update={"acts": acts})
    learned = Posterior((unknown,), np.full((1, MEMBERS), 0.3), dt.date(2021, 3, 31), 1)
    other = Simulation(prior.model_copy(update={"posterior": learned}), members=MEMBERS)
    run = Simulation(prior, members=MEMBERS)
    if day > 1:
        run.go_on(prior.settings.start + dt.timedelta(day - 2))
        again = other.resumed(run.snapshot())
        again.go_on()
        other.go_on()
        assert_same(again.result(), other.result())
    run.go_on(prior.settings.start + dt.timedelta(day - 1))
    with pytest.raises(ValueError, match="other parameters, shocks or judgements"):
        other.resumed(run.snapshot())


def test_members_drawn_for_other_acts_are_refused(small):
    members = draw(small, members=2, seed=1)
    with pytest.raises(ValueError, match="drawn for this scenario, with its events and acts in their order"):
        simulate(small.model_copy(update={"acts": ()}), members=members)


def test_a_run_goes_no_day_back(small):
    run = Simulation(small, members=2)
    run.go_on("2021-02-20")
    run.go_on("2021-02-20")
    for day, said in (("2021-02-19", "lies before days that have passed"), ("2020-01-01", "lies outside the scenario"),
                      ("2031-01-01", "lies outside the scenario"), ("soon", "is not a day")):  # fmt: skip
        with pytest.raises(InputError, match=f"until: .*{said}"):
            run.go_on(day)
    run.go_on()
    assert run.result() == simulate(small, members=2)


def test_a_run_that_was_stopped_does_not_go_on_as_if_it_had_not(small):
    def stop(done, total):
        if done == 12:
            raise KeyboardInterrupt

    run = Simulation(small, members=2)
    run.go_on("2021-02-05")
    snapshot = run.snapshot()
    with pytest.raises(KeyboardInterrupt):
        run.go_on(progress=stop)
    for act in (run.go_on, run.snapshot, run.result):
        with pytest.raises(ValueError, match="stopped or failed in mid-day; begin it again, or resume a snapshot"):
            act()
    again = run.resumed(snapshot)
    again.go_on()
    assert again.result() == simulate(small, members=2)


def test_members_of_another_scenario_are_refused_and_theirs_is_the_seed(small):
    members = draw(small, members=3, seed=7)
    found = simulate(small, members=members.part([2, 0]))
    assert (found.members, found.seed) == (2, 7)
    fewer = small.model_copy(update={"events": small.events[1:]})
    for other in (draw(fewer, members=3, seed=7), members.part(slice(0, 0))):
        with pytest.raises(ValueError, match="drawn for this scenario"):
            simulate(small, members=other)


def test_a_run_with_days_left_has_no_result(small):
    run = Simulation(small, members=1)
    run.go_on(small.settings.start)
    with pytest.raises(ValueError, match=r"58 days of the run are left; go_on\(\)"):
        run.result()


def walked(batch, days):
    for day in days:
        advance(batch, day)
    return batch


def state_bytes(state):
    return [array.tobytes() for group in state for array in (group if isinstance(group, tuple) else (group,))]


@pytest.mark.parametrize("chance", [True, False])
def test_a_batch_can_be_copied_and_picked_from_and_goes_on_as_it_would(chance):
    drawn = draw(LIVELY, members=MEMBERS, seed=3, chance=chance)
    batch = batch_of(model_of(build(LIVELY), drawn), drawn)
    half = LIVELY.days // 2
    walked(batch, range(half))
    kept = state_bytes(batch.state)
    index = [2, 6, 0] if chance else [0]
    some, copied = batch.take(index), batch.copy()
    masked = batch.take(np.isin(np.arange(drawn.key.size), index))
    walked(batch, range(half, LIVELY.days))
    assert state_bytes(copied.state) == kept, "a copy changes with the batch that it was made of"
    walked(copied, range(half, LIVELY.days))
    walked(some, range(half, LIVELY.days))
    walked(masked, range(half, LIVELY.days))
    assert state_bytes(copied.state) == state_bytes(batch.state)
    assert np.array_equal(some.people.flow, batch.people.flow[index])
    assert np.array_equal(masked.people.flow, batch.people.flow[sorted(index)])
    assert batch.people.flow.any()


def test_states_are_put_together_as_they_were_parted():
    drawn = draw(LIVELY, members=MEMBERS, seed=3)
    batch = walked(batch_of(model_of(build(LIVELY), drawn), drawn), range(5))
    parts = [taken(batch.state, np.array(index)) for index in ([0, 1], [2], [3, 4, 5, 6])]
    assert state_bytes(joined(parts)) == state_bytes(batch.state)


@given(
    arrays.arrays(
        np.float64,
        arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4),
        elements=st.one_of(st.sampled_from([0.0, -0.0, np.nan, np.inf, 1e300, 3.0]), st.floats()),
    )
)
def test_what_is_packed_comes_back_bit_by_bit(values):
    found = unpacked(pickle.loads(pickle.dumps(packed({"any": values}))))["any"]
    assert found.shape == values.shape
    same = (found.view(np.uint64) == values.view(np.uint64)) | (np.isnan(found) & np.isnan(values))
    assert same.all()


def test_counts_are_packed_in_less():
    counts = np.zeros((100, 50))
    counts[:, 3] = np.arange(100)
    assert len(pickle.dumps(packed({"any": counts}))) < 1000


@pytest.mark.parametrize(("members", "many"), [(1, 4), (5, 2), (5, 5), (6, 4)])
def test_portions_hold_each_member_once_in_order(members, many):
    drawn = draw(LIVELY, members=members, seed=1)
    parts = portions(drawn, None, many)
    assert np.array_equal(np.concatenate([part.members.key for part in parts]), drawn.key)
    assert [part.first for part in parts] == np.cumsum([0, *[part.members.key.size for part in parts]])[:-1].tolist()
    assert all(part.members.key.size for part in parts)


def test_workers_that_there_are_not_are_told(small):
    with pytest.raises(ValueError, match=r'"threads", "processes" or the address of a dask scheduler'):
        simulate(small, members=1, workers="thread")


def by_flees_rules(case, *, chance=True, stop=None, **how):
    """Who is at each place by day (day, place, member), stopped and gone on with at the start of a day."""
    world = FleeWorld(case, counts(case, hasten=1, days=case.days), 1, chance, case.days)
    count = MEMBERS if chance else 1
    members = alike(count, 5, chance=chance)
    there = np.zeros((case.days, len(case.locations), count))

    def gather(day, seen, pool):
        there[day] = np.concatenate([one["everywhere"] for one in seen]).T

    bounds = [0, *([stop] if stop else []), case.days]
    state = None
    for first, after in itertools.pairwise(bounds):
        days = range(first, after)
        state = driving.run(world, members, gather, days=days, state=state, keep=after < case.days, **how)
    return there


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("chance", [True, False])
def test_flees_rules_go_on_from_a_state_as_they_would(seed, chance):
    case = random_case(seed)
    whole = by_flees_rules(case, chance=chance, jobs=1)
    assert whole.any()
    for stop in (1, 1 + seed % 12):
        assert np.array_equal(by_flees_rules(case, chance=chance, stop=stop, jobs=2), whole)


def test_flees_rules_give_the_same_in_processes(monkeypatch):
    monkeypatch.setattr(afar, "DAYS_AT_ONCE", 5)
    case = random_case(3)
    assert np.array_equal(by_flees_rules(case, workers="processes", jobs=2), by_flees_rules(case))


class Harmful:
    """A world whose batches lose somebody, or take the process along in which they run."""

    days = 2

    def __init__(self, harm):
        self._harm = harm

    def batch(self, members, state, day):
        return batch_of(model_of(build(LIVELY), members), members, state)

    def see(self, batch, day, seen):
        seen["any"] = np.zeros(batch.keys.size)
        if self._harm == "kill":
            os._exit(9)

    def audit(self, batch, first):
        if self._harm == "lose":
            msg = f"people do not add up: in member {first + 1}"
            raise ConservationError(msg)


def test_a_process_that_ends_is_told_in_a_sentence():
    drawn = draw(LIVELY, members=2, seed=1)
    with pytest.raises(WorkersError, match=r"ended before its work was done: .*; give fewer jobs, or use threads"):
        driving.run(Harmful("kill"), drawn, lambda *_: None, workers="processes", jobs=2)


def test_what_goes_wrong_in_a_process_is_raised_here():
    drawn = draw(LIVELY, members=4, seed=1)
    with pytest.raises(ConservationError, match=r"in member [13]"):
        driving.run(Harmful("lose"), drawn, lambda *_: None, workers="processes", jobs=2)
