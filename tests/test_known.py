"""What is hidden from whoever stands on a day: every row known later, and whatever points at one."""

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tiau import load
from tiau.engine.policy import in_force
from tiau.faults import InputError
from tiau.scenario.checks import check
from tiau.scenario.rows import Act, Departure, Event, Report
from tiau.scenario.vocabulary import OptionalDay, parse_period
from toys import camp, day, leave, origin, scenario, way

LAST = 14
DAYS = st.integers(0, LAST)
ORDERED = ("events", "acts", "reports", "departures")


def an_act(name, first=0, known=0, effect="close", **columns):
    shares = {"enforcement": 0.5, "admit_share": 0.5, "amount": 3}
    return Act(act=name, from_=day(first), known_on=day(known), authority="state", level="state", effect=effect,
               places=("A",), **{**shares, **columns})  # fmt: skip


def a_report(name, known=0, same_as="", value=5):
    return Report(report=name, known_on=day(known), as_of=parse_period(str(day(0))), place="A", group="all",
                  quantity="present", value=value, bound="exact", same_as=same_as)  # fmt: skip


def an_event(name, first, known):
    return Event(
        event=name, start=day(first), end=day(first + 2), place=("O",), kind="attack", severity=1, known_on=day(known)
    )


def toy(**tables):
    return scenario([origin(), camp("A")], [way("O", "A", 300, "gate")], days=LAST + 1, **tables)


@st.composite
def tables(draw_from, prefix="", before=None, least=0):
    """Rows that point at others of the same draw and at those that were `before`, never the other way round."""
    known = st.integers(least, LAST)
    orders = [act.act for act in before.acts] if before else []
    names = [report.report for report in before.reports] if before else []
    acts, reports = [], []
    for number in range(draw_from(st.integers(0, 6))):
        softens = draw_from(st.sampled_from(["", *orders]))
        effects = ["close", "admit", "corridor", "relief", *(["exempt"] if softens else [])]
        acts.append(an_act(
            f"{prefix}act {number}", draw_from(DAYS), draw_from(known), draw_from(st.sampled_from(effects)),
            softens=softens, ends=draw_from(st.sampled_from(["", *orders])),
        ))  # fmt: skip
        orders.append(acts[-1].act)
    for number in range(draw_from(st.integers(0, 7))):
        same_as = draw_from(st.sampled_from(["", *names]))
        reports.append(a_report(f"{prefix}report {number}", draw_from(known), same_as))
        names.append(reports[-1].report)
    events = [an_event(f"{prefix}event {n}", draw_from(DAYS), k) for n, k in enumerate(draw_from(st.lists(known)))]
    departures = [leave(number, 3) for number in draw_from(st.lists(known, max_size=4))]
    found = {"acts": acts, "reports": reports, "events": events, "departures": departures}
    # Rows stand in a file in any order.
    return {name: draw_from(st.permutations(rows)) for name, rows in found.items()}


def faults_of(scenario):
    return [fault for fault in check(scenario) if fault.level == "fault"]


def known_ids(scenario, last):
    return {row.report for row in scenario.reports if row.known_on <= last}


@given(tables(), DAYS)
@settings(deadline=None)
def test_nothing_of_what_is_known_later_is_left_in_any_table(rows, number):
    whole = toy(**rows)
    assume(not faults_of(whole))
    known = whole.known_by(day(number))
    for name in ORDERED:
        assert all(row.known <= day(number) for row in getattr(known, name)), name
    # No row is lost but by its own day, and acts by that of the order that they soften.
    assert {report.report for report in known.reports} == known_ids(whole, day(number))
    assert len(known.departures) == sum(row.day <= day(number) for row in whole.departures)
    assert len(known.events) == sum(row.known_on <= day(number) for row in whole.events)
    text = known.model_dump_json()
    for row in (*whole.acts, *whole.reports, *whole.events):
        name = next(iter(row.model_dump(include={"act", "report", "event"}).values()))
        assert row.known <= day(number) or f'"{name}"' not in text
    assert faults_of(known) == []


@given(st.data(), st.integers(0, LAST - 1))
@settings(deadline=None)
def test_rows_known_later_change_nothing_of_what_was_known(data, number):
    whole = toy(**data.draw(tables()))
    assume(not faults_of(whole))
    more = data.draw(tables("later ", whole, number + 1))
    longer = toy(**{name: data.draw(st.permutations([*getattr(whole, name), *more[name]])) for name in ORDERED})
    known, of_longer = whole.known_by(day(number)), longer.known_by(day(number))
    for name in ORDERED:
        before, after = ({row.model_dump_json() for row in getattr(one, name)} for one in (known, of_longer))
        assert before == after, name


@given(tables(), DAYS, DAYS)
@settings(deadline=None)
def test_what_was_known_earlier_can_be_told_from_what_was_known_later(rows, one, other):
    whole = toy(**rows)
    first, second = sorted((one, other))
    assert whole.known_by(day(second)).known_by(day(first)) == whole.known_by(day(first))


@pytest.mark.parametrize("end", [dt.date.max, "2199-12-31"])
def test_in_the_end_everything_is_known(end):
    whole = load("mizoram-2021")
    known = whole.known_by(end)
    assert known == whole
    assert known.digest() == whole.digest()


@pytest.mark.parametrize("last", ["2021-02-01", "2021-03-05", "2021-03-19", "2021-03-29", "2022-01-15"])
def test_a_scenario_without_faults_has_none_on_any_day(last):
    known = load("mizoram-2021").known_by(last)
    assert faults_of(known) == []
    rows = (*known.acts, *known.events, *known.reports)
    assert all(row.known <= dt.date.fromisoformat(last) for row in rows)


def test_a_departure_is_known_from_its_day_unless_it_says_another():
    class Told(Departure):
        known_on: OptionalDay = None

    assert leave(3, 5).known == day(3)
    assert Told(day=day(3), people=5).known == day(3)
    assert Told(day=day(3), people=5, known_on=day(9)).known == day(9)


def test_an_act_that_a_later_row_ends_holds_on():
    whole = toy(acts=[an_act("order"), an_act("withdrawal", 6, 8, "statement", ends="order")])
    assert [act.act for act in in_force(whole.known_by(day(7)).acts, day(9))] == ["order"]
    assert [act.act for act in in_force(whole.known_by(day(8)).acts, day(9))] == ["withdrawal"]


def test_an_exemption_goes_with_the_order_that_it_softens_and_what_softens_it():
    acts = [an_act("order", known=9), an_act("softer", effect="exempt", softens="order"),
            an_act("softest", effect="admit", softens="softer"),
            an_act("rice", effect="relief", softens="order")]  # fmt: skip
    known = toy(acts=acts).known_by(day(4))
    assert [(act.act, act.softens) for act in known.acts] == [("rice", "")]


def test_of_copies_the_first_known_stands_for_a_report_that_is_not_known():
    reports = [a_report("first", 9), a_report("copied", 8, "first"), a_report("paper", 5, "copied"),
               a_report("radio", 3, "first"), a_report("other", 1)]  # fmt: skip
    known = toy(reports=reports).known_by(day(6))
    assert {report.report: report.same_as for report in known.reports} == {"paper": "", "radio": "", "other": ""}
    known = toy(reports=[a_report("root"), *reports[1:3], a_report("first", 9, "root")]).known_by(day(6))
    assert {report.report: report.same_as for report in known.reports} == {"root": "", "paper": ""}


def test_what_was_known_of_days_to_come_stays_with_settings_and_places():
    whole = toy(acts=[an_act("order", 10, 2, until=day(12))], departures=[leave(9, 5)])
    known = whole.known_by(str(day(3)))
    assert known.acts == whole.acts
    assert known.departures == ()
    assert (known.settings, known.places, known.routes) == (whole.settings, whole.places, whole.routes)


@pytest.mark.parametrize(
    ("given_day", "said"), [("10.3.2021", "is not a day"), (3, "is not a day"), ("2021-02-30", "not a day")]
)
def test_a_day_that_is_none_is_refused(given_day, said):
    with pytest.raises(InputError, match=f"day: .*{said}"):
        toy().known_by(given_day)
