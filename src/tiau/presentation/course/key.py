"""The key of charts over time: each look beside a few words, as a list for a page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tiau.presentation.course.bands import DARK, LIGHT
from tiau.presentation.course.bars import COLOURS, FAINTEST, FULLEST, HIGH, patterns
from tiau.presentation.course.marks import KINDS, LARGE, PALE, SHAPES, STROKES, who
from tiau.presentation.svg import element, line, share, text

WIDTH, HEIGHT = 26.0, 12.0
MIDDLE = (WIDTH / 2, HEIGHT / 2)
STYLE = (
    ".course-key { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding: 0; font-size: .88rem; "
    "break-inside: avoid; break-after: avoid; color: var(--soft); } "
    ".course-key svg { display: inline-block; width: 2em; height: .92em; vertical-align: -.1em; }"
)
BOUNDS = {
    "exact": "a reported figure", "about": "about so many", "at_least": "at least", "at_most": "at most",
    "range": "from one number to another",
}  # fmt: skip
SPEAKERS = {
    "register": "said by a register or authority", "agency": "by an agency", "media": "by media", "other": "by others",
}  # fmt: skip
DOES = {"shuts": "shuts or sends back", "opens": "lets people through", "helps": "helps or registers"}


def of_courses(*, forecast: bool = False) -> str:
    """Return the key of what a run gives and what was reported, as HTML; with that of a forecast and its triggers."""
    return _list([*_bands(), *_marks(), *(_ahead() if forecast else ())], "key-course")


def of_acts() -> str:
    """Return the key of acts and events, as HTML."""
    return _list(_acts("key-acts"), "key-acts")


def _list(items: Iterable[tuple[str, str]], prefix: str) -> str:
    def swatch(number: int, drawing: str) -> str:
        defined = patterns(prefix) if number == 0 else ""
        return element("svg", defined, drawing, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", aria_hidden="true")

    rows = "".join(
        f"<li>{swatch(number, drawing)} {escape(words, quote=False)}</li>"
        for number, (drawing, words) in enumerate(items)
    )
    return f'<ul class="course-key">{rows}</ul>'


def _bar(**look: str | float) -> str:
    return element("path", d=f"M0 1H{WIDTH:g}v10H0z", **look)


def _bands() -> Iterable[tuple[str, str]]:
    yield line(0, MIDDLE[1], WIDTH, MIDDLE[1], stroke="var(--band)", stroke_width=1.8), "the middle of the model's runs"
    yield _bar(fill="var(--band)", fill_opacity=share(LIGHT + DARK)), "holds half of its runs"
    yield _bar(fill="var(--band)", fill_opacity=share(LIGHT)), "holds nine in ten of them"


def _mark(bound: str, colour: str, size: float = 1.2) -> str:
    fill, stroke, thick = STROKES.get(bound, ("", "none", 0.8))
    y = [MIDDLE[1]] if bound != "range" else [HEIGHT - 1, 1]
    return element("path", d=SHAPES[bound](MIDDLE[0], y, size * LARGE), fill=fill or colour, stroke=stroke or colour,
                   stroke_width=thick)  # fmt: skip


def _marks() -> Iterable[tuple[str, str]]:
    for bound, words in BOUNDS.items():
        yield _mark(bound, "var(--ink)"), words
    bar = line(2, MIDDLE[1], WIDTH - 2, MIDDLE[1], stroke="var(--ink)", stroke_width=1.2)
    yield bar + _mark("exact", "var(--ink)", 0.9), "of several days"
    yield element("g", _mark("exact", "var(--ink)", 0.8), opacity=share(PALE)), "repeats another report, or set aside"
    for kind in KINDS:
        yield _mark("exact", f"var(--{kind})") + who(kind, "exact", *MIDDLE, 1.2 * LARGE), SPEAKERS[kind]
    name = text(
        MIDDLE[0], HEIGHT - 1, "1", fill="var(--out)", font_size=HEIGHT, font_weight="bold", text_anchor="middle"
    )
    yield name, "missed by the run: told below the chart"


def _ahead() -> Iterable[tuple[str, str]]:
    hatched = _bar(fill="var(--band)", fill_opacity=share(LIGHT)) + _bar(fill="url(#key-course-ahead)")
    yield hatched, "forecast: it goes on from the last reported figures, not from the run"
    yield (
        line(0, MIDDLE[1], WIDTH, MIDDLE[1], stroke="var(--ink)", stroke_width=1.6),
        "trigger, over the days asked for",
    )


def _acts(prefix: str) -> Iterable[tuple[str, str]]:
    for does, words in DOES.items():
        fill = COLOURS[does] if does == "shuts" else f"url(#{prefix}-{does})"
        yield _bar(fill=fill, fill_opacity=share(FULLEST), stroke=COLOURS[does]), words
    yield _bar(fill=COLOURS["shuts"], fill_opacity=share(FAINTEST), stroke=COLOURS["shuts"]), "the fainter, the weaker"
    yield _bar(fill="none", stroke=COLOURS["shuts"]), "no strength known: moves nobody in the model"
    shuts = {"fill": COLOURS["shuts"], "fill_opacity": share(FAINTEST), "stroke": COLOURS["shuts"]}
    both = element("path", d="M0 1H11v10H0zM11 1H26v10H11z", **shuts)
    yield both, "a later order of the same office takes the place of an earlier one"
    half = HIGH / 2
    diamond = f"M{MIDDLE[0]:g} 1.5l{half} {half}l-{half} {half}l-{half} -{half}z"
    yield element("path", d=diamond, fill="none", stroke=COLOURS["says"]), "a statement"
    tip = element("path", d=f"M0 1.5H{WIDTH - 5:g}l4 {half}l-4 {half}H0z", fill="none", stroke=COLOURS["helps"])
    yield tip, "no end known"
