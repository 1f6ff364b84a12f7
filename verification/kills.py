"""Kill a run twenty times with signal 9, anywhere, and see what is under the name afterwards.

    python verification/kills.py [--kills 20] [--members 20] [--until 2021-06-30]

Half of the kills hit any moment of the run, half the time of writing. Prints a table; exit status 1 on a failure.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tiau.results import folder


class Kill(NamedTuple):
    where: str
    moment: float
    found: str
    beside: str
    afterwards: str
    faults: list[str]


def command(arguments: argparse.Namespace, out: Path, seed: int) -> list[str]:
    return [
        sys.executable, "-m", "tiau", "run", "mizoram-2021", "--members", str(arguments.members),
        "--until", arguments.until, "--no-width-sources", "--seed", str(seed), "--out", str(out),
    ]  # fmt: skip


def start(words: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")


def seed_in(out: Path) -> int | None:
    """Return the seed of the whole result under the name, None where nothing is there."""
    if not out.exists():
        return None
    if not folder.is_result(out):
        return -1
    return int(json.loads((out / folder.PROVENANCE).read_text(encoding="utf-8"))["seed"])


def partial_made(parent: Path) -> bool:
    return any(parent.glob(".tiau-partial-*/*"))


def timed(words: list[str], parent: Path) -> tuple[float, float, str]:
    """Run to the end; return when it began to write and when it ended, in seconds, and what it said."""
    begun = time.monotonic()
    process = start(words)
    writing = 0.0
    while process.poll() is None:
        if not writing and partial_made(parent):
            writing = time.monotonic() - begun
        time.sleep(0.002)
    return writing, time.monotonic() - begun, process.communicate()[0]


def kill(words: list[str], out: Path, *, while_writing: bool, after: float, earlier: int, new: int) -> Kill:
    begun = time.monotonic()
    process = start(words)
    while while_writing and process.poll() is None and not partial_made(out.parent):
        time.sleep(0.001)
    time.sleep(after)
    ended = process.poll() is not None
    process.kill()
    process.communicate()
    moment = time.monotonic() - begun
    seed = seed_in(out)
    beside = [path.name.split("-")[1] for path in out.parent.iterdir() if path != out]
    faults = []
    if seed not in (None, earlier, new):
        faults.append("what is under the name is no whole result")
    if ended and seed != new:
        faults.append("the run ended and its result is not there")
    notes = folder.prepare(out)
    recovered = seed_in(out)
    if recovered not in (earlier, new):
        faults.append("the earlier result is lost")
    if seed is not None and recovered != seed:
        faults.append("tidying up changed the result")
    left = [path.name for path in out.parent.iterdir() if path != out]
    if left:
        faults.append(f"left beside it: {', '.join(left)}")
    name = {None: "nothing", earlier: "earlier", new: "new"}
    said = "; ".join(note.split()[0] for note in notes) or "-"
    return Kill(
        ("writing" if while_writing else "any") + (" (had ended)" if ended else ""), moment, name.get(seed, "BROKEN"),
        " ".join(sorted(beside)) or "-", f"{name.get(recovered, 'LOST')} ({said})", faults,
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--members", type=int, default=20)
    parser.add_argument("--until", default="2021-06-30")
    parser.add_argument("--moments", type=int, default=1, help="seed of the moments")
    arguments = parser.parse_args()
    chance = random.Random(arguments.moments)
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "parent" / "out"
        timed(command(arguments, out, 1), out.parent)
        writing, end, said = timed(command(arguments, out, 1), out.parent)
        if seed_in(out) != 1:
            print(said)
            return 1
        print(f"a run takes {end:.1f} s and begins to write after {writing:.1f} s")
        print(f"\n{'kill':>4}  {'where':<18}{'at s':>6}  {'under the name':<16}{'beside':<16}afterwards")
        earlier = 1
        for number in range(1, arguments.kills + 1):
            new = number + 1
            while_writing = number % 2 == 0
            after = chance.uniform(0, 1.05 * (end - writing) if while_writing else end)
            words = command(arguments, out, new)
            found = kill(words, out, while_writing=while_writing, after=after, earlier=earlier, new=new)
            row = f"{number:>4}  {found.where:<18}{found.moment:>6.2f}  {found.found:<16}{found.beside:<16}"
            print(row + found.afterwards + "".join(f"  FAILED: {fault}" for fault in found.faults), flush=True)
            failures += bool(found.faults)
            earlier = seed_in(out) or earlier
        _, _, said = timed(command(arguments, out, 1000), out.parent)
        left = sorted(path.name for path in out.parent.iterdir())
        if seed_in(out) != 1000 or left != ["out"]:
            failures += 1
            print(f"FAILED: the run after the last kill left {left}\n{said}")
    print(f"\n{arguments.kills} kills, {failures} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
