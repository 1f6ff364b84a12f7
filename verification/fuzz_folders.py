"""Change scenario folders at random: a fault may be told, a traceback never.

    python verification/fuzz_folders.py [20000] [--seed 1] [--jobs 2] [--through-command 100]

Each folder is mizoram-2021 or the small one of tests/folders.py with a few things changed. It is checked in this
process; one in `--through-command` also by the command `tiau check`, which must end with 0 or 2 within 60 seconds and
1 GB. A folder without faults is simulated for 3 days with 2 members: no exception, and nobody lost. Prints the seeds of
failures; exit status 1 if there are any. `--show SEED` tells what one seed does.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from fuzzing import Outcome, tell  # noqa: E402
from mutations import Folder, mutated, read_folder, write_folder  # noqa: E402

from folders import TABLES, file_name  # noqa: E402
from tiau.engine.audit import head_count  # noqa: E402
from tiau.engine.batch import batch_of  # noqa: E402
from tiau.engine.day import advance  # noqa: E402
from tiau.engine.members import draw  # noqa: E402
from tiau.engine.start import model_of  # noqa: E402
from tiau.faults import Fault, InputError, listing  # noqa: E402
from tiau.loading import examine  # noqa: E402
from tiau.scenario import library  # noqa: E402
from tiau.scenario.model import Scenario  # noqa: E402
from tiau.scenario.network import build  # noqa: E402
from tiau.simulation import simulate  # noqa: E402
from tiau.texts import visible  # noqa: E402

LONGEST_SECONDS = 60
MOST_BYTES = 1_000_000_000
MEASURED = """
import pathlib, sys
from tiau.cli.main import main
sys.argv[0] = "tiau"
try:
    main()
finally:
    # Not getrusage: its peak is that of the process that started this one, where that was larger.
    status = pathlib.Path("/proc/self/status")
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) * 1024 if status.exists() else 0
    sys.stderr.write(f"\\npeak {peak}")
"""


@cache
def originals() -> tuple[Folder, Folder]:
    small: Folder = {file_name(table): text.encode() for table, text in TABLES.items()}
    return small, read_folder(library.folder("mizoram-2021"))


def folder_of(seed: int) -> tuple[Folder, list[str]]:
    rng = random.Random(seed)
    small, large = originals()
    return mutated(small if rng.random() < 0.8 else large, rng)


def told(path: Path) -> tuple[Scenario | None, tuple[Fault, ...]]:
    """Check a folder, and write its faults as the command does."""
    try:
        scenario, faults = examine(path)
    except InputError as error:
        return None, error.faults
    short = listing(faults)
    assert len(short) <= 6000, f"{len(short)} characters"
    assert all(line == visible(line) for line in short.splitlines())
    assert scenario is not None or any(fault.level == "fault" for fault in faults), "nothing is told"
    assert all(fault.problem and fault.remedy for fault in faults), "a fault without a remedy"
    return scenario, faults


def run(scenario: Scenario) -> None:
    """Simulate 3 days with 2 members; everybody must be somewhere."""
    first = scenario.settings.start
    cut = scenario.until(min(scenario.settings.end, first + dt.timedelta(2)))
    simulate(cut, members=2, jobs=1)
    network = build(cut)
    members = draw(cut, members=2, seed=1, chance=True)
    batch = batch_of(model_of(network, members), members)
    people = head_count(batch)
    for day in range(cut.days):
        advance(batch, day)
        assert np.array_equal(head_count(batch), people), f"people are lost or appear on day {day}"
    assert people[0] == network.everybody


def through_command(path: Path, faults: tuple[Fault, ...]) -> None:
    """Check a folder by the command in a process of its own."""
    wanted = 2 if any(fault.level == "fault" for fault in faults) else 0
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "check", str(path)],
        capture_output=True, timeout=LONGEST_SECONDS, check=False,
    )  # fmt: skip
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said, said[-2000:]
    assert done.returncode == wanted, f"exit status {done.returncode}, not {wanted}: {said[-500:]}"
    assert len(done.stdout.decode("utf-8", "replace")) <= 6100, f"{len(done.stdout)} characters"
    peak = int(said.rpartition("peak ")[2])
    assert peak < MOST_BYTES, f"{peak:,} bytes"


def try_one(seed: int, share: int) -> Outcome:
    """Try the folder of a seed; every `share`-th goes through the command too."""
    begun = time.perf_counter()
    folder, done = folder_of(seed)
    kind, wrong = "failure", ""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        path = Path(name) / "mine"
        write_folder(folder, path)
        try:
            scenario, faults = told(path)
            if share and seed % share == 0:
                through_command(path, faults)
            if scenario is not None and not any(fault.level == "fault" for fault in faults):
                run(scenario)
            levels = {fault.level for fault in faults}
            kind = "faults" if "fault" in levels else "warnings" if levels else "clean"
        except Exception:
            wrong = traceback.format_exc(limit=-6)
    seconds = time.perf_counter() - begun
    if seconds > LONGEST_SECONDS and not wrong:
        kind, wrong = "failure", f"{seconds:.0f} seconds"
    return Outcome(seed, kind, "; ".join(done), wrong, seconds)


def show(seed: int) -> None:
    """Tell what a seed does to which file, and what comes of it."""
    folder, done = folder_of(seed)
    small, large = originals()
    original = min((small, large), key=lambda one: sum(folder.get(name) != one[name] for name in one))
    print("; ".join(done))
    for name in sorted({*folder, *original}):
        if folder.get(name) != original.get(name):
            print(f"== {name}\n{str(folder.get(name))[:3000]}")
    print(try_one(seed, 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--through-command", type=int, default=100, help="one in so many; 0 for none")
    parser.add_argument("--show", type=int, help="tell what this seed does, and stop")
    arguments = parser.parse_args()
    if arguments.show is not None:
        show(arguments.show)
        return 0
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        return tell(pool.map(try_one, seeds, [arguments.through_command] * len(seeds), chunksize=20), seeds, 1000)


if __name__ == "__main__":
    sys.exit(main())
