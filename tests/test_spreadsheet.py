import csv

import numpy as np
import pytest

import tiau
from flee_folders import FILES, write_files
from folders import PLACES, REPORTS, ROUTES, write_folder
from tiau.readers import native
from tiau.results.spreadsheet import write_csv

FORMULAS = ["=1+cmd|A0", "+A1", "-A1", "@SUM(1)", "\t=1", "  =1+1", "\u00a0=1", "\uff1d1+1", "\uff0bA1", "\uff20A",
            "=HYPERLINK(\"http://x\",\"y\")", "-", "=", "+1-800-555", "--1", "\n=1", "\ufeff=1"]  # fmt: skip
NUMBERS = ["-0.5", "+3", "1e5", "-12", "0", "-1.5e-07", "12345.678", "<10", "", "Camp", "a=b", "2021-03-05", "'quoted"]


def read(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_a_spreadsheet_would_work_out_is_written_as_a_text(tmp_path, text):
    write_csv(tmp_path / "t.csv", ["a", text], [[text, "1"]])
    assert read(tmp_path / "t.csv") == [["a", f"'{text}"], [f"'{text}", "1"]]


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_other_texts_are_written_as_they_are(tmp_path, text):
    write_csv(tmp_path / "t.csv", ["a", "b"], [["x", text]])
    assert read(tmp_path / "t.csv")[1] == ["x", text]


def formula_folder(folder):
    texts = {"places": PLACES, "routes": ROUTES, "reports": REPORTS}
    for name, text in texts.items():
        text = text.replace("Delta", "=1+cmd|A0").replace(",office,paper", ",@office,-paper")
        texts[name] = text.replace("R2,2021", "+R2,2021")
    return write_folder(folder, **texts, areas="area,aliases,members,note\n")


def test_no_table_of_a_result_has_a_formula_and_the_scenario_keeps_its_names(here, tmp_path):
    folder = formula_folder(tmp_path / "formulas")
    (tmp_path / "w.toml").write_text(
        'title = "=HYPERLINK(1)"\nwhy = "x"\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 0.9\n', encoding="utf-8"
    )
    assert here("run", folder, "--members", 2, "--no-width-sources", "--out", "o").returncode == 0
    assert here("compare", folder, "--change", "w.toml", "--members", 2, "--out", "oc").returncode == 0
    tables = [*(tmp_path / "o").glob("*.csv"), *(tmp_path / "oc").glob("*.csv")]
    assert {path.name for path in tables} == {
        "areas.csv",
        "places.csv",
        "fit.csv",
        "needs.csv",
        "compare.csv",
        "decisive.csv",
    }
    cells = [cell for path in tables for row in read(path) for cell in row]
    wrong = [cell for cell in cells if cell[:1] in "=+-@" and cell and not is_number(cell)]
    assert wrong == []
    assert {"'=1+cmd|A0", "'@office", "'-paper", "'+R2", "'=HYPERLINK(1)"} <= set(cells)
    assert any(cell.startswith("-") for row in read(tmp_path / "oc" / "compare.csv") for cell in row), "numbers"
    scenario = tiau.load(folder)
    native.write(scenario, tmp_path / "again")
    assert tiau.load(tmp_path / "again") == scenario


def is_number(cell):
    try:
        return np.isfinite(float(cell))
    except ValueError:
        return False


def test_no_table_of_a_run_by_flees_rules_has_a_formula(here, tmp_path):
    case = write_files(tmp_path / "case", {name: text.replace("Mentao", "=1+1") for name, text in FILES.items()})
    assert here("flee", case, "--out", "flee.csv", "--folder", "f").returncode == 0
    assert here("run", case, "--members", 2, "--out", "o").returncode == 0
    tables = [tmp_path / "flee.csv", *tmp_path.glob("[fo]/*.csv")]
    cells = [cell for path in tables for row in read(path) for cell in row]
    assert "'=1+1 sim" in cells
    assert [cell for cell in cells if cell[:1] in ("=", "+", "@")] == []
