"""Who orders what a sentence tells: the authority beside the words of an act, and on which level it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tiau.readers.articles import speakers
from tiau.readers.articles.article import Article
from tiau.readers.articles.chains import Chain
from tiau.readers.articles.language import Language, any_of, pattern, unowned
from tiau.readers.articles.offices import OfficeFound, country_names
from tiau.readers.articles.sentences import Sentence, folded
from tiau.readers.articles.speakers import SpeakerFound
from tiau.readers.articles.surroundings import Surroundings
from tiau.readers.articles.tables import ActRule
from tiau.readers.articles.when_and_where import Stand
from tiau.scenario.vocabulary import Level

# Countries whose units have governments of their own (Forum of Federations, forumfed.org/federal-countries, 2021),
# with Sudan, South Sudan and Somalia, whose constitutions call them federal.
FEDERAL = frozenset({
    "Argentina", "Australia", "Austria", "Belgium", "Bosnia and Herzegovina", "Brazil", "Canada", "Comoros",
    "Ethiopia", "Germany", "India", "Iraq", "Malaysia", "Mexico", "Micronesia", "Nepal", "Nigeria", "Pakistan",
    "Russia", "Somalia", "South Sudan", "Sudan", "Switzerland", "United Arab Emirates", "United States",
    "Venezuela",
})  # fmt: skip
ASKED = 4
"""Words behind a request that say who is asked."""
BEHIND = 60
"""Letters behind an act within which "by ..." names who did it."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who does something.

    Attributes
    ----------
    name : str
        The office or government as a row names it; blank where the text names none.
    level : Level or ""
    office : OfficeFound or None
    country : str
        Whose it is; blank where that is not known.
    start, end : int
        Its letters in the sentence; -1 where it does not stand there.
    governs : bool
        Whether it can order.
    asks_abroad : bool
        Whether it asks something of another country.
    why, check : tuple of str
    """

    name: str = ""
    level: Level | Literal[""] = ""
    office: OfficeFound | None = None
    country: str = ""
    start: int = -1
    end: int = -1
    governs: bool = False
    asks_abroad: bool = False
    why: tuple[str, ...] = ()
    check: tuple[str, ...] = ()


UNKNOWN = Authority(check=("the text does not say who: fill in authority and level",))


def find(
    sentence: Sentence, chain: Chain, rule: ActRule, named: Sequence[OfficeFound], said: SpeakerFound | None,
    around: Sequence[Stand], before: Authority | None, here: Authority | None, article: Article,
    surroundings: Surroundings,
) -> Authority:  # fmt: skip
    """Return who does what the words of an act say.

    Parameters
    ----------
    sentence : Sentence
    chain : Chain
        The words of the act.
    rule : ActRule
    named : sequence of OfficeFound
        Whom the sentence names, in order.
    said : SpeakerFound or None
        Who says the sentence.
    around : sequence of Stand
        The places of the sentence.
    before : Authority or None
        Who did what the sentence before tells.
    here : Authority or None
        Who did what the sentence tells before.
    article : Article
    surroundings : Surroundings
    """
    language, letters = article.language, sentence.letters
    joined = here and pattern(rf"(?:{language.told.joined}) \Z").search(letters, 0, chain.start)
    if here and joined and not _is_passive(letters, chain, language):
        return replace(here, why=("who does what the sentence tells before",))
    office, place = _does(letters, chain, rule, named, article), _place_that_acts(letters, chain, around, language)
    if (
        office
        and said
        and said.office.country
        and not (office.country or office.place)
        and office.words in language.told.bare
    ):
        # "Finland's minister said that the government had ...".
        office = replace(
            office, said_by=f"{language.speakers.government} {said.office.country}", country=said.office.country
        )
    if office and not (office.sort == "person" and place):
        found = _authority(office, sentence, around, article, surroundings, ("who stands before the words of the act",))
        abroad = (
            rule.foreign
            and "" not in (found.country, asked := _asked_country(letters, chain, article))
            and asked != found.country
        )
        return replace(found, asks_abroad=abroad)
    if place:
        level: Level = "district" if place.place.tier in ("admin2", "place") else "state"
        name = f"{language.speakers.government} {place.place.name}"
        repaired = f'"{place.place.written}" is read as {place.place.name}'
        why = ("a place that acts is its government",)
        check = (repaired,) if place.place.repaired else ()
        return Authority(name, level, None, "", place.start, place.end, True, False, why, check)
    if (here or before) and _goes_on(letters, chain, language):
        return here or before or Authority()
    if said and not (said.office.kind in ("media", "agency", "other") and not said.public):
        return _authority(said.office, sentence, around, article, surroundings, ("who says the sentence",), said)
    if said and rule.wished:
        return _authority(said.office, sentence, around, article, surroundings, (), said)
    return UNKNOWN


def _goes_on(letters: str, chain: Chain, language: Language) -> bool:
    """Whether a word for somebody named before begins the sentence or the clause of the act."""
    who, adverbs = language.speakers.going_on, language.speakers.adverbs
    lead = letters[max(chain.start - BEHIND, 0) : chain.start]
    return bool(
        pattern(rf"(?:\A|[,;\"'] ?)(?:{who})(?!\w)").match(letters)
        or pattern(rf"[,;:] (?:{who})(?: (?:{adverbs}))* \Z").search(lead)
    )


def _asked_country(letters: str, chain: Chain, article: Article) -> str:
    """Return the country that is asked, which stands behind the first words of a request; blank where none does."""
    names = country_names(article.language)
    asked = letters[chain.spans[0][1] : chain.spans[1][0]].split()[:ASKED]
    pairs = [*asked, *(f"{one} {other}" for one, other in pairwise(asked))]
    return next((names[word] for word in pairs if word in names), "")


def same(one: Authority, other: Authority) -> bool:
    """Whether two are one: by name, by whoever holds the office, or because one of them is not named."""
    if not one.name or not other.name or one.name == other.name:
        return True
    names = set(one.office.names if one.office else ()) & set(other.office.names if other.office else ())
    return bool(names) or (
        one.level == other.level and one.level in ("federal", "national") and one.country == other.country
    )


def _does(
    letters: str, chain: Chain, rule: ActRule, named: Sequence[OfficeFound], article: Article
) -> OfficeFound | None:
    """Return whom the sentence names as who does it: before the words, in them, or behind "by"."""
    language = article.language
    within = next((one for one in named if one.start < chain.spans[0][1] and chain.start < one.end), None)
    if within and within.level == "court":
        return within
    by = pattern(rf"(?<!\w){language.told.by}\Z")
    for one in named:
        if chain.start < one.start <= chain.end + BEHIND and by.search(letters[max(one.start - 40, 0) : one.start]):
            return one
    # A passive has what is closed before it, and nobody who closes.
    return (
        None
        if rule.passive and _is_passive(letters, chain, language)
        else speakers.subject(letters, chain.start, named, language)
    )


def _is_passive(letters: str, chain: Chain, language: Language) -> bool:
    return bool(pattern(rf"(?<!\w)(?:{language.told.passive})(?!\w)").search(letters, chain.start, chain.end))


def _place_that_acts(letters: str, chain: Chain, around: Sequence[Stand], language: Language) -> Stand | None:
    """Return a place below a country that stands where who acts does: "Mizoram opened its border"."""
    unit = f"(?: (?:{any_of(language.places.nouns)}))?"
    gap = pattern(rf"{unit}(?: (?:{language.speakers.adverbs}))* ")
    before = [one for one in around if one.place.tier != "country" and gap.fullmatch(letters[one.end : chain.start])]
    return next((one for one in before if speakers.begins(letters, one.start, language)), None)


def _authority(
    office: OfficeFound, sentence: Sentence, around: Sequence[Stand], article: Article, surroundings: Surroundings,
    why: tuple[str, ...], said: SpeakerFound | None = None,
) -> Authority:  # fmt: skip
    start, end = (office.start, office.end) if said is None or not said.goes_on else (-1, -1)
    inside = _place_of(office, article, surroundings)
    named = country_names(article.language).get(" ".join(_plain(office.place, article.language)), "")
    country = office.country or named or _country_around(article, surroundings)
    level, note = _level(office, country, inside, article)
    name = office.said_by if office.sort != "person" else ""
    check = [note] if note else []
    if office.public and level == "state" and office.level == "national":
        check.append(f"the paper's word for the chief of {inside[0]}, which is a part of a country")
    return Authority(name, level, office, country, start, end, office.governs, False, why, tuple(check))


def _place_of(office: OfficeFound, article: Article, surroundings: Surroundings) -> tuple[str, str]:
    """Return the proper name and the tier of the place that an office is of; blank where it has none."""
    words = _plain(office.place, article.language)
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            name = surroundings.keys.get(tuple(words[first:last]), "")
            if name and surroundings.tier(name) != "country":
                return name, surroundings.tier(name)
    return "", ""


def _plain(place: str, language: Language) -> list[str]:
    """Return the words of a place as names are compared."""
    return [unowned(word, language).strip("'.,") for word in folded(place).split()]


def _country_around(article: Article, surroundings: Surroundings) -> str:
    """Return the one country that can be meant: of a scenario the one that people come to."""
    if surroundings.scenario is None:
        return ""
    hosts = {place.country for place in surroundings.scenario.places} - set(surroundings.home)
    return next(iter(hosts)) if len(hosts) == 1 else ""


def _level(
    office: OfficeFound, country: str, inside: tuple[str, str], article: Article
) -> tuple[Level | Literal[""], str]:
    """Return the level of an office and what is to be checked about it."""
    language = article.language
    if office.level in ("court", "civil", "district"):
        return office.level, ""
    if office.kind == "agency" or (office.kind != "register" and not office.public):
        return "civil", ""
    whole: Level = "federal" if country in FEDERAL else "national"
    central = pattern(rf"(?<!\w){language.told.central}(?!\w)").search(office.said_by.lower())
    if central:
        return whole if central[0] == language.told.national else "federal", ""
    if inside[1] in ("admin2", "place"):
        return "district", ""
    if inside[1] == "admin1" or office.level == "state":
        return "state", ""
    for unit in language.told.units:
        if pattern(rf"(?<!\w)(?:{unit.pattern})(?!\w)").search(office.said_by.lower()):
            return unit.level, ""
    words = _plain(office.place, language)
    if words and country_names(language).keys().isdisjoint((*words, " ".join(words))) and office.level != "national":
        name = office.place[: len(unowned(folded(office.place), language))]
        return "state", f"level: is {name} a part of a country?"
    return whole, "" if country else "level: is it a federal country?"
