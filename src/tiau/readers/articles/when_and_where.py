"""The days and places that belong to words of a sentence, for what is no figure: acts and events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tiau.readers.articles import days, offices, places
from tiau.readers.articles.article import Article
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.offices import peoples
from tiau.readers.articles.places import PlaceFound
from tiau.readers.articles.sentences import Sentence, folded
from tiau.readers.articles.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Stand:
    """A place where it stands in a sentence, with the letters before it."""

    place: PlaceFound
    start: int
    end: int
    lead: str

    def behind(self, words: str) -> bool:
        """Whether one of some words stands right before it."""
        return bool(re.search(rf"(?<![\w-])(?:{words}) \Z", self.lead))


def stands(sentence: Sentence, found: Sequence[PlaceFound], language: Language) -> list[Stand]:
    """Return the places of a text that stand in one of its sentences, in order; the name of a people is none.

    Parameters
    ----------
    sentence : Sentence
    found : sequence of PlaceFound
        The places of the text, in order.
    language : Language
    """
    here = [place for place in places.of_sentence(found, sentence) if folded(place.written) not in peoples(language)]
    return [
        Stand(place, start, place.end - sentence.start, sentence.letters[max(start - 40, 0) : start])
        for place in here
        for start in [place.start - sentence.start]
    ]


def with_struck(sentence: Sentence, around: Sequence[Stand], language: Language) -> list[Stand]:
    """Return the places of a sentence and the names right behind a word for what strikes a place: "shelled Demoso".

    Parameters
    ----------
    sentence : Sentence
    around : sequence of Stand
        The places of the sentence that are known.
    language : Language
    """
    found = [*around]
    for match in pattern(rf"(?<![\w-])(?:{language.told.hits}) ").finditer(sentence.letters):
        name = next(offices.runs(sentence, language, match.end()), None)
        if name is None or name.start != match.end() or name.sort != "person":
            continue
        known = any(one.start < name.end and name.start < one.end for one in around)
        if known or any(word in peoples(language) for word in name.words.split()):
            continue
        written = sentence.text[name.start : name.end]
        place = PlaceFound(sentence.start + name.start, sentence.start + name.end, written, written)
        found.append(Stand(place, name.start, name.end, match[0]))
    return sorted(found, key=lambda one: one.start)


def told_days(
    sentence: Sentence, article: Article, done_in_words: Sequence[tuple[int, int]] = ()
) -> list[DayFound]:  # fmt: skip
    """Return the days of a sentence; a day beside the verb of saying is when it was told, and comes with that note.

    Where other days are named, it is left out. So are those by which something is to be done: "by 1 November".

    Parameters
    ----------
    sentence : Sentence
    article : Article
    done_in_words : sequence of tuple of int
        Letters of verbs of saying that are themselves what was done: a letter was written when it was written.
    """
    language = article.language
    dated = [day for day in days.of_article(article)[sentence.start] if not day.stand]
    says = pattern(rf"(?<![\w-])(?:{language.speakers.says})(?: [\w']+){{0,4}}? \Z")
    said = [day for day in dated if not day.since and _beside(says, sentence.letters, day, done_in_words)]
    note = "the day on which it was said: when it happened is not told"
    others = [day for day in dated if day not in said]
    return others or [replace(day, sure=False, note=day.note or note) for day in said]


def _beside(
    says: re.Pattern[str], letters: str, day: DayFound, done_in_words: Sequence[tuple[int, int]]
) -> bool:  # fmt: skip
    """Whether a day stands right behind a verb of saying that is no deed itself."""
    lead = max(day.start - 60, 0)
    found = says.search(letters[lead : day.start])
    return found is not None and not any(start <= lead + found.start() < end for start, end in done_in_words)


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


def no_day(article: Article) -> str:
    """Return what a person should look at where no day is told."""
    return "no day is told: that of publication stands here" if article.published else "no day is told: fill in as_of"


def group_in(letters: str, article: Article, surroundings: Surroundings) -> str:
    """Return the group of the scenario that some words name; blank where the scenario has none for them.

    Parameters
    ----------
    letters : str
        The words as rules compare them.
    article : Article
    surroundings : Surroundings
    """
    for kind, nouns in article.language.nouns.groups.items():
        named = pattern(rf"(?<![\w-]){any_of(nouns)}(?![\w-])").search(letters)
        if named and (meant := surroundings.groups(kind)):
            return "; ".join(row.group for row in meant)
    return ""
