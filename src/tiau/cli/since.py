"""`tiau forecast --since`: the earlier forecast opened, and why this one says something else told and written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tiau.cli.console import console
from tiau.progress import Steps

if TYPE_CHECKING:
    from tiau.forecasting.change import Change
    from tiau.forecasting.earlier import Earlier
    from tiau.forecasting.prediction import Forecast
    from tiau.scenario.model import Scenario


@dataclass
class Since:
    """An earlier forecast, if one is given, and what became of its figures.

    Attributes
    ----------
    before : Earlier or None
    why : Change or None
        Once it is worked out.
    """

    before: Earlier | None
    why: Change | None = None

    def work_out(self, found: Forecast, events: str, jobs: int | None, steps: Steps) -> None:
        """Find out why a new forecast says something else."""
        from tiau.forecasting.change import change

        if self.before is not None:
            self.why = change(self.before, found, events=events, jobs=jobs, steps=steps)

    def write(self, folder: Path) -> None:
        """Write it into the folder of the new forecast."""
        from tiau.forecasting.change_saving import write
        from tiau.presentation.words.changes import told

        if self.why is not None:
            write(self.why, told(self.why), folder)

    def show(self) -> None:
        """Print it."""
        from tiau.presentation.change_terminal import show_change

        if self.why is not None:
            show_change(self.why, console())

    @property
    def files(self) -> Mapping[str, str]:
        """The files that it adds to a folder, and what each is for."""
        from tiau.forecasting.change_saving import FILES

        return {} if self.why is None else FILES


def since_of(
    folder: Path | None, scenario: Scenario, *, out: Path, origin: dt.date | None, horizon: int
) -> Since:  # fmt: skip
    """Open the earlier forecast that is given; refuse one that the new forecast could not be set beside."""
    from tiau.forecasting.earlier import earlier_of
    from tiau.forecasting.prediction import starting_day

    before = earlier_of(folder, scenario, out)
    if before is not None:
        before.day_shared(starting_day(scenario, origin), horizon)
    return Since(before)
