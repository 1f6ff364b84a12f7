"""Every run ends with its people counted: a miss is a failure with a sentence, never a number."""

import numpy as np
import pytest

import flee_toys
import tiau
from flee_folders import write_files
from folders import write_folder
from tiau import flee
from tiau.engine import run
from tiau.engine.conservation import Audit
from tiau.engine.day import advance
from tiau.evaluation.spread_sources import spread_sources
from tiau.faults import ConservationError
from tiau.flee.destinations import simulate_destinations


def damaged(monkeypatch, harm, *, on=3):
    """Let something go wrong with a batch at the end of a day."""

    def harmed(batch, day):
        advance(batch, day)
        if day == on:
            harm(batch)

    monkeypatch.setattr(run, "advance", harmed)


def lose_one(batch):
    batch.people.home[-1, 0] -= 1


def add_a_part(batch):
    batch.people.trapped[0, 0, 0] += 1e-4


def swap_for_a_negative(batch):
    batch.people.settled[0, 0, 0] -= 1e6
    batch.people.home[0, 0] += 1e6


def lose_a_number(batch):
    batch.people.registered[0, 0, 0] = np.nan


@pytest.mark.parametrize("harm", [lose_one, add_a_part, swap_for_a_negative, lose_a_number])
@pytest.mark.parametrize("chance", [True, False])
def test_a_run_that_loses_or_makes_people_has_no_result(tmp_path, monkeypatch, harm, chance):
    scenario = tiau.load(write_folder(tmp_path / "small"))
    damaged(monkeypatch, harm)
    with pytest.raises(ConservationError, match=r"do not add up: in member \d"):
        tiau.simulate(scenario, members=3, chance=chance)


def test_the_message_names_the_member_and_both_numbers(tmp_path, monkeypatch):
    scenario = tiau.load(write_folder(tmp_path / "small"))
    damaged(monkeypatch, lose_one)
    with pytest.raises(ConservationError, match=r"in member 3 29,999 people are somewhere of 30,000; a fault of Tiau"):
        tiau.simulate(scenario, members=3, jobs=1)
    with pytest.raises(ConservationError, match="in member 1 29,999 people"):
        tiau.simulate(scenario, members=3, jobs=3)


def test_the_small_ensembles_for_the_spread_sources_are_counted_too(tmp_path, monkeypatch):
    result = tiau.simulate(tiau.load(write_folder(tmp_path / "small")), members=2)
    damaged(monkeypatch, lose_one)
    with pytest.raises(ConservationError):
        spread_sources(result)


def lose_an_agent(batch):
    batch.state.here["occupied"][0, 0] -= 1


def lose_one_who_rests(batch):
    batch.state.rest["people"][0, 0, 0] -= 1


def owe_some_on_the_way(batch):
    batch.state.rest["people"][0, 0, 0] -= 1
    batch.state.here["occupied"][0, 0] -= 1
    batch.state.on_way["people"][0, 0] -= 5
    batch.state.created[0] -= 6


@pytest.mark.parametrize("harm", [lose_an_agent, lose_one_who_rests, owe_some_on_the_way])
@pytest.mark.parametrize("chance", [True, False])
def test_a_run_of_flees_rules_that_loses_agents_has_no_result(monkeypatch, harm, chance):
    case = flee_toys.star()
    damaged(monkeypatch, harm, on=case.days - 1)
    with pytest.raises(ConservationError, match="in member 1 "):
        flee.simulate(case, members=2, chance=chance)


def test_a_case_under_the_destinations_rules_is_counted_too(monkeypatch):
    def lose_a_part(batch):
        batch.people.settled[0, 0] *= 1 - 1e-6

    case = flee_toys.star()
    simulate_destinations(case)
    damaged(monkeypatch, lose_a_part, on=case.days - 1)
    with pytest.raises(ConservationError):
        simulate_destinations(case)


@pytest.mark.parametrize("command", ["run", "compare", "flee"])
def test_the_command_ends_with_a_sentence_and_writes_nothing(here, tmp_path, monkeypatch, command):
    if command == "flee":
        folder = write_files(tmp_path / "small")
        damaged(monkeypatch, lose_an_agent)
    else:
        folder = write_folder(tmp_path / "small")
        (folder / "what-ifs").mkdir()
        (folder / "what-ifs" / "open.toml").write_text(
            'title = "Open"\nwhy = "To see"\n[[drop]]\ntable = "acts"\nid = ["A1"]\n', encoding="utf-8"
        )
        damaged(monkeypatch, lose_one)
    options = ("--change", "open") if command == "compare" else ()
    done = here(command, folder, *options, "--members", 2, "--out", "result")
    assert done.returncode == 1
    assert done.stderr.count("people do not add up") == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "result").exists()


def test_expectations_may_round_and_counts_may_not():
    expected = np.array([1e6, 1e6])
    Audit(expected, chance=False).same(expected + 1e-4)
    for chance, off in ((True, 1e-4), (False, 1e-2), (False, np.nan)):
        with pytest.raises(ConservationError, match="in member 2 "):
            Audit(expected, chance=chance).same(expected + np.array([0, off]))


@pytest.mark.parametrize("number", [-1.0, np.nan, np.inf, -np.inf])
def test_numbers_that_cannot_count_people_are_refused(number):
    people = np.zeros((2, 3, 4))
    for chance in (True, False):
        Audit(np.ones(2), chance=chance).counts("settled", people)
    people[1, 2, 3] = number
    for chance in (True, False):
        with pytest.raises(ConservationError, match='in member 2 the number of people "settled" became'):
            Audit(np.ones(2), chance=chance).counts("settled", people)


def test_nobody_expected_and_nobody_there_is_right():
    Audit(np.zeros(3), chance=True).same(np.zeros(3))
