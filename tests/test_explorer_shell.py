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


@pytest.mark.parametrize(
    ("hash_", "said"),
    [
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
  const asked = [];
  const kept = globalThis.fetch;
  globalThis.fetch = (path, { body, signal }) => new Promise((answer, refuse) => {
    asked.push({ path, body: JSON.parse(body), signal, answer: (...lines) =>
      answer(new Response(lines.map((line) => JSON.stringify(line)).join("\\n"))) });
    signal.addEventListener("abort", () => refuse(new DOMException("", "AbortError")));
  });
  const quiet = () => new Promise((done) => setTimeout(done, 20));
  const first = state.firstState(scenario);
  const set = (cells) => changes.setAct(scenario, changes.NOTHING, "A1", cells);
  const weaker = (enforcement) => ({ ...first, whatIf: set({ enforcement }) });
  const found = new outcomes.Outcomes(() => {});
  found.forget(scenario);
  try { %s } finally { globalThis.fetch = kept; }
"""


def test_while_something_is_dragged_one_ask_is_out_and_the_last_is_asked(page):
    found = run(page, SERVER % """
      for (const strength of [0.1, 0.2, 0.4]) found.drag(weaker(strength));
      const out = asked.length;
      asked[0].answer({ kind: "expected", places: null });
      await quiet();
      return [out, asked.map(({ body }) => [body.light, body.what_if.set[0].enforcement])];
    """)  # fmt: skip
    assert found == [1, [[True, 0.1], [True, 0.4]]]


def test_what_came_to_be_outdated_is_stopped_and_what_ended_is_kept(page):
    found = run(page, SERVER % """
      const ended = [{ kind: "expected" }, { kind: "fan", members: 200, of: 200 }, { kind: "done", run: "r" }];
      found.settle(weaker(0.1));
      found.settle(weaker(0.2));
      const stopped = asked.map(({ signal }) => signal.aborted);
      asked.forEach(({ answer }) => answer(...ended));
      await quiet();
      found.settle(weaker(0.4));
      found.settle(weaker(0.2));
      return [stopped, asked.length, found.outcome.now.members, found.outcome.now.status];
    """)  # fmt: skip
    assert found == [[False, True, False], 4, 200, "idle"]
