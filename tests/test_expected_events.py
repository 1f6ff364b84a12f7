"""Events that an analyst expects, in place of the courses: what is read, refused and said of them."""

import json
from hashlib import sha256

import pytest

import tiau
from forecast_toys import fleeing
from tiau.faults import InputError
from tiau.presentation.words.forecasts import opening
from toys import day

HEAD = "event,start,end,place,kind,severity,known_on\n"
NOW = day(60)
GIVEN = {"origin": NOW, "horizon": 30, "members": 20, "jobs": 1}


def table(folder, *rows, head=HEAD):
    path = folder / "ahead.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def last_median(found):
    return found.range(found.row("present", "C"), -1)[1]


def test_worse_events_bring_more_people_and_none_ahead_as_many_as_when_nothing_happens(tmp_path):
    row = f"x,{day(61)},{day(85)},O,attack,{{}},{NOW}"
    mild, bad = (
        tiau.forecast(fleeing(), events=table(tmp_path, row.format(severity)), **GIVEN) for severity in ("0.5", "4")
    )
    far = f"x,{day(200)},{day(205)},O,attack,4,{NOW}"
    none = tiau.forecast(fleeing(), events=str(table(tmp_path, far)), **GIVEN)
    nothing = tiau.forecast(fleeing(), events="subsides", **GIVEN)
    assert last_median(none) < last_median(mild) < last_median(bad)
    assert last_median(none) == pytest.approx(last_median(nothing))
    assert opening(bad).endswith("Events ahead: as expected in ahead.csv, 1 event.")
    assert "of which 1 after" in opening(none)


def test_an_event_of_a_name_that_the_scenario_has_is_another_one(tmp_path):
    rows = [f"{name},{day(61)},{day(85)},O,attack,2,{NOW}" for name in ("e0", "unheard of")]
    same, other = (tiau.forecast(fleeing(), events=table(tmp_path, row), **GIVEN) for row in rows)
    assert last_median(same) != last_median(other)


def test_the_provenance_says_which_table(tmp_path):
    path = table(tmp_path, f"x,{day(61)},{day(85)},O,attack,2,{NOW}")
    tiau.forecast(fleeing(), events=path, **GIVEN).save(tmp_path / "out")
    said = json.loads((tmp_path / "out" / "provenance.json").read_text(encoding="utf-8"))["forecast"]
    assert said["events"] == "ahead.csv"
    assert said["events_sha256"] == sha256(path.read_bytes()).hexdigest()


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    path = table(
        tmp_path,
        f"a,{NOW},{day(70)},O,attack,1,{NOW}",
        f"b,{day(61)},{day(70)},Nowhere,attack,-1,{NOW}",
        f"c,{day(70)},{day(61)},O,attack,1,{NOW}",
        f"c,{day(70)},2021-02-30,O,attack,1,{NOW}",
    )
    with pytest.raises(InputError) as wrong:
        tiau.forecast(fleeing(), events=path, **GIVEN)
    told = [(fault.file, fault.row, fault.column) for fault in wrong.value.faults]
    assert told == [
        ("ahead.csv", 2, "start"), ("ahead.csv", 3, "severity"), ("ahead.csv", 3, "place"), ("ahead.csv", 4, "end"),
        ("ahead.csv", 5, "end"), ("ahead.csv", 5, "event"),
    ]  # fmt: skip
    assert "is not after 2021-03-02, the day that it is forecast from" in str(wrong.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [((), "has no events"), ((f"a,{day(61)},{day(61)}",), 'has no column "place"')],
)
def test_a_table_of_nothing_or_of_something_else_is_refused(tmp_path, rows, said):
    path = table(tmp_path, *rows, head=HEAD if not rows else "event,start,end\n")
    with pytest.raises(InputError, match=said):
        tiau.forecast(fleeing(), events=path, **GIVEN)


def test_what_is_odd_is_told_and_that_it_is_known_before_it_happens_is_not(tmp_path):
    path = table(
        tmp_path,
        f"a,{day(61)},{day(70)},C,attack,1,{NOW}",
        f"b,{day(61)},{day(70)},O,picnic,,{NOW}",
        f"c,{day(80)},{day(85)},O,attack,1,{NOW}",
    )
    found = tiau.forecast(fleeing(), events=path, **GIVEN)
    assert [(fault.file, fault.row, fault.kind) for fault in found.expected.warnings] == [
        ("ahead.csv", 2, "events where nobody lives"), ("ahead.csv", 3, "kinds without a rule")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ("missing.csv", "is not there; name a table"),
        ("some/where", "is not there"),
        ("hold", 'did you mean "holds"'),
        ("wild guess", "choose from mixed, holds, subsides, escalates, or name a table"),
    ],
)
def test_neither_a_course_nor_a_file_is_a_sentence(events, said):
    with pytest.raises(InputError, match=said):
        tiau.forecast(fleeing(), events=events, **GIVEN)


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(InputError, match="is a folder, not a file"):
        tiau.forecast(fleeing(), events=tmp_path, **GIVEN)
