"""Change case folders of Flee's at random: a fault may be told, a traceback never.

    python verification/fuzz_flee.py [20000] [--seed 1] [--jobs 2]

Each folder is one of the published cases of ../shared/flee-cases, cut to 30 days (one in 20 in full), or the small one
of tests/flee_folders.py, with a few things changed: bytes, cells, rows, files, settings. It is read in this process
under a limit of 20 seconds of the processor and 4 GB. What is read must be sound: its counts can be made, it is written
and read back the same, and as a scenario it comes back too and (one in ten) passes `tiau check`. Prints the seeds of
failures; exit status 1 if there are any. `--show SEED` tells what one seed does.
"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

from flee_mutations import folder_of, write_folder  # noqa: E402
from fuzzing import Outcome, tell  # noqa: E402

from tiau import flee  # noqa: E402
from tiau.faults import InputError, listing  # noqa: E402
from tiau.flee.case.counts import counts  # noqa: E402
from tiau.flee.case.model import FleeCase  # noqa: E402
from tiau.flee.conversion import scenario_of  # noqa: E402
from tiau.loading import examine  # noqa: E402
from tiau.readers import native  # noqa: E402
from tiau.texts import visible  # noqa: E402

LONGEST_SECONDS = 20
MOST_BYTES = 4_000_000_000


class TooSlowError(Exception):
    """The limit of time is over."""


def sound(case: FleeCase, place: Path, *, natively: bool) -> None:
    """Require that what was read can be counted, written, converted and read again."""
    days = min(case.days, 400)
    found = counts(case, hasten=case.settings.hasten, days=days)
    assert found.shape == (len(case.labels), days)
    assert (found >= 0).all()
    assert all(text == visible(text) for text in (*case.repairs, *case.warnings))
    flee.write(case, place / "written" / case.name)
    again = flee.load(place / "written" / case.name)
    assert again == case, "written and read back it differs"
    try:
        scenario = scenario_of(case)
    except InputError as error:
        told(error)
        return
    if natively:
        native.write(scenario, place / "native")
        read, faults = examine(place / "native")
        wrong = [str(fault) for fault in faults if fault.level == "fault"]
        assert not wrong, wrong[:3]
        assert read == scenario, "by way of a scenario folder it differs"


def _outcome(place: Path, *, natively: bool) -> tuple[str, str]:
    """Return what became of the folder "mine" of a place: the kind, and what went wrong."""
    try:
        case, faults = flee.load(place / "mine"), None
    except InputError as error:
        case, faults = None, error
    except Exception as error:
        if isinstance(error, TooSlowError):
            raise
        return "failure", traceback.format_exc(limit=-6)
    try:
        if faults is not None:
            told(faults)
        else:
            assert case is not None
            sound(case, place, natively=natively)
    except TooSlowError:
        raise
    except Exception:
        return "failure", traceback.format_exc(limit=-6)
    return ("faults" if case is None else "read"), ""


def _stop(signal_number: int, frame: object) -> None:
    raise TooSlowError


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Raise TooSlowError in what takes too long: of the processor's time, or ten times as long by the clock."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    # A machine may have much else to do.
    limits = (
        (signal.SIGPROF, signal.ITIMER_PROF, LONGEST_SECONDS),
        (signal.SIGALRM, signal.ITIMER_REAL, 10 * LONGEST_SECONDS),
    )
    for told_by, timer, seconds in limits:
        signal.signal(told_by, _stop)
        signal.setitimer(timer, seconds)
    try:
        yield
    finally:
        for _, timer, _ in limits:
            signal.setitimer(timer, 0)


def try_one(seed: int) -> Outcome:
    """Try the folder of a seed."""
    begun = time.perf_counter()
    folder, done = folder_of(seed)
    kind, wrong = "failure", ""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("error")
        place = Path(name)
        write_folder(folder, place / "mine")
        try:
            with in_time():
                kind, wrong = _outcome(place, natively=seed % 10 == 0)
        except TooSlowError:
            wrong = traceback.format_exc(limit=-6)
    return Outcome(seed, kind, "; ".join(done), wrong, time.perf_counter() - begun)


def told(error: InputError) -> None:
    """Require that faults are told in lines that can be printed, each with a remedy."""
    short = listing(error.faults)
    assert len(short) <= 6000, f"{len(short)} characters"
    assert all(line == visible(line) for line in short.splitlines())
    assert all(fault.problem and fault.remedy and fault.level == "fault" for fault in error.faults), short


def limit_memory() -> None:
    """Limit the memory of this process where the system can."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, help="tell what this seed does, and stop")
    arguments = parser.parse_args()
    if arguments.show is not None:
        folder, done = folder_of(arguments.show)
        for name in dict.fromkeys(one.partition(":")[0] for one in done):
            print(f"== {name}\n{str(folder.get(name))[:3000]}")
        print(try_one(arguments.show))
        return 0
    seeds = range(arguments.seed, arguments.seed + arguments.count)
    with ProcessPoolExecutor(arguments.jobs, initializer=limit_memory) as pool:
        return tell(pool.map(try_one, seeds, chunksize=20), seeds, 2000)


if __name__ == "__main__":
    sys.exit(main())
