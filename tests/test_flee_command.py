"""The command for cases in Flee's format, and the table that it writes."""

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tiau.faults import InputError
from tiau.flee import out_csv
from tiau.flee.accuracy import scores
from tiau.flee.case.model import FleeCase
from tiau.flee.result import FleeResult

FILES = {
    "input_csv/locations.csv": """\
#name,region,country,lat,lon,location_type,conflict_date,population
A,R,Home,1.0,1.0,conflict_zone,0,10000
B,R,Home,1.1,1.0,town,,
Near,R,Away,1.2,1.0,camp,,1000
Far,R,Away,1.3,1.0,camp,,2000
""",
    "input_csv/routes.csv": "#name1,name2,distance,forced_redirection\nA,B,30,0\nB,Near,40,0\nB,Far,60,0\n",
    "input_csv/closures.csv": "#closure_type,name1,name2,closure_start,closure_end\n",
    "input_csv/conflicts.csv": "#Day,A\n" + "".join(f"{day},1\n" for day in range(40)),
    "input_csv/sim_period.csv": "StartDate,2020-02-20\nLength,40\n",
    "source_data/data_layout.csv": "total,refugees.csv\nNear,near.csv\nFar,far.csv\n",
    "source_data/refugees.csv": "Date,count\n2020-02-20,100\n2020-03-31,1300\n",
    "source_data/near.csv": "Date,count\n2020-02-20,100\n2020-03-31,500\n",
    "source_data/far.csv": "Date,count\n2020-02-20,0\n2020-03-31,800\n",
    "rules.yml": "move_rules:\n  start_on_foot: True\noptimisations:\n  hasten: 10\n",
}


@pytest.fixture
def folder(tmp_path):
    """A small case folder and its rules, in a folder of their own."""
    for name, text in FILES.items():
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "case"


def table_of(path):
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def result_of(present, data, **changed):
    days, camps = np.shape(data)
    people = np.array(present, dtype=np.float64)
    case = FleeCase("small", dt.date(2020, 2, 28), days, (), (), (), ())
    values = {
        "case": case, "hasten": 10, "members": people.shape[2], "seed": 1, "chance": True,
        "camps": ("Near", "Far")[:camps], "present": people, "data": np.array(data),
        "created": people.sum(1) + 1, "raw": np.array(data).sum(1) + 4, "debt": np.arange(days),
        "everywhere": np.zeros((0, people.shape[2])), "seconds": 0.0,
    }  # fmt: skip
    return FleeResult(**{**values, **changed})


SMALL = result_of([[[1, 5], [2, 5]], [[4, 5], [0, 5]]], [[0, 0], [3, 7]])


def test_table_has_the_columns_and_figures_of_flee(tmp_path):
    out_csv.write(SMALL, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == (
        "Day,Date,Near sim,Near data,Near error,Far sim,Far data,Far error,Total error,refugees in camps (UNHCR),"
        "total refugees (simulation),raw UNHCR refugee count,refugees in camps (simulation),refugee_debt\n"
        "0,2020-02-29,1,0,0.0,2,0,0.0,0.75,0,4,4,3,0\n"
        f"1,2020-03-01,4,3,0.3333,0,7,1.0,{8 / 14},10,5,14,4,1\n"
    )


def test_table_of_a_run_without_data_says_what_flee_says(tmp_path):
    out_csv.write(result_of([[[1]]], [[0]], raw=np.zeros(1, int)), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").endswith("\n0,2020-02-29,1,0,0.0,0.0,0,2,0,1,0\n")


def test_expectations_keep_four_digits(tmp_path):
    out_csv.write(result_of([[[1.23456]], [[2.0]]], [[1], [1]]), tmp_path / "out.csv")
    assert [row["Near sim"] for row in table_of(tmp_path / "out.csv")] == ["1.2346", "2"]


def test_table_gives_back_the_arrays_and_their_errors(tmp_path):
    draw = np.random.default_rng(1)
    result = result_of(draw.integers(0, 90, (50, 2, 1)), draw.integers(0, 90, (50, 2)))
    out_csv.write(result, tmp_path / "out.csv")
    rows = table_of(tmp_path / "out.csv")
    simulated, data = (
        np.stack([column(rows, f"{camp} {what}") for camp in result.camps], axis=1) for what in ("sim", "data")
    )
    assert np.array_equal(simulated, result.present[:, :, 0])
    assert np.array_equal(data, result.data)
    assert np.array_equal(column(rows, "refugees in camps (UNHCR)"), data.sum(1))
    assert np.array_equal(column(rows, "total refugees (simulation)"), result.created[:, 0])
    apart = column(rows, "Total error") * column(rows, "raw UNHCR refugee count")
    assert apart == pytest.approx(scores.difference(simulated, data) * np.maximum(data.sum(1), 1))


def test_table_replaces_an_earlier_one_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "new" / "out.csv"
    for _ in range(2):
        out_csv.prepare(path)
        out_csv.write(SMALL, path)
    assert [one.name for one in path.parent.iterdir()] == ["out.csv"]


def test_table_that_cannot_be_finished_leaves_the_earlier_one(tmp_path):
    path = tmp_path / "out.csv"
    out_csv.write(SMALL, path)
    before = path.read_bytes()
    with pytest.raises(IndexError):
        out_csv.write(replace(SMALL, created=SMALL.created[:1]), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (".", "is a folder"),
        ("..", "is a folder"),
        ("folder", "is a folder"),
        ("other.csv", "holds something else"),
        ("other.csv/out.csv", "is not a folder"),
        ("nul\0byte", "cannot be written"),
    ],
)
def test_table_replaces_nothing_else(tmp_path, monkeypatch, name, said):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("other.csv").write_text("Date,count\n2020-01-01,5\n", encoding="utf-8")
    with pytest.raises(InputError, match=said):
        out_csv.prepare(Path(name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "other.csv"]


def test_command_shows_errors_beside_baselines_and_writes_the_table(here, folder):
    done = here("flee", folder, "--rules", folder / "rules.yml", "--members", 3, "--out", "out.csv")
    assert done.returncode == 0, done.stderr
    assert "3 members, seed 1; 1 agent = 10 people" in done.stdout
    for words in ("this run, mean", "sd of members", "shared by capacity", "last count 30 days ago", "day 7"):
        assert words in done.stdout
    leak = next(line for line in done.stdout.splitlines() if "A LEAK" in line)
    assert "shared by largest count" in leak
    assert "member 1 of 3" in done.stdout
    rows = table_of("out.csv")
    assert len(rows) == 40
    assert (rows[0]["Day"], rows[0]["Date"], rows[0]["Near data"]) == ("0", "2020-02-21", "10")
    assert (rows[-1]["Near data"], rows[-1]["Far data"]) == ("49", "78")


def test_scale_of_the_command_goes_before_the_file(here, folder):
    done = here("flee", folder, "--rules", folder / "rules.yml", "--scale", 1, "--out", "out.csv")
    assert done.returncode == 0, done.stderr
    assert "1 agent = 1 person" in done.stdout
    assert table_of("out.csv")[0]["Near data"] == "100"


def test_people_of_the_table_are_those_of_the_command(here, folder):
    done = here("flee", folder, "--rules", folder / "rules.yml", "--out", "out.csv")
    rows = table_of("out.csv")
    simulated, data = (
        np.stack([column(rows, f"{camp} {what}") for camp in ("Near", "Far")], axis=1) for what in ("sim", "data")
    )
    error = f"{scores.averaged_difference(simulated, data):.4f}"
    line = next(line for line in done.stdout.splitlines() if line.startswith("this run"))
    assert error in line.split()
    camp = next(line for line in done.stdout.splitlines() if line.startswith("Near"))
    assert camp.split()[1:3] == ["490", f"{10 * simulated[-1, 0]:,.0f}"]


def test_same_seed_gives_the_same_table_whatever_the_jobs(here, folder):
    for seed, jobs, name in ((5, 1, "a.csv"), (5, 2, "b.csv"), (6, 1, "c.csv")):
        assert here("flee", folder, "--seed", seed, "--jobs", jobs, "--members", 2, "--out", name).returncode == 0
    a, b, c = (Path(name).read_bytes() for name in ("a.csv", "b.csv", "c.csv"))
    assert a == b
    assert a != c


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], '"nowhere" is not a case folder'),
        (["case", "--rules", "nix.yml"], '--rules: "nix.yml"'),
        (["case", "--scale", "0"], '--scale: "0" is out of bounds; give a whole number from 1'),
        (["case", "--scale", "half"], "--scale"),
        (["case", "--members", "0"], "--members"),
        (["case", "--jobs", "0"], "--jobs"),
        (["case", "--out", "case"], '--out: "case" is a folder'),
        (["case", "--out", "case/rules.yml"], "holds something else"),
        (["case", "--membres", "3"], "--members"),
        ([], "CASE: is missing"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_says_why_and_changes_nothing(here, folder, arguments, said):
    done = here("flee", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(FILES)


def test_faults_of_a_case_end_with_two(here, folder):
    (folder / "input_csv/routes.csv").write_text("#a,b,c\nA,Nearr,30\n", encoding="utf-8")
    done = here("flee", folder)
    assert done.returncode == 2
    assert "routes.csv row 2" in done.stderr
    assert 'did you mean "Near"?' in done.stderr
