"""Reports that may all be true and yet draw different pictures."""

import pytest

from disagreeing import ARRIVED, ENTERED, found, names, row
from tiau.presentation.words.disagreements import picture_line


def pictures_of(folder, *rows, **tables):
    return [set(names(picture.placements)) for picture in found(folder, *rows, **tables).pictures]


PICTURES = {
    "two lower bounds": [row("A", 1000, bound="at_least", **ARRIVED), row("B", 383, bound="at_least", **ARRIVED)],
    "count that leaps": [row("A", 100, "2021-02-15", **ARRIVED), row("B", 16, **ARRIVED)],
    "present and arrived": [row("A", 1000, "2021-02-13", bound="at_least", **ARRIVED), row("B", 300, bound="at_least")],
    "part above the whole": [
        row("A", 383, place="Delta", bound="at_least", **ARRIVED),
        row("B", 100, place="Farland", bound="at_least", **ARRIVED),
    ],
    "same month": [row("A", 5000, "2021-02", bound="about"), row("B", 1000, "2021-02", bound="at_least")],
    "range above": [row("A", "", bound="range", low="201", high="500"), row("B", 100, bound="at_least")],
    "same period": [row("A", 500, "2021-02", **ENTERED), row("B", 100, "2021-02", bound="at_least", **ENTERED)],
}  # fmt: skip


@pytest.mark.parametrize("rows", PICTURES.values(), ids=PICTURES)
def test_different_pictures_are_found_whatever_the_order_of_rows(tmp_path, rows):
    assert pictures_of(tmp_path / "as-is", *rows) == [{"A", "B"}]
    assert pictures_of(tmp_path / "turned", *reversed(rows)) == [{"A", "B"}]


ONE_PICTURE = {
    "factor of two": [row("A", 200, bound="at_least"), row("B", 100, bound="at_least")],
    "six days apart": [row("A", 1000, "2021-02-16", bound="at_least"), row("B", 100, bound="at_least")],
    "part below the whole": [row("A", 1000, bound="at_least"), row("B", 100, place="Delta", bound="at_least")],
    "other group": [row("A", 1000, bound="at_least"), row("B", 100, group="police", bound="at_least")],
    "other quantity": [row("A", 1000, bound="at_least"), row("B", 100, bound="at_least", quantity="registered")],
    "other origin": [row("A", 1000, bound="at_least"), row("B", 100, origin="Alpha", bound="at_least")],
    "upper bound above": [row("A", 1000, bound="at_most"), row("B", 100, bound="at_least")],
    "contradiction": [row("A", 1000, bound="at_least", **ARRIVED), row("B", 100, **ARRIVED)],
    "other period": [row("A", 500, "2021-02", **ENTERED), row("B", 100, "2021-02-05/2021-02-25", **ENTERED)],
    "copy": [row("A", 383, bound="at_least"), row("B", 380, "2021-02-14", bound="at_least", same_as="A")],
}  # fmt: skip


@pytest.mark.parametrize("rows", ONE_PICTURE.values(), ids=ONE_PICTURE)
def test_one_picture_is_not_shown_as_different_ones(tmp_path, rows):
    assert pictures_of(tmp_path, *rows) == []


def test_pictures_that_share_a_report_are_shown_together(tmp_path):
    rows = [
        row("A", 100, "2021-02-12", bound="at_least", **ARRIVED),
        row("B", 383, "2021-02-10", bound="at_least", place="Delta", **ARRIVED),
        row("C", 1000, "2021-02-14", bound="at_least", place="Delta", **ARRIVED),
        row("D", 8, "2021-03-10", bound="at_least", place="Epsilon"),
        row("E", 20, "2021-03-10", bound="at_least", place="Epsilon"),
    ]
    first, second = found(tmp_path, *rows).pictures
    assert (names(first.placements), first.place, first.lowest, first.highest) == (("B", "A", "C"), "North", 100, 1000)
    assert (str(first.first), str(first.last), first.factor) == ("2021-02-10", "2021-02-14", 10)
    assert (names(second.placements), second.place) == (("D", "E"), "Epsilon")
    assert picture_line(first) == (
        "2021-02-10 to 2021-02-14, North: from at least 100 arrived on 2021-02-12 [A, office] to at least 1,000 "
        "arrived in Delta on 2021-02-14 [C, office]; also at least 383 [B]"
    )
