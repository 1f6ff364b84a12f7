"""The state of the explorer's page, its address, and what is asked of a server: as Chromium runs them."""

from __future__ import annotations

import json

import pytest

import browser as look
from explorer_parts import SCENARIO, opened

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
WHOLE = {**SCENARIO, "digest": "abc", "members": 200, "seed": 1, "first_followed": 0, "events": [], "parameters": [],
         "places": []}  # fmt: skip
CLOSED = {"title": "t", "why": "w", "drop": [], "add": [], "scale": [], "parameter": [],
          "set": [{"table": "acts", "id": ["A1"], "enforcement": 0.9}]}  # fmt: skip
RUN = """async ([scenario, whatIf, script]) => {
  const files = { state: "state/store", address: "state/address", changes: "state/changes",
    outcomes: "asking/outcomes", forecasts: "asking/forecasts", titles: "presets/titles" };
  const names = Object.keys(files);
  const parts = await Promise.all(names.map((name) => import(`./${files[name]}.mjs`)));
  const made = new Function("scenario", "whatIf", ...names, `return (async () => {${script}})()`);
  return await made(scenario, whatIf, ...parts);
}"""


@pytest.fixture(scope="module")
def page():
    with look.started() as chromium:
        # Functions made of a text are no part of the page: its policy forbids them.
        context = chromium.new_context(bypass_csp=True)
        with opened(type("Bypassing", (), {"new_context": lambda *_, **__: context})()) as (found, _):
            yield found


def run(page, script, scenario=WHOLE, what_if=CLOSED):
    return page.evaluate(RUN, [scenario, what_if, script])


def test_a_drag_is_one_step_of_undo_and_looking_is_none(page):
    found = run(page, """
      const store = new state.Store(scenario);
      for (const enforcement of [0.4, 0.5, 0.6]) {
        store.change(changes.setAct(scenario, changes.NOTHING, "A1", { enforcement }), { settled: false });
      }
      store.change(store.state.whatIf, { settled: true });
      store.look({ day: 3 });
      const { undo } = store.steps;
      store.undo();
      const back = [changes.countOf(store.state.whatIf), store.state.view.day, store.past.length];
      store.redo();
      return [undo, back, store.state.whatIf.set[0].enforcement];
    """)  # fmt: skip
    assert found == ["changing act A1 (Union government, close)", [0, 3, 0], 0.6]


def test_an_address_gives_back_the_whole_state(page):
    found = run(page, """
      const first = state.firstState(scenario);
      const was = { ...first, whatIf, members: 24, seed: 7, view: { followed: 1, day: 60, quantity: "arrived" } };
      const hash = address.addressOf(scenario, was);
      return [address.readAddress(scenario, hash), was, hash];
    """)  # fmt: skip
    assert found[0] == {"state": found[1], "notes": []}
    assert "day=2021-04-02" in found[2]


def test_an_address_says_every_cell_of_a_changed_act(page):
    """So that an act is what it was although its other cells are changed in the scenario afterwards."""
    later = {**WHOLE, "digest": "other", "acts": [{**act, "until": "2021-05-01"} for act in WHOLE["acts"]]}
    found = run(page, """
      const hash = address.addressOf(scenario, { ...state.firstState(scenario), whatIf });
      return address.readAddress(JSON.parse(whatIf.later), hash);
    """, what_if={**CLOSED, "later": json.dumps(later)})  # fmt: skip
    (edit,) = found["state"]["whatIf"]["set"]
    assert edit == {"table": "acts", "id": ["A1"], "enforcement": 0.9, "until": "2021-03-21"}
    assert "has changed" in found["notes"][0]


EVENTS = [
    {"event": f"E{number:03}", "kind": "battle" if number % 3 else "raid", "place": [f"P{number % 7}"], "severity": 1}
    for number in range(285)
]


@pytest.mark.parametrize(
    ("chosen", "entry"),
    [
        ("true", {"every": {}}),
        ("at !== 17", {"every": {}, "but": ["E017"]}),
        ("kind === 'raid'", {"every": {"kind": "raid"}}),
        ("kind === 'raid' && place[0] === 'P2'", {"every": {"kind": "raid", "place": "P2"}}),
        ("at < 3", {"id": ["E000", "E001", "E002"]}),
    ],
)
def test_many_events_are_one_short_entry_of_an_address_and_come_back_by_name(page, chosen, entry):
    short, back, ids = run(page, f"""
      const ids = scenario.events.filter(({{ kind, place }}, at) => {chosen}).map((one) => one.event);
      const next = changes.scaleEvents(changes.NOTHING, ids, 0.5);
      const hash = address.addressOf(scenario, {{ ...state.firstState(scenario), whatIf: next }});
      const read = address.readAddress(scenario, hash);
      return [JSON.parse(new URLSearchParams(hash.slice(1)).get("what-if")).scale, read.state.whatIf.scale, ids];
    """, scenario={**WHOLE, "events": EVENTS})  # fmt: skip
    assert short == [{"table": "events", "column": "severity", "by": 0.5, **entry}]
    assert back == [{"table": "events", "column": "severity", "by": 0.5, "id": ids}]


def test_an_address_with_every_event_by_name_still_reads_and_every_one_is_of_the_events_that_are_there(page):
    names = [one["event"] for one in EVENTS]
    edit = {"table": "events", "column": "severity", "by": 0.5}
    script = "return address.readAddress(scenario, '#what-if=' + encodeURIComponent(JSON.stringify(whatIf))).state"
    old = run(page, script, {**WHOLE, "events": EVENTS}, {"scale": [{**edit, "id": names}]})
    new = run(page, script, {**WHOLE, "events": EVENTS[:9]}, {"scale": [{**edit, "every": {}, "but": ["E000", "X"]}]})
    assert old["whatIf"]["scale"][0]["id"] == names
    assert new["whatIf"]["scale"][0]["id"] == names[1:9]


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
        (
            '#what-if={"scale":[{"table":"events","every":{"kind":"none"},"column":"severity","by":2}]}',
            "none of the events",
        ),
        ('#what-if={"scale":[{"table":"acts","every":{},"column":"enforcement","by":2}]}', "damaged"),
        ('#what-if={"scale":[null]}', "damaged"),
        ("#scenario=elsewhere", "another scenario, elsewhere"),
        ("#what-if=%7Bbroken", "damaged"),
        ('#what-if={"set":[{"table":"acts","id":[5]}]}', "damaged"),
        ('#what-if={"drop":[{"table":"acts","id":["NONE"]}]}', "Not applied: act NONE"),
        ('#what-if={"set":[{"table":"acts","id":["A1"],"from":"soon"}]}', "damaged"),
        ("#follow=Nowhere&day=never&members=-1", "Nowhere is not in it"),
    ],
)
def test_an_address_that_does_not_fit_is_told_and_breaks_nothing(page, hash_, said):
    found = run(page, "return address.readAddress(scenario, whatIf.hash)", what_if={"hash": hash_})
    assert said in " ".join(found["notes"])


def test_a_name_that_is_markup_comes_back_as_it_was(page):
    evil = "<img src=x onerror=alert(1)>&follow=Moreh"
    followed = [{**WHOLE["followed"][0], "label": evil}, *WHOLE["followed"][1:]]
    found = run(page, """
      const hash = address.addressOf(scenario, state.firstState(scenario));
      return address.readAddress(scenario, hash);
    """, scenario={**WHOLE, "followed": followed})  # fmt: skip
    assert found["notes"] == []
    assert found["state"]["view"]["followed"] == 0


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


FORECAST = """
  const kept = globalThis.fetch;
  const given = JSON.parse(whatIf.lines);
  const bodies = [];
  globalThis.fetch = async (path, { body }) => {
    bodies.push(JSON.parse(body));
    return new Response(given.map((line) => JSON.stringify(line)).join("\\n"));
  };
  const found = new forecasts.Forecasts(() => {});
  try {
    await found.ask("abc");
    return [bodies, found.of("abc"), found.of("other").status];
  } finally { globalThis.fetch = kept; }
"""


@pytest.mark.parametrize(
    ("lines", "status", "problem"),
    [
        ([{"kind": "queued", "ahead": 0}, {"kind": "forecast", "origin": 3, "days": [4], "areas": {}}], "done", None),
        ([{"kind": "progress", "words": "fitting, run 1"}], "failed", "The server ended before the forecast was made."),
        ([{"kind": "faults", "faults": [{"problem": "says nothing", "remedy": "mend"}]}], "failed", "says nothing"),
    ],
)
def test_a_forecast_is_kept_by_digest_or_says_why_there_is_none(page, lines, status, problem):
    bodies, found, other = run(page, FORECAST, what_if={"lines": json.dumps(lines)})
    assert bodies == [{"digest": "abc"}]
    assert (found["status"], other) == (status, "idle")
    assert [one["problem"] for one in found["problems"]] == ([problem] if problem else [])
    assert (found["forecast"] or {}).get("days") == ([4] if status == "done" else None)


def test_a_ready_made_title_goes_when_its_changes_are_changed_further(page):
    preset = {"name": "p", "title": "Ready", "why": "so", "what_if": CLOSED}
    found = run(page, """
      const ready = { ...whatIf, title: "Ready", why: "so" };
      const further = (of) => changes.setAct(scenario, of, "A1", { enforcement: 0.2 });
      const own = { ...ready, title: "Mine" };
      return [[ready, further(ready)], [own, further(own)], [own, { ...ready }]].map(
        ([before, next]) => titles.titled(scenario, before, next).title);
    """, scenario={**WHOLE, "presets": [preset]})  # fmt: skip
    assert found == ["", "Mine", "Ready"]
