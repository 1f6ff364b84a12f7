"""What the explorer's page asks of a server, and what comes of the answers: as Chromium runs it."""

from __future__ import annotations

import json

import pytest

import browser as look
from explorer_scripts import run, scripted

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())


@pytest.fixture(scope="module")
def page():
    with scripted() as found:
        yield found


SERVER = """
  const array = (rows, numbers) => ({ shape: [rows, numbers.length / rows],
    f4: btoa(String.fromCharCode(...new Uint8Array(Float32Array.from(numbers).buffer))) });
  const some = (first, days, numbers) => ({ kind: "expected", light: true, first, days,
    places: array(1, numbers), series: array(1, numbers) });
  const asked = [];
  const kept = globalThis.fetch;
  globalThis.fetch = (path, { body, signal }) => new Promise((answer, refuse) => {
    asked.push({ path, body: JSON.parse(body), signal, answer: (...lines) =>
      answer(new Response(lines.map((line) => JSON.stringify(line)).join("\\n"))) });
    signal.addEventListener("abort", () => refuse(new DOMException("", "AbortError")));
  });
  const runs = () => asked.filter(({ body }) => !body.light);
  const quiet = () => new Promise((done) => setTimeout(done, 20));
  const first = state.firstState(scenario);
  const set = (cells) => changes.setAct(scenario, changes.NOTHING, "A1", cells);
  const weaker = (enforcement) => ({ ...first, whatIf: set({ enforcement }), view: { ...first.view, day: 0 } });
  const found = new outcomes.Outcomes(() => {});
  found.forget(scenario);
  try { %s } finally { globalThis.fetch = kept; }
"""


def test_while_something_is_dragged_one_ask_is_out_and_the_last_is_asked(page):
    found = run(page, SERVER % """
      for (const strength of [0.1, 0.2, 0.4]) found.drag(weaker(strength));
      const out = asked.length;
      asked[0].answer(some(0, 2, [1, 2]));
      await quiet();
      return [out, asked.map(({ body }) => [body.light, body.what_if.set[0].enforcement])];
    """)  # fmt: skip
    assert found == [1, [[True, 0.1], [True, 0.4]]]


def test_who_drags_on_does_not_wait_for_days_that_nobody_looks_at(page):
    found = run(page, SERVER % """
      const kept = globalThis.fetch;
      const streams = [];
      globalThis.fetch = (path, { signal }) => {
        const body = new ReadableStream({ start: (told) => streams.push({ told, signal }) });
        signal.addEventListener("abort", () => streams.at(-1).told.error(new DOMException("", "AbortError")));
        return Promise.resolve(new Response(body));
      };
      const say = ({ told }, message) => told.enqueue(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
      const seen = [];
      found.drag(weaker(0.2));
      await quiet();
      found.drag(weaker(0.3));
      await quiet();
      seen.push(streams.length);
      say(streams[0], some(0, 3, [5]));
      await quiet();
      seen.push(streams.length);
      say(streams[1], some(0, 3, [6]));
      await quiet();
      found.drag(weaker(0.4));
      await quiet();
      return [...seen, streams.length, streams.map(({ signal }) => signal.aborted)];
    """)  # fmt: skip
    assert found == [1, 2, 3, [True, True, False]]


def test_what_came_to_be_outdated_is_stopped_and_what_ended_is_kept(page):
    found = run(page, SERVER % """
      const ended = [{ kind: "expected" }, { kind: "fan", members: 200, of: 200 }, { kind: "done", run: "r" }];
      found.settle(weaker(0.1));
      found.settle(weaker(0.2));
      const stopped = runs().map(({ signal }) => signal.aborted);
      runs().forEach(({ answer }) => answer(...ended));
      await quiet();
      found.settle(weaker(0.4));
      found.settle(weaker(0.2));
      return [stopped, runs().length, found.outcome.now.members, found.outcome.now.status];
    """)  # fmt: skip
    assert found == [[False, True, False], 4, 200, "idle"]


def test_people_of_a_question_before_are_marked_until_the_first_message(page):
    found = run(page, SERVER % """
      found.settle(weaker(0.1));
      runs()[0].answer({ kind: "expected" });
      runs()[1].answer({ kind: "expected" });
      await quiet();
      const first = found.outcome.now.isOld;
      found.settle(weaker(0.2));
      const marked = [found.outcome.now.isOld, found.outcome.baseline.isOld];
      runs()[2].answer({ kind: "queued", ahead: 1 }, { kind: "expected" });
      await quiet();
      return [first, marked, found.outcome.now.isOld];
    """)  # fmt: skip
    assert found == [False, [True, False], False]


def test_what_was_dragged_to_is_of_the_question_that_is_settled_there_and_of_no_other(page):
    found = run(page, SERVER % """
      found.settle(first);
      asked[0].answer({ kind: "expected", present: array(1, [1, 1]), arrived: array(1, [1, 1]) });
      await quiet();
      const marked = [];
      for (const strength of [0.2, 0.4]) {
        found.drag(weaker(0.2));
        asked.at(-1).answer(some(0, 2, [1, 2]));
        await quiet();
        found.settle(weaker(strength));
        marked.push(found.outcome.now.isOld);
      }
      return marked;
    """)  # fmt: skip
    assert found == [False, True]


def test_days_that_come_later_are_those_of_before_and_marked_where_they_are_shown(page):
    found = run(page, SERVER % """
      found.settle(first);
      asked[0].answer({ kind: "expected", present: array(1, [1, 1, 1]), arrived: array(1, [0, 0, 0]) });
      await quiet();
      const seen = [];
      for (const day of [0, 2]) {
        found.drag({ ...weaker(0.2 + day), view: { ...first.view, day } });
        asked.at(-1).answer(some(0, 3, [5, 6]));
        await quiet();
        const { light, isOld } = found.outcome.now;
        seen.push([[...light.places.data], [...light.series.data], light.until, isOld]);
      }
      found.drag({ ...weaker(0.9), view: { ...first.view, day: 0 } });
      asked.at(-1).answer(some(0, 3, [7]), some(1, 3, [8, 9]));
      await quiet();
      return [seen, [...found.outcome.now.light.series.data], asked.at(-1).body.day];
    """)  # fmt: skip
    some = [[5, 6, 1], [5, 6, 1], 2]
    assert found == [[[*some, False], [*some, True]], [7, 8, 9], 0]


def test_medians_of_few_runs_are_told_by_what_the_same_few_were_without_changes(page):
    found = run(page, SERVER % """
      const people = (number) => ({ present: array(1, [number]), arrived: array(1, [number]) });
      found.settle(weaker(0.2));
      runs()[0].answer({ kind: "expected", ...people(50) }, { kind: "figures", medians: people(100) },
        { kind: "done", run: "r" });
      runs()[1].answer({ kind: "expected", ...people(50) }, { kind: "medians", medians: people(60), was: people(80) });
      await quiet();
      const { now, baseline } = found.outcome;
      const few = [now.expected.present.data[0], now.means, baseline.expected.present.data[0], baseline.means];
      found.settle(weaker(0.4));
      runs()[2].answer({ kind: "expected", ...people(50) }, { kind: "medians", medians: people(60), was: people(80) },
        { kind: "figures", medians: people(70) }, { kind: "done", run: "s" });
      await quiet();
      const whole = found.outcome.now;
      return [few, [whole.expected.present.data[0], whole.means]];
    """)  # fmt: skip
    # A fourth less than the same few: a fourth less than all.
    assert found == [[75, "estimate", 100, "median"], [70, "median"]]


def test_what_is_estimated_begins_where_the_page_is_and_not_at_changes_that_were_taken_back(page):
    found = run(page, SERVER % """
      const people = (number) => ({ present: array(1, [number]), arrived: array(1, [number]) });
      const ended = (raw, median, run) =>
        [{ kind: "expected", ...people(raw) }, { kind: "figures", medians: people(median) }, { kind: "done", run }];
      const shown = () => [found.outcome.now.expected.present.data[0], found.outcome.now.isOld];
      found.settle(weaker(0.2));
      runs()[0].answer(...ended(50, 100, "own"));
      runs()[1].answer(...ended(10, 30, "closed"));
      await quiet();
      found.settle(first);
      found.settle(weaker(0.4));
      const before = shown();
      runs()[2].answer({ kind: "expected", ...people(50) });
      await quiet();
      const estimate = shown();
      found.settle(weaker(0.2));
      found.settle(weaker(0.6));
      runs().at(-1).answer({ kind: "expected", ...people(50) },
        { kind: "medians", medians: people(80), was: people(80) });
      await quiet();
      return [before, estimate, shown()];
    """)  # fmt: skip
    # Without an effect all of them are what the scenario as it is has.
    assert found == [[100, True], [100, False], [100, False]]


def test_each_kind_of_ask_has_one_name_by_which_the_newest_takes_the_place_of_others(page):
    found = run(page, SERVER % """
      found.settle(weaker(0.1));
      found.settle(weaker(0.2));
      found.drag(weaker(0.3));
      runs()[2].answer({ kind: "outdated" });
      await quiet();
      return [runs().concat(asked.at(-1)).map(({ body }) => body.tab), found.outcome.now.status];
    """)  # fmt: skip
    (baseline, now, again, light), _ = found
    assert now == again
    assert len({baseline, now, light}) == 3


def test_what_was_overtaken_can_be_asked_again(page):
    found = run(page, SERVER % """
      found.settle(weaker(0.1));
      runs()[1].answer({ kind: "outdated" });
      await quiet();
      const { status, problem } = found.outcome.now;
      found.settle(weaker(0.1));
      return [status, problem.remedy, runs().length];
    """)  # fmt: skip
    assert found == ["failed", "Ask again.", 3]


def test_what_nobody_dragged_to_is_estimated_beside_its_runs_until_these_are_there(page):
    found = run(page, SERVER % """
      found.settle(first);
      const people = (...numbers) => ({ present: array(1, numbers), arrived: array(1, numbers) });
      runs()[0].answer({ kind: "expected", ...people(1, 1) }, { kind: "done", run: "own" });
      await quiet();
      const streams = [];
      const say = (at, message) => streams[at].enqueue(new TextEncoder().encode(`${JSON.stringify(message)}\n`));
      globalThis.fetch = (path, { body, signal }) => {
        asked.push({ body: JSON.parse(body), signal });
        const stream = new ReadableStream({ start: (told) => streams.push(told) });
        return Promise.resolve(new Response(stream));
      };
      found.settle(weaker(0.2));
      await quiet();
      const words = () => [found.outcome.now.isOld, found.outcome.now.light?.series.data[0] ?? null,
        found.outcome.now.fan?.members ?? 0, found.outcome.now.status];
      const seen = [words()];
      const light = asked.findIndex(({ body }) => body.light) - 1;
      for (const [at, message] of [[light, some(0, 2, [5, 6])], [1 - light, { kind: "growing", members: 24, days: 1 }],
        [1 - light, { kind: "medians", medians: people(7, 8), was: null }], [light, some(0, 2, [9, 9])]]) {
        say(at, message);
        await quiet();
        seen.push(words());
      }
      found.settle(weaker(0.2));
      return [seen, asked.length, found.outcome.now.expected.present.data[0]];
    """)  # fmt: skip
    queued, *seen = found[0]
    assert queued == [True, None, 0, "queued"]
    assert seen == [
        [False, 5, 0, "queued"],
        [False, 5, 24, "running"],
        [False, None, 24, "running"],
        [False, None, 24, "running"],
    ]
    assert found[1:] == [3, 7]


def test_what_cannot_be_is_told_and_no_estimate_of_it_takes_its_place(page):
    found = run(page, SERVER % """
      found.settle(weaker(0.1));
      const light = asked.find(({ body }) => body.light);
      runs()[1].answer({ kind: "faults", faults: [{ problem: "is no act" }] });
      await quiet();
      light.answer(some(0, 2, [1, 2]));
      await quiet();
      const { status, faults, rawLight, isOld } = found.outcome.now;
      found.settle(weaker(0.1));
      return [status, faults.length, rawLight, isOld, light.signal.aborted, runs().length];
    """)  # fmt: skip
    assert found == ["failed", 1, None, True, True, 3]


def test_an_estimate_of_one_place_is_none_of_another(page):
    found = run(page, SERVER % """
      found.settle(first);
      asked[0].answer({ kind: "expected", present: array(2, [1, 1, 1, 1]), arrived: array(2, [1, 1, 1, 1]) });
      await quiet();
      found.settle(weaker(0.2));
      asked.find(({ body }) => body.light).answer(some(0, 2, [7, 7]));
      await quiet();
      const there = found.outcome.now.isOld;
      const elsewhere = weaker(0.2);
      found.look({ ...elsewhere, view: { ...elsewhere.view, followed: 1 } });
      const moved = [found.outcome.now.isOld, found.outcome.now.light];
      const light = asked.filter(({ body }) => body.light);
      light.at(-1).answer(some(0, 2, [8, 8]));
      await quiet();
      return [there, moved, light.map(({ body }) => body.follow), found.outcome.now.isOld];
    """)  # fmt: skip
    assert found == [False, [True, None], [0, 1], False]


@pytest.mark.parametrize(
    ("fan", "said"),
    [
        ({"members": 24, "of": 200, "days": 31}, "24 of 200 runs, so far to 3 March 2021"),
        ({"members": 24, "of": 200}, "24 of 200 runs"),
    ],
)
def test_how_far_runs_are_is_said_where_they_are_not_at_their_end(page, fan, said):
    told = run(page, """
      const now = { ...new outcomes.Outcomes(() => {}).outcome.now, status: "running", fan: FAN, members: 24 };
      const box = document.createElement("div");
      preact.render(preact.h(status.Status, { outcome: { now, baseline: now }, scenario }), box);
      return box.querySelector("[role=status]").textContent;
    """.replace("FAN", json.dumps(fan)))  # fmt: skip
    assert told == said
