"""The days and places that belong to words of a sentence, for what is no figure: acts and events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tiau.readers.articles import places
from tiau.readers.articles.article import Article
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import any_of, pattern
from tiau.readers.articles.places import Surroundings


def day_near(dated: Sequence[DayFound], start: int, end: int, taken: Iterable[DayFound] = ()) -> DayFound | None:
    """Return the day that stands nearest to the letters from start to end; None where there is none.

    Parameters
    ----------
    dated : sequence of DayFound
        The days of the sentence.
    start, end : int
        The letters, in the sentence.
    taken : iterable of DayFound
        Days that belong to something else.
    """
    others = list(taken)
    free = [one for one in dated if not any(one == other for other in others)]
    return min(free, key=lambda one: max(one.start - end, start - one.end, 0), default=None)


def period(day: DayFound) -> str:
    """Return days as a cell has them."""
    return str(day.first) if day.first == day.last else f"{day.first}/{day.last}"


def group_in(letters: str, article: Article, surroundings: Surroundings) -> str:
    """Return the group of the scenario that some words name; blank where the scenario has none for them."""
    if surroundings.scenario is None:
        return ""
    for kind, nouns in article.language.nouns.groups.items():
        if pattern(rf"(?<![\w-]){any_of(nouns)}(?![\w-])").search(letters):
            stem = kind.rstrip("s")[:5]
            meant = [
                row.group for row in surroundings.scenario.groups
                if any(word.startswith(stem) for word in places.words_of(f"{row.risk_class} {row.group}"))
            ]  # fmt: skip
            if meant:
                return "; ".join(meant)
    return ""
