"""Make the pictures of the README: python tools/screenshots.py [RESULT FOLDER].

Reports on mizoram-2021 if no folder of `tiau report` is given, which takes minutes. The first screen and the map of
report.html at 1280 and 390 px, the first two sheets on paper, and the explorer with a what-if go into docs/pictures/.
Needs Playwright, Chromium (on the path or by TIAU_CHROMIUM) and pdftoppm.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

PICTURES = Path("docs/pictures")
SCENARIO = "mizoram-2021"
WINDOWS = {"desk": (1280, 800), "phone": (390, 844)}
MAP = "figure.map, svg"
EXPLORED = {"desk": (1280, 720, "light"), "tablet": (820, 1180, "light"), "dark": (1280, 720, "dark")}
WHAT_IF, DAY, MEMBERS = "state-closes-too", "2021-12-31", 48
PATIENCE = 600_000
SHEETS, DOTS_PER_INCH = 2, 80
COLOURS = 128
MOST_BYTES = 300_000


def chromium() -> str:
    """Return where Chromium is."""
    found = os.environ.get("TIAU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return found or sys.exit("there is no Chromium: install it, or name it in TIAU_CHROMIUM")


def screens(browser: Browser, report: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the first screen and the map of a report, by the window that they are seen in."""
    for window, (width, height) in WINDOWS.items():
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        yield f"report-{window}", page.screenshot()
        yield f"map-{window}", page.locator(MAP).first.screenshot()
        page.close()


@contextmanager
def explorer() -> Iterator[str]:
    """Explore the scenario, and give the address of its page."""
    command = [sys.executable, "-m", "tiau", "explore", SCENARIO, "--no-browser", "--members", str(MEMBERS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            found = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
            yield found[0] if found else sys.exit("the explorer did not start")
        finally:
            process.terminate()


def decided(page: Page, address: str) -> str:
    """Return the address of the page with the what-if, seen at the day that is shown."""
    presets = page.request.get(f"{address}api/scenario", timeout=PATIENCE).json()["presets"]
    what_if = next(one["what_if"] for one in presets if one["name"] == WHAT_IF)
    return f"{address}#{urlencode({'day': DAY, 'members': MEMBERS, 'what-if': json.dumps(what_if)})}"


def explored(browser: Browser) -> Iterator[tuple[str, bytes]]:
    """Yield the explorer once all members of the what-if are there, by the window that it is seen in."""
    with explorer() as address:
        for window, (width, height, scheme) in EXPLORED.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(decided(page, address))
            state = page.locator("footer").get_by_role("status").first
            expect(state).to_have_text(re.compile(rf"^{MEMBERS} runs"), timeout=PATIENCE)
            page.get_by_label("Address of what you see").evaluate("field => field.blur()")
            yield f"explorer-{window}", page.screenshot()
            page.close()


def sheets(browser: Browser, report: Path, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the first sheets of a report, printed on A4."""
    page = browser.new_page()
    page.goto(report.resolve().as_uri())
    page.pdf(path=str(folder / "report.pdf"), format="A4", prefer_css_page_size=True)
    drawn = ["pdftoppm", "-png", "-r", str(DOTS_PER_INCH), "-l", str(SHEETS), folder / "report.pdf", folder / "sheet"]
    subprocess.run(drawn, check=True)
    for number, sheet in enumerate(sorted(folder.glob("sheet-*.png")), start=1):
        yield f"printed-{number}", sheet.read_bytes()


def small(picture: bytes) -> bytes:
    """Return a picture with so few colours that a README may carry it, red marks among them."""
    stream = io.BytesIO()
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    few.save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        folder = Path(sys.argv[1]) if sys.argv[1:] else Path(room) / "result"
        if not sys.argv[1:]:
            subprocess.run([sys.executable, "-m", "tiau", "report", SCENARIO, "--out", folder], check=True)
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if root else [])
        report = folder / "report.html"
        for name, picture in (
            *screens(browser, report),
            *sheets(browser, report, Path(room)),
            *explored(browser),
        ):
            file = PICTURES / f"{name}.png"
            file.write_bytes(small(picture))
            size = file.stat().st_size
            print(f"{file}  {size:,} bytes{'  more than a README should carry' if size > MOST_BYTES else ''}")
        browser.close()
