"""Who is named in a sentence: offices, organisations and countries by name, and persons whose names are kept back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tiau.readers.articles.language import Language, any_of, owned, particles, pattern, unowned
from tiau.readers.articles.sentences import Sentence, folded
from tiau.readers.articles.tables import Office
from tiau.scenario.countries import countries
from tiau.scenario.vocabulary import Level, SourceKind

Sort = Literal["office", "private", "country", "organisation", "person"]
MOST_BEFORE = 4
"""Words with a capital before an office that belong to it: "East Darfur State Police"."""
LONGEST_ACRONYM = 6
"""Letters of a word in capitals that is an organisation, as UNICEF; longer ones are shouted."""
_CAPITAL = r"[A-Z\u00c0-\u00de][\w'\u2019.-]{0,40}"
_BLANK = re.compile(r"\s")


@cache
def _run() -> re.Pattern[str]:
    """Return the pattern of words with a capital letter that may be one name."""
    return re.compile(rf"{_CAPITAL}(?: (?:{particles(of_persons=True)} )?{_CAPITAL}){{0,6}}")


@cache
def _run_behind(before: str, behind: str) -> re.Pattern[str]:
    return re.compile(f"{before}({_run().pattern}){behind}")


@dataclass(frozen=True, slots=True)
class OfficeFound:
    """Somebody whom a sentence names.

    Attributes
    ----------
    start, end : int
        The whole phrase in the sentence, with the place and name beside the office.
    said_by : str
        The office as a row names it: never with the name of a private person.
    sort : {"office", "private", "country", "organisation", "person"}
        What the phrase is; a person has no office beside the name.
    kind : SourceKind
    level : Level or ""
        Blank where the office alone does not tell it.
    public : bool
        Whether the holder is elected or a senior public official.
    country : str
        That the phrase names; blank where it names none.
    place : str
        That stands in the phrase, as the text writes it.
    names : tuple of str
        Words of the holder's name, as rules compare them, to know the person again.
    words : str
        The office itself as rules compare it.
    """

    start: int
    end: int
    said_by: str
    sort: Sort
    kind: SourceKind = "other"
    level: Level | Literal[""] = ""
    public: bool = False
    country: str = ""
    place: str = ""
    names: tuple[str, ...] = ()
    words: str = ""

    @property
    def governs(self) -> bool:
        """Whether it can order: a government, a court, or who holds a public office."""
        return self.public or self.kind == "register"


@cache
def country_names(language: Language) -> dict[str, str]:
    """Return countries by their names and those of their peoples, as rules compare them."""
    names = {
        folded(name): one.name for one in reversed(countries()) for name in (one.name, *one.names) if len(name) > 3
    }
    return names | {people: name for name, some in language.peoples.items() for people in some}


def find(sentence: Sentence, language: Language) -> list[OfficeFound]:
    """Return whom a sentence names, in order; no two share a word."""
    found: list[OfficeFound] = []
    cores = [*_cores(sentence, language)]
    starts = [core[0] for core in cores]
    for start, end, office, private in cores:
        floor = found[-1].end if found else 0
        if start >= floor:
            found.append(_Phrase(sentence, language, (start, end), office, private, floor, starts).read())
    taken = [(one.start, one.end) for one in found]
    found += [one for one in runs(sentence, language) if not any(a < one.end and one.start < b for a, b in taken)]
    return sorted(found, key=lambda one: one.start)


_PRIVATE = Office(pattern="", kind="other")


@cache
def _patterns(language: Language) -> tuple[tuple[re.Pattern[str], Office, bool], ...]:
    table = language.speakers
    rows = [(office.pattern, office, False) for office in table.offices] + [(table.private, _PRIVATE, True)]
    around = r"(?<![\w-])(?<!\w')(?:{})(?![\w-])"
    return tuple((pattern(around.format(text)), office, private) for text, office, private in rows)


def _cores(sentence: Sentence, language: Language) -> Iterator[tuple[int, int, Office, bool]]:
    """Yield the words of offices, of those that share a word the first and longest, as the table has them in order."""
    matches = [
        (match.start(), -match.end(), order)
        for order, (words, _, _) in enumerate(_patterns(language))
        for match in words.finditer(sentence.letters)
        if match.end() > match.start()
    ]
    behind = 0
    for start, minus_end, order in sorted(matches):
        if start >= behind:
            _, office, private = _patterns(language)[order]
            behind = -minus_end
            yield start, behind, office, private


class _Phrase:
    """The phrase around the words of an office."""

    def __init__(
        self, sentence: Sentence, language: Language, span: tuple[int, int], office: Office, private: bool,
        floor: int, starts: Sequence[int],
    ) -> None:  # fmt: skip
        self.sentence, self.language, self.office, self.private = sentence, language, office, private
        (start, end), self.floor, self.starts = span, floor, starts
        self._joint = self._adjective = ""
        article = pattern(rf"{language.speakers.articles} ").match(sentence.letters[start:end])
        self.start, self.end = start + (article.end() if article else 0), end

    def read(self) -> OfficeFound:
        first, country = self._before()
        last, name, place = self._after()
        core = self.sentence.text[self.start : self._people(self.end)]
        before = self.sentence.text[first : self.start].strip()
        if not name and (self.office.public or self.private):
            first, name = self._name_before(first)
        said_by = self._said_by(before, core, place, name)
        country = country or self._adjective or country_names(self.language).get(folded(place), "")
        # In "governor of Kharkiv Oleh Syniehubov" nothing parts the name from the place.
        named = name or " ".join(place.split()[1:] if self.office.public else ())
        return OfficeFound(
            first, last, said_by, "private" if self.private else "office", self.office.kind, self.office.level,
            self.office.public, country, " ".join(filter(None, (before, place))), _name_words(named, self.language),
            folded(core),
        )  # fmt: skip

    def _said_by(self, before: str, core: str, place: str, name: str) -> str:
        before = before.replace("\u2019", "'").replace("`", "'")
        if self.office.said_by:
            return " ".join(filter(None, (self.office.said_by, name if self.office.public else "")))
        if self.private:
            return " ".join(filter(None, (before, core)))
        shown = name if self.office.public or self.office.kind == "media" else ""
        district = self.office.level == "district" and self.office.public
        there = place and (f", {place}" if district else f"{self._joint} {place}")
        parts = (before, core, shown, there) if district else (before, core, there, shown)
        whole = " ".join(filter(None, parts))
        return " ".join(whole.split()).replace(" ,", ",")

    def _before(self) -> tuple[int, str]:
        """Return where the phrase begins, with words with a capital before the office, and the country they name."""
        sentence, first, country = self.sentence, self.start, ""
        words = [span for span in sentence.words if self.floor <= span[0] and span[1] <= self.start][-MOST_BEFORE:]
        for start, end in reversed(words):
            word = unowned(sentence.letters[start:end], self.language)
            named = country_names(self.language).get(word, "")
            proper = sentence.text[start].isupper() and word not in _no_names(self.language)
            if sentence.letters[end:first].strip() or not proper or (self.private and not named):
                break
            first, country = start, country or named
        return first, country

    def _after(self) -> tuple[int, str, str]:
        """Return where the phrase ends, the name of who holds the office and the place that it is of."""
        sentence, table, last = self.sentence, self.language.speakers, self.end
        last = self._people(last)
        if role := pattern(rf"{owned(self.language)}? (?:{table.roles})(?!\w)").match(sentence.letters, last):
            last = role.end()
        name, last = self._run(last)
        place, behind = self._place(last)
        if place:
            last = behind
        if not name and (apposed := _run_behind(r",\s", ",").match(sentence.text, last)):
            known = country_names(self.language)
            if " " in apposed[1] and not any(word in known for word in folded(apposed[1]).split()):
                name, last = apposed[1], apposed.end() - 1
        return last, name, place

    def _people(self, at: int) -> int:
        """Return where an adjective for a people ends that follows the office: "le gouvernement tchadien"."""
        found = re.compile(r" ([^\W\d_]+)").match(self.sentence.letters, at)
        if not found or self.private or self.sentence.text[found.start(1)].isupper():
            return at
        self._adjective = country_names(self.language).get(found[1], "")
        return found.end() if self._adjective else at

    def _run(self, at: int) -> tuple[str, int]:
        """Return the words with a capital that follow, and where they end."""
        found = _run_behind(r"\s", "").match(self.sentence.text, at)
        taken = not found or found.end(1) > self._ceiling(at)
        if not found or taken or any(word in _no_names(self.language) for word in folded(found[1]).split()):
            return "", at
        return found[1].rstrip(".'\u2019"), found.end(1)

    def _place(self, at: int) -> tuple[str, int]:
        """Return the place behind the office; where a private name could hide in it, none."""
        nouns = any_of(self.language.places.nouns)
        found = pattern(rf" (?P<joint>{self.language.speakers.joints}) (?:{self.language.speakers.articles} )?").match(
            self.sentence.letters, at
        )
        if not found or self.private:
            return "", at
        run = _run().match(self.sentence.text, found.end())
        if not run or run.start() >= self._ceiling(at):
            return "", at
        noun = pattern(rf" {nouns}(?!\w)").match(self.sentence.letters, run.end())
        words = folded(run[0]).split()
        sure = noun or len(words) == 1 or folded(run[0]) in country_names(self.language)
        if not (sure or self.office.public) or any(word in _no_names(self.language) for word in words):
            return "", at
        self._joint = found["joint"]
        end = noun.end() if noun else run.end()
        return self.sentence.text[run.start() : end].rstrip(".,"), end

    def _ceiling(self, at: int) -> int:
        """Return where the words of the next office begin."""
        behind = bisect_left(self.starts, at)
        return self.starts[behind] if behind < len(self.starts) else len(self.sentence.text)

    def _name_before(self, first: int) -> tuple[int, str]:
        """Return the name that the office explains: "Ann Lee, governor of ..."."""
        head = self.sentence.text[self.floor : first]
        article = self.language.speakers.articles
        found = _run_behind(r"(?<!\w)", rf",\s(?:[0-9]{{2}},\s)?(?:{article}\s)?\Z").search(head[-120:])
        if not found or " " not in found[1]:
            return first, ""
        return first - (len(head[-120:]) - found.start(1)), found[1]


@cache
def _no_names(language: Language) -> frozenset[str]:
    """Return words that no name holds though they have capitals: months, days, and those that begin a sentence."""
    return language.common_words | language.day_names


def _name_words(name: str, language: Language) -> tuple[str, ...]:
    words = (word.strip(".'") for word in folded(name).split())
    return tuple(word for word in words if len(word) > 2 and word not in language.speakers.titles)


def runs(sentence: Sentence, language: Language, begin: int = 0) -> Iterator[OfficeFound]:
    """Yield countries, organisations and persons whom words with a capital name, from a letter of the sentence on.

    Places are among the persons where they are no countries: a name alone does not tell them apart.

    Parameters
    ----------
    sentence : Sentence
    language : Language
    begin : int
        The letter.
    """
    for match in _run().finditer(sentence.text, begin):
        elided = re.match(language.speakers.elided, match[0])
        start = match.start() + (elided.end() if elided else 0)
        words = sentence.text[start : match.end()].split(" ")
        while words and folded(words[0]) in _no_names(language):
            start += len(words[0]) + 1
            words = words[1:]
        if words:
            end = start + len(" ".join(words).rstrip(".'\u2019"))
            yield _named(sentence, language, start, end, words)


def _named(sentence: Sentence, language: Language, start: int, end: int, words: Sequence[str]) -> OfficeFound:
    text = _BLANK.sub(" ", sentence.text[start:end])
    name = unowned(folded(text), language)
    country = country_names(language).get(name, "")
    if country and name not in peoples(language):
        said_by = f"{language.speakers.government} {text[: len(name)]}"
        return OfficeFound(start, end, said_by, "country", "register", "national", False, country, text, (), name)
    table = language.speakers
    if pattern(rf"(?<!\w)(?:{table.papers})\Z").search(name):
        return OfficeFound(start, end, text, "organisation", "media", words=name)
    if found := pattern(rf"(?<!\w)(?:{table.organisations})(?!\w)").search(name):
        more = (
            pattern(rf" (?:{table.joints}) (?:{table.articles} )?").match(sentence.letters, end)
            if found.end() == len(name)
            else None
        )
        run = _run().match(sentence.text, more.end()) if more else None
        whole = _BLANK.sub(" ", sentence.text[start : run.end() if run else end]).rstrip(".'\u2019")
        end = start + len(whole)
        return OfficeFound(start, end, whole, "organisation", words=folded(whole))
    if len(words) == 1 and 2 <= len(text) <= LONGEST_ACRONYM and text.isupper() and text.isalpha():
        return OfficeFound(start, end, text, "organisation", words=name)
    return OfficeFound(start, end, table.withheld, "person", names=_name_words(text, language), words=name)


@cache
def peoples(language: Language) -> frozenset[str]:
    """Return the names of peoples, which are no names of countries."""
    return frozenset(people for some in language.peoples.values() for people in some)
