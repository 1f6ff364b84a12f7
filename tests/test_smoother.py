"""The smoother of a fit: against exact posteriors of linear cases, what figures may move, and how they err."""

import datetime as dt

import numpy as np
import pytest

from tiau.calibration.evidence import evidence
from tiau.calibration.fit import disturbances
from tiau.calibration.locality import ELSEWHERE, SAME_REGION, locality
from tiau.calibration.noise import noise_by_class
from tiau.calibration.smoother import MOST_TAKEN, Observed, damping, gain, left_out, smooth
from tiau.engine.members import keys_of
from tiau.engine.unknowns import Whitened, unknowns_of
from tiau.observations.classes import FigureClass
from tiau.observations.ledger import ledger
from tiau.observations.sources import usual_noise
from tiau.scenario.network import build
from tiau.scenario.rows import Report
from tiau.scenario.unknown import KNOT_DAYS, Unknown
from tiau.scenario.vocabulary import parse_period
from toys import camp, day, event, group, origin, scenario, way

MEMBERS = 20_000
# The standard error of a mean of so many members is .007, that of an sd .005; five of them.
WITHIN = 0.035
# Each unknown correlates with each figure: damping goes by that.
MODEL = np.array([[1.0, -0.5, 0.5], [1.0, 1.0, -0.4]])
SAID = np.array([1.5, -0.5])
VARIANCE = np.array([0.25, 1.0])
NAMED = np.zeros(2, np.int8)


def normals(rows, members=MEMBERS, seed=1):
    return np.random.default_rng(seed).standard_normal((rows, members))


def noise(step, rows=2, members=MEMBERS):
    return normals(rows, members, seed=100 + step)


def exact(model=MODEL, said=SAID, variance=VARIANCE):
    """Mean and covariance of standard normal numbers, given linear figures of them."""
    covariance = np.linalg.inv(np.eye(model.shape[1]) + model.T @ np.diag(1 / variance) @ model)
    return covariance @ model.T @ (said / variance), covariance


def smoothed(prior=None, *, steps, side=NAMED, said=SAID, local=1.0):
    numbers = normals(3) if prior is None else prior
    observed = Observed(said, side, VARIANCE)
    whole = np.full((3, 2), local)
    return smooth(numbers, lambda tried, _: MODEL @ tried, observed, whole, noise, steps=steps)


# --- a linear case, whose posterior is known


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_linear_figures_give_the_exact_posterior_in_however_many_steps(steps):
    mean, covariance = exact()
    found = smoothed(steps=steps)
    assert found.mean(1) == pytest.approx(mean, abs=WITHIN)
    assert found.std(1) == pytest.approx(np.sqrt(np.diag(covariance)), abs=WITHIN)
    assert np.cov(found) == pytest.approx(covariance, abs=WITHIN)


def test_what_the_prior_predicts_is_not_worked_out_again_where_it_is_known():
    prior, asked = normals(3, 50), []

    def predict(tried, step):
        asked.append(step)
        return MODEL @ tried

    def smoothed_by(first):
        return smooth(prior, predict, Observed(SAID, NAMED, VARIANCE), np.ones((3, 2)), lambda step: noise(step, 2, 50),
                      steps=2, first=first)  # fmt: skip

    with_first = smoothed_by(MODEL @ prior)
    assert asked == [1]
    assert with_first == pytest.approx(smoothed_by(None))


def test_what_a_figure_cannot_speak_of_stays_as_it_was():
    prior = normals(3)
    local = np.ones((3, 2))
    local[1] = 0.0
    found = smooth(prior, lambda tried, _: MODEL @ tried, Observed(SAID, NAMED, VARIANCE), local, noise)
    assert (found[1] == prior[1]).all()
    assert (found[0] != prior[0]).any()


# --- bounds


@pytest.mark.parametrize(("side", "bound", "held"), [(1, -50.0, True), (-1, 50.0, True), (1, 50.0, False)])
def test_bounds_move_nobody_where_they_hold(side, bound, held):
    prior = normals(3, 500)
    observed = Observed(np.full(2, bound), np.full(2, side, np.int8), VARIANCE)
    found = smooth(prior, lambda tried, _: MODEL @ tried, observed, np.ones((3, 2)), lambda step: noise(step, 2, 500))
    assert (found == prior).all() == held


def test_a_bound_moves_members_that_violate_it_and_no_others():
    prior = normals(1, 1000)
    observed = Observed(np.zeros(1), np.ones(1, np.int8), np.full(1, 1e-6))
    found = smooth(prior, lambda tried, _: tried, observed, np.ones((1, 1)), lambda _: np.zeros((1, 1000)), steps=1)
    violate = prior[0] < 0
    assert (found[0, ~violate] == prior[0, ~violate]).all()
    assert found[0, violate] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(("side", "missed"), [(0, [1.0, -1.0]), (1, [1.0, 0.0]), (-1, [0.0, -1.0])])
def test_a_bound_is_missed_on_one_side_alone(side, missed):
    observed = Observed(np.zeros(1), np.array([side], np.int8), np.ones(1))
    assert observed.missed(np.array([[-1.0, 1.0]]))[0] == pytest.approx(missed)


# --- chance correlations


def test_correlations_that_chance_gives_are_damped_and_real_ones_are_not():
    assert damping(np.array([0.0]), 100)[0] == 0
    assert damping(np.array([0.1]), 100)[0] == pytest.approx(0.01 / (0.01 + 1.01 / 100))
    assert damping(np.array([-0.95]), 100)[0] > 0.97
    assert damping(np.array([0.1]), 100_000)[0] > 0.99


def test_the_gain_of_what_a_figure_does_not_hang_on_is_damped():
    numbers = normals(2, 60)
    logs, error = numbers[:1], np.ones(1)
    centred = numbers - numbers.mean(1, keepdims=True)
    undamped = centred @ centred[0] / (centred[0] @ centred[0] + 59)
    found = gain(numbers, logs, error, np.ones((2, 1)))[:, 0]
    assert found[0] == pytest.approx(undamped[0], rel=0.05)
    assert abs(found[1]) < abs(undamped[1])


# --- what members would predict without a figure


def test_what_is_left_out_is_as_if_each_figure_had_not_been_seen():
    mean, covariance = exact()
    # Leaving out makes errors of chance six times as large.
    posterior = np.random.default_rng(5).multivariate_normal(mean, covariance, 50 * MEMBERS).T
    found = left_out(MODEL @ posterior, Observed(SAID, NAMED, VARIANCE))
    for row in range(2):
        others = np.arange(2) != row
        without, spread = exact(MODEL[others], SAID[others], VARIANCE[others])
        assert found[row].mean() == pytest.approx(MODEL[row] @ without, abs=WITHIN)
        assert found[row].var() == pytest.approx(MODEL[row] @ spread @ MODEL[row], rel=0.03)


def test_what_is_left_out_of_bounds_stays_and_what_took_nearly_all_is_cut():
    logs = normals(2, 1000)
    bounds = left_out(logs, Observed(SAID, np.array([1, -1], np.int8), VARIANCE))
    assert bounds == pytest.approx(logs)
    cut = left_out(logs, Observed(np.zeros(2), NAMED, np.full(2, 1e-9)))
    assert cut.std(1) == pytest.approx(logs.std(1) / np.sqrt(1 - MOST_TAKEN))


# --- which figure speaks of what


def world(**more):
    """Two districts of one region abroad, one of another region, and two homes."""
    places = [
        origin("Hill", admin1="Uplands", admin2="Hill"), origin("Plain", admin1="Lowlands", admin2="Plain"),
        camp("A", admin1="West", admin2="A district"), camp("B", admin1="West", admin2="B district"),
        camp("C", admin1="East", admin2="C district"),
    ]  # fmt: skip
    routes = [way(home, end, 100, f"{home} {end}") for home in ("Hill", "Plain") for end in "ABC"]
    groups = [group("hill", ("Hill",)), group("plain", ("Plain",))]
    events = [event(3, 4, ("Hill",), name="early"), event(100, 101, ("Hill",), name="late")]
    return scenario(places, routes, groups, days=150, events=events, base={}, **more)


def report(number, place="A", quantity="present", value=100, **columns):
    return Report(
        report=columns.pop("report", "R"), known_on=day(number), as_of=parse_period(str(day(number))), place=place,
        group="all", quantity=quantity, bound="exact", value=value, source_kind="register", **columns,
    )  # fmt: skip


def share(unknown, *reports):
    toy = world(reports=reports)
    network = build(toy)
    assert unknown in unknowns_of(toy)
    return locality(network, [unknown], ledger(network))[0].tolist()


def knot(number):
    return day(KNOT_DAYS * number)


def test_figures_speak_of_parameters_wholly():
    assert share(Unknown("parameter", "departure_rate"), report(50), report(50, "Hill", "idp_present")) == [1, 1]
    assert share(Unknown("inside", "hill"), report(50)) == [1]


def test_figures_speak_of_what_attracts_by_how_near_it_is():
    unknown = Unknown("pull", "A district")
    reports = [report(50, place, report=place) for place in ("A", "B", "C", "West", "Abroad")]
    assert share(unknown, *reports) == [1, SAME_REGION, ELSEWHERE, 1, 1]
    assert (SAME_REGION, ELSEWHERE) == (0.3, 0.1)


def test_figures_do_not_speak_of_knots_that_change_nothing_yet():
    # A knot changes days after the one before it.
    inside = [share(Unknown("pull", "A district", knot(2)), report(number))[0] for number in (30, 31, 60)]
    assert inside == [0, 1, 1]
    assert share(Unknown("outflow", "Hill", knot(2)), report(30), report(31)) == [0, 1]


def test_figures_do_not_speak_of_events_to_come():
    assert share(Unknown("event", "late"), report(99), report(100)) == [0, 1]


def test_any_figure_abroad_speaks_of_what_homes_send_figures_inside_of_their_own():
    for unknown in (Unknown("outflow", "hill"), Unknown("outflow", "Hill", knot(0)), Unknown("event", "early")):
        figures = [report(50, "C"), report(50, "Hill", "idp_present"), report(50, "Plain", "idp_present")]
        assert share(unknown, *figures) == [1, 1, ELSEWHERE]


def test_figures_of_an_origin_speak_of_what_that_sends():
    figures = [report(50, "A", origin="Hill"), report(50, "A", origin="Plain")]
    assert share(Unknown("outflow", "hill"), *figures) == [1, ELSEWHERE]
    assert share(Unknown("pull", "A district"), *figures) == [1, 1]


# --- how figures err


def of_sd(sd, figures=300, members=400):
    """Figures around members that lie apart by .2, and what sources cover of them."""
    rng = np.random.default_rng(11)
    truth = 9 + rng.normal(0, 0.5, figures)
    logs = truth[:, None] + rng.normal(0, 0.2, (figures, members))
    said = np.exp(truth + rng.normal(0, 0.2, figures) + rng.normal(0, sd, figures))
    # While counting begins figures err more.
    begins = report(5, report="first")
    reports = [report(50, report=f"R{row}", value=round(value)) for row, value in enumerate(said)]
    return ledger(build(world(reports=[begins, *reports])))[1:], logs


@pytest.mark.parametrize("sd", [0.15, 0.3, 0.7])
def test_the_noise_of_a_class_is_found_again_whatever_was_usual(sd):
    placements, logs = of_sd(sd)
    kind = placements[0].figure_class
    for usual in (0.2, 0.6):
        # The sd of an sd of 300 figures is 4%; the grid has steps of 13%.
        assert noise_by_class(placements, [logs], {kind: usual})[kind] == pytest.approx(sd, rel=0.2)


def test_one_figure_hardly_moves_what_is_usual_of_its_class():
    placements, logs = of_sd(0.3, figures=1)
    kind = placements[0].figure_class
    assert noise_by_class(placements, [logs], {kind: 0.3})[kind] == pytest.approx(0.3, rel=0.2)


def test_a_class_without_figures_keeps_what_is_usual():
    kind = FigureClass("agency", "state", "present")
    usual = usual_noise(kind, world().values)
    assert noise_by_class([], [np.zeros((0, 5))], {kind: usual})[kind] == pytest.approx(usual, rel=0.07)


# --- keys


def test_the_noise_of_figures_is_that_of_its_member_whatever_their_number():
    toy = world(reports=[report(20), report(50, "B", report="S"), report(50, "C", report="T")])
    found = evidence(toy, dt.date(2021, 12, 31))
    few, many = disturbances(found, keys_of(5, 3)), disturbances(found, keys_of(50, 3))
    assert (few(1) == many(1)[:, :5]).all()
    assert (few(1) != few(2)).all()
    assert (few(1) != disturbances(found, keys_of(5, 4))(1)).all()


def test_the_numbers_of_a_member_are_the_same_whatever_the_number_of_members():
    unknowns = unknowns_of(world())
    assert (Whitened(keys_of(5, 3)).all(unknowns) == Whitened(keys_of(50, 3)).all(unknowns)[:, :5]).all()
