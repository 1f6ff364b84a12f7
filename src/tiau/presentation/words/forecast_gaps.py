"""What a forecast leaves out, and which ends of its ranges cannot be: said below its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import number_of, some_of
from tiau.forecasting.courses import unspoken
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.history import beyond_all, last_reports
from tiau.forecasting.predicted import ARRIVALS
from tiau.presentation.words.ranges import FEW, rounded

LISTED = 6
WIDER = 1.25
INSIDE = "idp_present"


def gaps(found: Forecast) -> Iterator[str]:
    """Say where ranges are rough or reach further than people there are, and what there is no row of."""
    if found.members < FEW:
        yield (
            f"Ranges of {number_of(found.members, 'member')} are rough, as their ends are those of a handful: "
            f"take {FEW} or more."
        )
    if many := _too_many(found):
        yield f"Ranges reach beyond all people who live there, or could come: {some_of(many, LISTED, 'others')}."
    if wider := _wider_than_whole(found):
        yield f"Ranges reach further than those of what they are part of: {some_of(wider, LISTED, 'others')}."
    known = found.scenario.known_by(found.origin)
    figures = (
        f"{report.place} ({report.value:,.0f} of {report.as_of.end})"
        for key, report in last_reports(known).items() if key not in found.rows
    )  # fmt: skip
    if left := sorted(figures):
        named = some_of(left, LISTED, "others")
        yield f"Last figures that could not be used, so that nothing is said of them (tiau check): {named}."
    if beyond := [f"{report.place} ({report.value:,.0f} of {report.as_of.end})" for report in beyond_all(known)]:
        yield f"Figures of more people than there are, which it does not go by: {some_of(beyond, LISTED, 'others')}."
    if camps := sorted(unspoken(known)):
        yield f"No figure speaks of {some_of(camps, LISTED, 'others')}: taken to be not there yet, without anybody."


def _too_many(found: Forecast) -> list[str]:
    """Return places with a 95% quantile above all who live there, of people displaced inside, or else anywhere."""
    scenario = found.scenario
    already = sum(row.people for row in scenario.displaced)
    homes = [*zip(scenario.residents.place, scenario.residents.people, strict=True)]
    told = []
    for row, (target, place) in enumerate(found.rows):
        at = set(scenario.names.members(place))
        people = sum(count for home, count in homes if target != INSIDE or home in at)
        most = found.range(row, -1)[2]
        if target != ARRIVALS and most > people + already and people:
            told.append(f"{place} ({rounded(most)} of {rounded(people + already)})")
    return told


def _wider_than_whole(found: Forecast) -> list[str]:
    """Return places with a 95% quantile far above that of an area around them, beside the least of these."""
    stocks = [(*key, row) for row, key in enumerate(found.rows) if key[0] != ARRIVALS]
    members = {row: set(found.scenario.names.members(place)) for _, place, row in stocks}
    most = {row: found.range(row, -1)[2] for _, _, row in stocks}
    told = []
    for target, place, row in stocks:
        around = [one for one in stocks if one[0] == target and members[row] < members[one[2]]]
        whole = min(around, key=lambda one: most[one[2]], default=None)
        if whole and most[row] > WIDER * (most[whole[2]] + 1):
            told.append(f"{place} ({rounded(most[row])}; {whole[1]} {rounded(most[whole[2]])})")
    return told
