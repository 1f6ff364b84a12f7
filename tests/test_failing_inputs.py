"""Inputs that failed in real use, kept outside the project: each answers as its table says; variants are elsewhere."""

import shutil
from pathlib import Path

import pytest

INPUTS = Path(__file__).parents[2] / "shared" / "failing-inputs"
pytestmark = pytest.mark.skipif(not INPUTS.is_dir(), reason="../shared/failing-inputs is not there")

CHECKED = {
    "05-nul-in-title/scenario": (2, "invisible character U+0000"),
    "08-escape-in-settings/scenario": (2, "invisible character U+001B"),
    "14-departures-beyond-population/scenario": (0, "8,000 of 18,000 people given cannot leave"),
    "15-run-shows-no-warnings/scenario": (0, '"48.352" is read as 48.352'),
    "own-distance-short": (0, '"16" is shorter than the great circle between its ends, 126 km'),
    "own-event-dup": (0, '"E9" may be E1 (row 2) again'),
    "own-event-in-host": (0, '"Goz Beida" is where no group lives'),
    "own-forecast-silent": (0, "no events after 2023-11-07 are assumed"),
    "own-hxl": (0, "is a row of HXL tags, which is left out"),
    "own-place-area-name": (0, "is a place, and also an area with Ardamata in it"),
    "own-agency/cnarr": (0, "source_kind: is blank in 8 of 8 reports"),
    "table-16-people-already-there": (0, "give them in displaced.csv"),
    "table-17-camp-opens-later": (0, "write opens or closes in places.csv"),
    "table-18-households": (0, "the table has a column unit"),
    "own-share-hole": (0, "the other 140,000 of 200,000 can never leave"),
    "flee-check-passes-run-fails": (2, "on day 10 (2020-01-11) 95 people come by the counts"),
    "flee-counts-of-no-camp": (0, '"Esk" is no camp but a town, so its counts of up to 1,966 people are in no table'),
    "flee-duplicate-town-refused": (0, "as in Flee the last row counts"),
    "flee-flood-zone-without-counts": (0, "no accuracy is given"),
    "flee-ipc-rename-advice": (2, "is missing; add it: #Day and the names of locations"),
    "flee-no-sim-period": (2, "write two rows: StartDate"),
    "flee-opens-later": (0, "is a camp from day 30 (2024-01-31) on"),
    "flee-totals-differ": (
        0,
        "counts 19,633 people on 2024-02-29, and the other rows of data_layout.csv together 5,899",
    ),
}
LAID_OVER_MIZORAM = {
    "table-01-point-thousands": (0, '"9.000" is read as 9, with a decimal point, and so are 2 more of the column'),
    "table-02-parts-by-cause": (0, "write of what each is in part: they are added up"),
    "table-11-revised-figure": (0, "write OLD in replaces of the one known later"),
    "table-03-one-count-three-times": (0, "write BA1 in same_as"),
    "table-09-departures-gaps": (0, "30 days are missing (2021-04-10 to 2021-05-09)"),
    "table-09-departures-twice": (0, "30 days given again (2021-04-10 to 2021-05-09)"),
    "table-10-hidden-small-counts": (2, '"<5" is not a number; write value = 4, bound = at_most'),
    "table-15-asylum-and-origin": (0, "for refugees from there put this name into origin"),
}


@pytest.mark.parametrize("name", CHECKED)
def test_check_says_what_is_wrong(here, name):
    status, said = CHECKED[name]
    done = here("check", INPUTS / name)
    assert done.returncode == status
    assert said in done.stdout


@pytest.mark.parametrize("name", LAID_OVER_MIZORAM)
def test_check_says_what_is_wrong_with_a_table(here, tmp_path, name):
    status, said = LAID_OVER_MIZORAM[name]
    here("copy", "mizoram-2021", "laid")
    for path in (INPUTS / name).glob("*.csv"):
        shutil.copyfile(path, tmp_path / "laid" / path.name)
    done = here("check", "laid")
    assert done.returncode == status
    assert said in done.stdout


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("04-seed-too-large", ("--seed", "18446744073709551616"), "--seed"),
        ("09-out-root", ("--out", "/"), "--out"),
        ("12-members-huge", ("--members", "99999999999999999999"), "--members"),
        ("13-ints-rounded", ("--seed", "1.5"), '"1.5" is not a whole number'),
        ("13-ints-rounded", ("--until", "2021-W01-1"), '"2021-W01-1" is not a day'),
        ("13-ints-rounded", ("--suppress-below", "-5"), "--suppress-below"),
    ],
)
def test_run_refuses_before_it_runs(here, name, options, said):
    done = here("run", INPUTS / name / "scenario", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("name", "file"),
    [("10-what-if-toml", "deep.toml"), ("10-what-if-toml", "huge.toml")]
    + [("11-what-if-values", f"{name}.toml") for name in ("set", "param", "list")],
)
def test_compare_names_the_file_of_a_what_if_that_cannot_be(here, name, file):
    done = here("compare", INPUTS / name / "scenario", "--change", INPUTS / name / file, "--members", "2")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"fault: {file}" in done.stderr


def test_tables_of_a_result_hold_no_formula(here):
    done = here("run", INPUTS / "03-csv-formulas" / "scenario", "--members", "2", "--no-width-sources", "--out", "o")
    assert done.returncode == 0
    for path in Path("o").glob("*.csv"):
        cells = [cell.strip('"') for line in path.read_text(encoding="utf-8").splitlines() for cell in line.split(",")]
        assert not [cell for cell in cells if cell[:1] in "=+@" and cell[:1]], path.name


@pytest.mark.parametrize("name", ["02-pipe-loses-result", "16-font-warnings", "19-jit-off"])
def test_run_ends_with_a_whole_result(here, name):
    done = here("run", INPUTS / name / "scenario", "--members", "2", "--no-width-sources", "--out", "o")
    assert done.returncode == 0
    assert Path("o", "provenance.json").is_file()
    assert "Warning" not in done.stderr
