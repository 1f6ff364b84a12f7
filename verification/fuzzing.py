"""What fuzzing scripts share: what became of a folder, and how many of each kind there were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Outcome(NamedTuple):
    """What became of one folder: "failure" or a kind of the script's own, what was done, and what went wrong."""

    seed: int
    kind: str
    done: str
    wrong: str
    seconds: float


def tell(outcomes: Iterable[Outcome], seeds: range, every: int) -> int:
    """Print failures as they come, counts `every` so many folders and at the end; return the exit status."""
    kinds: Counter[str] = Counter()
    slowest = Outcome(0, "", "", "", 0.0)
    for number, outcome in enumerate(outcomes, start=1):
        kinds[outcome.kind] += 1
        slowest = max(slowest, outcome, key=lambda one: one.seconds)
        if outcome.wrong:
            print(f"seed {outcome.seed}: {outcome.done}\n{outcome.wrong}", flush=True)
        if number % every == 0:
            print(f"{number:,} folders: {dict(kinds)}", flush=True)
    print(f"seeds {seeds[0]} to {seeds[-1]}: {dict(kinds)}; slowest {slowest.seed}, {slowest.seconds:.1f} s")
    return 1 if kinds["failure"] else 0
