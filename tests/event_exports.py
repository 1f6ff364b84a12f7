"""Events in exports: what tests ask of them, and tables to write of one's own."""

import csv
import datetime as dt
import io

from sample_exports import of
from tiau.readers.exports.findings import FoundEvent, LeftOut

DAY = dt.date


def events(findings):
    found = {event.source_id: event for event in of(FoundEvent, findings)}
    assert len(found) == len(of(FoundEvent, findings))
    return found


def reasons(findings):
    return {(out.sheet, row): out.reason for out in of(LeftOut, findings) for row in out.rows}


def days(event):
    return str(event.start), str(event.end)


def table(rows, mark=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=mark, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
