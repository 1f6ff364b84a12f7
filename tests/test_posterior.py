"""What a fit learned, as a value, as a file of the scenario's folder, and as part of a scenario."""

import copy
import csv
import datetime as dt
import json
import pickle
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tiau
from folders import read, write_folder
from tiau.faults import InputError
from tiau.loading import examine, load
from tiau.presentation.words.conditioned import conditioned as conditioned_on
from tiau.readers import native
from tiau.readers import posterior as file
from tiau.readers.posterior import MOST_MEMBERS, POSTERIOR_FILE, read_posterior, write_posterior
from tiau.scenario import checks, parameters, prior
from tiau.scenario.checks.posterior import known_after
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import PARAMETERS
from tiau.scenario.posterior import Posterior
from tiau.scenario.prior import digest_of_prior
from tiau.scenario.unknown import KINDS, Unknown
from tiau.simulation import simulate
from tiau.texts import hidden_in_line

SHUT = 'title = "The bridge stays shut"\nwhy = "made up"\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 1\n'
UNTIL = dt.date(2021, 2, 28)
UNKNOWNS = (
    Unknown("parameter", "departure_rate"),
    Unknown("pull", "D1 district"),
    Unknown("pull", "D1 district", dt.date(2021, 2, 1)),
    Unknown("outflow", 'Hill, "upper"'),
)
KNOWN = (*UNKNOWNS[:3], Unknown("outflow", "Hill"))
"""Those that the small scenario has."""
NAME = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=15).map(str.strip)
    | st.sampled_from(["=1+1", "'=1", "''", "'a", "-", "- 5", "@x", 'say "no"', "a, b", "12", "+a", "fit", "雨"])
).filter(lambda name: name and not hidden_in_line(name))
DAY = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))
UNKNOWN = st.builds(Unknown, st.sampled_from(KINDS), NAME, st.none()) | st.builds(
    Unknown, st.sampled_from(["pull", "outflow"]), NAME, DAY
)


@st.composite
def posteriors(draw):
    unknowns = tuple(draw(st.lists(UNKNOWN, max_size=5, unique=True)))
    members = draw(st.integers(1, 4))
    numbers = st.floats(-9, 9) | st.floats(-1e6, 1e6) | st.just(-0.0)
    values = draw(st.lists(numbers, min_size=len(unknowns) * members, max_size=len(unknowns) * members))
    return Posterior(
        unknowns=unknowns,
        values=np.array(values).reshape(len(unknowns), members),
        known_until=draw(DAY),
        seed=draw(st.integers(0, 2**64 - 1)),
        scenario_digest=draw(st.sampled_from(["", "0a" * 32])),
        noise=draw(st.dictionaries(NAME, st.floats(1e-4, 1e5), max_size=3)),
        figures=draw(st.none() | st.integers(0, 1000)),
        prior_digest=draw(st.sampled_from(["", "c1" * 32])),
    )


def posterior(**changes):
    values = np.arange(12.0).reshape(4, 3) / 7 - 1
    return replace(Posterior(UNKNOWNS, values, UNTIL, 1, noise={"register district present": 0.3}), **changes)


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / POSTERIOR_FILE
    write_posterior(path, posterior(figures=7, scenario_digest="ab" * 32))
    return path.read_text(encoding="utf-8").splitlines()


def reading_of(folder, text):
    path = folder / POSTERIOR_FILE
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_posterior(path)


def told(folder, text):
    found, faults = reading_of(folder, text)
    assert found is None
    return [str(fault) for fault in faults]


@settings(deadline=None)
@given(posteriors())
def test_any_posterior_reads_back_as_it_was_written_and_gives_the_same_bytes(one):
    with tempfile.TemporaryDirectory() as name:
        path, twice = Path(name, POSTERIOR_FILE), Path(name, "twice.csv")
        write_posterior(path, one)
        again, faults = read_posterior(path)
        assert faults == []
        assert again == one
        assert again.digest() == one.digest()
        write_posterior(twice, again)
        assert twice.read_bytes() == path.read_bytes()


@settings(deadline=None)
@given(posteriors())
def test_a_spreadsheet_sees_no_formula_in_it(one):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, POSTERIOR_FILE)
        write_posterior(path, one)
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
    assert {len(row) for row in rows} == {5 + one.members}
    for cell in (cell for row in rows for cell in row if cell[:1] in tuple("=+-@")):
        float(cell)


def test_it_can_be_read_by_people(lines):
    assert lines[:6] == [
        "kind,name,day,mean,sd,m1,m2,m3",
        "fit,known_until,2021-02-28,,,,,",
        "fit,seed,,1,,,,",
        "fit,figures,,7,,,,",
        f"fit,scenario {'ab' * 32},,,,,,",
        "noise,register district present,,0.3000,,,,",
    ]
    assert lines[6] == "parameter,departure_rate,,-0.8571,0.1429,-1.0000,-0.8571,-0.7143"
    assert lines[9].startswith('outflow,"Hill, ""upper""",,')


def test_what_a_spreadsheet_makes_of_it_is_read(tmp_path, lines):
    windows = "\ufeff" + "\r\n".join(lines).replace(",,,,,", "").replace("-1.0000", "-1") + "\r\n,,,,\r\n"
    found, faults = reading_of(tmp_path, windows)
    assert faults == []
    assert found == posterior(figures=7, scenario_digest="ab" * 32)


def test_numbers_are_kept_as_a_file_holds_them():
    one = Posterior((UNKNOWNS[0],), [[0.123456, -0.00001]], UNTIL, 1, noise={"a": 0.99999})
    assert one.values.tolist() == [[0.1235, 0.0]]
    assert one.noise["a"] == 1.0
    assert one.members == 2


def test_a_posterior_cannot_be_changed_and_survives_copies():
    one = posterior()
    for twin in (one, pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert twin == one
        with pytest.raises(ValueError, match="read-only"):
            twin.values[0, 0] = 5
        with pytest.raises(TypeError):
            twin.noise["a"] = 1
    assert one != posterior(seed=2)
    assert one != posterior(values=one.values + 1)
    assert one != "something else"


def test_numbers_of_one_unknown():
    one = posterior()
    assert one.of(UNKNOWNS[2]).tolist() == one.values[2].tolist()
    assert one.of(Unknown("pull", "nowhere")) is None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"values": np.zeros((3, 2))}, "array"),
        ({"values": np.zeros((4, 0))}, "array"),
        ({"values": np.full((4, 2), np.nan)}, "numbers"),
        ({"noise": {"a": 0.0}}, "noise"),
        ({"noise": {"a": np.inf}}, "noise"),
        ({"unknowns": UNKNOWNS[:1] * 4}, "once"),
        ({"unknowns": (*UNKNOWNS[:3], Unknown("weather", "a"))}, "kinds"),
        ({"unknowns": (*UNKNOWNS[:3], Unknown("event", "a", UNTIL))}, "day"),
        ({"unknowns": (*UNKNOWNS[:3], Unknown("event", " a"))}, "names"),
        ({"unknowns": (*UNKNOWNS[:3], Unknown("event", "a\nb"))}, "names"),
    ],
)
def test_what_could_not_be_read_again_is_no_posterior(changes, says):
    with pytest.raises(ValueError, match=says):
        posterior(**changes)


@pytest.mark.parametrize(
    ("row", "old", "new", "says"),
    [
        (0, "m2", "m7", 'row 1: has no column "m2"'),
        (0, "day,mean", "mean,day", 'row 1: "mean" stands where the column day should be'),
        (0, ",m1,m2,m3", "", 'has no column "m1"'),
        (0, "kind,name,day,mean,sd,m1,m2,m3", "kind;name;day;mean", "separated by semicolons"),
        (1, "2021-02-28", "", "row 2 column day: is blank"),
        (1, "2021-02-28", "28/02/2021", 'row 2 column day: "28/02/2021" is not a day'),
        (1, "known_until", "known_untl", 'did you mean "known_until"?'),
        (2, ",1,", ",1.5,", 'row 3 column mean: "1.5" is not a whole number'),
        (2, ",1,", ",18446744073709551616,", "is not a whole number"),
        (5, "0.3000", "none", 'row 6 column mean: "none" is no sd above 0'),
        (5, "0.3000", "0", "is no sd above 0"),
        (6, "-0.7143", "", "row 7 column m3: is blank"),
        (6, "-0.7143", "1_0", 'row 7 column m3: "1_0" is not a number'),
        (6, "-0.7143", "1e999", "is not a number"),
        (6, "-0.7143", "nan", "is not a number"),
        (6, ",-0.7143", "", "row 7: \"departure_rate\" has 7 cells for 8 columns"),
        (6, "-0.7143", "1,2", "has 9 cells for 8 columns"),
        (6, "parameter", "parametr", 'row 7 column kind: "parametr" is not a kind; did you mean "parameter"?'),
        (6, "parameter", "", "row 7 column kind: is blank"),
        (6, "departure_rate", "", "row 7 column name: is blank"),
        (6, "departure_rate,", "departure_rate,2021-01-01", "what is of kind parameter has none"),
        (6, "departure_rate", "a\u202eb", "invisible character"),
        (8, "2021-02-01", "", 'row 9 column name: "D1 district" stands in row 8 already'),
        (9, '"', "", "row 10"),
    ],
)  # fmt: skip
def test_each_fault_says_where_it_stands_and_what_to_do(tmp_path, lines, row, old, new, says):
    assert old in lines[row]
    lines[row] = lines[row].replace(old, new, 1)
    texts = told(tmp_path, "\n".join(lines))
    assert any(says in text for text in texts), texts
    assert all("; " in text and text.startswith(POSTERIOR_FILE) for text in texts)


def test_all_faults_are_told_at_once(tmp_path, lines):
    broken = "\n".join(lines).replace("2021-02-28", "never").replace("0.3000", "x").replace("-0.8571,-", "y,")
    assert len(told(tmp_path, broken)) == 3


@pytest.mark.parametrize("name", ["known_until", "seed"])
def test_a_file_that_does_not_say_what_was_known_is_refused(tmp_path, lines, name):
    (text,) = told(tmp_path, "\n".join(line for line in lines if f"fit,{name}" not in line))
    assert name in text
    assert "run tiau fit again, or delete the file" in text


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfek\0i\0", "kind,n\u00e4me".encode("latin-1"), b"PK\x03\x04", b'a,"b']
)
def test_what_is_no_table_is_told_with_the_way_out(tmp_path, content):
    assert all("delete the file" in text for text in told(tmp_path, content))


def test_more_members_than_a_spreadsheet_has_columns_are_refused(tmp_path):
    many = Posterior((), np.zeros((0, MOST_MEMBERS + 1)), UNTIL, 1)
    with pytest.raises(InputError, match="would have 16,380 members"):
        write_posterior(tmp_path / POSTERIOR_FILE, many)
    header = ",".join(["kind", "name", "day", "mean", "sd", *(f"m{m}" for m in range(1, MOST_MEMBERS + 2))])
    (text,) = told(tmp_path, header)
    assert "16,385 columns" in text


def test_what_is_too_large_to_be_read_again_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(file, "LARGEST_FILE", 100)
    with pytest.raises(InputError, match="fit with fewer members"):
        write_posterior(tmp_path / POSTERIOR_FILE, posterior())


def with_posterior(scenario, **changes):
    return scenario.model_copy(update={"posterior": posterior(**of(scenario) | changes)})


def of(scenario):
    return {"scenario_digest": scenario.without_posterior().digest(), "prior_digest": scenario.prior_digest()}


@pytest.fixture
def conditioned(tmp_path):
    return with_posterior(load(write_folder(tmp_path / "small")))


def test_a_scenario_keeps_what_was_learned_of_it(conditioned, tmp_path):
    native.write(conditioned, tmp_path / "again")
    again, faults = read(tmp_path / "again")
    assert faults == []
    assert again == conditioned
    assert again.digest() == conditioned.digest()
    native.copy(tmp_path / "again", tmp_path / "copy")
    assert load(tmp_path / "copy").posterior == conditioned.posterior


def test_a_digest_tells_posteriors_apart_and_names_what_was_fitted(conditioned):
    plain, other = conditioned.without_posterior(), with_posterior(conditioned, seed=5)
    assert len({one.digest() for one in (plain, conditioned, other)}) == 3
    assert plain.digest() == conditioned.posterior.scenario_digest


def test_copies_of_a_scenario_keep_it(conditioned):
    for twin in (
        copy.deepcopy(conditioned),
        pickle.loads(pickle.dumps(conditioned)),
        conditioned.until("2021-02-10"),
        conditioned.model_copy(update={"events": ()}),
    ):
        assert twin.posterior == conditioned.posterior
    assert '"known_until":"2021-02-28"' in conditioned.model_dump_json()
    with pytest.raises(ValueError, match="posterior"):
        Scenario(settings=conditioned.settings, places=conditioned.places, posterior="learned")


def test_nobody_knew_before_what_was_learned_later(conditioned):
    assert conditioned.known_by("2021-02-28").posterior == conditioned.posterior
    assert conditioned.known_by("2021-02-27").posterior is None


def test_an_unreadable_one_is_a_fault_of_the_scenario(tmp_path):
    folder = write_folder(tmp_path / "small")
    (folder / POSTERIOR_FILE).write_text("kind,name\n", encoding="utf-8")
    scenario, faults = examine(folder)
    assert scenario is None
    assert [fault.file for fault in faults if fault.level == "fault"] == [POSTERIOR_FILE] * 4


def warnings_of(folder):
    return [str(fault) for fault in examine(folder)[1] if fault.file == POSTERIOR_FILE]


def folder_of(scenario, folder):
    native.write(scenario, folder)
    return folder


def test_one_that_fits_its_scenario_is_nothing_to_warn_of(conditioned, tmp_path):
    folder = folder_of(with_posterior(conditioned, unknowns=KNOWN), tmp_path / "again")
    assert warnings_of(folder) == []
    changed = load(folder).until("2021-02-20").model_copy(update={"events": ()})
    assert checks.check(changed) == checks.check(changed.without_posterior())


def test_one_of_another_state_of_the_scenario_is_told(conditioned, tmp_path):
    folder = folder_of(conditioned, tmp_path / "again")
    places = folder / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("20000", "20001"), encoding="utf-8")
    assert f"{POSTERIOR_FILE}: was fitted to another state of this scenario; run tiau fit again" in warnings_of(folder)
    assert load(folder).posterior == conditioned.posterior


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"default": 0.002}, False),
        ({"spread": 0.9}, False),
        ({"lower": 0.0001}, False),
        ({"upper": 0.5}, False),
        ({"name": "rate_of_leaving"}, False),
        ({"meaning": "said better", "source": "found at last", "unit": "per day", "judged": True}, True),
    ],
)
def test_what_numbers_mean_has_a_digest_and_not_how_it_is_said(monkeypatch, changes, same):
    before = digest_of_prior(parameters.values({}))
    changed = (replace(PARAMETERS[0], **changes), *PARAMETERS[1:])
    for module in (parameters, prior):
        monkeypatch.setattr(module, "PARAMETERS", changed)
    assert (digest_of_prior(parameters.values({})) == before) == same


def test_numbers_of_knots_mean_what_the_days_between_them_say(monkeypatch):
    before = digest_of_prior(parameters.values({}))
    monkeypatch.setattr(prior, "KNOT_DAYS", 20)
    assert digest_of_prior(parameters.values({})) != before


@pytest.mark.parametrize(
    ("prior_digest", "says"),
    [
        ("ef" * 32, "was fitted with other values, spreads or bounds of parameters; its numbers mean something else"),
        ("", "does not tell what values, spreads and bounds of parameters it was fitted with; with others its numbers"),
    ],
)
def test_one_of_another_prior_and_one_that_does_not_tell_of_which_are_told(conditioned, tmp_path, prior_digest, says):
    other = with_posterior(conditioned, unknowns=KNOWN, prior_digest=prior_digest)
    (text,) = warnings_of(folder_of(other, tmp_path / "again"))
    assert text.startswith(f"{POSTERIOR_FILE}: {says}")
    assert text.endswith("run tiau fit again")


def test_names_that_the_scenario_does_not_have_are_told_with_how_many(conditioned, tmp_path):
    strange = (Unknown("event", "E77"), Unknown("pull", "Atlantis"), Unknown("pull", "Atlantis", UNTIL), UNKNOWNS[0])
    (text,) = warnings_of(folder_of(with_posterior(conditioned, unknowns=strange), tmp_path / "again"))
    assert 'names 2 things that the scenario does not have: event "E77", pull "Atlantis"' in text


def test_where_more_was_known_than_on_a_day_that_is_told(conditioned):
    (fault,) = known_after(conditioned, dt.date(2021, 2, 27))
    assert fault.level == "warning"
    assert "until 2021-02-28, which is after 2021-02-27; --prior runs without it" in str(fault)
    assert not list(known_after(conditioned, UNTIL))
    assert not list(known_after(conditioned.without_posterior(), dt.date(2021, 2, 1)))


def test_words_say_on_what_a_run_is_conditioned(conditioned):
    assert conditioned_on(conditioned, "small") == "Conditioned on what was known until 2021-02-28 (posterior.csv)."
    counted = with_posterior(conditioned, figures=107)
    assert conditioned_on(counted, "small") == "Conditioned on 107 figures known until 2021-02-28 (posterior.csv)."
    unconditioned = conditioned_on(conditioned.without_posterior(), "small")
    assert unconditioned.endswith("tiau fit small --out FOLDER fits them in a copy.")
    assert "tiau fit SCENARIO" in conditioned_on(conditioned.without_posterior())


def test_where_parameters_know_more_than_the_fit_that_is_told(conditioned):
    assert "the prior knows more" not in conditioned_on(conditioned)
    earlier = with_posterior(conditioned, known_until=dt.date(2021, 2, 27), figures=2)
    assert conditioned_on(earlier) == (
        "Conditioned on 2 figures known until 2021-02-27 (posterior.csv). Parameters in scenario.toml were fitted to "
        "figures known until 2021-02-28 (fitted_until): the prior knows more than was known by 2021-02-27."
    )


def test_a_result_names_it_and_opens_again_with_it(conditioned, tmp_path):
    result = simulate(conditioned.until("2021-02-10"), members=2)
    result.save(tmp_path / "result")
    assert tiau.open_result(tmp_path / "result").scenario == result.scenario
    said = json.loads((tmp_path / "result" / "provenance.json").read_text(encoding="utf-8"))["scenario"]["posterior"]
    assert said["known_until"] == "2021-02-28"
    assert said["sha256"] == conditioned.posterior.digest()


def test_a_command_says_which_is_used_and_can_do_without(conditioned, tmp_path, here):
    folder = folder_of(conditioned, tmp_path / "again")
    short = (str(folder), "--until", "2021-02-10", "--members", "2", "--no-width-sources")
    used = here("run", *short, "--out", str(tmp_path / "out"))
    prior = here("run", *short, "--out", str(tmp_path / "prior"), "--prior")
    assert (used.returncode, prior.returncode) == (0, 0)
    assert "Conditioned on what was known until 2021-02-28" in used.stdout
    assert "after 2021-02-10" in used.stderr
    assert "Not conditioned" in prior.stdout
    assert "after 2021-02-10" not in prior.stderr
    assert tiau.open_result(tmp_path / "prior").scenario.posterior is None
    for out, says in (("out", "Conditioned on what was"), ("prior", "Not conditioned")):
        assert says in (tmp_path / out / "report.html").read_text(encoding="utf-8")


def test_a_comparison_says_which_is_used_and_can_do_without(conditioned, tmp_path, here):
    folder = folder_of(conditioned, tmp_path / "again")
    (folder / "shut.toml").write_text(SHUT, encoding="utf-8")
    change = ("--change", str(folder / "shut.toml"), "--until", "2021-02-10", "--members", "2")
    for more, says in (((), "Conditioned on"), (("--prior",), "Not conditioned")):
        done = here("compare", str(folder), *change, "--out", str(tmp_path / "out"), *more)
        assert done.returncode == 0, done.stderr
        assert says in done.stdout
        assert says in (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
        assert "another state" not in done.stderr


def test_an_unreadable_one_stops_a_command(tmp_path, here):
    folder = write_folder(tmp_path / "small")
    (folder / POSTERIOR_FILE).write_text("kind,name,day,mean,sd,m1\nevent,E1,,0,0,x\n", encoding="utf-8")
    done = here("check", str(folder))
    assert done.returncode == 2
    assert "posterior.csv row 2 column m1" in done.stdout + done.stderr
    assert "run tiau fit again, or delete the file" in done.stdout + done.stderr
