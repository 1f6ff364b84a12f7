"""Triggers: sentences read, asked of a forecast, answered by members whose courses are known, kept with a scenario."""

import csv
import html
import io
import math
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.console import Console

import tiau
from checking import examined
from folders import write_folder
from forecast_toys import counted, fleeing, reported, series
from tiau.faults import InputError
from tiau.forecasting.delivery import PAGE, TRIGGERS, save
from tiau.forecasting.methods import METHODS
from tiau.forecasting.trigger_answers import COLUMNS, OURS, answers
from tiau.forecasting.triggers import Question, asked, parse, reached
from tiau.presentation.forecast_page import page
from tiau.presentation.forecast_terminal import show_forecast
from tiau.presentation.words import triggers as words
from tiau.readers import native
from tiau.scenario.rows import Area, Trigger
from toys import day

NOW = day(60)
TOY = fleeing()


def trigger(**columns):
    given = {"trigger": "T1", "place": "C", "comparison": ">", "threshold": 3000, "within_days": 20}
    return Trigger(**{**given, **columns, "set_by": "District office", "set_on": NOW})


def cells(row):
    return {name: value for name, value in row.cells().items() if value not in ("", None, ())}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("C > 3000 by 2021-03-20", {"place": "C", "comparison": ">", "threshold": 3000, "by": day(78)}),
        ("  c  above 3,000 people on 2021-03-20", {"place": "C", "comparison": ">", "threshold": 3000, "on": day(78)}),
        ("present C>=1 234 567 within 1 day", {"quantity": "present", "comparison": ">=", "threshold": 1234567,
                                               "within_days": 1}),
        ("registered Abroad below 12'000 within 30 days", {"quantity": "registered", "place": "Abroad",
                                                           "comparison": "<", "threshold": 12000}),
        ("inside O <= 10 BY 2021-03-20", {"quantity": "idp_present", "place": "O", "comparison": "<="}),
    ],
)  # fmt: skip
def test_a_sentence_is_read(sentence, said):
    found = cells(parse(sentence, TOY))
    assert found.items() >= said.items()


def test_a_place_may_begin_like_a_quantity():
    toy = reported(*series("A", [1]), areas=[Area(area="Inside north", aliases=("Registered north",), members=("A",))])
    assert cells(parse("inside north > 5 within 3 days", toy)).get("quantity") is None
    assert parse("registered north > 5 within 3 days", toy).place == "Inside north"
    assert parse("inside Registered north > 5 within 3 days", toy).quantity == "idp_present"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("C > 3000", 'is not understood as a trigger; write it as "Champhai district > 10000 by 2022-12-31"'),
        ("many people will come", "is not understood as a trigger"),
        (3000, '"3000" is not understood as a trigger'),
        ("C > 3000 by 2021-03-20" + " " * 300, "is not understood as a trigger"),
        ("> 3000 within 9 days", "names no place"),
        ("Camp C > 3000 within 9 days", 'names "Camp C", which is neither a place nor an area'),
        ("C > 3.000 within 9 days", 'has "3.000" for a number of people; write digits, with commas between thousands'),
        ("C > 30,00 within 9 days", 'has "30,00" for a number of people'),
        ("C > 0 within 9 days", "has a threshold that cannot be"),
        ("C > 3000 by 20 April", 'has "20 April", which is not a day; write it as YYYY-MM-DD'),
        ("C > 3000 by 2021-02-30", "which is not a day of the calendar"),
        ("C > 3000 within 2 weeks", 'has "2 weeks" for a time; write it as within 90 days'),
        ("C > 3000 within 0 days", 'has "0 days" for a time'),
    ],
)
def test_a_sentence_that_is_wrong_is_told(sentence, said):
    with pytest.raises(InputError) as error:
        parse(sentence, TOY)
    assert said in str(error.value)
    assert len(error.value.faults) == 1


def test_everything_wrong_is_told_at_once():
    wrong = [
        "Z > 30.0 by 2021", "registered C > 3000 within 40 days", "C > 2000 by 2021-03-01", "O > 50 within 3 days",
    ]  # fmt: skip
    with pytest.raises(InputError) as error:
        asked(TOY, NOW, 30, wrong)
    told = [fault.problem for fault in error.value.faults]
    assert told == [
        'names "Z", which is neither a place nor an area',
        'has "30.0" for a number of people',
        'has "2021", which is not a day',
        "asks for registered at C, which is not forecast",
        "reaches 40 days ahead, and the forecast 30",
        f"speaks of a day that is not after the forecast's, {NOW}",
        "was passed already by the last figure, 2,400",
        "asks for present at O, which is not forecast",
    ]


def test_a_threshold_that_is_passed_already_can_be_asked_of_a_day():
    assert asked(TOY, NOW, 30, ["C > 2000 on 2021-03-20"]).questions[0].days == 18


def test_what_cannot_be_asked_of_the_table_is_left_out_with_the_reason():
    rows = (trigger(), trigger(trigger="late", within_days=31), trigger(trigger="over", within_days=None, by=day(9)))
    found = asked(TOY.model_copy(update={"triggers": rows}), NOW, 30, ())
    assert [one.trigger.trigger for one in found.questions] == ["T1"]
    assert {row.trigger: reason for row, reason in found.left_out} == {
        "late": "it reaches 31 days ahead, and the forecast 30",
        "over": f"it speaks of a day that is not after the forecast's, {NOW}",
    }


def test_what_has_passed_since_it_was_set_has_a_record_and_no_chance():
    toy = TOY.model_copy(update={"triggers": (trigger(threshold=1500),)})
    found = answers(forecast_of(PEOPLE), asked(toy, NOW, 30, ()), toy)
    (answer,) = found.answers
    assert answer.question.passed
    assert answer.past.came == [True]
    assert words.answered(answer).startswith(
        "present at C > 1,500 on any day until 2021-03-22: was passed already by the last figure, 2,400; T1, set by"
    )
    table = found.table()
    assert table["probability"].isna().all()
    assert set(table["why_not"]) == {"it was passed already by the last figure, 2,400"}
    assert table.loc[table["method"] == "persistence", "misses_50"].iloc[0] == 1


def test_a_sentence_that_stands_in_the_table_is_asked_once_under_its_name():
    toy = TOY.model_copy(update={"triggers": (trigger(),)})
    found = asked(toy, NOW, 30, ["c above 3,000 within 20 days", "D > 3000 within 20 days"])
    assert [one.trigger.trigger for one in found.questions] == ["T1", "D > 3000 within 20 days"]


def test_the_quantity_is_by_default_one_that_figures_are_of():
    idps = [counted(f"O{number}", number, 50, place="O", quantity="idp_present") for number in (10, 20)]
    toy = fleeing(reports=(*TOY.reports, *idps))
    found = asked(toy, NOW, 30, ["O > 60 within 9 days", "C > 3000 within 9 days", "Abroad > 1 within 9 days"])
    assert [one.quantity for one in found.questions] == ["idp_present", "present", "present"]


def question(days=14, comparison=">", threshold=100.0, any_day=True, last=math.nan):
    columns = {"threshold": threshold, "comparison": comparison, "within_days": days}
    return Question(trigger(**columns), "present", "C", days, any_day, last)


PEOPLE = np.array([[50.0, 120, 80, 10], [150, 80, 90, 10], [50, 50, 200, 1000]])
"""Four courses on days 7, 14 and 21."""


@pytest.mark.parametrize(
    ("asks", "passed"),
    [
        (question(7), [0, 1, 0, 0]),
        (question(14), [1, 1, 0, 0]),
        (question(14, any_day=False), [1, 0, 0, 0]),
        (question(21), [1, 1, 1, 1]),
        # In logs halfway from 90 to 200 is 134, from 10 to 1,000 it is 100, which is not more than 100.
        (question(17, threshold=134 ** (3 / 7) * 90 ** (4 / 7), any_day=False), [0, 0, 1, 0]),
        (question(14, "<", 51), [1, 0, 0, 1]),
        (question(14, "<=", 50), [1, 0, 0, 1]),
        (question(14, "<", 50), [0, 0, 0, 1]),
        (question(21, ">=", 1000), [0, 0, 0, 1]),
        (question(21, ">", 1000), [0, 0, 0, 0]),
    ],
)
def test_members_pass_as_their_courses_do(asks, passed):
    assert reached(asks, PEOPLE, np.array([7.0, 14, 21])).tolist() == [bool(one) for one in passed]


def test_in_the_first_week_members_come_from_the_last_figure():
    people = np.array([[400.0, 100.0]])
    days = np.array([7.0])
    # From 100 to 400 in a week: 200, the middle in logs, after three days and a half.
    for ahead, passed in ((3, False), (4, True), (7, True)):
        assert reached(question(ahead, threshold=200, last=100.0), people, days).tolist() == [passed, False]
    assert reached(question(1, threshold=200), people, days).tolist() == [True, False]


@given(
    st.lists(st.lists(st.floats(0, 1e6), min_size=5, max_size=5), min_size=1, max_size=4),
    st.floats(1, 1e6), st.sampled_from([">", ">=", "<", "<="]), st.integers(1, 28),
)  # fmt: skip
def test_more_time_never_unmakes_what_was_passed(courses, threshold, comparison, days):
    given_last = {"comparison": comparison, "threshold": threshold, "last": 50.0}
    assume(not question(**given_last).passed)
    people, on = np.array(courses).T, np.array([7.0, 14, 21, 28, 30])
    sooner, later = (reached(question(n, **given_last), people, on) for n in (days, days + 1))
    alone = reached(question(days, any_day=False, **given_last), people, on)
    assert np.all(later >= sooner)
    assert np.all(sooner >= alone)


def forecast_of(people, rows=(("present", "C"),), origin=NOW):
    return SimpleNamespace(rows=rows, days=(7, 14, 21), origin=origin, samples=np.array([people] * len(rows)))


def test_the_chance_is_the_share_of_members():
    wanted = asked(TOY, NOW, 21, ["C > 3000 within 14 days", "D > 3000 within 20 days"])
    found = answers(forecast_of(PEOPLE * 30), wanted, TOY)
    (answer,) = found.answers
    assert (answer.reached, answer.members) == (2, 4)
    assert found.left_out[0][1] == "members cannot be set beside figures of D"
    table = found.table()
    assert tuple(table.columns) == COLUMNS
    assert table["probability"].iloc[0] == 0.5
    assert set(table["method"].dropna()) >= {"tiau", "statistical", "trend", "persistence"}
    assert "capacity_share" not in set(table["method"])
    assert table["why_not"].iloc[-1] == found.left_out[0][1]


def test_the_model_of_movements_is_judged_on_past_days_where_that_is_asked_for():
    wanted = asked(TOY, NOW, 21, "C > 3000 within 20 days")
    (with_model,) = answers(forecast_of(PEOPLE), wanted, TOY, record=True).answers
    (without,) = answers(forecast_of(PEOPLE), wanted, TOY).answers
    assert with_model.past.record("tiau") is not None
    assert "tiau" not in without.past.chances
    for name, chances in without.past.chances.items():
        assert with_model.past.chances[name] == chances
    of_model = with_model.past.chances["tiau"]
    assert all(0 < chance < 1 for chance in of_model)
    assert of_model != with_model.past.chances["statistical"]


@pytest.mark.parametrize(
    ("passing", "members", "said"),
    [
        (0, 200, "less than 1 in 200"),
        (200, 200, "more than 199 in 200"),
        (46, 200, "23% (46 of 200 members)"),
        (1, 200, "under 1% (1 of 200 members)"),
    ],
)
def test_no_chance_is_nothing_or_certain(passing, members, said):
    assert words.of_members(passing, members) == said


@pytest.mark.parametrize(("value", "said"), [(None, "-"), (0.0, "under 1%"), (1.0, "over 99%"), (0.5, "50%")])
def test_chances_of_other_methods_are_neither(value, said):
    assert words.chance(value) == said


@pytest.fixture(scope="module")
def made():
    toy = TOY.model_copy(update={"triggers": (trigger(), trigger(trigger="late", within_days=500))})
    return tiau.forecast(
        toy, origin=NOW, horizon=30, members=20, jobs=1,
        triggers=["D above 1,500 by 2021-03-20", "Abroad < 5 on 2021-03-20"],
    )  # fmt: skip


def test_a_forecast_answers_triggers_of_the_scenario_and_given_ones(made, tmp_path):
    asked_for = [answer.question.trigger.trigger for answer in made.triggers.answers]
    assert asked_for == ["T1", "D above 1,500 by 2021-03-20", "Abroad < 5 on 2021-03-20"]
    first = made.triggers.answers[0]
    row = made.rows.index(("present", "C"))
    weeks = made.samples[row][[day < 20 for day in made.days]]
    assert first.reached >= (weeks > 3000).any(axis=0).sum()
    save(made, TOY, tmp_path / "out", seed=1)
    with (tmp_path / "out" / TRIGGERS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    ours = [row for row in rows if row["method"] == "tiau"]
    assert [float(row["probability"]) for row in ours] == [
        answer.reached / answer.members for answer in made.triggers.answers
    ]
    assert (ours[0]["set_by"], ours[0]["set_on"], ours[0]["end_date"]) == ("District office", str(NOW), str(day(80)))
    # Spreadsheets take no comparison for a formula.
    assert rows[0]["comparison"] == ">"


def test_the_terminal_tells_them(made):
    console = Console(file=io.StringIO(), width=120)
    show_forecast(made, console)
    told = " ".join(console.file.getvalue().split())
    assert "present at C > 3,000 on any day until 2021-03-22: " in told
    assert "last figure 2,400; T1, set by District office on" in told
    assert "late of triggers.csv is left out: it reaches 500 days ahead, and the forecast 30." in told
    assert "present at Abroad < 5 on 2021-03-20" in told
    assert "no figure yet" in told
    assert "100%" not in told


def test_the_page_tells_them(made, tmp_path):
    save(made, TOY, tmp_path / "out", seed=1, page=partial(page, made))
    told = html.unescape((tmp_path / "out" / PAGE).read_text(encoding="utf-8"))
    assert "<h2>Triggers</h2>" in told
    assert words.answered(made.triggers.answers[0]) in told
    assert "late of triggers.csv is left out: it reaches 500 days ahead" in told


def test_without_triggers_nothing_is_told_or_written(tmp_path):
    found = tiau.forecast(TOY, origin=NOW, horizon=7, members=10, jobs=1)
    assert not found.triggers
    save(found, TOY, tmp_path / "out", seed=1)
    assert not (tmp_path / "out" / TRIGGERS).exists()


def test_a_forecast_refuses_before_it_runs():
    with pytest.raises(InputError, match='trigger: "C > 9 within 9 days" was passed already by the last figure, 2,400'):
        tiau.forecast(TOY, origin=NOW, triggers="C > 9 within 9 days")


def test_triggers_change_nothing_that_a_posterior_is_bound_to(tmp_path):
    fitted = tiau.fit(TOY, until=NOW, members=10, jobs=1).scenario
    more = fitted.model_copy(update={"triggers": (trigger(),)})
    assert more.digest() == fitted.digest()
    native.write(more, tmp_path / "toy")
    again = tiau.load(tmp_path / "toy")
    assert again.triggers == (trigger(),)
    assert again.posterior.scenario_digest == again.without_posterior().digest()
    assert again.known_by(day(1)).triggers == (trigger(),)


HEADER = "trigger,place,quantity,comparison,threshold,by,on,within_days,set_by,set_on\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("T1,Deltta,,>,100,,,90,Office,2021-03-01", '"Deltta" is neither a place nor an area; did you mean "Delta"?'),
        ("T1,Delta,,over,100,,,90,Office,2021-03-01", "allowed: >, >=, <, <="),
        ("T1,Delta,arrivals,>,100,,,90,Office,2021-03-01", "allowed: , present, registered, idp_present"),
        ("T1,Delta,,>,100,,,,Office,2021-03-01", '"T1" has none of by, on, within_days; give one'),
        ("T1,Delta,,>,100,2021-03-09,,90,Office,2021-03-01", '"T1" has by and within_days; give one'),
        ("T1,Delta,,>,100,,,90.5,Office,2021-03-01", "is no whole number of days"),
        ("T1,Delta,,>,100,,,1900,Office,2021-03-01", "give a number from 1 to 1,096"),
        ("T1,Delta,,>,0,,,90,Office,2021-03-01", "give a number from 1 to"),
        ("T1,Delta,,>,100,,,90,,2021-03-01", "column set_by: is blank; give the office that answers"),
        ("T1,Delta,,>,100,,,90,Office,", "column set_on: is blank; give the day"),
        ("T1,Delta,,>,100,1821-03-09,,,Office,2021-03-01", "lies in another century"),
        ("T1,Delta,,>,100,,,90,Office,2021-03-01\nt1,North,,>,100,,,90,Office,2021-03-01", '"t1" stands twice'),
    ],
)
def test_the_table_is_checked(tmp_path, row, said):
    write_folder(tmp_path / "small", triggers=f"{HEADER}{row}\n")
    told = "\n".join(map(str, examined(tmp_path / "small")))
    assert said in told


def test_the_command_keeps_what_somebody_set(here, tmp_path):
    native.write(TOY.model_copy(update={"triggers": (trigger(),)}), tmp_path / "toy")
    before = (tmp_path / "toy/triggers.csv").read_text()
    given = ("forecast", "toy", "--origin", str(NOW), "--horizon", "20", "--members", "10", "--out", "out")
    wanted = ("--trigger", "D > 1500 by 2021-03-20", "--trigger", "C > 3000 within 20 days")
    done = here(*given, *wanted, "--set-by", "Relief office")
    assert done.returncode == 0, done.stderr
    rows = (tmp_path / "toy/triggers.csv").read_text().removeprefix(before)
    assert rows.startswith("T2,D,,>,1500,2021-03-20,,,Relief office,20")
    # What stands there already is not written again.
    assert len(rows.splitlines()) == 1
    assert "T2, set by Relief office on 20" in " ".join(done.stdout.split())
    assert "out/triggers.csv" in done.stdout
    assert [row.trigger for row in tiau.load(tmp_path / "toy").triggers] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mizoram-2021", "--trigger", "Mizoram > 99999 within 9 days", "--set-by", "X"),
         'would write into a scenario that comes with Tiau; copy it first: tiau copy mizoram-2021 FOLDER'),
        (("mizoram-2021", "--set-by", "X"), '--set-by: "X" has nothing to write; add --trigger'),
        (("mizoram-2021", "--trigger", "Mizoram > 9 within 9 days", "--set-by", " "), "is blank; name an office"),
        (("mizoram-2021", "--trigger", "Champai district > 99999 within 9 days"), 'did you mean "Champhai district"?'),
    ],
)  # fmt: skip
def test_the_command_refuses_in_a_sentence(here, tmp_path, arguments, said):
    done = here("forecast", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "tiau-out").exists()


def test_every_other_method_has_a_plain_name():
    assert set(words.PLAIN) == set(METHODS) - {OURS}
    assert len(set(words.PLAIN.values())) == len(words.PLAIN)
    assert [name for name in words.PLAIN.values() if "_" in name] == []
