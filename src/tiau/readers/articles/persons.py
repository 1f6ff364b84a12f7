"""Which words of a text are names of private persons: in doubt a word that is written like a name is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tiau.readers.articles.article import Article
from tiau.readers.articles.capitals import Word, headline, runs, words
from tiau.readers.articles.language import Language, any_of, languages
from tiau.readers.articles.no_names import Span, WordsOf, known_names, spans, table, words_of
from tiau.readers.articles.officials import Officials, officials_of
from tiau.readers.articles.sentences import Sentence, folded, sentences

NAME = "[name]"
ALONE = ("i", "a", "y", "o")
"""Letters that are words."""
LONGER_THAN_LETTERS = 4
"""Two words in capital letters of so many beside each other are a name that is shouted: JOHN SMITH."""
AROUND = 80
"""Characters around a name that are looked at."""
_REACHED = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\w@])@\w{2,}"),
    re.compile(r"(?<![\w.,+])(?:\+|00)[0-9](?:[ ().-]{0,2}[0-9]){6,14}(?![0-9])"),
    re.compile(r"(?<![\w.,])(?!..[ -]..[ -](?:19|20)..(?!\w))\(?0[0-9](?:[ ()-]{0,2}[0-9]){5,11}(?![\w,])"),
    re.compile(r"(?<![\w.,])[0-9]{5} [0-9]{5}(?![\w,])|(?<![\w.,])[0-9]{3}-[0-9]{3,4}-[0-9]{4}(?![\w,])"),
    re.compile(r"(?<![\w.,])[6-9][0-9]{9}(?![\w,])"),
)
"""E-mail addresses, names of users, telephone numbers: none of them is a figure."""
_OTHER = r"\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe70-\ufeff\U00010000-\U0001efff"
_OTHER_SCRIPT = re.compile(rf"[{_OTHER}](?:[{_OTHER}\u200c\u200d \u00b7.-]*[{_OTHER}])?")
_OWNS = re.compile(r"['\u2019]s?\b")


@cache
def _age() -> re.Pattern[str]:
    words = any_of(sorted(table().ages))
    return re.compile(rf"\s*(?:,\s*|\(\s*)(?:{words}\s+)?[0-9]{{1,3}}\s*(?:[,;.)](?![0-9])|-?{words}\b|\Z)")


@cache
def _heads_of() -> re.Pattern[str]:
    of = r"(?:of|for|de|del|du|des|d'|pour|para)(?: (?:the|la|las|los|les|el))? ?"
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(table().heads_of))})(?: \w+)? {of}$")


@cache
def _apposed() -> str:
    return rf"\s*,\s*(?:{any_of(sorted(table().articles))}\s+)?(?:[\w'-]+\s+){{0,2}}?"


def private_names(
    text: Article | str, language: Language | None = None, known: Iterable[str] = (), context: str = ""
) -> tuple[Span, ...]:
    """Return where the names of private persons stand in a text, with what else tells who somebody is.

    Names of elected and senior public officials stay where the text or its context has their office beside them, and
    then their last names; names of places, organisations, peoples and the like are none. Every other word that is
    written like a name is one.

    Parameters
    ----------
    text : Article or str
    language : Language, optional
        That of an article is its own. Without any, no office is known, and only what is written in every language.
    known : iterable of str
        Names that are no persons': a scenario's places and areas, a publisher.
    context : str
        The rest of what the text was taken from.

    Returns
    -------
    tuple of (int, int)
        Characters of the text, in order; none touches another one.
    """
    if isinstance(text, Article):
        return private_names(text.text, text.language, known, context)
    return _private_names(text, language, frozenset(known), context)


# Of each row the same cells are looked at again: to know whether they name somebody, and to mask that.
@lru_cache(maxsize=4096)
def _private_names(text: str, language: Language | None, known: frozenset[str], context: str) -> tuple[Span, ...]:
    told = words_of((language or languages()[0]).code)
    names = _Names(text, told, known, context, offices=language is not None)
    reached = [found.span() for one in _REACHED for found in one.finditer(text)]
    return _joined([*reached, *names.other_scripts(), *names.written_as_names()])


def masked(text: str, language: Language | None = None, known: Iterable[str] = (), context: str = "") -> str:
    """Return a text with the names of private persons replaced by "[name]".

    Parameters
    ----------
    text, language, known, context
        As `private_names` takes them.
    """
    done, kept = 0, []
    for start, end in private_names(text, language, known, context):
        kept += [text[done:start], NAME]
        done = end
    return "".join([*kept, text[done:]])


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch as one."""
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass
class _Names:
    """A text in which names are looked for."""

    text: str
    told: WordsOf
    known: frozenset[str]
    context: str
    offices: bool

    def __post_init__(self) -> None:
        self.letters = folded(self.text)
        whole = self.text if self.text in self.context else f"{self.text}\n\n{self.context}"
        self.small = frozenset(re.findall(r"(?<![\w'\u2019-])[^\W\d_]+", " ".join(_small_words(whole))))
        self._places = spans([known_names(self.known)], self.letters)
        self._placed = _placed(whole)
        self._phrases = spans(self.told.phrases, self.letters)
        has_officials = self.offices and self.context
        self.officials = officials_of(self.context, self.told, self.known) if has_officials else Officials()

    def other_scripts(self) -> list[Span]:
        """Return names in letters that are not Latin, but for known ones."""
        found = [match.span() for match in _OTHER_SCRIPT.finditer(self.text)]
        return [span for span in found if not _inside(span, self._places)]

    def written_as_names(self) -> list[Span]:
        """Return words with a capital letter that nothing tells to be something else than a private person's name."""
        judged: list[tuple[Sentence, list[list[Word]]]] = []
        for sentence in sentences(self.text, self.told.language):
            found = words(sentence, self.text)
            free = headline(found, stopped=sentence.text.rstrip().endswith("."))
            judged.append((sentence, [self._judged(run, free=free) for run in runs(found, self.text, self.told)]))
        every = [run for _, of_sentence in judged for run in of_sentence]
        officials = self.officials
        if self.offices:
            officials = officials | Officials.found(self.text, every, self.told)
        return [span for run in every for span in self._private(run, officials)]

    def _judged(self, run: list[Word], *, free: bool) -> list[Word]:
        """Return the words of a run with what each is."""
        run = [replace(word, kind=self._kind(word, free=free)) for word in run]
        self._after_titles(run)
        self._of_organisations(run)
        self._of_places(run)
        self._beside_names(run)
        return run

    def _kind(self, word: Word, *, free: bool) -> str:
        """Return what a word is by itself: of a place, people, organisation or role, ordinary, or blank for a name."""
        letters, vocabulary = word.letters, table()
        if self._after_relation(word):
            return ""
        parts = [part for part in re.split(r"[-.]", letters) if part]
        if (_inside(word.span, self._places) or letters in self._placed) and not self._acts_as_person(word, name=False):
            return "place"
        if letters in vocabulary.also_names or any(part in vocabulary.also_names for part in parts):
            return "" if self._acts_as_person(word) else "place"
        if all(
            part in self.told.peoples or part in vocabulary.words or part in self.told.ordinary for part in parts
        ) and (letters in self.told.peoples or letters in vocabulary.words or "-" in letters):
            return "word"
        if any(part in self.told.days for part in parts) and self._is_date(word):
            return "place"
        if letters in self.told.days:
            return "" if self._acts_as_person(word) else "place"
        nouns = vocabulary.heads | vocabulary.heads_of | self.told.place_nouns
        if letters in nouns or _inside(word.span, self._phrases):
            return "word"
        if word.first or free:
            if self.told.is_ordinary(letters) and (len(letters) > 1 or letters in ALONE):
                return "word"
            if letters in self.small and not self._acts_as_person(word):
                return "soft"
        short = 2 <= len(word.core) <= 5 and word.core.isupper()
        return "letters" if short and not free else ""

    def _is_date(self, word: Word) -> bool:
        """Whether a month stands in a date: "28 March", "Aug. 12", "mid-June"."""
        before, after = self.letters[max(word.start - 8, 0) : word.start], self.letters[word.end : word.end + 4]
        return "-" in word.letters or bool(
            re.search(r"[0-9](?:st|nd|rd|th)?\s$", before) or re.match(r"\.?\s[0-9]", after)
        )

    def _after_relation(self, word: Word) -> bool:
        """Whether somebody's wife or son is named, or a child is called so: any word behind that is a name."""
        before = self.letters[max(word.start - 40, 0) : word.start]
        return re.search(rf"(?<!\w)(?:{'|'.join(table().relations)})\s+$", before) is not None

    def _acts_as_person(self, word: Word, *, name: bool = True) -> bool:
        """Whether what stands behind a word tells a person: an age, a trade; of a `name` words and belongings too."""
        after = self.letters[word.end : word.end + AROUND]
        if _age().match(after) or re.match(rf"{_apposed()}{self.told.private}(?!\w)", after):
            return name or bool(re.match(r"\s*,\s*[0-9]{1,2}\s*,(?![0-9])", after))
        return name and bool(self.told.says.match(after) or _OWNS.match(after))

    def _after_titles(self, run: list[Word]) -> None:
        """Whatever follows a title is a name, be it that of a place as well."""
        for at, word in enumerate(run[:-1]):
            if (
                word.letters in self.told.titles
                and word.kind != "place"
                and not word.core.isupper() | (len(word.core) == 1)
            ):
                run[at] = replace(word, kind="title")
                for after in range(at + 1, len(run)):
                    if run[after].kind == "word" and after > at + 1:
                        break
                    run[after] = replace(run[after], kind="titled")
                return

    def _of_organisations(self, run: list[Word]) -> None:
        """Words before "Association" are of its name; so are words behind "Ministry of"."""
        vocabulary = table()
        for at, word in enumerate(run):
            if word.letters in vocabulary.heads and word.kind == "word":
                for before in range(max(at - 4, 0), at):
                    if run[before].kind in ("", "soft", "letters", "place") and len(run[before].core) > 1:
                        run[before] = replace(run[before], kind="word")
        ahead = self.letters[max(run[0].start - 60, 0) : run[0].start]
        if _heads_of().search(ahead):
            run[:] = [replace(word, kind="word") if word.kind != "titled" else word for word in run]

    def _of_places(self, run: list[Word]) -> None:
        """Words before "village" are of a place, and those behind "town of"."""
        nouns = "|".join(sorted(self.told.place_nouns))
        named = [word for word in run if word.kind in ("", "letters", "soft") and len(word.core) > 1]
        if not named or len(named) > 2 or any(word.kind in ("title", "titled") for word in run):
            return
        last = named[-1]
        if self._acts_as_person(run[-1], name=False):
            return
        behind = re.match(rf"\s+(?:{nouns})(?!\w)", self.letters[last.end : last.end + AROUND]) and not last.owns
        before = self.letters[max(named[0].start - 40, 0) : named[0].start]
        ahead = re.search(rf"(?<!\w)(?:{nouns})\s+(?:of|de|d'|du)\s*$", before)
        ahead = ahead or re.search(rf"(?<!\w)(?:{'|'.join(table().before_places)})\s+(?:de\s+|d'|du\s+)?$", before)
        if behind or ahead:
            for at, word in enumerate(run):
                if word in named:
                    run[at] = replace(word, kind="word")

    def _beside_names(self, run: list[Word]) -> None:
        """Chad is a name where it stands beside another one; so is what is ordinary by its small letters alone."""
        for at, word in enumerate(run):
            beside = [run[near] for near in (at - 1, at + 1) if 0 <= near < len(run)]
            names = [one for one in beside if one.kind in ("", "titled") and not (one.start < word.start and one.owns)]
            capitals = [one for one in beside if word.kind == one.kind == "letters" and _long(word) and _long(one)]
            if capitals and self._acts_as_person(run[-1]):
                run[:] = [replace(one, kind="") if one.kind == "letters" else one for one in run]
                return
            if not names or (word.owns and word.end < names[0].start):
                continue
            alone = word.kind == "place" and not self._longer(word) and not self._of_office(word)
            long = (
                word.kind == "letters" and word.core not in ("UN", "US", "EU", "AU", "UK", "AP") and len(word.core) > 3
            )
            first = word.kind == "letters" and word.initials and word.end < names[-1].start
            if alone or long or first or word.kind == "soft":
                run[at] = replace(word, kind="")

    def _of_office(self, word: Word) -> bool:
        """Whether a word is where somebody holds an office: "Prime Minister of Mizoram"."""
        before = self.letters[max(word.start - 60, 0) : word.start]
        of = re.search(r"\s(?:of|for|de|del|du|des)\s(?:the\s|la\s|el\s)?$", before)
        return of is not None and any(m.end() == of.start() for one in self.told.offices for m in one.finditer(before))

    def _longer(self, word: Word) -> bool:
        """Whether a word is one of several of a known name."""
        return any(
            start <= word.start and word.end <= end and end - start > word.end - word.start
            for start, end in self._places
        )

    def _private(self, run: list[Word], officials: Officials) -> list[Span]:
        """Return the spans of a run that are names of private persons."""
        found: list[Span] = []
        group: list[Word] = []
        for word in [*run, None]:
            if word is not None and word.kind in ("", "title", "titled"):
                group.append(word)
                continue
            if group and not officials.know(group, self._told_private(group)):
                found.append((self._first(group[0].start), group[-1].end))
            group = []
        return found

    def _told_private(self, group: list[Word]) -> bool:
        """Whether what stands around a name tells that it is no official's."""
        before, after = (
            self.letters[max(group[0].start - 40, 0) : group[0].start],
            self.letters[group[-1].end : group[-1].end + AROUND],
        )
        private = self.told.private
        if re.search(rf"(?<!\w){private}\s+$", before) or _age().match(after):
            return True
        return re.match(rf"{_apposed()}{private}(?!\w)", after) is not None

    def _first(self, start: int) -> int:
        """Return where a name begins that has small words before it: van der Berg."""
        small = "|".join(sorted(table().first_particles))
        before = re.search(rf"(?<![\w-])(?:(?:{small})[\s-]+)+$", self.letters[max(start - 30, 0) : start])
        return start - len(before[0]) if before else start


def _long(word: Word) -> bool:
    """Whether a word in capital letters is longer than most abbreviations."""
    return len(word.core) >= LONGER_THAN_LETTERS


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


def _small_words(text: str) -> list[str]:
    """Return the words of a text that stand in small letters."""
    return [folded(word) for word in re.findall(r"(?<![\w'\u2019-])[^\W\d_]+", text) if word.islower()]


def _placed(text: str) -> frozenset[str]:
    """Return words that a text calls a place by the noun behind them: "Farkawn village"."""
    nouns = "|".join(sorted(table().place_nouns))
    found = re.finditer(rf"(?:([^\W\d_]+)\.?\s+)?(?<![\w'\u2019-])([^\W\d_]{{4,}})\s+(?:{nouns})(?!\w)", text)
    titled = table().titles
    return frozenset(folded(name) for before, name in (one.groups("") for one in found)
                     if name[0].isupper() and folded(before) not in titled)  # fmt: skip
