"""Which column of a table of counts is which: by headings of many offices, by content, and last by tags of HXL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tiau.readers.exports.columns import HEADING_WITHIN, heading_word, is_tag_row
from tiau.readers.exports.grids import Cells, Grid
from tiau.readers.exports.values import count, known, number

SEEN_ROWS = 40
_CODE = r"\b(p ?codes?|pcode|codes?|internal pcode)\b"
_ADMIN = {
    "admin1": r"\b(admin1|states?|region|oblast|province|governorate|estado|departamento|provincia|wilaya)\b",
    "admin2": r"\b(admin2|county|locality|district|zone|zona|lga|municipality|municipio|cercle|raion|departement"
    r"|territoire)\b",
    "admin3": r"\b(admin3|payam|woreda|sub ?district|sous prefecture|ward|commune|hromada|parish|boma)\b",
}
_NOT_PEOPLE = (
    r"\b(hh|hhs|households?|menages|hogares|returnees?|arrival|prev|male|female|boys?|girls?|m|f|women|men|"
    r"percent|share|origin|residence|children|years?|femmes|hommes|enfants|mujeres|hombres|retournes)\b|%"
)
HEADINGS: dict[str, str] = {
    "country_code": r"\b(country (iso3|code)|iso3|admin0 p ?code)\b",
    "country": r"\b(country|admin0|pays|pais)\b",
    "site_code": r"\b(ssid|(site|place|location|settlement) (id|code)|code du site)\b",
    "site": r"\b((site|settlement|camp|place|location) name|name of (the )?(site|camp|location)|village"
    r"|nom (du site|de la localite|du village)|nombre del sitio)\b|^(site|camp)s?$",
    "lat": r"\b(lat|latitude|latitud)\b",
    "lon": r"\b(lon|long|longitude|longitud)\b",
    "status": r"\b(location|site) status\b|^status\b",
    "type": r"\b(location|site|settlement) type\b",
    "people": r"\bidps?\b.*\b(inds?|individuals?|persons?|people|population|pop|present|estimates?|total)\b"
    r"|\b(total|number of|estimated|estimates?|no of) (de facto )?idps?\b|^(of )?idps?$"
    r"|\b(individus|personnes|nombre|total|effectif)\b.*\b(pdis?|deplacee?s)\b|\bpdis?\b.*\b(individus|total)\b"
    r"|\b(internally )?displaced (persons|people|individuals|population)\b",
    "households": r"\bidps?\b.*\b(hh|hhs|households?)\b",
    "day": r"\b((reported|reporting|survey|assessment|collection) date|date of (survey|assessment|report|collection)"
    r"|date (de|d) (collecte|enquete|evaluation)|as of)\b|^(date|fecha)$",
    "part": r"\b((displacement )?reason|cause|reason for displacement)\b",
    "source_round": r"\bsource round\b",
    "round": r"^(?!.*\b(opened|closed|first|last|previous)\b).*\bround\b",
    "remark": r"\b(remarks?|comments?|notes?)\b",
}
TAGS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    # key, what the tag must have, what it must not have
    ("origin", ("#country", "+origin"), ()),
    ("country_code", ("#country", "+code"), ("+origin",)), ("country", ("#country",), ("+code", "+origin")),
    ("country_code", ("#adm0", "+code"), ()), ("country", ("#adm0",), ("+code",)),
    *((f"admin{n}_code", (f"#adm{n}", "+code"), ("+origin",)) for n in (1, 2, 3)),
    *((f"admin{n}", (f"#adm{n}",), ("+code", "+origin")) for n in (1, 2, 3)),
    ("site_code", ("#loc", "+code"), ()), ("site", ("#loc",), ("+code", "+type", "+status")),
    ("lat", ("#geo", "+lat"), ()), ("lon", ("#geo", "+lon"), ()),
    ("households", ("#affected", "+hh"), ("+returnees",)),
    ("people", ("#affected", "+idps"), ("+hh", "+m", "+f", "+children", "+adults", "+newdisp")),
    ("people", ("#affected", "+idp"), ("+hh", "+m", "+f")),
    ("refugees", ("#affected", "+refugees"), ("+hh", "+m", "+f", "+children")),
    ("counted", ("#affected",), ("+hh", "+m", "+f", "+returnees", "+children", "+idps", "+idp", "+refugees")),
    ("population", ("#population",), ("+m", "+f", "+hh", "+children", "+urban", "+rural", "+age")),
    ("until", ("#date", "+end"), ()), ("reported", ("#date", "+reported"), ()),
    ("day", ("#date",), ("+year", "+month")),
    ("part", ("#cause",), ()), ("said_by", ("#org",), ()),
)  # fmt: skip
_LEVEL = re.compile(r"\b(?:adm|admin|administrative)(?: level)? ?([0-3]) ?")
FIGURES = ("people", "refugees", "counted", "population")


@dataclass(frozen=True)
class Located:
    """The columns of a grid of counts by area or site.

    Attributes
    ----------
    number, last : int
        Row numbers of the headings, and of the last row above the counts.
    position : dict of str to int
    tagged : bool
        Whether the grid has tags.
    """

    number: int
    last: int
    position: dict[str, int]
    tagged: bool

    def cell(self, cells: Cells, key: str) -> str:
        """Return the cell of a key; blank where there is none, or where it says nothing."""
        at = self.position.get(key, -1)
        text = cells[at] if 0 <= at < len(cells) else ""
        # Codes such as SD and NA are countries, and no words for nothing.
        return text if known(text) or key.endswith("code") else ""

    @property
    def tier(self) -> str:
        """The finest level of which there is a column."""
        return next((key for key in ("site", "admin3", "admin2", "admin1", "country") if self._has(key)), "")

    def _has(self, key: str) -> bool:
        return key in self.position or f"{key}_code" in self.position


def located_columns(grid: Grid) -> Located | None:
    """Find the columns of a grid; None where it has no count or no area."""
    head = grid.head[: HEADING_WITHIN + SEEN_ROWS]
    for order, (row, cells) in enumerate(head[:HEADING_WITHIN]):
        below = head[order + 1][1] if order + 1 < len(head) else ()
        tags = below if is_tag_row(below) else ()
        if len([cell for cell in cells if cell]) < 2 or is_tag_row(cells):
            continue
        rows = [values for _, values in head[order + (2 if tags else 1) :]]
        position = _by_headings(cells, rows)
        for key, at in _by_tags(tags, rows).items():
            if at not in position.values():
                position.setdefault(key, at)
        if any(key in position for key in FIGURES) and any(
            key in position or f"{key}_code" in position for key in ("site", "admin1", "admin2", "admin3", "country")
        ):
            return Located(row, head[order + 1][0] if tags else row, position, bool(tags))
    return None


def _by_headings(names: Cells, rows: Sequence[Cells]) -> dict[str, int]:
    position: dict[str, int] = {}
    for at, name in enumerate(names):
        word = "" if "%" in name else heading_word(name)
        column = [cells[at] for cells in rows if at < len(cells) and known(cells[at])]
        key = _heading(word)
        if key and key not in position and _fits(key, column):
            position[key] = at
    return position


def _heading(word: str) -> str:
    word = _LEVEL.sub(r"admin\1 ", word).strip()
    for admin, pattern in _ADMIN.items():
        if re.search(pattern, word) and not re.search(r"\b(habitual|origin|residence|arrival)\b|%", word):
            return f"{admin}_code" if re.search(_CODE, word) else admin
    for key, pattern in HEADINGS.items():
        if re.search(pattern, word) and not (key == "people" and re.search(_NOT_PEOPLE, word)):
            return key
    return ""


def _by_tags(tags: Cells, rows: Sequence[Cells]) -> dict[str, int]:
    position: dict[str, int] = {}
    for at, text in enumerate(tags):
        tag, *attributes = re.sub(r"\s", "", text.lower()).split("+")
        parts = {tag, *(f"+{name}" for name in attributes)}
        column = [cells[at] for cells in rows if at < len(cells) and known(cells[at])]
        for key, needed, barred in TAGS:
            if set(needed) <= parts and not parts & set(barred) and key not in position and _fits(key, column):
                position[key] = at
                break
    return position


def _fits(key: str, column: Sequence[str]) -> bool:
    """Whether what stands in a column can be what its heading says: tags and headings may stand one column off."""
    if not column:
        return False
    numbers = {"people", "households", "refugees", "counted", "population"}
    test: Callable[[str], bool]
    if key in numbers:
        # What lies between 0 and 1 is a share of people.
        test = lambda text: (found := count(text)) is not None and not 0 < (found.value or 0) < 1  # noqa: E731
    elif key in ("lat", "lon"):
        test = lambda text: number(text) is not None  # noqa: E731
    elif key.endswith("_code"):
        test = lambda text: len(text) <= 40  # noqa: E731
    elif key in ("admin1", "admin2", "admin3", "site", "country"):
        test = lambda text: count(text) is None and not re.fullmatch(r"[A-Z]{2,3}[0-9]+", text)  # noqa: E731
    else:
        return True
    return sum(map(test, column)) >= 0.6 * len(column)
