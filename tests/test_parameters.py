import numpy as np
import pytest
from scipy import stats

from folders import SCENARIO, added, changed, write_folder
from tiau.engine.members import draw, figure_normals, shared
from tiau.loading import load
from tiau.scenario.parameters import BY_NAME, PARAMETERS, SPEEDS, values
from tiau.scenario.settings import Setting

MEMBERS = 4000
# Statistics below miss their value by chance less than once in a million for a given seed; the seed is fixed.
SIGMAS = 5
SPREAD = [parameter for parameter in PARAMETERS if parameter.spread]


def with_parameters(tmp_path, text, **tables):
    head = SCENARIO.partition("[parameters.departure_rate]")[0]
    return load(write_folder(tmp_path, scenario=head + text, **tables))


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return load(write_folder(tmp_path_factory.mktemp("parameters")))


@pytest.fixture(scope="module")
def drawn(scenario):
    return draw(scenario, members=MEMBERS, seed=5)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_every_parameter_is_described_and_its_default_lies_within_bounds(parameter):
    assert parameter.lower <= parameter.default <= parameter.upper
    assert parameter.lower < parameter.upper
    assert parameter.spread >= 0
    for text in (parameter.unit, parameter.meaning, parameter.source):
        assert text.strip() == text != ""


def test_names_are_unique_and_found_by_name():
    assert len(BY_NAME) == len(PARAMETERS)
    assert all(BY_NAME[parameter.name] is parameter for parameter in PARAMETERS)


def test_log_normal_parameters_have_a_positive_default():
    assert SPREAD
    assert all(parameter.default > 0 for parameter in SPREAD)


def test_every_mode_of_travel_has_a_speed():
    assert set(SPEEDS) == {"road", "track", "foot", "ferry"}
    assert all(BY_NAME[name].unit == "km/day" for name in SPEEDS.values())


def test_values_are_the_defaults_where_nothing_is_set():
    assert values({}) == {parameter.name: parameter.default for parameter in PARAMETERS}
    assert list(values({})) == [parameter.name for parameter in PARAMETERS]


def test_values_take_what_a_scenario_sets_and_nothing_else():
    found = values({"crowd_power": Setting(value=1.25, why="a test")})
    assert found["crowd_power"] == 1.25
    assert {name for name, value in found.items() if value != BY_NAME[name].default} == {"crowd_power"}


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.name)
def test_members_stay_within_bounds(drawn, parameter):
    column = drawn.parameters[parameter.name]
    assert column.shape == (MEMBERS,)
    assert parameter.lower <= column.min()
    assert column.max() <= parameter.upper


def own(scenario, drawn, name):
    """A parameter as its own number says, without what a member's memory of events does to its rate of leaving."""
    column, memory = drawn.parameters[name], drawn.parameters["event_memory_days"]
    return column * memory / scenario.values["event_memory_days"] if name == "departure_rate" else column


@pytest.mark.parametrize("parameter", SPREAD, ids=lambda parameter: parameter.name)
def test_members_have_the_stated_median_and_spread(scenario, drawn, parameter):
    """Log-normal between the bounds, and as often at a bound as beyond it."""
    column, centre = own(scenario, drawn, parameter.name), scenario.values[parameter.name]
    with np.errstate(divide="ignore"):
        low, high = np.log(np.array([parameter.lower, parameter.upper]) / centre) / parameter.spread
    inside = column[(column > parameter.lower) & (column < parameter.upper)]
    between = stats.norm.cdf(high) - stats.norm.cdf(low)
    assert abs(inside.size / MEMBERS - between) <= SIGMAS * np.sqrt(between * (1 - between) / MEMBERS) + 1e-3
    numbers = np.log(inside / centre) / parameter.spread
    assert stats.kstest(numbers, stats.truncnorm(low, high).cdf).pvalue > 1e-6
    assert abs(np.median(np.log(column / centre))) < SIGMAS * 1.2533 * parameter.spread / np.sqrt(MEMBERS)
    spread = stats.truncnorm(low, high).std()
    assert abs(numbers.std() / spread - 1) < SIGMAS / np.sqrt(2 * inside.size)


def test_a_member_with_a_shorter_memory_of_events_leaves_at_a_higher_rate(scenario, drawn):
    """What an event causes in all, rate times memory, does not hang on the memory."""
    rate, memory = (np.log(drawn.parameters[name]) for name in ("departure_rate", "event_memory_days"))
    assert abs(np.corrcoef(rate + memory, memory)[0, 1]) < SIGMAS / np.sqrt(MEMBERS)
    assert np.corrcoef(rate, memory)[0, 1] < -0.5


@pytest.mark.parametrize("parameter", [p for p in PARAMETERS if not p.spread], ids=lambda parameter: parameter.name)
def test_fixed_parameters_are_the_same_for_all_members(scenario, drawn, parameter):
    assert set(drawn.parameters[parameter.name]) == {scenario.values[parameter.name]}
    assert shared(drawn, parameter.name) == scenario.values[parameter.name]


def test_parameter_that_differs_between_members_is_not_shared(drawn):
    with pytest.raises(ValueError, match="must be the same for all members"):
        shared(drawn, SPREAD[0].name)


def test_draws_of_different_parameters_are_independent(scenario, drawn):
    logs = np.log([own(scenario, drawn, parameter.name) for parameter in SPREAD])
    off = np.corrcoef(logs)[~np.eye(len(SPREAD), dtype=bool)]
    assert np.abs(off).max() < SIGMAS / np.sqrt(MEMBERS)


def test_draws_beyond_a_bound_are_cut_to_it(tmp_path):
    near = with_parameters(tmp_path, '[parameters.departure_rate]\nvalue = 0.99\nwhy = "near its upper bound"\n')
    column = draw(near, members=500, seed=1).parameters["departure_rate"]
    assert column.max() == 1.0
    assert 0.3 < np.mean(column == 1.0) < 0.6


@pytest.mark.parametrize("cv", [0.2, 0.5, 1.5])
def test_event_factors_have_mean_one_and_the_stated_variation(tmp_path, cv):
    text = f'[parameters.event_factor_cv]\nvalue = {cv}\nwhy = "a test"\n'
    factors = draw(with_parameters(tmp_path, text), members=MEMBERS, seed=3).shocks.event[:, 0]
    sd = np.sqrt(np.log(1 + cv**2))
    log_normal = stats.lognorm(sd, scale=np.exp(-(sd**2) / 2))
    assert log_normal.mean() == pytest.approx(1)
    assert log_normal.std() == pytest.approx(cv)
    assert abs(factors.mean() - 1) < SIGMAS * cv / np.sqrt(MEMBERS)
    assert abs(np.log(factors).std() / sd - 1) < SIGMAS / np.sqrt(2 * MEMBERS)
    assert stats.kstest(factors, log_normal.cdf).pvalue > 1e-6


def test_event_factors_are_one_where_the_variation_is_zero(tmp_path):
    text = '[parameters.event_factor_cv]\nvalue = 0\nwhy = "a test"\n'
    assert set(draw(with_parameters(tmp_path, text), members=5, seed=3).shocks.event.ravel()) == {1.0}


def test_event_factors_of_different_events_are_independent(tmp_path):
    rows = [f"E{i},2021-02-02,2021-02-04,Alpha,clash,5,2021-02-05,,paper,no," for i in range(2, 6)]
    factors = draw(load(write_folder(tmp_path, events=added("events", *rows))), members=MEMBERS, seed=3).shocks.event
    off = np.corrcoef(factors.T)[~np.eye(5, dtype=bool)]
    assert np.abs(off).max() < SIGMAS / np.sqrt(MEMBERS)


def test_member_is_the_same_whatever_their_number(scenario, drawn):
    few = draw(scenario, members=7, seed=5)
    assert np.array_equal(few.key, drawn.key[:7])
    assert np.array_equal(few.shocks.event, drawn.shocks.event[:7])
    assert all(np.array_equal(few.parameters[name], drawn.parameters[name][:7]) for name in few.parameters)
    part = drawn.part(slice(3, 5))
    assert np.array_equal(part.key, drawn.key[3:5])
    assert np.array_equal(part.parameters["return_rate"], drawn.parameters["return_rate"][3:5])


def test_other_seed_gives_other_members(scenario, drawn):
    other = draw(scenario, members=MEMBERS, seed=6)
    assert not np.intersect1d(other.key, drawn.key).size
    assert abs(np.corrcoef(other.shocks.event[:, 0], drawn.shocks.event[:, 0])[0, 1]) < SIGMAS / np.sqrt(MEMBERS)


def test_event_factor_depends_on_the_name_of_the_event_alone(tmp_path, scenario):
    text = added("events", "E0,2021-02-02,2021-02-04,Beta,clash,5,2021-02-05,,paper,no,")
    header, first, second = text.splitlines()
    swapped = load(write_folder(tmp_path, events=f"{header}\n{second}\n{first}\n"))
    assert np.array_equal(
        draw(swapped, members=9, seed=5).shocks.event[:, 1], draw(scenario, members=9, seed=5).shocks.event[:, 0]
    )


def test_without_chance_there_is_one_member_of_values(scenario):
    one = draw(scenario, members=50, seed=5, chance=False)
    assert one.key.size == 1
    assert one.chance is False
    assert {name: float(column[0]) for name, column in one.parameters.items()} == scenario.values
    assert one.shocks.event.tolist() == [[1.0]]


def test_noise_of_figures_is_standard_normal_and_differs_between_reports(drawn):
    one, other = figure_normals(drawn, "R1"), figure_normals(drawn, "R2")
    assert stats.kstest(one, "norm").pvalue > 1e-6
    assert abs(np.corrcoef(one, other)[0, 1]) < SIGMAS / np.sqrt(MEMBERS)
    assert np.array_equal(one, figure_normals(drawn, "R1"))


def test_value_that_a_scenario_sets_is_the_median_of_its_members(tmp_path):
    text = changed("scenario", "value = 0.0001", "value = 0.02")
    column = draw(load(write_folder(tmp_path, scenario=text)), members=MEMBERS, seed=5).parameters["departure_rate"]
    spread = np.hypot(BY_NAME["departure_rate"].spread, BY_NAME["event_memory_days"].spread)
    assert abs(np.log(np.median(column) / 0.02)) < SIGMAS * 1.2533 * spread / np.sqrt(MEMBERS)


@pytest.mark.parametrize("chance", [True, False])
def test_whole_numbers_are_numbers_of_the_same_type(tmp_path, chance):
    """Kernels are compiled for each type anew: half a minute for a parameter of 1 instead of 1.0."""
    text = changed("scenario", "value = 0.0001", "value = 1")
    columns = draw(load(write_folder(tmp_path, scenario=text)), members=3, seed=5, chance=chance).parameters
    assert {column.dtype for column in columns.values()} == {np.dtype(float)}
