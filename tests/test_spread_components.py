"""Components of residuals are found again in series of which they are known (verification/spread_components.py)."""

import runpy
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import multivariate_normal

SCRIPT = Path(__file__).parent.parent / "verification/spread_components.py"
if not SCRIPT.is_file():
    pytest.skip("verification/ is not part of this copy", allow_module_level=True)
CORE = runpy.run_path(str(SCRIPT), run_name="spread_components")
Components, Series = CORE["Components"], CORE["Series"]


def conflict(parts, seed, *, places=12, figures=40, every=10.0, level=0.4):
    """Return places with known components; figures come in pairs two days apart."""
    rng = np.random.default_rng(seed)
    days = np.repeat(np.arange(figures // 2) * 2 * every, 2) + np.tile([0.0, 2.0], figures // 2)
    root = np.linalg.cholesky(parts.covariance(days))
    return [Series(days, level + root @ rng.standard_normal(days.size)) for _ in range(places)]


@cache
def likelihood(*parts, seed):
    return CORE["log_likelihood"](conflict(Components(*parts), seed))


def test_the_grid_holds_the_likelihood_of_a_normal_with_a_level_that_is_not_known():
    places = conflict(Components(0.4, 0.5, 100.0, 0.1), 1, places=3, figures=8)
    found, at = CORE["log_likelihood"](places), (9, 14, 5, 6)
    parts = Components(CORE["SDS"][9], CORE["SDS"][14], CORE["MEMORIES"][5], CORE["SDS"][6])
    levels = np.linspace(-8, 8, 4001)
    zero = [multivariate_normal(np.zeros(8), parts.covariance(one.days)) for one in places]
    logs = [sum(of.logpdf(one.logs - x) for of, one in zip(zero, places, strict=True)) for x in levels]
    integral = np.log(np.trapezoid(np.exp(logs), levels))
    constant = 0.5 * (24 - 1) * np.log(2 * np.pi)
    assert found[at] == pytest.approx(integral + constant, abs=1e-6)


@pytest.mark.parametrize("truth", [(0.5, 0.6, 120.0, 0.1), (0.2, 0.9, 60.0, 0.3)])
def test_components_that_are_known_are_found_over_conflicts(truth):
    likelihoods = [likelihood(*truth, seed=seed) for seed in range(4)]
    found = CORE["pooled"](likelihoods, rounds=12).middle
    total, share = np.hypot(*truth[:2]), truth[0] ** 2 / (truth[0] ** 2 + truth[1] ** 2)
    assert np.hypot(found.lasting, found.drift) == pytest.approx(total, rel=0.2)
    # Two years hardly tell what lasts from what drifts; a share that is not told is drawn to a half.
    assert found.lasting**2 / (found.lasting**2 + found.drift**2) == pytest.approx(share, abs=0.25)
    assert np.log(found.memory / truth[2]) == pytest.approx(0.0, abs=np.log(1.5))
    assert found.noise == pytest.approx(truth[3], rel=0.1)


def test_conflicts_that_differ_lie_apart_and_those_with_few_figures_are_drawn_to_the_others():
    few = CORE["log_likelihood"](conflict(Components(0.5, 0.6, 120.0, 0.8), 7, places=1, figures=4))
    like = CORE["pooled"]([likelihood(0.5, 0.6, 120.0, 0.1, seed=seed) for seed in range(5)], rounds=12)
    noises = enumerate((0.03, 0.06, 0.12, 0.25, 0.5))
    apart = CORE["pooled"]([likelihood(0.5, 0.6, 120.0, noise, seed=seed) for seed, noise in noises], rounds=12)
    assert apart.sd[3] > 2 * like.sd[3]
    drawn = np.exp(CORE["drawn"](few, like).mean[3])
    assert 0.05 < drawn < CORE["by_itself"](few).noise + 0.2


def test_next_figures_are_scored_best_by_the_truth():
    truth = Components(0.4, 0.5, 100.0, 0.15)
    places = [one for seed in range(4) for one in conflict(truth, seed, level=0.0)]

    def score(parts, lead=0.5):
        return np.mean([x for one in places for x in CORE["next_scores"](one, parts, lead)])

    others = [(0.0, 0.0, 1.0, 0.66), (0.4, 0.5, 100.0, 0.03), (0.4, 0.5, 1000.0, 0.15), (0.66, 0.0, 1.0, 0.15)]
    for other in others:
        assert score(truth) > score(Components(*other)), other


def test_scores_of_a_series_add_up_to_its_density():
    one, parts = conflict(Components(0.4, 0.5, 100.0, 0.15), 3, figures=12)[0], Components(0.3, 0.7, 50.0, 0.2)
    first = -0.5 * (one.logs[0] ** 2 / (total := 0.3**2 + 0.7**2 + 0.2**2) + np.log(2 * np.pi * total))
    density = multivariate_normal(np.zeros(12), parts.covariance(one.days)).logpdf(one.logs)
    assert first + sum(CORE["next_scores"](one, parts, 0.5)) == pytest.approx(density, abs=1e-6)
    assert CORE["next_scores"](one, parts, 1e4) == []
