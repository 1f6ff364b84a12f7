"""Verbs of a sentence that say what people did or what happened to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tiau.readers.articles.language import Language, pattern
from tiau.readers.articles.tables import VerbKind

MOVES: frozenset[VerbKind] = frozenset(
    {"cross", "seek", "flee", "displace", "stay", "turned_back", "returned", "registered"}
)
"""Kinds that tell of displacement."""
Tense = Literal["perfect", "present", "past"]


@dataclass(frozen=True, slots=True)
class VerbFound:
    """A verb of a sentence.

    Attributes
    ----------
    start, end : int
        Its characters in the sentence.
    kind : VerbKind
    tense : {"perfect", "present", "past"}
    words : str
    """

    start: int
    end: int
    kind: VerbKind
    tense: Tense
    words: str

    @property
    def moves(self) -> bool:
        """Whether it tells of displacement."""
        return self.kind in MOVES


@cache
def _patterns(language: Language) -> tuple[tuple[VerbKind, re.Pattern[str]], ...]:
    return tuple((verb.kind, pattern(rf"(?<![\w-]){verb.pattern}(?![\w-])")) for verb in language.verbs)


def find(letters: str, language: Language) -> list[VerbFound]:
    """Return the verbs of a sentence in order; of those that overlap the longest, then the first of the table."""
    found = [
        (match.start(), -match.end(), rank, kind)
        for rank, (kind, verb) in enumerate(_patterns(language))
        for match in verb.finditer(letters)
    ]
    kept: list[VerbFound] = []
    for start, end, _, kind in sorted(found):
        if not kept or start >= kept[-1].end:
            kept.append(VerbFound(start, -end, kind, _tense(letters, start, -end, language), letters[start:-end]))
    return kept


def _tense(letters: str, start: int, end: int, language: Language) -> Tense:
    before = letters[max(start - 48, 0) : start]
    if pattern(rf"(?<!\w){language.perfect} \Z").search(before):
        return "perfect"
    if pattern(rf"(?<!\w){language.present} \Z").search(before) or pattern(rf"(?<!\w){language.present}(?!\w)").match(
        letters, start
    ):
        return "present"
    return "past"
