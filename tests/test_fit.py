"""A scenario fitted to its figures: what is learned, what is told, and where it is written."""

import csv
import dataclasses
import datetime as dt

import numpy as np
import pytest

import flee_folders
import tiau
import toys
from folders import REPORTS_HEADER, changed, write_folder
from tiau.calibration import saving
from tiau.calibration.budget import affordable
from tiau.calibration.checks import checks
from tiau.calibration.fit import fit
from tiau.calibration.learned import correlations, learned
from tiau.evaluation.coverage import fitted_until
from tiau.faults import InputError
from tiau.presentation.words import fitting
from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import Period

RATE = 0.03
DAYS = (30, 40, 50, 59)


def report(number, value, **columns):
    day = toys.day(number)
    given = {"bound": "exact", "quantity": "present", "group": "all", "place": "C", "said_by": "police"} | columns
    return Report(
        report=columns.pop("report", f"r{number}{given['place']}"), known_on=day, as_of=Period(day, day, str(day)),
        value=value, **given,
    )  # fmt: skip


def scenario(*reports, rate=RATE, **tables):
    """Two camps beyond a border, to which people leave for twenty days."""
    return toys.scenario(
        [toys.origin(people=100_000), toys.camp("C"), toys.camp("D")],
        [toys.way("O", "C", 100, crossing="X"), toys.way("O", "D", 100, crossing="Y")],
        days=60,
        parameters={**toys.LIVELY, **toys.UNLIKE, "departure_rate": rate, "return_rate": 0, "stay_inside": 0},
        **{"events": [toys.event(0, 20)], "reports": reports} | tables,
    )


def figures(value, **columns):
    return [report(number, value, **columns) for number in DAYS]


def medians(done):
    return np.exp(np.median(done.posterior, axis=1))


class TestLevel:
    @pytest.mark.parametrize("factor", [1 / 200, 1 / 20, 20])
    def test_a_rate_that_is_far_off_comes_out_right_at_the_first_try(self, factor):
        done = fit(scenario(*figures(4_000), rate=RATE * factor), members=40)
        assert len(done.levels) > 1
        assert medians(done) == pytest.approx([4_000] * 4, rel=0.5)
        assert "other rate" in fitting.level(done)

    def test_a_level_that_is_about_right_is_not_told_of(self):
        there = float(np.median(tiau.simulate(scenario(*figures(1)), members=40, seed=1).truth))
        done = fit(scenario(*figures(round(there))), members=40)
        assert len(done.levels) == 1
        assert fitting.level(done) == ""

    @pytest.mark.parametrize(
        ("tables", "why"),
        [
            ({"events": []}, "add the events"),
            ({"departures": (toys.leave(1, 10),)}, "departures.csv gives who leaves"),
            ({"acts": [toys.close(("X", "Y"), 0)]}, "look at who may leave and where to"),
            ({"routes": ()}, "add routes"),
        ],
    )
    def test_figures_that_no_rate_reaches_are_refused_with_what_stands_in_the_way(self, tables, why):
        with pytest.raises(InputError, match="times as many people were reported as the scenario has") as refused:
            fit(scenario(*figures(4_900)).model_copy(update=tables), members=20)
        assert why in str(refused.value)

    def test_more_people_than_can_leave_are_refused(self):
        shut = toys.close(("X", "Y"), 0, 0.95)
        with pytest.raises(InputError, match="people run out"):
            fit(scenario(*figures(90_000), acts=[shut]), members=20)


class TestLearned:
    def test_what_a_place_attracts_is_learned_where_figures_tell(self):
        done = fit(scenario(*figures(6_000), *figures(1_000, place="D")), members=100)
        attracts = {one.name: one for one in learned(done) if one.kind == "attraction"}
        assert attracts["C"].posterior[1] > 1.4 * attracts["D"].posterior[1]
        assert attracts["C"].told
        middle = medians(done)
        assert middle[:4] == pytest.approx([6_000] * 4, rel=0.5)
        assert middle[4:] == pytest.approx([1_000] * 4, rel=0.5)

    def test_what_no_figure_tells_keeps_its_spread_and_is_named(self):
        done = fit(scenario(*figures(4_000)), members=100)
        things = learned(done)
        waiting = next(one for one in things if one.name == "km_per_day_waited")
        assert not waiting.told
        assert any("km_per_day_waited" in line for line in fitting.untold(things) if line.startswith("judged"))
        assert [one.left for one in things] == sorted(one.left for one in things)

    def test_what_few_members_lose_by_chance_is_not_taken_for_learned(self):
        toy = scenario(*figures(4_000))
        few, many = fit(toy, members=15), fit(toy, members=200)
        assert few.by_chance < many.by_chance <= 1.01
        waiting = next(one for one in learned(few) if one.name == "km_per_day_waited")
        assert waiting.left > 0.8

    def test_what_goes_together_by_construction_alone_is_no_correlation_that_was_learned(self):
        done = fit(scenario(*figures(4_000)), members=100)
        pairs = [{one.name, other.name} for one, other, _, _ in correlations(learned(done))]
        assert {"departure_rate", "event_memory_days"} not in pairs

    def test_the_scenario_runs_as_it_was_fitted(self):
        done = fit(scenario(*figures(4_000)), members=20, seed=3)
        again = tiau.simulate(done.scenario, members=20, seed=3)
        # What hardly moved is drawn by the prior again.
        reported = np.log(again.truth) + np.log(coverage_of(again))
        assert np.corrcoef(reported.ravel(), done.posterior.ravel())[0, 1] > 0.97

    def test_the_same_seed_and_members_give_the_same_again(self):
        toy = scenario(*figures(4_000))
        assert fit(toy, members=20).learned == fit(toy, members=20).learned
        assert fit(toy, members=20).learned != fit(toy, members=20, seed=2).learned


def coverage_of(result):
    return np.array([result.parameters["coverage_register"]])


class TestFigures:
    def test_too_few_figures_by_a_day_say_on_which_there_are_enough(self):
        with pytest.raises(InputError, match=rf"until.*leaves 2 figures.*by {toys.day(50)} there are 3"):
            fit(scenario(*figures(4_000)), until=toys.day(49))

    def test_a_day_before_the_first_figure_says_so_too(self):
        with pytest.raises(InputError, match="leaves 0 figures"):
            fit(scenario(*figures(4_000)), until="2021-01-02")

    def test_a_scenario_with_too_few_figures_says_why_they_are_not_placed(self):
        strange = [report(number, 4_000, place="Nowhere") for number in DAYS]
        with pytest.raises(InputError, match=r"has 0 figures.*of its 4 reports 4 not placed: \"Nowhere\" is neither"):
            fit(scenario(*strange))

    def test_few_members_are_refused(self):
        with pytest.raises(InputError, match="too few to learn"):
            fit(scenario(*figures(4_000)), members=5)

    def test_nothing_that_was_known_later_is_used(self):
        later = report(59, 90_000)
        one, other = (fit(scenario(*figures(4_000)[:3], last), until=toys.day(50), members=20).learned
                      for last in (figures(4_000)[3], later))  # fmt: skip
        assert one == dataclasses.replace(other, scenario_digest=one.scenario_digest)

    def test_a_scenario_counts_as_fitted_until_its_posterior_knows(self):
        toy = scenario(*figures(4_000))
        assert fitted_until(toy) is None
        assert fitted_until(fit(toy, until=toys.day(50), members=10).scenario) == toys.day(50)
        assert fitted_until(fit(toy, members=10).scenario) == toys.day(59)


class TestBudget:
    @pytest.mark.parametrize(("seconds", "members"), [(1e9, 200), (90, 100), (1, 50), (-5, 50)])
    def test_as_many_members_as_there_is_time_for(self, seconds, members):
        assert affordable(seconds, runs=9, pace=0.1) == members

    def test_a_fit_in_no_time_has_the_fewest_members_and_says_so(self):
        done = fit(scenario(*figures(4_000)), minutes=1e-3)
        assert done.learned.members == 50
        assert "give more --minutes" in fitting.how(done)
        assert "--members 50 --seed 1" in fitting.how(done)


class TestChecks:
    def test_fitted_figures_lie_inside_more_narrow_bands(self):
        toy = scenario(*figures(4_000), report(45, 10, bound="at_least"))
        found = checks(fit(toy, members=50))
        assert found.named.tolist().count(True) == 4
        assert found.inside(found.posterior)[90] == 4
        assert found.held(found.posterior) == [True]
        widths = [np.diff(np.log(np.quantile(of[found.named], (0.05, 0.95), axis=1)), axis=0).mean()
                  for of in (found.prior, found.posterior)]  # fmt: skip
        assert widths[1] < 0.8 * widths[0]

    def test_ranks_are_shares_of_members_below(self):
        done = fit(scenario(*figures(4_000)), members=20)
        found = dataclasses.replace(checks(done), posterior=np.tile(np.arange(3_991.0, 4_011.0), (4, 1)))
        assert found.ranks(found.posterior).tolist() == [9.5 / 20] * 4


FEW_FIGURES = REPORTS_HEADER + "".join(
    f"R{day},2021-03-{day},,2021-03-{day},{place},,all,present,{value},exact,,,,,office,paper,https://example.org/1,\n"
    for day, place, value in ((10, "North", 150), (15, "Delta", 90), (20, "North", 200), (30, "Epsilon", 100))
)


@pytest.fixture
def small(tmp_path):
    return write_folder(tmp_path / "small", reports=FEW_FIGURES)


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestCommand:
    def test_it_writes_beside_the_tables_and_runs_go_by_it(self, here, small):
        before = contents(small)
        done = here("fit", "small", "--members", 20)
        assert done.returncode == 0, done.stderr
        after = contents(small)
        assert {name: after[name] for name in before} == before
        new = {str(name).replace("\\", "/") for name in after.keys() - before.keys()}
        assert new == {"posterior.csv", "fit/learned.csv", "fit/correlations.csv", "fit/checks.csv", "fit/checks.svg"}
        assert "next: tiau run small" in done.stdout
        ran = here("run", "small", "--members", 4, "--no-width-sources")
        assert "Conditioned on 4 figures known until 2021-03-30" in ran.stdout.replace("\n", " ")
        assert here("check", "small").stdout.count("posterior") == 0

    def test_what_it_says_stands_in_eighty_columns(self, here, small, monkeypatch):
        monkeypatch.setenv("COLUMNS", "80")
        done = here("fit", "small", "--members", 20)
        assert max(map(len, done.stdout.splitlines())) <= 80
        told = ("Fitted to 4 figures known by 2021-03-30", "What was learned", "How much figures err", "fitted figures")
        for said in (*told, "--members 20 --seed 1 gives the same", "next: tiau run small"):
            assert said in " ".join(done.stdout.split())

    def test_a_later_fit_takes_the_place_of_an_earlier_one(self, here, small):
        here("fit", "small", "--members", 10)
        first = contents(small)
        done = here("fit", "small", "--members", 10, "--seed", 2, "--until", "2021-03-25")
        assert done.returncode == 0, done.stderr
        assert tiau.load(small).posterior.known_until == dt.date(2021, 3, 25)
        assert contents(small).keys() == first.keys()

    def test_a_copy_is_fitted_and_fitted_again_and_nothing_else_is_replaced(self, here, small, tmp_path):
        before = contents(small)
        assert here("fit", "small", "--members", 10, "--out", "copy").returncode == 0
        assert contents(small) == before
        assert tiau.load(tmp_path / "copy").posterior.members == 10
        assert here("fit", "small", "--members", 12, "--out", "copy").returncode == 0
        assert tiau.load(tmp_path / "copy").posterior.members == 12
        for table in ("scenario", "acts"):
            write_folder(
                tmp_path / "other", **{table: changed(table, "0.0001" if table == "scenario" else "0.5", "0.4")}
            )
            refused = here("fit", "small", "--members", 10, "--out", "other")
            assert refused.returncode == 2
            assert "--out" in refused.stderr
            assert "holds no copy of this scenario" in refused.stderr

    def test_copies_keep_what_was_learned(self, here, small, tmp_path):
        here("fit", "small", "--members", 10)
        assert here("copy", "small", "again").returncode == 0
        assert contents(tmp_path / "again") == contents(small)
        assert tiau.load("again").posterior == tiau.load("small").posterior

    @pytest.mark.parametrize("source", ["mizoram-2021", "case"])
    def test_what_is_no_folder_of_tables_needs_another_one(self, here, tmp_path, source):
        flee_folders.write_files(tmp_path / "case")
        done = here("fit", source, "--members", 10)
        assert done.returncode == 2
        assert "--out" in done.stderr
        assert "name a folder" in done.stderr

    def test_a_case_of_flee_becomes_a_scenario_with_what_was_learned(self, here, tmp_path):
        flee_folders.write_files(tmp_path / "case")
        done = here("fit", "case", "--members", 10, "--out", "fitted")
        assert done.returncode == 0, done.stderr
        checked = here("check", "fitted")
        assert "another state" not in checked.stdout
        learned = tiau.load("fitted").posterior
        assert learned.members == 10
        assert max(row.known for row in tiau.load("case").departures) <= learned.known_until

    def test_tables_of_what_was_learned_can_be_read(self, here, small):
        here("fit", "small", "--members", 20)
        with (small / "fit" / "learned.csv").open(encoding="utf-8", newline="") as stream:
            rows = {(row["kind"], row["name"]): row for row in csv.DictReader(stream)}
        rate = rows["parameter", "departure_rate"]
        assert float(rate["p05"]) < float(rate["p50"]) < float(rate["p95"])
        assert rows["parameter", "km_per_day_waited"]["judged"] == "yes"
        with (small / "fit" / "checks.csv").open(encoding="utf-8", newline="") as stream:
            assert {row["report"] for row in csv.DictReader(stream)} == {"R10", "R15", "R20", "R30"}
        assert (small / "fit" / "checks.svg").read_text(encoding="utf-8").startswith("<svg")

    @pytest.mark.parametrize("out", [None, "copy"])
    def test_a_fit_that_is_stopped_while_it_is_written_leaves_nothing(self, small, tmp_path, monkeypatch, out):
        def stop(*_):
            raise KeyboardInterrupt

        done = fit(small, members=10)
        before = contents(tmp_path)
        where = saving.target(small, out and tmp_path / out, done.scenario)
        monkeypatch.setattr(saving, "write_csv", stop)
        with pytest.raises(KeyboardInterrupt):
            saving.save(where, done, learned(done), checks(done), "<svg/>")
        assert contents(tmp_path) == before
        assert not (tmp_path / "copy").exists()
