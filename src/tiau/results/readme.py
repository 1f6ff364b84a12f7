"""README.txt of a result: which file answers what, and how a pivot of it does not mislead."""

from __future__ import annotations

TEXT = """\
Open report.html first. The tables open in any spreadsheet; their columns: docs/results.md of Tiau.

areas.csv   people by country, state, district and crossing. In a pivot filter level (as admin2), target (present or
            arrivals) AND period (such as month); rows admin1 and admin2, columns month, values median. Without all
            three filters rows are added up that lie in each other. Medians are not added up over areas or months.
places.csv  people at each place at the end of each month.
needs.csv   what they need, one row a need, area or place (level) and month: filter level, month AND need. An empty gap
            means that no room is known, not that there is enough.
fit.csv     every report beside the band of what would be reported.
result.nc   all quantities by day, place, group and member.

{small}
"""
SMALL = (
    "People are rounded to multiples of {below}; numbers above 0 and below {below} are left blank, and the column\n"
    "suppressed names them: a blank is not 0."
)


def text(suppress_below: float) -> str:
    """Return the text for a folder that was written with a limit for small counts, persons."""
    return TEXT.format(small=SMALL.format(below=f"{suppress_below:g}") if suppress_below > 1 else "People are whole.")
