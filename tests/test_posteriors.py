"""Posteriors of other days that come with a scenario: a folder of them, which one a forecast goes by, what is told."""

import datetime as dt
import shutil
from dataclasses import replace

import pytest

import tiau
from forecast_toys import counted, fleeing
from tiau.calibration.evidence import last_known
from tiau.faults import InputError
from tiau.forecasting import ahead
from tiau.forecasting.fitted import fitted_to
from tiau.loading import examine
from tiau.readers import native
from tiau.readers.posterior import POSTERIOR_FILE, POSTERIORS, kept_as, write_posterior
from toys import day

LATE, EARLY = day(60), day(45)
KEPT = kept_as(EARLY)


@pytest.fixture(scope="module")
def fits():
    """What fits to two days learned; the toy's last figures before them are of the 61st and 41st day."""
    return {until: tiau.fit(fleeing(), until=until, members=12, jobs=1).learned for until in (LATE, EARLY)}


@pytest.fixture
def fitted(fits):
    return fleeing().model_copy(update={"posterior": fits[LATE], "posteriors": (fits[EARLY],)})


@pytest.fixture
def folder(fitted, tmp_path):
    native.write(fitted, tmp_path / "toy")
    return tmp_path / "toy"


def faults_of(folder):
    return [str(fault) for fault in examine(folder)[1] if fault.file.startswith("posterior")]


def test_a_folder_keeps_them_and_its_digest_is_the_same(fitted, folder):
    again = tiau.load(folder)
    assert again == fitted
    assert again.posteriors == fitted.posteriors
    assert [path.name for path in (folder / POSTERIORS).iterdir()] == [f"{EARLY}.csv"]
    shutil.rmtree(folder / POSTERIORS)
    assert tiau.load(folder).digest() == fitted.digest()
    assert tiau.load(folder).posteriors == fitted.without_posterior().posteriors == ()


def test_a_day_goes_by_the_one_that_knows_what_was_known_on_it(fitted, fits):
    assert fitted_to(fitted, day(70)) == fitted_to(fitted, LATE) == fits[LATE]
    # On the 51st day a figure became known.
    assert [fitted_to(fitted, day(number)) for number in (44, 45, 49, 50)] == [None, fits[EARLY], fits[EARLY], None]
    assert fitted.known_by(day(49)).posteriors == (fits[EARLY],)
    assert fitted.known_by(day(44)).posteriors == ()


def test_a_forecast_goes_by_it_in_place_of_a_fit(fitted, fits, monkeypatch):
    given = {"origin": EARLY, "horizon": 7, "members": 12, "jobs": 1}
    by_it = fleeing().model_copy(update={"posterior": fits[EARLY]})

    def never(*_, **__):
        raise AssertionError

    monkeypatch.setattr(ahead, "fit", never)
    assert tiau.forecast(fitted, **given).samples.tolist() == tiau.forecast(by_it, **given).samples.tolist()
    with pytest.raises(AssertionError):
        tiau.forecast(fitted.model_copy(update={"posteriors": ()}), **given)


def test_one_of_another_state_or_prior_is_not_used_and_that_is_said(fitted, fits, folder):
    more = fitted.model_copy(update={"reports": (*fitted.reports, counted("new", 70, 5))})
    assert fitted_to(more, EARLY) is None
    of_another_prior = replace(fits[EARLY], prior_digest="0" * 64)
    assert fitted_to(fitted.model_copy(update={"posteriors": (of_another_prior,)}), EARLY) is None
    assert faults_of(folder) == []
    reports = folder / "reports.csv"
    reports.write_text(reports.read_text(encoding="utf-8").replace("2400", "2401"), encoding="utf-8")
    again = f"fit again (tiau fit --until {EARLY}), or delete it"
    assert faults_of(folder)[-1] == (
        f"{KEPT}: was fitted to another state of this scenario; forecasts do not go by it: {again}"
    )
    assert fitted_to(tiau.load(folder), EARLY) is None


def test_one_that_cannot_be_read_or_is_named_by_another_day_is_a_fault(folder, fits):
    (folder / POSTERIORS / "old.csv").write_text("kind\n", encoding="utf-8")
    write_posterior(folder / POSTERIORS / "2021-01-01.csv", fits[EARLY])
    (folder / POSTERIORS / "notes.txt").write_text("not read", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        tiau.load(folder)
    said = [str(fault) for fault in caught.value.faults]
    named_otherwise = f"holds what was known until {EARLY}, and is named otherwise; rename it to {EARLY}.csv"
    assert said[0] == f"{POSTERIORS}/2021-01-01.csv: {named_otherwise}"
    assert said[1].startswith(f'{POSTERIORS}/old.csv row 1: has no column "name"')


def test_a_fit_until_a_day_says_how_it_is_kept(folder, here):
    done = here("fit", folder, "--until", EARLY, "--members", 10)
    assert done.returncode == 0, done.stderr
    assert f"copy {POSTERIOR_FILE} to {KEPT}" in done.stdout.replace("\n", " ")
    (folder / KEPT).unlink()
    shutil.copy(folder / POSTERIOR_FILE, folder / KEPT)
    assert fitted_to(tiau.load(folder).model_copy(update={"posterior": None}), EARLY).members == 10


def test_mizoram_comes_with_that_of_the_day_from_which_it_is_forecast():
    scenario = tiau.load("mizoram-2021")
    assert min(last_known(scenario), scenario.settings.end) == dt.date(2022, 8, 31)
    for origin in (dt.date(2022, 8, 31), dt.date(2021, 12, 31)):
        assert fitted_to(scenario, origin).known_until == origin
        assert fitted_to(scenario, origin).members == 200
