"""Places in a text: the scenario's by any name, misspelt ones repaired, others by what stands around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tiau.readers.articles import misspelt
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import Language, any_of, owned, particles, pattern
from tiau.readers.articles.sentences import Sentence, folded, words_of
from tiau.readers.articles.surroundings import Surroundings, Tier, country_keys

MOST_WORDS = 6
"""Words of the longest names of places and countries that are looked for."""
FINER: tuple[Tier, ...] = ("place", "admin2", "admin1", "area", "", "country")
_CAPITAL = r"[A-Z\u00c0-\u00de]\w*(?:['\u2019-](?!s\b)\w+)*"
_HEADING = re.compile(r"\s?:\s")
_BEGUN = re.compile(r"([A-Z][\w-]*) ([\w']+ (?:[\w']+[ '])?)\Z")
LONGEST_ACRONYM = 8
"""Letters of a word in capitals that may be an organisation, as ASEAN; behind "in" alone it is no place."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that a text names.

    Attributes
    ----------
    start, end : int
        Its characters in the text.
    name : str
        Its proper name in the scenario; of a place that it lacks as the text writes it.
    written : str
        As the text writes it.
    tier : Tier
        How large it is; blank where nobody knows.
    known : bool
        Whether the scenario has it.
    repaired : bool
        Whether it is another name, misspelt.
    home : bool or None
        Whether it lies in a country that people leave; None where that is not known.
    """

    start: int
    end: int
    name: str
    written: str
    tier: Tier = ""
    known: bool = False
    repaired: bool = False
    home: bool | None = None


def of_sentence(found: Sequence[PlaceFound], sentence: Sentence) -> Sequence[PlaceFound]:
    """Return the places of a text, in order, that one of its sentences names."""
    first, last = (bisect_left(found, at, key=lambda place: place.start) for at in (sentence.start, sentence.end))
    return found[first:last]


def to_check(place: PlaceFound, surroundings: Surroundings) -> Iterator[str]:
    """Yield what a person should look at of a place: that it was repaired, or that the scenario lacks it."""
    if place.repaired:
        yield f'"{place.written}" is read as {place.name}'
    elif surroundings.scenario is not None and not place.known:
        yield f"{place.name} is no place of the scenario: choose one of its places, or add it"


# Figures, acts and events ask for the same article.
@lru_cache(maxsize=4)
def find(article: Article, surroundings: Surroundings) -> list[PlaceFound]:
    """Return the places that a text names, in order."""
    found: list[PlaceFound] = []
    unknown: list[tuple[Sentence, int, int, int]] = []
    for sentence in article.sentences:
        known = list(_known(sentence, surroundings, article.language))
        found += known
        taken = [(one.start, one.end) for one in known]
        for start, end, last in _named(sentence, article.language):
            if not any(a < sentence.start + end and sentence.start + start < b for a, b in taken):
                unknown.append((sentence, start, end, last))
    found += _repaired(unknown, surroundings, article)
    return sorted(found, key=lambda one: one.start)


def _known(sentence: Sentence, surroundings: Surroundings, language: Language) -> Iterator[PlaceFound]:
    """Yield the places of the scenario and the countries that a sentence names, the longest name first."""
    spans = [
        (start + word.start(), start + word.end())
        for start, end in sentence.words
        for word in _WORD.finditer(sentence.letters[start:end])
    ]
    words = [sentence.letters[start:end] for start, end in spans]
    at = 0
    while at < len(words):
        count, name = _longest(words[at : at + MOST_WORDS], surroundings)
        capital = not sentence.text[spans[at][0]].islower()
        if not count or not capital:
            at += 1
            continue
        start, end = sentence.start + spans[at][0], sentence.start + spans[at + count - 1][1]
        known = surroundings.names is not None and name in surroundings.names
        tier = surroundings.tier(name) if known else "country"
        yield PlaceFound(start, end, name, sentence.text[spans[at][0] : spans[at + count - 1][1]], tier, known,
                         home=surroundings.at_home(name))  # fmt: skip
        at += count


def _longest(words: Sequence[str], surroundings: Surroundings) -> tuple[int, str]:
    for count in range(len(words), 0, -1):
        key = tuple(words[:count])
        if name := surroundings.keys.get(key) or country_keys().get(key):
            return count, name
    return 0, ""


def _named(sentence: Sentence, language: Language) -> Iterator[tuple[int, int, int]]:
    """Yield where names stand that what is around them makes places, and where a noun behind them ends."""
    before, strong, behind = _around(language)
    for found in _name().finditer(sentence.text):
        start, end = found.start(), found.end()
        # The first word of a sentence has a capital letter as well: "In Sylhet"; else it is the name's: El Hierro.
        begins = not _WORD.search(sentence.letters, 0, start)
        while (
            begins
            and (first := _WORD.match(sentence.letters, start))
            and first.end() < end
            and first[0] in language.telling_words
        ):
            start = first.end() + 1
        noun = behind.match(sentence.letters, end)
        heading = begins and _heads(sentence, end, language)
        sure = (
            noun
            or heading
            or _has_unit(sentence.letters[start:end], language)
            or strong.search(sentence.letters, max(start - 40, 0), start)
        )
        near = before.search(sentence.letters, max(start - 24, 0), start)
        written = sentence.text[start:end]
        words = words_of(written)
        if not words or not (sure or near) or _is_no_place(words, language):
            continue
        if sure or not (_goes_on(sentence, start, language) or _is_acronym(written)):
            yield start, end, noun.end() if noun else end


def _heads(sentence: Sentence, end: int, language: Language) -> bool:
    """Whether the name at the head of a sentence is its heading, or takes people in: "Uvira: 300", "Chad hosts 300"."""
    hosts = pattern(rf" (?:\w+ )?{language.places.hosts}(?!\w)")
    return bool(_HEADING.match(sentence.text, end) or hosts.match(sentence.letters, end))


def _has_unit(letters: str, language: Language) -> bool:
    """Whether a name ends with what it is: "Hunan Province", "Kayah State"."""
    return pattern(rf"\w+ {any_of(language.places.nouns)}\Z").search(letters) is not None


def _goes_on(sentence: Sentence, start: int, language: Language) -> bool:
    """Whether a name goes on what a capital letter began: "Ministry of Home Affairs", but not "Residents of Marawi"."""
    lead = _BEGUN.search(sentence.text, max(start - 40, 0), start)
    if lead is None or folded(lead[1]) in language.telling_words:
        return False
    places = language.places
    return pattern(rf"{places.genitive} (?:{places.articles} ?)?").fullmatch(folded(lead[2])) is not None


def _is_acronym(written: str) -> bool:
    return len(written) <= LONGEST_ACRONYM and written.removesuffix("s").isupper()


@cache
def _name() -> re.Pattern[str]:
    """Return the pattern of a name: Port of Spain, San Juan del Sur."""
    return re.compile(rf"{_CAPITAL}(?:[ -](?:{particles()}[ -]){{0,2}}{_CAPITAL}){{0,3}}")


@cache
def _around(language: Language) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = language.places
    nouns = any_of(table.nouns)
    people = any_of((*language.nouns.persons, *language.nouns.displaced, *language.nouns.households))
    before = any_of((*table.at, *table.into, *table.out_of))
    return (
        pattern(rf"(?:(?<!\w){before}(?:(?<=')| )|(?<=\w){owned(language)} )(?:{language.speakers.articles} )?\Z"),
        pattern(rf"(?<!\w){nouns}s?(?:,)? {table.called} ?\Z|(?<!\w){people} {table.called} ?\Z"),
        pattern(rf"{owned(language)}? (?:\w+ )?{nouns}(?!\w)"),
    )


def _is_no_place(words: tuple[str, ...], language: Language) -> bool:
    """Whether a name holds a word that places have not: a month, a day, a title, an office."""
    if len(words) > 1 and words[0] in language.common_words:
        words = words[1:]
    first, anywhere, offices = _no_places(language)
    return (
        words[0] in first
        or not anywhere.isdisjoint(words)
        or language.telling_words.issuperset(words)
        or offices.fullmatch(" ".join(words)) is not None
    )


@cache
def _no_places(language: Language) -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    """Return words with which no place begins, those that none has, and offices, which are none."""
    table = language.places
    around = {word for word in (*table.at, *table.into, *table.out_of) if " " not in word}
    people = {name for names in language.peoples.values() for name in names}
    offices = "|".join(f"(?:{office.pattern})" for office in language.speakers.offices)
    return (
        language.day_names | language.common_words | around | set(language.speakers.titles),
        frozenset(people) | set(table.organisations),
        pattern(offices or "(?!)"),
    )


def _repaired(
    unknown: Iterable[tuple[Sentence, int, int, int]], surroundings: Surroundings, article: Article
) -> Iterator[PlaceFound]:
    """Yield names that stand where places do: as the place of the scenario that is meant, or as they are."""
    persons = _persons(article)
    for sentence, start, end, last in unknown:
        written = sentence.text[start:end]
        if written in persons:
            continue
        # "Champai district" is the district, where the scenario has one.
        spelt = (words_of(sentence.text[start:last]), words_of(written))
        meant = next(filter(None, (misspelt.meant(words, surroundings) for words in spelt)), "")
        yield PlaceFound(
            sentence.start + start, sentence.start + end, meant or written, written, surroundings.tier(meant),
            known=bool(meant), repaired=bool(meant), home=surroundings.at_home(meant) if meant else None,
        )  # fmt: skip


def _persons(article: Article) -> frozenset[str]:
    """Return names that stand behind a title or an office somewhere in the text."""
    found = set()
    titles = pattern(rf"(?<!\w){any_of(article.language.speakers.titles)}\.? \Z")
    for sentence in article.sentences:
        found |= {
            name[0]
            for name in _name().finditer(sentence.text)
            if titles.search(sentence.letters, max(name.start() - 12, 0), name.start())
        }
    return frozenset(found)
