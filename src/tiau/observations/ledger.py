"""Each report set against the model: what it speaks of there, or why it cannot be placed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tiau.observations.classes import FigureClass, class_of, is_register
from tiau.observations.lines import Line, lines
from tiau.observations.sources import Counting, counting_of, usual_noise
from tiau.scenario.living import Living
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network
from tiau.scenario.quantities import CUMULATIVE, FLOWS, QUANTITIES, STOCKS
from tiau.scenario.rows import Report

Status = Literal["placed", "not placed", "not modelled", "not scored"]


@dataclass(frozen=True)
class Placement:
    """One report and its place in the model.

    Attributes
    ----------
    report : Report
        Its figure in persons; one that stands for the sum of several parts follows the last of them.
    status : str
        `placed`: the model has a figure to set beside it; otherwise why not.
    reason : str
        Why it is not placed, in words; where it is, blank, or of which origin and how far that is estimated, of which
        parts it is the sum, and how many households it counts.
    groups : bool array (group,)
        Those that it speaks of.
    homes : bool array (home,)
        Those in its origin; all without one. Of a quantity of homes those at its places alone.
    places : bool array (place,)
    entries : bool array (route,)
        Routes over which people enter the place or area; none where people who settle are counted.
    first, last : int
        Days that the source sees: its period, less its delay, cut to the scenario's period; both included.
    counting : Counting
        How the source counts.
    figure_class : FigureClass
        The figures that it errs alike with.
    """

    report: Report
    status: Status
    reason: str
    groups: NDArray[np.bool_]
    homes: NDArray[np.bool_]
    places: NDArray[np.bool_]
    entries: NDArray[np.bool_]
    first: int
    last: int
    counting: Counting
    figure_class: FigureClass

    @property
    def counted(self) -> bool:
        """Whether the report counts in a likelihood: placed, and no copy of another report's figure."""
        return self.status == "placed" and not self.report.same_as

    @property
    def of_whom(self) -> Hashable:
        """What two reports have in common if they speak of the same people, whoever says it and of whatever day."""
        return self.places.tobytes(), self.homes.tobytes(), self.report.group, self.report.part

    @property
    def of_everybody(self) -> bool:
        """Whether it is of all people of the model: of every group, and from wherever people leave."""
        return self.report.group == "all" and (not self.report.origin or bool(self.homes.all()))


def entry_routes(network: Network, places: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the border routes from outside a set of places into it (route,)."""
    outside: NDArray[np.bool_] = ~places[network.start]
    return (network.crossing >= 0) & outside & places[network.end]


def ledger(network: Network) -> tuple[Placement, ...]:
    """Place every report of a scenario, in the order of reports.csv, and the sums of counts that are given in parts."""
    living, found = Living(network.scenario), lines(network.scenario)
    counting = _countings(network.scenario, [line.report for line in found])
    return tuple(_place(network, line, counts, living) for line, counts in zip(found, counting, strict=True))


def _countings(scenario: Scenario, reports: Sequence[Report]) -> Iterator[Counting]:
    """Yield how the source of each report counts, with the noise of its class that a fit learned, or the usual one."""
    values = scenario.values
    learned = scenario.posterior.noise if scenario.posterior else {}
    abroad = [report.as_of.end for report in reports if QUANTITIES[report.quantity].counted_as != "inside"]
    begun = min(abroad, default=scenario.settings.start) + dt.timedelta(round(values["first_days"]))
    rows = [(report, class_of(scenario, report), scenario.names.proper(report.place)) for report in reports]
    opened: dict[str, dt.date] = {}
    for report, kind, place in rows:
        if is_register(kind):
            opened[place] = min(report.as_of.end, opened.get(place, report.as_of.end))
    for report, kind, place in rows:
        age = (report.as_of.end - opened[place]).days if is_register(kind) else None
        noise = learned.get(kind.name, usual_noise(kind, values))
        yield counting_of(report, kind, values, noise, begins=report.as_of.end < begun, age=age)


def _place(network: Network, line: Line, counting: Counting, living: Living) -> Placement:
    scenario, report = network.scenario, line.report
    places = np.zeros(len(scenario.places), bool)
    places[list(network.names.members(report.place))] = True
    groups = np.array([group.meant_by(report.group) for group in scenario.groups], bool)
    # Who is displaced inside the country is counted at home alone, even where an area reaches over the border.
    if report.quantity == "idp_present":
        places &= ~network.abroad
    homes = _homes(network, report, places)
    from_there = np.isin(np.arange(groups.size), network.home_group[homes])
    status, reason = _status(network, line, places, groups, from_there)
    # A figure of a whole of which the scenario has a part must not be set beside that part.
    if status == "placed" and (beyond := living.beyond(report)):
        status, reason = "not scored", beyond
    if status == "placed":
        whose = _of_origin(network, report, groups & from_there, homes) if report.origin else ""
        reason = "; ".join(filter(None, (whose, line.told)))
    return Placement(
        report=report,
        status=status,
        reason=reason,
        groups=groups,
        homes=homes,
        places=places,
        entries=entry_routes(network, places),
        first=_seen_day(network, report.as_of.start, counting),
        last=_seen_day(network, report.as_of.end, counting),
        counting=counting,
        figure_class=class_of(scenario, report),
    )


def _homes(network: Network, report: Report, places: NDArray[np.bool_]) -> NDArray[np.bool_]:
    homes = np.ones(network.home_place.size, bool)
    if report.origin:
        homes = np.isin(network.home_place, network.names.members(report.origin))
    return homes & places[network.home_place] if QUANTITIES[report.quantity].at_homes else homes


def _seen_day(network: Network, day: dt.date, counting: Counting) -> int:
    # A delay before the first day shows the first day: nothing is known of the time before it.
    return min(max(network.day_index(day) - counting.delay, 0), network.scenario.days - 1)


def _of_origin(network: Network, report: Report, groups: NDArray[np.bool_], homes: NDArray[np.bool_]) -> str:
    """Say whose figure it is, and which groups have homes elsewhere too: homes in a group are not told apart."""
    if QUANTITIES[report.quantity].at_homes:
        return report.whose
    elsewhere = np.unique(network.home_group[~homes])
    split = [network.group_names[group] for group in elsewhere if groups[group]]
    estimated = f", estimated by who left among {', '.join(split)}" if split else ""
    return f"{report.whose}{estimated}"


def _status(
    network: Network,
    line: Line,
    places: NDArray[np.bool_],
    groups: NDArray[np.bool_],
    from_there: NDArray[np.bool_],
) -> tuple[Status, str]:
    settings, report = network.scenario.settings, line.report
    # The order of reasons is the order in which an analyst would ask: what the row says of itself comes first.
    if report.not_scored:
        return "not scored", report.not_scored
    if line.left_out:
        return "not scored", line.left_out
    if report.value is None and report.bound != "range":
        return "not scored", "no value"
    if not report.as_of.touches(settings.start, settings.end):
        return "not scored", "outside the period of the run"
    # The mean of a stock can be taken over the days that are simulated; a sum that is cut short is another figure.
    if report.quantity not in STOCKS and report.as_of.end > settings.end:
        return "not scored", "ends after the run"
    if report.quantity in FLOWS and report.as_of.start < settings.start:
        return "not scored", "begins before the run"
    if report.place not in network.names:
        return "not placed", f'"{report.place}" is neither a place nor an area'
    if not places.any():
        inside = report.quantity == "idp_present" and network.names.members(report.place)
        reason = "the model has people displaced inside the countries they leave alone" if inside else (
            "the area has no place in the model")  # fmt: skip
        return "not placed", reason
    if report.origin and report.origin not in network.names:
        return "not placed", f'origin "{report.origin}" is neither a place nor an area'
    if not groups.any():
        return "not modelled", f'group "{report.group}"'
    if not QUANTITIES[report.quantity].modelled:
        return "not modelled", f"quantity {report.quantity}"
    if not (groups & from_there).any():
        at_homes = QUANTITIES[report.quantity].at_homes
        where = f'lives in "{report.place}"' if at_homes else f'comes from "{report.origin}"'
        return "not modelled", f"nobody of the model {where}"
    return "placed", ""


def value_from(placement: Placement, by_day: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn a quantity's daily values into the one figure that a report speaks of.

    Parameters
    ----------
    placement : Placement
    by_day : float array (day, member), persons
        Stock or cumulative count on the days of the report's period.
    before : float array (member,), persons
        Cumulative count at the end of the day before the period.

    Returns
    -------
    float array (member,)
        The mean for stocks, the end for cumulative figures, the sum for flows.
    """
    if placement.report.quantity in STOCKS:
        mean: NDArray[np.float64] = by_day.mean(axis=0)
        return mean
    if placement.report.quantity in CUMULATIVE:
        end: NDArray[np.float64] = by_day[-1]
        return end
    # An estimated share from an origin may fall faster than the count rises.
    total: NDArray[np.float64] = np.maximum(by_day[-1] - before, 0.0)
    return total
