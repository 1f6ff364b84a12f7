"""What the titles and notes around an analyst's table say: who counted, until when, from where, what "-" means."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from tiau.faults import plain
from tiau.readers.exports.grids import Grid
from tiau.readers.exports.mapping_headings import Headed
from tiau.readers.exports.mapping_words import quantity_of
from tiau.readers.exports.values import period, readings
from tiau.scenario.countries import country
from tiau.scenario.quantities import QuantityName
from tiau.scenario.spellings.days import DAY_FIRST
from tiau.scenario.vocabulary import Period

_SOURCE = re.compile(r"\b(?:sources?|fuente|fonte|المصدر)\s*:\s*(?P<said>[^;\n.|]+)", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:as of|as at|last updated?(?: on)?|updated(?: on)?|published(?: on)?|status|situation au|au|"
    r"mise a jour(?: le)?|al|a fecha de|hasta el|actualizado(?: el| al)?|atualizado em|publie le|publicado el)"
    r"\s*:?\s+(?P<day>[0-9a-z][^;()|]*)"
)
_DAY = re.compile(
    r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}|[0-9]{1,2}(?:st|nd|rd|th|er)? (?:de )?[a-z]{3,10}\.? (?:de )?[0-9]{4}|"
    r"[a-z]{3,10} [0-9]{1,2},? [0-9]{4}|[a-z]{3,10} [0-9]{4}"
)
_DASH = re.compile(
    r"(?:^|[\s;,.:(])[\"'\u201c\u00ab]?\s?[-\u2013\u2014]\s?[\"'\u201d\u00bb]?\s*"
    r"(?:=|:|means|is|for|signifie|veut dire|significa|quiere decir)\s*(?P<what>[^;,.\n]+)",
    re.MULTILINE,
)
_NONE = re.compile(
    r"\b(none|nil|zero|0|no one|nobody|no arrivals?|aucun\w*|neant|ningun\w*|nenhum\w*|cero|nul|personne)\b"
)
_FROM = re.compile(
    r"\b(?:from|origin|origine|origen|en provenance d\w+|provenance|provenant d\w+|procedentes? de\w*|desde|fleeing)"
    r"\s*:?\s+(?:the |le |la |l'|du |de |el )?(?P<name>[\w' -]{3,40})"
)
_OF_COUNTRY = (
    "n", "i", "e", "ns", "is", "es", "os", "an", "ans", "ian", "ese", "ais", "ien", "ano", "ana", "ians", "eses",
    "iens", "anos", "anas", "aise", "aises", "ienne", "iennes",
)  # fmt: skip
_PEOPLE = re.compile(
    r"refugees|refugee|nationals|arrivals|people|persons|citizens|asylum|families|individuals|households|refugies|"
    r"personnes|ressortissants|arrivees|familles|refugiados|personas|ciudadanos|llegadas|nacionales|familias"
)
_SHORTEST_STEM = 4


@dataclass(frozen=True)
class Said:
    """What stands around a table.

    Attributes
    ----------
    said_by, origin : str
        Blank where nothing says so.
    known_on : date or None
        The day as of which it was made.
    as_of : Period or None
        The same, or a month that is named: the time of a table without days.
    dash : {"", "unknown", "none"}
    quantity : QuantityName, None or ""
    """

    said_by: str
    origin: str
    known_on: dt.date | None
    as_of: Period | None
    dash: Literal["", "unknown", "none"]
    quantity: QuantityName | str | None


def said_around(grid: Grid, table: Headed | None, order: str = "") -> Said:
    """Return what the texts of a sheet around its table say; `order` is that of day and month in its days."""
    before, after = _texts(grid, table)
    texts = [*before, *after]
    joined = "\n".join(texts)
    source = _SOURCE.search(joined)
    meant = [when for text in texts for found in _AS_OF.finditer(plain(text)) if (when := _when(found["day"], order))]
    dash = _DASH.search(plain_lines(joined))
    months = [when for text in (*before, grid.sheet) if (when := _when(plain(text), order))]
    return Said(
        said_by=source["said"].strip() if source else "",
        origin=next(filter(None, map(origin_in, texts)), ""),
        known_on=meant[0].end if meant else None,
        as_of=next(iter((*meant, *months)), None),
        dash="" if dash is None else "none" if _NONE.search(dash["what"]) else "unknown",
        quantity=next((found for text in before if (found := quantity_of(text)) != ""), quantity_of(grid.sheet)),
    )


def _texts(grid: Grid, table: Headed | None) -> tuple[list[str], list[str]]:
    before: list[str] = []
    after: list[str] = []
    for number, cells in grid.head:
        filled = [cell for cell in cells if cell]
        if table is None or number < table.first:
            before += filled
        elif number > table.last and filled and max(map(len, filled)) > 15 and len(filled) <= 2:
            after += filled
    return before, after


def plain_lines(text: str) -> str:
    """Return a text without case and accents, its lines kept apart."""
    return "\n".join(map(plain, text.splitlines()))


def _when(text: str, order: str) -> Period | None:
    """Return the first day or month in a text; where its order is open, as in the table or else the day first."""
    for found in _DAY.finditer(text):
        meant = period(found[0], order) or next(
            (one for one, when in readings(found[0]) if when in ("", DAY_FIRST) or len(readings(found[0])) == 1), None
        )
        if meant:
            return meant
    return None


def origin_in(text: str) -> str:
    """Return the country that a text says people come from, such as "Sudanese refugees"; blank where it says none."""
    words = plain(text)
    for found in _FROM.finditer(words):
        if name := _country_at_start(found["name"]):
            return name
    tokens = re.findall(r"\w+", words)
    for at, token in enumerate(tokens):
        # "Sudanese refugees" and "refugies soudanais", but not "the Chadian border".
        if any(map(_PEOPLE.fullmatch, tokens[max(at - 2, 0) : at + 2])):
            before = f"{tokens[at - 1]} {token}" if at else token
            if name := _of_adjective(before) or _of_adjective(token):
                return name
    return ""


def _country_at_start(text: str) -> str:
    tokens = text.split()
    for length in range(min(4, len(tokens)), 0, -1):
        name = " ".join(tokens[:length])
        if len(name) > 3 and (found := country(name)):
            return found.name
    return ""


def _of_adjective(word: str) -> str:
    for ending in _OF_COUNTRY:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            for name in (stem, f"{stem}a", f"{stem}ia"):
                if len(name) > _SHORTEST_STEM - 1 and (found := country(name)):
                    return found.name
    return ""
