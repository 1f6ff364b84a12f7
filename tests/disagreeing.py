"""Reports in the small folder and what disagrees among them."""

from folders import REPORTS_HEADER, write_folder
from tiau.loading import load
from tiau.observations.contradictions import disagreements
from tiau.observations.ledger import ledger
from tiau.scenario.network import build


def row(report, value, as_of="2021-02-10", **cells):
    """One row of reports.csv: an exact figure of everybody present in North, with some cells changed."""
    plain = {
        "known_on": "2022-01-01",
        "place": "North",
        "group": "all",
        "quantity": "present",
        "bound": "exact",
        "said_by": "office",
    }
    every = {**plain, **cells, "report": report, "value": str(value), "as_of": as_of}
    assert set(every) <= set(REPORTS_HEADER.strip().split(","))
    return ",".join(every.get(name, "") for name in REPORTS_HEADER.strip().split(","))


def found(folder, *rows, **tables):
    network = build(load(write_folder(folder, reports=REPORTS_HEADER + "\n".join(rows) + "\n", **tables)))
    return disagreements(ledger(network), network)


def names(entries):
    return tuple(entry.report.report for entry in entries)


ARRIVED = {"quantity": "arrived_cumulative"}
ENTERED = {"quantity": "crossed_in_period"}
