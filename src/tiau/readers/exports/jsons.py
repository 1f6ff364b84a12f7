"""JSON and lines of JSON as rows: the longest list of records, decoded one by one, and what stands beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any

from tiau.faults import clip
from tiau.readers.exports.rows import MOST_COLUMNS, OpenRows, Row, refused, written
from tiau.readers.exports.texts import encoding_of

LARGEST = 100_000_000
DEEPEST = 20
_BLANK = re.compile(r"[ \t\n\r]*")
_AGAIN = "download it again; if it was cut, ask for fewer rows at once"


def _float(text: str) -> str:
    return written(float(text))


# Numbers become texts at once, so that none is rounded and none of thousands of digits stops the decoder.
_DECODER = json.JSONDecoder(parse_float=_float, parse_int=str, parse_constant=lambda name: "")


@dataclass
class _Found:
    """What a JSON text holds: for each list of records where it begins and how many there are; and single values."""

    lists: dict[str, tuple[int, int]] = field(default_factory=dict)
    around: dict[str, str] = field(default_factory=dict)


def json_rows(path: Path) -> tuple[OpenRows, dict[str, str], tuple[str, ...]]:
    """Return what opens the rows of a JSON file, what stands beside its records by dotted key, and what to know.

    Notes
    -----
    Keys are row 0, the first record is row 1. Objects in records become keys with a dot; features of a map become their
    properties, with the coordinates of a point as latitude and longitude.
    """
    if path.stat().st_size > LARGEST:
        problem = f"is JSON of more than {LARGEST // 1_000_000} MB"
        raise refused(path.name, problem, "ask for it as csv, or for fewer rows")
    encoding = encoding_of(path, lines=False)
    text = path.read_bytes().decode(encoding.name, errors="replace").removeprefix("\ufeff")
    try:
        start, found = _survey(text)
        keys: dict[str, None] = {}
        for record in _records(text, start):
            keys.update(dict.fromkeys(record))
            if len(keys) > MOST_COLUMNS:
                raise refused(path.name, f"has records of more than {MOST_COLUMNS:,} keys", "ask for it as csv")
    except JSONDecodeError as error:
        problem = f"is no valid JSON (line {error.lineno}: {clip(error.msg.lower(), 60)})"
        raise refused(path.name, problem, _AGAIN) from None
    except RecursionError:
        raise refused(path.name, "has brackets in brackets without end", _AGAIN) from None

    def rows() -> Iterator[Row]:
        yield 0, tuple(keys)
        for number, record in enumerate(_records(text, start), 1):
            cells = tuple(record.get(key, "") for key in keys)
            if any(cells):
                yield number, cells

    return rows, found.around, (encoding.note,) if encoding.note else ()


def _survey(text: str) -> tuple[int, _Found]:
    """Return where the longest list of records begins, and all that was found beside it."""
    found = _Found()
    start = _after(text, 0)
    end = _walk(text, start, "", found, 0)
    if _after(text, end) < len(text):
        # Another value follows: a record a line.
        return start, _Found()
    if not found.lists:
        # One object without a list is one record.
        return start, _Found()
    return max(found.lists.values(), key=lambda where: where[1])[0], found


def _walk(text: str, at: int, key: str, found: _Found, depth: int) -> int:
    """Note lists and values of the value that begins here, and return where it ends."""
    if depth > DEEPEST:
        raise RecursionError
    if text[at : at + 1] == "{":
        at = _after(text, at + 1)
        while text[at : at + 1] != "}":
            name, at = _DECODER.raw_decode(text, at)
            at = _expect(text, at, ":")
            inner = f"{key}.{name}" if key else str(name)
            at = _separator(text, _walk(text, at, inner, found, depth + 1), "}")
        return at + 1
    if text[at : at + 1] == "[":
        begin, count, at = at, 0, _after(text, at + 1)
        while text[at : at + 1] != "]":
            value, at = _DECODER.raw_decode(text, at)
            count += isinstance(value, dict)
            at = _separator(text, at, "]")
        if count:
            found.lists[key] = begin, count
        return at + 1
    value, at = _DECODER.raw_decode(text, at)
    found.around[key] = written(value)
    return at


def _records(text: str, at: int) -> Iterator[dict[str, str]]:
    """Iterate over the records of a list that begins here, or else over those that follow each other."""
    listed = text[at] == "["
    at = _after(text, at + 1) if listed else at
    while at < len(text) and text[at] != "]":
        value, at = _DECODER.raw_decode(text, at)
        if isinstance(value, dict):
            yield _flat(_properties(value))
        at = _separator(text, at, "]") if listed else _after(text, at)


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    """Return a feature of a map as a record."""
    if value.get("type") != "Feature" or not isinstance(value.get("properties"), dict):
        return value
    record = dict(value["properties"])
    match value.get("geometry"):
        case {"type": "Point", "coordinates": [lon, lat, *_]}:
            record.setdefault("latitude", lat)
            record.setdefault("longitude", lon)
    return record


def _flat(value: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    record: dict[str, str] = {}
    for name, item in value.items():
        if isinstance(item, dict) and depth < DEEPEST:
            record |= _flat(item, f"{before}{name}.", depth + 1)
        elif isinstance(item, list) and not any(isinstance(one, dict | list) for one in item):
            record[before + name] = "; ".join(map(written, item))
        else:
            record[before + name] = written(item)
    return record


def _after(text: str, at: int) -> int:
    """Return where blanks end."""
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _expect(text: str, at: int, mark: str) -> int:
    at = _after(text, at)
    if text[at : at + 1] != mark:
        raise JSONDecodeError(f"expecting '{mark}'", text, at)
    return _after(text, at + 1)


def _separator(text: str, at: int, end: str) -> int:
    """Return where the next item begins, or the end of the list or object stands."""
    at = _after(text, at)
    return at if text[at : at + 1] == end else _expect(text, at, ",")
