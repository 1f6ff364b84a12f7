"""The forecast of a scenario: how many people, where, by when, and how sure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tiau.forecasting import areas, needed
from tiau.forecasting.delivery import save
from tiau.forecasting.predicted import Predicted

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, repr=False, eq=False)
class Forecast(Predicted):
    """A forecast: see `Predicted` for what it holds."""

    def areas(self) -> DataFrame:
        """Return areas.csv as a table: countries, states, districts and named areas by week and month."""
        from pandas import DataFrame

        return DataFrame(areas.rows_of(self), columns=list(areas.COLUMNS))

    def needs(self) -> DataFrame:
        """Return needs.csv as a table: what the people present at places and areas need on days ahead."""
        from pandas import DataFrame

        return DataFrame(needed.rows_of(self), columns=list(needed.COLUMNS))

    def save(self, out: str | Path) -> None:
        """Write forecast.csv, areas.csv, needs.csv and provenance.json as a folder.

        Parameters
        ----------
        out : str or Path
            Folder. Replaced whole if it is a result, refused if it is anything else.

        Raises
        ------
        InputError
            If the folder is something else than a result.
        """
        save(self, self.scenario, Path(out), seed=self.seed)

    def __repr__(self) -> str:
        return f"<Forecast of {self.name} from {self.origin}, {self.days[-1]} days, {len(self.rows)} series>"

    def _repr_html_(self) -> str:
        return f"<p>{self.name}, {self.days[-1]} days from {self.origin}</p>{self.areas().to_html(index=False)}"
