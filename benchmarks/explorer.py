"""How long the explorer's page lets people wait: python benchmarks/explorer.py [SCENARIO] [--act ID] [--moves N].

A real page in Chromium: to a drawn map, from each move of a key that is held on an act to the estimate on the screen,
and from its release to the first runs and to all. Read it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 180.0


def seconds_until(page: Page, is_so: Callable[[], bool], begun: float) -> float:
    """Return how long after a moment something is so; infinite where it never is."""
    while not is_so():
        if time.perf_counter() - begun > PATIENCE:
            return float("inf")
        page.wait_for_timeout(4)
    return time.perf_counter() - begun


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description="Benchmark of the explorer's page.")
    parser.add_argument("scenario", nargs="?", default="mizoram-2021")
    parser.add_argument("--act", default="P21")
    parser.add_argument("--moves", type=int, default=8)
    given = parser.parse_args()
    command = [sys.executable, "-m", "tiau", "explore", given.scenario, "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server, sync_playwright() as playwright:
        try:
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            page = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page(
                viewport={"width": 1280, "height": 720}
            )
            measured(page, found[0] if found else sys.exit("the explorer did not start"), given.act, given.moves)
        finally:
            server.terminate()


def measured(page: Page, address: str, act: str, moves: int) -> None:
    """Print what one page takes."""
    begun = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("g.place")
    print(f"to a drawn map {time.perf_counter() - begun:.2f} s")
    sentence = page.locator(".chart-sentence")
    print(f"to all members {seconds_until(page, lambda: 'nine of ten runs' in sentence.inner_text(), begun):.1f} s")
    page.get_by_role("button", name=re.compile(rf"^{re.escape(act)}, .*: .*; from ")).focus()
    lags = []
    for _ in range(moves):
        before, begun = sentence.inner_text(), time.perf_counter()
        page.keyboard.down("+")
        lags.append(seconds_until(page, lambda before=before: sentence.inner_text() != before, begun))
    print(f"estimate behind the key: median {median(lags):.2f} s, {min(lags):.2f} to {max(lags):.2f}")
    begun = time.perf_counter()
    page.keyboard.up("+")
    first = seconds_until(page, lambda: "nine of ten" in sentence.inner_text(), begun)
    every = seconds_until(page, lambda: "nine of ten runs" in sentence.inner_text(), begun)
    print(f"release to the first runs {first:.1f} s, to all {every:.1f} s")


if __name__ == "__main__":
    main()
