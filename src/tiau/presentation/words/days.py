"""Days as people write them."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def in_words(day: dt.date) -> str:
    """Write a day as 31 August 2022, whatever the language of the computer."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
