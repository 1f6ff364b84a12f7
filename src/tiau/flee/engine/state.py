"""What kernels of Flee's rules read and write: the rules as numbers, the world of a day, the state of members."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]
Table = NDArray[np.record]


class Rules(NamedTuple):
    """The numbers that kernels read.

    `buckets` is into how many classes the recent-travel index is put (1 where no rule reads it), `spans` the same
    for the distance moved today; within a class people have its mean. People arrive in at most `most_waves` waves a day
    and come on to a place in at most `most_slices` slices, so that camps fill little by little.
    """

    top_speed: float
    buffer: float
    power: float
    pruning: float
    start_on_foot: bool
    avoid_short_stints: bool
    buckets: int
    spans: int
    most_waves: int
    most_slices: int


# Tables of records: a kernel reads a row at once, and one array costs it less than many.
PLACE = np.dtype([("limit", "f8"), ("town", "?"), ("camp", "?"), ("near_limit", "?")])
ROUTE = np.dtype([("value", "f8"), ("key", "u8"), ("end", "i4"), ("leg", "i4")])
SLOT = np.dtype([
    ("key", "u8"), ("chance", "f8"), ("total", "f8"), ("place", "i4"), ("root", "i4"), ("route", "i4"), ("first", "i4"),
    ("last", "i4"),
])  # fmt: skip
LEG = np.dtype([
    ("km", "f8"), ("link", "i4"), ("after", "i4"), ("back", "i4"), ("start", "i4"), ("end", "i4"), ("closed_on", "i4"),
])  # fmt: skip
RIDE = np.dtype([("speed", "f8"), ("key", "u8"), ("begin", "i8"), ("due", "i8"), ("days", "i4"), ("width", "i4")])
CELL = np.dtype([("people", "f8"), ("index", "f8")])
ARRIVAL = np.dtype([("people", "f8"), ("index", "f8"), ("moved", "f8"), ("key", "u8"), ("visit", "i8")])
HERE = np.dtype([("occupied", "f8"), ("arrived", "f8"), ("population", "f8")])


def table(shape: int | tuple[int, ...], row: np.dtype[np.void]) -> Table:
    """Return a table of zeros whose rows have their columns as attributes, compiled or not."""
    return np.zeros(shape, row).view(np.recarray)


class Origins(NamedTuple):
    """Where newcomers come from: keys of the places (place,), their order by key, and who of each is of which kind."""

    key: Keys
    order: NDArray[np.int64]
    share: Floats


class Today(NamedTuple):
    """The day as kernels see it.

    Attributes
    ----------
    day : int
    chance : bool
    any_limit : bool
        Whether any place has a limit.
    rules : Rules
    place : PLACE array (place,)
        Agents from which on nobody is taken, 0 for no limit; whether any route leads from here to a place with one.
    route : ROUTE array (route,)
        Attraction without regard to room, -1 where not open; the destination; the leg people take now, -1 for none.
    slot : SLOT array (slot,)
        In the free slots the chance to set out and the routes `first` to `last` - 1 with the sum of their weights;
        `root` is the free slot of the same people at the same place.
    leg : LEG array (leg,)
        Links with what people have in mind at their end, or at the start if sent back, and when they last closed.
    ride : RIDE array (2 leg,)
        Legs on wheels (2 leg) and on foot (2 leg + 1): days until the end is reached, and the place in the calendar
        of arrivals, `days` days of `width` buckets from `begin`, with those `due` today.
    weight : float array (route,)
        Weights while there is room everywhere.
    """

    day: int
    chance: bool
    any_limit: bool
    rules: Rules
    place: Table
    route: Table
    slot: Table
    leg: Table
    ride: Table
    weight: Floats


class State(NamedTuple):
    """Agents of each member; `index` is the sum of their recent-travel indices.

    Attributes
    ----------
    rest, tonight : CELL arrays (member, slot, bucket)
        Who rests at a place since before today, and since today; bucket 0 is those who never finished a link.
    on_way : CELL array (member, calendar)
    here : HERE array (member, place)
        Agents at the place; arrivals of the day; residents left to flee.
    created : float array (member,)
    """

    rest: Table
    tonight: Table
    on_way: Table
    here: Table
    created: Floats


class Member(NamedTuple):
    """The state of one member: the rows of `State` that are its own."""

    rest: Table
    tonight: Table
    on_way: Table
    here: Table


class Party(NamedTuple):
    """People who go together: how many, their mean index of recent travel, and how far they have come today."""

    people: float
    recent: float
    moved: float


class Offer(NamedTuple):
    """The routes among which people choose, `begin` to `stop` - 1, by the weight of each."""

    begin: int
    stop: int
    total: float
    weight: Floats


class Scratch(NamedTuple):
    """Memory that kernels use within a day and leave empty.

    `arrival` (span x slot x bucket,) holds who may go on today; `queue` (span, slot x bucket) is a ring of those
    cells, `used` (span,) of them from `head` (span,) on.
    """

    arrival: Table
    queue: Ints
    head: Ints
    used: Ints
    chosen: Ints
    number: Floats
    weight: Floats
    tight: NDArray[np.bool_]
    coming: Floats
