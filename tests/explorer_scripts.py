"""Modules of the explorer's page, run by Chromium in a script of a test."""

from __future__ import annotations

from contextlib import contextmanager

import browser as look
from explorer_parts import SCENARIO, opened

WHOLE = {**SCENARIO, "digest": "abc", "members": 200, "seed": 1, "first_followed": 0, "events": [], "parameters": [],
         "places": []}  # fmt: skip
CLOSED = {"title": "t", "why": "w", "drop": [], "add": [], "scale": [], "parameter": [],
          "set": [{"table": "acts", "id": ["A1"], "enforcement": 0.9}]}  # fmt: skip
RUN = """async ([scenario, whatIf, script]) => {
  const files = { state: "state/store", address: "state/address", changes: "state/changes",
    outcomes: "asking/outcomes", forecasts: "asking/forecasts", titles: "presets/titles",
    status: "shell/status", preact: "vendor/preact" };
  const names = Object.keys(files);
  const parts = await Promise.all(names.map((name) => import(`./${files[name]}.mjs`)));
  const made = new Function("scenario", "whatIf", ...names, `return (async () => {${script}})()`);
  return await made(scenario, whatIf, ...parts);
}"""


@contextmanager
def scripted():
    """Give a page with nothing in it whose modules a script can import."""
    with look.started() as chromium:
        # Functions made of a text are no part of the page: its policy forbids them.
        context = chromium.new_context(bypass_csp=True)
        with opened(type("Bypassing", (), {"new_context": lambda *_, **__: context})()) as (found, _):
            yield found


def run(page, script, scenario=WHOLE, what_if=CLOSED):
    """Run a script in the page, which has the modules by name; return what it returns."""
    return page.evaluate(RUN, [scenario, what_if, script])
