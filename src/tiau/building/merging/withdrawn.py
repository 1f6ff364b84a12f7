"""Events of a scenario that newer exports of their days lack: catalogues take back what turned out to be none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tiau.building.merging.tables import EditedTable, clean
from tiau.building.where import Where
from tiau.readers.exports.findings import FoundEvent
from tiau.scenario.countries import country
from tiau.scenario.rows import Event

SHOWN = 8


def withdrawn(
    events: Iterable[FoundEvent], row_of: Mapping[tuple[str, str], str], table: EditedTable[Event], where: Where
) -> Iterator[str]:
    """Tell of rows that are in none of the files which have the days and country of the row and are newer than it.

    Parameters
    ----------
    events : iterable of FoundEvent
        Those of the files.
    row_of : dict
        Rows by catalogue and id, before the files are merged.
    table : EditedTable
    where : Where
    """
    seen: set[tuple[str, str]] = set()
    spans: dict[tuple[str, str], tuple[str, str, str]] = {}
    for event in events:
        of, number = clean(event.source), "-".join(clean(event.source_id).split())
        seen.add((of, number))
        named = country(event.spot.country)
        span = of, named.name if named else ""
        day, known = str(event.start), str(event.known_on or "")
        first, last, newest = spans.get(span, (day, day, known))
        spans[span] = min(first, day), max(last, day), max(newest, known)
    gone: dict[str, list[str]] = {}
    for sight, key in row_of.items():
        start, known = table.cell(key, "start"), table.cell(key, "known_on")
        first, last, newest = spans.get((sight[0], _nation(table.cell(key, "place"), where)), ("", "", ""))
        # An older export lacks what was told later; one that does not say when it was known may be such a one.
        if sight not in seen and first <= start <= last and known <= newest:
            gone.setdefault(sight[0], []).append(key)
    for source, keys in gone.items():
        more = f" and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
        yield (
            f"{', '.join(keys[:SHOWN])}{more}: not in these files of {source}, which have their days; "
            "if the files are whole, the events were withdrawn: delete the rows from events.csv"
        )


def _nation(place: str, where: Where) -> str:
    members = where.names.members(place.partition(";")[0].strip())
    return where.places[members[0]].country if len(members) else ""
