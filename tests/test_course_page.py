"""Charts over time on a page: their names, colours, ids, sizes and words, and the key of their looks."""

import re
from xml.etree import ElementTree

import pytest

import toys
from course_toys import BOUNDS, DAYS, NS, Drawing, drawn, everything_reported, numbers, report, shape_of
from tiau.presentation.course import key, words
from tiau.presentation.course.chart import SMALL, WIDE, course, crossings
from tiau.presentation.course.marks import KINDS
from tiau.results.variables import AREA_QUANTITIES, REGION_QUANTITIES
from tiau.simulation import simulate

ODD = '<img src=x onerror="alert(1)"> မဇင်'


@pytest.fixture(scope="module")
def reported():
    return everything_reported()


def test_names_are_escaped_and_shown():
    toy = toys.scenario(
        [toys.origin(people=1000), toys.camp("A", country=ODD)], [toys.way("O", "A", 300, f"gate {ODD}")], days=DAYS,
        departures=[toys.leave(0, 500)], acts=[toys.close(("A",), 3, authority=ODD, name=f"x {ODD}")],
        reports=[report(f"R {ODD}", 900, said_by=ODD, place=ODD)],
    )  # fmt: skip
    result = simulate(toy, members=2)
    drawings = course(result, ODD, "present", suppress_below=10, acts=result.scenario.acts)
    drawings += "".join(svg for _, svg in crossings(result, suppress_below=10))
    assert "<img" not in drawings
    assert "မဇင်" in drawings
    whole = ElementTree.fromstring(f"<all>{drawings}</all>")
    assert f"{ODD} (federal)" in [one.text for one in whole.iter(f"{NS}text")]


def test_the_same_result_gives_the_same_bytes_and_ids_of_their_own(reported):
    first, again = (course(reported, "Abroad", "present", suppress_below=10) for _ in range(2))
    assert first == again
    both = first + course(reported, "Abroad", "present", suppress_below=10, acts=[toys.close(("A",), 3)])
    ids = re.findall(r' id="([^"]+)"', both)
    assert len(ids) == len(set(ids)) == 4 * 3
    assert set(re.findall(r"url\(#([^)]+)\)", both)) <= set(ids)


def test_every_colour_is_the_pages(reported):
    svg = course(reported, "Abroad", "present", suppress_below=10, events=reported.scenario.events)
    inks = re.findall(r' (?:fill|stroke)="([^"]+)"', svg)
    assert {ink for ink in inks if not re.fullmatch(r"var\(--[a-z]+\)|none|url\(#.+\)", ink)} == set()
    assert not re.search(r"(href|src)=|url\((?!#)|<style", svg)


def test_it_says_what_it_is_to_those_who_do_not_see_it(reported):
    for svg in re.findall(r"<svg.*?</svg>", course(reported, "Abroad", "present", suppress_below=10)):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root[0].tag == f"{NS}title"
        assert root[0].text == "Abroad: displaced people present"
        assert root[1].tag == f"{NS}desc"


def test_crossings_are_drawn_busiest_first():
    toy = toys.scenario(
        [toys.origin("O", 1000), toys.origin("P", 500), toys.camp("A"), toys.camp("B")],
        [toys.way("O", "A", 50, "large"), toys.way("P", "B", 50, "small"), toys.way("A", "B", 50)],
        [toys.group("o", ("O",)), toys.group("p", ("P",))],
        departures=[toys.leave(0, 400, group="o"), toys.leave(0, 200, group="p")],
    )
    result = simulate(toy, members=2)
    assert [name for name, _ in crossings(result, suppress_below=10)] == ["large", "small"]
    ((_, svg),) = crossings(result, suppress_below=10, most=1)
    chart = Drawing(svg)
    assert chart.people(numbers(chart.of("median")[0].get("d"))[-1]) == pytest.approx(400, abs=4)
    assert chart.root[0].text == "large: entries since the start"


def test_a_long_run_with_many_reports_acts_and_events_stays_small():
    days = 3 * 365
    many = [
        report(f"R{number}", 100 + 7 * number, at=number % days, said_by=f"office {number % 9}")
        for number in range(1500)
    ]
    acts = [
        toys.close(("A",), 10 * number, name=f"act {number}", authority=f"office {number % 20}")
        for number in range(100)
    ]
    events = [toys.event(number % days, number % days, name=f"e{number}") for number in range(3000)]
    result = simulate(toys.line(10_000, days=days, reports=many, departures=[toys.leave(0, 5000)]), members=2)
    svg = course(result, "Abroad", "present", suppress_below=10, acts=acts, events=events)
    for one in re.findall(r"<svg.*?</svg>", svg):
        assert len(one.encode()) < 120_000


def test_drawings_have_letters_that_can_be_read_on_a_phone():
    # The text of a page of 390 px is 358 px wide; a small chart stands in a column of 17rem at least.
    assert WIDE[-1].font * 358 / WIDE[-1].width >= 9 + 1
    assert SMALL[0].font * 17 * 16 / SMALL[0].width >= 8.5


@pytest.mark.parametrize("quantity", [*AREA_QUANTITIES, *REGION_QUANTITIES])
def test_every_quantity_of_a_country_that_is_kept_has_its_words(reported, quantity):
    assert drawn(reported, quantity).root[0].text == f"Abroad: {words.DONE[quantity]}"


def test_the_key_says_every_look_and_needs_nothing_else(reported):
    shown = key.of_courses(forecast=True) + key.of_acts()
    whole = ElementTree.fromstring(f"<all>{shown}</all>")
    rows = list(whole.iter("li"))
    looks = [re.sub(r"[\d.-]+", "", "".join(path.get("d") for path in row.iter("path"))) for row in rows]
    for bound in BOUNDS:
        shape = re.sub(r"[\d.-]+", "", shape_of(drawn(reported), f"media {bound}")[1])
        assert shape in looks
    for ink in (*KINDS, "out", "band"):
        assert f"var(--{ink})" in shown
    assert all(row.find("svg").get("aria-hidden") == "true" and row.find("svg").tail.strip() for row in rows)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", shown)) <= set(ids)
    assert "forecast" not in key.of_courses()
