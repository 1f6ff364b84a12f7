"""Names of places and areas as keys: one for every spelling of a name, one without words such as camp or district."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from tiau.faults import plain

_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i",
    "ŋ": "n", "ɓ": "b", "ɗ": "d",
    # Arabic: alif maqsura, ta marbuta, the Persian yeh and kaf, the line that stretches, alif with wasla.
    "\u0649": "\u064a", "\u0629": "\u0647", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u0640": "", "\u0671": "\u0627",
    **dict.fromkeys("'`\u00b4\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u2032\u02b9", ""),
})  # fmt: skip
CAMP_WORDS = frozenset((
    "camp", "camps", "site", "sites", "refugee", "refugees", "refugies", "idp", "idps", "deplaces", "settlement",
    "gathering", "transit", "مخيم", "معسكر",
))  # fmt: skip
_AREA_WORDS = (
    "town", "city", "village", "ville", "cite", "state", "district", "locality", "wilaya", "wilayat", "region",
    "department", "departement", "province", "governorate", "gouvernorat", "county", "prefecture", "sub", "subdistrict",
    "commune", "municipality", "republic", "administrative", "unit", "ولاية", "محلية", "مدينة", "قرية",
)  # fmt: skip
_WORDS = CAMP_WORDS | {plain(word).translate(_LETTERS) for word in _AREA_WORDS}
_SOUNDS = str.maketrans("jq", "gk", "aeiouyhw\u0627\u0648\u064a\u0647")
_LINKS = frozenset(("de", "du", "des", "d", "la", "le", "les", "of", "the", "for", "pour"))
_ARTICLES = frozenset(("al", "el"))
_COMPASS = {
    "north": "n", "northern": "n", "nord": "n", "norte": "n", "shamal": "n", "shamaliya": "n",
    "south": "s", "southern": "s", "sud": "s", "sur": "s", "sul": "s", "janoub": "s", "janub": "s",
    "east": "e", "eastern": "e", "est": "e", "este": "e", "leste": "e", "sharg": "e", "sharq": "e",
    "west": "w", "western": "w", "ouest": "w", "oeste": "w", "gharb": "w",
    "central": "c", "centre": "c", "middle": "c", "wasat": "c", "upper": "u", "haut": "u", "haute": "u",
    "lower": "l", "bas": "l", "basse": "l", "new": "new", "old": "old",
}  # fmt: skip


@lru_cache(maxsize=262_144)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents, apostrophes and marks, Arabic letters in one form."""
    text = plain(plain(name).translate(_LETTERS))
    # Vowels of Burmese, Hindi and others are marks behind letters, no accents: without them many names would be one.
    return tuple("".join(c if c.isalnum() or category(c)[0] == "M" else " " for c in text).split())


@lru_cache(maxsize=262_144)
def name_key(name: str) -> str:
    """Return the form in which names are the same: Am-Djarass, Amdjarass and am djarass are one."""
    return "".join(words_of(name))


@lru_cache(maxsize=262_144)
def bare_key(name: str) -> str:
    """Return the key of a name without what it is of kind or article: Camp de Farchana, Farchana Refugee Camp."""
    words = [word for word in words_of(_before_comma(name)) if word not in _WORDS]
    while len(words) > 1 and words[0] in _LINKS | _ARTICLES:
        words = words[1:]
    return "".join(words)


def _before_comma(name: str) -> str:
    """Return a name without what it lies in: Adre (Chad), El Geneina, West Darfur."""
    return re.split(r"[,(،]", name, maxsplit=1)[0].strip() or name


@lru_cache(maxsize=262_144)
def consonants(key: str) -> str:
    """Return the consonants of a key, which spellings of one name in other letters share: Kreinik, Kereneik."""
    return re.sub(r"(.)\1+", r"\1", key.translate(_SOUNDS))


def of_a_camp(name: str) -> bool:
    """Whether a name says that it is one of a camp or site."""
    return not CAMP_WORDS.isdisjoint(words_of(name))


@lru_cache(maxsize=262_144)
def told_apart_by(name: str) -> tuple[str, ...]:
    """Return what makes two names that are much alike those of two things: numbers, and north, east, upper or new."""
    words = words_of(name)
    return tuple(sorted({*re.findall(r"[0-9]+", name), *(_COMPASS[word] for word in words if word in _COMPASS)}))
