"""The map as Chromium draws it: names in four scripts that do not collide, letters that can be read on any screen."""

from __future__ import annotations

from itertools import combinations

import pytest

import browser as look
import map_toys
from browser import PHONE, WIDE
from map_toys import place
from tiau.presentation.maps.drawing import flow_map
from tiau.presentation.maps.style import REGION

pytestmark = pytest.mark.skipif(bool(look.missing()), reason=look.missing())
SMALLEST_LETTERS = 9.0
MEASURE = """() => [...document.querySelectorAll('svg.tiau-map')].filter(sheet => sheet.clientWidth).map(sheet => ({
    letters: parseFloat(sheet.getAttribute('font-size')) * sheet.clientWidth / sheet.viewBox.baseVal.width,
    frame: [sheet.querySelector('.o').getBBox().width + 1, sheet.querySelector('.o').getBBox().height + 1],
    names: [...sheet.querySelectorAll('.p, .q, .C, .R')].map(name => {
        const box = name.getBBox()
        return [name.textContent, box.x, box.x + box.width, box.y + box.height / 2, name.getComputedTextLength()]
    }),
    legend: Math.max(...[...sheet.querySelectorAll('.k')].map(one => one.getBBox().x + one.getBBox().width)),
    across: sheet.viewBox.baseVal.width,
}))"""
NAMES = (
    "ဟားခါး", "ကလေးမြို့", "တီးတိန်", "ဖလမ်း", "चम्फाई", "ज़ोखावथर", "आइज़ोल", "लुंगलेई", "مخيم الأمل", "مخيم الرجاء الكبير",
    "Farchana Refugee Camp", "Kabkābīyah", "Київ", "Saiha", "कोलासिब", "မတူပီ",
)  # fmt: skip


def crowd(apart):
    """A map of camps so many degrees apart, named in several scripts."""
    spots = [(93 + apart * (at % 4), 23 + apart * (at // 4)) for at in range(len(NAMES))]
    places = [place(name, lon, lat) for name, (lon, lat) in zip(NAMES, spots, strict=True)]
    places.append(place("Home", 94.5, 22.0, "origin", "Myanmar"))
    people = {name: 100 * at * at for at, name in enumerate(NAMES, 1)}
    return flow_map(map_toys.result(places, people, [("Home", "Saiha", 3000)]), suppress_below=10)


@pytest.mark.parametrize("apart", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("across", [WIDE, 765, PHONE])
def test_names_as_drawn_do_not_collide(chromium, tmp_path, apart, across):
    drawn = crowd(apart)
    page = tmp_path / "map.html"
    page.write_text(f"<!doctype html><meta charset='utf-8'>{drawn.svg}{drawn.closer}", encoding="utf-8")
    with look.opened(chromium, page, width=across) as seen:
        sheets = seen.page.evaluate(MEASURE)
    assert sheets
    for sheet in sheets:
        assert REGION * sheet["letters"] >= SMALLEST_LETTERS
        assert sheet["legend"] <= sheet["across"]
        for name, left, right, *_ in sheet["names"]:
            assert left >= 0, name
            assert right <= sheet["frame"][0], name
        for one, other in combinations(sheet["names"], 2):
            beside = one[1] >= other[2] or other[1] >= one[2]
            # Boxes of fonts reach far above and below what they draw: lines of text are told apart by their middles.
            assert beside or abs(one[3] - other[3]) >= 12, (one[0], other[0])


def test_one_screen_sees_one_map(chromium, tmp_path):
    drawn = crowd(0.5)
    page = tmp_path / "map.html"
    page.write_text(f"<!doctype html><meta charset='utf-8'>{drawn.svg}{drawn.closer}", encoding="utf-8")
    for across, kind in ((WIDE, "tiau-page"), (PHONE, "tiau-phone")):
        with look.opened(chromium, page, width=across) as seen:
            shown = "[...document.querySelectorAll('svg')].filter(one => one.clientWidth).map(one => one.classList[1])"
            assert set(seen.page.evaluate(f"() => {shown}")) == {kind}
