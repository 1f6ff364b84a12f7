"""Scenarios whose rules are Flee's: run, checked and refused by the commands and in Python."""

import csv
import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from tiau.flee.case.conversion import scenario_of

import tiau
from flee_folders import FILES, changed, write_files
from test_flee_command import FILES as TOY
from tiau.cli.reading import read_aloud
from tiau.faults import InputError
from tiau.flee import tables
from tiau.flee.reading import import_case
from tiau.results.folder import is_result

ROOT = Path(__file__).parents[1]
MALI = ROOT.parent / "shared" / "flee-cases" / "mali2012"
published = pytest.mark.skipif(not MALI.is_dir(), reason="../shared/flee-cases is not there")


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
    return tiau.flee.simulate_flee(tiau.flee.read_case(case), **options)


def present_in(folder):
    with xr.open_dataset(folder / "result.nc", engine="h5netcdf") as dataset:
        return dataset["present"].values.astype(float)


def test_run_gives_the_numbers_of_the_case_it_came_from(here, toy, tmp_path):
    import_case(toy, tmp_path / "scenario")
    expected = simulated(toy, members=3, seed=7)
    assert here("flee", toy, "--members", 3, "--seed", 7, "--out", "out.csv").returncode == 0
    for source, out in (("scenario", "a"), ("toy", "b")):
        done = here("run", source, "--members", 3, "--seed", 7, "--out", out)
        assert done.returncode == 0, done.stderr
        assert np.array_equal(present_in(tmp_path / out), expected.present * 10)
        assert (tmp_path / out / "out.csv").read_bytes() == Path("out.csv").read_bytes()
    with xr.open_dataset(tmp_path / "a" / "result.nc", engine="h5netcdf") as dataset:
        assert np.array_equal(dataset["counted"], expected.data * 10)
        assert dataset["present"].attrs["units"] == "persons"


@published
def test_run_gives_the_numbers_of_a_published_case(here, tmp_path):
    rules = MALI.parent / "rules" / "modern125.yml"
    import_case(MALI, tmp_path / "mali", rules)
    case = tiau.flee.read_case(MALI, rules)
    assert here("run", "mali", "--members", 2, "--out", "result").returncode == 0
    assert np.array_equal(present_in(tmp_path / "result"), tiau.flee.simulate_flee(case, members=2).present)
    fits = rows_of("result/fit.csv")
    camps = {place.place for place in tiau.load(tmp_path / "mali").places if place.kind == "camp"}
    compared = [row for row in fits if row["status"] != "not compared"]
    assert {row["place"] for row in compared} == camps
    assert {row["reason"] for row in fits if row["place"] == "total"} == {"is not about a camp"}


def test_folder_of_a_run_is_a_whole_result(here, toy, tmp_path):
    done = here("run", toy, "--members", 5)
    folder = tmp_path / "tiau-out" / "toy"
    assert is_result(folder)
    assert {path.name for path in folder.iterdir()} == {
        "result.nc", "presence.csv", "fit.csv", "out.csv", "report.html", "provenance.json",
    }  # fmt: skip
    for path in folder.glob("[!p]*.*"):
        assert str(path.relative_to(tmp_path)) in done.stdout
    for words in ("toy, by Flee's rules", "this run, mean", "shared by capacity", "1 agent = 10 people"):
        assert words in done.stdout
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3
    assert "start_on_foot" in page
    assert here("run", toy, "--members", 2).returncode == 0


def test_tables_hold_people_as_counted_and_as_quantiles(here, toy):
    assert here("run", toy, "--members", 9, "--suppress-below", 0, "--out", "result").returncode == 0
    result = simulated(toy, members=9)
    people = result.present * 10
    rows = {(row["day"], row["camp"]): row for row in rows_of("result/presence.csv")}
    assert len(rows) == 80
    for day, camp in ((0, 0), (17, 1), (39, 0)):
        row = rows[str(result.days[day]), result.camps[camp]]
        assert float(row["counted"]) == 10 * result.data[day, camp]
        quantiles = np.quantile(people[day, camp], (0.05, 0.25, 0.5, 0.75, 0.95))
        assert [float(row[name]) for name in ("p05", "p25", "p50", "p75", "p95")] == pytest.approx(quantiles, abs=0.5)
    near = [row for row in rows_of("result/fit.csv") if row["place"] == "Near"]
    assert [(row["as_of"], row["value"], row["compared"], row["reason"]) for row in near] == [
        ("2020-02-20", "100", "100", ""), ("2020-03-31", "500", "", "outside the days of the run"),
    ]  # fmt: skip
    assert float(near[0]["p50"]) == pytest.approx(np.median(people[0, 0]))


def test_small_numbers_are_written_as_less_than_ten(here, toy):
    edit(toy / "simsetting.yml", "hasten: 10", "hasten: 1")
    assert here("run", toy, "--members", 2, "--out", "result").returncode == 0
    found = {row["p95"] for row in rows_of("result/presence.csv")}
    assert "<10" in found
    assert not found & {str(number) for number in range(1, 10)}


def test_counts_that_cannot_be_compared_say_why(tmp_path):
    files = {**changed("source_data/data_layout.csv", "mentao.csv", "mentao.csv,mentao.csv")}
    scenario = scenario_of(tiau.flee.read_case(write_files(tmp_path / "case", files)))
    loose = scenario.reports[-1].model_copy(update={"report": "loose", "extra": ()})
    scenario = scenario.model_copy(update={"reports": (*scenario.reports, loose)})
    result = tiau.flee.simulate_flee(tiau.flee.case_of(scenario), members=2)
    found = {fit.report.report: fit for fit in tables.fits(result, scenario)}
    assert found["loose"].reason == "is no count of Flee's: x_file is blank"
    by_place = {fit.report.place: fit for fit in found.values()}
    assert by_place["total"].reason == "is not about a camp"
    assert by_place["Mentao"].reason == "one of 2 files that add up"
    abala = next(fit for fit in found.values() if fit.report.place == "Abala")
    assert (abala.compared, abala.reason) == (10, "")
    days = scenario.until(scenario.settings.start)
    short = tiau.flee.simulate_flee(tiau.flee.case_of(days))
    late = [fit for fit in tables.fits(short, days) if fit.report.as_of.start > days.settings.end]
    assert {fit.reason for fit in late if fit.report.place == "Abala" and fit.report.report != "loose"} == {
        "outside the days of the run"
    }


@pytest.mark.parametrize(
    ("band", "compared", "status"),
    [((5, 6, 7), 8, "above the band"), ((5, 6, 7), 4, "below the band"), ((5, 6, 7), 7, "inside"),
     (None, None, "not compared")],
)  # fmt: skip
def test_status_of_a_count(band, compared, status):
    assert tables.Fit(None, compared, band).status == status


def test_edits_of_a_scenario_do_what_edits_of_the_case_do(toy, tmp_path):
    import_case(toy, tmp_path / "scenario")
    before = simulated(toy, members=2).present
    edit(tmp_path / "scenario" / "places.csv", ",camp,,2000,", ",camp,,100,")
    edit(tmp_path / "scenario" / "routes.csv", "B,Near,40", "B,Near,400")
    edit(toy / "input_csv" / "locations.csv", "Far,R,Away,1.3,1.0,camp,,2000", "Far,R,Away,1.3,1.0,camp,,100")
    edit(toy / "input_csv" / "routes.csv", "B,Near,40", "B,Near,400")
    after = simulated(toy, members=2).present
    scenario = tiau.load(tmp_path / "scenario")
    assert np.array_equal(tiau.flee.simulate_flee(tiau.flee.case_of(scenario), members=2).present, after)
    assert not np.array_equal(before, after)


def test_an_edited_closure_counts(toy, tmp_path):
    closures = toy / "input_csv" / "closures.csv"
    closures.write_text(closures.read_text() + "link,B,Near,0,10\n", encoding="utf-8")
    import_case(toy, tmp_path / "scenario")
    edit(tmp_path / "scenario" / "acts.csv", "2020-02-20,2020-02-29,", "2020-02-20,2020-03-20,")
    edit(closures, "link,B,Near,0,10", "link,B,Near,0,30")
    scenario = tiau.load(tmp_path / "scenario")
    assert np.array_equal(tiau.flee.simulate_flee(tiau.flee.case_of(scenario)).present, simulated(toy).present)


def test_run_until_a_day_is_the_beginning_of_the_run(here, toy, tmp_path):
    assert here("run", toy, "--members", 2, "--out", "short", "--until", "2020-03-01").returncode == 0
    assert np.array_equal(present_in(tmp_path / "short"), simulated(toy, members=2).present[:11] * 10)


def test_run_without_chance_is_one_line(here, toy, tmp_path):
    done = here("run", toy, "--no-chance", "--out", "result")
    assert "expectations (no chance)" in done.stdout
    assert present_in(tmp_path / "result").shape == (40, 2, 1)
    assert "no band" in (tmp_path / "result" / "report.html").read_text(encoding="utf-8")


def test_names_are_escaped_in_the_page(here, toy, tmp_path):
    for path in [*toy.glob("input_csv/*.csv"), *toy.glob("source_data/*.csv")]:
        path.write_text(re.sub(r"\bFar\b", "<i>Far", path.read_text(encoding="utf-8")), encoding="utf-8")
    done = here("run", toy, "--members", 1, "--out", "result")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "result" / "report.html").read_text(encoding="utf-8")
    assert "<i>" not in page
    assert "&lt;i&gt;Far" in page


def test_progress_counts_the_days(toy):
    seen = []
    simulated(toy, members=3, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(day, 40) for day in range(1, 41)]


def test_nothing_runs_the_other_engine(here, toy, tmp_path):
    import_case(toy, tmp_path / "scenario")
    scenario = tiau.load(tmp_path / "scenario")
    with pytest.raises(InputError, match=r"tiau\.flee\.simulate_flee\(tiau\.flee\.case_of"):
        tiau.simulate(scenario, members=2)
    with pytest.raises(InputError, match="is not a model of this engine"):
        tiau.compare(scenario, [])
    at = ["--at", "Near", "--on", "2020-03-01"]
    for command in (["compare", "scenario", "--change", "x"], ["acts", "scenario", *at], ["acts", "toy", *at]):
        done = here(*command)
        assert done.returncode == 2
        assert 'rules.model: "flee"' in done.stderr
        assert done.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"toy", "scenario"}


def test_check_of_a_case_lists_what_it_finds(here, tmp_path):
    files = {**changed("input_csv/routes.csv", "#name1", "name1"),
             **changed("input_csv/closures.csv", "country,Mali,Niger", "contry,Mali,Niger")}  # fmt: skip
    write_files(tmp_path / "case", files)
    done = here("check", "case")
    assert done.returncode == 0
    assert "put right: routes.csv" in done.stdout
    assert 'warning: closures.csv row 2 column closure_type: "contry"' in done.stdout
    assert "1 put right" in done.stdout
    assert "6 days from 2012-03-01" in done.stdout


def test_check_of_a_wrong_case_ends_with_two(here, tmp_path):
    write_files(tmp_path / "case", changed("input_csv/routes.csv", "Gao,Menaka", "Gao,Menakka"))
    done = here("check", "case")
    assert done.returncode == 2
    assert 'did you mean "Menaka"?' in done.stdout
    assert "case: 1 faults" in done.stdout
    done = here("run", "case")
    assert done.returncode == 2
    assert 'did you mean "Menaka"?' in done.stderr


def test_check_says_what_only_flee_can_run(here, tmp_path):
    write_files(tmp_path / "case", {"input_csv/routes.csv": FILES["input_csv/routes.csv"] + "Gao,Gao,3,0\n"})
    done = here("check", "case")
    assert done.returncode == 0
    assert "tiau flee alone can run it" in done.stdout
    assert here("flee", "case").returncode == 0
    assert here("run", "case").returncode == 2


@pytest.mark.parametrize("command", ["check", "run", "copy"])
def test_inside_of_a_case_is_no_scenario(here, toy, command):
    done = here(command, toy / "input_csv", *(["new"] if command == "copy" else []))
    assert done.returncode == 2
    assert "name the folder that holds it" in done.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("places.csv", "Menaka,,Mali,North,,15.9,2.4,origin", "Menaka,,Mali,North,,15.9,2.4,camp",
         '"camp" is read as origin'),
        ("acts.csv", "Menaka - Abala,,,1,", "Menaka - Abala,,,0.5,", "closes in part"),
        ("acts.csv", "Menaka - Abala,,,1,", "Abala,,,1,", "is changed in effect or places"),
        ("acts.csv", ",close,Menaka - Abala,,,1,", ",relief,Menaka - Abala,,,,", "is changed in effect or places"),
        ("scenario.toml", 'model = "flee"', 'model = "flee"\n[parameters.news_days]\nvalue = 2\nwhy = "new"',
         "parameters.news_days: has no effect"),
    ],
)  # fmt: skip
def test_what_has_no_effect_is_said(here, tmp_path, file, old, new, said):
    write_files(tmp_path / "case")
    import_case(tmp_path / "case", tmp_path / "scenario")
    before = here("check", "scenario").stdout
    assert "scenario: 0 faults" in before
    assert said not in before
    edit(tmp_path / "scenario" / file, old, new)
    for command in ("check", "run"):
        done = here(command, "scenario", *(["--members", 1] if command == "run" else []))
        assert done.returncode == 0, done.stderr
        assert said in done.stdout + done.stderr


def test_reports_and_departures_without_effect_are_said(tmp_path, capsys):
    case = tiau.flee.read_case(write_files(tmp_path / "case"))
    from tiau.readers import native

    scenario = scenario_of(case)
    report = scenario.reports[-1].model_copy(update={"report": "new", "extra": ()})
    changes = {"reports": (*scenario.reports, report), "departures": scenario.departures[1:]}
    native.write(scenario.model_copy(update=changes), tmp_path / "scenario")
    assert read_aloud(str(tmp_path / "scenario")).name == "case"
    said = capsys.readouterr().err
    assert '"new" has no effect under Flee\'s rules, because x_file is blank' in said
    assert "departures.csv: says something else than the counts" in said


def test_faults_of_an_edited_scenario_name_its_own_files(tmp_path):
    import_case(write_files(tmp_path / "case"), tmp_path / "scenario")
    path = tmp_path / "scenario" / "reports.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if ",Abala," not in line), encoding="utf-8")
    with pytest.raises(InputError, match=r'reports.csv: "Abala" is a camp and has no row here; .*number in x_file'):
        tiau.load(tmp_path / "scenario")


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
