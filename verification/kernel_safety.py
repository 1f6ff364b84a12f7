"""Do Flee's kernels stay within their arrays, and are people conserved to the last one?

Run: python verification/kernel_safety.py [--seeds 50] [--members 20]

With bounds checked (NUMBA_BOUNDSCHECK=1): the input that once corrupted memory with many seeds, then the six cases of
../shared/flee-cases with rules of awareness 2 that avoid short stints. Ends with 1 if anything fails.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

# Before numba is loaded: kernels with bounds checked are other kernels.
os.environ["NUMBA_BOUNDSCHECK"] = "1"

from tiau import flee
from tiau.faults import ConservationError

SHARED = Path(__file__).resolve().parents[2] / "shared"
ONCE_FATAL, CASES = SHARED / "failing-inputs" / "flee-segfault-awareness2", SHARED / "flee-cases"
RULES = CASES / "rules" / "modern125aw2dm75.yml"


def tried(case: Path, rules: Path, *, hasten: int | None, members: int, seed: int) -> str:
    """Run a case; say what went wrong, nothing if all is well."""
    try:
        result = flee.simulate(flee.load(case, rules), hasten=hasten, members=members, seed=seed)
    except (ConservationError, IndexError) as error:
        return f"{type(error).__name__}: {error}"
    made = result.created[-1]
    moving = made - result.everywhere.sum(0)
    return "" if (moving >= 0).all() and (made == made.round()).all() else "more people at places than were created"


def main() -> None:
    """Try all and say what fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=50)
    parser.add_argument("--members", type=int, default=20)
    chosen = parser.parse_args()
    if not ONCE_FATAL.is_dir() or not CASES.is_dir():
        sys.exit("../shared/failing-inputs or ../shared/flee-cases is not there, so there is nothing to try")
    plans = [(ONCE_FATAL, ONCE_FATAL / "simsetting.yml", 100, 8, seed) for seed in range(1, chosen.seeds + 1)]
    plans += [
        (path, RULES, None, chosen.members, 1) for path in sorted(CASES.iterdir()) if (path / "input_csv").is_dir()
    ]
    failed = 0
    for case, rules, hasten, members, seed in plans:
        begun = time.perf_counter()
        wrong = tried(case, rules, hasten=hasten, members=members, seed=seed)
        failed += bool(wrong)
        took = time.perf_counter() - begun
        print(f"{case.name}, {members} members, seed {seed}: {wrong or 'people conserved'} ({took:.1f} s)", flush=True)
    print(f"{len(plans)} runs, {failed} failed")
    sys.exit(int(failed > 0))


if __name__ == "__main__":
    main()
