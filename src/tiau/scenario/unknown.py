"""One thing that is not known of a member, by name: a standard normal number under the prior."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

KINDS = ("parameter", "enforcement", "exemption", "event", "pull", "place_pull", "kin_pull", "outflow", "inside")
DRIFTING = ("pull", "outflow")
"""Kinds that have a number for the day of each knot beside what lasts."""
KNOT_DAYS = 30
"""What drifts is drawn at knots so many days apart and interpolated between them."""


class Unknown(NamedTuple):
    """One thing that is not known of a member.

    Attributes
    ----------
    kind : str
        One of `KINDS`: a parameter; how far an act is enforced, or what it exempts; an event's factor; what draws
        people to a district or place beyond the formula, and one community more than another; what a home sends beyond
        it; who stays inside.
    name : str
        Of the parameter, act, event, district, place or community; "Chin to Champhai" of a community and a district.
    day : date or None
        Of a knot, where it drifts; None for what lasts.
    """

    kind: str
    name: str
    day: dt.date | None = None
