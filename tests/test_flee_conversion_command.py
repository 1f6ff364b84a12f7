"""Cases of Flee's copied, imported and checked as scenarios: what is put right, said or refused."""

import re

import pytest

import tiau
from flee_folders import FILES, changed, write_files
from tiau.faults import InputError
from tiau.loading import examine
from tiau.readers import native
from tiau.scenario.rows import Departure


def test_ways_to_themselves_are_left_out_and_said(tmp_path, here):
    write_files(tmp_path / "case", {"input_csv/routes.csv": FILES["input_csv/routes.csv"] + "Gao,Gao,3,0\n"})
    done = here("check", "case")
    assert done.returncode == 0
    assert "has ways from Gao to itself, which are left out" in done.stdout
    assert len(tiau.load(tmp_path / "case").routes) == 4


@pytest.mark.parametrize(("new", "said"), [
    ("gao,", "differs from Gao in case alone"), ("Mopti;Sevare,", "holds a semicolon"),
])  # fmt: skip
def test_names_that_would_mean_something_else_are_refused_with_a_sentence(new, said, tmp_path, here):
    write_files(tmp_path / "toy", {name: re.sub(r"\bMopti,", new, text) for name, text in FILES.items()})
    with pytest.raises(InputError, match=f"{said}.*tiau flee runs the case as it is"):
        tiau.load(tmp_path / "toy")
    done = here("check", "toy")
    assert done.returncode == 2
    assert said in done.stdout
    assert here("flee", "toy").returncode == 0


def test_findings_name_the_files_of_the_case(tmp_path):
    _, faults = examine(write_files(tmp_path / "toy", changed("input_csv/routes.csv", "Gao,Mopti,400", "Gao,Mopti,4")))
    shorter = [str(fault) for fault in faults if "great circle" in str(fault)]
    assert shorter
    assert "in locations.csv" in shorter[0]
    assert not any("places.csv" in str(fault) or "row None" in str(fault) for fault in faults)


@pytest.mark.parametrize("command", ["copy", "import"])
def test_the_commands_write_the_scenario_that_the_case_is(tmp_path, here, command):
    folder = write_files(tmp_path / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,"))
    words = (command, folder, *(("--into",) if command == "import" else ()), "mine/toy")
    done = here(*words)
    assert done.returncode == 0, done.stderr
    assert tiau.load(tmp_path / "mine" / "toy") == tiau.load(folder)
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["toy"]
    assert here("check", "mine/toy").returncode == 0
    again = here(*words)
    assert again.returncode == 2
    assert "exists and is not an empty folder" in again.stderr


def test_import_says_what_was_put_right_and_what_is_lost(tmp_path, here):
    folder = write_files(tmp_path / "toy", changed("input_csv/locations.csv", "Abala,", "Abala ,"))
    done = here("import", folder, "--into", "mine")
    assert 'put right: locations.csv row 6: "Abala" had blanks around it' in done.stderr
    assert "sets 2 earlier counts right" in done.stderr
    assert "imported to mine" in done.stdout


def test_import_tells_every_fault_and_writes_nothing(tmp_path, here):
    wrong = changed("input_csv/locations.csv", "86000", '"86,000"') | changed("input_csv/routes.csv", "172,0", "x,0")
    done = here("import", write_files(tmp_path / "toy", wrong), "--into", "mine")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert not (tmp_path / "mine").exists()


def test_a_table_with_more_rows_than_can_be_read_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(Departure, "most_rows", 5)
    scenario = tiau.load(write_files(tmp_path / "toy"))
    with pytest.raises(InputError, match=r"departures.csv: would have \d+ rows, and 5 can be read"):
        native.write(scenario, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_load_raises_what_check_lists(tmp_path):
    write_files(tmp_path / "toy", changed("input_csv/routes.csv", "Gao,Menaka", "Gao,Menakka"))
    scenario, faults = examine(tmp_path / "toy")
    assert scenario is None
    with pytest.raises(InputError, match='did you mean "Menaka"') as error:
        tiau.load(tmp_path / "toy")
    assert error.value.faults == faults


@pytest.mark.parametrize(("rules", "said"), [
    ('model = "destinations"', ""),
    ('model = "flee"', 'rules.model: "flee" is no longer a model of scenarios; run the case folder'),
    ('model = "gravity"', 'rules.model: "gravity" chooses rules'),
    ('model = "destinations"\n[rules.flee]\nhasten = 1', "key rules: \"destinations\" chooses rules"),
])  # fmt: skip
def test_a_choice_of_rules_is_told(tmp_path, rules, said):
    native.write(tiau.load(write_files(tmp_path / "toy")), tmp_path / "mine")
    path = tmp_path / "mine" / "scenario.toml"
    assert "[rules]" not in path.read_text()
    path.write_text(f"{path.read_text()}\n[rules]\n{rules}\n")
    scenario, faults = examine(tmp_path / "mine")
    wrong = [str(fault) for fault in faults if fault.level == "fault"]
    assert (scenario is not None) == (not said)
    assert len(wrong) == bool(said)
    assert said in "".join(wrong)
