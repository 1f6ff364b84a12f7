"""The samples of real exports, from an empty folder to a scenario that runs, with no table typed."""

import csv
from pathlib import Path

import pytest

import tiau
from tiau.loading import examine

SHARED = Path(__file__).resolve().parents[2] / "shared" / "exports"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample exports are not here (../shared/exports)")
ANSWERS = (
    "--place", "Chad", "--origin", "Sudan", "--quantity", "portal-timeseries-day.json=arrived_cumulative",
    "--quantity", "portal-timeseries-month.json=crossed_in_period", "--newer", "ged.csv",
)  # fmt: skip


@pytest.fixture
def darfur(here, tmp_path):
    """Make the scenario of Darfur and Chad out of every sample."""
    made = here("new", "darfur", "--start", "2023-04-15", "--end", "2024-03-31", "--home", "SDN", "--abroad", "TCD")
    assert made.returncode == 0, made.stderr
    done = here("import", *sorted(SHARED.iterdir()), "--into", "darfur", *ANSWERS)
    assert done.returncode == 0, done.stderr
    ways = here("routes", "darfur")
    assert ways.returncode == 0, ways.stderr
    return tmp_path / "darfur"


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "import.csv"}


def test_every_row_of_every_sample_is_told_of(darfur):
    told = rows(darfur, "import")
    assert {line["file"] for line in told} == {path.name for path in SHARED.iterdir()}
    assert all(line["why"] for line in told if line["what"] in ("left out", "question", "same count", "same event"))
    by_table = {line["table"]: set() for line in told}
    for line in told:
        if line["what"] in ("added", "updated", "unchanged"):
            by_table[line["table"]].add(line["id"])
    for table in ("events.csv", "reports.csv", "places.csv"):
        first = next(iter(rows(darfur, table.removesuffix(".csv"))[0]))
        assert by_table[table] <= {line[first] for line in rows(darfur, table.removesuffix(".csv"))}


def test_the_scenario_is_sound_and_runs(darfur, here):
    scenario, faults = examine(darfur)
    assert [str(fault) for fault in faults if fault.level == "fault"] == []
    assert scenario is not None
    assert len(scenario.events) == 112
    done = here("run", "darfur", "--members", 4, "--no-width-sources")
    assert done.returncode == 0, done.stderr
    result = tiau.open_result(Path("tiau-out") / "darfur")
    assert result.area("Chad")[-1].min() > 0


def test_two_sources_are_set_beside_the_run(darfur):
    result = tiau.simulate(tiau.load(darfur), members=4, seed=1)
    placed = [fit.placement.report for fit in result.fits if fit.placement.status == "placed"]
    publishers = {report.said_by.split(",")[0] for report in placed}
    assert {"UNHCR", "IOM DTM"} <= publishers


def test_importing_again_changes_nothing(darfur, here):
    before = contents(darfur)
    done = here("import", *sorted(SHARED.iterdir()), "--into", "darfur", *ANSWERS)
    assert done.returncode == 0, done.stderr
    assert contents(darfur) == before


@pytest.mark.parametrize(
    ("spot", "people"),
    [
        ("Ag Geneina", 617_812), ("Beida", 98_420), ("Kulbus (admin 2)", 64_710), ("Nyala Janoub", 803_250),
        ("At Tina", None),
    ],
)  # fmt: skip
def test_districts_have_their_people(darfur, spot, people):
    scenario = tiau.load(darfur)
    homes = [scenario.places[at] for at in scenario.names.members(spot)]
    total = sum(place.population or 0 for place in homes if place.kind == "origin")
    assert homes
    assert people is None or total == people
