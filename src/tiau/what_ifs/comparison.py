"""What-ifs on common random numbers: a scenario and its changes run with the same draws -> differences by member."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tiau.arguments import require_whole
from tiau.faults import Fault
from tiau.progress import Progress, Steps, silent
from tiau.results.folder import replacing
from tiau.results.provenance import provenance
from tiau.results.result import Result
from tiau.results.seal import seal
from tiau.results.spreadsheet import write_csv
from tiau.scenario.model import Scenario
from tiau.scenario.names import Gazetteer, gazetteer
from tiau.simulation import simulate
from tiau.what_ifs.editing import Changed
from tiau.what_ifs.files import load_changes
from tiau.what_ifs.model import WhatIf

Floats = NDArray[np.float64]

LEVELS = (0.05, 0.5, 0.95)
COLUMNS = (
    "what_if", "title", "measure", "place", "unit",
    *(f"{of}_p{round(100 * q):02d}" for of in ("baseline", "changed", "difference") for q in LEVELS),
    "share_rising", "share_falling", "tells", "sd_paired_over_unpaired",
)  # fmt: skip
MEASURES = {
    "entries": ("persons", "entries over the border since the start, irregular ones included; who enters twice counts"),
    "present": ("persons", "displaced people there at the end"),
    "displaced_at_home": ("persons", "displaced people in the countries that people leave, at the end"),
    "waiting_end": ("persons", "people who wait at crossings or look for another way, at the end"),
    "waiting_mean": ("persons", "people who wait at crossings or look for another way, mean over the days"),
    "trapped_end": ("persons", "people whom no open way leads to any destination, at the end"),
    "trapped_mean": ("persons", "the same, mean over the days"),
    "gave_up_end": ("persons", "people who gave up at a crossing and stay displaced there, at the end"),
    "gave_up_mean": ("persons", "the same, mean over the days"),
    "moving_end": ("persons", "people on a route at the end"),
    "moving_mean": ("persons", "people on a route at the end of a day, mean over the days"),
    "refusals": ("attempts", "refusals and push-backs at the border since the start; who tries twice counts twice"),
    "irregular_entries": ("persons", "irregular entries over the border since the start"),
    "expulsions": ("persons", "people expelled over the border since the start; who is expelled twice counts twice"),
    "days_until_safety": (
        "days",
        "mean days on the way to a destination abroad, or waiting, for each entry, by Little's law",
    ),
}
SUMS = {"refusals": "turned_back", "irregular_entries": "irregular_cumulative", "expulsions": "expelled_cumulative"}
STUCK = ("waiting", "trapped", "gave_up")

Key = tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """One measure of a what-if beside the baseline, member by member.

    Attributes
    ----------
    measure, place : str
        A key of `MEASURES`; the crossing, place or area it is of, or an empty text.
    baseline, changed : float arrays (member,)
        NaN where the measure has no value in a member.
    """

    measure: str
    place: str
    baseline: Floats
    changed: Floats

    @property
    def unit(self) -> str:
        """The unit of the measure."""
        return MEASURES[self.measure][0]

    @property
    def by_member(self) -> Floats:
        """Changed minus baseline (member,), without members in which either has no value."""
        found = self.changed - self.baseline
        return found[np.isfinite(found)]

    @property
    def band(self) -> tuple[float, float, float]:
        """The 5%, 50% and 95% quantiles of the difference; NaN where no member has one."""
        return band_of(self.by_member)

    @property
    def rising(self) -> float:
        """Share of members in which the measure rises."""
        return float(np.mean(self.by_member > 0)) if self.by_member.size else 0.0

    @property
    def falling(self) -> float:
        """Share of members in which the measure falls."""
        return float(np.mean(self.by_member < 0)) if self.by_member.size else 0.0

    @property
    def tells(self) -> bool:
        """Whether the 90% range of the difference excludes 0."""
        # NaN compares as False, so where no member has a value nothing is told.
        low, _, high = self.band
        return low > 0 or high < 0

    @property
    def same(self) -> bool:
        """Whether no member differs."""
        return not self.by_member.any()

    @property
    def pairing(self) -> float:
        """Standard deviation of the paired difference over that with the baseline's members shuffled.

        Over all cyclic shifts of the members the unpaired variance is exactly the sum of both variances.
        """
        valid = np.isfinite(self.changed - self.baseline)
        unpaired = np.sqrt(np.var(self.changed[valid]) + np.var(self.baseline[valid])) if valid.any() else 0.0
        return float(np.std(self.by_member) / unpaired) if unpaired > 0 else float("nan")


@dataclass(frozen=True)
class Outcome:
    """What one what-if comes to.

    Attributes
    ----------
    change : Changed
    differences : tuple of Difference
    daily : dict of str to float array (day, member), persons
        Changed minus baseline by day: entries, present at the place of the series, and people stuck.
    """

    change: Changed
    differences: tuple[Difference, ...]
    daily: dict[str, Floats]

    @property
    def name(self) -> str:
        """The name of the what-if."""
        return self.change.what_if.name

    def of(self, measure: str, place: str = "") -> Difference:
        """Return one difference.

        Raises
        ------
        KeyError
            If there is none of this measure and place.
        """
        for found in self.differences:
            if (found.measure, found.place) == (measure, place):
                return found
        msg = f"no difference in {measure} {place}".strip()
        raise KeyError(msg)


@dataclass(frozen=True)
class Comparison:
    """A baseline and its what-ifs.

    Attributes
    ----------
    scenario : Scenario
        The baseline.
    members, seed : int
    outcomes : tuple of Outcome
    seconds : float
        Wall time of all runs.
    """

    scenario: Scenario
    members: int
    seed: int
    outcomes: tuple[Outcome, ...]
    seconds: float

    def rows(self) -> list[list[str]]:
        """Return the rows of compare.csv, in the order of `COLUMNS`."""
        return [_row(outcome, found) for outcome in self.outcomes for found in outcome.differences]

    def __repr__(self) -> str:
        names = ", ".join(outcome.name for outcome in self.outcomes)
        return f"<Comparison of {self.scenario.name} with {names}: {self.members} members, seed {self.seed}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in self.rows())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def compare(
    scenario: Scenario,
    changes: str | Path | WhatIf | Changed | Iterable[str | Path | WhatIf | Changed],
    *,
    members: int = 200,
    seed: int = 1,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run a scenario and what-ifs on the same draws, and return the differences by member.

    Parameters
    ----------
    scenario : Scenario
        The baseline, without faults.
    changes : str, Path, WhatIf or Changed, or several
        Names of what-ifs that ship with the scenario, paths of what-if files, or what-ifs.
    members : int
        At least 1.
    seed : int
        Of the baseline and of every what-if, so that what a change does not touch stays the same.
    jobs : int, optional
        Threads; by default as many as there are processors.
    progress : callable, optional
        Called with (days done, days in all), over all runs.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        With every fault of every what-if.
    ValueError
        If `members`, `seed` or `jobs` is no whole number within its bounds.

    Examples
    --------
    >>> import datetime, tiau
    >>> scenario = tiau.load("mizoram-2021").until(datetime.date(2021, 3, 31))
    >>> found = tiau.compare(scenario, "federal-order-enforced", members=2)
    >>> found.outcomes[0].of("irregular_entries").baseline.size
    2
    """
    require_whole(members=members, seed=seed, jobs=jobs)
    begun = time.perf_counter()
    several: Sequence[Any] = [changes] if isinstance(changes, str | Path | WhatIf | Changed) else list(changes)
    carried_out = _carried_out(several, scenario)
    named = _named(scenario, carried_out)
    runs = len(carried_out) + 1

    def run(number: int, what: Scenario) -> tuple[dict[Key, Floats], dict[str, Floats]]:
        said = None if progress is None else _shifted(progress, number, runs)
        return _observe(simulate(what, members=members, seed=seed, jobs=jobs, progress=said), named)

    measured, daily = run(0, scenario)
    outcomes = []
    for number, change in enumerate(carried_out, start=1):
        other, other_daily = run(number, change.scenario)
        # A crossing or place that one side alone has counts as nobody on the other.
        nothing = np.zeros(members)
        # Sorted by measure alone: within one the order is that of the scenario, the baseline first.
        keys = sorted(dict.fromkeys((*measured, *other)), key=lambda key: list(MEASURES).index(key[0]))
        differences = [Difference(*key, measured.get(key, nothing), other.get(key, nothing)) for key in keys]
        by_day = {name: other_daily[name] - values for name, values in daily.items()}
        outcomes.append(Outcome(change, tuple(differences), by_day))
    return Comparison(scenario, members, seed, tuple(outcomes), time.perf_counter() - begun)


def _carried_out(changes: Sequence[Any], scenario: Scenario) -> tuple[Changed, ...]:
    done = {change.what_if.name: change for change in changes if isinstance(change, Changed)}
    rest = load_changes([change for change in changes if not isinstance(change, Changed)], scenario)
    return (*done.values(), *rest)


def _shifted(progress: Progress, number: int, runs: int) -> Progress:
    return lambda done, total: progress(number * total + done, runs * total)


def _named(scenario: Scenario, changes: Sequence[Changed]) -> tuple[str, ...]:
    """Return the places whose people are compared: that of the series, countries and admin1 abroad, those changed."""
    names = gazetteer(scenario)
    homes = _home_countries(scenario, names)
    abroad = [place for place in scenario.places if place.country not in homes]
    series = scenario.settings.series
    found = [series.place] if series else []
    found += [place.country for place in abroad] + [place.admin1 for place in abroad if place.admin1]
    found += [name for change in changes for name in change.places]
    return tuple(dict.fromkeys(names.proper(name) for name in found if name not in homes))


def _home_countries(scenario: Scenario, names: Gazetteer) -> frozenset[str]:
    # Homes count, not all places of kind origin: nobody leaves where no group lives.
    homes = {position for group in scenario.groups for position in names.members_of(group.homes)}
    return frozenset(scenario.places[p].country for p in homes if scenario.places[p].kind == "origin")


def _observe(result: Result, named: Sequence[str]) -> tuple[dict[Key, Floats], dict[str, Floats]]:
    """Return every measure (member,) and the quantities to follow by day (day, member)."""
    scenario = result.network.scenario
    homes = _home_countries(scenario, result.network.names)
    countries = {place.country for place in scenario.places}
    abroad = [name for name in sorted(countries - homes) if name in result.area_names]
    found: dict[Key, Floats] = {}
    entries = result.crossings.sum(0, dtype=np.float64)
    found["entries", ""] = entries[-1]
    for index, name in enumerate(result.network.crossings):
        found["entries", name] = result.crossings[index, -1].astype(np.float64)
    for name in named:
        if name in result.area_names:
            found["present", name] = result.area(name)[-1].astype(np.float64)
    at_home = [result.area(name)[-1].astype(np.float64) for name in sorted(homes) if name in result.area_names]
    found["displaced_at_home", ""] = np.sum(at_home, axis=0)
    for name in (*STUCK, "moving"):
        values = result.totals[name]
        found[f"{name}_end", ""] = values[-1].astype(np.float64)
        found[f"{name}_mean", ""] = values.mean(0, dtype=np.float64)
    for measure, quantity in SUMS.items():
        found[measure, ""] = np.sum([result.area(name, quantity)[-1] for name in abroad], axis=0, dtype=np.float64)
    underway = result.totals["bound_abroad"].sum(0, dtype=np.float64)
    found["days_until_safety", ""] = days_until_safety(underway, entries[-1])
    series = scenario.settings.series
    daily = {"entries": entries}
    if series is not None and result.network.names.proper(series.place) in result.area_names:
        daily[f"present in {series.place}"] = result.area(series.place).astype(np.float64)
    daily["stuck"] = np.sum([result.totals[name] for name in STUCK], axis=0, dtype=np.float64)
    return {key: np.broadcast_to(values, (result.members,)).copy() for key, values in found.items()}, daily


def days_until_safety(underway: Floats, entries: Floats) -> Floats:
    """Return Little's law: people on the way, summed over days, per entry (member,), days; NaN without entries."""
    days = np.full(underway.shape, np.nan)
    np.divide(underway, entries, out=days, where=entries > 0)
    return days


def band_of(values: Floats) -> tuple[float, float, float]:
    """Return the 5%, 50% and 95% quantiles of numbers; NaN where there are none."""
    valid = values[np.isfinite(values)]
    low, middle, high = np.quantile(valid, LEVELS) if valid.size else (np.nan,) * 3
    return float(low), float(middle), float(high)


def _row(outcome: Outcome, found: Difference) -> list[str]:
    bands = (*band_of(found.baseline), *band_of(found.changed), *found.band)
    digits = 3 if found.unit == "days" else 1
    numbers = ["" if np.isnan(x) else f"{x:.{digits}f}" for x in bands]
    pairing = "" if np.isnan(found.pairing) else f"{found.pairing:.3f}"
    tells = "yes" if found.tells else "same" if found.same else "no"
    shares = [f"{found.rising:.3f}", f"{found.falling:.3f}"]
    title = outcome.change.what_if.title
    return [outcome.name, title, found.measure, found.place, found.unit, *numbers, *shares, tells, pairing]


def write_table(comparison: Comparison, path: Path) -> None:
    """Write compare.csv: one row a what-if and measure."""
    write_csv(path, COLUMNS, comparison.rows())


def write(
    comparison: Comparison,
    out: Path,
    *,
    report: Callable[[Comparison, dict[str, Any]], str],
    command: str = "",
    steps: Steps = silent,
) -> None:
    """Write the folder of a comparison: compare.csv, compare.html, and last provenance.json.

    Parameters
    ----------
    comparison : Comparison
    out : Path
        Replaced whole if it is a result, refused if it is anything else.
    report : callable
        Makes compare.html of the comparison and its provenance.
    command : str
        The command that asked for it, for the provenance.
    steps : Steps
    """
    scenario, members, seed = comparison.scenario, comparison.members, comparison.seed
    origin = provenance(scenario, members=members, seed=seed, chance=True, command=command)
    origin["what_ifs"] = [
        {
            "name": outcome.name,
            "content": outcome.change.what_if.model_dump(by_alias=True, mode="json"),
            "scenario_sha256": outcome.change.scenario.digest(),
        }
        for outcome in comparison.outcomes
    ]
    with replacing(out) as partial:
        with steps("writing compare.csv"):
            write_table(comparison, partial / "compare.csv")
        with steps("drawing the report"):
            (partial / "compare.html").write_text(report(comparison, origin), encoding="utf-8")
        seal(partial, origin)


def warnings(comparison: Comparison) -> list[Fault]:
    """Return what the what-ifs warn of."""
    return [fault for outcome in comparison.outcomes for fault in outcome.change.warnings]
