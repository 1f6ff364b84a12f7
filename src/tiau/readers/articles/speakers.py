"""Who says what a sentence says: the office beside the verb of saying, else whoever says the sentence before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from tiau.readers.articles import offices
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import Language, any_of, owned, pattern, unowned
from tiau.readers.articles.offices import OfficeFound
from tiau.readers.articles.sentences import Sentence, folded
from tiau.scenario.vocabulary import Level, SourceKind

FARTHEST = 160
"""Letters between who speaks and the verb of saying."""
MOST_WORDS = 4
"""Words of the names of states that have most."""
NEAR = 60
"""Letters between a verb and who speaks behind it."""


@dataclass(frozen=True, slots=True)
class SpeakerFound:
    """Who says something.

    Attributes
    ----------
    sentence : int
        Its index in the article.
    start, end : int
        Characters of the text that name who speaks; of a sentence that goes on, those in an earlier one.
    said_by : str
        An office or organisation; never the name of a private person.
    source_kind : {"register", "agency", "media", "other"}
    level : Level or ""
        Blank where the office alone does not tell it.
    public : bool
        Whether an elected or senior public official speaks.
    authority : str
        The office as an act names it.
    at : int
        Where the verb of saying stands, in the text; who speaks nearest to a figure is said to have given it.
    goes_on : bool
        Whether the speaker is that of the sentence before.
    office : OfficeFound
    """

    sentence: int
    start: int
    end: int
    said_by: str
    source_kind: SourceKind
    level: Level | Literal[""]
    public: bool
    authority: str
    at: int
    goes_on: bool
    office: OfficeFound


# Figures and acts ask for the same article.
@lru_cache(maxsize=2)
def find(article: Article) -> tuple[SpeakerFound, ...]:
    """Return who says the sentences of an article, in their order; a sentence that nobody says has none."""
    found: list[SpeakerFound] = []
    last: SpeakerFound | None = None
    last_paragraph, open_quotation = -2, False
    deserted = _deserted(article)
    for index, sentence in enumerate(article.sentences):
        near = last if last and sentence.paragraph - last_paragraph <= 1 else None
        said, goes_on = _said(sentence, article.language, named(article)[index], near is not None)
        if not said and near and (goes_on or _is_quotation(sentence, open_quotation)):
            found.append(replace(near, sentence=index, goes_on=True))
            last_paragraph = sentence.paragraph
        for office, at in said:
            last = _speaker(index, sentence, _known_deserter(office, deserted, article.language), at)
            found.append(last)
            last_paragraph = sentence.paragraph
        open_quotation = _leaves_open(sentence, open_quotation)
    return tuple(found)


def of(found: Sequence[SpeakerFound], sentence: int, at: int | None = None) -> SpeakerFound | None:
    """Return who says a sentence, of several the one whose verb is nearest to a place in the text; None for nobody.

    Parameters
    ----------
    found : sequence of SpeakerFound
        Those of the article, in the order of its sentences.
    sentence : int
        Its index in the article.
    at : int, optional
        A character of the text.
    """
    first, last = (bisect_left(found, order, key=lambda one: one.sentence) for order in (sentence, sentence + 1))
    here = found[first:last]
    return min(here, key=lambda one: abs(one.at - at) if at is not None else 0, default=None)


def _speaker(index: int, sentence: Sentence, office: OfficeFound, at: int) -> SpeakerFound:
    return SpeakerFound(
        index, sentence.start + office.start, sentence.start + office.end, office.said_by, office.kind, office.level,
        office.public, office.said_by if office.sort != "person" else "", sentence.start + at, False, office,
    )  # fmt: skip


@cache
def _words(language: Language) -> dict[str, re.Pattern[str]]:
    table = language.speakers
    return {
        "says": pattern(rf"(?<![\w-])(?:{table.says})(?![\w-])"),
        "inverted": pattern(rf"(?:{table.inverted})"),
        "according_to": pattern(rf"(?<![\w-])(?:{table.according_to})(?![\w-])"),
        "going_on": pattern(rf"(?<![\w-])(?:{table.going_on})(?: (?:{table.adverbs})){{0,2}} ?\Z"),
        "blocks": pattern(rf"(?<![\w-])(?:{table.blocks}|{table.says})(?![\w-])"),
        "perfect": pattern(rf" (?:{language.perfect}) ?\Z"),
        "met": pattern(rf"(?<![\w-])(?:{table.met})(?: {table.articles})? \Z"),
        "relative": pattern(rf",? ?(?:{table.relative})(?![\w-])"),
        "adverbs": pattern(rf"(?:,? ?(?:[0-9]{{2}}|{table.adverbs}))*,? ?"),
    }


def _said(
    sentence: Sentence, language: Language, named: Sequence[OfficeFound], near: bool
) -> tuple[list[tuple[OfficeFound, int]], bool]:
    """Return who says a sentence, with where the verbs stand; and whether it says that whoever spoke goes on."""
    words, letters = _words(language), sentence.letters
    verbs = [*words["says"].finditer(letters)]
    according = [*words["according_to"].finditer(letters)]
    if not verbs and not according:
        return [], False
    found: list[tuple[OfficeFound, int]] = []
    goes_on = False
    for verb in verbs:
        if words["going_on"].search(letters, max(verb.start() - FARTHEST, 0), verb.start()) and near:
            goes_on = True
            continue
        who = _behind(letters, verb, named, words) or subject(letters, verb.start(), named, language)
        if who:
            found.append((who, verb.start()))
    for words_before in according:
        who = _following(letters, words_before.end(), named)
        if who:
            found.append((who, words_before.start()))
    once = {(one.start, one.end): (one, at) for one, at in reversed(found)}
    return sorted(once.values(), key=lambda pair: pair[1]), goes_on


@lru_cache(maxsize=2)
def named(article: Article) -> tuple[tuple[OfficeFound, ...], ...]:
    """Return whom each sentence names; one named without an office is whom an earlier sentence named with it."""
    known: dict[str, OfficeFound] = {}
    found = []
    for sentence in article.sentences:
        here = tuple(_placed(_again(one, known), sentence, article) for one in offices.find(sentence, article.language))
        for one in here:
            if one.names and (one.sort != "person" or one.names[-1] not in known):
                known[one.names[-1]] = one
        found.append(here)
    return tuple(found)


def _again(one: OfficeFound, known: dict[str, OfficeFound]) -> OfficeFound:
    """Return whom a name means that stood beside an office before."""
    before = known.get(one.names[-1]) if one.sort == "person" and one.names else None
    return replace(before, start=one.start, end=one.end) if before else one


def _placed(one: OfficeFound, sentence: Sentence, article: Article) -> OfficeFound:
    """Return an office that does not say whose it is with the one state or country that its sentence names."""
    language, table = article.language, article.language.speakers
    bare = one.sort == "office" and not one.place and not one.country
    if not bare or not pattern(table.placeless).fullmatch(folded(one.said_by)):
        return one
    found = {}
    for match in pattern(rf"(?<![\w-])(?:{table.in_place}) ").finditer(sentence.letters):
        run = next(offices.runs(sentence, language, match.end()), None)
        words = unowned(run.words, language) if run else ""
        if run and run.start == match.end() and _is_state(words, article):
            found[words] = sentence.text[run.start : run.start + len(words)]
    if len(found) != 1:
        return one
    name = next(iter(found.values()))
    said_by = table.with_place.format(place=name, office=one.said_by)
    return replace(one, said_by=said_by, place=name, country=offices.country_names(language).get(folded(name), ""))


def _is_state(name: str, article: Article) -> bool:
    """Whether a name is that of a country, or the text calls it a state or names its government."""
    return name in offices.country_names(article.language) or name in _states(article)


@lru_cache(maxsize=2)
def _states(article: Article) -> frozenset[str]:
    """Return what a text calls a state or names the government of: a few words before, as names have several."""
    behind = pattern(rf"{owned(article.language)}? (?:{article.language.speakers.state})(?!\w)")
    found: set[str] = set()
    for sentence in article.sentences:
        for match in behind.finditer(sentence.letters):
            before = re.findall(r"[\w'.-]+", sentence.letters[max(match.start() - FARTHEST, 0) : match.start()])
            found |= {" ".join(before[-count:]) for count in range(1, MOST_WORDS + 1)}
    return frozenset(found)


def subject(letters: str, at: int, named: Sequence[OfficeFound], language: Language) -> OfficeFound | None:
    """Return who does what the verb at a place says: the nearest named one before it with no other verb between.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    at : int
        Where the verb begins.
    named : sequence of OfficeFound
        Whom the sentence names, in order.
    language : Language
    """
    before = [one for one in named if one.end <= at and at - one.end <= FARTHEST]
    for order in range(len(before) - 1, -1, -1):
        one = before[order]
        # In "X met the minister and asked" it is X who asks.
        if order and _words(language)["met"].search(letters[max(one.start - NEAR, 0) : one.start]):
            continue
        gap = letters[one.end : at]
        bare = one.sort in ("person", "country")
        if not _fits(gap, language, loose=not bare) or (bare and not _acts(letters, one, gap, language)):
            continue
        # In "X, who met the minister, said" it is X who says it.
        earlier = before[order - 1] if order else None
        within = letters[earlier.end : one.start] if earlier else ""
        if earlier and gap.lstrip().startswith(",") and _words(language)["relative"].match(within):
            return earlier
        # In "the spokesman of the ministry, Colonel Saleh, said" it is the ministry's word.
        if earlier and one.sort == "person" and earlier.sort != "person" and re.fullmatch(r",\s*", within):
            return earlier
        # In "Ann, 25, a farmer, said" nothing is known of Ann but that.
        return one
    return None


def _acts(letters: str, one: OfficeFound, gap: str, language: Language) -> bool:
    """Whether a name is who acts, and no place: "India said", not "the mayor of Delhi, India, said"."""
    before = letters[: one.start]
    if one.sort == "person":
        # The first word of a sentence has a capital letter whatever it is: "Others said".
        if " " not in one.words and not before.strip() and one.said_by == language.speakers.withheld:
            return False
        table, told = language.speakers, language.told
        around = rf"(?<![\w-])(?:{table.joints}|{told.at}|{told.beside}) (?:{table.articles} )?\Z"
        return not pattern(around).search(before[-40:])
    return "," not in gap and begins(letters, one.start, language)


def begins(letters: str, at: int, language: Language) -> bool:
    """Whether a clause begins at a letter, but for its article and what kind of place it is.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    at : int
        The letter.
    language : Language
    """
    table = language.speakers
    unit = f"(?:{any_of(language.places.nouns)} {table.joints} )?"
    clause = pattern(
        rf"(?:\A|[.,;:\"'] ?| - ?|(?<!\w)(?:{table.conjunctions}|{table.says}) )(?:{table.articles} )?{unit}\Z"
    )
    return bool(clause.search(letters[max(at - 40, 0) : at] if at > 40 else letters[:at]))


def _fits(gap: str, language: Language, *, loose: bool) -> bool:
    words = _words(language)
    gap = words["perfect"].sub(" ", f" {gap}")[1:] if gap else gap
    if clause := words["relative"].match(gap):
        comma = gap.find(",", clause.end())
        gap = gap[comma + 1 :] if comma >= 0 else ""
    if not loose:
        return bool(words["adverbs"].fullmatch(gap))
    # Behind a comma that no other one closes somebody else begins.
    if "," in gap and not gap.rstrip().endswith(","):
        return False
    moving = any(_verb(verb.pattern).search(gap) for verb in language.verbs if verb.kind != "other")
    return not (moving or words["blocks"].search(gap) or re.search(r"[\";:()]", gap))


@cache
def _verb(text: str) -> re.Pattern[str]:
    return pattern(rf"(?<![\w-])(?:{text})(?![\w-])")


def _behind(
    letters: str, verb: re.Match[str], named: Sequence[OfficeFound], words: dict[str, re.Pattern[str]]
) -> OfficeFound | None:
    """Return who stands behind a verb of saying: '"...", said the mayor'."""
    before = letters[: verb.start()].rstrip()
    if not before.endswith((",", '"', "'")) or not words["inverted"].fullmatch(verb[0]):
        return None
    return _following(letters, verb.end(), named)


def _following(letters: str, at: int, named: Sequence[OfficeFound]) -> OfficeFound | None:
    """Return who is named right behind a place: an office that explains a name stands for it."""
    behind = [one for one in named if one.start >= at]
    lead = re.compile(r"\s*(?:[\w'.-]+\s+){0,4}")
    if not behind or behind[0].start - at > NEAR or not lead.fullmatch(letters[at : behind[0].start]):
        return None
    first = behind[0]
    apposed = re.compile(r",\s*(?:[0-9]{2},\s*)?(?:[\w-]+\s+){0,3}")
    if first.sort == "person" and len(behind) > 1 and apposed.fullmatch(letters[first.end : behind[1].start]):
        return behind[1]
    return first


def _is_quotation(sentence: Sentence, open_quotation: bool) -> bool:
    """Whether a sentence stands in quotation marks, its own or those of the sentences before it."""
    marks = "\"'\u2018\u201c\u00ab`"
    return open_quotation or (
        sentence.text[:1] in marks and sentence.text.rstrip(".,!? ")[-1:] in "\"'\u2019\u201d\u00bb`"
    )


def _leaves_open(sentence: Sentence, before: bool) -> bool:
    """Whether a quotation goes on behind a sentence."""
    opened, closed = sentence.text.count("\u201c"), sentence.text.count("\u201d")
    straight = sentence.text.count('"') % 2 == 1
    return (before or opened > 0) if opened > closed else before and not closed if not straight else not before


def _deserted(article: Article) -> frozenset[str]:
    """Return the countries of whose uniformed men the article says that they fled; blank for those of none."""
    language = article.language
    flee = "|".join(verb.pattern for verb in language.verbs if verb.kind in ("flee", "seek", "cross"))
    told = pattern(rf"(?P<country>\w+ )?(?<![\w-])(?:{language.speakers.deserters})(?: \w+){{0,3}} (?:{flee})(?![\w-])")
    names = offices.country_names(language)
    found: set[str] = set()
    for sentence in article.sentences:
        for match in told.finditer(sentence.letters):
            found |= {"", names.get((match["country"] or "").strip(), "")}
    return frozenset(found)


def _known_deserter(office: OfficeFound, deserted: frozenset[str], language: Language) -> OfficeFound:
    """Return an officer of those who fled as one of them."""
    alone = office.sort in ("office", "private") and not office.public and (not office.place or office.country)
    if not deserted or not alone or office.country not in deserted:
        return office
    core = pattern(rf"(?:{language.speakers.deserters})").search(office.words)
    if not core or core[0] != office.words:
        return office
    return replace(office, said_by=f"{office.words} {language.speakers.deserted}", kind="other")
