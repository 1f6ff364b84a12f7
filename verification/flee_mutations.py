"""Ways in which a case folder of Flee's goes wrong: a seed in, a folder in memory out."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import random
import re
from functools import cache
from pathlib import Path

from mutations import DAYS, NASTY, NUMBERS, SMALL_CHANGES

from flee_folders import FILES
from tiau.flee.reading.rules import DEAD, READ, REFUSED

SHARED = Path(__file__).parent.parent.parent / "shared" / "flee-cases"
DAYS_KEPT = 30
Folder = dict[str, bytes | str]
YAML_NASTY = (
    "True", "False", "'False'", "0", "1", "-1", "0.5", "1e400", ".inf", ".nan", "~", "[]", "{}", "[1, 2]", "[1, [2]]",
    "{a: 1}", "&a 1", "*a", "!!str 3", "!!python/object:os.x {}", "2012-02-30", "9" * 400, "1:30", "0x10", "|", "'",
    "[" * 50, "constant", "pop_ratio", "yes", "360.0", "[0, 0.1, 0.2, 0.5, 0.9]", "'", "- 1", "\t", "<<", "%",
)  # fmt: skip
KEYS = sorted({key for keys in (*READ.values(), *DEAD.values(), *REFUSED.values()) for key in keys})
FLOOD = (
    "spawn_rules:\n  take_from_population: True\n  conflict_zone_spawning_only: False\n"
    "  flood_zone_spawning_only: True\n  flood_driven_spawn_mode:\n    spawn_mode: constant\nmove_rules:\n"
    "  flood_rules:\n    flood_movechances: [0.3, 0.5, 1]\n    flood_loc_weights: [1, 0.5, 0.1]\n"
)


def _cut(folder: Folder) -> Folder:
    """Return a case of 30 days."""
    text = str(folder["input_csv/sim_period.csv"], "utf-8")
    rows = bytes(folder["input_csv/conflicts.csv"]).splitlines(keepends=True)
    return {
        **folder,
        "input_csv/sim_period.csv": re.sub("Length,[0-9]+", f"Length,{DAYS_KEPT}", text).encode(),
        "input_csv/conflicts.csv": b"".join(rows[: DAYS_KEPT + 1]),
    }


@cache
def originals() -> tuple[Folder, tuple[Folder, ...]]:
    """Return the small case, and the published ones with a set of rules each."""
    rules = sorted(SHARED.glob("rules/*.yml"))
    large: list[Folder] = []
    for number, home in enumerate(sorted(path.parent for path in SHARED.glob("*/input_csv"))):
        files = [path for path in sorted(home.rglob("*.csv")) if path.is_file()]
        folder: Folder = {path.relative_to(home).as_posix(): path.read_bytes() for path in files}
        large.append({**folder, "simsetting.yml": rules[number % len(rules)].read_bytes()})
    return {name: text.encode() for name, text in FILES.items()}, tuple(large)


def folder_of(seed: int) -> tuple[Folder, list[str]]:
    """Return the folder of a seed, and what was done to it."""
    rng = random.Random(seed)
    small, large = originals()
    chosen = small if rng.random() < 0.5 or not large else rng.choice(large)
    if chosen is not small and rng.random() < 0.95:
        chosen = _cut(chosen)
    folder = dict(chosen)
    if chosen is small and rng.random() < 0.1:
        folder["simsetting.yml"] = FLOOD.encode()
        folder["input_csv/flood_level.csv"] = folder["input_csv/conflicts.csv"]
        folder["input_csv/location_changes.csv"] = b"Mopti,camp,3\n"
        folder["input_csv/demographics_age.csv"] = b"age,Default,Gao\n5,0.5,1\n60,0.5,\n"
    done: list[str] = []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 6))):
        name = _a_file(folder, rng)
        change = rng.choice((_bytes, _cell, _cell, _cell, _column, _row, _row, _file) if name.endswith(".csv")
                            else (_bytes, _setting, _setting, _setting, _file))  # fmt: skip
        done.append(f"{name}: {change(folder, name, rng)}")
    return folder, done


def _a_file(folder: Folder, rng: random.Random) -> str:
    names = sorted(name for name in folder if isinstance(folder[name], bytes))
    inputs = [name for name in names if not name.startswith("source_data/")]
    return rng.choice(inputs if inputs and rng.random() < 0.7 else names or ["simsetting.yml"])


def _content(folder: Folder, name: str) -> bytes:
    content = folder.get(name, b"")
    return content if isinstance(content, bytes) else b""


def _bytes(folder: Folder, name: str, rng: random.Random) -> str:
    raw = bytearray(_content(folder, name))
    at, length = rng.randrange(len(raw) + 1), rng.choice((1, 1, 1, 4, 50))
    kind = rng.choice(("changed", "deleted", "inserted", "repeated", "cut"))
    noise = bytes(rng.choice((rng.randrange(256), *b',"\n\r#\x00;-. ')) for _ in range(length))
    match kind:
        case "changed":
            raw[at : at + length] = noise
        case "deleted":
            del raw[at : at + length]
        case "inserted":
            raw[at:at] = noise
        case "repeated":
            raw[at:at] = raw[at : at + length] * rng.choice((1, 2, 1000))
        case _:
            del raw[at:]
    folder[name] = bytes(raw)
    return f"bytes {kind} at {at}"


def _table(folder: Folder, name: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_content(folder, name).decode("utf-8", "replace"), newline=""))) or [[""]]
    except csv.Error:
        return [[""]]


def _put(folder: Folder, name: str, rows: list[list[str]], rng: random.Random) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n" if rng.random() < 0.1 else "\n", escapechar="\\")
    with contextlib.suppress(csv.Error):
        writer.writerows(rows)
    folder[name] = stream.getvalue().encode("utf-8", "replace")


def _text(old: str, rows: list[list[str]], rng: random.Random) -> str:
    """Return what a cell becomes: nasty, alike, or the text of another cell."""
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(NASTY)
    if kind == 1:
        return rng.choice(NUMBERS)
    if kind == 2:
        return rng.choice((*DAYS, "2012-03-03", "2012-2-9", "2013-12-32"))
    if kind == 3:
        return rng.choice(rng.choice(rows) or [""])
    if kind == 4:
        return rng.choice(("camp", "idpcamp", "conflict_zone", "marker", "country", "location", "link", "-1", "#", "2"))
    return rng.choice(SMALL_CHANGES)(old, rng)


def _cell(folder: Folder, name: str, rng: random.Random) -> str:
    rows = _table(folder, name)
    row = rng.randrange(len(rows))
    if not rows[row]:
        rows[row] = [""]
    column = rng.randrange(len(rows[row]))
    rows[row][column] = _text(rows[row][column], rows, rng)
    _put(folder, name, rows, rng)
    return f"cell {row + 1}, {column + 1} is {rows[row][column][:40]!r}"


def _column(folder: Folder, name: str, rng: random.Random) -> str:
    rows = _table(folder, name)
    at, kind = rng.randrange(max(map(len, rows)) + 1), rng.choice(("deleted", "added", "padded", "blank", "constant"))
    text = rng.choice(NUMBERS)
    for row in rows:
        if kind == "added":
            row.insert(at, text)
        elif at < len(row):
            if kind == "deleted":
                del row[at]
            else:
                row[at] = {"padded": f" {row[at]} ", "blank": "", "constant": text}[kind]
    _put(folder, name, rows, rng)
    return f"column {at + 1} {kind}"


def _row(folder: Folder, name: str, rng: random.Random) -> str:
    rows = _table(folder, name)
    at, kind = (
        rng.randrange(len(rows)),
        rng.choice(("deleted", "repeated", "moved", "shuffled", "cut", "long", "blank")),
    )
    match kind:
        case "deleted":
            del rows[at]
        case "repeated":
            rows[at:at] = [list(rows[at]) for _ in range(rng.choice((1, 1, 3, 500)))]
        case "moved":
            rows.insert(rng.randrange(len(rows)), rows.pop(at))
        case "shuffled":
            rng.shuffle(rows)
        case "cut":
            rows[at] = rows[at][: rng.randrange(len(rows[at]) + 1)]
        case "long":
            rows[at] = rows[at] + [rng.choice(("", "0", "x", "7"))] * rng.choice((1, 2, 700))
        case _:
            rows.insert(at, [""] * rng.randrange(4))
    _put(folder, name, rows, rng)
    return f"row {at + 1} {kind}"


def _file(folder: Folder, name: str, rng: random.Random) -> str:
    raw = _content(folder, name)
    other = rng.choice(sorted(folder))
    links = ("link to /etc/hostname", "link to nowhere", f"link to {Path(name).name}", "folder", "pipe")
    kind = rng.choice(("gone", "empty", "swapped", "special", "coded", "renamed", "doubled", "twice the columns"))
    match kind:
        case "gone":
            del folder[name]
        case "empty":
            folder[name] = rng.choice((b"", b"\n", b"\n\n,,\n", b"#", b"\xef\xbb\xbf", b'"', b"\x00", b"\xff\xfe"))
        case "swapped":
            folder[name], folder[other] = folder[other], raw
        case "special":
            folder[name] = rng.choice(links)
        case "coded":
            text = raw.decode("utf-8", "replace")
            coding = rng.choice(("utf-16", "utf-8-sig", "latin-1", "utf-32", "cp500"))
            folder[name] = text.encode(coding, "replace")
        case "renamed":
            folder[rng.choice((name.upper(), name + ".bak", name.replace(".", "_."), "source_data/x.csv"))] = raw
            del folder[name]
        case "doubled":
            folder[name] = raw + raw
        case _:
            folder[name] = b"\n".join(line + b"," + line for line in raw.splitlines())
    return kind


def _setting(folder: Folder, name: str, rng: random.Random) -> str:
    lines = _content(folder, name).decode("utf-8", "replace").splitlines() or [""]
    at = rng.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    kind = rng.choice(("value", "value", "key", "added", "deleted", "moved", "indented"))
    match kind:
        case "value":
            lines[at] = f"{key}{colon} {rng.choice((*YAML_NASTY, *NUMBERS))}"
        case "key":
            lines[at] = lines[at].replace(key.strip() or "x", rng.choice((*KEYS, "x", "Move_rules", "? [a]")))
        case "added":
            value = rng.choice((*YAML_NASTY, *NUMBERS))
            lines.insert(at + 1, f"{' ' * rng.choice((0, 2, 2, 2, 4))}{rng.choice(KEYS)}: {value}")
        case "deleted":
            del lines[at]
        case "moved":
            lines.insert(rng.randrange(len(lines)), lines.pop(at))
        case _:
            lines[at] = " " * rng.choice((0, 1, 2, 4)) + lines[at].strip()
    folder[name] = "\n".join(lines).encode("utf-8", "replace")
    return f"row {at + 1} {kind}"


def write_folder(folder: Folder, path: Path) -> None:
    """Write a folder; pipes and links are left out where the system has none."""
    for name, content in folder.items():
        file = path / name
        with contextlib.suppress(FileExistsError):
            file.parent.mkdir(parents=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif content == "folder":
            file.mkdir()
        elif content != "pipe":
            with contextlib.suppress(OSError):
                file.symlink_to(content.removeprefix("link to "))
        elif hasattr(os, "mkfifo"):
            os.mkfifo(file)
