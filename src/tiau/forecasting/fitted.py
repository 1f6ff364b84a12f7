"""Which of the posteriors that come with a scenario knows just what was known on a day."""

from __future__ import annotations

import datetime as dt

from tiau.calibration.evidence import last_known
from tiau.scenario.model import Scenario
from tiau.scenario.posterior import Posterior


def fitted_to(scenario: Scenario, origin: dt.date) -> Posterior | None:
    """Return what a fit of a scenario, as it is, to just what was known on a day learned; None if none comes with it.

    Of several that one which was fitted until the last day: nothing became known between them.
    """
    last, digest = last_known(scenario.known_by(origin)), scenario.without_posterior().digest()
    kept = (*scenario.posteriors, *([scenario.posterior] if scenario.posterior else []))
    fitting = [
        one for one in kept
        if last <= one.known_until <= origin
        and (one.scenario_digest, one.prior_digest) == (digest, scenario.prior_digest())
    ]  # fmt: skip
    return max(fitting, key=lambda one: one.known_until, default=None)
