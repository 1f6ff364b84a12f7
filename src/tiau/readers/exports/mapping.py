"""How an analyst's own table is read, and the small TOML file that keeps it for next month's file."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

import tomli_w

from tiau.faults import Fault, InputError, nearest, written
from tiau.readers.toml import read_toml
from tiau.scenario.quantities import QuantityName
from tiau.scenario.vocabulary import Unit

Table = Literal["reports", "events", "places", "populations"]
FIELDS = (
    "day", "until", "place", "code", "country", "admin1", "admin2", "latitude", "longitude", "origin", "note",
    "said_by", "kind", "fatalities", "id", "people",
)  # fmt: skip
"""What a column can hold, beside figures; `kind` is of an event or a place, `people` live there."""
_GUIDE = """\
# How files of this kind are read. Change what is not right: it is used for the next file with these headings.
# columns: what a column holds, and its heading ("A / B" is B under A). figures: the columns that count people.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A column of figures.

    Attributes
    ----------
    heading : str
        Blank for all that stand under the days or places of a table with `across`.
    quantity : QuantityName or ""
        Blank where the file does not say: it is asked.
    unit : Unit
    part : str
        Of a count that only its parts give, such as "women".
    """

    heading: str
    quantity: QuantityName | Literal[""] = ""
    unit: Unit = "persons"
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How the sheets of an analyst's table are read, all alike.

    Attributes
    ----------
    table : {"reports", "events", "places", "populations"}
    columns : dict of str to str
        Heading by what the column holds, one of `FIELDS`.
    figures : tuple of Measure
        The first is what the table is about.
    across : {"", "days", "places"}
        What stands in the headings of a wide table.
    not_read : tuple of str
        Headings of columns with figures that are left alone: households beside people, parts beside their sum.
    place_from : {"", "sheet"}
        Whether the names of sheets are places.
    place, origin, said_by : str
        What holds for all rows; blank where a column, the file's notes or an answer says it.
    dates : {"", "day-first", "month-first"}
        Blank where the cells themselves tell.
    dash : {"unknown", "none"}
        What "-" means: no figure, or nobody, as the notes of the file say; nobody is said of the first figure alone.
    leave_out : tuple of str
        Beginnings of the first cell of rows that are no rows of the table, such as totals.
    """

    table: Table
    columns: dict[str, str] = field(default_factory=dict)
    figures: tuple[Measure, ...] = ()
    across: Literal["", "days", "places"] = ""
    not_read: tuple[str, ...] = ()
    place_from: Literal["", "sheet"] = ""
    place: str = ""
    origin: str = ""
    said_by: str = ""
    dates: Literal["", "day-first", "month-first"] = ""
    dash: Literal["unknown", "none"] = "unknown"
    leave_out: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that a file must have to be read by it."""
        return (*self.columns.values(), *(figure.heading for figure in self.figures if figure.heading))


def mapping_text(mapping: Mapping) -> str:
    """Return a mapping as a TOML file; what is blank is left out."""
    plain = {one.name: getattr(mapping, one.name) for one in fields(mapping)}
    content: dict[str, Any] = {"format": 1}
    content |= {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items() if value}
    for key in ("columns", "figures"):
        content.pop(key, None)
    if mapping.columns:
        content["columns"] = dict(mapping.columns)
    if mapping.figures:
        named = [{one.name: getattr(figure, one.name) for one in fields(figure)} for figure in mapping.figures]
        content["figures"] = [{key: value for key, value in one.items() if value} for one in named]
    return _GUIDE + tomli_w.dumps(content)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from a TOML file; raise InputError with all that is wrong in it."""
    content, faults = read_toml(path)
    if content is None:
        raise InputError(faults)
    checked = _Checked(path.name, content)
    mapping = checked.mapping()
    if checked.faults:
        raise InputError(checked.faults)
    return mapping


_WORDS: dict[str, tuple[str, ...]] = {
    "table": get_args(Table), "across": ("days", "places"), "place_from": ("sheet",),
    "dates": ("day-first", "month-first"), "dash": ("unknown", "none"),
}  # fmt: skip
_OF_FIGURE: dict[str, tuple[str, ...]] = {"quantity": get_args(QuantityName), "unit": get_args(Unit)}


class _Checked:
    """The values of a file that can stand in a mapping, and the faults of the others."""

    def __init__(self, file: str, content: Dictionary[str, Any]) -> None:
        self.file, self.content = file, dict(content)
        self.faults: list[Fault] = []

    def mapping(self) -> Mapping:
        """Return the mapping as far as it is sound."""
        if self.content.pop("format", 1) != 1:
            self._fault("format", "is not known", "write format = 1", "")
        columns = self._texts_by_key()
        figures = tuple(self._figure(number, one) for number, one in enumerate(self._list("figures", dict), 1))
        given: dict[str, Any] = {key: tuple(self._list(key, str)) for key in ("not_read", "leave_out")}
        for key in ("table", "across", "place_from", "dates", "dash", "place", "origin", "said_by"):
            if key in self.content:
                given[key] = self._word(key, self.content.pop(key), _WORDS.get(key, ()))
        for key in self.content:
            self._fault(
                key, "is no key of a mapping", nearest(key, [one.name for one in fields(Mapping)]) or "remove it"
            )
        if "table" not in given:
            self._fault("table", "is missing", f'write one of {", ".join(_WORDS["table"])}, such as table = "reports"')
        return Mapping(columns=columns, figures=figures, **{"table": "reports"} | given)

    def _texts_by_key(self) -> dict[str, str]:
        found = self.content.pop("columns", {})
        if not isinstance(found, dict):
            self._fault("columns", "is no table", 'write [columns] and below it lines such as day = "Date"', found)
            return {}
        for key in found:
            if key not in FIELDS:
                remedy = nearest(key, FIELDS) or f"use one of {', '.join(FIELDS)}"
                self._fault(f"columns.{key}", "is nothing that a column can hold", remedy)
        return {key: self._word(f"columns.{key}", value, ()) for key, value in found.items() if key in FIELDS}

    def _list(self, key: str, kind: type) -> list[Any]:
        found = self.content.pop(key, [])
        if isinstance(found, list) and all(isinstance(one, kind) for one in found):
            return found
        what = "texts" if kind is str else "tables"
        self._fault(key, f"is no list of {what}", f"write [[{key}]]" if kind is dict else "write it in [ ]", found)
        return []

    def _figure(self, number: int, found: dict[str, Any]) -> Measure:
        names = [one.name for one in fields(Measure)]
        for key in found.keys() - set(names):
            self._fault(f"figures[{number}].{key}", "is no key of a figure", nearest(key, names) or "remove it")
        given = {
            key: self._word(f"figures[{number}].{key}", found[key], _OF_FIGURE.get(key, ()))
            for key in names
            if key in found
        }
        return Measure(**{"heading": ""} | given)  # type: ignore[arg-type]

    def _word(self, key: str, value: object, allowed: tuple[str, ...]) -> str:
        if not isinstance(value, str):
            self._fault(key, "is no text", "put it in quotation marks", value)
            return ""
        if allowed and value and value not in allowed:
            self._fault(key, "is not known", nearest(value, allowed) or f"use one of {', '.join(allowed)}", value)
            return allowed[0]
        return value

    def _fault(self, key: str, problem: str, remedy: str, value: object = "") -> None:
        self.faults.append(Fault(self.file, problem, remedy, column=key, cell=written(value)))
