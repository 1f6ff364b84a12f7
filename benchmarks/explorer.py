"""How long the explorer's page lets people wait: python benchmarks/explorer.py [SCENARIO] [--act ID] [--day DAY].

A real page in Chromium: from the command to a drawn map, from each move of a key that is held on an act to the estimate
on the screen, on a day soon after the act and on the last one, and from its release to the first days of the first
runs, to the day soon after the act, to all days of them, and to all runs. Read it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median

from playwright.sync_api import Locator, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 180.0
# No state comes twice: what has been run is kept. Back again nothing is either, as it was not run to its end.
MOVES = ["+"] * 17 + ["ArrowRight"] * 17 + ["-"] * 16
BACK = ["+"] * 16 + ["ArrowLeft"] * 17 + ["-"] * 17
WATCHED = """() => {
  globalThis.lags = [];
  let moved = null;
  addEventListener("keydown", () => { moved = performance.now(); }, true);
  const sentence = document.querySelector(".chart-sentence");
  new MutationObserver(() => {
    if (moved === null || sentence.textContent.includes("being worked out")) return;
    globalThis.lags.push(performance.now() - moved);
    moved = null;
  }).observe(sentence, { childList: true, subtree: true, characterData: true });
}"""


@contextmanager
def started(scenario: str, *more: str) -> Iterator[str]:
    """Explore a scenario, and give the address of its page."""
    command = [sys.executable, "-m", "tiau", "explore", scenario, "--no-browser", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            yield found[0] if found else sys.exit("the explorer did not start")
        finally:
            server.terminate()


def seconds_until(page: Page, is_so: Callable[[], bool], begun: float) -> float:
    """Return how long after a moment something is so; infinite where it never is."""
    while not is_so():
        waited = time.perf_counter() - begun
        if waited > PATIENCE:
            return float("inf")
        # Looking takes time that the page and its server want.
        page.wait_for_timeout(max(4, 10 * waited))
    return time.perf_counter() - begun


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description="Benchmark of the explorer's page.")
    parser.add_argument("scenario", nargs="?", default="mizoram-2021")
    parser.add_argument("--act", default="P21")
    parser.add_argument("--day", default="2021-04-10", help="the day soon after the act")
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        # Whoever explores has a browser open: from the command on everything counts.
        begun = time.perf_counter()
        with started(given.scenario) as address:
            measured(page, address, given, begun)


def measured(page: Page, address: str, given: argparse.Namespace, begun: float) -> None:
    """Print what one page takes."""
    page.goto(address)
    page.wait_for_selector("g.place")
    print(f"from the command to a drawn map {time.perf_counter() - begun:.2f} s")
    sentence = page.locator(".chart-sentence")
    print(f"to all members {seconds_until(page, lambda: 'nine of ten runs' in sentence.inner_text(), begun):.1f} s")
    page.evaluate(WATCHED)
    page.evaluate("day => { location.hash = location.hash.replace(/&day=[^&]*/, `&day=${day}`); }", given.day)
    page.wait_for_timeout(1000)
    act = page.get_by_role("button", name=re.compile(rf"^{re.escape(given.act)}, .*: .*; from "))
    behind(page, act, MOVES, f"on {given.day}")
    page.keyboard.up("-")
    every_run(page, sentence)
    page.locator("input[type=range][aria-label=Day]").press("End")
    page.wait_for_timeout(1000)
    behind(page, act, BACK, "on the last day")
    page.keyboard.up("-")
    every_run(page, sentence)
    released(page, act, given.day)


def released(page: Page, act: Locator, day: str) -> None:
    """Print how long after a key is let go there are runs."""
    chart, sentence = page.locator(".chart"), page.locator(".chart-sentence")
    page.evaluate("day => { location.hash = location.hash.replace(/&day=[^&]*/, `&day=${day}`); }", day)
    page.wait_for_timeout(1000)
    act.focus()
    # Earlier than anything that has been run before.
    for _ in range(3):
        page.keyboard.down("ArrowLeft")
    begun = time.perf_counter()
    page.keyboard.up("ArrowLeft")
    days = int(page.locator("input[type=range][aria-label=Day]").get_attribute("max") or 0) + 1
    times = [
        seconds_until(page, lambda: chart.get_attribute("data-days") != "0", begun),
        seconds_until(page, lambda: "run by run" in sentence.inner_text(), begun),
        seconds_until(page, lambda: chart.get_attribute("data-days") == str(days), begun),
        every_run(page, sentence, begun),
    ]
    names = ("the first days of the first runs", day, "all their days", "all runs")
    print("release to " + ", to ".join(f"{name} {one:.1f} s" for name, one in zip(names, times, strict=True)))


def every_run(page: Page, sentence: Locator, begun: float | None = None) -> float:
    """Return how long after a moment all runs are there."""
    begun = time.perf_counter() if begun is None else begun
    return seconds_until(
        page, lambda: "runs so far" not in (text := sentence.inner_text()) and "run by run" in text, begun
    )


def behind(page: Page, act: Locator, moves: list[str], day: str) -> None:
    """Print how long after each move of a key the number on the screen is another."""
    act.focus()
    lags = []
    for move in moves:
        many = page.evaluate("lags.length")
        page.keyboard.down(move)
        begun = time.perf_counter()
        while page.evaluate("lags.length") == many and time.perf_counter() - begun < 5:
            page.wait_for_timeout(25)
        found = page.evaluate("lags.length") > many
        lags.append(page.evaluate("lags.at(-1)") if found else float("inf"))
    lags = sorted(lag / 1000 for lag in lags)
    late = lags[int(0.9 * len(lags))]
    print(
        f"estimate {day} behind the key: median of {len(moves)} {median(lags):.3f} s, nine of ten within {late:.3f} s"
    )


if __name__ == "__main__":
    main()
