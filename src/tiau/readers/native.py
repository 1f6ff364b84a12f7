"""A scenario folder of Tiau's own format, read and written back without loss."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tiau.faults import Fault, InputError, nearest
from tiau.readers.tables import read_table, read_text, write_table
from tiau.scenario.model import FORMAT, TABLES, Row, Scenario, Settings
from tiau.scenario.parameters import BY_NAME

SETTINGS_FILE = "scenario.toml"


def read(folder: Path) -> tuple[Scenario | None, list[Fault]]:
    """Read a scenario folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    scenario : Scenario or None
        None where a file that it cannot do without has a fault.
    faults : list of Fault
        Everything wrong inside single files, in the order of the files.
    """
    settings, faults = _read_settings(folder / SETTINGS_FILE)
    tables: dict[str, tuple[Row, ...]] = {}
    for row_type in TABLES:
        path = folder / row_type.file
        rows: tuple[Row, ...] = ()
        if path.exists() or path.is_symlink():
            rows, found = read_table(path, row_type)
            faults += found
        elif row_type.required_file:
            columns = ", ".join(row_type.columns())
            faults.append(Fault(row_type.file, "is missing", f"add it, with the columns {columns}"))
        tables[row_type.file.removesuffix(".csv")] = rows
    if settings is None or any(fault.level == "fault" for fault in faults):
        return None, faults
    return Scenario.model_validate({"settings": settings, **tables}), faults


def _read_settings(path: Path) -> tuple[Settings | None, list[Fault]]:
    if not path.exists():
        return None, [Fault(path.name, "is missing", "add it; `tiau copy mizoram-2021 FOLDER` shows one")]
    text, faults = read_text(path)
    if faults:
        return None, faults
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Fault(path.name, f"is not valid TOML ({error})", "correct the line that it names")]
    if isinstance(content.get("format"), int) and content["format"] > FORMAT:
        problem = f"has format {content['format']}, this version reads format {FORMAT}"
        return None, [Fault(path.name, problem, "install a newer version of Tiau")]
    faults += _check_parameters(path.name, content.get("parameters", {}))
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            key = ".".join(str(part) for part in detail["loc"])
            remedy = nearest(key, Settings.model_fields) if detail["type"] == "extra_forbidden" else ""
            problem = "is not a key of this file" if detail["type"] == "extra_forbidden" else detail["msg"].lower()
            faults.append(Fault(path.name, problem, remedy or "correct it", column=key, cell=str(detail["input"])))
        return None, faults
    if settings.end < settings.start:
        faults.append(
            Fault(path.name, "lies before start", "correct one of the two", column="end", cell=str(settings.end))
        )
    return settings, faults


def _check_parameters(file: str, given: Any) -> list[Fault]:  # noqa: ANN401
    faults = []
    for name, setting in given.items() if isinstance(given, dict) else ():
        column, value = f"parameters.{name}", setting.get("value") if isinstance(setting, dict) else None
        if name not in BY_NAME:
            faults.append(Fault(file, "is not a parameter", nearest(name, BY_NAME), column=column))
        elif isinstance(value, int | float) and not BY_NAME[name].lower <= value <= BY_NAME[name].upper:
            remedy = f"give a number from {BY_NAME[name].lower:g} to {BY_NAME[name].upper:g} {BY_NAME[name].unit}"
            faults.append(Fault(file, "lies outside the bounds", remedy, column=column, cell=str(value)))
    return faults


def write(scenario: Scenario, folder: Path) -> None:
    """Write a scenario as a folder from which `read` gives the same scenario back.

    Raises
    ------
    InputError
        If the folder exists and is not empty.
    """
    _require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS_FILE).write_text(_settings_text(scenario.settings), encoding="utf-8")
    for row_type in TABLES:
        rows = scenario.table(row_type)
        if rows or row_type.required_file:
            write_table(folder / row_type.file, row_type, rows)


def copy(source: Path, folder: Path) -> None:
    """Copy a scenario folder with everything beside its tables (sources, licence).

    Raises
    ------
    InputError
        If the target exists and is not empty.
    """
    _require_empty(folder)
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py"))


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problem = "exists and is not an empty folder"
        raise InputError([Fault("FOLDER", problem, "choose a new name", cell=str(folder))])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _settings_text(settings: Settings) -> str:
    lines = [f"format = {settings.format}"]
    for key in ("name", "title", "description", "licence"):
        if text := getattr(settings, key):
            lines.append(f"{key} = {_quoted(text)}")
    lines += [f"start = {settings.start}", f"end = {settings.end}"]
    if settings.fitted_until:
        lines.append(f"fitted_until = {settings.fitted_until}")
    if series := settings.series:
        lines += ["", "[series]", f"title = {_quoted(series.title)}", f"place = {_quoted(series.place)}"]
        lines += [f"group = {_quoted(series.group)}", f"since = {series.since}"]
    lines += ["", "[rules]"]
    lines.append(f"model = {_quoted(settings.rules.model)}")
    for name, setting in settings.parameters.items():
        lines += ["", f"[parameters.{name}]", f"value = {setting.value!r}", f"why = {_quoted(setting.why)}"]
    return "\n".join(lines) + "\n"
