"""A scenario as a value: what is worked out from it once, how it shows itself, and where its name is enough."""

import copy
import datetime as dt
import pickle

import numpy as np
import pytest

import tiau
from tiau.engine.members import draw
from tiau.explanation import explain
from tiau.faults import InputError
from tiau.loading import opened
from tiau.scenario.network import build
from toys import camp, fork, leave, line, origin, place, scenario, way, with_parameters

ONCE = ("values", "names", "residents", "outflows")


@pytest.fixture(scope="module")
def mizoram():
    return tiau.load("mizoram-2021")


def worked_out(toy):
    return {name: getattr(toy, name) for name in ONCE}


@pytest.mark.parametrize("name", ONCE)
def test_what_is_worked_out_from_a_scenario_is_worked_out_once(name):
    toy = line()
    assert getattr(toy, name) is getattr(toy, name)


def test_a_copy_with_other_fields_works_everything_out_anew():
    toy = line(parameters={"news_days": 2}, departures=[leave(1, 5)])
    worked_out(toy)
    other = fork(people=60)
    fields = {name: getattr(other, name) for name in ("settings", "places", "groups", "departures")}
    for deep in (False, True):
        changed = toy.model_copy(update=fields, deep=deep)
        assert changed.values["news_days"] == 0
        assert "B" in changed.names
        assert changed.residents.people == (60,)
        assert changed.outflows == ()
    assert toy.values["news_days"] == 2


def test_what_was_worked_out_is_no_part_of_a_scenario():
    toy, same = line(departures=[leave(1, 5)]), line(departures=[leave(1, 5)])
    digest, size = toy.digest(), len(pickle.dumps(toy))
    worked_out(toy)
    assert toy == same
    assert toy.digest() == digest
    assert set(toy.model_dump()) == set(same.model_dump())
    assert len(pickle.dumps(toy)) == size
    for twin in (pickle.loads(pickle.dumps(toy)), copy.copy(toy), copy.deepcopy(toy)):
        assert twin == toy
        assert twin.outflows == toy.outflows
    assert toy != with_parameters(toy, news_days=3)


def test_what_was_worked_out_cannot_be_changed_under_a_scenario():
    toy = line()
    with pytest.raises(TypeError):
        toy.values["news_days"] = 5
    build(toy).home_people[0] = 5
    assert build(toy).home_people.tolist() == [100]


def test_abroad_is_what_lies_outside_the_countries_that_people_leave():
    # Nobody lives in the second origin, so its country is one that nobody leaves.
    places = [origin("O"), camp("A"), place("Empty", "origin", "Other"), place("T", "town")]
    network = build(scenario(places, [way("O", "A", 300, "gate")]))
    assert network.abroad.tolist() == [False, True, True, False]
    assert network.outward.tolist() == [True, False]


def test_a_scenario_and_its_network_show_themselves_in_a_line(mizoram):
    assert repr(mizoram) == str(mizoram)
    assert repr(mizoram).startswith("<Scenario mizoram-2021: 2021-02-01 to 2022-08-31; 123 places, 28 areas, ")
    assert "departures" not in repr(mizoram)
    assert len(repr(mizoram)) < 200
    assert repr(build(mizoram)).startswith("<Network of mizoram-2021: 123 places in 2 countries, ")


def test_a_scenario_shows_its_settings_and_the_size_of_its_tables_in_a_notebook(mizoram):
    page = mizoram._repr_html_()
    assert "<th>reports</th><td>203 rows</td>" in page
    assert "<th>fitted until</th><td>2021-12-31</td>" in page
    title = mizoram.settings.model_copy(update={"title": "<script>"})
    assert "&lt;script&gt;" in mizoram.model_copy(update={"settings": title})._repr_html_()


@pytest.mark.parametrize("module", [tiau, tiau.flee])
def test_dir_shows_the_public_names_and_each_is_there(module):
    assert dir(module) == sorted(module.__all__)
    assert all(getattr(module, name) is not None for name in dir(module))


def test_a_name_is_enough_where_a_scenario_is_asked_for(mizoram):
    assert opened("mizoram-2021") == mizoram
    assert opened(mizoram) is mizoram
    assert explain("mizoram-2021", "Moreh", "2021-03-26") == explain(mizoram, "Moreh", dt.date(2021, 3, 26))
    for run in (tiau.simulate, lambda name: tiau.compare(name, ()), lambda name: explain(name, "Moreh", "2021-03-26")):
        with pytest.raises(InputError, match=r'scenario: "mizoram-2012" .*did you mean "mizoram-2021"'):
            run("mizoram-2012")


@pytest.mark.parametrize("day", ["2021-03-10", dt.date(2021, 3, 10), dt.datetime(2021, 3, 10, 8)])
def test_a_scenario_is_cut_at_a_day_however_it_is_given(mizoram, day):
    assert mizoram.until(day).settings.end == dt.date(2021, 3, 10)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2022-09-01", 'until: "2022-09-01" lies outside the scenario; give a day from 2021-02-01 to 2022-08-31'),
     ("10/03/2021", 'until: "10/03/2021" is not a day; '), (5, 'until: "5" is not a day; ')],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_by_the_name_of_its_argument(mizoram, day, said):
    with pytest.raises(InputError) as caught:
        mizoram.until(day)
    assert said in str(caught.value)


@pytest.mark.parametrize(("vary", "said"), [(("shocks", "parameter"), 'did you mean "parameters"'),
                                            (("weather",), "choose from parameters, judged, shocks")])  # fmt: skip
def test_words_that_are_no_source_of_differences_are_refused(vary, said):
    with pytest.raises(InputError, match=f"vary: .* is nothing that members differ in; {said}"):
        draw(line(), members=2, seed=1, vary=vary)


def test_one_word_is_taken_as_one():
    one, several = (draw(line(), members=2, seed=1, vary=vary) for vary in ("parameters", ("parameters",)))
    assert all(np.array_equal(one.parameters[name], column) for name, column in several.parameters.items())
