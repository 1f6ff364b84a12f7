"""The page of a forecast: what it says is what the files say, and it needs nothing but itself."""

import csv
import dataclasses
import json
import re
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest

import tiau
from forecast_toys import counted
from test_forecast_areas import GIVEN, HORIZON, districts
from tiau.forecasting.delivery import AREAS, FILES, PAGE, save
from tiau.presentation.course.chart import fan, known_of
from tiau.presentation.forecast_page import dates, page
from tiau.presentation.words import forecast_summary as words
from tiau.presentation.words import triggers
from tiau.presentation.words.forecasts import with_range
from tiau.presentation.words.ranges import rounded
from tiau.readers import native
from tiau.results.periods import days_ahead
from toys import camp, day, event, origin, way

NOTHING = {"tiau": "", "scenario": {"sha256": ""}, "forecast": {}}
ODD = "<b>Élan & Söhne</b>"


class Texts(HTMLParser):
    """Cells and sentences of a page, and every address that it would fetch."""

    def __init__(self):
        super().__init__()
        self.texts, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        self.fetched += [value for name, value in attrs if name in ("src", "href") and not value.startswith("#")]
        assert tag not in ("script", "link", "img", "iframe")

    def handle_data(self, data):
        self.texts.append(data.strip())


@pytest.fixture(scope="module")
def found():
    return tiau.forecast(districts(), **GIVEN)


@pytest.fixture(scope="module")
def folder(found, tmp_path_factory):
    out = tmp_path_factory.mktemp("forecast") / "out"
    save(found, found.scenario, out, seed=1, command="tiau forecast toy", page=partial(page, found))
    return out


def read(path):
    parser = Texts()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def of_csv(folder, **wanted):
    with (folder / AREAS).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] == value for name, value in wanted.items())]
    return [with_range(*(float(row[name]) for name in ("p05", "median", "p95"))) for row in rows]


def test_the_sentences_say_numbers_of_the_table(found, folder):
    many, where, arriving = words.sentences(found)
    end = str(found.date(HORIZON))
    assert set(read(folder / PAGE).texts) >= {many, where, arriving}
    (country,) = of_csv(folder, area="Abroad", target="present", period="month", to=end)
    middle, low, high = re.fullmatch(r"([\d,]+) \(([\d,]+)-([\d,]+)\)", country).groups()
    assert f"On {end} about {middle} displaced people will be counted in Abroad" in many
    assert f"between {low} and {high}" in many
    for district in ("East", "West"):
        (there,) = of_csv(folder, area=district, target="present", period="month", to=end)
        assert f"{district} with {there}" in where
    for came in of_csv(folder, area="Abroad", target="arrivals", period="month"):
        assert came in arriving


def test_the_table_says_numbers_of_the_table_of_areas(found, folder):
    shown = read(folder / PAGE).texts
    for place in ("Abroad", "State", "East"):
        for number in dates(found):
            to = str(found.date(found.days[number]))
            assert of_csv(folder, area=place, target="present", to=to)[0] in shown
    assert "9,000" in shown


def test_the_medians_of_courses_are_of_the_same_run(found, folder):
    shown = read(folder / PAGE).texts
    by_course = [found.draws[words.headline(found), -1, number] for number in range(3)]
    holds, subsides, escalates = (sorted(of) for of in by_course)
    assert subsides[10] < holds[10] < escalates[10]
    for of in (holds, subsides, escalates):
        assert rounded((of[9] + of[10]) / 2) in shown


def test_it_needs_no_network_and_takes_light_and_dark(folder):
    text = (folder / PAGE).read_text(encoding="utf-8")
    assert read(folder / PAGE).fetched == []
    assert not re.search(r"@import|url\((?!#)", text)
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    for svg in re.findall(r"<svg.*?</svg>", text, flags=re.DOTALL):
        # Every ink is the page's, so that it can be read in the dark.
        assert not re.search(r"(fill|stroke)[:=]\W*#", svg)
        assert "var(--" in svg


def test_names_are_escaped():
    toy = districts()
    places = (*toy.places, camp(ODD, admin1="State", admin2="West"))
    reports = (*toy.reports, *(counted(f"o{number}", number, 50 * number, place=ODD) for number in (20, 40, 60)))
    routes = (*toy.routes, way("O", ODD, 100, "odd"))
    odd = toy.model_copy(update={"places": places, "reports": reports, "routes": routes})
    shown = page(tiau.forecast(odd, **GIVEN), NOTHING)
    assert ODD not in shown
    assert "&lt;b&gt;Élan &amp; Söhne&lt;/b&gt;" in shown


def test_doubts_are_those_of_the_rows(found):
    said = " ".join(words.doubts(found))
    assert "No figure is of Abroad, East" in said
    own, together = (
        found.of(people, 0.5)[0]
        for people in (found.draws[found.row("present", "State"), -1], found.parts["State"][-1])
    )
    assert f"State by its own figures {rounded(own)}, its parts together {rounded(together)}" in said
    assert "The last figure is more than 90 days old" not in said
    assert "days ahead, nobody has measured" not in said
    late = tiau.forecast(districts(), **{**GIVEN, "origin": day(119), "horizon": 200})
    assert "days ahead, nobody has measured" in " ".join(words.doubts(late))


def test_old_figures_are_named(found):
    long_ago = tuple(day(-60) if last else None for last in found.last_days)
    said = " ".join(words.doubts(dataclasses.replace(found, last_days=long_ago)))
    assert f"more than 90 days old in State ({day(-60)})" in said


def test_reports_are_drawn_by_who_spoke_and_how_they_are_bound(found):
    more = (
        counted("bound", 55, 2_000, place="C", bound="at_least", said_by="the police"),
        counted("span", 50, None, place="C", bound="range", low=1_500, high=2_500, said_by="UNHCR"),
        counted("copy", 45, 1_800, place="C", same_as="C40"),
        counted("later", 50, 7_000, known=70, place="C"),
    )
    toy = found.scenario.model_copy(update={"reports": found.scenario.reports + more})
    known = dataclasses.replace(found, scenario=toy)
    row = found.row("present", "C")
    names = [report.report for report in known_of(known, row)]
    assert [name for name in names if not name.startswith("C")] == ["bound", "span"]
    before, drawn = fan(found, row), fan(known, row)
    for kind in ("--register", "--agency"):
        assert f"var({kind})" in drawn
        assert f"var({kind})" not in before


def test_triggers_are_answered(found):
    asked = tiau.forecast(districts(), triggers=f"C > 3000 by {day(90)}", **GIVEN)
    (answer,) = asked.triggers.answers
    parser = Texts()
    parser.feed(page(asked, NOTHING))
    assert {triggers.answered(answer), "Triggers"} <= set(parser.texts)
    assert any(text.startswith(triggers.judged(answer)) for text in parser.texts)
    assert "Triggers" not in page(found, NOTHING)


def test_nothing_known_later_moves_a_number_or_a_mark(found):
    toy = found.scenario
    later = (
        counted("L1", 70, 90_000, place="C"), counted("L2", 50, 80_000, known=80, place="D"),
        counted("L3", 60, 5_000, known=61, place="E", replaces="E60"), counted("L4", 65, 70_000, place="East"),
    )  # fmt: skip
    changed = toy.model_copy(update={"reports": toy.reports + later, "events": (*toy.events, event(62, 70, name="L"))})
    again = tiau.forecast(changed, **GIVEN)
    assert again.areas().equals(found.areas())
    assert page(again, NOTHING) == page(found, NOTHING)


def test_dates_are_ends_of_months_up_to_the_last_day(found):
    months = dataclasses.replace(found, days=days_ahead(found.origin, 90))
    assert [found.date(months.days[number]) for number in dates(months)] == [day(89), day(119), day(150)]
    short = dataclasses.replace(found, days=(7, 14, 20))
    assert [short.days[number] for number in dates(short)] == [7, 14, 20]
    long = dataclasses.replace(found, days=tuple(range(7, 350, 7)))
    assert len(dates(long)) <= 4
    assert dates(long)[-1] == len(long.days) - 1


def test_the_command_writes_the_page_and_names_it(here, tmp_path):
    native.write(districts(), tmp_path / "toy")
    (tmp_path / "ahead.csv").write_text(
        f"event,start,end,place,kind,severity,known_on\nx,{day(61)},{day(70)},O,attack,2,{day(60)}\n"
    )
    given = ("--origin", day(60), "--horizon", 20, "--members", 10, "--jobs", 1, "--out", "out")
    done = here("forecast", "toy", *given, "--events", "ahead.csv")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    assert all(str(Path("out") / name) in done.stdout for name in FILES)
    assert {path.name for path in out.iterdir()} == {*FILES, "provenance.json"}
    assert json.loads((out / "provenance.json").read_text(encoding="utf-8"))["forecast"]["events"] == "ahead.csv"
    text = (out / PAGE).read_text(encoding="utf-8")
    assert "events ahead sha256" in text
    assert "as in ahead.csv" in text
    assert {"expected at", "attack", str(day(61)), str(day(70))} <= set(read(out / PAGE).texts)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--events", "hold"), 'did you mean "holds"'),
        (("--events", "gone.csv"), '--events: "gone.csv" is not there'),
        (("--horizon", 0), "--horizon"),
        (("--horizon", 3_650), "--horizon"),
        (("--origin", day(3)), "lies before anybody is counted in toy"),
    ],
)
def test_wrong_input_ends_with_a_sentence(here, tmp_path, given, said):
    native.write(districts(), tmp_path / "toy")
    done = here("forecast", "toy", "--members", 10, *given)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "tiau-out").exists()


def test_people_displaced_inside_are_told_as_such():
    figures = [
        counted(f"O{number}", number, 300 * number, place="O", quantity="idp_present") for number in range(10, 61, 10)
    ]
    toy = districts().model_copy(update={"reports": tuple(figures), "routes": (), "places": (origin(people=200_000),)})
    found = tiau.forecast(toy, **GIVEN)
    assert found.rows == (("idp_present", "O"),)
    many, _, arriving = words.sentences(found)
    assert "people displaced inside will be counted in O" in many
    assert arriving == "Who arrives day by day, it does not tell."
    assert "people displaced inside" in page(found, NOTHING)
