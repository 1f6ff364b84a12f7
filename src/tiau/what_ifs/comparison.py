"""What-ifs on common random numbers: a scenario and its changes run with the same draws -> differences by member."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tiau.arguments import require_whole
from tiau.engine.members import VARIED
from tiau.ensemble.driving import THREADS
from tiau.evaluation.hanging import Judged, hanging, judged_numbers
from tiau.loading import locate, opened
from tiau.progress import Progress
from tiau.results.result import Result
from tiau.scenario.model import Scenario
from tiau.simulation import simulate
from tiau.what_ifs.differences import Difference, Outcome
from tiau.what_ifs.editing import Changed
from tiau.what_ifs.files import load_changes
from tiau.what_ifs.measures import Floats, Key, Seen, followed, measured, of_measures
from tiau.what_ifs.model import WhatIf
from tiau.what_ifs.tables import COLUMNS, records, rows

if TYPE_CHECKING:
    import pandas as pd

MEMBERS_GIVEN = 60
GIVEN = tuple(what for what in VARIED if what != "judged")


@dataclass(frozen=True)
class Comparison:
    """A baseline and its what-ifs.

    Attributes
    ----------
    scenario : Scenario
        The baseline.
    members, seed : int
        Members that differ in everything that is not known.
    members_given : int
        The first of them, which ran a second time with the judged numbers as they are given.
    outcomes : tuple of Outcome
    seconds : float
        Wall time of all runs.
    """

    scenario: Scenario
    members: int
    seed: int
    members_given: int
    outcomes: tuple[Outcome, ...]
    seconds: float

    @property
    def runs(self) -> int:
        """How many runs it took."""
        return runs_of(len(self.outcomes))

    def to_dataframe(self) -> pd.DataFrame:
        """Return a row a what-if, measure and place, with the columns of compare.csv and numbers in full."""
        import pandas as pd

        return pd.DataFrame(records(self.outcomes), columns=list(COLUMNS))

    def __repr__(self) -> str:
        names = ", ".join(outcome.name for outcome in self.outcomes)
        return f"<Comparison of {self.scenario.name} with {names}: {self.members} members, seed {self.seed}>"

    def _repr_html_(self) -> str:
        import pandas as pd

        return pd.DataFrame(list(rows(self.outcomes)), columns=list(COLUMNS)).to_html(index=False)


def compare(
    scenario: Scenario | str | Path,
    changes: str | Path | WhatIf | Changed | Iterable[str | Path | WhatIf | Changed],
    *,
    members: int = 200,
    members_given: int | None = None,
    seed: int = 1,
    jobs: int | None = None,
    workers: str = THREADS,
    suppress_below: float = 0,
    progress: Progress | None = None,
) -> Comparison:
    """Run a scenario and what-ifs on the same draws, and return the differences by member.

    Each runs twice: with members that differ in everything that is not known, and with members that all have the
    judged numbers as they are given, or as a fit has them in its mean.

    Parameters
    ----------
    scenario : Scenario, str or Path
        The baseline, without faults, or what `tiau.load` takes.
    changes : str, Path, WhatIf or Changed, or several
        Names of what-ifs in the scenario's folder, paths of what-if files, or what-ifs.
    members : int
        At least 1.
    members_given : int, optional
        How many members run a second time; by default `MEMBERS_GIVEN`, or all of them if they are fewer.
    seed : int
        Of the baseline and of every what-if, so that what a change does not touch stays the same.
    jobs, workers
        As in `tiau.simulate`.
    suppress_below : float, persons
        Above 1, numbers of people of each member are the nearest multiples of it before anything is worked out of them
        (`results.disclosure`).
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
        If `members`, `members_given`, `seed` or `jobs` is no whole number within its bounds.

    Examples
    --------
    >>> import tiau
    >>> scenario = tiau.load("mizoram-2021").until("2021-03-31")
    >>> found = tiau.compare(scenario, "federal-order-enforced", members=2, members_given=1)
    >>> found.outcomes[0].of("irregular_entries").baseline.size
    2
    """
    require_whole(members=members, members_given=members_given, seed=seed, jobs=jobs)
    members_given = min(members, MEMBERS_GIVEN) if members_given is None else members_given
    begun = time.perf_counter()
    several: Sequence[Any] = [changes] if isinstance(changes, str | Path | WhatIf | Changed) else list(changes)
    where = None if isinstance(scenario, Scenario) else locate(scenario)
    scenario = opened(scenario)
    carried_out = _carried_out(several, scenario, where)
    named = _named(scenario, carried_out)
    numbers = iter(range(runs_of(len(carried_out))))

    def seen(what: Scenario, count: int, vary: tuple[str, ...]) -> Seen:
        said = None if progress is None else _shifted(progress, next(numbers), runs_of(len(carried_out)))
        result = simulate(what, members=count, seed=seed, jobs=jobs, workers=workers, progress=said, vary=vary)
        return _seen(result, named)

    def run(what: Scenario) -> _Run:
        over_all = _over_all(seen(what, members, VARIED), suppress_below)
        return _Run(*over_all, measured(seen(what, members_given, GIVEN), suppress_below))

    before = run(scenario)
    outcomes = []
    for change in carried_out:
        judged = judged_numbers(scenario, change.scenario, members=members, seed=seed)
        outcomes.append(_outcome(change, before, run(change.scenario), judged, _headlines(scenario)))
    return Comparison(scenario, members, seed, members_given, tuple(outcomes), time.perf_counter() - begun)


def runs_of(changes: int) -> int:
    """Return how many runs a comparison of so many what-ifs takes."""
    return 2 * (changes + 1)


class _Run(NamedTuple):
    """What was measured of a scenario: of all members, by day, and of those with the judged numbers as given."""

    all: dict[Key, Floats]
    daily: dict[str, Floats]
    given: dict[Key, Floats]


def _over_all(seen: Seen, suppress_below: float) -> tuple[dict[Key, Floats], dict[str, Floats]]:
    return measured(seen, suppress_below), followed(seen, suppress_below)


def _outcome(change: Changed, before: _Run, after: _Run, judged: Sequence[Judged], headlines: Sequence[Key]) -> Outcome:
    differences = []
    for key in of_measures((*before.all, *after.all)):
        # A crossing or place that one side alone has counts as nobody on the other.
        pairs = [_both(key, *sides) for sides in ((before.all, after.all), (before.given, after.given))]
        differences.append(Difference(*key, *pairs[0], *pairs[1]))
    found = [one for one in differences if (one.measure, one.place) in headlines]
    hangs = [hanging((one.measure, one.place), one.unit, one.baseline, one.changed, judged) for one in found]
    by_day = {name: after.daily[name] - values for name, values in before.daily.items()}
    return Outcome(change, tuple(differences), by_day, tuple(itertools.chain(*hangs)))


def _both(key: Key, before: dict[Key, Floats], after: dict[Key, Floats]) -> tuple[Floats, Floats]:
    nothing = np.zeros_like(next(iter(before.values())))
    return before.get(key, nothing), after.get(key, nothing)


def _headlines(scenario: Scenario) -> tuple[Key, ...]:
    """Return the differences of which is said what they hang on: entries, and people at the place of the series."""
    series = scenario.settings.series
    return (("entries", ""), *([("present", scenario.names.proper(series.place))] if series else []))


def _carried_out(changes: Sequence[Any], scenario: Scenario, folder: Path | None) -> tuple[Changed, ...]:
    done = {change.what_if.name: change for change in changes if isinstance(change, Changed)}
    rest = load_changes([one for one in changes if not isinstance(one, Changed)], scenario, folder=folder)
    return (*done.values(), *rest)


def _shifted(progress: Progress, number: int, runs: int) -> Progress:
    return lambda done, total: progress(number * total + done, runs * total)


def _named(scenario: Scenario, changes: Sequence[Changed]) -> tuple[str, ...]:
    """Return the places whose people are compared: that of the series, countries and admin1 abroad, those changed."""
    names = scenario.names
    homes = _home_countries(scenario)
    abroad = [place for place in scenario.places if place.country not in homes]
    series = scenario.settings.series
    found = [series.place] if series else []
    found += [place.country for place in abroad] + [place.admin1 for place in abroad if place.admin1]
    found += [name for change in changes for name in change.places]
    return tuple(dict.fromkeys(names.proper(name) for name in found if name not in homes))


def _home_countries(scenario: Scenario) -> frozenset[str]:
    # Homes count, not all places of kind origin: nobody leaves where no group lives.
    homes = {position for group in scenario.groups for position in scenario.names.members_of(group.homes)}
    return frozenset(scenario.places[p].country for p in homes if scenario.places[p].kind == "origin")


def _seen(result: Result, named: tuple[str, ...]) -> Seen:
    homes = _home_countries(result.scenario)
    countries = {place.country for place in result.scenario.places}
    return Seen(result, named, tuple(sorted(homes)), tuple(sorted(countries - homes)))
