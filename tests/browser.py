"""A page as people see it: opened in Chromium at a width, in light or dark, or printed and read with pdftotext."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tiau.scenario.parameters import PARAMETERS

WIDE, PHONE = 1280, 390
HEIGHT = 844
# What a sheet of A4 with margins of 12 mm has for a page, at 96 px an inch.
SHEET = 703
SHORT_WORD = 9
MOST_BYTES = 3_000_000
# Faults that keep somebody from reading; lighter ones are held too where it costs nothing.
GRAVE = ("serious", "critical")
ANY = ("minor", "moderate", *GRAVE)
_GAP = r"[\s\-\u00ad\u200b]*"


def chromium():
    """Return where Chromium is, by TIAU_CHROMIUM or on the path; None without one."""
    return os.environ.get("TIAU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def missing():
    """Say what is not here of that which pages are looked at with; an empty text if all is."""
    lacks = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
    lacks += [] if chromium() else ["Chromium (on the path or by TIAU_CHROMIUM)"]
    lacks += [] if shutil.which("pdftotext") else ["pdftotext of poppler-utils"]
    return f"pages are not looked at: {', '.join(lacks)} is not installed" if lacks else ""


@contextmanager
def started():
    """Start Chromium and give it, with no network behind it; it is gone at the end."""
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        options = {"executable_path": chromium(), "args": ["--no-sandbox"] if root else []}
        browser = playwright.chromium.launch(**options)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Seen:
    """A page that stands open, and what came of opening it."""

    page: object
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@contextmanager
def opened(browser, path, width=WIDE, scheme="light"):
    """Open a file; all that it asks for but itself is kept from it and written down, as is all that it says."""
    address = Path(path).resolve().as_uri()
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    try:
        seen = Seen(context.new_page())

        def handle(route):
            url = route.request.url
            if url.split("#")[0] == address or url.startswith(("data:", "blob:")):
                route.continue_()
            else:
                seen.asked.append(url)
                route.abort()

        def dialog(shown):
            seen.said.append(f"{shown.type}: {shown.message}")
            shown.dismiss()

        context.route("**/*", handle)
        seen.page.on("dialog", dialog)
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("console", lambda line: seen.said.append(line.text) if line.type in ("error", "warning") else None)
        seen.page.goto(address, wait_until="load")
        yield seen
    finally:
        context.close()


# What sticks out of the window, or of a box that cuts it off; a box of its own that scrolls is a fault on paper alone.
_STICKING_OUT = """paper => {
  const told = (node, why) => `${node.tagName.toLowerCase()} "${node.textContent.trim().slice(0, 40)}" ${why}`;
  const holds = node => ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(node).overflowX);
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth)
    found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${innerWidth}`);
  for (const node of document.body.querySelectorAll('*')) {
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(node).visibility !== 'visible') continue;
    const drawing = node.ownerSVGElement;
    if (drawing) {
      const frame = drawing.getBoundingClientRect();
      // Above and below its letters a line has room, which may well lie outside.
      const room = 1 + box.height / 4;
      const cut = box.left < frame.left - 1 || box.right > frame.right + 1 ||
        box.top < frame.top - room || box.bottom > frame.bottom + room;
      if (cut && node.tagName === 'text') found.push(told(node, 'is cut off in its drawing'));
      continue;
    }
    if (['hidden', 'clip'].includes(getComputedStyle(node).overflowX) && node.tagName !== 'svg' && box.width > 2 &&
        node.scrollWidth > node.clientWidth + 1) found.push(told(node, 'is cut off in its box'));
    if (paper && holds(node) && node.tagName !== 'svg' &&
        (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1))
      found.push(told(node, 'cannot be scrolled on paper'));
    let held = false;
    for (let above = node.parentElement; above && above !== document.body; above = above.parentElement)
      held = held || holds(above);
    if (!held && (box.left < -1 || box.right > innerWidth + 1))
      found.push(told(node, `reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`));
  }
  return found;
}"""


def sticking_out(seen):
    """Return every element that the window, its drawing or a box that does not scroll cuts off."""
    return seen.page.evaluate(_STICKING_OUT, False)


def sticking_out_of_paper(seen):
    """Return every element that a sheet of A4 cuts off, as it is laid out to be printed."""
    seen.page.emulate_media(media="print")
    seen.page.set_viewport_size({"width": SHEET, "height": HEIGHT})
    return seen.page.evaluate(_STICKING_OUT, True)


def violations(seen, grave=GRAVE, part="html"):
    """Return what axe-core finds of some weights in a part of a page: rule, how many elements, the first of them."""
    from axe_playwright_python.base import AXE_SCRIPT

    seen.page.evaluate(AXE_SCRIPT)
    found = seen.page.evaluate("part => axe.run(part, {resultTypes: ['violations']})", part)["violations"]
    return [
        f"{one['impact']} {one['id']} x{len(one['nodes'])}: {one['nodes'][0]['html'][:120]}"
        for one in found if one["impact"] in grave
    ]  # fmt: skip


# By WCAG 2.2, 1.4.3: 4.5 to 1; 3 to 1 for letters of 24 px, or bold of 18.66 px. Axe leaves letters in drawings out.
_FAINT = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const probe = document.createElement('div'); probe.style.backgroundColor = 'Canvas'; document.body.append(probe);
  const sheet = rgba(getComputedStyle(probe).backgroundColor); probe.remove();
  const ground = node => { const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), sheet); };
  const clear = node => { let all = 1;
    for (let at = node; at; at = at.parentElement) all *= getComputedStyle(at).opacity; return all; };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode.parentElement, text = walk.currentNode.textContent.trim();
    if (!text || ['STYLE', 'SCRIPT', 'title', 'desc'].includes(node.tagName) || !node.getClientRects().length) continue;
    const style = getComputedStyle(node), below = ground(node);
    const ink = rgba(node.ownerSVGElement ? style.fill : style.color); ink[3] *= clear(node);
    const [low, high] = [light(over(ink, below)), light(below)].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < (large ? 3 : 4.5)) found.push(`"${text.slice(0, 40)}" ${contrast.toFixed(2)} to 1`);
  }
  return found;
}"""


def faint(seen):
    """Return every text, also in drawings, that does not stand out enough from what is below it."""
    return seen.page.evaluate(_FAINT)


# A letter without a font looks like U+FFFF, which no font has.
_BOXES = """letters => {
  const draw = (letter, font) => { const canvas = document.createElement('canvas'); canvas.width = canvas.height = 40;
    const pen = canvas.getContext('2d'); pen.font = font; pen.fillText(letter, 8, 30); return canvas.toDataURL(); };
  const fonts = new Set(['24px system-ui, sans-serif']), walk = document.createTreeWalker(document.body, 4);
  while (walk.nextNode())
    if (letters.some(letter => walk.currentNode.textContent.includes(letter)))
      fonts.add('24px ' + getComputedStyle(walk.currentNode.parentElement).fontFamily);
  return letters.filter(letter => [...fonts].some(font => draw(letter, font) === draw('\\uffff', font)));
}"""


def boxes(seen, text):
    """Return the letters of a text that are drawn as a box, in any font in which the page writes them."""
    letters = sorted({letter for letter in text if unicodedata.category(letter)[0] not in "MZ"})
    return seen.page.evaluate(_BOXES, letters)


def shown(seen, text):
    """Return in how many places a text can be seen."""
    found = seen.page.get_by_text(text).all()
    return sum(one.is_visible() for one in found)


def printed(browser, path, folder):
    """Print a page on A4 and return the text of each sheet, in the order in which it is written."""
    target = Path(folder) / f"{Path(path).stem}.pdf"
    with opened(browser, path) as seen:
        seen.page.pdf(path=str(target), format="A4", prefer_css_page_size=True)
    read = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", target, "-"], capture_output=True, check=True)
    return read.stdout.decode("utf-8").split("\f")[:-1]


# A short word in pieces, one below the other, is a column that got no room.
_TORN = """longest => {
  const found = [], range = document.createRange();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.parentElement.closest('td, th')) continue;
    for (const word of node.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      if (word[0].length > longest) continue;
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
    }
  }
  return found;
}"""


def torn(seen):
    """Return the short words in tables that are broken over lines."""
    return seen.page.evaluate(_TORN, SHORT_WORD)


def torn_on_paper(seen):
    """Return the short words in tables that are broken over lines, as they are laid out to be printed."""
    seen.page.emulate_media(media="print")
    seen.page.set_viewport_size({"width": SHEET, "height": HEIGHT})
    return torn(seen)


def rows(seen):
    """Return the text of each row of each table."""
    return seen.page.evaluate("() => [...document.querySelectorAll('tr')].map(row => row.textContent)")


def unprinted_rows(sheets, rows):
    """Return the rows that stand on no sheet, whatever breaks of lines and spaces are between their letters."""
    text = _squeezed("\n".join(sheets))
    return [row for row in rows if _squeezed(row) not in text]


def unprinted(sheets, ids):
    """Return the ids that stand on no sheet; one that is broken over lines, with or without a hyphen, stands there."""
    text = unicodedata.normalize("NFKC", "\n".join(sheets))
    broken = {one: _GAP.join(map(re.escape, _squeezed(one))) for one in ids}
    return [one for one, anyhow in broken.items() if not re.search(rf"(?<![\w-]){anyhow}(?![\w-])", text)]


def _squeezed(text):
    return re.sub(_GAP, "", unicodedata.normalize("NFKC", text))


def ids(scenario):
    """Return the ids of reports, acts and parameters of a scenario, which a reader must find on paper."""
    return [
        *(report.report for report in scenario.reports),
        *(act.act for act in scenario.acts),
        *(parameter.name for parameter in PARAMETERS),
    ]


def printed_ids(sheets, scenario):
    """Return the ids of a scenario that are missing on paper."""
    return unprinted(sheets, ids(scenario))
