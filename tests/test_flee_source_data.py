"""The counts of Flee's cases: the same figures as Flee's own, to the last agent."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.counts import counts, merged
from tiau.flee.case.model import Correction, DataFile, FleeCase, Label

SHARED = Path(__file__).parents[2] / "shared"
REFERENCES = sorted(SHARED.glob("flee-reference/*-*.csv"))


def case_of(*labels, corrections=()):
    return FleeCase("toy", dt.date(2010, 1, 1), 30, (), (), (), tuple(labels), tuple(corrections))


def label(name, *files):
    return Label(name, tuple(DataFile(f"{name}{number}.csv", *map(tuple, zip(*rows, strict=True)))
                             for number, rows in enumerate(files)))  # fmt: skip


def by_day(case, hasten=1, days=12):
    return counts(case, hasten=hasten, days=days).tolist()


@pytest.mark.skipif(not REFERENCES, reason="../shared/flee-reference is not there")
@pytest.mark.parametrize("path", REFERENCES, ids=lambda path: path.stem)
def test_every_count_that_flee_interpolates_is_the_same(path):
    case = flee.load(SHARED / "flee-cases" / path.stem.split("-")[0])
    found = counts(case, hasten=100, days=case.days)
    position = {label.name: number for number, label in reversed(list(enumerate(case.labels)))}
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    ours = [found[position[row["place"]], int(row["day"])] for row in rows]
    np.testing.assert_array_equal(ours, [int(row["data"]) for row in rows])
    assert len(rows) % case.days == 0


def test_counts_are_interpolated_and_cut_to_whole_agents():
    assert by_day(case_of(label("A", [(0, 0), (4, 10)])), days=7) == [[0, 2, 5, 7, 10, 10, 10]]


def test_hasten_divides_before_it_interpolates():
    assert by_day(case_of(label("A", [(0, 19), (2, 39)])), hasten=10, days=3) == [[1, 2, 3]]


def test_before_the_first_row_its_value_holds():
    assert by_day(case_of(label("A", [(3, 7), (5, 9)])), days=6) == [[7, 7, 7, 7, 8, 9]]


def test_rows_out_of_order_are_taken_by_first_match():
    case = case_of(label("A", [(0, 0), (6, 60), (2, 20), (8, 80)]))
    assert by_day(case, days=9) == [[0, 10, 20, 30, 40, 50, 60, 70, 80]]
    case = case_of(label("A", [(0, 0), (4, 40), (2, 0), (6, 60)]))
    assert by_day(case, days=7) == [[0, 10, 20, 30, 30, 45, 60]]


def test_days_given_twice_jump():
    assert by_day(case_of(label("A", [(0, 0), (2, 10), (2, 50), (4, 70)])), days=5) == [[0, 5, 50, 60, 70]]


def test_files_of_a_label_are_added_as_flee_adds_them():
    first, second = ([0, 4, 8], [10.0, 20.0, 30.0]), ([0, 2, 6, 8], [1.0, 2.0, 3.0, 4.0])
    assert merged(first, second) == ([0, 2, 4, 6, 8], [11.0, 22.0, 22.0, 33.0, 34.0])


def test_after_the_first_file_ends_its_last_row_is_given_again():
    assert merged(([0, 2], [1.0, 2.0]), ([0, 5, 7], [10.0, 20.0, 30.0])) == ([0, 2, 2], [11.0, 12.0, 12.0])


def test_a_second_file_that_begins_later_cannot_be_added():
    case = case_of(label("A", [(0, 1), (4, 2)], [(2, 5), (4, 6)]))
    with pytest.raises(InputError, match=r"source_data/A1\.csv: of A begins after the file before it"):
        by_day(case)


def test_a_correction_rescales_what_comes_before():
    rows = [(0, 1000), (4, 2000), (5, 1000), (9, 1500)]
    case = case_of(label("A", rows), corrections=[Correction("A", 5)])
    assert by_day(case, days=10)[0] == [500, 625, 750, 875, 1000, 1000, 1125, 1250, 1375, 1500]


def test_corrections_work_on_corrected_counts_in_order():
    rows = [(0, 100), (1, 200), (2, 100), (3, 50)]
    case = case_of(label("A", rows), corrections=[Correction("A", 2), Correction("A", 3)])
    assert by_day(case, days=4)[0] == [25, 50, 50, 50]
    case = case_of(label("A", rows), corrections=[Correction("A", -3)])
    assert by_day(case, days=4)[0] == [100, 200, 100, 50]


@pytest.mark.parametrize(("day", "hasten", "words"), [
    (3, 1, "has no count on 2010-01-04"),
    (0, 1, "has its first count on 2010-01-01"),
    (4, 200, "smaller hasten than 200"),
])  # fmt: skip
def test_corrections_that_cannot_be_made(day, hasten, words):
    case = case_of(label("A", [(0, 100), (4, 200)]), corrections=[Correction("A", day)])
    with pytest.raises(InputError, match=words):
        by_day(case, hasten=hasten)


def test_a_correction_of_an_unknown_label_suggests_one():
    case = case_of(label("Mentao", [(0, 100), (4, 200)]), corrections=[Correction("Mentoa", 4)])
    with pytest.raises(InputError, match=r'"Mentoa" is not a row of data_layout\.csv; did you mean "Mentao"'):
        by_day(case)


def test_a_correction_that_blows_up_is_told():
    rows = [(day, 1_000_000_000 if day % 2 else 1) for day in range(6)]
    corrections = [Correction("A", day) for day in (1, 3, 5)]
    with pytest.raises(InputError, match="grows beyond any number of people"):
        by_day(case_of(label("A", rows), corrections=corrections))


def test_no_labels_give_no_rows():
    assert counts(case_of(), hasten=1, days=5).shape == (0, 5)
