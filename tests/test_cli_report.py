"""`tiau report`: what it puts into a folder, what it refuses before it runs, and that it leaves nothing half."""

import json

import pytest

import toys
from forecast_toys import fleeing
from tiau.cli.reporting import NOT_ASKED
from tiau.forecasting import prediction
from tiau.forecasting.methods import METHODS
from tiau.readers import native
from tiau.what_ifs import comparison, files

WHAT_IF = 'title = "Less <b>room</b>"\nwhy = "a test"\n[[set]]\ntable = "places"\nid = "A"\ncapacity = 5\n'
FEW = ("--members", 6, "--jobs", 1)


@pytest.fixture
def given(tmp_path):
    """A scenario that says who leaves and counts nobody, so that it cannot be forecast; with a what-if."""
    native.write(toys.line(departures=[toys.leave(2, 300)], days=31), tmp_path / "given")
    (tmp_path / "given" / files.FOLDER).mkdir()
    (tmp_path / "given" / files.FOLDER / "less.toml").write_text(WHAT_IF, encoding="utf-8")
    return tmp_path


@pytest.fixture
def counted(tmp_path):
    """A scenario with figures, that a forecast is fitted to."""
    native.write(fleeing(), tmp_path / "counted")
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def page(folder):
    return (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--trigger", "nowhere"), '--trigger: "nowhere" is not understood'),
        (("--trigger", "Atlantis > 100 within 30 days"), 'names "Atlantis"'),
        (("--trigger", "C > 100 within 80 days", "--horizon", 30), "--trigger: "),
        (("--change", "no-such"), "no-such"),
        (("--change", "no-such", "--no-what-ifs"), "--change: goes against --no-what-ifs; give one of them"),
        (("--trigger", "C > 9000 within 30 days", "--no-forecast"), "--trigger: goes against --no-forecast"),
        (("--horizon", 0), "--horizon: "),
    ],
)
def test_what_cannot_be_answered_is_refused_before_anything_is_run(here, counted, monkeypatch, arguments, said):
    monkeypatch.setattr("tiau.simulation.simulate", lambda *_, **__: pytest.fail("it ran"))
    done = here("report", "counted", *arguments, "--out", "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert names(counted) == ["counted"]


def test_faults_of_options_that_go_against_each_other_are_told_together(here, counted):
    done = here(
        "report", "counted", "--trigger", "C > 9 within 9 days", "--no-forecast", "--change", "x", "--no-what-ifs"
    )
    assert done.returncode == 2
    assert "--no-forecast" in done.stderr
    assert "--no-what-ifs" in done.stderr


def test_a_scenario_that_cannot_be_forecast_says_why_and_has_its_what_ifs(here, given):
    done = here("report", "given", *FEW, "--out", "out")
    assert done.returncode == 0, done.stderr
    told = page(given / "out")
    assert "There is no forecast. scenario: &#34;toy&#34; counts nobody; add reports of stocks" in told
    assert "Less &lt;b&gt;room&lt;/b&gt;" in told
    assert "<b>room" not in told
    assert "compare.html" in names(given / "out" / "what-ifs")
    assert "forecast" not in names(given / "out")
    assert "what-ifs" in done.stdout
    assert "its own page and tables" not in done.stdout


def test_what_is_left_out_is_not_made_and_the_page_says_so(here, given):
    done = here("report", "given", *FEW, "--no-forecast", "--no-what-ifs")
    assert done.returncode == 0, done.stderr
    out = given / "tiau-out" / "toy-report"
    assert NOT_ASKED in page(out)
    assert "No what-if was asked for" in page(out)
    assert not {"forecast", "what-ifs"} & set(names(out))
    assert (out / "areas.csv").is_file()


def test_a_forecast_lies_beside_the_page_with_its_triggers(here, counted):
    trigger = "C > 9000 within 20 days"
    done = here(
        "report", "counted", "--members", 10, "--jobs", 1, "--horizon", 20, "--trigger", trigger, "--out", "out"
    )
    assert done.returncode == 0, done.stderr
    assert {"forecast.html", "forecast.csv", "areas.csv"} <= set(names(counted / "out" / "forecast"))
    assert 'data-file="forecast/forecast.csv"' in page(counted / "out")
    # Counts are of its camps.
    told = "will be counted in Abroad: forecast on 2 March 2021, when no count of it was known."
    assert told in page(counted / "out")
    assert "C &gt; 9000" in page(counted / "out")
    first_pages, _, annex = page(counted / "out").partition('class="annex"')
    assert "By other methods: figures alone" in first_pages
    assert [name for name in METHODS if "_" in name and name in first_pages] == []
    assert "<dt>figures alone</dt><dd>another method of forecasting, statistical in files" in annex
    assert "what-ifs" not in names(counted / "out")
    listed = json.loads((counted / "out" / "provenance.json").read_text(encoding="utf-8"))["files"]
    assert "forecast/forecast.csv" in listed


@pytest.mark.parametrize(("room", "name"), [(prediction, "forecast"), (comparison, "compare")])
def test_ctrl_c_leaves_nothing(here, given, monkeypatch, room, name):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(room, name, stopped)
    done = here("report", "given", *FEW, "--out", "new/out")
    assert done.returncode == 130
    assert "stopped; nothing half-written is left" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(given) == ["given"]
