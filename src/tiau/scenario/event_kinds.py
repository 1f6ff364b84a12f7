"""Which kinds of events mean the same in other words: datasets and languages name one event differently."""

from __future__ import annotations

import re
from functools import cache

from tiau.faults import plain

# Event types and sub-event types of ACLED's codebook (2023), and what other sources call them. A general word stands
# under each that it may mean; shelling and an air strike of one day are two events. UCDP's one-sided violence may be
# committed from afar, and its state-based and non-state conflicts in any way.
_WORDS: dict[str, tuple[str, ...]] = {
    "fighting": ("battle", "clash", "combat", "fighting", "firefight", "gunfight", "skirmish", "hostilities",
                 "affrontement", "bataille", "enfrentamiento", "batalla", "confronto", "اشتباك", "اشتباكات", "معارك",
                 "бои"),
    "shelling": ("shelling", "artillery", "mortar", "bombardment", "bombing", "explosion", "remote", "rocket",
                 "missile", "sided", "bombardement", "bombardeo", "pilonnage", "قصف", "обстрел", "обстрелы"),
    "air strike": ("air", "airstrike", "aerial", "drone", "bombardment", "bombing", "explosion", "remote",
                   "sided", "bombardement", "bombardeo", "aerien", "aereo", "авиаудар"),
    "killing": ("massacre", "killing", "civilian", "masacre", "matanza", "مجزرة"),
    "arson": ("arson", "burning", "torching", "incendie", "incendio"),
    "protest": ("protest", "demonstration", "manifestation", "protesta", "مظاهرات"),
    "riot": ("riot", "emeute", "disturbio"),
}  # fmt: skip


def _stem(word: str) -> str:
    """Return a word without its plural: clashes and clash are one."""
    return re.sub("e?s?$", "", word)


_MEANT: dict[str, frozenset[str]] = {
    stem: frozenset(meaning for meaning, words in _WORDS.items() if stem in map(_stem, words))
    for stem in {_stem(word) for words in _WORDS.values() for word in words}
}


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"\w+", plain(kind)) or [kind])


@cache
def meanings(kind: str) -> frozenset[str]:
    """Return what the words of a kind mean; nothing where none of them is known."""
    return frozenset[str]().union(*(_MEANT.get(word, frozenset()) for word in _words(kind)))


def same_kind(kind: str, other: str) -> bool:
    """Whether two kinds mean the same: one has the words of the other, or others that mean the same."""
    words, others = _words(kind), _words(other)
    return words <= others or others <= words or not meanings(kind).isdisjoint(meanings(other))


def perhaps_same_kind(kind: str, other: str) -> bool:
    """Whether two kinds may mean the same: they do, or it is not known what one of them means."""
    return same_kind(kind, other) or not (meanings(kind) and meanings(other))
