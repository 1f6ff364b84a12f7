"""Scenario folders: what is written reads back the same, what makes no difference, and copies."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from folders import PLACES, TABLES, changed, read, write_folder
from tiau.faults import InputError
from tiau.loading import load
from tiau.readers import native
from tiau.readers.new_folder import new_folder
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Act, Area, Departure, Event, Group, Place, Report, Route
from tiau.scenario.settings import Settings
from tiau.scenario.vocabulary import parse_period
from tiau.texts import hidden_in_line, hidden_in_prose

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), max_size=15)
ANY_TEXT = TEXT.filter(lambda text: not hidden_in_line(text)) | st.sampled_from(
    ['say "no"', "a, b", "'", '"', ",,", "=1+1", "ü 雨", "a;b"]
)
NOTE = ANY_TEXT | TEXT.filter(lambda text: not hidden_in_prose(text)) | st.sampled_from(["one\ntwo", "a\tb", "a\r\nb"])
WORD = ANY_TEXT.filter(str.strip) | st.sampled_from([" a", "a ", "a\u00a0"])
NAMES = st.lists(WORD.map(lambda text: text.replace(";", "")).filter(str.strip), max_size=3).map(tuple)
EXTRA = st.dictionaries(st.sampled_from(["x_code", "x_b", "x_ü, 1"]), NOTE).map(lambda cells: tuple(cells.items()))
SHARE = st.none() | st.floats(0, 1)
COUNT = SHARE | st.floats(0, 1e18) | st.integers(0, 10**9).map(float) | st.just(-0.0)
DAY = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))
PERIOD = st.builds(lambda a, b: parse_period(f"{min(a, b)}/{max(a, b)}"), DAY, DAY) | DAY.map(
    lambda day: parse_period(str(day)[:7])
)
PLACE = st.builds(
    Place,
    place=WORD,
    aliases=NAMES,
    country=WORD,
    admin1=ANY_TEXT,
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    kind=st.sampled_from(Place.model_fields["kind"].annotation.__args__),
    population=COUNT,
    capacity=st.none() | st.floats(0.001, 1e9),
    estimated=st.booleans(),
    note=NOTE,
    extra=EXTRA,
)
GROUP = st.builds(
    Group,
    group=WORD,
    risk_class=WORD,
    community=WORD,
    homes=NAMES.filter(bool),
    share=st.floats(0, 1),
    affinity=NAMES.flatmap(lambda names: st.tuples(*[st.tuples(st.just(name), st.floats(-9, 9)) for name in names])),
    note=NOTE,
)
REPORT = st.builds(
    Report,
    report=WORD,
    known_on=DAY,
    as_of=PERIOD,
    place=WORD,
    group=WORD,
    quantity=st.sampled_from(["present", "turned_back"]),
    value=COUNT,
    bound=st.sampled_from(["exact", "range"]),
    low=COUNT,
    high=COUNT,
    not_scored=ANY_TEXT,
    url=NOTE,
    note=NOTE,
)
AREA = st.builds(Area, area=WORD, aliases=NAMES, members=NAMES.filter(bool), note=NOTE, extra=EXTRA)
ROUTE = st.builds(
    Route,
    from_=WORD,
    to=WORD,
    distance_km=st.floats(0, 1e6, exclude_min=True),
    mode=st.sampled_from(["road", "ferry"]),
    crossing=ANY_TEXT,
    porous=st.booleans(),
    one_way=st.booleans(),
    source=NOTE,
    extra=EXTRA,
)
EVENT = st.builds(
    Event,
    event=WORD,
    start=DAY,
    end=DAY,
    place=NAMES.filter(bool),
    kind=WORD,
    severity=st.floats(0, 1e300),
    known_on=DAY,
    published=st.none() | PERIOD,
    estimated=st.booleans(),
    extra=EXTRA,
)
ACT = st.builds(
    Act,
    act=WORD,
    from_=DAY,
    until=st.none() | DAY,
    known_on=DAY,
    authority=WORD,
    level=st.sampled_from(["federal", "civil"]),
    effect=st.sampled_from(["close", "quota"]),
    places=NAMES.filter(bool),
    groups=NAMES,
    admit_share=SHARE,
    enforcement=SHARE,
    amount=COUNT,
    softens=ANY_TEXT,
    note=NOTE,
    extra=EXTRA,
)
DEPARTURE = st.builds(Departure, day=DAY, group=ANY_TEXT, place=ANY_TEXT, people=st.floats(0, 1e9), note=NOTE)


def test_packaged_scenario_reads_back_as_it_was_written(tmp_path):
    scenario = load("mizoram-2021")
    native.write(scenario, tmp_path / "again")
    again, faults = read(tmp_path / "again")
    assert faults == []
    assert again == scenario
    assert again.digest() == scenario.digest()


def test_digest_changes_with_the_content(tmp_path):
    one = load(write_folder(tmp_path / "one"))
    other = load(write_folder(tmp_path / "other", places=changed("places", "20000", "20001")))
    assert one.digest() != other.digest()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    places=st.lists(PLACE, min_size=1, max_size=3).map(tuple),
    areas=st.lists(AREA, max_size=2).map(tuple),
    routes=st.lists(ROUTE, max_size=2).map(tuple),
    groups=st.lists(GROUP, max_size=2).map(tuple),
    events=st.lists(EVENT, max_size=2).map(tuple),
    acts=st.lists(ACT, max_size=2).map(tuple),
    reports=st.lists(REPORT, max_size=3).map(tuple),
    departures=st.lists(DEPARTURE, max_size=2).map(tuple),
)
def test_any_rows_read_back_as_they_were_written(**tables):
    with tempfile.TemporaryDirectory() as name:
        plain = Settings(format=1, name="any", title="Any", start=dt.date(2021, 2, 1), end=dt.date(2021, 2, 2))
        scenario = Scenario(settings=plain, **tables)
        native.write(scenario, Path(name) / "written")
        again, faults = read(Path(name) / "written")
    assert faults == []
    assert again == scenario
    assert again.digest() == scenario.digest()


@pytest.mark.parametrize("names", [("a;b",), ("a", " ")])
def test_a_name_among_names_is_one_and_not_blank(names):
    with pytest.raises(ValidationError):
        Area(area="A", members=names)
    with pytest.raises(ValidationError):
        Group(group="G", risk_class="G", community="G", homes=("A",), share=1, affinity=[(name, 1) for name in names])


@pytest.mark.parametrize("extra", [(("code", "1"),), (("x_code", "1"), ("x_code", "2"))])
def test_a_column_of_ones_own_begins_with_x_and_stands_once(extra):
    with pytest.raises(ValidationError):
        Area(area="A", members=("B",), extra=extra)


@settings(max_examples=40, deadline=None)
@given(
    title=st.text(min_size=1, max_size=30).filter(lambda text: text.strip() and not hidden_in_line(text))
    | st.just('a "b" \\ c\'d'),
    why=st.text(st.characters() | st.sampled_from("\n\r\t\\\"'"), min_size=1, max_size=30).filter(
        lambda text: text.strip() and not hidden_in_prose(text)
    ),
    value=st.floats(0, 1) | st.just(-0.0),
    fitted=st.none() | st.just(dt.date(2021, 3, 1)),
)
def test_any_settings_read_back_as_they_were_written(title, why, value, fitted):
    with tempfile.TemporaryDirectory() as name:
        folder = write_folder(Path(name) / "small")
        scenario = load(folder)
        parameters = {"departure_rate": {"value": value, "why": why}}
        update = {"title": title, "parameters": parameters, "fitted_until": fitted, "description": why}
        changed_settings = Settings.model_validate(scenario.settings.model_dump() | update)
        changed_scenario = scenario.model_copy(update={"settings": changed_settings})
        native.write(changed_scenario, Path(name) / "written")
        again, faults = read(Path(name) / "written")
    assert faults == []
    assert again == changed_scenario
    assert again.digest() == changed_scenario.digest()


def test_values_of_the_cells_are_read(tmp_path):
    scenario = load(write_folder(tmp_path))
    alpha, epsilon = scenario.places[0], scenario.places[4]
    assert (alpha.place, alpha.aliases, alpha.country, alpha.population) == (
        "Alpha",
        ("Alfa", "Old Alpha"),
        "Homeland",
        20000,
    )
    assert (epsilon.kind, epsilon.capacity, epsilon.population, epsilon.note) == ("camp", 2000, None, "tents, mostly")
    assert scenario.groups[0].affinity == (("Farland", 1.0), ("Epsilon", -0.5))
    assert scenario.routes[2].from_ == "Gamma"
    assert scenario.routes[2].porous is True
    assert scenario.acts[0].until == dt.date(2021, 3, 10)
    assert str(scenario.reports[4].as_of) == "2021-02"
    assert scenario.settings.series.since == dt.date(2021, 2, 1)


def test_byte_order_mark_and_carriage_returns_make_no_difference(tmp_path):
    plain = load(write_folder(tmp_path / "plain"))
    odd = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in TABLES.items()}
    assert load(write_folder(tmp_path / "odd", **odd)) == plain


def test_spaces_around_cells_and_blank_lines_make_no_difference(tmp_path):
    plain = load(write_folder(tmp_path / "plain"))
    text = changed("places", "Alpha,Alfa", " Alpha , Alfa").replace("Beta,", "\n,,,,,,,,,,,,\nBeta,")
    assert load(write_folder(tmp_path / "odd", places=text)) == plain


def test_columns_of_ones_own_are_kept(tmp_path):
    text = PLACES.replace("estimated,note", "estimated,note,x_code").replace("no,\n", "no,,MM 1\n")
    text = text.replace("yes,\n", "yes,,\n").replace('"tents, mostly"', '"tents, mostly",MM 2')
    scenario = load(write_folder(tmp_path / "one", places=text))
    assert scenario.places[0].extra == (("x_code", "MM 1"),)
    assert scenario.places[2].extra == ()
    assert scenario.places[4].extra == (("x_code", "MM 2"),)
    native.write(scenario, tmp_path / "two")
    assert load(tmp_path / "two") == scenario


def test_column_order_is_free(tmp_path):
    lines = [line.split(",") for line in TABLES["routes"].splitlines()]
    text = "\n".join(",".join(reversed(cells)) for cells in lines) + "\n"
    assert load(write_folder(tmp_path / "a", routes=text)) == load(write_folder(tmp_path / "b"))


def test_optional_columns_and_files_may_be_left_out(tmp_path):
    text = "\n".join(",".join(line.split(",")[:5]) for line in TABLES["routes"].splitlines()) + "\n"
    scenario = load(write_folder(tmp_path, routes=text, areas=None))
    assert scenario.areas == ()
    assert scenario.routes[0].porous is False
    assert scenario.routes[2].crossing == "River bridge"


def test_folder_that_is_not_empty_is_never_written_into(tmp_path):
    scenario = load(write_folder(tmp_path / "small"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    for call in (
        lambda: native.write(scenario, tmp_path / "mine"),
        lambda: native.copy(tmp_path / "small", tmp_path / "mine"),
    ):
        with pytest.raises(InputError, match="not an empty folder"):
            call()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_copy_takes_everything_beside_the_tables(tmp_path):
    folder = write_folder(tmp_path / "small")
    (folder / "SOURCES.md").write_text("# Sources", encoding="utf-8")
    native.copy(folder, tmp_path / "copied")
    assert (tmp_path / "copied" / "SOURCES.md").read_text(encoding="utf-8") == "# Sources"
    assert load(tmp_path / "copied") == load(folder)


def test_until_cuts_the_period_and_nothing_else(tmp_path):
    scenario = load(write_folder(tmp_path))
    short = scenario.until(dt.date(2021, 2, 10))
    assert short.days == 10
    assert short.places == scenario.places
    assert scenario.days == 59
    for day in (dt.date(2021, 1, 31), dt.date(2021, 4, 1)):
        with pytest.raises(ValueError, match="lies outside"):
            scenario.until(day)


def test_source_that_is_neither_folder_nor_name_is_refused_with_a_suggestion(tmp_path):
    with pytest.raises(InputError, match='did you mean "mizoram-2021"'):
        load("mizoram-2012")
    with pytest.raises(InputError, match="packaged scenarios: mizoram-2021"):
        load("qqqq")
    file = tmp_path / "scenario.csv"
    file.write_text("a", encoding="utf-8")
    with pytest.raises(InputError, match="is a file, not a scenario folder"):
        load(file)


def test_new_folder_that_fails_goes_again_with_those_made_on_the_way(tmp_path):
    with pytest.raises(FileNotFoundError), new_folder(tmp_path / "a" / "b") as partial:
        (partial / "none" / "half").write_text("written", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []
