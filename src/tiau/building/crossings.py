"""crossings.csv: border crossings that exports know, beside the tables of a scenario, for ways over borders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import Field

from tiau.building.merging.tables import EditedTable, clean
from tiau.building.outcomes import Outcome
from tiau.faults import InputError
from tiau.readers.exports.findings import FoundCrossing
from tiau.readers.tables import read_table
from tiau.scenario import vocabulary as v
from tiau.scenario.countries import country
from tiau.scenario.rows import Row

CROSSINGS_FILE = "crossings.csv"


class Crossing(Row):
    """A border crossing: its name, its point, and the places and countries on both sides as far as they are known."""

    file = CROSSINGS_FILE
    required_file = False

    crossing: v.Text
    lat: v.Number = Field(ge=-90, le=90)
    lon: v.Number = Field(ge=-180, le=180)
    from_: v.Line = Field("", alias="from")
    to: v.Line = ""
    country_from: v.Line = ""
    country_to: v.Line = ""
    aliases: v.Names = ()
    source: v.Prose = ""
    known_on: v.OptionalDay = None


def read_crossings(folder: Path) -> tuple[Crossing, ...]:
    """Return the crossings of a scenario folder, none where it has no such file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    if not (folder / CROSSINGS_FILE).exists():
        return ()
    table = read_table(folder / CROSSINGS_FILE, Crossing)
    if faults := [fault for fault in table.faults if fault.level == "fault"]:
        raise InputError(faults)
    return tuple(table.rows)


def merge_crossings(folder: Path, found: Iterable[FoundCrossing]) -> tuple[EditedTable[Crossing], list[Outcome]]:
    """Return crossings.csv of a folder with the crossings that exports name, each once, and what became of each.

    Raises
    ------
    InputError
        With every fault of the file as it is.
    """
    table, done = EditedTable(folder, Crossing), []
    for one in found:
        if one.spot.lat is not None and one.spot.lon is not None:
            done.append(Outcome(table.put(clean(one.name), _cells(one)), table.file, clean(one.name)))
        else:
            done.append(Outcome("left out", why="a crossing without coordinates"))
    return table, done


def _cells(found: FoundCrossing) -> dict[str, object]:
    first, second = (clean(name) for name in (*found.sides, "", "")[:2])
    nations = [known.name if (known := country(name)) else clean(name) for name in (*found.countries, "", "")[:2]]
    return {
        "crossing": clean(found.name), "lat": found.spot.lat, "lon": found.spot.lon, "from": first, "to": second,
        "country_from": nations[0], "country_to": nations[1], "aliases": tuple(map(clean, found.aliases)),
        "source": clean(found.source), "known_on": found.known_on,
    }  # fmt: skip
