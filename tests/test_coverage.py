"""Whether bands hold what they promise: coverage and scores by class, in words, in the terminal and in the report."""

import datetime as dt
import math
import re
import statistics
from dataclasses import replace

import numpy as np
import pytest
from rich.console import Console

import toys
from folders import REPORTS_HEADER
from given_results import result_of
from tiau.evaluation import scores
from tiau.evaluation.assessment import assess
from tiau.evaluation.coverage import ALL, LEVELS, Coverage, CoveredPart, coverage, fitted_until, promised
from tiau.evaluation.outside import Missed, Outside, outside
from tiau.observations.classes import FigureClass
from tiau.presentation.report.page import Told, page
from tiau.presentation.terminal import show_run
from tiau.presentation.words.classes import class_words
from tiau.presentation.words.coverage import HEADS, cells, kept, listed, outside_words
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period
from tiau.simulation import simulate

UNTIL = dt.date(2021, 2, 28)
PROVENANCE = {"tiau": "", "made": "", "command": "", "scenario": {"sha256": ""}, "environment": {}}


def rows(*reports):
    """The text of reports.csv: each report a mapping of columns that differ from those of a plain figure."""
    plain = {"known_on": "2021-02-20", "as_of": "2021-02-10", "place": "North", "group": "all", "quantity": "present",
             "value": "100", "bound": "exact"}  # fmt: skip
    columns = REPORTS_HEADER.strip().split(",")
    lines = []
    for number, report in enumerate(reports):
        cells = {"report": f"R{number}", **plain, **report}
        lines.append(",".join(cells.get(column, "") for column in columns))
    return REPORTS_HEADER + "".join(f"{line}\n" for line in lines)


def result(folder, reports, figures, **tables):
    return result_of(folder, figures, reports=rows(*reports), **tables)


def together(found):
    """Coverage of all figures, whenever they were known."""
    (part,) = found
    return part.all


# --- numbers

KINDS = [
    {"place": place, "quantity": quantity, "bound": bound, "known_on": known_on, "as_of": "2021-02"}
    for place in ("North", "D1 district", "Delta", "Hills", "Alpha")
    for quantity in ("present", "arrived_cumulative", "idp_present")
    for bound in ("exact", "about", "at_least", "at_most", "range")
    for known_on in ("2021-02-28", "2021-03-01")
]


def in_slow_steps(entries, figures):
    """Coverage of some reports, worked out number by number."""

    def quantile(numbers, share):
        ordered, at = sorted(numbers), share * (len(numbers) - 1)
        low = math.floor(at)
        high = min(low + 1, len(numbers) - 1)
        return ordered[low] + (at - low) * (ordered[high] - ordered[low])

    def log(people):
        return math.log(max(people, 0.5))

    found = {"inside": dict.fromkeys(LEVELS, 0), "above": 0, "below": 0, "bounds": 0, "bounds_held": 0}
    biases, widths, crps, density = [], [], [], []
    for entry, drawn in zip(entries, figures, strict=True):
        report, members = entry.report, len(drawn)
        if report.bound in ("at_least", "at_most", "range"):
            low = {"at_least": report.value, "at_most": 0, "range": report.low}[report.bound]
            high = {"at_least": math.inf, "at_most": report.value, "range": report.high}[report.bound]
            found["bounds"] += 1
            found["bounds_held"] += sum(low <= x <= high for x in drawn) >= 0.05 * members
            continue
        for level in LEVELS:
            ends = quantile(drawn, 0.5 - level / 200), quantile(drawn, 0.5 + level / 200)
            found["inside"][level] += ends[0] <= report.value <= ends[1]
        low, high = quantile(drawn, 0.05), quantile(drawn, 0.95)
        found["above"] += report.value > high
        found["below"] += report.value < low
        biases.append(log(quantile(drawn, 0.5)) - log(report.value))
        widths.append(max(high, 0.5) / max(low, 0.5))
        logs = [log(x) for x in drawn]
        pairs = sum(abs(x - y) for x in logs for y in logs)
        crps.append(sum(abs(x - log(report.value)) for x in logs) / members - pairs / (2 * members * (members - 1)))
        kernel = statistics.NormalDist(0, max(statistics.stdev(logs) * members**-0.2, 0.05))
        chance = sum(kernel.pdf(log(report.value) - x) for x in logs) / members
        density.append(max(math.log(chance), -10) if chance > 0 else -10)
    numbers = [statistics.median(biases), statistics.median(widths), statistics.mean(crps), statistics.mean(density)]
    return {"figures": len(biases), **found}, numbers


def test_numbers_are_those_of_a_plain_slow_computation(tmp_path):
    draws = np.random.default_rng(1)
    reports = []
    for kind in KINDS:
        value = round(float(draws.lognormal(4, 1)))
        span = {"low": str(value // 2), "high": str(value * 2), "value": ""} if kind["bound"] == "range" else {}
        reports.append({**kind, "value": str(value), **span})
    figures = np.rint(draws.lognormal(draws.normal(4, 1, (len(KINDS), 1)), 0.7, (len(KINDS), 41)))
    run = result(tmp_path, reports, figures)
    parts = coverage(run, UNTIL)
    assert [part.fitted for part in parts] == [True, False]
    for part in parts:
        assert list(part.classes) == ["state", "district", "village", "inside", ALL]
        for name, found in part.classes.items():
            chosen = [
                row for row, entry in enumerate(run.placements)
                if entry.counted and (entry.report.known_on <= UNTIL) == part.fitted
                and name in (ALL, "inside" if entry.report.quantity == "idp_present" else entry.figure_class.level)
                and (name == "inside" or name == ALL or entry.report.quantity != "idp_present")
            ]  # fmt: skip
            counts, numbers = in_slow_steps([run.placements[row] for row in chosen], figures[chosen])
            assert {field: getattr(found, field) for field in counts} == counts
            assert [found.bias, found.width, found.crps, found.log_score] == pytest.approx(numbers)
            assert found.figures > 0 < found.bounds


@pytest.mark.parametrize("members", [9, 60])
def test_figures_that_are_like_a_member_lie_inside_as_often_as_promised(tmp_path, members):
    draws, count = np.random.default_rng(2), 1500
    drawn = np.rint(draws.lognormal(7, 0.6, (count, members + 1)))
    reports = [{"value": f"{value:.0f}"} for value in drawn[:, 0]]
    found = together(coverage(result(tmp_path, reports, drawn[:, 1:]), None))
    for level in LEVELS:
        promise = promised(level, members)
        error = math.sqrt(promise * (1 - promise) / count)
        assert found.inside[level] / count == pytest.approx(promise, abs=3 * error)
    assert found.above == pytest.approx(found.below, abs=4 * math.sqrt(found.above))
    assert found.figures == count
    assert found.bias == pytest.approx(0, abs=0.06)


def test_many_members_promise_what_the_interval_says_and_few_promise_less():
    assert promised(90, 10**6) == pytest.approx(0.9, abs=1e-5)
    assert promised(50, 10**6) == pytest.approx(0.5, abs=1e-5)
    assert promised(90, 10) < promised(90, 50) < promised(90, 200) < 0.9
    # Of three, two and one lie as often on either side, and the ends lie a tenth of the way to the one between.
    assert promised(90, 3) == pytest.approx(0.45)


def test_copies_and_what_is_not_scored_do_not_count(tmp_path):
    reports = [{}, {"same_as": "R0"}, {"not_scored": "no"}, {"place": "Nowhere"}, {"value": ""}]
    found = together(coverage(result(tmp_path, reports, [[90.0, 100.0, 110.0]] * 5), None))
    assert (found.figures, found.bounds) == (1, 0)


def test_a_bound_holds_where_it_does_in_one_of_twenty_members(tmp_path):
    reports = [{"bound": "at_least"}, {"bound": "at_most"}, {"bound": "range", "value": "", "low": "90", "high": "110"}]
    one_of = {count: np.array([[100.0] + [off] * (count - 1) for off in (50, 200, 111)]) for count in (20, 21)}
    held, missed = (
        together(coverage(result(tmp_path / str(count), reports, figures), None)) for count, figures in one_of.items()
    )
    assert (held.figures, held.bounds, held.bounds_held) == (0, 3, 3)
    assert (missed.bounds, missed.bounds_held) == (3, 0)
    assert math.isnan(held.crps)
    assert math.isnan(held.width)


def test_the_fit_has_seen_what_was_known_on_its_last_day(tmp_path):
    reports = [{"known_on": "2021-02-28"}, {"known_on": "2021-03-01"}, {"known_on": "2021-03-02"}]
    run = result(tmp_path, reports, [[90.0, 110.0]] * 3)
    assert fitted_until(run.scenario) == UNTIL
    known, later = coverage(run, fitted_until(run.scenario))
    assert (known.title, known.fitted, known.all.figures) == ("known by 2021-02-28, in time for the fit", True, 1)
    assert (later.title, later.fitted, later.all.figures) == ("known after 2021-02-28, too late for the fit", False, 2)
    (part,) = coverage(run, None)
    assert (part.title, part.fitted, part.all.figures) == ("not fitted to", False, 3)


def test_one_member_has_no_band_to_score(tmp_path):
    assert coverage(result(tmp_path, [{}], [[100.0]]), UNTIL) == []


def test_who_is_displaced_inside_is_a_class_however_wide_the_place(tmp_path):
    reports = [{"place": place, "quantity": "idp_present"} for place in ("Hills", "Alpha")] + [{"place": "Delta"}]
    (part,) = coverage(result(tmp_path, reports, [[90.0, 110.0]] * 3), None)
    assert {name: found.figures for name, found in part.classes.items()} == {"village": 1, "inside": 2, ALL: 3}


def test_fair_score_is_on_average_that_of_many_members():
    draws = np.random.default_rng(3)
    values = np.full(4000, 0.5)
    few = scores.fair_crps(draws.normal(size=(4000, 3)), values)
    # Of a standard normal: z(2F(z) - 1) + 2f(z) - 1/sqrt(pi).
    normal = statistics.NormalDist()
    exact = 0.5 * (2 * normal.cdf(0.5) - 1) + 2 * normal.pdf(0.5) - 1 / math.sqrt(math.pi)
    assert few.mean() == pytest.approx(exact, abs=3 * few.std() / math.sqrt(few.size))
    assert scores.fair_crps(np.full((1, 5), 2.0), np.array([2.0])).tolist() == [0]
    assert scores.fair_crps(np.array([[1.0, 3.0]]), np.array([2.0])).tolist() == [0]
    assert scores.fair_crps(np.full((1, 2), 2.0), np.array([5.0])).tolist() == [3]


def test_log_density_is_that_of_members_and_one_miss_has_a_floor():
    normal = statistics.NormalDist(1, 2)
    many = np.array([[normal.inv_cdf((k + 0.5) / 20_000) for k in range(20_000)]])
    for value in (1.0, 3.0):
        found = scores.log_density(many, np.array([value]))
        assert found == pytest.approx(math.log(normal.pdf(value)), abs=0.02)
    assert scores.log_density(many, np.array([99.0])).tolist() == [scores.LEAST_DENSITY]
    # Members that agree are as sure as the closest count, not endlessly sure.
    closest = math.log(statistics.NormalDist(0, scores.NARROWEST).pdf(0))
    assert scores.log_density(np.zeros((1, 8)), np.zeros(1)) == pytest.approx(closest)


# --- words


def covered(figures=20, inside=18, **fields):
    above = (figures - inside) // 2
    plain = {"inside": dict.fromkeys(LEVELS, inside), "above": above, "below": figures - inside - above, "bias": 0.0,
             "width": 2.0, "crps": 0.5, "log_score": -1.0, "bounds": 0, "bounds_held": 0}  # fmt: skip
    return Coverage(figures=figures, **{**plain, **fields})


def said(found, members=1000, **classes):
    return kept(CoveredPart("not fitted to", False, {**classes, ALL: found}), members)


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        (60, "are too narrow"),
        # Of 113 draws with a chance of 90% no more than 95 are inside in 3.7%, and at least 108 in 2.2%.
        (95, "are too narrow"),
        (96, "show no fault"),
        (107, "show no fault"),
        (108, "are wider than they promise"),
    ],
)
def test_sentence_says_whether_bands_hold_what_they_promise(inside, head):
    assert said(covered(113, inside)) == (
        f"The bands {head}: of 113 figures not fitted to, {inside} lie inside the 90% band; "
        "101 would if it held what it promises."
    )


def test_sentence_names_the_classes_that_others_hide():
    words = said(covered(100, 90), state=covered(80, 80), district=covered(20, 10))
    assert words.startswith("The bands show no fault, but are too narrow for figures of class district: of 100")
    assert "but" not in said(covered(100, 60), district=covered(20, 10))
    # Of few figures of a class nothing is said.
    assert "but" not in said(covered(100, 90), village=covered(9, 0))


def test_of_few_figures_nothing_is_concluded():
    assert said(covered(9, 1)) == (
        "Of 9 figures not fitted to, 1 lies inside the 90% band: too few to tell whether it holds what it promises."
    )
    assert said(covered(0, 0, bounds=3)) == "Of figures not fitted to, none names a number: there are bounds alone."


def test_few_members_are_not_blamed_for_a_band_that_is_narrow_by_its_kind():
    assert said(covered(20, 14), 10).startswith("The bands show no fault: ")
    assert said(covered(20, 14), 10).endswith(
        "15 would if it held what it promises, which of 10 members is less than nine in ten."
    )
    assert said(covered(20, 14), 200).startswith("The bands are too narrow: ")


@pytest.mark.parametrize(
    ("above", "below", "told"),
    [
        (0, 7, " Outside, 7 lie below it and 0 above: the run is too high."),
        (6, 0, " Outside, 0 lie below it and 6 above: the run is too low."),
        # Of 5 all lie to one side in 2 of 32 throws of coins, of 8 one alone to the other in 18 of 256.
        (0, 5, ""),
        (7, 1, ""),
        (0, 0, ""),
    ],
)
def test_figures_outside_that_lie_to_one_side_are_told(above, below, told):
    found = covered(30, 30 - above - below, above=above, below=below)
    assert said(found).partition("if it held what it promises.")[2] == told


def test_what_was_fitted_to_is_not_shown_off():
    told = "how figures lie that it was not fitted to tells more."
    fitted, later = (kept(CoveredPart("", fitted, {ALL: covered()}), 1000) for fitted in (True, False))
    assert fitted.endswith(told)
    assert told not in later


def test_cells_are_shares_of_many_figures_and_counts_of_few():
    assert len(cells(covered())) == len(HEADS)
    many = covered(20, 18, bias=math.log(0.5), width=3.14159, crps=0.456, log_score=-1.234, bounds=4, bounds_held=3)
    assert cells(many) == ["20", "90", "90", "90", "1", "1", "0.50", "3.1", "0.46", "-1.23", "3/4"]
    assert cells(covered(9, 8))[1:4] == ["8/9"] * 3
    bounds_alone = cells(covered(0, 0, bias=math.nan, bounds=2, bounds_held=1))
    assert bounds_alone == [*[""] * (len(HEADS) - 1), "1/2"]


def test_classes_are_told_in_words():
    assert class_words(FigureClass("register", "state", "present")) == "state or wider: present"
    assert class_words(FigureClass("agency", "district", "inside")) == "township: displaced inside"
    assert class_words(FigureClass("other", "village", "flow")) == "village: in a period"


# --- charts


@pytest.fixture(scope="module")
def run():
    """Of 1,000 people 100 are in the camp from the third day on, in every member."""
    figures = {
        "far above": (900, "exact", {"said_by": "a ministry"}),
        "copy": (900, "exact", {"same_as": "far above"}),
        "above": (105, "about", {}),
        "inside": (100, "exact", {}),
        "below": (10, "at_most", {"publisher": "a paper"}),
        "at most, above": (500, "at_most", {}),
        "at least, below": (5, "at_least", {}),
        "of another place": (900, "exact", {"place": "O"}),
    }
    reports = [
        Report(report=name, known_on=toys.day(12), as_of="2021-01-10", group="all", quantity="present", value=value,
               bound=bound, **{"place": "Abroad", **more})
        for name, (value, bound, more) in figures.items()
    ]  # fmt: skip
    return simulate(toys.line(1000, departures=[toys.leave(0, 100)], days=15, reports=reports), members=4)


def names(missed):
    return [one.placement.report.report for one in missed]


def test_reports_outside_the_band_of_an_area_are_found_furthest_off_first(run):
    found = outside(run, "Abroad", "present")
    assert found.reports == 6
    assert names(found.above) == ["far above", "above"]
    assert names(found.below) == ["below"]
    assert names(found.furthest) == ["below", "far above", "above"]
    assert [(one.edge, one.times) for one in found.furthest] == [(100, 10), (100, 9), (100, 1.05)]
    # Everybody is in the camp in every member, but the source errs: its 105 are nothing odd.
    assert found.noisy == 1


def test_a_report_of_a_period_is_set_against_the_band_in_its_middle():
    # The camp fills on the third day: in the middle of the period there are 100, at its ends none and 200.
    report = Report(report="long", known_on=toys.day(12), as_of="2021-01-01/2021-01-09", place="Abroad", group="all",
                    quantity="present", value=100, bound="exact")  # fmt: skip
    fills = simulate(toys.line(1000, departures=[toys.leave(0, 100), toys.leave(5, 100)], days=15, reports=[report]),
                     members=2)  # fmt: skip
    assert np.unique(fills.area("Abroad")[[0, 4, 8]], axis=1).tolist() == [[0], [100], [200]]
    assert outside(fills, "Abroad", "present") == Outside(1, (), (), 0)


def test_no_band_no_report_outside(run):
    one = simulate(run.scenario, chance=False)
    assert outside(one, "Abroad", "present") == Outside(6, (), (), 0)
    assert outside_words(outside(one, "Abroad", "present")) == ""
    assert outside(run, "Abroad", "arrived_cumulative") == Outside(0, (), (), 0)


def test_words_beside_a_chart_name_reports_that_lie_outside(run):
    of = {name: Missed(placement, 100, times) for name, placement, times in (
        (placement.report.report, placement, times)
        for placement, times in zip(run.placements, (9, 9, 1.05, 1, 10, 1, 1, 1), strict=True)
    )}  # fmt: skip
    assert outside_words(Outside(6, (of["far above"], of["above"]), (of["below"],), 1)) == (
        "The run misses 3 of 6 reports: 2 lie above and 1 lies below what nine in ten of its runs give. "
        "(1) a paper said at most 10 for 2021-01-10, the run has at least 100; "
        "(2) a ministry said 900 for 2021-01-10, the run has at most 100; "
        "(3) somebody said about 105 for 2021-01-10, the run has at most 100. "
        "Once the usual errors of reporting are allowed for, 1 of them lies inside."
    )
    assert outside_words(Outside(4, (), (of["below"],), 1)) == (
        "The run misses 1 of 4 reports: 1 lies below what nine in ten of its runs give. (1) a paper said at most 10 "
        "for 2021-01-10, the run has at least 100. Once the usual errors of reporting are allowed for, it lies inside."
    )
    many = outside_words(Outside(9, (of["above"],) * 5, (), 5))
    assert "5 lie above what nine in ten of its runs give. Far off are: (1) somebody said about 105 for" in many
    assert many.count("about 105") == 1
    assert "all of them lie inside" in many


def test_of_what_a_source_said_within_a_season_the_furthest_off_is_told(run):
    (far,) = [placement for placement in run.placements if placement.report.report == "far above"]

    def missed(number, times, **changes):
        of = parse_period(str(toys.day(number)))
        return Missed(replace(far, report=far.report.model_copy(update={"as_of": of, **changes})), 100, times)

    near, other, late = missed(30, 8), missed(30, 7, said_by="a paper"), missed(70, 6)
    found = Outside(9, (missed(0, 9), near, other, late, *(missed(200 * n, 2) for n in range(1, 5))), (), 0)
    told = listed(found)
    assert [one.times for one in told] == [9, 7, 6, 2]
    assert [one.placement.report.said_by for one in told[:2]] == ["a ministry", "a paper"]


@pytest.mark.parametrize(
    ("edge", "said"), [(0, "nobody"), (40, "at most 40"), (849, "at most 850"), (896, "at most 896")]
)
def test_words_beside_a_chart_say_how_far_the_run_reaches(run, edge, said):
    (far,) = [placement for placement in run.placements if placement.report.report == "far above"]
    told = outside_words(Outside(1, (Missed(far, edge, 90),), (), 0))
    assert told.endswith(f"a ministry said 900 for 2021-01-10, the run has {said}.")


def test_ends_of_the_band_that_are_hidden_miss_no_report(run):
    few = replace(run, areas={name: 0 * members + 4 for name, members in run.areas.items()})
    assert [one.edge for one in outside(few, "Abroad", "present").above] == [10, 10, 10]
    assert outside(few, "Abroad", "present").below == ()
    assert [one.edge for one in outside(few, "Abroad", "present", suppress_below=0).above] == [4, 4, 4, 4]


# --- where it is shown


def shown(run, capsys, width=80):
    show_run(assess(run), Console(width=width))
    return capsys.readouterr().out


def test_run_prints_classes_before_its_series(tmp_path, capsys):
    reports = [{"known_on": "2021-02-11"}, {"known_on": "2021-03-05", "place": "Delta", "bound": "at_least"}]
    said = shown(result(tmp_path, reports, [[90.0, 110.0]] * 2), capsys)
    heads = (
        "Independent figures known by 2021-02-28, in time for the fit", "Independent figures known after 2021-02-28,",
        "Figures of this series known by 2021-02-28, in time for the fit: 1",
    )  # fmt: skip
    assert [said.index(head) for head in heads] == sorted(said.index(head) for head in heads)
    assert re.search(r"state or wider +1 +1/1 +1/1 +1/1 +0 +0 +1.00 +1.2 ", said)
    assert re.search(r"village +1/1\n", said)
    assert max(map(len, said.splitlines())) <= 80


def test_run_without_placed_reports_prints_no_table(tmp_path, capsys):
    run = result(tmp_path, [{"place": "Nowhere"}], [[90.0, 110.0]])
    assert coverage(run, UNTIL) == []
    said = shown(run, capsys)
    assert "Independent figures" not in said
    assert "bounds" not in said


def test_report_shows_classes_before_the_series_and_what_charts_miss(run):
    data = run.scenario.model_dump()
    data["settings"]["series"] = {"place": "Abroad", "since": toys.START, "title": "People abroad"}
    of_series = simulate(type(run.scenario).model_validate(data), members=4)
    html = page(Told(assess(of_series)), PROVENANCE)
    assert html.count("The run misses 3 of 6 reports: 2 lie above and 1 lies below") == 1
    assert html.index(">figures that do not copy each other</th>") < html.index("<caption>People abroad.")
    assert "Of 4 figures not fitted to, " in html
    assert "<td>state or wider: present</td>" in html
    # On a phone tables that are too wide scroll.
    accuracy = html.partition(">How good that is</h2>")[2].partition("</section>")[0]
    assert accuracy.count("<table") == accuracy.count('<div class="scroll"') == 2
