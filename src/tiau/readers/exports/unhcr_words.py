"""How UNHCR words what it counts: kinds of people, countries that are none, rounded figures, rows given twice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from tiau.readers.exports.columns import Columns, heading_word
from tiau.readers.exports.findings import Asked, Finding, FoundFigure, LeftOut, Remark, Spot
from tiau.readers.exports.grids import Cells, Grid
from tiau.readers.exports.values import count, known, readings
from tiau.scenario.countries import country
from tiau.scenario.quantities import QuantityName
from tiau.scenario.spellings.figures import Figure

ALL_COUNTRIES = {"", "all", "total", "all countries", "world", "totals"}
NO_COUNTRY = {
    "ukn", "unk", "unknown", "unknown origin", "various", "various unknown", "var", "others", "other", "oth",
    "stateless", "xxa", "xxx", "xx", "not specified", "unspecified", "mixed", "mixed origin", "various origins",
}  # fmt: skip
PUBLISHER = "UNHCR Operational Data Portal"
SMALL = 5
ROUND_FROM = 10_000
MOST_PEOPLE = 1e10


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of people that UNHCR counts.

    Attributes
    ----------
    name : str
    quantity : QuantityName or None
        None where no table of a scenario has them.
    part : str
        Of which part of those present they are; blank where they are a count of their own.
    reason : str
        Why they are left out.
    """

    name: str
    quantity: QuantityName | None = "present"
    part: str = ""
    reason: str = ""


def _part(name: str) -> Kind:
    return Kind(name, part=name)


def _out(name: str, reason: str) -> Kind:
    return Kind(name, None, reason=reason)


IDPS = Kind("IDPs", "idp_present")
RETURNED = _out("people who returned", "they returned in a period, of which a scenario has no count")
KINDS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    (_part("refugees and asylum-seekers"), "", ("refugees and asylum seekers", "refugee and asylum seeker")),
    (RETURNED, "ret", ("returned refugees", "refugee returnees", "returned idps", "idp returnees", "returnees")),
    (RETURNED, "rdp", ()),
    (_part("refugees"), "ref", ("refugees", "refugee")),
    (_part("asylum-seekers"), "asy", ("asylum seekers", "asylum seeker")),
    (IDPS, "idp", ("idps", "internally displaced", "idp")),
    (_part("other people in need of international protection"), "oip", ("other people in need",)),
    (_part("Venezuelans displaced abroad"), "vda", ("venezuelans",)),
    (_out("stateless persons", "to be stateless is not to be displaced"), "sta", ("stateless",)),
    (_out("host community", "they are not displaced"), "hst", ("host comm",)),
    (_out("others of concern", "the file does not say who they are"), "ooc", ("others of concern", "other of concern")),
    (_out("total population", "the sum of other columns"), "", ("total population", "total persons", "total people")),
)
"""Kinds with their codes and with what their names hold, after `heading_word`; the first that fits counts."""


@lru_cache(maxsize=4096)
def kind_of(text: str) -> Kind | None:
    """Return the kind of people that a heading, a code or a cell means; None where it means none."""
    word = heading_word(text)
    for fits in (str.startswith, str.__contains__):
        for kind, code, names in KINDS:
            if word and (word == code or any(fits(f" {word}", f" {name}") for name in names)):
                return kind
    return None


@dataclass(frozen=True)
class Country:
    """A country as a row of UNHCR gives it: its name, and its code where that is ISO."""

    name: str
    code: str

    @cached_property
    def is_all(self) -> bool:
        """Whether the row is of all countries together: ``-``, a blank, Total."""
        return all(heading_word(text) in ALL_COUNTRIES or not known(text) for text in (self.name, self.code))

    @cached_property
    def is_one(self) -> bool:
        """Whether it is one country, no others and no unknown."""
        return not self.is_all and not {heading_word(self.name), heading_word(self.code)} & NO_COUNTRY

    @cached_property
    def key(self) -> str:
        """What tells it from others in all exports: its code of ISO, however it is named there."""
        given = [text for text in (self.code, self.name) if known(text)]
        meant = next((found for text in given if (found := country(text))), None)
        return meant.iso3 if meant else "".join(given[:1]).upper()

    @cached_property
    def spot(self) -> Spot:
        """Itself as a spot."""
        return Spot("country", self.name if known(self.name) else "", self.code if known(self.code) else "")

    def same(self, other: Country) -> bool:
        """Whether both are one country."""
        return self.is_one and self.key == other.key

    def __str__(self) -> str:
        return self.name if known(self.name) else self.code


@lru_cache(maxsize=65_536)
def country_of(name: str, code: str) -> Country:
    """Return a country as a row gives it, the same for all rows that give it alike."""
    return Country(name, code)


def answered(text: str) -> Spot:
    """Return what an analyst names as a spot: a country, by its name and code, where it is one in any spelling."""
    meant = country(text)
    return Spot("country", meant.name, meant.iso3) if meant else Spot("", text)


def people(text: str) -> tuple[Figure, str] | None:
    """Return a cell as a figure and what is to be noted of it; None where it holds none.

    Of 10,000 people or more nobody counts one digit and zeros.
    """
    figure = count(text)
    if figure is None or max(figure.value or 0, figure.high or 0) > MOST_PEOPLE:
        return None
    value = figure.value or 0
    if figure.bound == "exact" and value >= ROUND_FROM and value % 10 ** math.floor(math.log10(value)) == 0:
        figure = replace(figure, bound="about")
    return figure, "one digit and zeros: rounded" if value >= ROUND_FROM and figure.bound == "about" else ""


def statistic(text: str) -> tuple[Figure, str] | None:
    """Return a cell of yearly statistics as `people` does: there a 5 may stand for 1 to 5, and a star hides 1 to 4."""
    if text.strip() == "*":
        return Figure(None, "range", 1, SMALL - 1), "* hides 1 to 4"
    read = people(text)
    if read is not None and read[0] == Figure(SMALL):
        return Figure(SMALL, "about"), "5 may stand for 1 to 5"
    return read


def once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Give each figure of one key once: of several rows the last, the others left out with the reason."""
    found: dict[str, FoundFigure] = {}
    for finding in findings:
        if not isinstance(finding, FoundFigure):
            yield finding
        elif earlier := found.pop(finding.key, None):
            if _value(earlier) == _value(finding):
                found[finding.key] = earlier
                reason, out = f"same figure as row {earlier.rows[0]}", finding
            else:
                found[finding.key] = finding
                reason = (f"row {finding.rows[0]} has another figure for the same, {_shown(finding)} instead of "
                          f"{_shown(earlier)}; the last one is taken")  # fmt: skip
                out = earlier
            yield LeftOut(rows=out.rows, sheet=out.sheet, reason=reason)
        else:
            found[finding.key] = finding
    yield from sorted(found.values(), key=lambda figure: figure.rows)


def _value(figure: FoundFigure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high


def _shown(figure: FoundFigure) -> str:
    return f"{figure.low:,g} to {figure.high:,g}" if figure.value is None else f"{figure.value:,.10g}"


def renamed(grid: Grid, columns: Columns, wanted: dict[str, str]) -> Iterator[Remark]:
    """Tell which headings were taken for a column by their likeness alone."""
    for key, heading in columns.renamed.items():
        yield Remark(sheet=grid.sheet, text=f'the column "{heading}" is taken for the {wanted.get(key, key)}')


def which_order(grid: Grid, rows: Sequence[tuple[int, Cells]], columns: Columns, key: str) -> Asked:
    """Ask for the order of day and month in a column where nothing tells it."""
    example = next(cell for _, cells in rows if len(readings(cell := columns.cell(cells, key))) > 1)
    question = f"in days such as {example}, does the day or the month stand first?"
    return Asked(rows=tuple(number for number, _ in rows), sheet=grid.sheet, option="dates", question=question,
                 choices=("day-first", "month-first"))  # fmt: skip
