"""Needs: the standards of the Sphere Handbook, and needs.csv beside presence."""

import csv
import datetime as dt

import numpy as np
import pytest

import tiau
from tiau.results.needs import NEEDS, needed
from tiau.results.tables import write_needs

BY_NAME = {need.name: need for need in NEEDS}


@pytest.mark.parametrize(
    ("name", "people", "amount"),
    [("shelter", 100, 350), ("water", 100, 1500), ("food", 2, 4200), ("latrines", 20, 1), ("latrines", 21, 2),
     ("latrines", 0, 0), ("health_posts", 10_000, 1), ("health_posts", 10_001, 2), ("health_posts", 1, 1)],
)  # fmt: skip
def test_needs_follow_the_standards(name, people, amount):
    assert needed(np.array([float(people)]), BY_NAME[name]) == amount


def test_every_need_cites_its_standard():
    assert all("standard" in need.source and "Sphere" in need.source for need in NEEDS)


def test_table_has_a_row_for_each_reception_place_day_and_need(tmp_path):
    result = tiau.simulate(tiau.load("mizoram-2021").until(dt.date(2021, 3, 20)), members=5)
    write_needs(result, tmp_path / "needs.csv")
    with (tmp_path / "needs.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    kinds = {place.place: place.kind for place in result.network.scenario.places}
    days = [day.isoformat() for day in result.days]
    assert rows
    assert len(rows) % len(NEEDS) == 0
    for row in rows:
        assert kinds[row["place"]] in ("reception", "camp")
        people = result.everybody[2, days.index(row["day"]), result.network.place_names.index(row["place"])]
        assert float(row["p50"]) == pytest.approx(float(needed(np.array([people]), BY_NAME[row["need"]])[0]), abs=0.5)


def test_nobody_needs_nothing():
    assert all(f"{needed(np.zeros(1), need)[0]:.0f}" == "0" for need in NEEDS)
