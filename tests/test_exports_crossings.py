"""Lists of border crossings: the sample row for row, other layouts, and what is none."""

import datetime as dt
from collections import Counter

from figure_exports import figures, reasons
from sample_exports import of, sample, samples
from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import FoundCrossing, LeftOut
from tiau.readers.exports.grids import Book, Grid


@samples
def test_border_crossings():
    findings = sample("border-crossings.xlsx")
    crossings = of(FoundCrossing, findings)
    assert Counter(c.spot.country for c in crossings) == {"Chad": 8, "Central African Republic": 1}
    assert {c.known_on for c in crossings} == {dt.date(2023, 7, 5)}
    found = {c.name: c for c in crossings}
    assert {name: (found[name].spot.lat, found[name].spot.lon) for name in ("Adikong - Adre", "Tina - Tine")} == {
        "Adikong - Adre": (13.4712, 22.2160), "Tina - Tine": (15.0356, 22.8170),
    }  # fmt: skip
    assert (found["Kulbus - Birak"].spot.lat, found["Kulbus - Birak"].spot.lon) == (14.3640, 22.3850)
    assert (found["Adikong - Adre"].sides, found["Adikong - Adre"].countries) == (("Adikong", "Adre"), ("", "Chad"))
    assert found["Um Dafog - Birao road"].sides == ("Um Dafog", "Birao")
    assert found["Kornoi road - Bahai"].sides == ("Kornoi", "Bahai")
    assert found["Amdjarass track"].sides == ("Amdjarass",)
    assert found["Tina - Tine"].aliases == ("الطينة",)
    assert not figures(findings)
    assert {out.sheet for out in of(LeftOut, findings)} == {"READ ME"}


def workbook(**sheets):
    rows = {
        name: [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)] for name, rows in sheets.items()
    }
    grids = tuple(Grid(name, lambda kept=kept: iter(kept)) for name, kept in rows.items())
    return Book("book.xlsx", "workbook", grids, {})


def test_crossings_in_another_layout():
    book = workbook(
        Sheet1=[
            ("Last updated on: 05/07/2023", "", "", "", "", ""),
            ("Name - Ukrainian", "Name - English", "Country", "Longitude", "Latitude", "Name - Russian"),
            ("Краковець", "Krakovets \u2013 Korczowa", "Ukraine - Poland", "23,1500", "49,965", ""),
            ("", "Medyka - Shehyni", "Poland", "22.95", "49.80", "Медика"),
            ("", "Nowhere - Somewhere", "Poland", "", "95", ""),
        ]
    )
    findings = list(recognise(book).read(book, Answers(dates="day-first")))
    crossings = of(FoundCrossing, findings)
    assert [(c.sides, c.countries, c.spot.lat, c.spot.lon, c.aliases) for c in crossings] == [
        (("Krakovets", "Korczowa"), ("Ukraine", "Poland"), 49.965, 23.15, ("Краковець",)),
        (("Medyka", "Shehyni"), ("", "Poland"), 49.80, 22.95, ("Медика",)),
    ]
    assert {c.known_on for c in crossings} == {dt.date(2023, 7, 5)}
    assert reasons(findings) == {5: "no coordinates of a crossing"}


def test_crossings_without_a_column_of_countries():
    book = workbook(
        Chad=[
            ("Crossing point", "Y", "X"),
            ("Adikong / Adre", "13.4712", "22.2160"),
            ("Tina to Tine border crossing", "15.03", "22.8"),
        ],
        Notes=[("Collected by partners", "", "")],
    )
    findings = list(recognise(book).read(book, Answers()))
    assert [(c.sides, c.countries) for c in of(FoundCrossing, findings)] == [
        (("Adikong", "Adre"), ("", "Chad")), (("Tina", "Tine"), ("", "Chad")),
    ]  # fmt: skip


def test_a_gazetteer_is_no_list_of_crossings():
    book = workbook(
        Towns=[
            ("Name", "Country", "Lat", "Long"),
            ("Adre", "Chad", "13.47", "22.20"),
            ("Tine", "Chad", "15.03", "22.8"),
        ]
    )
    known = recognise(book)
    assert known is None or "crossings" not in known.name
