"""Parts of the explorer's page in Chromium without a server, under the policy of the page, on a toy scenario."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import contextmanager
from pathlib import Path

import tiau

STATIC = Path(tiau.__file__).parent / "explorer" / "static"
HARNESS = Path(__file__).with_name("explorer_parts.mjs")
ADDRESS = "http://parts.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:"
KINDS = {".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json"}
STYLES = ("vendor/uplot.css", "style/base.css", "style/chart.css", "style/acts.css")
START, DAYS = dt.date(2021, 2, 1), 200


def act(name, first, until="", **cells):
    """An act of the union, an order to close at Moreh unless said otherwise."""
    usual = {"known_on": first, "authority": "Union government", "level": "federal", "effect": "close",
             "places": ["Moreh"], "groups": [], "admit_share": None, "enforcement": None, "amount": None, "softens": "",
             "ends": "", "source": "", "estimated": False, "note": ""}  # fmt: skip
    return {"act": name, "from": first, "until": until, **usual, **cells}


def report(name, day, value, **cells):
    """A report of the place that is followed."""
    usual = {"followed": 0, "place": "Mizoram", "origin": "", "group": "all", "quantity": "present", "low": None,
             "high": None, "bound": "exact", "said_by": "Home Department", "publisher": "", "source_kind": "register",
             "same_as": "", "not_scored": "", "last_day": day}  # fmt: skip
    first = str(START + dt.timedelta(day))
    return {"report": name, "first": first, "last": first, "first_day": day, "value": value, **usual, **cells}


ACTS = (
    act("A1", "2021-03-01", "2021-03-21", enforcement=0.3),
    act("A2", "2021-03-10", enforcement=0.5),
    act("S1", "2021-03-15", effect="statement", authority="Chief Minister", level="state"),
    act("R1", "2021-04-01", effect="relief", authority="Chief Minister", level="state", amount=500),
)
REPORTS = (
    report("R001", 20, 12000), report("R002", 40, 15000, bound="about", source_kind="agency"),
    report("R003", 60, 100, group="police"), report("R004", 61, 12000, same_as="R001"),
    report("R005", 62, 9, followed=1), report("R006", 63, 18000, quantity="arrived_cumulative"),
)  # fmt: skip
FOLLOWED = (
    {"name": "Mizoram", "label": "India / Mizoram", "level": "admin1", "places": [0], "abroad": True},
    {"name": "Moreh", "label": "Moreh", "level": "place", "places": [1], "abroad": True},
)
PLACES = (
    {"name": "Champhai", "admin1": "Mizoram", "country": "India", "abroad": True},
    {"name": "Moreh", "admin1": "Manipur", "country": "India", "abroad": True},
    {"name": "Tamu", "admin1": "Sagaing", "country": "Myanmar", "abroad": False},
)
ROUTES = tuple({"from": start, "to": end, "crossing": "Gate 1"} for start, end in ((2, 1), (1, 2)))
SCENARIO = {
    "name": "toy", "title": "A toy", "start": str(START), "last": str(START + dt.timedelta(DAYS - 1)), "days": DAYS,
    "known": 150, "ahead": "Orders in force stay.", "followed": FOLLOWED, "places": PLACES, "routes": ROUTES,
    "acts": ACTS, "reports": REPORTS,
    "groups": ["police"], "act_places": ["Mizoram", "Moreh"],
    "authorities": [{"authority": "Union government", "level": "federal"},
                    {"authority": "Chief Minister", "level": "state"}],
    "effects": [{"effect": "close", "meaning": "nobody is to pass", "column": "enforcement"},
                {"effect": "relief", "meaning": "help", "column": "amount"},
                {"effect": "statement", "meaning": "words alone", "column": ""}],
}  # fmt: skip


@contextmanager
def opened(browser, scenario=SCENARIO, what_if=None, faults=(), scheme="light", *, touch=False):
    """Open the parts; gives the page and what it complained of."""
    context = browser.new_context(viewport={"width": 700, "height": 900}, color_scheme=scheme, has_touch=touch)
    links = "".join(f'<link rel="stylesheet" href="./{one}">' for one in STYLES)
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Parts</title>{links}</head>' \
           '<body><main id="app"></main><script type="module" src="./harness.mjs"></script></body></html>'  # fmt: skip
    given = json.dumps({"scenario": scenario, "whatIf": what_if, "faults": faults})
    own = {"": page.encode(), "harness.mjs": HARNESS.read_bytes(), "given.json": given.encode()}
    said = []

    def handle(route):
        name = route.request.url.removeprefix(ADDRESS)
        body = own[name] if name in own else (STATIC / name).read_bytes() if (STATIC / name).is_file() else b""
        kind = KINDS.get(Path(name).suffix, "text/html")
        route.fulfill(body=body, headers={"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY})

    try:
        context.route("**/*", handle)
        seen = context.new_page()
        seen.on("pageerror", lambda error: said.append(str(error)))
        seen.on("console", lambda line: said.append(line.text) if line.type in ("error", "warning") else None)
        seen.on("dialog", lambda shown: (said.append(shown.message), shown.dismiss()))
        seen.goto(ADDRESS)
        seen.wait_for_selector(".chart-over, .acts-empty")
        yield seen, said
    finally:
        context.close()


def what_if(page):
    """Return the what-if that the page has come to, without what is empty."""
    return {kind: edits for kind, edits in page.evaluate("page.state.whatIf").items() if edits}


def set_of(page, name):
    """Return the columns of an act that are set."""
    return next((edit for edit in what_if(page).get("set", []) if edit["id"] == [name]), {})


def drag(page, selector, right, down=0, *, release=True):
    """Drag the middle of an element by so many pixels."""
    box = page.locator(selector).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.wait_for_timeout(60)
    if release:
        page.mouse.up()


def day_wide(page):
    """Return how many pixels a day is."""
    return page.evaluate(
        "async width => (await import('./chart/scales.mjs')).daysAcross(width, 200).wide",
        page.locator(".acts-box").bounding_box()["width"],
    )


def touch(page, selector, right, down):
    """Drag the middle of an element with a finger."""
    box = page.locator(selector).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 7):
        point = {"x": x + right * step / 6, "y": y + down * step / 6}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        page.wait_for_timeout(20)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
