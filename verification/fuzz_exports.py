"""Change exports at random: a proposal or a clear fault comes of each, never a traceback.

    python verification/fuzz_exports.py [20000] [--seed 1] [--jobs 2] [--show SEED]

Each file is one of ../shared/exports with a few things changed: bytes, encoding, cells, columns, rows, its end, or XML
inside a workbook. It is read, recognised, read into findings, and imported into a scenario, which has no fault after it
that it had not before. Prints the seeds of failures, what became of the others and the peak of memory; exit status 1 if
there are failures.
"""

from __future__ import annotations

import argparse
import atexit
import csv
import datetime as dt
import io
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from fuzzing import Outcome, tell  # noqa: E402
from mutations import NASTY  # noqa: E402

from tiau.building.importing import prepare  # noqa: E402
from tiau.building.new import new as new_scenario  # noqa: E402
from tiau.building.recognise import recognise  # noqa: E402
from tiau.faults import InputError  # noqa: E402
from tiau.loading import examine  # noqa: E402
from tiau.readers.exports.answers import Answers  # noqa: E402
from tiau.readers.exports.grids import read_book  # noqa: E402

SAMPLES = HERE.parents[1] / "shared" / "exports"
GAZETTEERS = ("geonames.txt", "cod-ab-old.xlsx", "cod-ab-new.xlsx", "cod-ps-thousands.csv", "cod-ps-bom.csv")
START, END, TODAY = dt.date(2023, 4, 15), dt.date(2024, 3, 31), dt.date(2024, 5, 1)
LONGEST_SECONDS = 10
MOST_BYTES = 1_000_000_000
WORDS = (*NASTY, "<5", "*", "1-9", "~140", "4.2k", "9" * 30, "2023-06-15T11:00:00.000Z", "June 2023", "#date", "TOTAL")
ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252", "utf-32", "cp037")


def of_bytes(raw: bytes, rng: random.Random) -> bytes:
    """Some bytes set, cut out or doubled."""
    changed = bytearray(raw)
    for _ in range(rng.choice([1, 3, 30])):
        at = rng.randrange(max(len(changed), 1))
        changed[at : at + rng.choice([0, 1, 5])] = rng.randbytes(rng.choice([0, 1, 4]))
    return bytes(changed)


def truncated(raw: bytes, rng: random.Random) -> bytes:
    """Only the beginning."""
    return raw[: rng.randrange(len(raw) + 1)]


def encoded(raw: bytes, rng: random.Random) -> bytes:
    """Another encoding."""
    return raw.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def tabled(raw: bytes, rng: random.Random) -> bytes:
    """Cells, columns, rows or the mark between cells of a text changed."""
    text = raw.decode("utf-8", "replace")
    mark = "\t" if "\t" in text else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) or [[""]]
    for _ in range(rng.choice([1, 1, 2, 5])):
        row = rng.choice(rows) or [""]
        at = rng.randrange(len(row))
        match rng.randrange(6):
            case 0 | 1:
                row[at] = rng.choice(WORDS)
            case 2:
                for other in rows:
                    del other[at : at + 1]
            case 3:
                rows[0][at % max(len(rows[0]), 1) :][:1] = [rng.choice(WORDS)]
                if rows[0]:
                    rows[0][at % len(rows[0])] += rng.choice([" (ind.)", "_x", "2"])
            case 4:
                rows.insert(rng.randrange(len(rows) + 1), rng.choice([["a title"], [], list(rng.choice(rows))]))
            case 5:
                rng.shuffle(rows) if rng.random() < 0.3 else rows.pop(rng.randrange(len(rows)))
                rows = rows or [[""]]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=rng.choice([mark, mark, ";", "|", "\t"])).writerows(rows)
    return stream.getvalue().encode("utf-8", "replace")


def in_workbook(raw: bytes, rng: random.Random) -> bytes:
    """Values, references or whole parts of a workbook changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == chosen or ("sheet" in name and rng.random() < 0.5):
                content = _part(content, rng)
            if name != chosen or rng.random() > 0.1:
                new.writestr(name, content)
    return stream.getvalue()


def _part(content: bytes, rng: random.Random) -> bytes:
    found = list(re.finditer(rb">[^<]+<", content)) or list(re.finditer(rb'"[^"]*"', content))
    for _ in range(rng.choice([1, 3])):
        one = rng.choice(found) if found else None
        word = rng.choice(WORDS).encode("utf-8", "replace").replace(b"<", b"&lt;").replace(b"&", b"&amp;")
        match rng.randrange(4):
            case 0 | 1 if one:
                content = content.replace(one[0], one[0][:1] + word[:50_000] + one[0][-1:], 1)
            case 2:
                content = re.sub(
                    rb'r="[A-Z]+[0-9]+"', rng.choice([b'r="XFD1048576"', b'r="A0"', b""]), content, count=1
                )
            case _:
                content = of_bytes(content, rng)
    return content


def export_of(seed: int) -> tuple[str, bytes, list[str]]:
    """Return the name, the bytes and the changes of the file of a seed."""
    rng = random.Random(seed)
    path = rng.choice(sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md"))
    raw, done = path.read_bytes(), [path.name]
    ways: list[Callable[[bytes, random.Random], bytes]] = [tabled] * 6 + [encoded, truncated, of_bytes]
    if path.suffix == ".xlsx":
        ways = [in_workbook] * 6 + [truncated, of_bytes]
    for _ in range(rng.choice([1, 1, 2])):
        way = rng.choice(ways)
        if way is in_workbook and not zipfile.is_zipfile(io.BytesIO(raw)):
            continue
        try:
            raw = way(raw, rng)
        except (zipfile.BadZipFile, zlib.error, csv.Error, EOFError, NotImplementedError, ValueError, OSError):
            continue
        done.append(way.__name__)
    return rng.choice([path.name, "a.csv", "a.xlsx", "a.json"]), raw, done


@cache
def scenario() -> Path:
    """Return a scenario folder of the areas, people and places of the samples, made once in each process."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-exports-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    new_scenario(folder / "base", start=START, end=END, home=["SDN"], abroad=["TCD"])
    prepare([SAMPLES / name for name in GAZETTEERS], folder / "base", today=TODAY).write()
    return folder / "base"


def imported(path: Path, target: Path) -> None:
    """Import a file into a copy of the scenario, which can be read afterwards, and has no fault that was not there."""
    shutil.copytree(scenario(), target)
    prepare([path], target, today=TODAY).write()
    before, after = map(faults_of, (scenario(), target))
    if after - before:
        raise AssertionError(sorted(after - before)[:3])


def faults_of(folder: Path) -> set[str]:
    """Return what is wrong with a folder."""
    return {str(fault) for fault in examine(folder)[1] if fault.level == "fault"}


def try_one(seed: int) -> Outcome:
    """Read the file of a seed into findings, and import it."""
    name, raw, done = export_of(seed)
    begun = time.perf_counter()
    kind, wrong = "failure", ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(raw)
        try:
            book = read_book(path)
            known = recognise(book)
            found = list(known.read(book, Answers())) if known else []
            kind = "of no kind" if known is None else "findings" if found else "nothing found"
            if found:
                imported(path, Path(folder) / "scenario")
        except InputError as error:
            kind = "faults"
            if not all(fault.problem and fault.remedy for fault in error.faults):
                kind, wrong = "failure", f"a fault without a remedy: {error}"
        except BaseException:
            wrong = traceback.format_exc(limit=-6)
    seconds = time.perf_counter() - begun
    status = Path("/proc/self/status")
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024 if status.exists() else 0
    if not wrong and (seconds > LONGEST_SECONDS or peak > MOST_BYTES):
        kind, wrong = "failure", f"{seconds:.0f} seconds, {peak:,} bytes"
    return Outcome(seed, kind, "; ".join(done), wrong, seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, help="tell what this seed does, and stop")
    arguments = parser.parse_args()
    if arguments.show is not None:
        print(export_of(arguments.show)[1][:3000], try_one(arguments.show))
        return 0
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        return tell(pool.map(try_one, seeds, chunksize=20), seeds, 1000)


if __name__ == "__main__":
    sys.exit(main())
