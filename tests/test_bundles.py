"""Ways that pass the same borders, in any order, are of one bundle."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tiau.engine.bundles import Bundles


@given(st.integers(0, 2**32 - 1))
def test_a_bundle_is_what_a_walk_along_the_way_passes(seed):
    rng = np.random.default_rng(seed)
    places, options, regimes = rng.integers(2, 12), rng.integers(1, 5), rng.integers(1, 4)
    # Each place leads to one before it, or nowhere, so that every way ends.
    following = np.full((options, places), -1, np.int32)
    ends = []
    for option in range(options):
        for place in range(1, places):
            if rng.random() < 0.85:
                following[option, place] = len(ends)
                ends.append(rng.integers(place))
    end, regime = np.array([*ends, 0], np.int32), rng.integers(0, regimes, len(ends) + 1).astype(np.int32)
    found = Bundles(regimes)
    bundle = found.along(following, end, regime)
    for (option, place), number in np.ndenumerate(bundle):
        passed, at = np.zeros(regimes), place
        while (route := following[option, at]) >= 0:
            passed[regime[route]] += regime[route] > 0
            at = end[route]
        assert found.passed[number].tolist() == passed.tolist()


def test_where_there_are_no_routes_no_border_is_passed():
    none = np.zeros(0, np.int32)
    assert not Bundles(2).along(np.full((2, 3), -1, np.int32), none, none).any()
