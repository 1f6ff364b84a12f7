"""The first screen of a report: what it asks, what it answers, and that its numbers are those of the tables."""

import datetime as dt
import re

import pytest

import tiau
import toys
from forecast_toys import counted, fleeing
from test_report_parts import NOTHING
from tiau.evaluation.assessment import assess
from tiau.presentation.report.answer import answer
from tiau.presentation.report.counts import Count, LastCounts
from tiau.presentation.report.page import Told, page
from tiau.results.area_table import AreaRow
from tiau.results.areas import Area
from tiau.scenario.network import build

LAST = dt.date(2022, 8, 31)
MYANMAR = Area("country", "Myanmar", "", "", "")
INDIA = Area("country", "India", "", "", "")
MIZORAM = Area("admin1", "India", "Mizoram", "", "")
CHAMPHAI = Area("admin2", "India", "Mizoram", "Champhai district", "")
SIAHA = Area("admin2", "India", "Mizoram", "Siaha district", "")


@pytest.fixture(scope="module")
def scenario():
    return tiau.load("mizoram-2021")


def row(area, middle, *, target="present", period="day", first=LAST, last=LAST):
    numbers = (middle / 2, middle, middle, middle, middle * 2) if middle is not None else (None,) * 5
    return AreaRow(area, target, period, first, last, numbers, ())


ROWS = [row(MYANMAR, 50_000), row(INDIA, 33_000), row(MIZORAM, 30_000), row(CHAMPHAI, 9_000), row(SIAHA, 12_000)]


def test_the_answer_is_of_the_place_of_the_series_and_names_its_largest_part(scenario):
    found = answer(build(scenario), ROWS, None)
    assert found.main == MIZORAM
    assert "Mizoram" in found.question
    assert "Myanmar" in found.question
    there, most = found.sentences
    assert (there.number.low, there.number.middle, there.number.high) == (15_000, 30_000, 60_000)
    assert "by the model on 31 August 2022; the last count was" in there.after
    # Known a week after the run ends, and drawn in its chart all the same.
    assert (there.last.middle, there.since) == (29_253, "on 20 August 2022.")
    assert "Siaha district" in most.after
    assert most.number.middle == 12_000


def test_without_a_series_it_is_of_the_country_abroad_with_most_people(scenario):
    without = scenario.model_copy(update={"settings": scenario.settings.model_copy(update={"series": None})})
    assert answer(build(without), ROWS, None).main == INDIA
    alone = answer(build(without), [row(MYANMAR, 50_000)], None)
    assert alone.main == MYANMAR
    assert "fled from" not in alone.question


def test_arrivals_are_those_of_the_last_whole_month(scenario):
    months = [
        row(MIZORAM, people, target="arrivals", period="month", first=first, last=last)
        for people, first, last in (
            (400, dt.date(2022, 6, 1), dt.date(2022, 6, 30)),
            (500, dt.date(2022, 7, 1), dt.date(2022, 7, 31)),
            (30, dt.date(2022, 8, 1), dt.date(2022, 8, 20)),
        )
    ]
    last = answer(build(scenario), [*ROWS, *months], None).sentences[-1]
    assert last.number.middle == 500
    assert "1 July 2022 to 31 July 2022" in last.after


def test_numbers_that_are_kept_back_stay_so(scenario):
    found = answer(build(scenario), [row(MIZORAM, None)], None)
    assert found.sentences[0].number.middle is None


def first_screen(people):
    """The words of the first screen of a report on a toy from which so many leave."""
    places = [toys.origin(people=9_000), toys.camp("A")]
    toy = toys.scenario(places, [toys.way("O", "A", 100, "gate")], days=30, departures=[toys.leave(0, people)])
    told = page(Told(assess(tiau.simulate(toy, members=4))), NOTHING)
    screen = told.partition('class="answer">')[2].partition("</ol>")[0]
    return " ".join(re.sub("<[^>]+>", "", screen).split())


def test_a_few_people_are_under_so_many_and_not_about_under():
    few, many = first_screen(8), first_screen(4_000)
    assert few.startswith("Under 10 of them are in Abroad by the model on ")
    assert "out under" not in few
    assert "under 10 to" not in few
    assert re.match(r"About [\d,]{5} \([\d,]{5} to [\d,]{5}\) of them are in Abroad by the model on ", many)


def looked_ahead(*reports):
    """What is said of a toy's forecast of ten days, made on 2 March 2021."""
    found = ahead(*reports)
    there = row(Area("country", "Abroad"), 700, last=toys.day(60))
    return answer(build(found.scenario), [there], found).sentences


def ahead(*reports):
    camps = [counted(f"C{day}", day, 10 * day, place="C") for day in (10, 20, 30)]
    return tiau.forecast(fleeing(reports=[*camps, *reports]), origin=toys.day(60), horizon=10, members=10, jobs=1)


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ([counted("R1", 10, 400, known=90, place="Abroad")], "when no count of it was known (known_on of reports.csv)"),
        ([], "when no count of it was known"),
    ],
)
def test_a_forecast_of_what_nobody_had_counted_says_so(reports, said):
    coming = looked_ahead(*reports)[-1]
    assert coming.after.endswith(f"forecast on 2 March 2021, {said}.")
    assert coming.more is None


def test_a_forecast_says_how_many_more_come_than_the_count_that_it_goes_on_from():
    coming = looked_ahead(counted("R1", 10, 400, place="Abroad"))[-1]
    assert (coming.than, coming.last.middle) == ("than its last count known then,", 400)
    for name in ("low", "middle", "high"):
        assert getattr(coming.more, name) == round(getattr(coming.number, name)) - 400
    assert coming.since.startswith(
        "on 11 January 2021. It goes on from that count, not from the model's own number above"
    )


def test_a_count_that_became_known_after_a_forecast_is_told_beside_the_one_it_goes_on_from():
    there, *_, coming = looked_ahead(
        counted("R1", 10, 400, place="Abroad"), counted("R2", 50, 500, known=65, place="Abroad")
    )
    assert (there.last.middle, coming.last.middle) == (500, 400)
    assert coming.since.endswith("; the count of 20 February 2021 became known on 7 March 2021, after it.")


def test_the_table_of_a_forecast_says_which_counts_its_last_figures_are():
    found = ahead(counted("R1", 10, 400, place="Abroad"), counted("R2", 50, 500, known=65, place="Abroad"))
    run = tiau.simulate(found.scenario, members=3)
    comes = page(Told(assess(run), found), NOTHING).partition('id="ahead"')[2].partition("</section>")[0]
    assert (
        "Last figures are those known on 2 March 2021; in Abroad the count of 20 February 2021 became known on "
        "7 March 2021, after it."
    ) in comes


def counted_in_camps(*reports):
    """The answer of a toy of whose two countries abroad one has a single camp."""
    places = [toys.origin(people=900), toys.camp("A"), toys.camp("B"), toys.camp("D", country="Away")]
    ways = [toys.way("O", name, 100, name) for name in "ABD"]
    toy = toys.scenario(places, ways, days=30, reports=reports)
    there = [row(Area("country", name), people, last=toys.day(30)) for name, people in (("Abroad", 700), ("Away", 90))]
    return [sentence for sentence in answer(build(toy), there, None).sentences if sentence.number.middle != 0]


def test_a_count_within_the_run_counts_whenever_it_became_known():
    early, late = counted("R1", 10, 400, place="Abroad"), counted("R2", 20, 500, known=400, place="Abroad")
    after = counted("R3", 40, 600, place="Abroad")
    there, _ = counted_in_camps(early, late, after)
    assert there.after.endswith("; the last count was")
    assert (there.last.middle, there.since) == (500, "on 21 January 2021.")


def test_a_country_whose_only_place_was_counted_was_counted():
    there, outside = counted_in_camps(counted("R1", 10, 60, place="D"), counted("R2", 10, 400, place="A"))
    assert there.after.endswith("nobody has counted all of them.")
    assert outside.after.endswith("are in Away; the last count, of D, was")
    assert outside.last.middle == 60


def test_of_nobody_there_is_no_answer(scenario):
    assert answer(build(scenario), [], None).sentences == ()


def test_where_all_have_gone_home_it_is_still_of_the_country_where_they_were(scenario):
    without = scenario.model_copy(update={"settings": scenario.settings.model_copy(update={"series": None})})
    found = answer(build(without), [row(MYANMAR, 0), row(INDIA, 0)], None)
    assert found.main == INDIA
    assert [one.number.middle for one in found.sentences] == [0]
    assert answer(build(without), [row(MYANMAR, 500), row(INDIA, 0)], None).main == MYANMAR


def test_a_home_whose_country_is_not_given_is_not_named():
    place = toys.origin(people=100).model_copy(update={"country": ""})
    toy = toys.scenario([place, toys.camp("A")], [toys.way("O", "A", 100, "gate")])
    found = answer(build(toy), [], None)
    assert found.question == "How many displaced people are where?"


def of_both(*reports, **of_b):
    """The last count of a country with two camps and a town."""
    camps = toys.camp("A", admin1="North"), toys.camp("B", admin1="North", **of_b)
    places = [toys.origin(people=900), *camps, toys.place("T", "town", country="Abroad")]
    ways = [toys.way("O", "T", 100, "gate"), toys.way("T", "A", 10), toys.way("T", "B", 10)]
    network = build(toys.scenario(places, ways, days=30, reports=reports))
    return LastCounts(network).of(Area("country", "Abroad"))


def test_counts_of_all_camps_on_one_day_are_added_up():
    early = [counted("A1", 10, 60), counted("B1", 10, 40, place="B")]
    later = [counted("A2", 20, 80), counted("B2", 21, 90, place="B")]
    assert of_both(*early, *later) == Count(100, toys.day(10), "A and B together", toys.day(10), ("A1", "B1"))
    assert of_both(*later) is None
    # A count of all of it is none of parts, and the last day of either counts.
    whole = counted("all", 10, 130, place="Abroad")
    assert of_both(whole, *early) == Count(130, toys.day(10), "Abroad", toys.day(10), ("all",))
    assert of_both(counted("all", 5, 130, place="Abroad"), *early).people == 100
    assert of_both(*early[:1], counted("T1", 10, 5, place="T")) is None
    # Of what overlaps the wider count is taken, and nobody twice.
    assert of_both(*early, counted("North", 10, 120, place="North")) == Count(
        120, toys.day(10), "North", toys.day(10), ("North",)
    )


@pytest.mark.parametrize(("of_b", "people"), [({"closes": 15}, 80), ({"opens": 25}, 80), ({"closes": 25}, None)])
def test_a_camp_that_is_not_open_need_not_be_counted(of_b, people):
    found = of_both(counted("A", 20, 80), **{what: toys.day(day) for what, day in of_b.items()})
    assert (found.people if found else None) == people


def test_the_answer_says_of_which_places_a_sum_is():
    there, _ = counted_in_camps(counted("A1", 10, 60, place="A"), counted("B1", 10, 40, place="B"))
    assert there.after.endswith("; the last count, of A and B together, was")
    assert there.last.middle == 100
