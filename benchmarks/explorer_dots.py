"""How many frames a second the explorer's map draws while it plays: python benchmarks/explorer_dots.py [SCENARIO].

The page as it is, in Chromium without a graphics card, from the day on which most people are on their way; a dot is so
few of them that there are at least as many dots as asked for. Read it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import re
import sys
from itertools import pairwise
from statistics import median
from typing import Any

from explorer import CHROMIUM, started
from playwright.sync_api import Page, Route, sync_playwright

SECONDS = 6.0
LIMIT = "export const MOST = 20000;"
DRAWN = "this.context.putImageData(this.image, 0, 0);"
NOTED = f"{DRAWN}\n    (globalThis.drawn ??= []).push([performance.now(), this.alive, at]); globalThis.dots = this;"
BUSIEST = """() => {
  let [most, best] = [0, 0];
  for (let day = 0; day < dots.first.length - 1; day += 1) {
    dots.draw(day + 0.5);
    if (dots.alive > most) [most, best] = [dots.alive, day];
  }
  return [most, best];
}"""


def more_dots(route: Route, most: int) -> None:
    """Answer with the page's module of dots, of which there may be so many, and which notes its frames."""
    text = route.fetch().text()
    for known, other in ((LIMIT, f"export const MOST = {most};"), (DRAWN, NOTED)):
        if known not in text:
            sys.exit(f"the module of dots no longer has: {known}")
        text = text.replace(known, other)
    route.fulfill(body=text, content_type="text/javascript")


def frames_of(page: Page, address: str, most: int) -> tuple[int, list[Any]]:
    """Return how many dots there are on the busiest day, and (milliseconds, dots, day) of frames from it on."""
    page.route(re.compile(r"/map/dots\.mjs"), lambda route: more_dots(route, most))
    page.goto(address)
    while not page.evaluate("Boolean(globalThis.dots?.flow)"):
        page.wait_for_timeout(100)
    alive, day = page.evaluate(BUSIEST)
    slider = page.locator("input[type=range][aria-label=Day]")
    slider.evaluate("(one, day) => { one.value = day; one.dispatchEvent(new Event('input', { bubbles: true })); }", day)
    page.locator("label.speed select").select_option("5")
    page.wait_for_timeout(500)
    page.evaluate("globalThis.drawn = []")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(SECONDS * 1000)
    page.get_by_role("button", name="Pause").click()
    return alive, page.evaluate("drawn")


def main() -> None:
    """Print frames a second and how many dots they had."""
    parser = argparse.ArgumentParser(description="Benchmark of the explorer's dots.")
    parser.add_argument("scenario", nargs="?", default="mizoram-2021")
    parser.add_argument("--dots", type=int, default=20_000)
    given = parser.parse_args()
    with sync_playwright() as playwright, started(given.scenario, "--members", "24") as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        most = given.dots
        while True:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            alive, frames = frames_of(page, address, most)
            if alive >= given.dots:
                break
            page.close()
            most *= 2
    told(alive, frames)


def told(alive: int, frames: list[Any]) -> None:
    """Print what was seen."""
    gaps = [(later[0] - one[0]) / 1000 for one, later in pairwise(frames)]
    dots = [count for _, count, _ in frames]
    print(
        f"{alive:,} dots on the busiest day; {min(dots):,} to {max(dots):,} in {len(frames)} frames: "
        f"{len(gaps) / sum(gaps):.0f} frames a second, median {1 / median(gaps):.0f}, "
        f"nine of ten faster than {1 / sorted(gaps)[int(0.9 * len(gaps))]:.0f}"
    )


if __name__ == "__main__":
    main()
