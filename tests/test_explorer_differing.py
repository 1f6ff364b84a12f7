"""From which day on what-ifs differ, and runs that go on from what another one left behind: bit for bit whole runs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import toys
from forecast_toys import counted
from tiau.engine.members import draw
from tiau.explorer.basis.differing import first_day
from tiau.explorer.basis.sound import basis_of
from tiau.explorer.runs import course as course_of
from tiau.explorer.runs import snapshots
from tiau.explorer.runs.course import Course
from tiau.explorer.runs.expected import expect
from tiau.explorer.runs.sight import own_shape, sight_of

DAYS, MEMBERS = 24, 5
ACTS = (
    toys.close(("near",), 3, 0.6, name="early", until=15, estimated=True),
    toys.act("let", ("near",), 8, effect="admit", softens="early", admit_share=0.4, estimated=True),
    toys.close(("far",), 12, 0.8, name="late"),
    toys.act("relief", ("A",), 6, effect="relief", until=18, amount=50),
)
EVENTS = (toys.event(0, 4, name="first", severity=3), toys.event(9, 11, name="second", severity=5))


def base(**tables):
    given = {"acts": ACTS, "events": EVENTS, "reports": [counted("r1", 10, 20), counted("r2", 20, 40)]}
    return toys.fork(
        300, days=DAYS, base={**toys.LIVELY, **toys.UNLIKE, "blocked_irregular": 0.3, "news_days": 2},
        **{**given, **tables},
    )  # fmt: skip


BASIS = basis_of(base(), Path(), editable=False, horizon=0)
SHAPE = own_shape(BASIS)


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(snapshots, "EVERY", 4)


@st.composite
def scenarios(draw):
    """The scenario with some acts and events moved, ended, weakened, dropped or added."""
    acts, events = list(ACTS), list(EVENTS)
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, DAYS - 1))
        until = draw(st.none() | st.integers(first, DAYS + 3))
        match draw(st.sampled_from(["move", "end", "weaken", "drop", "add", "scale", "strike", "quiet"])):
            case "move" if acts:
                at = draw(st.integers(0, len(acts) - 1))
                acts[at] = acts[at].model_copy(update={"from_": toys.day(first), "until": None})
            case "end" if acts:
                at = draw(st.integers(0, len(acts) - 1))
                last = acts[at].from_ if until is None else max(acts[at].from_, toys.day(until))
                acts[at] = acts[at].model_copy(update={"until": last})
            case "weaken" if acts:
                at = draw(st.integers(0, len(acts) - 1))
                acts[at] = acts[at].model_copy(update={"enforcement": 0.2, "admit_share": 0.7, "amount": 9})
            case "drop" if acts:
                del acts[draw(st.integers(0, len(acts) - 1))]
            case "add" if all(act.act != "new" for act in acts):
                acts.append(toys.close(("far", "near"), first, 0.5, name="new", until=until, authority="state"))
            case "scale" if events:
                at = draw(st.integers(0, len(events) - 1))
                events[at] = events[at].model_copy(update={"severity": 8.0})
            case "strike" if all(event.event != "new" for event in events):
                events.append(toys.event(first, min(first + 2, DAYS - 1), name="new", severity=4))
            case "quiet" if events:
                del events[draw(st.integers(0, len(events) - 1))]
    return base(acts=acts, events=events)


def whole(scenario, source=None, passed=None):
    """A run of a scenario, its members in two portions; `passed` takes how many member-days were passed at a time."""
    sight = sight_of(BASIS, SHAPE, scenario)
    course = Course(sight, draw(sight.scenario, members=MEMBERS, seed=3), source)
    for count in (2, MEMBERS):
        course.reach(count, ([] if passed is None else passed).append, lambda: False)
    return course


@pytest.fixture(scope="module")
def own():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "EVERY", 4)
        return whole(None)


def shown(course):
    """Everything that a run kept of its members."""
    values = [course.values(follow, quantity, MEMBERS) for follow in range(len(BASIS.followed))
              for quantity in ("present", "arrived")]  # fmt: skip
    return np.stack(values), course.figures()


@settings(max_examples=15, deadline=None)
@given(scenarios())
def test_a_run_gone_on_from_another_is_the_whole_run_bit_for_bit(own, changed):
    day = first_day(BASIS.carried, changed)
    values, figures = shown(whole(changed))
    np.testing.assert_array_equal(shown(own)[0][:, :day], values[:, :day])
    assume(day >= 4)
    passed = []
    resumed = whole(changed, (own, day), passed)
    # Of one member or of both, as there are processors.
    assert passed[0] in np.array([1, 2]) * min(4 * (day // 4), DAYS - 4)
    np.testing.assert_array_equal(shown(resumed)[0], values)
    np.testing.assert_array_equal(shown(resumed)[1], figures)


def test_what_goes_wrong_with_some_members_stops_the_others_and_is_told(monkeypatch):
    sight = sight_of(BASIS, SHAPE)
    course, passed = Course(sight, draw(sight.scenario, members=MEMBERS, seed=3)), []
    monkeypatch.setattr(course_of, "processors", lambda: 2)
    go = course._go

    def broken(first, after, advanced):
        if first:
            raise ArithmeticError
        go(first, after, advanced)

    monkeypatch.setattr(course, "_go", broken)
    with pytest.raises(ArithmeticError):
        course.reach(MEMBERS, passed.append, lambda: False)
    assert course.done == 0
    assert sum(passed) < DAYS * MEMBERS / 2
    monkeypatch.setattr(course, "_go", go)
    course.reach(MEMBERS, passed.append, lambda: False)
    np.testing.assert_array_equal(shown(course)[0], shown(whole(None))[0])


@settings(max_examples=10, deadline=None)
@given(scenarios())
def test_expected_values_gone_on_from_others_are_the_whole_ones(changed):
    day = first_day(BASIS.carried, changed)
    assume(day >= 4)
    own, afresh, resumed = (sight_of(BASIS, SHAPE), *[sight_of(BASIS, SHAPE, changed)] * 2)
    first = expect(own, draw(BASIS.carried, members=1, seed=0, chance=False), lambda: False)
    member = draw(changed, members=1, seed=0, chance=False)
    one = expect(afresh, member, lambda: False)
    other = expect(resumed, member, lambda: False, source=(first, day))
    for name in ("places", "present", "arrived", "regular", "irregular", "reports"):
        np.testing.assert_allclose(getattr(other, name), getattr(one, name), rtol=1e-5, atol=1e-4, err_msg=name)
    np.testing.assert_allclose(other.noted.totals, one.noted.totals, rtol=1e-5, atol=1e-4)
    # What follows a pointer leaves a state on the day from which it differs, and the next begins there.
    days = []
    for _ in range(2):
        light = expect(resumed, member, lambda: False, source=(first, day), heard=lambda _, many: days.append(many))
        np.testing.assert_allclose(light.places, one.places, rtol=1e-5, atol=1e-4)
        np.testing.assert_allclose(light.present, one.present, rtol=1e-5, atol=1e-4)
    if day < DAYS:
        assert first.goes_until(day) == day
        assert days[-(DAYS - day) :] == [*range(day + 1, DAYS + 1)]


@pytest.mark.parametrize(
    ("tables", "day"),
    [
        ({}, DAYS),
        ({"acts": (*ACTS[:2], ACTS[2].model_copy(update={"enforcement": 0.1}), ACTS[3])}, 12),
        ({"acts": (ACTS[0].model_copy(update={"until": toys.day(17)}), *ACTS[1:])}, 16),
        ({"acts": (ACTS[0].model_copy(update={"until": None}), *ACTS[1:])}, 16),
        ({"acts": (ACTS[0].model_copy(update={"from_": toys.day(1)}), *ACTS[1:])}, 1),
        ({"acts": (ACTS[0].model_copy(update={"note": "told otherwise"}), *ACTS[1:])}, DAYS),
        ({"acts": ACTS[:3]}, 6),
        ({"acts": ACTS[::-1]}, 0),
        ({"events": EVENTS[:1]}, 9),
        ({"events": (*EVENTS, toys.event(20, 21, name="third"))}, 20),
        ({"reports": []}, 0),
        ({"parameters": {"news_days": 3}}, 0),
    ],
)
def test_first_day_on_which_a_scenario_differs(tables, day):
    parameters = tables.pop("parameters", None)
    changed = base(**tables)
    assert first_day(BASIS.carried, toys.with_parameters(changed, **parameters) if parameters else changed) == day


def test_states_take_no_more_room_than_they_may(own):
    (left, *_) = own._left.values()
    several = len(left._found)
    assert several >= 3
    kept = snapshots.Snapshots(left.size // 2)
    for one in left._found:
        kept.put(one.day, one.state, one.truths)
    assert 0 < len(kept._found) < several
    assert kept.size <= left.size // 2
