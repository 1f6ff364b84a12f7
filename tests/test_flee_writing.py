"""A case that is written reads back the same."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.counts import counts
from tiau.flee.case.model import (
    Change,
    Closure,
    Correction,
    DataFile,
    DayTable,
    FleeCase,
    Label,
    Link,
    Location,
)
from tiau.flee.case.settings import FleeSettings
from tiau.flee.engine.preparation import stops

SHARED = Path(__file__).parents[2] / "shared"
CASES = sorted(path.parent for path in SHARED.glob("flee-cases/*/input_csv"))

WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=6).filter(lambda s: s[0] != "#")
CHANCES = st.floats(0.01, 1.0)
KINDS = ("town", "conflict_zone", "camp", "idpcamp", "marker", "forwarding_hub")


def numbers(most=1e6):
    return st.floats(0, most)


@st.composite
def rules(draw):
    values = draw(st.fixed_dictionaries({}, optional={
        "take_from_population": st.booleans(), "insert_day0": st.booleans(), "camps_are_sinks": st.booleans(),
        "conflict_spawn_decay": st.lists(numbers(), min_size=1, max_size=4).map(tuple),
        "max_move_speed": st.floats(1, 1000), "default_movechance": CHANCES, "camp_movechance": CHANCES,
        "awareness_level": st.integers(1, 5), "avoid_short_stints": st.booleans(), "softening": st.floats(1, 100),
        "distance_power": st.floats(0, 3), "pruning_threshold": st.floats(1, 3), "hasten": st.integers(1, 3),
        "default_conflict_intensity": st.integers(0, 3), "capacity_buffer": st.floats(0, 1),
    }))  # fmt: skip
    if draw(st.booleans()):
        mode = draw(st.sampled_from(["constant", "pop_ratio", "poisson"]))
        amount = draw(st.floats(0, 1)) if mode == "pop_ratio" else float(draw(st.integers(0, 900)))
        values |= {"spawn_mode": "conflict", "amount_mode": mode, "amounts": (amount,)}
    return FleeSettings(**values)


@st.composite
def cases(draw):
    days = draw(st.integers(1, 4))
    names = draw(st.lists(WORDS, min_size=2, max_size=5, unique=True))
    attributes = draw(st.lists(WORDS, max_size=2, unique=True))
    given_attributes = st.integers(0, len(attributes)).flatmap(
        lambda n: st.tuples(*(st.tuples(st.just(name), WORDS) for name in attributes[:n]))
    )
    locations = tuple(
        Location(name, draw(WORDS), draw(st.sampled_from(["Mali", "Niger, the"])), draw(st.floats(-90, 90)),
                 draw(st.floats(-180, 180)), draw(st.sampled_from(KINDS)), draw(st.integers(0, 9)),
                 draw(st.integers(0, 10**6)), draw(given_attributes))
        for name in names
    )  # fmt: skip
    some = st.sampled_from(names)
    links = st.builds(Link, some, some, st.floats(0, 5000), st.sampled_from([0, 0, 1, 2]))
    closures = st.builds(
        Closure, st.sampled_from(["location", "camp", "idpcamp", "country", "link"]), some, some,
        st.integers(-1, 9), st.integers(-1, 9),
    )  # fmt: skip
    files = [
        DataFile(f"{number}.csv", tuple(range(-1, 2 * len(people), 2))[: len(people)], tuple(people))
        for number, people in enumerate(draw(st.lists(
            st.lists(st.integers(5, 10**6), min_size=2, max_size=3), min_size=len(names) + 1, max_size=len(names) + 1)))
    ]  # fmt: skip
    labels = [Label(name, (file,)) for name, file in zip(["total", *names], files, strict=True)]
    columns = draw(st.lists(some, min_size=1, unique=True))
    table = st.lists(st.lists(numbers(), min_size=len(columns), max_size=len(columns)), min_size=days, max_size=days)
    fixed = [place.name for place in locations if place.kind != "marker"]
    change = st.builds(Change, st.sampled_from(fixed or names), st.sampled_from(KINDS[:4]), st.integers(0, 9))
    case = FleeCase(
        name="toy", start=draw(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1))), days=days, locations=locations,
        links=tuple(draw(st.lists(links, max_size=5))), closures=tuple(draw(st.lists(closures, max_size=4))),
        labels=tuple(labels), corrections=tuple(draw(st.lists(st.builds(Correction, some, st.just(1)), max_size=2))),
        conflicts=DayTable(tuple(columns), np.array(draw(table))),
        changes=tuple(draw(st.lists(change, max_size=2 * bool(fixed)))),
        demographics=draw(st.sampled_from([{}, {"age": (("1", {"Default": 1.0}), ("2", {"Default": 0.5}))}])),
        settings=draw(rules()),
    )  # fmt: skip
    scale = case.settings.hasten
    assume(not stops(case, counts(case, hasten=scale, days=days), hasten=scale))
    return case


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(case=cases())
def test_a_case_that_is_written_reads_back_the_same(case, tmp_path_factory):
    folder = tmp_path_factory.mktemp("case") / case.name
    flee.write(case, folder)
    again = flee.load(folder)
    assert again == case
    assert not [repair for repair in again.repairs if "blanks" in repair or "header" in repair]


@pytest.mark.skipif(not CASES, reason="../shared/flee-cases is not there")
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_published_cases_are_written_and_read_back(folder, tmp_path):
    case = flee.load(folder, SHARED / "flee-cases" / "rules" / "modern125aw2dm75.yml")
    flee.write(case, tmp_path / folder.name)
    again = flee.load(tmp_path / folder.name)
    assert again == case
    assert again.repairs == ()
    assert again.warnings == case.warnings


def test_floods_are_written_and_read_back(tmp_path):
    names = ("Beira", "Buzi")
    flood = FleeSettings(
        take_from_population=True, conflict_zone_spawning_only=False, spawn_mode="flood", amount_mode="poisson",
        amounts=(0.0, 100.0, 250.0), flood_rules=True, flood_movechances=(0.3, 0.5, 1.0),
        flood_loc_weights=(1.0, 0.5, 0.1),
    )  # fmt: skip
    case = FleeCase(
        "flood", dt.date(2019, 3, 1), 2, tuple(Location(name, "Sofala", "M", 1.5, 2, "flood_zone", 0, 9)
                                               for name in names),
        (Link(*names, 30.0),), (), (), settings=flood, flood_level=DayTable(names, np.array([[0.0, 2], [1, 1]])),
    )  # fmt: skip
    flee.write(case, tmp_path / "flood")
    assert flee.load(tmp_path / "flood") == case


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    case = FleeCase("x", dt.date(2019, 3, 1), 2, (), (), (), ())
    with pytest.raises(InputError, match="not an empty folder"):
        flee.write(case, tmp_path)
