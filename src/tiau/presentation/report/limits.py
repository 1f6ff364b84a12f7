"""When not to trust a report, in the few lines that stand beside its answer; the annex has all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiau.faults import some_of
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.predicted import ARRIVALS
from tiau.presentation.report.answer import parts
from tiau.presentation.report.counts import Count, LastCounts
from tiau.presentation.words.days import in_words
from tiau.presentation.words.forecast_summary import OLD_DAYS
from tiau.results.area_table import AreaRow
from tiau.results.areas import Area
from tiau.results.result import Result

LISTED = 3
AHEAD = "The forecast: not where nobody fled to before, nor beyond half a year"
ARRIVING = "; arrivals ahead come out too low"


def limits(result: Result, main: Area | None, rows: Sequence[AreaRow], forecast: Forecast | None) -> Iterator[str]:
    """Say what a run has not seen, which last counts lie outside its ranges, and what a forecast cannot tell."""
    last = LastCounts(result.network)
    around = {} if main is None else {area: last.of(area) for area in _shown(main, rows)}
    counts = {area: count for area, count in around.items() if count is not None}
    yield from filter(None, (_unseen(result, around), _outside(result, counts)))
    if forecast is not None:
        arrivals = any(target == ARRIVALS for target, _ in forecast.rows)
        yield f"{AHEAD}{ARRIVING if arrivals else ''}."


def _shown(main: Area, rows: Sequence[AreaRow]) -> list[Area]:
    """Return an area and its parts in which there are people, those of most people first."""
    last = max(row.last for row in rows)
    people = {
        row.area: row.numbers[2] or 0.0 for row in rows
        if (row.target, row.period, row.last) == ("present", "day", last) and row.numbers[-1] != 0
    }  # fmt: skip
    return [area for area in (main, *sorted(parts(main, people), key=lambda area: -people[area])) if area in people]


def _unseen(result: Result, around: dict[Area, Count | None]) -> str:
    """Say by when figures were known that a run was fitted to, and where counts are missing or old."""
    end, posterior = result.scenario.settings.end, result.scenario.posterior
    never = [area.name for area, count in around.items() if count is None]
    old = [area.name for area, count in around.items() if count is not None and (end - count.day).days > OLD_DAYS]
    said = [
        f"it has seen no figure known after {in_words(posterior.known_until)}" if posterior else "it is not fitted",
        f"nobody has counted all of {some_of(never, LISTED, 'others')}" if never else "",
        f"the last count is older than {OLD_DAYS} days in {some_of(old, LISTED, 'others')}" if old else "",
    ]
    text = "; ".join(filter(None, said))
    return f"{text[:1].upper()}{text[1:]}."


def _outside(result: Result, counts: dict[Area, Count]) -> str:
    """Say which last counts lie outside the ranges of the run for their day, and to which side."""
    # What was added up of several counts stands beside no range.
    verdicts: dict[tuple[str, ...], str] = {(fit.placement.report.report,): fit.verdict for fit in result.fits}
    sides = {"above the band": "above", "below the band": "below"}
    missed = [
        f"{area.name} ({count.people:,.0f}, {sides[verdict]} it)" for area, count in counts.items()
        if (verdict := verdicts.get(count.reports, "")) in sides
    ]  # fmt: skip
    return f"The last count lies outside the range of its day in {some_of(missed, LISTED, 'others')}." if missed else ""
