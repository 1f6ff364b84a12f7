"""What the prior says of members, as one word: a standard normal number means what this makes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from tiau.scenario.parameters import PARAMETERS
from tiau.scenario.unknown import KNOT_DAYS


def digest_of_prior(values: Mapping[str, float]) -> str:
    """Return the SHA-256 of value, spread and bounds of every parameter that members go by, and of days between knots.

    Parameters
    ----------
    values : mapping of str to float
        Of every parameter, in its unit: that of a scenario, else the default.
    """
    of_members = [parameter for parameter in PARAMETERS if not parameter.planning]
    numbers = {p.name: [float(n) for n in (values[p.name], p.spread, p.lower, p.upper)] for p in of_members}
    return hashlib.sha256(json.dumps([numbers, KNOT_DAYS], sort_keys=True).encode()).hexdigest()
