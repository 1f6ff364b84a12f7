"""Ways in which a scenario folder goes wrong, by hand or by program: a folder in memory in, a folder out."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from tiau.scenario.checks.figures import RANGES
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.rows import Act

Folder = dict[str, bytes | str]
"""File names and their content; a text stands for something that is not a file: "folder", "pipe" or "link to X"."""

NASTY = (
    "", " ", "0", "1", "-1", "0.5", "2", "1e9", "1e308", "-1e308", "1e-320", "1e999", "nan", "inf", "-inf", "1,234",
    "12 345", "1.234,5", "1_000", "0x10", "12%", "9" * 400, "٣", "½", "n/a", "#REF!", "=1+1", "yes", "no", "TRUE",
    "2021-02-03", "2021-02-30", "2021-13-01", "0001-01-01", "9999-12-31", "15/03/2021", "3/4/2021", "15.3.2021",
    "44260", "20210305", "2021", "2021-02", "2021-02-01/2021-02-09", "2021-03-01/2021-02-01", "2021-02/2021-03", "/",
    "2021-02-01/", "a; b; c", ";", ";;;", "=", "a=1", "a=nan", "a=1e308", "all", "All", "?", '"', "'", ",", "\n",
    "one\ntwo", "\r", "\t", "\x00", "\x07", "\x1b[31m", "\u200b", "\u202e", "\ufeff", "Ménaka", "雨", "𐍈", "e\u0301",
    "../../etc/passwd", "%s%n", "{0}", "[b]", "<script>", "x" * 300, "x" * 40_000, "a;" * 20_000, "[/]", "\\", "|",
)  # fmt: skip
DAYS = (
    "0001-01-01", "1899-12-31", "1900-01-01", "2021-01-31", "2021-02-01", "2021-02-02", "2021-02-03", "2021-02-28",
    "2021-03-31", "2021-04-01", "2022-08-31", "2199-12-31", "2200-01-01", "9999-12-31", "2021", "2021-02", "9999",
    "2021-02-01/2021-02-02", "2020-01-01/2199-12-31", "2021-02-29", "",
)  # fmt: skip
NUMBERS = (
    "0", "0.0", "-0", "-1", "1", "0.5", "1.5", "2", "3.14159", "10", "99.999", "180", "181", "1000", "1e5", "1e10",
    "1e11", "1e300", "1e-300", "0.001", "1e-9", "20000.5", "007", "+3", "1e400", "",
)  # fmt: skip
EFFECTS = get_args(Act.model_fields["effect"].annotation)
SMALL_CHANGES: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, rng: text.upper(),
    lambda text, rng: text.lower(),
    lambda text, rng: text + " ",
    lambda text, rng: text.replace(" ", "  "),
    lambda text, rng: text[:-1],
    lambda text, rng: text + text[-1:],
    lambda text, rng: text[1:2] + text[:1] + text[2:],
    lambda text, rng: "".join(rng.sample(text, min(len(text), 50))),
    lambda text, rng: "-" + text,
    lambda text, rng: text + "; " + text,
    lambda text, rng: text.replace("0", "O"),
    lambda text, rng: text.replace("e", "é"),
    lambda text, rng: text.replace(".", ","),
    lambda text, rng: text.replace("-", "/"),
    lambda text, rng: text + rng.choice("0123456789"),
)


def read_folder(path: Path) -> Folder:
    """Return the scenario files of a folder."""
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.suffix in (".csv", ".toml")}


def write_folder(folder: Folder, path: Path) -> None:
    """Write a folder; pipes and links are left out where the system has none."""
    path.mkdir()
    for name, content in folder.items():
        if isinstance(content, bytes):
            (path / name).write_bytes(content)
        elif content == "folder":
            (path / name).mkdir()
        elif content == "pipe":
            if hasattr(os, "mkfifo"):
                os.mkfifo(path / name)
        else:
            with contextlib.suppress(OSError):
                (path / name).symlink_to(content.removeprefix("link to "))


def _table(content: bytes | str) -> list[list[str]]:
    if isinstance(content, str):
        return [[""]]
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))) or [[""]]
    except csv.Error:
        return [[""]]


def _bytes(rows: list[list[str]], rng: random.Random) -> bytes:
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if rng.random() < 0.05 else csv.QUOTE_MINIMAL
    csv.writer(stream, lineterminator=rng.choice(["\n", "\n", "\r\n"]), quoting=quoting).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def _some_table(folder: Folder, rng: random.Random) -> str:
    return rng.choice([name for name in folder if name.endswith(".csv")] or ["places.csv"])


def cell(folder: Folder, rng: random.Random) -> str:
    """Another content of some cells: nasty, from elsewhere, or slightly changed."""
    name = _some_table(folder, rng)
    rows = _table(folder.get(name, b""))
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        row = rng.choice(rows[1:] or rows)
        if not row:
            continue
        at = rng.randrange(len(row))
        kind = rng.random()
        if kind < 0.2:
            row[at] = rng.choice(NASTY)
        elif kind < 0.4:
            row[at] = _of_its_kind(row[at], rng)
        elif kind < 0.6:
            other = rng.choice(rows[1:] or rows)
            row[at] = other[at] if at < len(other) else ""
        elif kind < 0.7:
            other = rng.choice(_table(folder[_some_table(folder, rng)])[1:] or [[""]])
            row[at] = rng.choice(other or [""])
        else:
            row[at] = rng.choice(SMALL_CHANGES)(row[at], rng)
    folder[name] = _bytes(rows, rng)
    return f"cells of {name}"


def _of_its_kind(text: str, rng: random.Random) -> str:
    """Return another number for a number, another day for a day, and so on."""
    if re.fullmatch(r"[0-9]{4}-.*", text):
        return rng.choice(DAYS)
    if re.fullmatch(r"[0-9.]+", text):
        return rng.choice(NUMBERS)
    return rng.choice(["", text + "x", text.swapcase(), text.replace("a", "á"), f"{text};{text}", f" {text}  "])


def rows(folder: Folder, rng: random.Random) -> str:
    """Rows deleted, doubled, moved, cut short, made longer or blank."""
    name = _some_table(folder, rng)
    table = _table(folder.get(name, b""))
    at = rng.randrange(len(table))
    match rng.randrange(7):
        case 0:
            del table[at]
        case 1:
            table.insert(rng.randrange(len(table) + 1), list(table[at]))
        case 2:
            table.append(table.pop(at))
        case 3:
            table[at] = table[at][: rng.randrange(len(table[at]) + 1)]
        case 4:
            table[at] = [*table[at], rng.choice(NASTY)]
        case 5:
            table[at:at] = [[]] * rng.randrange(1, 4)
        case 6:
            del table[1 + rng.randrange(len(table)) :]
    folder[name] = _bytes(table, rng)
    return f"rows of {name}"


def columns(folder: Folder, rng: random.Random) -> str:
    """A column deleted, renamed, doubled, swapped or added."""
    name = _some_table(folder, rng)
    table = _table(folder.get(name, b""))
    width = max(len(table[0]), 1)
    at, other = rng.randrange(width), rng.randrange(width)
    kind = rng.randrange(6)
    for number, row in enumerate(table):
        if at >= len(row) or other >= len(row):
            continue
        if kind == 0:
            del row[at]
        elif kind == 1 and number == 0:
            row[at] = rng.choice(SMALL_CHANGES)(row[at], rng)
        elif kind == 2:
            row.insert(at, row[at])
        elif kind == 3:
            row[at], row[other] = row[other], row[at]
        elif kind == 4:
            row.append(rng.choice(NASTY) if number else rng.choice(["x_new", "", "new", "note"]))
        elif kind == 5 and number:
            row[at] = ""
    folder[name] = _bytes(table, rng)
    return f"columns of {name}"


def raw(folder: Folder, rng: random.Random) -> str:
    """Bytes flipped, inserted, deleted, doubled or cut off, in any file."""
    name = rng.choice(list(folder))
    content = folder[name]
    if not content or isinstance(content, str):
        return "nothing"
    data = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 8])):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                data[at:at] = rng.choice([b'"', b"\0", b"\xff", b"\xe9", b"\n", b"\r", b",", b";", b"\xef\xbb\xbf"])
            case 2:
                del data[at : at + rng.choice([1, 1, 5, 100])]
            case 3:
                data[at:at] = data[at : at + rng.choice([10, 200])]
            case 4:
                del data[at:]
            case 5:
                data[at:at] = rng.choice([b'"', b'""', b'"\n', b',"', b'",', b"\r\n"])
    folder[name] = bytes(data)
    return f"bytes of {name}"


def file(folder: Folder, rng: random.Random) -> str:
    """A file missing, empty, replaced by another, or something that is no file."""
    name = rng.choice(list(folder))
    match rng.randrange(9):
        case 0:
            del folder[name]
        case 1:
            folder[name] = rng.choice([b"", b"\n", b" \n \n", b"\xef\xbb\xbf", b"\0", b"PK\x03\x04"])
        case 2:
            folder[name] = folder[rng.choice(list(folder))]
        case 3:
            folder[name] = "folder"
        case 4:
            folder[name] = "pipe"
        case 5:
            target = rng.choice(["places.csv", "../places.csv", "/etc/passwd", name, "no", "/dev/zero"])
            folder[name] = f"link to {target}"
        case 6:
            folder[name] = bytes(rng.randrange(256) for _ in range(rng.choice([1, 10, 1000])))
        case 7:
            content = folder.pop(name)
            folder[rng.choice([name.upper(), name + "x", name[1:] or "x", name.replace("s", "")])] = content
        case 8:
            content = folder[name]
            folder["departures.csv"] = rng.choice([
                b"day,people\n2021-02-02,50\n2021-02-03,1e6\n", b"day,group,place,people\n2021-02-02,police,Alpha,7\n",
                b"day,people\n", content if isinstance(content, bytes) else b"",
            ])  # fmt: skip
    return f"file {name}"


def encoding(folder: Folder, rng: random.Random) -> str:
    """A file saved in another encoding, with other separators or other line ends."""
    name = rng.choice(list(folder))
    content = folder[name]
    if isinstance(content, str):
        return "nothing"
    text = content.decode("utf-8", "replace")
    encodings = ["utf-16", "utf-16-be", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-8-sig", "utf-7", "cp037"]
    way = rng.choice([*encodings, ";", "\t", "\r", "\r\n", "\r\r\n"])
    if way in (";", "\t"):
        folder[name] = text.replace(",", way).encode()
    elif way in ("\r", "\r\n", "\r\r\n"):
        folder[name] = text.replace("\n", way).encode()
    else:
        folder[name] = text.replace("a", "é", 3).encode(way, "replace")
    return f"{name} as {way!r}"


def toml(folder: Folder, rng: random.Random) -> str:
    """Lines of scenario.toml changed, doubled, deleted or added."""
    content = folder.get("scenario.toml", b"")
    if isinstance(content, str):
        return "nothing"
    lines = content.decode("utf-8", "replace").split("\n")
    at = rng.randrange(len(lines))
    key, equals, _ = lines[at].partition("=")
    values = ["1", "-1", "0", "true", '"text"', "2021-02-03", "2021-02-03T00:00:00", "2021-02-03T00:00:00Z", "07:32:00",
              "nan", "inf", "1e308", "[]", "{}", "[[[]]]", "'x'", '"""a\nb"""', "0x" + "f" * 8000, "9" * 5000, "1_000",
              '""', "2021-02-30", "0001-01-01", "9999-12-31", "15/03/2021", "{value = 1, why = 'x'}", "[" * 2000,
              '"\\u0007"', '"' + "x" * 500 + '"', "0.5"]  # fmt: skip
    match rng.randrange(6):
        case 0 | 1 if equals:
            lines[at] = f"{key}= {rng.choice(values)}"
        case 2:
            del lines[at]
        case 3:
            lines.insert(rng.randrange(len(lines) + 1), lines[at])
        case 4:
            lines[at] = rng.choice(SMALL_CHANGES)(lines[at], rng)
        case _:
            known = rng.choice(list(BY_NAME))
            value = rng.choice(["0", "1", "0.5", "1e-6", "1000", "100", "10", "5", "0.1", "60", "2", "-5", *values])
            lines += [f"[parameters.{known}]", f"value = {value}", 'why = "a test"']
    folder["scenario.toml"] = "\n".join(lines).encode("utf-8", "replace")
    return "scenario.toml"


def edge(folder: Folder, rng: random.Random) -> str:
    """Numbers at an end of what is allowed, in one row or in all of a column; parameters at their bounds."""
    ends = {(table, column): limits for table, columns in RANGES.items() for column, *limits in columns}
    ends |= {("places", "lat"): [-90, 90], ("groups", "share"): [0, 0.5], ("acts", "enforcement"): [0, 1]}
    (table, column), limits = rng.choice(list(ends.items()))
    name = f"{table}.csv"
    rows = _table(folder.get(name, b""))
    value = str(rng.choice(limits))
    if column in rows[0]:
        at = rows[0].index(column)
        chosen = rows[1:] if rng.random() < 0.5 else rng.sample(rows[1:], min(len(rows) - 1, 2))
        for row in chosen:
            row[at:] = [value, *row[at + 1 :]]
        folder[name] = _bytes(rows, rng)
    parameter = rng.choice(list(BY_NAME.values()))
    _add_parameter(folder, parameter.name, rng.choice([parameter.lower, parameter.upper]))
    return f"{column} of {name} = {value}, {parameter.name} at a bound"


def busy(folder: Folder, rng: random.Random) -> str:
    """Much happens in the first days: events, closures, given departures, people who leave at once."""
    content = folder.get("scenario.toml", b"")
    days = re.search(rb"start = ([0-9]{4}-[0-9]{2}-[0-9]{2})", content) if isinstance(content, bytes) else None
    if days is None:
        return "nothing"
    day = days[1].decode()
    places = [row[0] for row in _table(folder.get("places.csv", b""))[1:] if row] or ["Alpha"]
    crossings = [row[4] for row in _table(folder.get("routes.csv", b""))[1:] if len(row) > 4 and row[4]] or ["gate"]
    rows = {
        "events.csv": f"Z1,{day},{day},{rng.choice(places)},clash,{rng.choice([0, 1, 50, 1e6])},{day},,,,",
        "acts.csv": f"Z2,{day},,{day},Z,state,{rng.choice(EFFECTS)},{rng.choice(crossings + places)},,"
        f"{rng.choice(['', 0, 1])},{rng.choice(['', 0, 0.5, 1])},{rng.choice(['', 0, 10])},,,,,",
        "departures.csv": f"{day},,{rng.choice(['', rng.choice(places)])},{rng.choice([0, 1, 50, 0.5, 1e10])}",
    }
    for name, row in rows.items():
        known = folder.get(name, b"day,group,place,people\n" if name == "departures.csv" else b"")
        if isinstance(known, bytes) and rng.random() < 0.7:
            folder[name] = known + row.encode() + b"\n"
    _add_parameter(folder, "departure_delay_days", 0)
    _add_parameter(folder, "departure_rate", rng.choice([0.001, 1]))
    return "a busy beginning"


def _add_parameter(folder: Folder, name: str, value: float) -> None:
    content = folder.get("scenario.toml", b"")
    if isinstance(content, bytes) and f"[parameters.{name}]".encode() not in content:
        folder["scenario.toml"] = content + f'\n[parameters.{name}]\nvalue = {value}\nwhy = "a test"\n'.encode()


WAYS = (edge, edge, busy, busy, busy, cell, cell, cell, cell, rows, rows, columns, raw, file, encoding, toml, toml)


def mutated(original: Folder, rng: random.Random) -> tuple[Folder, list[str]]:
    """Return a folder with one to four things changed, and what they are."""
    folder = dict(original)
    said = [rng.choice(WAYS)(folder, rng) for _ in range(rng.choice([1, 1, 1, 2, 2, 4])) if folder]
    return folder, said
