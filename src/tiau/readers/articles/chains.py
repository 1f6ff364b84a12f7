"""Words that stand in order and near each other: how rules find what a sentence tells, in time linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tiau.readers.articles.language import Language, pattern

_NAMED = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the parts of a rule stand in a sentence."""

    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """First letter of the first part."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Behind the last letter of the last part."""
        return self.spans[-1][1]


@cache
def expanded(language: Language, text: str) -> re.Pattern[str]:
    """Return a pattern of whole words, with what the language has for its "@names"; KeyError where it has none."""
    words = language.told.words
    whole = text
    # A named part may hold others; a circle of them would be a fault of the language's file.
    for _ in range(len(words) + 1):
        whole = _NAMED.sub(lambda name: f"(?:{words[name[1]]})", whole)
    return pattern(rf"(?<![\w-])(?:{whole})(?![\w-])")


def find(letters: str, language: Language, parts: Sequence[str], within: int) -> list[Chain]:
    """Return where the parts of a rule stand in order, each at most `within` letters behind the one before it.

    Of chains that end with the same words the shortest is taken; one that shares letters with a shorter is left out.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    language : Language
    parts : sequence of str
        Patterns, with "@names" of those that the language has under `told.words`.
    within : int
        Letters.
    """
    ends: list[tuple[int, Chain]] = []
    for order, part in enumerate(parts):
        matches = [match.span() for match in expanded(language, part).finditer(letters) if match.end() > match.start()]
        if order == 0:
            chains = [Chain((span,)) for span in matches]
        else:
            chains = [longer for span in matches if (longer := _joined(ends, span, within))]
        if not chains:
            return []
        ends = [(chain.end, chain) for chain in chains]
    kept: list[Chain] = []
    for chain in sorted((chain for _, chain in ends), key=lambda one: (one.end - one.start, one.start)):
        if not any(chain.start < other.end and other.start < chain.end for other in kept[-8:]):
            kept.append(chain)
    return sorted(kept, key=lambda one: one.start)


def _joined(ends: Sequence[tuple[int, Chain]], span: tuple[int, int], within: int) -> Chain | None:
    """Return the nearest chain before some letters, with them at its end."""
    at = bisect_right(ends, span[0], key=lambda pair: pair[0]) - 1
    if at < 0 or span[0] - ends[at][0] > within:
        return None
    return Chain((*ends[at][1].spans, span))
