"""Sentences with what they give, in the manner of agency reports: written for these tests and for nothing else."""

import csv
from pathlib import Path

MISSION = Path(__file__).with_name("mission.txt").read_text(encoding="utf-8")
"""What the report says that the project began with."""


def known_sentences(name):
    """Return the rows of a table that give something, and the sentences that give nothing."""
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = [tuple(row) for row in csv.reader(stream)][1:]
    return [row for row in rows if any(row[1:])], [row[0] for row in rows if not any(row[1:])]
