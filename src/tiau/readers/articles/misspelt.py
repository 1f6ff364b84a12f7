"""Names that are misspelt: which one of a scenario is meant."""

from __future__ import annotations

from functools import lru_cache

from tiau.readers.articles.surroundings import Surroundings, country_keys

SHORTEST = 5
"""Letters of a name that is taken for a misspelt one; shorter ones differ from many others by a letter."""
TWO_LETTERS_FROM = 9
"""Letters of a name that may differ by two."""


# A long text has the same names again and again.
@lru_cache(maxsize=4096)
def meant(words: tuple[str, ...], surroundings: Surroundings) -> str:
    """Return the proper name of the scenario that a misspelt one means; blank where none or two are as near."""
    from rapidfuzz.distance import DamerauLevenshtein

    if not surroundings.keys or words in country_keys():
        return ""
    text = " ".join(words)
    if len(text) < SHORTEST:
        return ""
    near: dict[str, int] = {}
    for key, name in surroundings.keys.items():
        other = " ".join(key)
        if other[0] == text[0] and abs(len(other) - len(text)) <= 2:
            away = DamerauLevenshtein.distance(text, other, score_cutoff=2)
            if away <= _most_apart(text, other):
                near[name] = min(away, near.get(name, away))
    least = min(near.values(), default=0)
    best = [name for name, away in near.items() if away == least]
    return best[0] if len(best) == 1 else ""


def _most_apart(text: str, other: str) -> int:
    # The same letters in another order are a slip of the hand.
    return 2 if len(text) >= TWO_LETTERS_FROM or (len(text) > SHORTEST and sorted(text) == sorted(other)) else 1
