"""Elements of SVG: whatever a scenario calls its places, a drawing shows it as text."""

from xml.etree import ElementTree

import pytest

from tiau.presentation import svg
from tiau.presentation.maps.svg import text as in_its_direction

WRITERS = {
    "text": lambda words: svg.text(0, 0, words), "title": svg.title, "described": svg.described,
    "map": lambda words: in_its_direction(words, 0, 0, "n"),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_words_are_text_and_hide_nothing(write):
    drawn = ElementTree.fromstring(write('<img src=x onerror="alert(1)"> & \u202eevil'))
    assert drawn.text == '<img src=x onerror="alert(1)"> & \N{REPLACEMENT CHARACTER}evil'
    assert list(drawn) == []


def test_attributes_are_escaped_and_named_as_svg_names_them():
    drawn = ElementTree.fromstring(svg.element("g", class_='a"b', stroke_width=1.25, fill=None))
    assert drawn.attrib == {"class": 'a"b', "stroke-width": "1.2"}


def test_a_name_from_the_right_ends_where_one_from_the_left_begins():
    left, right = (ElementTree.fromstring(in_its_direction(name, 5, 0, "n")) for name in ("Farchana", "فرشنا"))
    assert (left.get("text-anchor"), left.get("direction")) == (None, None)
    assert (right.get("text-anchor"), right.get("direction")) == ("end", "rtl")
