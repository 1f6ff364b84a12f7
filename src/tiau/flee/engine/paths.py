"""The routes among which people choose under Flee's rules: all simple paths up to the level of awareness."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tiau.engine.keys import name_key
from tiau.flee.engine.links import Links
from tiau.flee.engine.state import Floats, Ints, Keys


class Paths(NamedTuple):
    """Candidate routes, sorted by origin.

    A slot is what a person at a place has in mind: nothing in the free slots, one a place, which come first; in each
    further slot the rest of a route, or one that no longer leads on. People of several kinds have slots of their own.

    Attributes
    ----------
    first, last : int arrays (free slot,)
        Candidates of those who have nothing in mind at a place: first[o] to last[o] - 1.
    link : int array (route,)
        First link of the route.
    after : int array (route,)
        Slot in which people are once they have come to the end of that link.
    back : int array (route,)
        Slot in which people are whom a closed link has brought back to its start.
    end : int array (route,)
        The destination.
    km : float array (route,)
    key : uint64 array (route,)
    slot_place : int array (slot,)
        Where people in a slot are.
    slot_route : int array (slot,)
        The route whose first link they take next; -1 for those with nothing in mind, -2 where it leads nowhere.
    slot_key : uint64 array (slot,)
    steps : int array (route, step)
        All links of the route, -1 after the last.
    """

    first: Ints
    last: Ints
    link: Ints
    after: Ints
    back: Ints
    end: Ints
    km: Floats
    key: Keys
    slot_place: Ints
    slot_route: Ints
    slot_key: Keys
    steps: Ints


def paths_of(links: Links, names: tuple[str, ...], marker: NDArray[np.bool_], awareness: int) -> Paths:
    """Enumerate the candidate routes.

    A route repeats no place and ends in no marker (place,). It goes on beyond a place only while fewer than
    `awareness`, at least 1, of its places, its origin not counted, are no markers. Parallel links make routes of their
    own.
    """
    places = len(names)
    out = np.argsort(links.start, kind="stable")
    out_first = np.searchsorted(links.start[out], np.arange(places + 1))
    level = _Level.of_links(links, marker)
    levels = [level]
    while True:
        level = _further(level, levels, links, marker, awareness, out, out_first)
        if not level.last.size:
            break
        levels.append(level)
    return _joined(levels, links, names, marker)


class _Level(NamedTuple):
    """Paths of one number of links: nodes visited (path, step), links (path, step), tail in the level before."""

    nodes: Ints
    steps: Ints
    last: Ints
    tail: NDArray[np.int64]
    parent: NDArray[np.int64]

    @classmethod
    def of_links(cls, links: Links, marker: NDArray[np.bool_]) -> _Level:
        own = np.arange(links.start.size, dtype=np.int32)
        nodes = np.stack([links.start, links.end], 1)
        nothing = np.full(own.size, -1, np.int64)
        return cls(nodes, own[:, None], own, nothing, nothing)


def _further(
    level: _Level, levels: list[_Level], links: Links, marker: NDArray[np.bool_], awareness: int,
    out: NDArray[np.int64], out_first: NDArray[np.int64],
) -> _Level:  # fmt: skip
    """Return the paths of one link more."""
    end = level.nodes[:, -1]
    known = (~marker[level.nodes[:, 1:]]).sum(1)
    grows = np.flatnonzero((known < awareness) & (level.nodes[:, 0] != end))
    count = out_first[end[grows] + 1] - out_first[end[grows]]
    parent = np.repeat(grows, count)
    offset = np.arange(parent.size) - np.repeat(np.cumsum(count) - count, count)
    link = out[np.repeat(out_first[end[grows]], count) + offset].astype(np.int32)
    new = ~(level.nodes[parent] == links.end[link][:, None]).any(1)
    parent, link = parent[new], link[new]
    # The tail of (a, b, ..., z) is (b, ..., z): the child, by the same link, of the tail of (a, b, ...).
    tail = link.astype(np.int64)
    if len(levels) > 1:
        size = links.start.size
        pairs = level.parent * size + level.last
        order = np.argsort(pairs)
        wanted = level.tail[parent] * size + link
        tail = order[np.searchsorted(pairs[order], wanted)]
    nodes = np.concatenate([level.nodes[parent], links.end[link][:, None]], 1)
    steps = np.concatenate([level.steps[parent], link[:, None]], 1)
    return _Level(nodes, steps, link, tail, parent)


def _joined(levels: list[_Level], links: Links, names: tuple[str, ...], marker: NDArray[np.bool_]) -> Paths:
    """Put the paths of all numbers of links together, by origin, and number what people have in mind on them."""
    places, name = len(names), np.array([name_key(n) for n in names], np.uint64)
    steps, rest = _end_to_end(levels)
    start = np.concatenate([level.nodes[:, 0] for level in levels])
    stop = np.concatenate([level.nodes[:, -1] for level in levels])
    again = _from_the_start(levels, rest)
    carried = np.unique(np.concatenate([rest[rest >= 0], again[again >= 0]]))
    lost = np.unique(start[(rest >= 0) & (again < 0)])
    slot_of = np.full(start.size, -1, np.int32)
    slot_of[carried] = places + np.arange(carried.size)
    lost_slot = places + carried.size + np.searchsorted(lost, start)
    after = np.where(rest >= 0, slot_of[np.maximum(rest, 0)], links.end[steps[:, 0]]).astype(np.int32)
    back = np.where(again >= 0, slot_of[np.maximum(again, 0)], np.where(rest >= 0, lost_slot, start)).astype(np.int32)
    key = _route_keys(name[start], steps, _link_keys(links, name))
    # Rests of routes may end in a marker's neighbour, candidates may not end in a marker; both keep their places.
    order = np.lexsort((np.arange(start.size), marker[stop], start))
    position = np.empty(order.size, np.int32)
    position[order] = np.arange(order.size, dtype=np.int32)
    count = np.bincount(start, minlength=places)
    first = (np.cumsum(count) - count).astype(np.int32)
    return Paths(
        first=first,
        last=first + np.bincount(start[~marker[stop]], minlength=places).astype(np.int32),
        link=steps[order, 0],
        after=after[order],
        back=back[order],
        end=stop[order].astype(np.int32),
        km=np.where(steps >= 0, links.km[np.maximum(steps, 0)], 0.0).sum(1)[order],
        key=key[order],
        slot_place=np.concatenate([np.arange(places), start[carried], lost]).astype(np.int32),
        slot_route=np.concatenate([np.full(places, -1), position[carried], np.full(lost.size, -2)]).astype(np.int32),
        slot_key=np.concatenate([name, key[carried], ~name[lost]]),
        steps=steps[order],
    )


def _end_to_end(levels: list[_Level]) -> tuple[Ints, NDArray[np.int64]]:
    """Return the links of all paths (route, step), and for each the path that is left after its first link, or -1."""
    base = np.concatenate([[0], np.cumsum([level.last.size for level in levels])])
    steps = np.full((base[-1], len(levels)), -1, np.int32)
    tail = []
    for number, level in enumerate(levels):
        steps[base[number] : base[number + 1], : number + 1] = level.steps
        tail.append(level.tail + base[number - 1] if number else level.tail)
    return steps, np.concatenate(tail)


def _route_keys(key: Keys, steps: Ints, hop: Keys) -> Keys:
    """Return the key of each route from that of its origin, by one link after the other."""
    for column in range(steps.shape[1]):
        part = hop[np.maximum(steps[:, column], 0)] + np.uint64(column)
        further = (key ^ part) * np.uint64(0x9E3779B97F4A7C15) + (key >> np.uint64(29))
        key = np.where(steps[:, column] >= 0, further, key)
    return key


def for_kinds(paths: Paths, kinds: int) -> Paths:
    """Return the routes once for each kind of people: free slots of all kinds come first, then all others."""
    places, routes, others = paths.first.size, paths.link.size, paths.slot_place.size - paths.first.size

    def slots(slot: Ints, kind: int) -> Ints:
        return np.where(slot < places, slot + kind * places, slot + (kinds - 1) * places + kind * others).astype(
            np.int32
        )

    def tiled(column: Ints) -> Ints:
        return np.concatenate([column[:places]] * kinds + [column[places:]] * kinds)

    kind_key = [np.uint64(0), *(np.uint64(name_key("kind", str(kind))) for kind in range(1, kinds))]
    rest = [np.where(paths.slot_route[places:] < 0, -2, paths.slot_route[places:] + k * routes) for k in range(kinds)]
    return Paths(
        first=np.concatenate([paths.first + k * routes for k in range(kinds)]).astype(np.int32),
        last=np.concatenate([paths.last + k * routes for k in range(kinds)]).astype(np.int32),
        link=np.tile(paths.link, kinds),
        after=np.concatenate([slots(paths.after, k) for k in range(kinds)]),
        back=np.concatenate([slots(paths.back, k) for k in range(kinds)]),
        end=np.tile(paths.end, kinds),
        km=np.tile(paths.km, kinds),
        key=np.tile(paths.key, kinds),
        slot_place=tiled(paths.slot_place),
        slot_route=np.concatenate([np.full(kinds * places, -1), *rest]).astype(np.int32),
        slot_key=np.concatenate(
            [paths.slot_key[:places] ^ k for k in kind_key] + [paths.slot_key[places:] ^ k for k in kind_key]
        ),
        steps=np.tile(paths.steps, (kinds, 1)),
    )


def _from_the_start(levels: list[_Level], rest: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each route, the one from its origin straight to the rest of its places; -1 if there is none."""
    # Who is sent back by a closed link still has the rest of the route in mind, but stands at its start.
    again = np.full(rest.size, -1, np.int64)
    if len(levels) > 1:
        nodes = [tuple(path) for level in levels for path in level.nodes.tolist()]
        first: dict[tuple[int, ...], int] = {}
        for number, path in enumerate(nodes):
            first.setdefault(path, number)
        for number in np.flatnonzero(rest >= 0).tolist():
            path = nodes[number]
            again[number] = first.get((path[0], *path[2:]), -1)
    return again


def _link_keys(links: Links, name: Keys) -> Keys:
    """Return a key a link: the name it leads to, and which of several parallel links it is."""
    pair = links.start.astype(np.int64) * name.size + links.end
    order = np.argsort(pair, kind="stable")
    _, begins = np.unique(pair[order], return_index=True)
    nth = np.empty(pair.size, np.uint64)
    nth[order] = np.arange(pair.size) - np.repeat(begins, np.diff([*begins, pair.size]))
    return np.asarray(name[links.end] + nth * np.uint64(0xD1B54A32D192ED03))
