"""What the page tells before any run has ended: nowhere as if it were the answer."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

import browser as look
from explorer_served import cut_short, opened, sentence, served, settled

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
FIRST = "first reckoning without chance"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(cut_short(tmp_path_factory.mktemp("first") / "short")) as running:
        assert running.first_message("done")
        yield running


def without_runs(route):
    """Answer with what a run says before its first members are there."""
    lines = route.fetch().body().splitlines(keepends=True)
    kinds = [json.loads(line)["kind"] for line in lines]
    route.fulfill(body=b"".join(lines[: kinds.index("expected") + 1]), content_type="application/x-ndjson")


def test_what_is_behind_for_a_moment_does_not_flash(chromium, server):
    """How bright the map is in the frames after it came to lie behind: (ms, opacity)."""
    with opened(chromium, server.address) as seen:
        settled(seen.page)
        bright = seen.page.evaluate("""() => new Promise((done) => {
          const map = document.querySelector(".map"), marks = map.querySelector("svg.marks"), found = [];
          let begin = 0;
          const look = () => {
            found.push([performance.now() - begin, Number(getComputedStyle(marks).opacity)]);
            if (found.at(-1)[0] < 1500) requestAnimationFrame(look); else done(found);
          };
          // In a frame of its own: what is animated begins with the frame, which may be old where much goes on.
          requestAnimationFrame((now) => { begin = now; map.className = "map old"; look(); });
        })""")
    assert {opacity for at, opacity in bright if at < 250} == {1}
    last = bright[-1][1]
    assert 0.4 <= last <= 0.6
    steps = [abs(one[1] - other[1]) for one, other in pairwise(bright) if other[0] - one[0] < 40]
    assert max(steps) < 0.1


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_a_first_reckoning_is_told_as_such_wherever_its_numbers_stand(chromium, server, size):
    with opened(chromium, server.address, size=size) as seen:
        page = seen.page
        page.route("**/api/run", without_runs)
        page.reload()
        page.wait_for_function("() => document.querySelector('.chart-sentence')?.textContent.includes('people in')")
        no_answer = f"no answer yet: [\\d,]+ people in Mizoram by a {FIRST}, from which the runs may lie far apart"
        assert re.search(no_answer, sentence(page).inner_text())
        assert "present, first reckoning, no runs yet" in page.locator(".places output").inner_text()
        assert f"No answer yet: a {FIRST}" in page.locator(".map").inner_text()
        page.get_by_role("combobox", name="Follow").click()
        listed = page.get_by_role("listbox", name="Places and areas")
        assert f"No answer yet: a {FIRST}" in listed.inner_text()
        page.get_by_role("option").first.wait_for()
        assert look.violations(seen) == []
        assert [told for told in look.sticking_out(seen) if "Map of" not in told and 'input ""' not in told] == []
