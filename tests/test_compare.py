"""What-ifs against the same runs without them: differences, their measures, and how they are told and kept."""

import csv
import datetime as dt
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

import toys
from folders import write_folder
from tiau.loading import load
from tiau.presentation.charts import difference_bands
from tiau.presentation.compare_page import page
from tiau.presentation.terminal import show_comparison
from tiau.presentation.words.what_ifs import assumptions, effects, paragraph
from tiau.results.folder import is_result
from tiau.simulation import simulate
from tiau.what_ifs.comparison import compare
from tiau.what_ifs.differences import Difference
from tiau.what_ifs.editing import attempt
from tiau.what_ifs.measures import AT_THE_END, MEASURES, Measure, days_until_safety
from tiau.what_ifs.model import Add, Drop, Scale, Set, SetParameter, WhatIf
from tiau.what_ifs.saving import save
from tiau.what_ifs.tables import COLUMNS, rows

NOTHING = WhatIf(title="nothing", why="a test")


def what_if(**kinds):
    return WhatIf(title="a test", why="made up", **kinds)


def closing(crossing, enforcement=1.0, first=0):
    columns = {"act": "X", "from": str(toys.day(first)), "authority": "U", "level": "state", "effect": "close"}
    return what_if(add=[Add(table="acts", places=crossing, enforcement=enforcement, **columns)])


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """So many leave that the bridge matters in each of few members, whatever their homes send."""
    loaded = load(write_folder(tmp_path_factory.mktemp("small") / "small")).until(dt.date(2021, 3, 5))
    return toys.with_parameters(loaded, departure_rate=0.01)


@pytest.fixture(scope="module")
def bridge(small):
    """The small scenario without its closure, and with it enforced wholly."""
    shut = WhatIf(name="shut", title="The bridge shuts", why="made up",
                  set=[Set(table="acts", id="A1", enforcement=1)])  # fmt: skip
    wide = WhatIf(name="open", title="The bridge stays open", why="made up too", drop=[Drop(table="acts", id="A1")])
    return compare(small, [shut, wide], members=6)


def test_nothing_changed_differs_in_nothing(small):
    outcome = compare(small, NOTHING, members=4).outcomes[0]
    assert all(found.same for found in outcome.differences)
    assert not any(values.any() for values in outcome.daily.values())
    assert "nothing differs" in paragraph(compare(small, NOTHING, members=1), outcome)


def test_an_act_that_moves_nobody_may_go_without_a_difference(small):
    statement = toys.act("S", ("Delta",), 0, effect="statement")
    scenario = small.model_copy(update={"acts": (*small.acts, statement)})
    outcome = compare(scenario, what_if(drop=[Drop(table="acts", id="S")]), members=4).outcomes[0]
    assert all(found.same for found in outcome.differences)


def test_events_change_nothing_before_they_happen():
    events = [toys.event(2, 2, name="one"), toys.event(8, 8, name="two", severity=2)]
    toy = toys.line(base=toys.LIVELY, people=1000, events=events, parameters={"event_factor_cv": 0.4})
    outcome = compare(
        toy, what_if(scale=[Scale(table="events", id="two", column="severity", by=3)]), members=8
    ).outcomes[0]
    entries = outcome.daily["entries"]
    assert not entries[:9].any()
    assert np.median(entries[-1]) > 0


def test_a_severity_that_the_rule_gives_is_scaled_like_one_that_stands_there():
    """Imported events mostly have no severity of their own, whatever others have."""

    def blank(**more):
        return toys.event(2, 2, name="one").model_copy(update={"severity": None, "fatalities": 10.0, **more})

    scaled = what_if(scale=[Scale(table="events", id="one", column="severity", by=1.5)])
    (found, faults), (given, _) = (
        attempt(toys.line(days=9, events=[one]), scaled) for one in (blank(), blank(severity=2.0))
    )
    assert found.scenario.events[0].severity == 3
    assert found.sentences == ("event one: severity blank -> 3 (x 1.5 of 2 by the rule of severities)",)
    assert given.scenario.events == found.scenario.events
    assert not faults


def test_a_closed_crossing_sends_people_over_the_other():
    toy = toys.cycle(1000, departures=[toys.leave(n, 50) for n in range(1, 6)], days=20)
    open_one = compare(toy, NOTHING, members=5).outcomes[0]
    busy = max(("north", "south"), key=lambda name: open_one.of("entries", name).baseline.sum())
    other = {"north": "south", "south": "north"}[busy]
    outcome = compare(toy, closing(busy), members=5).outcomes[0]
    assert outcome.of("entries", busy).falling == 1
    assert outcome.of("entries", busy).changed.sum() == 0
    assert outcome.of("entries", other).rising == 1
    assert outcome.of("entries", other).tells
    text = " ".join(effects(compare(toy, closing(busy), members=5), outcome))
    assert f"Fewer enter at {busy}" in text
    assert f"More enter at {other}" in text


def test_a_wholly_closed_border_traps_people():
    toy = toys.line(departures=[toys.leave(1, 60)], days=8)
    outcome = compare(toy, closing("gate"), members=3).outcomes[0]
    assert (outcome.of("trapped_end").changed == 60).all()
    assert (outcome.of("entries").by_member == -60).all()
    assert np.isnan(outcome.of("days_until_safety").changed).all()
    assert outcome.of("days_until_safety").by_member.size == 0
    assert (outcome.daily["stuck"][-1] == 60).all()


def test_littles_law_counts_the_nights_on_the_way():
    toy = toys.line(departures=[toys.leave(2, 80)], days=12)
    assert (compare(toy, NOTHING, members=2).outcomes[0].of("days_until_safety").baseline == 1).all()


def test_littles_law_counts_the_wait_at_a_crossing():
    toy = toys.partial_closure(60_000, enforcement=0.6, departures=[toys.leave(n, 2000) for n in range(25)], days=60)
    open_way = what_if(set=[Set(table="acts", id="closure", enforcement=0)])
    found = compare(toy, open_way, members=2).outcomes[0].of("days_until_safety")
    assert found.baseline == pytest.approx(0.6 / 0.4, abs=0.02)
    assert (found.changed == 0).all()


def test_littles_law_without_entries_has_no_value():
    assert np.isnan(days_until_safety(np.array([4.0]), np.array([0.0]))).all()
    assert days_until_safety(np.array([4.0, 9.0]), np.array([2.0, 3.0])) == pytest.approx([2, 3])


def test_who_is_bound_abroad_is_on_a_route_or_waits(small):
    totals = simulate(small, members=4, seed=2).totals
    assert (totals["bound_abroad"] <= totals["moving"] + totals["waiting"]).all()
    assert totals["bound_abroad"].any()


def test_measures_of_a_difference():
    found = Difference("entries", "", np.array([10.0, 20, 30, 40]), np.array([11.0, 22, 33, 40]))
    assert found.by_member.tolist() == [1, 2, 3, 0]
    assert (found.rising, found.falling, found.tells, found.same) == (0.75, 0.0, True, False)
    shifts = [np.var(found.changed - np.roll(found.baseline, shift)) for shift in range(4)]
    assert found.pairing == pytest.approx(np.std(found.by_member) / np.sqrt(np.mean(shifts)))
    assert Difference("entries", "", np.zeros(3), np.zeros(3)).same


@pytest.mark.parametrize(
    ("changes", "tells"),
    [
        ([5, 6, 7], True),
        ([-5, -6, -7], True),
        ([-9, 4, 12], False),
        ([12, 4, -9], False),
        ([0, 0, 0], False),
        ([0] * 2 + [1] * 8, False),
        ([0] * 2 + [-1] * 8, False),
        ([-1] + [1] * 99, True),
        ([1] + [-1] * 99, True),
        ([float("nan"), 5, 6], True),
        ([float("nan")] * 3, False),
    ],
)
def test_a_difference_tells_where_its_90_percent_range_lies_on_one_side_of_0(changes, tells):
    baseline = np.full(len(changes), 100.0)
    assert Difference("entries", "", baseline, baseline + np.array(changes, float)).tells is tells


def test_pairing_makes_differences_narrow(bridge):
    assert bridge.outcomes[0].of("entries").pairing < 0.9


def test_every_measure_is_there_for_every_what_if(bridge, small):
    for outcome in bridge.outcomes:
        measures = {(found.measure, found.place) for found in outcome.differences}
        assert {measure for measure, _ in measures} == set(MEASURES)
        assert {("entries", ""), ("entries", "River bridge"), ("present", "North"), ("present", "Farland")} <= measures
        assert all(found.baseline.shape == found.changed.shape == (6,) for found in outcome.differences)
        assert {values.shape for values in outcome.daily.values()} == {(small.days, 6)}
    with pytest.raises(KeyError, match="no difference in entries Nowhere"):
        bridge.outcomes[0].of("entries", "Nowhere")


def test_the_baseline_is_the_plain_run(bridge, small):
    result = simulate(small, members=6, seed=1)
    outcome = bridge.outcomes[0]
    assert np.array_equal(outcome.of("entries").baseline, result.crossings[:, -1].sum(0))
    assert np.array_equal(outcome.of("present", "North").baseline, result.area("North")[-1])
    assert np.array_equal(outcome.of("refusals").baseline, result.area("Farland", "turned_back")[-1])


def test_jobs_and_company_change_no_number(bridge, small):
    alone = compare(small, bridge.outcomes[0].change.what_if, members=6, jobs=1)
    assert list(rows(alone.outcomes)) == [row for row in rows(bridge.outcomes) if row[0] == "shut"]


def test_a_crossing_that_only_one_side_has_counts_as_zero_on_the_other():
    toy = toys.fork(departures=[toys.leave(1, 50)], days=10)
    outcome = compare(toy, what_if(drop=[Drop(table="routes", id="O > A")]), members=2).outcomes[0]
    near = outcome.of("entries", "near")
    assert (near.baseline > 0).all()
    assert (near.changed == 0).all()


def test_a_parameter_is_changed_in_every_member(small):
    change = what_if(parameter=[SetParameter(name="departure_rate", value=0.02)])
    outcome = compare(small, change, members=4).outcomes[0]
    assert outcome.of("displaced_at_home").rising == 1


def test_progress_runs_over_all_runs(small):
    said = []
    compare(small, [NOTHING], members=1, progress=lambda done, total: said.append((done, total)))
    assert said == sorted(said)
    assert said[-1] == (4 * small.days, 4 * small.days)


def test_paragraph_says_change_size_agreement_and_assumptions(bridge):
    shut, wide = bridge.outcomes
    text = paragraph(bridge, shut)
    assert "What if: The bridge shuts? Changed: act A1: enforcement 0.5 -> 1." in text
    assert "over everything that is not known, then given the numbers that were assumed" in text
    assert "It rests on this: made up." in text
    assert "70% wait, 10% look for another way" in text
    assert "assumptions carried through to their consequences, not findings" in text
    assert "70% wait" not in " ".join(assumptions(wide))


@pytest.fixture(scope="module")
def gate():
    """A toy whose gate shuts, compared."""
    return compare(toys.line(departures=[toys.leave(1, 60)], days=8), closing("gate"), members=4)


def with_entries(done, *arrays):
    """Return an outcome of a comparison with other entries."""
    rest = [one for one in done.outcomes[0].differences if (one.measure, one.place) != ("entries", "")]
    return replace(done.outcomes[0], differences=(Difference("entries", "", *arrays), *rest))


def test_paragraph_tells_both_ranges_in_percent_and_persons(gate):
    baseline = np.array([1000.0, 2000, 4000, 8000])
    text = paragraph(gate, with_entries(gate, baseline, 0.4 * baseline, baseline[:2], 0.3 * baseline[:2]))
    assert (
        "By 2021-01-08 entries over the border fall by about 60% (-60% to -60%; -70% to -70%), in persons -1,800 "
        "(-4,400 to -690; -1,400 to -740; 4 of 4 runs agree)."
    ) in text


def test_paragraph_leaves_percent_out_where_hardly_anybody_enters_without_the_change(gate):
    baseline = np.array([0.0, 4, 5, 6])
    text = paragraph(gate, with_entries(gate, baseline, baseline + 30, baseline, baseline + 20))
    assert "entries over the border rise by about 30 (+30 to +30; +20 to +20; 4 of 4 runs agree)." in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            [-27.0, -25],
            "known only if the assumed numbers are right, for entries over the border (about 0 to +11; -27 to -25)",
        ),
        ([-7.0, 5], "not known, as both ranges include 0, for entries over the border (about 0 to +11; about 0)"),
    ],
)
def test_paragraph_says_where_the_sign_is_not_known(gate, given, said):
    baseline = np.array([100.0, 110, 120, 130])
    arrays = baseline, baseline + np.array([-9.0, 4, -3, 12]), baseline[:2], baseline[:2] + given
    text = paragraph(gate, with_entries(gate, *arrays))
    assert f"The sign is {said.format('entries over the border')}" in text
    assert "By 2021-01-08" not in text


def test_what_rounds_to_nothing_is_said_in_few_words(gate):
    baseline = np.full(40, 100.0)
    changed = baseline + np.eye(40)[0]
    text = paragraph(gate, with_entries(gate, baseline, changed, baseline, baseline))
    assert "Next to nothing changes for entries over the border." in text


def test_both_ranges_of_a_difference_and_its_percent():
    baseline, changed = np.array([10.0, 20, 0]), np.array([5.0, 30, 7])
    found = Difference("entries", "", baseline, changed, np.array([100.0]), np.array([80.0]))
    assert found.band == pytest.approx((-3.8, 7, 9.7))
    assert found.given_band == (-20, -20, -20)
    assert found.percent == pytest.approx((-45, 0, 45))
    assert found.given_percent == pytest.approx((-20, -20, -20))
    assert (found.tells, found.given_tells) == (False, True)


def test_tables_say_that_the_difference_is_not_that_of_the_medians(bridge):
    terminal = Console(record=True, width=200)
    show_comparison(bridge, terminal)
    shown = " ".join(terminal.export_text().split())
    note = "the difference is the median of differences run by run, not that of the two medians beside it"
    assert shown.count(note) == 2
    assert page(bridge, {"scenario": {}, "environment": {}}).count(note) == 2


def test_a_comparison_speaks_of_runs_and_assumed_numbers_as_other_pages_do(bridge):
    terminal = Console(record=True, width=200)
    show_comparison(bridge, terminal)
    shown = re.sub(
        "<style>.*?</style>|<[^>]+>", " ", page(bridge, {"scenario": {}, "environment": {}}), flags=re.DOTALL
    )
    for text in (shown, terminal.export_text()):
        assert re.findall("(?i)[a-z ]*judge[a-z]*", text) == []
        assert [found for found in re.findall(r"(?i).?members?\b.?", text) if found != "(members)"] == []
        assert "given the numbers that were assumed" in text
    assert "6 runs, seed 1" in " ".join(shown.split())


def test_folder_is_a_result_and_the_page_stands_alone(tmp_path, bridge):
    out = tmp_path / "out"
    save(bridge, out, report=page, command="tiau compare")
    assert is_result(out)
    written = ["compare.csv", "compare.html", "decisive.csv", "provenance.json"]
    assert sorted(path.name for path in out.iterdir()) == written
    found = list(csv.reader((out / "compare.csv").open(encoding="utf-8", newline="")))
    assert tuple(found[0]) == COLUMNS
    assert len(found) == 1 + sum(len(outcome.differences) for outcome in bridge.outcomes)
    html = (out / "compare.html").read_text(encoding="utf-8")
    assert html.count("<svg") >= 4
    assert not re.search(r"(src|href)=\"http|<script", html)
    assert "It is not for deterrence, interdiction or decisions" in html
    for outcome in bridge.outcomes:
        assert outcome.change.what_if.title in html
        assert outcome.change.what_if.why in html
    provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert [found["name"] for found in provenance["what_ifs"]] == ["shut", "open"]
    assert provenance["what_ifs"][0]["content"]["set"][0]["enforcement"] == 1
    assert (provenance["members"], provenance["members_given"]) == (6, 6)
    save(bridge, out, report=page)
    assert is_result(out)


def test_data_frame_holds_what_the_table_holds(bridge):
    frame = bridge.to_dataframe()
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(list(rows(bridge.outcomes)))
    entries = frame[(frame.what_if == "shut") & (frame.measure == "entries") & (frame.place == "")].iloc[0]
    assert entries.difference_p50 == np.median(bridge.outcomes[0].of("entries").by_member)
    assert entries.unit == "persons"
    assert entries.given_difference_p95 == bridge.outcomes[0].of("entries").given_band[2]
    assert entries.percent_p05 == bridge.outcomes[0].of("entries").percent[0]


def test_a_row_is_all_that_a_new_measure_needs(bridge, small, monkeypatch):
    row = Measure("arms", "persons", "arms of who entered, at the end", "arms abroad",
                  lambda seen: 2 * seen.people(*seen.abroad, quantity="arrived_cumulative"), AT_THE_END)  # fmt: skip
    monkeypatch.setitem(MEASURES, row.name, row)
    done = compare(small, bridge.outcomes[0].change, members=6)
    outcome = done.outcomes[0]
    assert (outcome.of(row.name).baseline == 2 * outcome.of("entries").baseline).all()
    assert row.name in set(done.to_dataframe().measure)
    assert row.words in paragraph(done, outcome)
    assert f"<td>{row.meaning}</td>" in page(done, {"scenario": {}, "environment": {}})
    terminal = Console(record=True, width=200)
    show_comparison(done, terminal)
    assert row.words in terminal.export_text()


def test_titles_are_escaped_in_the_page(small):
    change = WhatIf(title="<b>bold</b>", why="<script>", drop=[Drop(table="acts", id="A1")])
    done = compare(small, change, members=1)
    html = page(done, {"scenario": {}, "environment": {}})
    assert "<b>bold" not in html
    assert "<script" not in html
    assert "&lt;b&gt;bold" in done._repr_html_()
    assert "<b>" not in done._repr_html_()
    assert repr(done) == "<Comparison of small with what-if: 1 members, seed 1>"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("length", [1, 3, 20, 59, 62, 100, 300, 577, 729, 1500])
def test_differences_by_day_are_drawn_for_runs_of_any_length(length):
    days = [dt.date(2021, 2, 1) + dt.timedelta(number) for number in range(length)]
    assert "entries" in difference_bands({"entries": np.arange(3.0 * length).reshape(length, 3)}, days)
