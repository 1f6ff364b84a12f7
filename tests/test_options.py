"""Numbers, days and other arguments: on the command line and in Python."""

import datetime as dt

import pytest

import tiau
from flee_folders import write_files
from folders import write_folder
from tiau import flee
from tiau.engine import memory
from tiau.evaluation.spread_sources import spread_sources
from tiau.faults import InputError

NO_WHOLE_NUMBERS = ["1.5", "2.0", "0x2", "0b1", "1_000", "1e3", " 5 ", "+5", "\N{ARABIC-INDIC DIGIT THREE}", "\uff15",
                    "", "many", "nan", "inf", "true", "5%", "1,000"]  # fmt: skip
OUT_OF_BOUNDS = {"--members": ["0", "-3", "1000001", "9" * 20, "9" * 5000], "--jobs": ["0", "-1", "99999"],
                 "--seed": ["-1", str(2**64), str(-(2**70))], "--suppress-below": ["-5", "9" * 30]}  # fmt: skip
NO_DAYS = ["2021-W01-1", "20210305", "2021-3-5", "5.3.2021", "2021-02-30", "2021-03-05T00:00", " 2021-03-05",
           "\N{ARABIC-INDIC DIGIT TWO}021-03-05", "", "today", "2021-03", "44260"]  # fmt: skip


@pytest.mark.parametrize("option", OUT_OF_BOUNDS)
@pytest.mark.parametrize("text", NO_WHOLE_NUMBERS)
def test_what_is_no_whole_number_is_refused_before_the_run(here, tmp_path, option, text):
    done = here("run", "mizoram-2021", f"{option}={text}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option}: " in done.stderr
    assert "is not a whole number; give a whole number from " in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("option", "text"), [(o, text) for o, texts in OUT_OF_BOUNDS.items() for text in texts])
def test_number_out_of_bounds_is_refused_with_the_bounds(here, option, text):
    done = here("run", "mizoram-2021", option, text)
    assert done.returncode == 2
    assert "is out of bounds; give a whole number from " in done.stderr
    assert len(done.stderr) < 300


@pytest.mark.parametrize("option", ["--scale", "--members", "--seed", "--jobs"])
def test_options_of_flee_are_whole_numbers_too(here, option):
    assert "is not a whole number" in here("flee", "case", option, "1.5").stderr
    assert "is out of bounds" in here("flee", "case", option, "-1").stderr


@pytest.mark.parametrize("arguments", [("run", "mizoram-2021", "--until"), ("compare", "mizoram-2021", "--until"),
                                       ("acts", "mizoram-2021", "--at", "Zokhawthar", "--on")])  # fmt: skip
@pytest.mark.parametrize("text", NO_DAYS)
def test_days_are_iso_days_and_nothing_else(here, arguments, text):
    done = here(*arguments, text)
    assert done.returncode == 2
    assert "is not a day" in done.stderr
    assert "; write it as YYYY-MM-DD" in done.stderr


@pytest.mark.parametrize("argument", ["o\udce9", "o\n", "\x1b[2J", "a\u202eb", "x\x7f"])
def test_argument_that_cannot_be_read_is_refused_in_one_printable_line(here, tmp_path, argument):
    for arguments in (("run", "mizoram-2021", "--out", argument), ("check", argument), ("copy", "a", argument)):
        done = here(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"argument {len(arguments)}: " in done.stderr
        assert done.stderr.rstrip("\n").isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [{"members": 2.5}, {"members": 0}, {"members": True}, {"members": "2"},
                                   {"members": 10**7}, {"seed": -1}, {"seed": 2**64}, {"seed": 1.5}, {"jobs": 0},
                                   {"jobs": 1.5}], ids=str)  # fmt: skip
def test_functions_refuse_the_same_numbers_by_the_name_of_the_argument(given):
    (name,) = given
    scenario = tiau.load("mizoram-2021").until(dt.date(2021, 2, 2))
    with pytest.raises(ValueError, match=f"^{name} must be a whole number from "):
        tiau.simulate(scenario, **given)
    with pytest.raises(ValueError, match=f"^{name} must be a whole number from "):
        tiau.compare(scenario, "federal-order-enforced", **given)
    with pytest.raises(ValueError, match=f"^{name} must be a whole number from "):
        flee.simulate(None, **given)


def test_largest_seed_runs_and_its_result_is_written(here, tmp_path):
    folder = write_folder(tmp_path / "small")
    done = here("run", folder, "--members", 1, "--until", "2021-02-04", "--no-width-sources", "--out", "o", "--seed",
                2**64 - 1)  # fmt: skip
    assert done.returncode == 0
    assert (tmp_path / "o" / "result.nc").stat().st_size > 0


def test_width_refuses_threads_that_are_none():
    result = tiau.simulate(tiau.load("mizoram-2021").until(dt.date(2021, 2, 2)), members=1)
    with pytest.raises(ValueError, match="jobs must be a whole number"):
        spread_sources(result, jobs=0)


@pytest.mark.parametrize("members", [1_000_000, 40_000])
def test_members_that_memory_cannot_hold_are_refused_before_they_are_drawn(here, monkeypatch, tmp_path, members):
    monkeypatch.setattr(memory, "free", lambda: 1_000_000_000)
    for arguments in (("run", "mizoram-2021"), ("compare", "mizoram-2021", "--change", "border-fenced")):
        done = here(*arguments, "--members", members)
        assert done.returncode == 2
        assert f'--members: "{members}" needs ' in done.stderr
        assert "1.0 GB are free; give at most " in done.stderr
    monkeypatch.setattr(memory, "free", lambda: 20_000_000)
    assert "are free" in here("flee", write_files(tmp_path / "case"), "--members", 1_000_000).stderr


def test_members_that_just_fit_are_taken_and_one_more_is_not(monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: 1000)
    memory.require_memory(10, 100)
    with pytest.raises(InputError, match="give at most 10"):
        memory.require_memory(11, 100)


def test_memory_that_nobody_tells_of_refuses_nothing(monkeypatch):
    monkeypatch.setattr(memory, "free", lambda: None)
    memory.require_memory(10**6, 10**9)


def test_free_memory_is_a_sensible_number():
    there = memory.free()
    assert there is None or 10**8 < there < 10**14


def test_a_day_that_the_calendar_has_not_is_told_from_one_that_is_written_otherwise(here):
    for text, said in (("2021-02-30", "is not a day of the calendar"), ("30/02/2021", "is not a day;")):
        done = here("run", "mizoram-2021", "--until", text)
        assert done.returncode == 2
        assert f'--until: "{text}" {said}' in done.stderr
