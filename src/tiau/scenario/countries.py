"""Countries: their names in English, French and Spanish, and their codes, from countries.csv beside this file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tiau.faults import nearest, plain

_TABLE = Path(__file__).with_name("countries.csv")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory, as exports name it.

    Attributes
    ----------
    iso3, iso2 : str
        Codes of ISO 3166-1; those in common use for Kosovo, which has none there.
    unhcr : str
        Code of UNHCR's own files ("SUD", "CHD"); blank where it is not known to differ or to exist.
    name : str
        Short English name, as a scenario writes it.
    names : tuple of str
        Other names: French, Spanish, and those of UNHCR, HDX and the like.
    """

    iso3: str
    iso2: str
    unhcr: str
    name: str
    names: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return every country, in the order of their English names."""
    with _TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(map(_country, csv.DictReader(stream)))


def _country(row: dict[str, str]) -> Country:
    others = (row["french"], row["spanish"], *filter(None, row["others"].split("; ")))
    names = tuple(name for name in dict.fromkeys(others) if name != row["name"])
    return Country(row["iso3"], row["iso2"], row["unhcr"], row["name"], names)


def country(text: str) -> Country | None:
    """Return the country that a name or code means, without regard to case and accents; None where it is none.

    "Tanzania, United Republic of" is turned round. Names come first, then ISO, then UNHCR: "AUS" is Australia here.
    Whoever knows that a file has the codes of UNHCR, where it is Austria, asks `country_of_unhcr`.
    """
    before, _, after = text.partition(",")
    return _by_word().get(_word(text)) or _by_word().get(_word(f"{after} {before}"))


def country_of_unhcr(code: str) -> Country | None:
    """Return the country of a code of UNHCR's own files; one that is none of theirs may still be one of ISO."""
    return _by_unhcr().get(code.strip().upper()) or country(code)


def nearest_country(text: str) -> str:
    """Suggest the country whose name is closest to a word, as a remedy; an empty text where none is near."""
    # Of names that differ by accents alone the last is suggested: that shall be the English one.
    return nearest(text, [*(name for one in countries() for name in one.names), *(one.name for one in countries())])


def _word(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text)))


@cache
def _by_unhcr() -> dict[str, Country]:
    return {one.unhcr: one for one in countries() if one.unhcr}


@cache
def _by_word() -> dict[str, Country]:
    found: dict[str, Country] = {}
    spelled = [(one, (one.name, *one.names)) for one in countries()]
    spelled += [(one, (one.iso3, one.iso2)) for one in countries()]
    spelled += [(one, (one.unhcr,)) for one in countries() if one.unhcr]
    for one, words in spelled:
        for word in words:
            found.setdefault(_word(word), one)
    return found
