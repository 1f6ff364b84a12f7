"""Whom a text calls by a public office: elected and senior officials, whose names stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tiau.readers.articles.capitals import Word, runs, words
from tiau.readers.articles.no_names import WordsOf, known_names, spans, table
from tiau.readers.articles.sentences import folded, sentences

Name = tuple[str, ...]
_OF_PLACE = re.compile(r"\s+(?:of|for|from|de|del|du|des|d'|in)\s*(?:the|la|el)?\s*")
_BEHIND = re.compile(r",\s+(?:who (?:is|was) )?((?:[\w'-]+\s+){0,5})$")


@dataclass(frozen=True)
class Officials:
    """Names that a text gives to public offices, each as its words, folded, without titles."""

    names: frozenset[Name] = frozenset()

    def __or__(self, other: Officials) -> Officials:
        return Officials(self.names | other.names)

    @classmethod
    def found(cls, text: str, every: Sequence[Sequence[Word]], told: WordsOf) -> Officials:
        """Return the officials of a text whose words with a capital letter are judged.

        Parameters
        ----------
        text : str
        every : sequence of sequence of Word
            Those that stand together, with what each is.
        told : WordsOf
            Of the text's language.
        """
        letters = folded(text)
        flat = [word for run in every for word in run]
        groups = list(_groups(every, told))
        names: set[Name] = set()
        for office in told.offices:
            for match in office.finditer(letters):
                if re.match(r"'s?(?!\w)", letters[match.end() : match.end() + 80]) or _of_a_club(letters, match, text):
                    continue
                named = [group for group in groups if _after(group, match.end(), letters, flat)]
                named = named or [group for group in groups if _before(group, match, letters, flat)]
                names |= {_name_of(group, told) for group in named}
        return cls(frozenset(names - {()}))

    def know(self, group: Sequence[Word], told_private: bool) -> bool:
        """Whether a name is that of an official: as a whole, or by its last words."""
        titles = {word.letters for word in group if word.kind == "title"}
        own = tuple(word.letters for word in group if word.kind != "title")
        if told_private or not titles <= table().titles_of_officials:
            return False
        return any(_short_of(own, name) for name in self.names)


# Each row of a text asks for the officials of the same text.
@lru_cache(maxsize=8)
def officials_of(text: str, told: WordsOf, known: frozenset[str]) -> Officials:
    """Return the officials of a text whose words nobody judged: known names and words of no name are left out.

    Parameters
    ----------
    text : str
    told : WordsOf
        Of the text's language.
    known : frozenset of str
        Names that are no persons'.
    """
    places = spans([known_names(known)], folded(text))
    others = table().words | told.peoples
    every = [
        [_plain(word, told, others, places) for word in run]
        for sentence in sentences(text, told.language)
        for run in runs(words(sentence, text), text, told)
    ]
    return Officials.found(text, every, told)


def _short_of(own: Name, name: Name) -> bool:
    if own == name:
        return True
    inside = any(own == name[at : at + len(own)] for at in range(1, len(name) - len(own) + 1))
    return bool(own) and inside and len("".join(own)) > 1


def _plain(word: Word, told: WordsOf, others: frozenset[str], places: Iterable[tuple[int, int]]) -> Word:
    place = any(start <= word.start and word.end <= end for start, end in places)
    kind = "place" if place else "word" if word.letters in others else "title" if word.letters in told.titles else ""
    return Word(word.start, word.end, word.core, word.first, word.capital, word.owns, kind)


def _groups(every: Iterable[Sequence[Word]], told: WordsOf) -> Iterable[list[Word]]:
    """Yield the names of runs: words beside each other that may be names."""
    for run in every:
        group: list[Word] = []
        for word in run:
            if word.kind in ("", "title", "titled"):
                group.append(word)
            elif group:
                yield group
                group = []
        if group:
            yield group


def _name_of(group: Sequence[Word], told: WordsOf) -> Name:
    return tuple(word.letters for word in group if word.letters not in told.titles or word.kind == "titled")


def _of_a_club(letters: str, match: re.Match[str], text: str) -> bool:
    """Whether an office is one of an association, a party or a village: no public one."""
    if match[0] not in table().clubs:
        return False
    before = re.search(r"([^\W\d_][\w.-]*)\s+$", text[max(match.start() - 30, 0) : match.start()])
    word = before[1] if before else ""
    if folded(word) in table().associations | table().whose or (
        word.isupper() and len(word) > 1 and word not in ("US", "UN", "EU", "UK")
    ):
        return True
    behind = re.match(
        r"\s+(?:of|de|del|du)\s+(?:the |la |el |l')?((?:[\w-]+\s*){1,4})", letters[match.end() : match.end() + 80]
    )
    return behind is not None and not table().associations.isdisjoint(behind[1].split())


def _after(group: Sequence[Word], office: int, letters: str, flat: Sequence[Word]) -> bool:
    """Whether a name stands right behind an office: "Prime Minister of Mizoram Zoramthanga", "the mayor, Ana Ruiz,"."""
    between = letters[office : group[0].start] if office <= group[0].start else "-"
    if len(between) > 60:
        return False
    of = _OF_PLACE.match(between)
    if of:
        places = [word for word in flat if office <= word.start and word.end <= group[0].start]
        if (
            not places
            or any(word.kind not in ("place", "word") for word in places)
            or places[0].start != office + of.end()
        ):
            return False
        if any(letters[one.end : other.start].strip() for one, other in pairwise(places)):
            return False
        between = letters[places[-1].end : group[0].start]
    if between.strip() == "":
        return bool(between)
    ends = re.match(r"\s*(?:[,.;)]|\Z)", letters[group[-1].end : group[-1].end + 9])
    return between.strip() == "," and ends is not None


def _before(group: Sequence[Word], office: re.Match[str], letters: str, flat: Sequence[Word]) -> bool:
    """Whether an office stands right behind a name: "Zoramthanga, the chief minister of Mizoram"."""
    end = group[-1].end
    if not end < office.start() <= end + 60 or group[-1].owns:
        return False
    between = _BEHIND.fullmatch(letters[end : office.start()])
    if between is None:
        return False
    places = {word.letters for word in flat if word.kind in ("place", "word")}
    for word in between[1].split():
        if word.removesuffix("'s") not in places | table().of_office:
            return False
    # An office with a name of its own behind it is that of another person in a list.
    return not any(
        word.kind in ("", "title", "titled") and letters[office.end() : word.start].isspace() for word in flat
    )
