"""The explorer as people have it: `tiau explore` in a process of its own, its page in Chromium, numbers beside it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import browser as look
import tiau
from asking import free_port
from tiau.explorer.runs.fans import fan
from tiau.loading import locate
from tiau.what_ifs.files import load_changes

MEMBERS, SEED = 24, 1
PATIENCE = 60_000
"""Milliseconds: a machine may be busy."""
COMPILING = 600
"""Seconds: the first who comes waits for the engine to be compiled."""
DESK = (1280, 720)


def cut_short(folder: Path, scenario: str = "mizoram-2021", end: str = "2021-05-05") -> Path:
    """Copy a packaged scenario and let it end after three months, so that a run takes a second."""
    shutil.copytree(locate(scenario), folder)
    settings = folder / "scenario.toml"
    text, times = re.subn(r"(?m)^end = .*$", f"end = {end}", settings.read_text(encoding="utf-8"))
    assert times == 1
    settings.write_text(text, encoding="utf-8")
    return folder


@dataclass
class Served:
    """A server that runs."""

    folder: Path
    process: subprocess.Popen
    address: str

    @property
    def host(self) -> str:
        return self.address.split("/")[2]

    @property
    def port(self) -> int:
        return int(self.host.rpartition(":")[2])

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def opening(self):
        """Return what the page opens with."""
        connection = HTTPConnection(self.host, timeout=COMPILING)
        connection.request("GET", "/api/scenario")
        return json.loads(connection.getresponse().read())

    def first_message(self, kind: str, **asked):
        """Ask for a run, and leave as soon as a message of a kind is there; return it, or None if none came."""
        connection = HTTPConnection(self.host, timeout=COMPILING)
        headers = {"Content-Type": "application/json", "Origin": f"http://{self.host}"}
        body = {"digest": None, "stage": "all", "members": MEMBERS, "seed": SEED, **asked}
        connection.request("POST", "/api/run", json.dumps(body), headers)
        answer = connection.getresponse()
        try:
            told = (json.loads(line) for line in answer)
            return next((message for message in told if message["kind"] == kind), None)
        finally:
            connection.close()


@contextmanager
def served(folder: Path, port: int | None = None):
    """Explore a folder, at a port that is free unless one is given."""
    command = [sys.executable, "-m", "tiau", "explore", folder, "--no-browser", "--members", MEMBERS, "--horizon", 7]
    # Those that explorers take by themselves other tests take as well, as soon as a server is gone for a moment.
    command += ["--port", port or free_port()]
    env = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200"}
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=env
    )
    try:
        line = process.stdout.readline()
        found = re.search(r" is explored at (http://\S+)\n", line)
        assert found, (line, process.communicate(timeout=60))
        yield Served(Path(folder), process, found[1])
    finally:
        process.kill()
        process.communicate()


@contextmanager
def warm(folder: Path):
    """Explore a folder with a server that has given its first numbers, so that pages need not wait for them."""
    with served(folder) as server:
        assert server.first_message("done")
        yield server


@contextmanager
def opened(browser, address: str, size=DESK, scheme="light"):
    """Open a page in a context of its own; what it asks for and what it complains of is written down."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE)
    try:
        seen = look.Seen(context.new_page())
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("console", lambda line: seen.said.append(line.text) if line.type in ("error", "warning") else None)
        seen.page.on("dialog", lambda shown: (seen.said.append(shown.message), shown.dismiss()))
        seen.page.goto(address)
        seen.page.get_by_role("combobox", name="Follow").wait_for()
        yield seen
    finally:
        context.close()


@contextmanager
def openings(browser, address: str, aside: tuple[str, ...] = ()):
    """Give a function that opens pages of a server; at the end none of them may have complained.

    What begins with one of the texts `aside` is no complaint.
    """
    with ExitStack() as stack:
        pages: list[look.Seen] = []

        def opening(hash_: str = "", **how):
            pages.append(stack.enter_context(opened(browser, address + hash_, **how)))
            return pages[-1]

        yield opening
        assert [said for seen in pages for said in seen.said if not said.startswith(aside)] == []


def frames(page) -> None:
    """Wait until what was done is drawn."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def state(page):
    """The line that says what the page is at."""
    return page.locator("footer").get_by_role("status").first


def settled(page, members: int = MEMBERS) -> str:
    """Wait until everything that was asked has been answered; return the sentence below the chart."""
    from playwright.sync_api import expect

    frames(page)
    expect(state(page)).to_have_text(re.compile(rf"^{members} runs(, [\d.]+ s)?$"), timeout=PATIENCE)
    frames(page)
    return sentence(page).inner_text()


def sentence(page):
    """The sentence with the numbers of the day."""
    return page.locator("p.chart-sentence")


def number(text: str) -> int:
    """Return the people that a sentence is of; 0 where it has no numbers yet."""
    found = re.search(r": (?:about )?<?([\d,]+) people", text)
    return int(found[1].replace(",", "")) if found else 0


def act(page, name: str):
    """The bar of an act."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}, .*: .*; from "))


def until(page, is_so, what: str) -> None:
    """Look again with every frame until something is so; at the end of all patience it is said what was not."""
    for _ in range(PATIENCE // 50):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{what}: not within {PATIENCE // 1000} s")


def told(value: float) -> str:
    """Return people as the sentence tells them: three digits, tens below a thousand."""
    if value < 0.5:
        return "0"
    size = 10 ** max(len(str(int(value))) - 3, 0)
    rounded = int(value / size + 0.5) * size
    if rounded < 10:
        return "<10"
    return f"{rounded if rounded >= 1000 else int(rounded / 10 + 0.5) * 10:,}"


def simulated(folder: Path, *what_ifs: Path):
    """Simulate a scenario with what-ifs by Tiau without any page."""
    scenario = tiau.load(folder)
    for change in load_changes(what_ifs, scenario):
        scenario = change.scenario
    return tiau.simulate(scenario, members=MEMBERS, seed=SEED)


def ranges(result, area: str):
    """Return the quantiles (level, day) of people present in an area."""
    return fan(result.areas["present"][result.area_names.index(area)])


def printed(page, folder: Path) -> list[str]:
    """Print what a page prints on A4, and return the text of each sheet."""
    file = folder / "sheets.pdf"
    page.pdf(path=str(file), format="A4", prefer_css_page_size=True)
    read = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], capture_output=True, check=True)
    return read.stdout.decode("utf-8").split("\f")[:-1]


def panel(page, title):
    """Open a panel, or close it."""
    page.get_by_role("navigation", name="Panels").get_by_role("button", name=re.compile(f"^{title}")).click()
    return page.get_by_role("dialog", name=title)


def address_of(page, has):
    """The address that the page shows, once it tells what was done."""
    box = page.get_by_label("Address of what you see")
    until(page, lambda: has in box.input_value(), f"{has} in the address")
    return box.input_value()
