"""The parts of a report: assumptions ranked, what-ifs, tables of months and needs, trust, and what ranges are."""

import datetime as dt
import re
from types import SimpleNamespace

import numpy as np
import pytest

import tiau
import toys
from forecast_toys import counted
from test_hanging import ENFORCED, order
from tiau.evaluation.assessment import Composition, assess
from tiau.evaluation.coverage import Coverage, CoveredPart
from tiau.presentation.report import tables
from tiau.presentation.report.assumptions import assumptions
from tiau.presentation.report.courses import courses
from tiau.presentation.report.limits import limits
from tiau.presentation.report.page import Told, _composition, page
from tiau.presentation.report.what_ifs import holds, told
from tiau.presentation.templating import breakable
from tiau.presentation.words import trust as words
from tiau.presentation.words.coverage import kept
from tiau.presentation.words.days import in_words
from tiau.presentation.words.terms import how
from tiau.results import area_table
from tiau.results.area_table import AreaRow
from tiau.results.areas import Area
from tiau.results.disclosure import told as of_people
from tiau.scenario.parameters import PARAMETERS
from tiau.what_ifs.comparison import compare

NOTHING = {"tiau": "", "made": "", "command": "", "scenario": {"sha256": ""}, "environment": {}}


def admitting(people):
    """A toy whose entries are those that an exemption admits, of which nobody knows the share."""
    return order(enforcement=1.0).model_copy(update={"departures": (toys.leave(2, people),)})


@pytest.fixture(scope="module")
def ranked():
    return assumptions(tiau.simulate(admitting(1500), members=60), "Abroad", 10)


def test_the_assumption_that_the_answer_hangs_on_comes_first(ranked):
    first = ranked[0]
    assert first.name == "aid"
    assert first.decides
    assert first.correlation > 0.95
    low, high = map(float, first.value.split(" to "))
    assert (low, high) == pytest.approx((0.16, 0.84), abs=0.08)
    # Three in ten are admitted in the third of runs that admit fewest, seven in ten where they admit most.
    lowest, highest = (float(people.replace(",", "")) for people in (first.lowest, first.highest))
    assert 0.2 * 1500 < lowest < 0.4 * 1500
    assert 0.6 * 1500 < highest < 0.8 * 1500
    sizes = [abs(one.correlation or 0) for one in ranked]
    assert sizes == sorted(sizes, reverse=True)


def test_every_parameter_is_told_with_its_source_or_why_it_is_set(ranked):
    by_name = {one.name: one for one in ranked}
    assert {p.name for p in PARAMETERS} < set(by_name)
    assert by_name["departure_rate"].source == "toy"
    size = next(p for p in PARAMETERS if p.name == "household_size")
    assert (by_name["household_size"].source, by_name["household_size"].correlation) == (size.source, None)
    assert (by_name["household_size"].value, by_name["household_size"].lowest) == ("5", "")


def test_numbers_are_written_without_powers_of_ten(ranked):
    waited = next(one for one in ranked if one.name == "km_per_day_waited").value
    assert re.fullmatch(r"200 \(\d+ to [12],\d{3}\)", waited)
    assert [one.value for one in ranked if re.search(r"\de[+-]", one.value)] == []


def test_no_assumption_tells_of_fewer_people_than_may_be_shown():
    few = assumptions(tiau.simulate(admitting(14), members=60), "Abroad", 10)
    told_of = {people for one in few for people in (one.lowest, one.highest)}
    assert told_of <= {"", "0", "<10", "10"}
    assert "<10" in told_of


def test_without_chance_nothing_is_ranked():
    assert all(one.correlation is None for one in assumptions(tiau.simulate(order(), chance=False), "Abroad", 10))


@pytest.fixture(scope="module")
def compared():
    return compare(order(), ENFORCED, members=60)


def test_a_what_if_is_told_by_people_in_the_main_area(compared):
    (found,) = told(compared, "Abroad")
    there = compared.outcomes[0].of("present", "Abroad")
    assert found.title == ENFORCED.title
    assert found.there.subject == "people in Abroad"
    assert found.there.tells
    assert there.band[1] < 0
    assert found.there.difference.startswith("-")
    assert found.inside.subject == "people displaced inside their country"
    assert "made up" in found.rests_on


def test_a_what_if_says_how_many_would_be_left_by_the_percent_of_compare_csv(compared):
    (found,) = told(compared, "Abroad")
    there = compared.outcomes[0].of("present", "Abroad")
    low, middle, high = (f"{number:+.0f}%" for number in there.percent)
    assert found.there.percent == f"{middle} ({low} to {high})"
    assert middle != "+0%"


def changed_acts(**fields):
    """What is said of how a what-if holds that changes the first act of a toy, or drops it."""
    before = toys.line().model_copy(update={"acts": (toys.act("shut", ("A",), 3, enforcement=0.5),)})
    acts = tuple(act.model_copy(update=fields) for act in before.acts) if fields else ()
    return holds(before, before.model_copy(update={"acts": acts}))


def test_a_what_if_says_from_when_and_how_strictly_it_holds():
    assert changed_acts(enforcement=0.8) == "2021-01-04, 80%"
    assert changed_acts(effect="exempt", admit_share=0.25) == "2021-01-04, admits 25%"
    assert changed_acts(effect="relief", amount=1) == "2021-01-04"
    assert changed_acts() == "2021-01-04"
    assert changed_acts(enforcement=0.5) == ""


def test_a_what_if_is_told_by_entries_where_the_main_area_is_not_compared(compared):
    (found,) = told(compared, "nowhere")
    assert found.there.subject == "entries over the border"


COUNTRY = Area("country", "Djibouti")
STATE = Area("admin1", "Djibouti", "Djibouti")


def month(area, number, people):
    first = dt.date(2022, number, 1)
    last = dt.date(2022, number + 1, 1) - dt.timedelta(1)
    numbers = (None if people is None else people / 2, people, people, people, None if people is None else people * 2)
    return AreaRow(area, "present", "month", first, last, numbers, ())


def test_months_are_the_last_six_of_every_area_whatever_areas_are_called():
    rows = [month(area, number, people * number) for area, people in ((COUNTRY, 1000), (STATE, 100))
            for number in range(1, 9)]  # fmt: skip
    found = tables.months([*rows, month(Area("country", "Kenya"), 8, None)])
    assert found.heads == ("2022-03-31", "2022-04-30", "2022-05-31", "2022-06-30", "2022-07-31", "2022-08-31")
    by_area = {row.where: row.cells for row in found.rows}
    assert by_area["Djibouti"][-1] == "8,000 (4,000-16,000)"
    assert by_area["Djibouti, Djibouti"][-1] == "800 (400-1,600)"
    assert by_area["Kenya"] == ("", "", "", "", "", "few")


def of_month(scenario, area):
    found = tables.needs(tiau.simulate(scenario, chance=False), area, 10)
    return found, {row.where: dict(zip(found.heads, row.cells, strict=True)) for row in found.rows}


def test_needs_are_those_of_the_people_there_by_the_standards():
    table, rows = of_month(toys.line(departures=[toys.leave(1, 60)], days=31), Area("country", "Abroad"))
    assert rows == {"Abroad": {
        "last count": "", "people by the model": "60", "shelters": "12", "water, litres a day": "900", "taps": "1",
        "latrines": "3", "food, tonnes a month": "1", "health posts": "1",
    }}  # fmt: skip
    assert "2021-01" in table.caption
    assert "A shelter for each household of 5" in table.caption
    assert "no place says how many it has room for" in table.caption


def charts(*reports, acts=()):
    """The charts of a toy with two countries abroad, of which Abroad has two camps."""
    places = [toys.origin(people=2_000), toys.camp("A"), toys.camp("B"), toys.camp("D", country="Away")]
    ways = [toys.way("O", name, 100, name) for name in "ABD"]
    toy = toys.scenario(places, ways, days=31, departures=[toys.leave(1, 400)], reports=reports, acts=acts)
    return courses(tiau.simulate(toy, chance=False), "Abroad", None, suppress_below=10)


def titles(*reports):
    drawn = charts(*reports)
    return [one.title for one in drawn.first], [one.title for one in drawn.more]


def test_where_nobody_counted_the_main_area_a_chart_with_reports_stands_beside_its_own():
    away = [counted(f"D{day}", day, 90, place="D") for day in (5, 10, 15)]
    part = [counted(f"A{day}", day, 90, place="A") for day in (5, 10)]
    arrived = [counted(f"E{day}", day, 90, place="A", quantity="arrived_cumulative") for day in (5, 10, 15, 20)]
    here, at_a, at_d = (f"{place}: displaced people present" for place in ("Abroad", "A", "D"))
    assert titles(*away) == ([here], [at_d])
    first, others = titles(*away, *part, *arrived)
    assert first == [here, at_a]
    assert at_a not in others
    assert titles(*part, counted("all", 20, 300, place="Abroad")) == ([here], [at_a])


def test_acts_that_hold_elsewhere_alone_are_drawn_and_said_to():
    away = toys.act("shut-away", ("D",), 3)
    (drawn,) = charts(acts=[away]).acts
    assert "shut-away" in drawn.svg
    assert "hold elsewhere" in drawn.words
    (drawn,) = charts(acts=[away, toys.act("shut-here", ("A",), 3)]).acts
    assert ("shut-away" in drawn.svg, "shut-here" in drawn.svg, drawn.words) == (False, True, "")
    assert charts().acts[0].words == ""


def named_alike():
    places = [toys.origin(people=2_000), toys.camp("A", admin1="North", admin2="North", capacity=100),
              toys.camp("B", admin1="North", admin2="South", capacity=100)]  # fmt: skip
    routes = [toys.way("O", "A", 100), toys.way("O", "B", 100)]
    return toys.scenario(places, routes, days=31, departures=[toys.leave(1, 400)])


def test_needs_of_a_state_and_of_a_district_called_like_it_are_two_rows():
    table, _ = of_month(named_alike(), Area("admin1", "Abroad", "North"))
    people = [int(row.cells[table.heads.index("people by the model")]) for row in table.rows]
    assert table.rows[0].where == "North"
    assert sorted(row.where for row in table.rows[1:]) == ["North", "South"]
    assert people[0] == 400 == sum(people[1:])
    # Shelters for the 200 people beyond the room for 200.
    assert (table.heads[-1], table.rows[0].cells[-1]) == ("shelters lacking", "40")


def counted_apart(*reports, camps=2):
    names = [f"C{number}" for number in range(camps)]
    places = [
        toys.origin(people=9_000),
        *(toys.camp(name, admin1="North", admin2=f"{name} district") for name in names),
    ]
    ways = [toys.way("O", name, 100, name) for name in names]
    return toys.scenario(places, ways, days=31, departures=[toys.leave(1, 100 * camps)], reports=reports)


def test_a_count_far_from_the_model_has_its_need_beside_and_its_row_where_that_belongs():
    whole = Area("admin1", "Abroad", "North")
    _, before = of_month(counted_apart(), whole)
    model = int(before["C0 district"]["people by the model"])
    far, near = counted("R1", 20, 10 * model, place="C1"), counted("R2", 20, model, place="C0")
    table, rows = of_month(counted_apart(far, near), whole)
    assert [row.where for row in table.rows] == ["North", "C1 district", "C0 district"]
    assert [float(amount.replace(",", "")) for amount in rows["C1 district"]["shelters"].split(" / ")] == [
        float(before["C1 district"]["shelters"]), 2 * model]  # fmt: skip
    assert rows["C1 district"]["water, litres a day"].endswith(f" / {150 * model:,}")
    assert rows["C0 district"]["shelters"] == before["C0 district"]["shelters"]


def test_rows_of_needs_that_are_left_out_are_told_and_need_less():
    large = [counted(f"R{number}", 20, 10_000 - number, place=f"C{number}") for number in range(6)]
    table, _ = of_month(counted_apart(*large, camps=8), Area("admin1", "Abroad", "North"))
    assert [row.where for row in table.rows] == ["North", *(f"C{number} district" for number in range(4))]
    assert "and 4 that need less are left out" in table.caption
    table, _ = of_month(counted_apart(*large[:2]), Area("admin1", "Abroad", "North"))
    assert "left out" not in table.caption


def test_needs_of_too_few_people_are_not_told():
    _, rows = of_month(toys.line(departures=[toys.leave(1, 6)], days=31), Area("country", "Abroad"))
    assert set(rows["Abroad"].values()) == {"few", ""}


def test_nobody_needs_nothing():
    assert tables.needs(tiau.simulate(toys.line(), chance=False), None, 10).rows == ()


def covered(figures, inside, *, above=0, below=0, fitted=False):
    numbers = Coverage(figures, {50: inside, 80: inside, 90: inside}, above, below, 0, 2, 0, 0, 0, 0)
    return CoveredPart("toy", fitted, {"all": numbers})


def judged(*parts, off=False, members=1000):
    level = SimpleNamespace(off=True) if off else None
    assessment = SimpleNamespace(coverage=list(parts), parts=[], level=level, result=SimpleNamespace(members=members))
    return list(words.trust(assessment))


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (covered(40, 36, above=4), words.SOUND),
        (covered(40, 25, above=15), words.VERDICTS[words.NARROW]),
        (covered(60, 60), words.VERDICTS[words.WIDE]),
        (covered(4, 4), words.UNTESTED),
        (covered(40, 36, above=4, fitted=True), words.FITTED_ONLY),
        (covered(60, 60, fitted=True), words.FITTED_ONLY),
        (covered(40, 25, above=15, fitted=True), words.VERDICTS[words.NARROW]),
    ],
)
def test_a_run_is_trusted_by_the_figures_that_test_it(part, said):
    assert judged(part)[0] == said


def test_figures_that_a_run_had_not_seen_count_before_those_it_was_fitted_to():
    first, why = judged(covered(60, 30, above=30, fitted=True), covered(40, 36, above=3, below=1))
    assert first == words.SOUND
    assert why.startswith("36 of 40 reported figures that it had not seen lie inside its ranges; 36 would")
    assert why.endswith("Outside lie 1 below them and 3 above them.")
    assert "that it was fitted to" in judged(covered(60, 54, above=6, fitted=True), covered(3, 3))[1]


@pytest.mark.parametrize("members", [12, 60, 1000])
def test_the_first_page_and_the_annex_say_the_same_number_that_would_lie_inside(members):
    part = covered(38, 35, above=1, below=2)
    first, annex = (
        re.findall(r"(\d+) would", said) for said in (judged(part, members=members)[1], kept(part, members))
    )
    assert first == annex != []


def test_a_run_that_is_off_its_level_is_not_trusted_whatever_its_ranges_hold():
    assert judged(covered(40, 36, above=4), off=True)[0] == words.OFF
    assert judged(off=True) == [words.OFF]
    assert judged() == [words.UNTESTED]


def test_ranges_are_spoken_of_where_there_are_any():
    ranges = "In brackets the range of nine chances in ten."
    assert how(SimpleNamespace(chance=True, members=1)).startswith(f"{ranges} From 1 run of")
    assert how(SimpleNamespace(chance=True, members=2000)).startswith(f"{ranges} From 2,000 runs of")
    assert how(SimpleNamespace(chance=False, members=1)).endswith("there are no ranges.")


@pytest.mark.parametrize("chance", [True, False])
def test_a_page_has_ranges_where_its_run_has(chance):
    toy = toys.line(1000, departures=[toys.leave(2, 300)], days=31)
    result = tiau.simulate(toy, chance=chance, members=12) if chance else tiau.simulate(toy, chance=False)
    screen = page(Told(assess(result)), NOTHING).partition("</ol>")[0]
    assert 'data-file="areas.csv">300</data>' in screen
    assert ('class="range"' in screen) == chance


def test_days_of_contradictions_are_not_broken():
    fell = [
        counted(f"R{day}", day, value, place="Abroad", quantity="arrived_cumulative")
        for day, value in ((5, 500), (9, 100))
    ]
    result = tiau.simulate(toys.line(1000, departures=[toys.leave(2, 300)], days=31, reports=fell), chance=False)
    told = page(Told(assess(result)), NOTHING).partition('id="disagreements"')[2]
    assert '<td class="d"><span class="day">2021-01-06</span> to <span class="day">2021-01-10</span></td>' in told


def test_shares_of_who_came_are_blank_where_one_of_them_is_of_few():
    shares = np.array([[[0.9, 0.7], [0.1, 0.3]]] * 3)
    came = Composition("Abroad", ("one", "other"), [toys.day(1), toys.day(9)], np.array([50.0, 50.0]), shares)
    found = _composition(came, 10)
    assert [row["cells"] for row in found["rows"]] == [["", ""], ["70 (70-70)", "30 (30-30)"]]


def test_people_are_written_as_they_may_be_told():
    assert of_people([np.nan, 0.2, 4, 14, 15, 12_345], 10) == ["", "0", "<10", "10", "20", "12,350"]
    assert of_people([0.2, 4, 12_345], 0) == ["0", "4", "12,345"]


def test_days_are_written_in_words():
    assert in_words(dt.date(2022, 8, 31)) == "31 August 2022"


def test_an_address_may_break_at_its_marks_and_stays_escaped():
    assert breakable("https://a.org/b_<c>") == "https:/<wbr>/<wbr>a.<wbr>org/<wbr>b_<wbr>&lt;c&gt;"


def limited(*reports):
    """When a run of two camps in a state of the north is not to be trusted."""
    result = tiau.simulate(counted_apart(*reports), members=12)
    return list(
        limits(result, Area("admin1", "Abroad", "North"), list(area_table.rows(result, suppress_below=10)), None)
    )


def test_where_counts_are_missing_or_outside_a_report_is_not_to_be_trusted():
    unseen, outside = limited(counted("R1", 30, 5_000, place="C1"))
    assert unseen == "It is not fitted; nobody has counted all of North, C0 district."
    assert outside == "The last count lies outside the range of its day in C1 district (5,000, above it)."
    assert len(limited()) == 1


def test_a_page_says_beside_the_answer_when_not_to_trust_it():
    result = tiau.simulate(counted_apart(counted("R1", 30, 5_000, place="C1")), members=12)
    first_pages = page(Told(assess(result)), NOTHING).partition('class="annex"')[0]
    assert "<b>When not to trust it:</b> It is not fitted; nobody has counted all of Abroad" in first_pages
