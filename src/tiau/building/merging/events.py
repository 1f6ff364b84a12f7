"""Events into events.csv: the newest version of each, one row for what two catalogues have, every event placed."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, count
from typing import Any

from tiau.building.events import same_events
from tiau.building.merging.reports import Source
from tiau.building.merging.tables import EditedTable, clean, slug
from tiau.building.merging.withdrawn import withdrawn
from tiau.building.outcomes import Outcome
from tiau.building.where import EventPlace, Where
from tiau.readers.exports.findings import FoundEvent, Spot
from tiau.scenario.names import key_of
from tiau.scenario.rows import Event
from tiau.scenario.severity import severity_by_rule

EVENTS = "events.csv"
Found = tuple[FoundEvent, Source]
GONE: Any = (None, None)
BY_HAND = "by hand"
POINT = "x_point"
"""The column of the point that a catalogue gives: another catalogue's event is the same near it, not near the place."""
PRECISION = ("date_precision_days", "place_precision_km")
_SHARE = re.compile(r"(?:^|[;,] )((?:known for|somewhere within|nobody lives in) .*), shared among (\d+)$")
"""What the note of an event says last of its place, where it is shared among several."""
Sight = tuple[str, str]
"""A catalogue and an id there."""


@dataclass
class Happenings:
    """Events merged at once, as each may be known already, or to another catalogue.

    Attributes
    ----------
    table : EditedTable
        That of events.
    where : Where
    """

    table: EditedTable[Event]
    where: Where
    said: list[str] = field(default_factory=list)

    def merge(self, found: list[Found]) -> list[Outcome]:
        """Put events into the table, and return what became of each, in the order given; `found` is emptied meanwhile.

        A million events need much room, so that each is let go once it is in the table.
        """
        outcomes: list[Outcome | None] = [None] * len(found)
        repeated = self._repeated(found, outcomes)
        row_of = self._rows_by_sight()
        if row_of:
            self.said += withdrawn((event for event, _ in found), row_of, self.table, self.where)
        newest = [index for index in range(len(found)) if index not in repeated and outcomes[index] is None]
        newest = [index for index in newest if not self._held(found[index][0], row_of, outcomes, index)]
        there = self._there({_sight(found[index][0]) for index in newest} if row_of else set(), row_of)
        events = [*(found[index][0] for index in newest), *(event for event, _ in there)]
        rows = [row_of.get(_sight(found[index][0]), "") for index in newest] if row_of else [""] * len(newest)
        rows += [key for _, key in there]
        copies = self._copies(events, rows)
        also: dict[int, list[FoundEvent]] = {}
        for dropped, (kept, _) in copies.items():
            also.setdefault(kept, []).append(events[dropped])
        events = []
        for number, index in enumerate(newest):
            if number not in copies:
                outcomes[index] = self._put(*found[index], rows[number], also.get(number, ()))
                found[index] = GONE
        for number, (kept, why) in copies.items():
            kept_row = outcomes[newest[kept]] if kept < len(newest) else None
            key = kept_row.id if kept_row else rows[kept]
            if number < len(newest):
                self._note(key, found[newest[number]][0])
                outcomes[newest[number]] = Outcome("same event", EVENTS, key, why)
        for index, (other, what, why) in repeated.items():
            while other in repeated:
                other = repeated[other][0]
            of_other = outcomes[other]
            outcomes[index] = Outcome(what, EVENTS, of_other.id if of_other else "", why)
        return [outcome or Outcome("left out", why="no reading") for outcome in outcomes]

    def _held(
        self, event: FoundEvent, row_of: dict[Sight, str], outcomes: list[Outcome | None], index: int
    ) -> bool:  # fmt: skip
        """Whether an event stands in the row of another catalogue's event already, which is noted."""
        key = row_of.get(_sight(event), "")
        first = _sights(self.table.cell(key, "source_id"))[:1]
        if not key or first == [_sight(event)]:
            return False
        outcomes[index] = Outcome("same event", EVENTS, key, f"stands in the row of {' '.join(first[0])}")
        return True

    def _copies(self, events: Sequence[FoundEvent], rows: Sequence[str]) -> dict[int, tuple[int, str]]:
        """Return which events are copies of which, with the reasons."""
        copies: dict[int, tuple[int, str]] = {}
        pairs = same_events(events)
        number_of = {id(event): number for number, event in enumerate(events)} if pairs else {}
        # An event is paired with one other at a time: what a third catalogue has of it is found in the next round.
        while pairs:
            found = {}
            for same in pairs:
                kept, dropped = number_of[id(same.kept)], number_of[id(same.other)]
                # What has a row already keeps it, so that nothing doubles when a second catalogue comes later.
                kept, dropped = (dropped, kept) if rows[dropped] and not rows[kept] else (kept, dropped)
                if not (rows[kept] and rows[dropped]):
                    found[dropped] = (kept, same.reasons)
            copies |= found
            pairs = same_events([event for at, event in enumerate(events) if at not in copies]) if found else []
        return {dropped: (_last(copies, kept), why) for dropped, (kept, why) in copies.items()}

    def _note(self, key: str, copy: FoundEvent) -> None:
        """Note the id of a copy in the row of its event."""
        if key in self.table:
            sights = dict.fromkeys([*self._sights_of(key), _sight(copy)])
            self.table.put(key, {"source_id": _as_cell(sights)})

    def _sights_of(self, key: str) -> list[Sight]:
        """Return the catalogues and ids of a row; of one that was typed that it was, so that no import rewrites it."""
        return _sights(self.table.cell(key, "source_id")) or [(BY_HAND, "-".join(key.split()))]

    def _repeated(self, found: Sequence[Found], outcomes: list[Outcome | None]) -> dict[int, tuple[int, str, str]]:
        """Return which events are older versions or repetitions of others: of which, what that is called, and why.

        Where it cannot be told which of two versions is newer, the first stays and the question is noted of the other.
        """
        best: dict[Sight, int] = {}
        repeated: dict[int, tuple[int, str, str]] = {}
        for index, (event, source) in enumerate(found):
            key = _sight(event)
            other = best.setdefault(key, index)
            if other == index:
                continue
            first, first_source = found[other]
            if _content(first) == _content(event):
                repeated[index] = (other, "unchanged", f"as in {first_source.file}")
            elif first.changed > event.changed or (
                first.changed == event.changed and first_source.file in first_source.answers.newer
            ):
                repeated[index] = (other, "left out", f"older version of {event.source_id}")
            elif first.changed == event.changed and source.file not in source.answers.newer:
                outcomes[index] = Outcome("question", EVENTS, _id(event), _which_is_newer(first_source, source, event))
            else:
                best[key] = index
                repeated[other] = (index, "left out", f"older version of {event.source_id}")
        return repeated

    def _rows_by_sight(self) -> dict[Sight, str]:
        return {
            sight: key for key in self.table.rows for sight in _sights(self.table.cell(key, "source_id"))
        }  # fmt: skip

    def _there(self, updated: set[Sight], row_of: dict[Sight, str]) -> list[tuple[FoundEvent, str]]:
        """Return the events of the table that are not brought up to date, as they could be found."""
        busy = {row_of[sight] for sight in updated if sight in row_of}
        there = []
        for key in self.table.rows:
            sights = self._sights_of(key)
            if key not in busy and (spot := self._spot(key)):
                number, km = self.table.cell(key, "fatalities"), self.table.cell(key, "place_precision_km")
                event = FoundEvent(
                    rows=(), source=sights[0][0], source_id=sights[0][1], spot=spot,
                    start=dt.date.fromisoformat(self.table.cell(key, "start")),
                    end=dt.date.fromisoformat(self.table.cell(key, "end")),
                    kind=self.table.cell(key, "kind"), fatalities=float(number) if number else None,
                    place_precision_km=float(km) if km else None,
                )  # fmt: skip
                there.append((event, key))
        return there

    def _spot(self, key: str) -> Spot | None:
        """Return where the event of a row was: at its own point, else at its place."""
        if point := self.table.cell(key, POINT).split():
            return Spot("point", lat=float(point[0]), lon=float(point[1]))
        return self.where.spot_of(self.table.cell(key, "place"))

    def _put(self, event: FoundEvent, source: Source, key: str, others: Sequence[FoundEvent]) -> Outcome:
        place = self.where.of_event(event.spot, event.place_precision_km)
        if not place.names:
            return Outcome("left out", why=place.how)
        key = key or self._new_key(event)
        row = _row(event, source, place, others) | {"event": key}
        if key in self.table and str(row["known_on"]) < self.table.cell(key, "known_on") and event.known_on:
            return Outcome("left out", EVENTS, key, "older than the version that is there")
        own: tuple[str, ...] = ()
        if key in self.table:
            own = self._own(key, row, place)
            sights = dict.fromkeys([*_sights(self.table.cell(key, "source_id")), _sight(event)])
            row["source_id"] = _as_cell(sights)
            if not event.known_on or (event.fatalities is None and self.table.cell(key, "fatalities")):
                # The number of dead that stays was not known later than it was.
                del row["known_on"]
        return Outcome(self.table.put(key, row, own), EVENTS, key, place.how)

    def _new_key(self, event: FoundEvent) -> str:
        """Return the id of an event that no row names: its own, unless that is the id of another event."""
        key = _id(event)
        if key not in self.table:
            return key
        # Whoever typed an event of this id and day typed this one.
        if not self.table.cell(key, "source_id") and self.table.cell(key, "start") == str(event.start):
            return key
        tries = (f"{slug(event.source)}-{key}{more}" for more in chain([""], (f"-{n}" for n in count(2))))
        return next(key for key in tries if key not in self.table)

    def _own(self, key: str, row: dict[str, object], place: EventPlace) -> tuple[str, ...]:
        """Return the columns of an event's row that are as an import made them, its share of a severity among them.

        Whoever writes another severity, or takes away what the note says of the share, keeps what was written.
        """
        severity, note = self.table.cell(key, "severity"), self.table.cell(key, "note")
        before = _SHARE.search(note)
        if severity and not (before and self._is_share(key, severity, int(before[2]))):
            return PRECISION
        if not before and place.among == 1:
            return PRECISION
        kept = note[: before.start()] if before else note
        row["note"] = clean("; ".join(filter(None, [kept, _reason(place)])), 2000)
        return (*PRECISION, "severity", "estimated", "note")

    def _is_share(self, key: str, severity: str, among: int) -> bool:
        dead = self.table.cell(key, "fatalities")
        whole = severity_by_rule(self.table.cell(key, "kind"), float(dead) if dead else None)
        return math.isclose(float(severity) * among, whole, rel_tol=1e-6)


def _row(event: FoundEvent, source: Source, place: EventPlace, others: Sequence[FoundEvent]) -> dict[str, object]:
    known = max(event.known_on or source.answers.known_on or source.today, event.start)
    # Where it is not known at which of several places it was, each has its share of it.
    shared = severity_by_rule(event.kind, event.fatalities) / place.among if place.among > 1 else None
    told = [f"{other.source} {other.source_id}: {_dead(other)}" for other in others]
    if event.low is not None and event.high is not None and event.low != event.high:
        told.insert(0, _dead(event))
    return {
        "start": event.start, "end": event.end, "place": place.names, "kind": clean(event.kind),
        "severity": shared, "known_on": known, "published": event.published, "fatalities": event.fatalities,
        "source_id": _as_cell([_sight(event), *map(_sight, others)]), "date_precision_days": event.date_precision_days,
        "place_precision_km": event.place_precision_km, "source": event.source, "estimated": place.among > 1,
        POINT: _at(event.spot),
        "note": clean("; ".join(filter(None, [event.note, *told, _reason(place)])), 2000),
    }  # fmt: skip


def _reason(place: EventPlace) -> str:
    """Return why an event is not of one place alone, and among how many its severity is shared."""
    return f"{place.reason}, shared among {place.among}" if place.among > 1 else place.reason


def _which_is_newer(one: Source, other: Source, event: FoundEvent) -> str:
    return f"which of {one.file} and {other.file} is newer? They give {event.source_id} differently (--newer FILE)"


def _dead(event: FoundEvent) -> str:
    spread = f" ({event.low:,.0f} to {event.high:,.0f})" if event.low is not None and event.high is not None else ""
    return "dead not known" if event.fatalities is None else f"{event.fatalities:,.0f} dead{spread}"


def _sight(event: FoundEvent) -> Sight:
    """Return the catalogue and id of an event as a cell can name them: ids without blanks, which stand between both."""
    return clean(event.source), "-".join(clean(event.source_id).split())


def _id(event: FoundEvent) -> str:
    """Return the id of an event: that of its catalogue, with a word before it where it is a mere number."""
    number = clean(event.source_id)
    return number if not number.isdecimal() else f"{event.source.split()[0]}-{number}"


def _as_cell(sights: Sequence[Sight] | dict[Sight, None]) -> str:
    return "; ".join(f"{source} {number}" for source, number in sights)


def _sights(cell: str) -> list[Sight]:
    """Return the catalogues and ids that a cell names: "ACLED SUD18011; UCDP GED 490101"."""
    return [(source, number) for part in cell.split("; ") if part for source, _, number in [part.rpartition(" ")]]


def _last(copies: dict[int, tuple[int, str]], kept: int) -> int:
    """Return what stands for an event in the end, as that of which it is a copy may be a copy itself."""
    while kept in copies:
        kept = copies[kept][0]
    return kept


@lru_cache(maxsize=65_536)
def _at(spot: Spot) -> str:
    """Return the point of an event, which tells it from others and lies beside its place; blank without one."""
    exact = spot.lat is not None and spot.lon is not None and spot.tier in ("", "place", "point")
    return f"{spot.lat:.4f} {spot.lon:.4f}" if exact else ""


def _point(event: FoundEvent) -> tuple[object, ...]:
    """Return where an event is said to be: its point, as layouts write one place in other words."""
    spot = event.spot
    if spot.tier == "country":
        return (spot.tier,)
    if spot.lat is None or spot.lon is None:
        return spot.tier, key_of(spot.name), key_of(spot.admin1)
    return round(spot.lat, 2), round(spot.lon, 2)


def _content(event: FoundEvent) -> tuple[object, ...]:
    return (
        event.start, event.end, _point(event), event.kind, event.fatalities, event.low, event.high, event.changed,
    )  # fmt: skip
