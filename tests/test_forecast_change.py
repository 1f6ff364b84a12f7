"""Why a forecast says something else than an earlier one: parts that are known in toys, and that they add up."""

import csv
import json
import shutil
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiau
from forecast_toys import counted, fleeing
from tiau.faults import InputError
from tiau.forecasting.change import MIDDLE, by_chance, change, split
from tiau.forecasting.change_reports import spoken_of
from tiau.forecasting.change_saving import CHANGE, COLUMNS, TOLD, write
from tiau.forecasting.change_steps import STEPS
from tiau.forecasting.delivery import save
from tiau.forecasting.earlier import earlier, earlier_of
from tiau.forecasting.headlines import LEVELS, Headlines, headlines, read_headlines
from tiau.forecasting.prediction import known_later
from tiau.forecasting.rows_changed import news
from tiau.presentation.words import changes as words
from tiau.readers import native
from tiau.readers.tables import write_table
from tiau.results.seal import PROVENANCE, seal
from tiau.scenario.rows import Act, Event
from toys import camp, day, event

GIVEN = {"horizon": 30, "members": 40, "jobs": 1}
NOW, LATER = 60, 65


def made(scenario, folder, origin=NOW, **changes):
    found = tiau.forecast(scenario, origin=day(origin), **GIVEN | changes)
    save(found, scenario, folder, seed=changes.get("seed", 1))
    return found


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = tmp_path_factory.mktemp("before") / "out"
    made(fleeing(), folder)
    return folder


def since(before, scenario, origin=NOW, **changes):
    was = earlier(before, scenario)
    asked = GIVEN | changes
    found = tiau.forecast(scenario, origin=day(origin), **asked)
    return change(was, found, events=asked.get("events", "mixed"), jobs=1)


def with_more(**tables):
    toy = fleeing()
    return toy.model_copy(update={name: (*getattr(toy, name), *rows) for name, rows in tables.items()})


def moved(found):
    """The names of the parts that are not 0 everywhere."""
    return {name for step, name in enumerate(found.steps) if found.parts[:, step].any()}


def part(found, name, place, level=MIDDLE):
    row = next(number for number, (_, of) in enumerate(found.rows) if of == place)
    return int(found.parts[row, found.steps.index(name), level])


def told(found, row=("present", "C")):
    """The sentences of a figure as if nothing came by chance."""
    sure = replace(found, chance=np.zeros_like(found.chance))
    return words.sentences(sure, sure.rows.index(row))


@pytest.fixture(scope="module")
def grown(before):
    """Five days later with a report of one camp that is far above what was forecast."""
    return since(before, with_more(reports=[counted("C63", 63, 9_000, place="C")]), LATER)


def test_where_nothing_changed_every_part_is_0(before):
    found = since(before, fleeing())
    assert set(found.steps) == set(STEPS)
    assert not found.parts.any()
    assert found.made == ("version",)
    assert "No input changed" in words.opening(found)


def test_another_version_of_the_same_digits_is_no_change(before, tmp_path):
    shutil.copytree(before, tmp_path / "out")
    provenance = json.loads((before / PROVENANCE).read_text(encoding="utf-8")) | {"tiau": "0.0.1"}
    (tmp_path / "out" / PROVENANCE).unlink()
    seal(tmp_path / "out", provenance)
    found = since(tmp_path / "out", fleeing())
    assert found.before.version == "0.0.1"
    assert not found.parts.any()


def test_a_report_more_is_told_apart_from_days_gone_by(grown):
    assert moved(grown) <= {"days", "new reports"}
    assert grown.made == ("version", "days", "new reports")
    assert part(grown, "new reports", "C") > 1_000
    # The camp without a report changed least.
    assert [place for _, place in grown.rows][-1] == "D"
    assert not grown.within_chance[grown.rows.index(("present", "C")), grown.steps.index("new reports"), MIDDLE]


def test_a_report_that_was_known_but_filed_later_is_new_and_late(before):
    found = since(before, with_more(reports=[counted("late", 55, 9_000, known=58, place="C")]))
    assert moved(found) == {"new reports"}
    assert found.news.late == {"late"}
    assert "known since 2021-02-28 but filed later" in told(found)


def test_what_became_known_in_the_same_tables_is_new(tmp_path):
    scenario = with_more(reports=[counted("C63", 63, 9_000, place="C")])
    made(scenario, tmp_path / "out")
    found = since(tmp_path / "out", scenario, LATER)
    assert [report.report for report in found.news.reports.new] == ["C63"]
    assert "new reports" in moved(found)


def test_reports_that_are_revised_or_gone_have_parts_of_their_own(before):
    toy = fleeing()
    others = tuple(r.model_copy(update={"value": 7_000}) if r.report == "C60" else r for r in toy.reports[:-1])
    replacing = counted("D60 again", 60, 300, place="D", replaces="D50")
    found = since(before, toy.model_copy(update={"reports": (*others, replacing)}))
    assert moved(found) <= {"withdrawn reports", "revised reports"}
    assert [report.report for report in found.news.reports.gone] == ["D60"]
    assert [(old.report, new.report) for old, new in found.news.reports.revised] == [
        ("C60", "C60"), ("D50", "D60 again"),
    ]  # fmt: skip
    assert found.news.reports.new == ()
    assert part(found, "revised reports", "C") > 0


def test_a_report_that_is_not_scored_any_more_is_revised(before):
    toy = fleeing()
    others = tuple(r.model_copy(update={"not_scored": "doubtful"}) if r.report == "C60" else r for r in toy.reports)
    found = since(before, toy.model_copy(update={"reports": others}))
    assert moved(found) == {"revised reports"}
    assert "[C60, not scored any more" in told(found)


def test_an_act_alone_moves_the_part_of_acts_alone(before):
    found = since(before, with_more(acts=[act("closed", "X", effect="close", enforcement=1)]))
    assert found.made == ("version", "acts")
    assert moved(found) == {"acts"}
    assert "from acts (1 new: closed, Abroad close)" in told(found)


def test_other_settings_are_a_part(before):
    found = since(before, fleeing(), events="subsides")
    assert moved(found) == {"settings"}
    assert part(found, "settings", "C") < 0
    assert "from other settings (events mixed -> subsides)" in told(found)
    more = since(before, fleeing(), members=44)
    assert moved(more) == {"settings"}
    assert "from other settings (members 40 -> 44)" in told(more)


def test_events_that_were_expected_are_kept_and_compared(tmp_path):
    tables = [tmp_path / f"{name}.csv" for name in ("few", "many")]
    for table, severity in zip(tables, (0.1, 9), strict=True):
        write_table(table, Event, [event(70, 72, name="offensive", severity=severity)])
    made(fleeing(), tmp_path / "out", events=tables[0])
    same = since(tmp_path / "out", fleeing(), events=tables[0])
    assert not same.parts.any()
    worse = since(tmp_path / "out", fleeing(), events=tables[1])
    assert moved(worse) == {"settings"}
    assert part(worse, "settings", "C") > 0


def test_a_note_that_is_mended_changes_nothing(before):
    toy = fleeing()
    noted = tuple(report.model_copy(update={"note": "mended"}) for report in toy.reports)
    found = since(before, toy.model_copy(update={"reports": noted}))
    assert not found.parts.any()
    assert not found.news.reports


def test_a_posterior_that_came_with_the_scenario_is_told_apart_from_reports(tmp_path):
    fitted = tiau.fit(fleeing(), until=day(NOW), members=12, jobs=1, seed=5).scenario
    made(fitted, tmp_path / "out")
    assert earlier(tmp_path / "out", fitted).posterior_given
    several = fitted.model_copy(update={"posterior": None, "posteriors": (fitted.posterior,)})
    made(several, tmp_path / "several")
    assert earlier(tmp_path / "several", several).posterior_given
    found = since(tmp_path / "out", fitted)
    assert not found.parts.any()
    more = since(tmp_path / "out", with_more(reports=[counted("C63", 63, 9_000, place="C")]), LATER)
    assert more.made == ("version", "fit", "days", "new reports")


def act(name, place, **columns):
    return Act(
        act=name, from_=day(30), known_on=day(30), authority="Abroad", level="national", places=(place,), **columns
    )


def test_steps_that_cannot_be_run_alone_are_told_together(tmp_path):
    # A camp is called otherwise from now on: what was done there names nothing in the new tables.
    toy = with_more(acts=[act("food", "D", effect="relief", amount=5)])
    made(toy, tmp_path / "out")
    renamed = toy.model_copy(
        update={
            "places": (*toy.places[:-1], camp("E")),
            "routes": tuple(r.model_copy(update={"to": "E"}) if r.to == "D" else r for r in toy.routes),
            "reports": tuple(r.model_copy(update={"place": "E"}) if r.place == "D" else r for r in toy.reports),
            "acts": (act("food", "E", effect="relief", amount=5),),
        }
    )
    found = since(tmp_path / "out", renamed)
    assert found.joined == {"acts": ("tables",)}
    assert found.made == ("version", "acts", "revised reports")
    assert {place for _, place in found.rows} == {"C", "Abroad"}
    assert "from acts (1 revised), together with tables" in told(found)


def test_the_day_is_the_latest_that_both_have(before):
    was = earlier(before, fleeing())
    # Ends of weeks differ, ends of months do not.
    assert was.day_shared(day(NOW), 30) == day(90)
    assert was.day_shared(day(65), 30) == day(89)
    assert was.day_shared(day(67), 14) == day(81)


def test_reports_of_a_figure_come_first_with_what_had_been_forecast(grown):
    new, revised = spoken_of(grown, ("present", "C"))
    assert [(one.report.report, one.same, one.around, one.late) for one in new] == [("C63", True, True, False)]
    assert revised == []
    # The earlier forecast has a day four days later, and none nearer.
    assert new[0].expected is None
    nearer = since_with(grown, counted("C66", 66, 9_000, place="C"))
    said = told(grown)
    assert "somebody: 9,000 present in C on 2021-03-05 [C63, which C60 contradicts]" in said
    assert nearer.tolist() == grown.before.days[day(67)].people["present", "C"].tolist()
    other = spoken_of(grown, ("present", "D"))[0][0]
    assert not other.same
    assert not other.around
    assert "from 1 new report, none of D, the nearest beside it (somebody: 9,000" in told(grown, ("present", "D"))


def since_with(grown, report):
    """What had been forecast for a report that is added to a change."""
    added = replace(grown.news, reports=replace(grown.news.reports, new=(report,)))
    return spoken_of(replace(grown, news=added), ("present", "C"))[0][0].expected


def test_the_file_adds_up_row_by_row(grown, tmp_path):
    write(grown, words.told(grown), tmp_path)
    assert len((tmp_path / TOLD).read_text(encoding="utf-8").split("\n\n")) == 1 + len(grown.rows)
    with (tmp_path / CHANGE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(grown.rows) * len(LEVELS) * len(STEPS)
    for start in range(0, len(rows), len(STEPS)):
        of = rows[start : start + len(STEPS)]
        assert [row["part"] for row in of] == list(STEPS)
        assert all(one["after"] == then["before"] for one, then in pairwise(of))
        whole = int(of[-1]["after"]) - int(of[0]["before"])
        assert sum(int(row["change"]) for row in of) == whole
        told = grown.before.days[grown.day].people[of[0]["target"], of[0]["location"]]
        assert int(of[0]["before"]) == told[LEVELS.index(float(of[0]["quantile"]))]


def test_what_a_file_says_is_what_a_forecast_says(tmp_path):
    found = made(fleeing(), tmp_path / "out")
    read = read_headlines(tmp_path / "out" / "forecast.csv")[day(90)]
    direct = headlines(found, day(90))
    assert {row: people.tolist() for row, people in read.people.items()} == {
        row: people.tolist() for row, people in direct.people.items()
    }
    assert read.samples["present", "C"] == pytest.approx(direct.samples["present", "C"], rel=1e-5)


PEOPLE = st.lists(st.integers(0, 10**9), min_size=3, max_size=3).map(lambda three: np.array(sorted(three)))
SAID = st.dictionaries(st.sampled_from("ABC"), PEOPLE)


@given(st.lists(SAID, min_size=2, max_size=6))
@settings(deadline=None, max_examples=30)
def test_parts_always_add_up(steps):
    said = [
        Headlines({("present", place): of for place, of in step.items()},
                  {("present", place): np.tile(of, 4).astype(float) for place, of in step.items()})
        for step in steps
    ]  # fmt: skip
    rows, people, chance, in_all = split(said)
    assert set(rows) == said[0].people.keys() & said[-1].people.keys()
    for number, row in enumerate(rows):
        whole = said[-1].people[row] - said[0].people[row]
        assert np.diff(people[number], axis=0).sum(0).tolist() == whole.tolist()
    assert chance.shape[:2] == (len(rows), len(steps) - 1)
    assert len(in_all) == len(rows)


def test_chance_is_that_of_quantiles_of_as_many_members():
    draws = np.random.default_rng(3).normal(1_000, 100, (400, 2, 100))
    spread = np.diff(np.median(draws, axis=2), axis=1).std()
    told = np.mean([by_chance(*pair)[MIDDLE] for pair in draws[:40]])
    assert told == pytest.approx(2 * spread, rel=0.25)
    # Members that all gain the same leave nothing to chance.
    assert by_chance(draws[0, 0], draws[0, 0] + 50) == pytest.approx([0, 0, 0])


def test_a_revision_of_a_new_report_revises_what_that_replaced():
    first = counted("second", 61, 2_000, place="C", replaces="C60")
    second = counted("third", 62, 2_100, place="C", replaces="second")
    found = news(fleeing(), with_more(reports=[first, second]), day(NOW), day(LATER))
    assert [(old.report, new.report) for old, new in found.reports.revised] == [("C60", "second"), ("C60", "third")]
    assert found.reports.new == ()


def damaged(folder):
    with (folder / "inputs" / "reports.csv").open("a", encoding="utf-8") as file:
        file.write("\n")


def without_inputs(folder):
    provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    shutil.rmtree(folder / "inputs")
    (folder / PROVENANCE).unlink()
    seal(folder, provenance)


def of_other_inputs(folder):
    provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    provenance["scenario"]["sha256"] = "0" * 64
    (folder / PROVENANCE).unlink()
    seal(folder, provenance)


def of_another_command(folder):
    provenance = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
    (folder / "forecast.csv").unlink()
    (folder / PROVENANCE).unlink()
    seal(folder, provenance)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (damaged, "holds no whole forecast"),
        (without_inputs, "does not tell what it was made from"),
        (of_other_inputs, "holds parts of several forecasts"),
        (of_another_command, "no forecast"),
    ],
)
def test_a_folder_that_is_not_whole_is_a_sentence(before, tmp_path, damage, said):
    shutil.copytree(before, tmp_path / "out")
    damage(tmp_path / "out")
    with pytest.raises(InputError, match=said):
        earlier(tmp_path / "out", fleeing())


def test_another_scenario_no_shared_day_and_the_same_folder_are_sentences(before, tmp_path):
    other = fleeing().model_copy(update={"settings": fleeing().settings.model_copy(update={"name": "other"})})
    with pytest.raises(InputError, match="is a forecast of toy, and this one of other"):
        earlier(before, other)
    with pytest.raises(InputError, match="holds no whole forecast"):
        earlier(tmp_path / "nowhere", fleeing())
    was = earlier(before, fleeing())
    with pytest.raises(InputError, match="of no such day; name a forecast with days ahead"):
        was.day_shared(day(100), 30)
    with pytest.raises(InputError, match="give --horizon 25, which ends on 2021-04-01"):
        was.day_shared(day(65), 20)
    with pytest.raises(InputError, match="was made from 2021-03-02, which is after 2021-02-20"):
        was.day_shared(day(50), 30)
    with pytest.raises(InputError, match="in its place"):
        earlier_of(before, fleeing(), before)
    assert earlier_of(None, fleeing(), before) is None


def test_reports_that_cannot_both_be_true_are_said_to_be(before):
    high, low = (counted(name, 63, value, place="C") for name, value in (("high", 9_000), ("low", 2_000)))
    said = told(since(before, with_more(reports=[high, low]), LATER))
    assert "[high, which C60 and low contradict]" in said
    assert "[low, which high contradicts]" in said


def test_reports_known_after_the_end_are_not_passed_over_in_silence():
    assert list(known_later(fleeing())) == []
    (warning,) = known_later(with_more(reports=[counted("C110", 110, 9_000, known=130, place="C")]))
    assert str(day(130)) in warning.remedy


def test_events_that_become_known_are_a_part(before):
    worse = [event(number, number + 1, name=f"w{number}", severity=4) for number in range(61, 65)]
    found = since(before, with_more(events=worse), LATER)
    assert found.made == ("version", "days", "events")
    assert part(found, "events", "C") > 0
    assert "from events (4 new, most in O (4))" in told(found)


def test_the_command_says_why_and_writes_it(here, tmp_path):
    native.write(fleeing(), tmp_path / "toy")
    asked = ("--members", 20, "--horizon", 30, "--jobs", 1)
    assert here("forecast", "toy", "--origin", day(NOW), *asked, "--out", "first").returncode == 0
    shutil.rmtree(tmp_path / "toy")
    native.write(with_more(reports=[counted("C63", 63, 9_000, place="C")]), tmp_path / "toy")
    done = here("forecast", "toy", "--origin", day(LATER), *asked, "--out", "second", "--since", "first")
    assert done.returncode == 0
    assert f"figures of {day(89)}" in done.stdout
    assert "new reports" in done.stdout
    assert {CHANGE, TOLD} <= {path.name for path in (tmp_path / "second").iterdir()}
    refused = here("forecast", "toy", *asked, "--out", "first", "--since", "first")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--since" in refused.stderr
    damaged(tmp_path / "first")
    refused = here("forecast", "toy", "--origin", day(LATER), *asked, "--since", "first")
    assert refused.returncode == 2
    assert "--since: " in refused.stderr
    assert "holds no whole forecast" in refused.stderr
