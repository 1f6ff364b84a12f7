"""A `FleeCase` written as a folder that reads back the same and that Flee reads too."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from tiau.flee.case.counts import CORRECTIONS_FILE
from tiau.flee.case.model import Attributes, DataFile, DayTable, FleeCase
from tiau.flee.case.settings import FleeSettings
from tiau.flee.reading.network_files import CHANGES, CLOSURES, LOCATIONS, ROUTES
from tiau.flee.reading.rules import RULES_FILE, SECTION_OF
from tiau.readers.new_folder import new_folder
from tiau.scenario.vocabulary import to_cell

Cells = Sequence[object]


def write(case: FleeCase, folder: Path) -> None:
    """Write a case as a folder with input_csv, source_data and simsetting.yml.

    Parameters
    ----------
    case : FleeCase
    folder : Path
        A new or empty folder; `load` gives the case back, under the folder's name.

    Raises
    ------
    InputError
        If the folder exists and is not empty.
    """
    with new_folder(folder) as partial:
        _write_files(case, partial)


def _write_files(case: FleeCase, folder: Path) -> None:
    inputs, sources = folder / "input_csv", folder / "source_data"
    inputs.mkdir()
    sources.mkdir()
    _write_network(case, inputs)
    for file, table in (("conflicts.csv", case.conflicts), ("flood_level.csv", case.flood_level)):
        if table is not None:
            _write(inputs / file, _day_rows(table))
    _write(inputs / "sim_period.csv", [("StartDate", case.start), ("Length", case.days)])
    if case.corrections:
        rows = [(correction.name, case.date(correction.day), "normalize") for correction in case.corrections]
        _write(inputs / CORRECTIONS_FILE, rows)
    for attribute, values in case.demographics.items():
        _write(inputs / f"demographics_{attribute}.csv", _demographic_rows(attribute, values))
    if case.labels:
        layout = [(label.name, *(data.file for data in label.files)) for label in case.labels]
        _write(sources / "data_layout.csv", layout)
    for data in {data.file: data for label in case.labels for data in label.files}.values():
        _write(sources / data.file, _counts(case, data))
    (folder / RULES_FILE).write_text(rules_text(case.settings), encoding="utf-8")


def _write_network(case: FleeCase, inputs: Path) -> None:
    names = _attribute_names(place.attributes for place in case.locations)
    rows: list[Cells] = [_header(LOCATIONS, names)]
    for place in case.locations:
        fixed = (place.name, place.region, place.country, _number(place.x), _number(place.y), place.kind,
                 place.conflict_date, place.people)  # fmt: skip
        rows.append((*fixed, *_values(place.attributes, names)))
    _write(inputs / "locations.csv", rows)
    names = _attribute_names(link.attributes for link in case.links)
    rows = [_header(ROUTES, names)]
    for link in case.links:
        fixed_link = (link.name1, link.name2, _number(link.km), link.forced_redirection)
        rows.append((*fixed_link, *_values(link.attributes, names)))
    _write(inputs / "routes.csv", rows)
    closures = [(row.kind, row.name1, row.name2, row.start, row.end) for row in case.closures]
    _write(inputs / "closures.csv", [_header(CLOSURES), *closures])
    if case.changes:
        _write(inputs / "location_changes.csv", [_header(CHANGES), *((c.name, c.kind, c.day) for c in case.changes)])


def _header(columns: Sequence[str], more: Sequence[str] = ()) -> Cells:
    return (f"#{columns[0]}", *columns[1:], *more)


def _attribute_names(rows: Iterable[Attributes]) -> list[str]:
    return list(dict.fromkeys(name for attributes in rows for name, _ in attributes))


def _values(attributes: Attributes, names: Sequence[str]) -> list[str]:
    """Return the cells of a row up to the last attribute that it has."""
    given = dict(attributes)
    cells = [given.get(name, "") for name in names]
    while cells and names[len(cells) - 1] not in given:
        cells.pop()
    return cells


def _number(value: float) -> str:
    return to_cell(float(value))


def _day_rows(table: DayTable) -> Iterable[Cells]:
    yield ("#Day", *table.names)
    for day, values in enumerate(table.values.tolist()):
        yield (day, *map(_number, values))


def _counts(case: FleeCase, file: DataFile) -> Iterable[Cells]:
    for day, people in zip(file.days, file.people, strict=True):
        yield (case.date(day), people)


def _demographic_rows(attribute: str, values: Sequence[tuple[str, dict[str, float]]]) -> Iterable[Cells]:
    names = ["Default", *dict.fromkeys(name for _, weights in values for name in weights if name != "Default")]
    yield (attribute, *names)
    for value, weights in values:
        yield (value, *(_number(weights[name]) if name in weights else "" for name in names))


def _write(path: Path, rows: Iterable[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def rules_text(settings: FleeSettings) -> str:
    """Write settings as the text of simsetting.yml, with every key that is not Flee's default."""
    values = settings.model_dump(exclude_defaults=True)
    mode, amounts = values.pop("spawn_mode", "source_data"), list(values.pop("amounts", ()))
    amount_mode, flooded = values.pop("amount_mode", settings.amount_mode), values.pop("flood_rules", False)
    if values.pop("camps_are_sinks", False):
        values["camps_are_sicks"] = True
    sections: dict[str, dict[str, Any]] = {"spawn_rules": {}, "move_rules": {}, "optimisations": {}}
    flood: dict[str, Any] = {}
    top: dict[str, Any] = {}
    for name, value in values.items():
        section = flood if SECTION_OF[name].endswith("flood_rules") else sections.get(SECTION_OF[name], top)
        section[name] = list(value) if isinstance(value, tuple) else value
    spawn = sections["spawn_rules"]
    if mode == "conflict":
        amount = amounts[0] if amount_mode == "pop_ratio" else int(amounts[0])
        spawn["conflict_driven_spawning"] = {"spawn_mode": amount_mode, "displaced_per_conflict_day": amount}
    elif mode == "flood":
        spawn["flood_zone_spawning_only"] = True
        spawn["flood_driven_spawn_mode"] = {"spawn_mode": amount_mode, "displaced_per_flood_day": amounts}
    if flooded:
        sections["move_rules"]["flood_rules"] = flood
    sections = {name: section for name, section in sections.items() if section}
    return yaml.safe_dump({**top, **sections}, sort_keys=False, allow_unicode=True)
