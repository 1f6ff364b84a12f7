"""Columns of administrative areas by level, in the headings of many tables: names in several languages, and codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tiau.readers.exports.columns import HEADING_WITHIN, heading_word, is_tag_row
from tiau.readers.exports.findings import Spot, Tier
from tiau.readers.exports.grids import Cells, Grid, Rows
from tiau.readers.exports.values import known

TIERS: tuple[Tier, ...] = ("country", "admin1", "admin2", "admin3")
LANGUAGES = ("", "en", "fr", "es", "pt", "ar", "ru", "uk", "fa", "ps", "ur", "bn", "my", "so", "sw", "am", "ti", "ha",
             "ku", "tr", "th", "vi", "id", "mg", "rw", "ht", "ro", "hu")  # fmt: skip
"""Of several names the one that comes first here is the name, the others are aliases."""

NO_CODE = ("", "-", "--", "null", "<null>", "n/a", "#n/a", "none", "nan")
_NUMBERED = re.compile(r"adm(?:in)?(?:istrative)?(?:level)?(?P<level>[0-9])(?P<what>.*)")
_CODE = re.compile(r"(?:name)?(?:hdx|ocha|official)?p?codes?(?:ocha)?")
_NAME = re.compile(rf"(?P<other>ref|alt)?(?:name)?(?P<which>[0-9]?)(?P<language>{'|'.join(LANGUAGES)})")
_TAG = re.compile(r"#(?:adm(?P<level>[0-9])|country)(?P<attributes>(?:\+[a-z0-9_]+)*)")
_LEVEL_WORDS = {
    0: ("country", "pays", "pais"),
    1: ("gov", "governorate", "state", "province", "region", "wilaya", "wilayat", "gouvernorat", "provincia",
        "departamento"),
    2: ("dis", "district", "locality", "department", "departement", "county", "prefecture", "municipio", "cercle",
        "lga", "woreda"),
    3: ("subdistrict", "subdis", "administrative unit", "commune", "payam", "sous prefecture", "canton",
        "arrondissement"),
}  # fmt: skip
_LEVEL_OF = {word.replace(" ", ""): level for level, words in _LEVEL_WORDS.items() for word in words}
_NAMED = re.compile(
    rf"(?:nom(?:du|dela|de)?|nameof)?(?P<level>{'|'.join(sorted(_LEVEL_OF, key=len, reverse=True))})(?P<what>.*)"
)
_PREFIX = re.compile(r"([A-Z]{2,3})[0-9][0-9-]*")


@dataclass(frozen=True, slots=True)
class _Heading:
    """What a heading says: the level, and whether its cells are names (the least `rank` first) or codes."""

    level: int
    what: Literal["name", "code"]
    rank: tuple[bool, bool, str, int] = (False, False, "", 0)


@dataclass(frozen=True)
class AdminColumns:
    """Where the areas of each level stand in a grid.

    Attributes
    ----------
    first : int
        Number of the first row that may be of the table.
    headings, tags : tuple of str
        `tags` is empty where there is no row of tags.
    names : dict of int to tuple of int
        Positions of the names at each level: that of the name, then those of aliases.
    codes : dict of int to int
    """

    first: int
    headings: Cells
    tags: Cells
    names: dict[int, tuple[int, ...]]
    codes: dict[int, int]

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels that have a column, ascending."""
        return tuple(sorted({*self.names, *self.codes}))

    def rows(self, grid: Grid) -> Rows:
        """Iterate over the rows below the headings and their tags."""
        return (row for row in grid.rows() if row[0] >= self.first)

    def names_in(self, cells: Cells, level: int) -> tuple[str, ...]:
        """Return the names that a row gives at a level, the first being the name, each once."""
        found = (cells[at] for at in self.names.get(level, ()) if at < len(cells) and known(cells[at]))
        return tuple(dict.fromkeys(found))

    def code_in(self, cells: Cells, level: int) -> str:
        """Return the code that a row gives at a level; blank where it has none."""
        at = self.codes.get(level, len(cells))
        # SD and NA are codes of countries, which elsewhere stand for "no data".
        return cells[at] if at < len(cells) and cells[at].casefold() not in NO_CODE else ""

    def deepest(self, cells: Cells) -> int | None:
        """Return the deepest level at which a row names something; None where it names nothing."""
        filled = (lev for lev in reversed(self.levels) if self.names_in(cells, lev) or self.code_in(cells, lev))
        return next(filled, None)

    def spot(self, cells: Cells, level: int) -> Spot:
        """Return the area that a row names at a level, at most 3, with what lies above it."""
        above = {lev: (*self.names_in(cells, lev), self.code_in(cells, lev), "")[0] for lev in range(level)}
        codes = (self.code_in(cells, lev) for lev in self.levels if lev <= level)
        country = above.get(0, "") or (country_prefix(codes) if level else "")
        name, *aliases = self.names_in(cells, level) or ("",)
        return Spot(
            TIERS[level], name, self.code_in(cells, level), country=country, admin1=above.get(1, ""),
            admin2=above.get(2, ""), aliases=tuple(aliases),
        )  # fmt: skip


def country_prefix(codes: Iterable[str]) -> str:
    """Return the country in whose code p-codes begin, such as TD of TD1402; blank where they do not."""
    return next((found[1] for code in codes if (found := _PREFIX.fullmatch(code.upper()))), "")


def admin_columns_of(grid: Grid) -> AdminColumns | None:
    """Find the columns of areas in the first rows of a grid: in the row that has most of them; None without any."""
    best: AdminColumns | None = None
    for order, (number, cells) in enumerate(grid.head[:HEADING_WITHIN]):
        below = grid.head[order + 1] if order + 1 < len(grid.head) else None
        tags = below[1] if below is not None and is_tag_row(below[1]) else ()
        found = _columns(number + (2 if tags else 1), cells, tags)
        if found.levels and (best is None or _size(found) > _size(best)):
            best = found
    return best


def _columns(first: int, headings: Cells, tags: Cells) -> AdminColumns:
    names: dict[int, list[tuple[object, int]]] = {}
    codes: dict[int, int] = {}
    for at, heading in enumerate(headings):
        said = _heading(heading) or (_tag(tags[at]) if at < len(tags) else None)
        if said is None:
            continue
        if said.what == "code":
            codes.setdefault(said.level, at)
        else:
            names.setdefault(said.level, []).append((said.rank, at))
    ordered = {level: tuple(at for _, at in sorted(found)) for level, found in names.items()}
    return AdminColumns(first, headings, tags, ordered, codes)


def _size(columns: AdminColumns) -> int:
    return len(columns.codes) + sum(map(len, columns.names.values()))


@lru_cache(maxsize=4_096)
def _heading(text: str) -> _Heading | None:
    word = heading_word(text).replace(" ", "")
    if len(word) > 40:
        return None
    if found := _NUMBERED.fullmatch(word):
        return _of_level(int(found["level"]), found["what"])
    if found := _NAMED.fullmatch(word):
        return _of_level(_LEVEL_OF[found["level"]], found["what"])
    return None


def _of_level(level: int, what: str) -> _Heading | None:
    if _CODE.fullmatch(what):
        return _Heading(level, "code")
    if found := _NAME.fullmatch(what):
        other = found["other"] or ""
        return _Heading(
            level, "name", (other == "ref", other == "alt", found["which"], LANGUAGES.index(found["language"]))
        )
    return None


def _tag(text: str) -> _Heading | None:
    found = _TAG.fullmatch(re.sub(r"\s", "", text.lower()))
    if found is None:
        return None
    attributes = set(found["attributes"].split("+")[1:])
    if attributes & {"origin", "alt"}:
        return None
    level = int(found["level"] or 0)
    if attributes & {"code", "pcode"}:
        return _Heading(level, "code")
    language = next((LANGUAGES.index(word.removeprefix("i_")) for word in attributes
                     if word.removeprefix("i_") in LANGUAGES), 0)  # fmt: skip
    return _Heading(level, "name", (False, False, "", language))
