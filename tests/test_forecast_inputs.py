"""What a forecast was made from is kept in its folder: opened again it is the same, and gives the same numbers."""

import numpy as np
import pytest

import tiau
from forecast_toys import fleeing
from tiau.forecasting import ahead
from tiau.forecasting.delivery import INPUTS, save
from tiau.loading import examine
from tiau.results.folder import is_result, prepare
from toys import day

GIVEN = {"origin": day(60), "horizon": 30, "members": 20, "jobs": 1}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("made") / "out"
    found = tiau.forecast(fleeing(), **GIVEN)
    save(found, fleeing(), out, seed=1)
    return found, out


def test_the_scenario_is_there_as_it_was_read(made):
    _, out = made
    scenario, faults = examine(out / INPUTS)
    assert [fault for fault in faults if fault.file == "posterior.csv"] == []
    assert scenario.without_posterior().digest() == fleeing().digest()


def test_it_gives_the_same_numbers_again_without_a_fit(made, monkeypatch):
    found, out = made

    def never(*_, **__):
        raise AssertionError

    monkeypatch.setattr(ahead, "fit", never)
    again = tiau.forecast(out / INPUTS, **GIVEN)
    assert np.array_equal(again.quantiles, found.quantiles, equal_nan=True)
    assert np.array_equal(again.draws, found.draws)


def test_a_forecast_takes_the_place_of_an_earlier_one_that_is_whole(made, tmp_path):
    found, _ = made
    save(found, fleeing(), tmp_path / "out", seed=1)
    prepare(tmp_path / "out")
    save(found, fleeing(), tmp_path / "out", seed=1)
    assert is_result(tmp_path / "out")
    with (tmp_path / "out" / INPUTS / "reports.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not is_result(tmp_path / "out")
