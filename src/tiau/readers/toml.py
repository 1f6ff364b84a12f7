"""A TOML file read under bounds: what no settings need, and would take a parser minutes, is a fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tiau.faults import Fault, clip, written
from tiau.readers.files import read_text

LARGEST = 1_000_000
DEEPEST = 20
_LARGEST_WHOLE = 2**63
_TOKENS = re.compile(
    r"""(?P<text>\"{3}(?:\\.|[^\\])*?(?:\"{3,5}|\Z)|'{3}.*?(?:'{3,5}|\Z)|"(?:\\[^\n]|[^"\\\n])*"?|'[^'\n]*'?|\#[^\n]*)
    |(?P<open>[\[{])|(?P<close>[\]}])|(?P<dot>\.)|(?P<end>[\n=,])""",
    re.DOTALL | re.VERBOSE,
)
_CURLY = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}"
_MENDS = {
    f"[{_CURLY}]": 'write straight quotation marks (")',
    r"=\s*[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}": "write days as YYYY-MM-DD, without quotation marks",
    r"=\s*[A-Za-z]": "put text in quotation marks",
}


def read_toml(path: Path) -> tuple[dict[str, Any] | None, list[Fault]]:
    """Return what a TOML file holds, and its faults; None where it has one."""
    text, faults = read_text(path)
    if faults:
        return None, faults
    return toml_of(path.name, text)


def toml_of(file: str, text: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """Return what the text of a TOML file of some name holds, and its faults; None where it has one."""
    if len(text) > LARGEST:
        return None, [Fault(file, "is larger than 1 MB", "keep settings here, tables in CSV files")]
    if fault := _without_end(file, text):
        return None, [fault]
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return None, [_no_toml(file, text, error)]
    remedy = "write a number that can be"
    faults = [
        Fault(file, "is a number of too many digits", remedy, column=key, cell=written(value))
        for key, value in _values("", content)
        if isinstance(value, int) and not -_LARGEST_WHOLE <= value < _LARGEST_WHOLE
    ]
    return (None if faults else content), faults


def _without_end(file: str, text: str) -> Fault | None:
    """Return the fault of brackets in brackets, or keys of keys, deeper than any settings have."""
    depth = dots = 0
    for token in _TOKENS.finditer(text):
        match token.lastgroup:
            case "open":
                depth, dots = depth + 1, 0
            case "close":
                depth = max(depth - 1, 0)
            case "dot":
                dots += 1
            case "end":
                dots = 0
        if max(depth, dots) > DEEPEST:
            what = "brackets in brackets" if depth > DEEPEST else "a key of parts joined by dots"
            return Fault(file, f"has {what} without end", "remove them", text.count("\n", 0, token.start()) + 1)
    return None


def _values(key: str, value: object) -> Iterator[tuple[str, object]]:
    match value:
        case dict():
            for name, item in value.items():
                yield from _values(f"{key}.{clip(name)}" if key else clip(name), item)
        case list():
            for number, item in enumerate(value, start=1):
                yield from _values(f"{key}[{number}]", item)
        case _:
            yield key, value


def _no_toml(file: str, text: str, error: ValueError | RecursionError) -> Fault:
    reason = clip(str(error), 120)
    where = re.search(r"at line ([0-9]+)", reason)
    row = int(where[1]) if where else None
    if not isinstance(error, tomllib.TOMLDecodeError):
        reason = "it holds a number of thousands of digits, or a day that cannot be"
        digits = re.search(r"[0-9][0-9_]{4000,}", text)
        row = text.count("\n", 0, digits.start()) + 1 if digits else None
    remedy = "correct the line that it names" if "line" in reason else "correct it"
    lines = text.splitlines()
    line = lines[row - 1] if row and row <= len(lines) else ""
    remedy = next((mend for form, mend in _MENDS.items() if re.search(form, line)), remedy)
    return Fault(file, f"is not valid TOML ({reason})", remedy, row, cell=line.strip())
