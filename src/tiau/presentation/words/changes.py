"""Why a figure is another than in an earlier forecast, in two sentences."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from tiau.faults import number_of, some_of
from tiau.forecasting.change import MIDDLE, Change
from tiau.forecasting.change_reports import Spoken, spoken_of
from tiau.forecasting.change_steps import STEPS
from tiau.forecasting.history import of_everybody
from tiau.forecasting.rows_changed import RowsChanged
from tiau.presentation.words.figures import figure
from tiau.presentation.words.forecasts import with_range
from tiau.presentation.words.listing import listed
from tiau.presentation.words.ranges import signed
from tiau.scenario.quantities import QUANTITIES
from tiau.scenario.rows import Act, Event, Report
from tiau.version import __version__

NAMED = 2
PLACES_NAMED = 3
LONGEST_ID = 20


def opening(found: Change) -> str:
    """Say between which forecasts figures changed, and what parts mean."""
    before, after = found.before, found.after
    made = listed([name for name in found.made if name != "version"]) if set(found.made) - {"version"} else ""
    order = f"Inputs were put in the place of the earlier ones in this order: {made}" if made else "No input changed"
    return (
        f"Since the forecast from {before.origin}, figures of {found.day}, the latest day that it and this one from "
        f"{after.origin} have. {order}; in another order parts would be others, their sum would not."
    )


def told(found: Change) -> list[str]:
    """Say between which forecasts figures changed, and then of each what that comes of."""
    return [opening(found), *(sentences(found, row) for row in range(len(found.rows)))]


def sentences(found: Change, row: int) -> str:
    """Say in two sentences what became of a figure, and what of that comes of what."""
    target, place = found.rows[row]
    first, last = found.people[row, 0], found.people[row, -1]
    whole = int(last[MIDDLE] - first[MIDDLE])
    what = f"{place}, {QUANTITIES[target].done}" if target in QUANTITIES else place
    said = f"{what} on {found.day}: {with_range(*first)} -> {with_range(*last)}, {signed(whole)}."
    parts, chance = found.parts[row, :, MIDDLE], found.within_chance[row, :, MIDDLE]
    large = [
        step for step in sorted(range(len(parts)), key=lambda s: -abs(parts[s])) if parts[step] and not chance[step]
    ]
    rest = int(sum(parts[step] for step in range(len(parts)) if step not in large))
    named = [f"{signed(int(parts[step]))} {_comes_of(found, row, found.steps[step])}" for step in large]
    if rest or not named:
        named.append(f"{signed(rest)} is no more than chance could bring")
    return f"{said} Of that, {'; '.join(named)}."


def _comes_of(found: Change, row: int, step: str) -> str:
    """Say what a step put in the place of what was, as far as it concerns a figure."""
    together = f", together with {listed(found.joined[step])}" if step in found.joined else ""
    return f"from {_what(found, row, step)}{together}"


def _what(found: Change, row: int, step: str) -> str:
    news = found.news
    match step:
        case "version":
            return f"another version of Tiau ({found.before.version}, now {__version__})"
        case "settings":
            return f"other settings ({'; '.join(_settings(found))})"
        case "days":
            return f"{number_of((found.after.origin - found.before.origin).days, 'day')} gone by"
        case "tables":
            return f"other tables ({', '.join(news.tables)})"
        case "events":
            return _events(news.events)
        case "acts":
            return _acts(news.acts)
        case "withdrawn reports":
            gone = [report.report for report in news.reports.gone]
            return f"{number_of(len(gone), 'report')} gone ({some_of(gone, PLACES_NAMED)})"
        case "new reports" | "revised reports":
            new, revised = spoken_of(found, found.rows[row])
            return _reports(found, row, new if step == "new reports" else revised, step.split()[0])
        case _:
            return STEPS[step]


def _settings(found: Change) -> Iterator[str]:
    before, after = found.before, found.after
    for name in ("members", "seed"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{name} {was:,} -> {now:,}"
    if before.events != after.events:
        yield f"events {before.events_named} -> {after.events}"


def _counts(rows: RowsChanged[Event] | RowsChanged[Act]) -> str:
    counts = {"new": len(rows.new), "revised": len(rows.revised), "gone": len(rows.gone)}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)


def _events(rows: RowsChanged[Event]) -> str:
    where = Counter(place for event in rows.new for place in event.place).most_common(PLACES_NAMED)
    most = f", most in {listed([f'{place} ({count})' for place, count in where])}" if where else ""
    return f"events ({_counts(rows)}{most})"


def _acts(rows: RowsChanged[Act]) -> str:
    named = [f"{act.act}, {act.authority} {act.effect}" for act in rows.new]
    return f"acts ({_counts(rows)}{': ' if named else ''}{some_of(named, NAMED)})"


def _reports(found: Change, row: int, of: Sequence[Spoken], word: str) -> str:
    """Name the reports that speak of a figure's place, or else the nearest, with what had been forecast for them."""
    place = found.rows[row][1]
    speaking = [one for one in of if one.around]
    count = number_of(len(of), f"{word} report")
    if not of:
        return f"{word} reports"
    if not speaking:
        near = of[0]
        off = f"{near.km:,.0f} km off" if 1 <= near.km < math.inf else "beside it" if near.km < 1 else "elsewhere"
        return f"{count}, none of {place}, the nearest {off} ({_said(near, found)})"
    told = "; ".join(_said(one, found) for one in speaking[:NAMED])
    more = f"; and {len(speaking) - NAMED:,} more" if len(speaking) > NAMED else ""
    return f"{count}, of which {len(speaking):,} speak{'' if speaking[1:] else 's'} of it ({told}{more})"


def _said(one: Spoken, found: Change) -> str:
    report = one.report
    where, done = found.after.scenario.names.proper(report.place), QUANTITIES[report.quantity].done
    whom = "" if of_everybody(report, found.after.scenario) else f" ({report.whose})"
    other = one.was is not None and figure(one.was) != figure(report)
    was = f" instead of {figure(one.was)}" if one.was is not None and other else ""
    expected = "" if one.expected is None else f" where {with_range(*one.expected)} had been forecast"
    late = f", known since {report.known_on} but filed later" if one.late else ""
    scored = one.was is None or one.was.not_scored or not report.not_scored
    left_out = "" if scored else ", not scored any more"
    against = (
        f", which {listed(map(_tag, one.against))} contradict{'' if one.against[1:] else 's'}" if one.against else ""
    )
    what = f"{figure(report)}{was} {done}{whom} in {where} on {report.as_of}{expected}"
    return f"{report.said_by or report.publisher or 'somebody'}: {what} [{_tag(report)}{late}{left_out}{against}]"


def _tag(report: Report) -> str:
    """Return by what a report is found: its id, or its row where the id is long."""
    if len(report.report) <= LONGEST_ID or report.number is None:
        return report.report
    return f"reports.csv row {report.number}"
