"""The state of the explorer's page and its address, as Chromium runs them."""

from __future__ import annotations

import json

import pytest

import browser as look
from explorer_scripts import CLOSED, WHOLE, run, scripted

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())


@pytest.fixture(scope="module")
def page():
    with scripted() as found:
        yield found


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
