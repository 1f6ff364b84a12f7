"""Keyed draws: uniform numbers, the normal quantile, and binomial draws by inversion against scipy."""

import numba
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from tiau.engine import streams
from tiau.engine.keys import mixed_with, name_key, uniforms_of

repeatable = settings(derandomize=True, deadline=None, max_examples=400)
inner_uniforms = st.floats(1e-9, 1 - 1e-9)
LARGE = [
    (130, 0.5),
    (121, 0.55),
    (310, 0.11),
    (310, 0.89),
    (10_000, 0.00305),
    (10**7, 3.1e-6),
    (10**6, 0.3),
    (10**8, 0.9),
]


@numba.njit
def _fill(keys, n, p, out):
    for i in range(keys.size):
        out[i] = streams.binomial(keys[i], n, p)


def draws(keys, n, p):
    out = np.empty(keys.size)
    _fill(keys, float(n), float(p), out)
    return out


def key_of(u):
    """A key whose uniform number is `u`, to 2^-53."""
    return np.uint64(int(u * 2**53) << 11)


def keys(count, *parts):
    """Keys as the engine makes them: a name, numbered, mixed with more parts."""
    out = np.empty(count, np.uint64)
    streams.mixed(np.arange(count, dtype=np.uint64), np.array([name_key("test"), *parts], np.uint64), out)
    return out


def uniforms(count, *parts):
    out = np.empty(count)
    streams.uniforms(keys(count, *parts), out)
    return out


def test_numbers_are_the_same_without_kernels():
    some, names = keys(50, 3), [name_key(str(number)) for number in range(40)]
    out = np.empty((40, 50), np.uint64)
    streams.mixed_each(some, np.array(names, np.uint64), out)
    np.testing.assert_array_equal(mixed_with(some, names), out)
    drawn = np.empty(out.size)
    streams.uniforms(out.ravel(), drawn)
    np.testing.assert_array_equal(uniforms_of(out).ravel(), drawn)


def test_name_keys_are_fixed_and_keep_parts_apart():
    assert name_key("phase", "depart") == 0xFD86F6F55F54918E  # the same on every machine
    assert len({name_key("ab"), name_key("a", "b"), name_key("b", "a")}) == 3


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
@repeatable
def test_mix_is_the_finaliser_of_splitmix64(key, part):
    z = ((key ^ part) + 0x9E3779B97F4A7C15) % 2**64
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
    assert int(streams.mix(np.uint64(key), np.uint64(part))) == z ^ (z >> 31)


@given(st.integers(0, 2**64 - 2**11 - 1))
@example(0)
@repeatable
def test_uniform_numbers_lie_between_0_and_1_and_follow_the_upper_bits(key):
    assert 0 < streams.uniform(np.uint64(key)) < 1
    assert streams.uniform(np.uint64(key)) == pytest.approx((key >> 11) / 2**53, abs=2**-53)


@pytest.mark.parametrize("parts", [(), (7,), (3, 2**63)])
def test_uniform_numbers_of_numbered_keys_spread_evenly(parts):
    """Chi-square over 1,000 classes; error rate 1e-4 for each case."""
    counts = np.histogram(uniforms(1_000_000, *parts), 1000, (0, 1))[0]
    assert stats.chisquare(counts).pvalue > 1e-4


@pytest.mark.parametrize("part", [1, 2, 2**40, 2**63])
def test_keys_one_bit_apart_give_independent_numbers(part):
    """Chi-square over 30 x 30 pairs; error rate 1e-4 for each case."""
    pairs = np.histogram2d(uniforms(200_000, 0), uniforms(200_000, part), 30, ((0, 1), (0, 1)))[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4


def test_consecutive_keys_give_independent_numbers():
    """Chi-square over 30 x 30 pairs of neighbours; error rate 1e-4."""
    pairs = np.histogram2d(*uniforms(400_000).reshape(-1, 2).T, 30, ((0, 1), (0, 1)))[0]
    assert stats.chisquare(pairs.ravel()).pvalue > 1e-4


@given(st.floats(1e-300, 1 - 2**-53))
@example(0.5)
@example(0.075)
@example(0.925)
@repeatable
def test_normal_quantile_agrees_with_scipy(u):
    assert streams.normal_quantile(u) == pytest.approx(ndtri(u), rel=1e-13, abs=1e-15)


@given(st.integers(1, 10**7), st.floats(1e-9, 1 - 1e-9), inner_uniforms)
@example(119, 0.5, 1e-9)
@example(119, 0.5, 1 - 1e-9)
@example(1, 0.3, 0.7000001)
@example(60, 0.95, 1e-9)
@repeatable
def test_binomial_draws_are_exact_while_the_variance_is_small(n, p, u):
    if n * p * (1 - p) > streams.EXACT_VARIANCE:  # bring hypothesis's p into the regime
        p = p * streams.EXACT_VARIANCE / n if p < 0.5 else 1 - (1 - p) * streams.EXACT_VARIANCE / n
    key = key_of(u)
    expected = stats.binom.ppf(streams.uniform(key), n, p)
    steps = stats.binom.cdf([expected - 1, expected], n, p)
    assume(np.abs(steps - u).min() > 1e-11)  # at a step of the distribution rounding decides
    assert streams.binomial(key, float(n), p) == expected


@pytest.mark.parametrize(("n", "p"), LARGE)
def test_binomial_draws_are_within_one_person_when_the_variance_is_large(n, p):
    tails = np.concatenate([10.0 ** np.arange(-9, -1), np.linspace(0.01, 0.99, 197), 1 - 10.0 ** np.arange(-9, -1)])
    drawn = draws(np.array([key_of(u) for u in tails]), n, p)
    assert np.abs(drawn - stats.binom.ppf(tails, n, p)).max() <= 1


@given(st.integers(130, 10**7), st.floats(0, 1), inner_uniforms)
@repeatable
def test_binomial_draws_are_within_one_person_for_any_large_variance(n, place, u):
    least = 0.5 - np.sqrt(0.25 - (streams.EXACT_VARIANCE + 0.1) / n)
    p = least + place * (1 - 2 * least)
    assert abs(streams.binomial(key_of(u), float(n), p) - stats.binom.ppf(u, n, p)) <= 1


@given(st.integers(1, 10**5), st.floats(0, 1), st.floats(0, 1), st.integers(0, 50), inner_uniforms)
@repeatable
def test_binomial_draws_rise_with_people_and_chance_within_a_regime(n, p, other, more, u):
    def regime(n, p):
        return n > 1 and (n * p * (1 - p) > streams.EXACT_VARIANCE, p <= 0.5)

    key = key_of(u)
    low, high = sorted((p, other))
    if regime(n, low) == regime(n, high):
        assert streams.binomial(key, float(n), low) <= streams.binomial(key, float(n), high)
    if regime(n, p) == regime(n + more, p):
        assert streams.binomial(key, float(n), p) <= streams.binomial(key, float(n + more), p)


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(0, 2**64 - 2**11 - 1))
@example(0, 0.5, 0)
@example(10, 0.0, 0)
@example(10, 1.0, 0)
@repeatable
def test_binomial_draws_are_whole_numbers_of_the_people_there_are(n, p, key):
    x = streams.binomial(np.uint64(key), float(n), p)
    assert 0 <= x <= n
    assert x == int(x)
    assert x == {0.0: 0, 1.0: n}.get(p, x)


@pytest.mark.parametrize(("n", "p"), [(1, 0.3), (7, 0.4), (50, 0.97), (110, 0.5), (10_000, 0.002), *LARGE])
def test_binomial_draws_have_mean_and_variance_of_the_distribution(n, p):
    """Both z below 4 over 200,000 keys: error rate 1.3e-4 a case."""
    x = draws(keys(200_000, n), n, p)
    mean, variance, kurtosis = (float(v) for v in stats.binom.stats(n, p, moments="mvk"))
    assert abs(x.mean() - mean) < 4 * np.sqrt(variance / x.size)
    assert abs(x.var() / variance - 1) < 4 * np.sqrt((kurtosis + 2) / x.size)


@pytest.mark.parametrize(("n", "p"), [(40, 0.2), (115, 0.5), (10_000, 0.002), (130, 0.5), (500, 0.9), (10**6, 0.01)])
def test_binomial_draws_have_the_tails_of_the_distribution(n, p):
    """Share of 1,000,000 keys beyond the 1e-4 points, z below 4.

    Where the variance is large a draw may be one person off, so the bounds are those of one person either way.
    """
    x = draws(keys(1_000_000, n, 1), n, p)
    off = int(n * p * (1 - p) > streams.EXACT_VARIANCE)
    above, below = stats.binom.isf(1e-4, n, p), stats.binom.ppf(1e-4, n, p)
    upper = [stats.binom.sf(above - 1 + step, n, p) for step in (off, -off)]
    lower = [stats.binom.cdf(below + step, n, p) for step in (-off, off)]
    for share, (least, most) in (((x >= above).mean(), upper), ((x <= below).mean(), lower)):
        assert least - 4 * np.sqrt(least / x.size) < share < most + 4 * np.sqrt(most / x.size)


@pytest.mark.parametrize(
    ("n", "p", "most"), [(20, 0.3, 0.25), (1000, 0.02, 0.1), (1000, 0.2, 0.06), (10**5, 0.1, 0.06)]
)
def test_the_same_keys_pair_runs_whose_chances_differ(n, p, most):
    a, b = draws(keys(50_000), n, p), draws(keys(50_000), n, 0.9 * p)
    unpaired = draws(keys(50_000, 1), n, 0.9 * p)
    assert np.std(a - b) < most * np.std(a - unpaired)
    assert (a >= b).all()


def test_without_chance_a_share_is_the_expectation():
    assert streams.share(np.uint64(1), 10.0, 0.25, False) == 2.5
    assert streams.share(np.uint64(1), 10.0, 1.5, False) == 10
    assert streams.share(np.uint64(1), 10.0, 0.25, True) in range(11)
