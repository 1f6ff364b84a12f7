"""scenario.toml: settings read with every fault by key, and written back."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from tiau.faults import Fault, clip, nearest
from tiau.readers.files import read_text
from tiau.scenario.flee.settings import FleeSettings
from tiau.scenario.model import FORMAT, Rules, Series, Setting, Settings
from tiau.scenario.parameters import BY_NAME

SETTINGS_FILE = "scenario.toml"
LARGEST_SETTINGS = 1_000_000
_KEYS: dict[str, type[BaseModel]] = {
    "rules": Rules,
    "series": Series,
    "parameters": Setting,
    "rules.flee": FleeSettings,
}
_EXAMPLES = {"start": "start = 2021-02-01", "end": "end = 2021-12-31", "format": "format = 1"}


def read_settings(path: Path) -> tuple[Settings | None, list[Fault]]:
    """Read scenario.toml.

    Returns
    -------
    settings : Settings or None
        None where they cannot be relied on.
    faults : list of Fault
    """
    text, faults = read_text(path)
    if faults:
        return None, faults
    if len(text) > LARGEST_SETTINGS:
        return None, [Fault(path.name, "is larger than 1 MB", "keep settings here, tables in CSV files")]
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, [_no_toml(path.name, text, error)]
    version = content.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version != FORMAT:
        problem = f"has format {_shown(version)}, this version reads format {FORMAT}"
        remedy = "install a newer version of Tiau" if version > FORMAT else f"write format = {FORMAT}"
        return None, [Fault(path.name, problem, remedy, column="format")]
    faults = _check_parameters(path.name, content.get("parameters", {}))
    told = {fault.column for fault in faults}
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        found = (_fault(path.name, detail) for detail in error.errors(include_url=False))
        return None, faults + [fault for fault in found if fault.column.removesuffix(".value") not in told]
    if settings.end < settings.start:
        remedy = "correct one of the two"
        return None, [*faults, Fault(path.name, "lies before start", remedy, column="end", cell=str(settings.end))]
    return settings, faults


def _no_toml(file: str, text: str, error: ValueError | RecursionError) -> Fault:
    if isinstance(error, RecursionError):
        return Fault(file, "is not valid TOML (brackets in brackets without end)", "remove them")
    reason = clip(str(error), 120)
    if not isinstance(error, tomllib.TOMLDecodeError):
        reason = "it holds a number of thousands of digits, or a day that cannot be"
    remedy = "correct the line that it names" if "line" in reason else "correct it"
    where = re.search(r"at line ([0-9]+)", reason)
    row = int(where[1]) if where else None
    line = text.splitlines()[row - 1] if row and row <= len(text.splitlines()) else ""
    if re.search(
        "[\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}]", line
    ):
        remedy = 'write straight quotation marks (")'
    elif re.search(r"=\s*[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}", line):
        remedy = "write days as YYYY-MM-DD, without quotation marks"
    elif re.search(r"=\s*[A-Za-z]", line):
        remedy = "put text in quotation marks"
    return Fault(file, f"is not valid TOML ({reason})", remedy, row, cell=line.strip())


def _fault(file: str, detail: Mapping[str, Any]) -> Fault:
    keys = [str(part) for part in detail["loc"]]
    column, kind = ".".join(clip(key) for key in keys), detail["type"]
    cell = "" if kind == "missing" else _shown(detail["input"])
    problem, _, remedy = _reworded(keys, kind, detail).partition("; ")
    return Fault(file, problem, remedy, column=column, cell=cell)


def _reworded(keys: list[str], kind: str, detail: Mapping[str, Any]) -> str:
    match kind:
        case "extra_forbidden":
            model = Settings if len(keys) == 1 else _KEYS.get(".".join(keys[:-1]), _KEYS.get(keys[0], Settings))
            remedy = nearest(keys[-1], model.model_fields) or f"keys known here: {', '.join(model.model_fields)}"
            return f"is not a key of this file; {remedy}"
        case "missing":
            return f"is missing; add it{f': {_EXAMPLES[keys[-1]]}' if keys[-1] in _EXAMPLES else ''}"
        case "value_error":
            return str(detail["msg"]).removeprefix("Value error, ")
        case "string_type":
            return "is not a text; put it in quotation marks"
        case "string_too_short":
            return "is blank; give a text"
        case "string_too_long":
            return f"is too long; give at most {detail['ctx']['max_length']} letters"
        case "string_pattern_mismatch":
            return "is not a name; use letters, digits, dots, hyphens and underscores, no spaces"
        case "literal_error":
            return f"is not a word known here; allowed: {detail['ctx']['expected']}"
        case "finite_number" | "float_type":
            return "is not a number that can be used; write an ordinary number"
        case "model_type" | "dict_type":
            return f"is not a table; begin a line with [{'.'.join(clip(key) for key in keys)}] and put its keys below"
        case _:
            return f"is not valid here ({str(detail['msg']).lower()}); correct it"


def _shown(value: object) -> str:
    """Return a value of TOML as a text: a huge number or deep table cannot be written out."""
    if isinstance(value, dict | list):
        return ""
    try:
        return str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:
        return "a very large number"


def _check_parameters(file: str, given: object) -> list[Fault]:
    faults: list[Fault] = []
    for name, setting in given.items() if isinstance(given, dict) else ():
        column, value = f"parameters.{clip(name)}", setting.get("value") if isinstance(setting, dict) else None
        if name not in BY_NAME:
            remedy = nearest(name, BY_NAME) if len(faults) < 100 else ""
            faults.append(
                Fault(file, "is not a parameter", remedy or "see docs/model.md for their names", None, column)
            )
        elif isinstance(value, int | float) and not isinstance(value, bool):
            known = BY_NAME[name]
            if not known.lower <= value <= known.upper:
                unit = f" ({known.unit})" if known.unit != "1" else ""
                remedy = f"give a number from {known.lower:g} to {known.upper:g}{unit}"
                faults.append(Fault(file, "lies outside the bounds", remedy, column=column, cell=_shown(value)))
    return faults


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _quoted(value)
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return repr(value)


def settings_text(settings: Settings) -> str:
    """Write settings as the text of scenario.toml."""
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
    if settings.rules.flee is not None:
        lines += ["", "[rules.flee]"]
        lines += [
            f"{name} = {_toml(value)}" for name, value in settings.rules.flee.model_dump(exclude_defaults=True).items()
        ]
    for name, setting in settings.parameters.items():
        lines += ["", f"[parameters.{name}]", f"value = {setting.value!r}", f"why = {_quoted(setting.why)}"]
    return "\n".join(lines) + "\n"
