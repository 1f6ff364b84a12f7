"""The rival: Flee's rules on a case, its folder of results, and what check says of a case."""

import csv
import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from flee_folders import changed, write_files
from test_flee_command import FILES as TOY
from tiau import flee
from tiau.flee import tables
from tiau.flee.presentation.page import page
from tiau.results.folder import is_result

ROOT = Path(__file__).parents[1]


@pytest.fixture
def toy(tmp_path):
    """A case of 40 days with its rules in it."""
    texts = {name.replace("rules.yml", "simsetting.yml"): text for name, text in TOY.items()}
    for name, text in texts.items():
        path = tmp_path / "toy" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "toy"


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text)
    path.write_text(text.replace(old, new), encoding="utf-8")


def simulated(case, **options):
    return flee.simulate(case, **options)


def present_in(folder):
    with xr.open_dataset(folder / "result.nc", engine="h5netcdf") as dataset:
        return dataset["present"].values.astype(float)


def test_the_folder_has_the_numbers_of_the_run(here, toy, tmp_path):
    expected = simulated(toy, members=3, seed=7)
    done = here("flee", toy, "--members", 3, "--seed", 7, "--out", "out.csv", "--folder", "a")
    assert done.returncode == 0, done.stderr
    assert np.array_equal(present_in(tmp_path / "a"), expected.present * 10)
    assert (tmp_path / "a" / "out.csv").read_bytes() == Path("out.csv").read_bytes()
    with xr.open_dataset(tmp_path / "a" / "result.nc", engine="h5netcdf") as dataset:
        assert np.array_equal(dataset["counted"], expected.data * 10)
        assert dataset["present"].attrs["units"] == "persons"


def test_folder_of_a_run_is_a_whole_result(here, toy, tmp_path):
    done = here("flee", toy, "--members", 5, "--folder", "tiau-out/toy")
    folder = tmp_path / "tiau-out" / "toy"
    assert is_result(folder)
    assert {path.name for path in folder.iterdir()} == {
        "result.nc",
        "presence.csv",
        "out.csv",
        "report.html",
        "provenance.json",
    }
    for path in folder.glob("[!p]*.*"):
        assert str(path.relative_to(tmp_path)) in done.stdout
    for words in ("toy, by Flee's rules", "this run, mean", "shared by capacity", "1 agent = 10 people"):
        assert words in done.stdout
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert text.count("<svg") == 3
    assert "start_on_foot" in text
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["scenario"]["sha256"] == flee.load(toy).digest()
    assert (provenance["parameters"]["hasten"], provenance["members"]) == (10, 5)
    assert here("flee", toy, "--members", 2, "--folder", "tiau-out/toy").returncode == 0


def test_a_folder_that_holds_anything_else_is_refused_before_the_run(here, toy, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("my own", encoding="utf-8")
    done = here("flee", toy, "--folder", "mine")
    assert done.returncode == 2
    assert done.stdout == ""
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_folder_of_the_destinations_game_names_its_rules(here, toy, tmp_path):
    assert here("flee", toy, "--model", "destinations", "--folder", "game").returncode == 0
    assert "the rules destinations" in (tmp_path / "game" / "report.html").read_text(encoding="utf-8")


def test_tables_hold_people_as_counted_and_as_quantiles(toy, tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "SUPPRESS_BELOW", 0)
    result = simulated(toy, members=9)
    tables.write_presence(result, tmp_path / "presence.csv")
    people = result.present * 10
    rows = {(row["day"], row["camp"]): row for row in rows_of(tmp_path / "presence.csv")}
    assert len(rows) == 80
    for day, camp in ((0, 0), (17, 1), (39, 0)):
        row = rows[str(result.days[day]), result.camps[camp]]
        assert float(row["counted"]) == 10 * result.data[day, camp]
        quantiles = np.quantile(people[day, camp], (0.05, 0.25, 0.5, 0.75, 0.95))
        assert [float(row[name]) for name in ("p05", "p25", "median", "p75", "p95")] == pytest.approx(
            quantiles, abs=0.5
        )
    near = [count for count in tables.counts_beside(result) if count.place == "Near"]
    assert [(str(count.day), count.people, count.compared, count.reason) for count in near] == [
        ("2020-02-20", 100, 100, ""), ("2020-03-31", 500, None, "outside the days of the run"),
    ]  # fmt: skip
    assert near[0].band[1] == pytest.approx(np.median(people[0, 0]))


def test_numbers_of_people_are_tens_and_small_ones_blank(here, toy):
    edit(toy / "simsetting.yml", "hasten: 10", "hasten: 1")
    assert here("flee", toy, "--members", 2, "--folder", "result").returncode == 0
    rows = rows_of("result/presence.csv")
    assert any(not row["p95"] for row in rows)
    assert all(int(row["p95"]) % 10 == 0 for row in rows if row["p95"])
    assert all(("p95" in row["suppressed"]) == (not row["p95"]) for row in rows)


def test_counts_that_cannot_be_compared_say_why(tmp_path):
    files = {**changed("source_data/data_layout.csv", "mentao.csv", "mentao.csv,mentao.csv")}
    result = flee.simulate(write_files(tmp_path / "case", files), members=2)
    by_place = {count.place: count for count in reversed(tables.counts_beside(result))}
    assert by_place["total"].reason == "is not about a camp"
    assert by_place["Mentao"].reason == "one of 2 files that add up"
    assert (by_place["Abala"].compared, by_place["Abala"].reason) == (10, "")
    short = flee.simulate(tmp_path / "case", days=1)
    late = [count for count in tables.counts_beside(short) if count.day > short.days[-1]]
    assert {count.reason for count in late if count.place == "Abala"} == {"outside the days of the run"}


@pytest.mark.parametrize(
    ("band", "compared", "status"),
    [((5, 6, 7), 8, "above the band"), ((5, 6, 7), 4, "below the band"), ((5, 6, 7), 7, "inside"),
     (None, None, "not compared")],
)  # fmt: skip
def test_status_of_a_count(band, compared, status):
    assert tables.Count("Near", "near.csv", dt.date(2020, 1, 1), 5, compared, band).status == status


def test_run_without_chance_is_one_line(toy):
    result = simulated(toy, chance=False)
    assert result.present.shape == (40, 2, 1)
    assert "no band" in page(result, {"parameters": {}, "environment": {}, "scenario": {}})


def test_names_are_escaped_in_the_page(here, toy, tmp_path):
    for path in [*toy.glob("input_csv/*.csv"), *toy.glob("source_data/*.csv")]:
        path.write_text(re.sub(r"\bFar\b", "<i>Far", path.read_text(encoding="utf-8")), encoding="utf-8")
    done = here("flee", toy, "--members", 1, "--folder", "result")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "result" / "report.html").read_text(encoding="utf-8")
    assert "<i>" not in text
    assert "&lt;i&gt;Far" in text


def test_progress_counts_the_days(toy):
    seen = []
    simulated(toy, members=3, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(day, 40) for day in range(1, 41)]


def test_check_of_a_case_lists_what_it_finds(here, tmp_path):
    files = {**changed("input_csv/routes.csv", "#name1", "name1"),
             **changed("input_csv/closures.csv", "country,Mali,Niger", "contry,Mali,Niger")}  # fmt: skip
    write_files(tmp_path / "case", files)
    done = here("check", "case")
    assert done.returncode == 0
    assert "put right: routes.csv" in done.stdout
    assert 'warning: closures.csv row 2 column closure_type: "contry"' in done.stdout
    assert "1 put right" in done.stdout
    assert "case, a case in the format of Flee: 2012-03-01 to 2012-03-06" in done.stdout


def test_check_of_a_wrong_case_ends_with_two(here, tmp_path):
    write_files(tmp_path / "case", changed("input_csv/routes.csv", "Gao,Menaka", "Gao,Menakka"))
    done = here("check", "case")
    assert done.returncode == 2
    assert 'did you mean "Menaka"?' in done.stdout
    assert "case: 1 faults" in done.stdout
    done = here("run", "case")
    assert done.returncode == 2
    assert 'did you mean "Menaka"?' in done.stderr


@pytest.mark.parametrize("command", ["check", "run", "copy"])
def test_inside_of_a_case_is_no_scenario(here, toy, command):
    done = here(command, toy / "input_csv", *(["new"] if command == "copy" else []))
    assert done.returncode == 2
    assert "name the folder that holds it" in done.stderr


def test_a_case_without_camps_says_so(here, toy):
    text = (toy / "input_csv/locations.csv").read_text(encoding="utf-8")
    (toy / "input_csv/locations.csv").write_text(text.replace("camp", "town"), encoding="utf-8")
    done = here("flee", toy)
    assert done.returncode == 0, done.stderr
    assert "No location is a camp" in done.stdout
    done = here("run", toy, "--members", 2, "--out", "result")
    assert done.returncode == 0, done.stderr


def test_a_camp_without_counts_is_not_counted_as_empty(toy, tmp_path):
    result = simulated(toy, members=2)
    case = replace(result.case, labels=tuple(label for label in result.case.labels if label.name != "Far"))
    tables.write_presence(replace(result, case=case), tmp_path / "presence.csv")
    counted = {row["camp"]: row["counted"] for row in rows_of(tmp_path / "presence.csv")}
    assert counted == {"Near": "490", "Far": ""}


def test_result_knows_its_days_and_says_what_it_is(toy):
    result = simulated(toy, members=2, days=3)
    assert result.days == [dt.date(2020, 2, 20), dt.date(2020, 2, 21), dt.date(2020, 2, 22)]
    assert "toy: 3 days from 2020-02-20, 2 camps, 2 members, seed 1, 1 agent = 10 people" in repr(result)
    assert "expectations" in repr(replace(result, chance=False))


def test_example_of_the_page_runs(toy, tmp_path, monkeypatch, capsys):
    batches = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "flee.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(batches) == 1
    monkeypatch.chdir(tmp_path)
    toy.rename(tmp_path / "my-case")
    exec(batches[0], {})
    said = capsys.readouterr().out
    assert re.search(r"averaged relative difference 0\.\d{3}", said)


def test_the_room_shows_its_public_names():
    assert dir(flee) == ["Accuracy", "FleeCase", "FleeResult", "load", "score", "simulate", "write"]
    assert all(getattr(flee, name).__doc__ for name in dir(flee))
    with pytest.raises(AttributeError, match="has no attribute 'read_case'"):
        flee.read_case  # noqa: B018


def test_a_folder_is_simulated_as_the_case_in_it(toy):
    assert np.array_equal(flee.simulate(str(toy), members=2).present, flee.simulate(flee.load(toy), members=2).present)
    assert flee.score(flee.simulate(toy)).normal.size == 1
