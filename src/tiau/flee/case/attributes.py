"""Attributes of locations and ways that are numbers, and which numbers they may be."""

from __future__ import annotations

from collections.abc import Mapping

POSITIVE, SHARE, WHOLE, NUMBER = "a number above 0", "a share from 0 to 1", "a whole number", "a number not below 0"
LOCATION_NUMBERS: Mapping[str, str] = {
    "conflict_intensity": NUMBER, "capacity_per_day": WHOLE, "initial_idps": WHOLE, "deactivation_probability": SHARE,
    "farmer_fraction": SHARE,
}  # fmt: skip
ROUTE_NUMBERS: Mapping[str, str] = {"max_move_speed": POSITIVE, "walk_probability": SHARE}


def fits(text: str, wanted: str) -> bool:
    """Whether a text is a number of the kind that is wanted."""
    try:
        value = float(text)
    except ValueError:
        return False
    return {
        NUMBER: 0 <= value < 1e12,
        POSITIVE: 0 < value < 1e12,
        SHARE: 0 <= value <= 1,
        WHOLE: abs(value) < 1e12 and text.lstrip("+-").isdigit(),
    }[wanted]
