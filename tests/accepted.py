"""Proposals of a figure, an act and an event, and what becomes of them in the small folder."""

import csv

import pytest

from folder_tables import snapshot
from tiau.building.accepting import prepare
from tiau.faults import InputError
from tiau.readers.articles.proposals import COLUMNS

FIGURE = {
    "accept": "yes", "table": "reports", "report": "N1", "known_on": "2021-03-12", "published": "2021-03-12",
    "as_of": "2021-03-11", "place": "Epsilon", "group": "all", "quantity": "present", "value": "300",
    "bound": "at_least", "source_kind": "media", "said_by": "camp managers", "publisher": "Daily Post",
    "file": "a.txt", "url": "https://example.org/a", "start": "0", "end": "47",
    "quote": "More than 300 people are sheltering in Epsilon.",
}  # fmt: skip
ACT = {
    "accept": "yes", "table": "acts", "report": "N2", "known_on": "2021-03-12", "published": "2021-03-12",
    "as_of": "2021-03-11", "place": "River bridge; Delta", "group": "all", "level": "state", "effect": "statement",
    "authority": "Home Department", "publisher": "Daily Post", "file": "a.txt", "url": "https://example.org/a",
    "quote": "The Home Department said it would not send anybody back.", "start": "48", "end": "104",
}  # fmt: skip
EVENT = {
    "accept": "yes", "table": "events", "report": "N3", "known_on": "2021-03-12", "published": "2021-03-12",
    "as_of": "2021-03-10", "place": "Beta", "kind": "clash", "fatalities": "4", "publisher": "Daily Post",
    "file": "a.txt", "url": "https://example.org/a", "quote": "Four people died in a clash in Beta on Wednesday.",
}  # fmt: skip


def sheet(path, *rows, columns=COLUMNS, **how):
    with path.open("w", encoding=how.pop("encoding", "utf-8"), newline="") as stream:
        writer = csv.DictWriter(stream, columns, extrasaction="ignore", restval="", **how)
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(mine, *rows, **options):
    plan = prepare(sheet(mine.parent / "proposals.csv", *rows), mine, **options)
    plan.write()
    return plan


def became(plan):
    return {line.row: line.outcome.what for line in plan.lines}


def faults(mine, *rows, **options):
    before = snapshot(mine)
    with pytest.raises(InputError) as caught:
        taken(mine, *rows, **options)
    assert snapshot(mine) == before
    return [(fault.file, fault.row, fault.column) for fault in caught.value.faults]
