"""report.html: its first screen says what the tables say, for every kind of scenario alike."""

import csv
import re
from collections import defaultdict
from itertools import combinations

import pytest

PAGES = ("mizoram report", "burundi report", "darfur report", "scripts report")
DATUM = re.compile(r'<data[^>]*value="([^"]*)" data-file="([^"]*)">([^<]*)</data>')

CHANGE = re.compile(
    r'(?:<data value="([^"]*)" data-file="([^"]*)" data-kind="change">([^<]*)</data>|under 10 more or) (more|fewer)'
)


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module", params=PAGES)
def page(request, file_of):
    return file_of(request.param)


@pytest.fixture(scope="module")
def sentences(page):
    screen = page.read_text(encoding="utf-8").partition('<ol class="answer">')[2].partition("</ol>")[0]
    return screen.split("<li>")[1:]


@pytest.fixture(scope="module")
def first(sentences):
    """The numbers of the first screen: each with its file and what is shown, those of a sentence together.

    A number that is kept back up to its upper end stands for its range too.
    """
    found = [DATUM.findall(sentence) for sentence in sentences]
    alone = ['class="range"' not in told for told in sentences]
    return [one[:1] * 3 + one[1:] if is_alone else one for one, is_alone in zip(found, alone, strict=True)]


def test_the_answer_has_three_sentences_each_with_a_number_and_its_range(first):
    assert len(first) == 3
    assert all(len(numbers) in (3, 4) for numbers in first)


def counted_or_added(rows):
    """The counts of a table, and the sums of those of a few places on one day."""
    of_day = defaultdict(dict)
    for row in rows:
        if row["quantity"] == "present" and row["value"]:
            of_day[row["as_of"]][row["place"]] = float(row["value"])
    some = (few for of in of_day.values() for size in (2, 3, 4) for few in combinations(of.values(), size))
    return {row["value"] for row in rows} | {f"{sum(few):.0f}" for few in some}


def test_every_number_of_the_first_screen_is_that_of_a_table(page, first):
    areas = read(page.parent / "areas.csv")
    last = max(row["to"] for row in areas)
    for number, sentence in enumerate(first):
        (middle, file, _), (low, *_), (high, *_) = sentence[:3]
        if file == "areas.csv":
            kinds = ("present", "day", last) if number < 2 else ("arrivals", "month", "")
            assert any(
                (row["target"], row["period"]) == kinds[:2] and kinds[2] in ("", row["to"])
                and (row["p05"], row["median"], row["p95"]) == (low, middle, high)
                for row in areas
            ), sentence  # fmt: skip
        else:
            assert (low, middle, high) in forecast_ends(page.parent / file)
        for value, file, _ in sentence[3:]:
            rows = read(page.parent / file)
            ahead = file.startswith("forecast/")
            assert value in ({row["last_figure"] for row in rows} if ahead else counted_or_added(rows))


def test_how_many_more_a_forecast_has_is_its_numbers_less_the_last_count_of_its_tables(page, first, sentences):
    for numbers, sentence in zip(first, sentences, strict=True):
        changes = CHANGE.findall(sentence)
        if not changes:
            assert "than its last count" not in sentence
            continue
        *ends, (last, file, _) = numbers
        assert last in {row["last_figure"] for row in read(page.parent / file)}
        assert len(changes) == len(ends) == 3
        for (value, of, shown, side), (end, ends_of, _) in zip(changes, ends, strict=True):
            apart = round(float(end)) - round(float(last))
            assert (of, ends_of) in {("forecast/forecast.csv",) * 2, ("", "forecast/forecast.csv")}
            if abs(apart) < 10:
                assert (value, shown, side) == ("", "", "fewer")
            else:
                assert (float(value), shown, side) == (apart, f"{abs(apart):,}", "fewer" if apart < 0 else "more")


def forecast_ends(path):
    """Return the ends and medians of a forecast's ranges on its last day."""
    rows = read(path)
    last = max(row["target_end_date"] for row in rows)
    ends = {}
    for row in rows:
        if row["target_end_date"] == last and row["output_type"] == "quantile":
            ends.setdefault((row["location"], row["target"]), {})[row["output_type_id"]] = row["value"]
    return {(of["0.05"], of["0.5"], of["0.95"]) for of in ends.values()}


def test_what_is_shown_is_what_the_table_says(first):
    for value, _, shown in (number for sentence in first for number in sentence):
        assert shown.replace(",", "") == (f"{float(value):.0f}" if value else shown)
        assert value or shown.lower() == "under 10"
