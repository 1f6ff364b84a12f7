"""What people choose from: destinations with their names, room and affinity, and the rules of a member."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Keys = NDArray[np.uint64]


class Tree(NamedTuple):
    """A binary tree over options by the bits of their name's hash.

    A count of people is split at each node by one keyed binomial draw. A node stands for the options
    first to last - 1, its children for those before and from `middle`. The tree depends on each option's
    own name alone, so that adding a place leaves every other branch, and its draws, where they were.

    Attributes
    ----------
    first, middle, last : int arrays (node,)
        Node 0 is the root.
    child : int array (node, 2)
        The two child nodes; ~option where the child is a single option.
    key : uint64 array (node,)
    """

    first: Ints
    middle: Ints
    last: Ints
    child: Ints
    key: Keys


class Options(NamedTuple):
    """Destinations, in the order of the hashes of their names.

    Attributes
    ----------
    place : int array (option,)
    inside : bool array (option,)
        Whether it lies in a country that people leave.
    home_country : bool array (place,)
        Whether the place does.
    takes_in : bool array (option,)
        Whether anybody may choose it; at the others people stay who are displaced already on the first day.
    room_of : float array (option,), persons
        Capacity, infinite where unlimited.
    affinity : float array (group, option), log weight
    tree : Tree
    """

    place: Ints
    inside: NDArray[np.bool_]
    home_country: NDArray[np.bool_]
    takes_in: NDArray[np.bool_]
    room_of: Floats
    affinity: Floats
    tree: Tree


class Names(NamedTuple):
    """Keys of names, for draws: groups (group,), places (place,), options (option,), the words home and stuck.

    `group_order` and `place_order` list groups and places by their keys: chains of draws go in that order.
    """

    group: Keys
    place: Keys
    option: Keys
    home: np.uint64
    stuck: np.uint64
    group_order: NDArray[np.int64]
    place_order: NDArray[np.int64]


def tree_of(keys: Keys) -> Tree:
    """Build the tree over options from the keys of their names.

    Parameters
    ----------
    keys : uint64 array (option,)
        Ascending, all different.

    Returns
    -------
    Tree
        With one node less than there are options.
    """
    nodes: list[tuple[int, int, int]] = []
    child: list[list[int]] = []
    key: list[int] = []

    def grow(first: int, last: int) -> int:
        if last - first < 2:
            return ~first
        low, high = int(keys[first]), int(keys[last - 1])
        bit = (low ^ high).bit_length() - 1
        border = (high >> bit) << bit
        middle = first + int(np.searchsorted(keys[first:last], np.uint64(border)))
        node = len(nodes)
        nodes.append((first, middle, last))
        key.append((border ^ (bit + 1)) & (2**64 - 1))
        child.append([])
        child[node] = [grow(first, middle), grow(middle, last)]
        return node

    grow(0, len(keys))
    first, middle, last = np.array(nodes, np.int32).reshape(-1, 3).T.copy()
    return Tree(first, middle, last, np.array(child, np.int32).reshape(-1, 2), np.array(key, np.uint64))
