"""The result of a run, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tiau.arguments import require_whole
from tiau.results.arrays import Arrays
from tiau.results.netcdf import labelled
from tiau.results.saving import save

if TYPE_CHECKING:
    import xarray as xr


@dataclass(frozen=True, repr=False, eq=False)
class Result(Arrays):
    """What a run gives: see `Arrays` for what it holds."""

    def save(self, out: str | Path, *, suppress_below: int = 10) -> None:
        """Write the result as a folder, which `tiau.open_result` opens again.

        Parameters
        ----------
        out : str or Path
            Folder. Replaced whole if it is a result, refused if it is anything else.
        suppress_below : int, persons
            In every file numbers of people are rounded to multiples of it, and smaller ones left blank in tables
            (`results.disclosure`). With 0 or 1 tables have whole people, and result.nc is exact.

        Raises
        ------
        InputError
            If the folder is something else than a result.
        ValueError
            If `suppress_below` is no whole number, or below 0.
        """
        require_whole(suppress_below=suppress_below)
        save(self, Path(out), suppress_below=suppress_below)

    def dataset(self) -> xr.Dataset:
        """Return the result as an xarray Dataset with units and descriptions."""
        return labelled(self).dataset()

    def __repr__(self) -> str:
        settings = self.scenario.settings
        placed = sum(placement.status == "placed" for placement in self.placements)
        how = f"{self.members} members, seed {self.seed}" if self.chance else "expectations, without chance"
        return (
            f"<Result of {settings.name}: {settings.start} to {settings.end}, {how}; "
            f"{len(self.network.place_names)} places, {placed} of {len(self.placements)} reports placed>"
        )

    def _repr_html_(self) -> str:
        html: str = self.dataset()._repr_html_()
        return html
