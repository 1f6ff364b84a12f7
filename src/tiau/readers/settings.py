"""scenario.toml: settings read with every fault by key, and written back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import BaseModel, ValidationError

from tiau.faults import Fault, clip, nearest, written
from tiau.readers.toml import read_toml
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.settings import FORMAT, FORMATS, Countries, Series, Setting, Settings

SETTINGS_FILE = "scenario.toml"
_KEYS: dict[str, type[BaseModel]] = {"countries": Countries, "series": Series, "parameters": Setting}
_EXAMPLES = {"start": "start = 2021-02-01", "end": "end = 2021-12-31", "format": f"format = {FORMAT}"}


def read_settings(path: Path) -> tuple[Settings | None, list[Fault]]:
    """Return what scenario.toml says, None where it cannot be relied on, and its faults."""
    content, faults = read_toml(path)
    if content is None:
        return None, faults
    version = content.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version not in FORMATS:
        problem = f"has format {written(version)}, this version reads formats {FORMATS[0]} to {FORMAT}"
        remedy = "install a newer version of Tiau" if version > FORMAT else f"write format = {FORMAT}"
        return None, [Fault(path.name, problem, remedy, column="format")]
    faults = [*_check_rules(path.name, content.pop("rules", None)),
              *_check_parameters(path.name, content.get("parameters", {}))]  # fmt: skip
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


def _fault(file: str, detail: Mapping[str, Any]) -> Fault:
    keys = [str(part) for part in detail["loc"]]
    column, kind = ".".join(clip(key) for key in keys), detail["type"]
    cell = "" if kind == "missing" else written(detail["input"])
    return Fault.saying(file, _reworded(keys, kind, detail), column=column, cell=cell)


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
        case "tuple_type":
            return 'is not a list; write it in brackets, such as ["Sudan", "Chad"]'
        case "model_type" | "dict_type":
            return f"is not a table; begin a line with [{'.'.join(clip(key) for key in keys)}] and put its keys below"
        case _:
            return f"is not valid here ({str(detail['msg']).lower()}); correct it"


def _check_rules(file: str, rules: object) -> list[Fault]:
    """Refuse a choice of rules, which earlier versions had; the one that is left may still stand there."""
    if rules in (None, {}, {"model": "destinations"}):
        return []
    model = rules.get("model") if isinstance(rules, dict) else None
    if model == "flee":
        remedy = "run the case folder that it came from: tiau flee CASE; tiau copy CASE FOLDER makes a scenario of it"
        return [Fault(file, "is no longer a model of scenarios", remedy, column="rules.model", cell="flee")]
    column = "rules" if model in (None, "destinations") else "rules.model"
    problem, remedy = "chooses rules, of which there is one kind alone", "delete [rules], and set [parameters]"
    return [Fault(file, problem, remedy, column=column, cell=written(model or ""))]


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
                faults.append(Fault(file, "lies outside the bounds", remedy, column=column, cell=written(value)))
    return faults


def settings_text(settings: Settings) -> str:
    """Write settings as the text of scenario.toml: what is not the default."""
    content = settings.model_dump(exclude_defaults=True)
    tables: dict[str, Any] = {
        name: content.pop(name) for name in ("countries", "series", "parameters") if name in content
    }
    return tomli_w.dumps({**content, **tables}, multiline_strings=True)
