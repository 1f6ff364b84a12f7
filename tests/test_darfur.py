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


def test_a_fresh_import_has_few_warnings_each_of_its_own(darfur):
    warned = [fault for fault in examine(darfur)[1] if fault.level == "warning"]
    assert len(warned) <= 8
    reasons = {(row["place"], row["origin"], row["quantity"], row["not_scored"]) for row in rows(darfur, "reports")}
    assert ("Sudan", "Chad", "present", "nobody of this scenario comes from Chad") in reasons
    assert ("Chad", "", "idp_present", "nobody of this scenario is displaced inside Chad") in reasons


def test_a_figure_of_more_people_than_live_in_the_scenario_is_not_scored(darfur):
    result = tiau.simulate(tiau.load(darfur), members=2, seed=1)
    status = {fit.placement.report.report: fit for fit in result.fits}["unhcr-rdf.2023-12-31-sdn-idps"].verdict
    assert status.startswith("not scored: at least 6,041,730 people, but 4,203,946 live in all homes")


def test_the_table_of_a_run_has_the_last_figure_of_each_series_and_no_copy(darfur, here):
    result = tiau.simulate(tiau.load(darfur), members=2, seed=1)
    said = here("run", "darfur", "--members", 2, "--no-width-sources").stdout
    copies = [one.report.report for one in result.placements if one.status == "placed" and not one.counted]
    assert copies
    assert not any(name in said for name in copies)
    assert "Reports of people from Sudan" not in said
    assert "the last of each series" in said
