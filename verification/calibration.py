"""Simulation-based calibration of `fit`: where truths that are known lie among the members of what was learned.

Members of the prior take the place of what happened; each is fitted to the figures that it would have had. Where a fit
is calibrated, the place of the truth among members is uniform. An unknown is called identifiable where the mean
variance of the posterior is below that of an sd of .8 (the prior's is 1). Held to a threshold are these and, as nothing
may be wrong about what could not be told either, all parameters: the chi-square of ranks of each in 5 bins has
p > .01 / their number. A few dozen truths tell little of one unknown: so the sd of normal scores of ranks (1 =
calibrated, below 1 = too wide, above = too narrow) of all of these together has to lie within 3 of its errors of 1, a
jackknife over truths. Beside it the shares in central intervals.
Run: python verification/calibration.py toys [--truths 60] [--members 60] [--seed 1] [--slack 2] [--first 0]
     python verification/calibration.py mizoram [--truths 20] [--members 100] [--seed 1] [--slack 2] [--first 0]
Toys take some minutes, mizoram-2021 about a minute a truth. Each fit is written to a file as it is done (--out): what
was stopped goes on.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import chisquare

sys.path.insert(0, str(Path(__file__).parent))

from calibration_toys import KNOWN, TOYS
from known_truths import Done, Truth, keep, kept, looked_for, truth_of

import tiau
from tiau.calibration import evidence

Floats = NDArray[np.float64]

MIZORAM, MIZORAM_KNOWN = "mizoram-2021", dt.date(2021, 12, 31)
OF_NOVEMBER, FEWEST = "R133", 200
"""The state's count of 11 November 2021. Dropped by a figure, not by what is true, the others stay uniform."""
IDENTIFIABLE = 0.8
MOST_TRUTHS = 1000
BINS, CHANCE, ERRORS = 5, 0.01, 3
TRIED, CASES = np.arange(1.0, 5.01, 0.1), 1000
LEVELS = (0.5, 0.8, 0.9)
WIDTH = 44
HEADER = f"{'':<{WIDTH}} {'sd':>5}  {'ranks':<19} {'p':>6} {'mean':>6} {'sd of scores':>13}   50% 80% 90%"


def main() -> int:
    """Do what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("toys", "mizoram"))
    parser.add_argument("--truths", type=int)
    parser.add_argument("--members", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slack", type=float, default=evidence.SLACK)
    parser.add_argument("--first", type=int, default=0, help="number of the first truth")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    truths, members = (60, 60) if asked.part == "toys" else (20, 100)
    truths, members = asked.truths or truths, asked.members or members
    name = f"{asked.part}-members{members}-seed{asked.seed}-slack{asked.slack:g}.jsonl"
    path = asked.out or Path("tiau-out") / "calibration" / name
    evidence.SLACK = asked.slack
    work = toys if asked.part == "toys" else mizoram
    done = {(row["name"], row["truth"]) for row in kept(path)}
    numbers = range(asked.first, asked.first + truths)
    keep(path, work(numbers, members, asked.seed, done))
    rows = [row for row in kept(path) if row["truth"] % MOST_TRUTHS in numbers]
    print(f"{members} members, seed {asked.seed}, variances of figures x {asked.slack:g}; {path}")
    names = dict.fromkeys(row["name"] for row in rows)
    return max([told(name, [row for row in rows if row["name"] == name]) for name in names], default=0)


def toys(truths: Iterable[int], members: int, seed: int, done: set[tuple[str, int]]) -> Iterator[Done]:
    """Fit toys to known truths."""
    for row, (name, make) in enumerate(TOYS.items()):
        # A draw goes by the names of what is drawn: under one seed toys would have the same truths.
        numbers = [MOST_TRUTHS * row + number for number in truths]
        yield from _each(name, numbers, done, partial(truth_of, make()), KNOWN, members, seed)


def mizoram(truths: Iterable[int], members: int, seed: int, done: set[tuple[str, int]]) -> Iterator[Done]:
    """Fit the structure of mizoram-2021 to known truths; those of which hardly anybody would have reported are left."""
    scenario = tiau.load(MIZORAM)

    def truth(number: int) -> Truth | None:
        found = truth_of(scenario, number)
        return found if found.figures[OF_NOVEMBER] >= FEWEST else None

    yield from _each(MIZORAM, truths, done, truth, MIZORAM_KNOWN, members, seed)


def _each(
    name: str, truths: Iterable[int], done: set[tuple[str, int]], make: Callable[[int], Truth | None], known: dt.date,
    members: int, seed: int,
) -> Iterator[Done]:  # fmt: skip
    for number in truths:
        if (name, number) in done:
            continue
        truth = make(number)
        found = looked_for(name, truth, known, members, seed) if truth else None
        yield found or {"name": name, "truth": number, "dropped": True}


def told(name: str, rows: Sequence[Done]) -> bool:
    """Print how truths lie among members; return whether an unknown that is held to the threshold fails."""
    used = [row for row in rows if "told" in row]
    print(f"\n{name}: {len(used)} truths, {len(rows) - len(used)} dropped for want of figures")
    sds = {one: float(np.sqrt(np.mean(found))) for one, found in _variances(used).items()}
    sure = [one for one in sorted(sds, key=lambda one: sds[one]) if sds[one] < IDENTIFIABLE]
    others = [one for one in sorted(sds, key=lambda one: sds[one]) if one.startswith("parameter ") and one not in sure]
    threshold = CHANCE / max(len(sure) + len(others), 1)
    tells = found_by_half(len(used), threshold)
    print(f"{len(sure)} of {len(sds)} unknowns are identifiable; threshold p > {threshold:.5f}, "
          f"which finds an sd of scores of {tells} in half of cases\n{HEADER}")  # fmt: skip
    failed = [
        *tested("identifiable", sure, used, sds, threshold),
        *tested("parameters that are not", others, used, sds, threshold),
    ]
    by_kind(used, sds, sure)
    print(f"{'FAILED: ' + ', '.join(failed) if failed else 'uniform'}")
    return bool(failed)


def tested(
    title: str, ones: Sequence[str], rows: Sequence[Done], sds: Mapping[str, float], threshold: float
) -> Iterator[str]:  # fmt: skip
    """Print some unknowns, one by one and together; yield those that fail."""
    print(title)
    for one in ones:
        if line(one, _of_truths(rows, "told", [one]), sds[one]) <= threshold:
            yield one
    scores = [ndtri(np.asarray(one)) for one in _of_truths(rows, "told", ones)]
    if scores and abs(_spread(scores) - 1.0) > ERRORS * _error(scores):
        yield f"{title}, together (sd of scores {_spread(scores):.2f} +-{_error(scores):.2f})"


def by_kind(rows: Sequence[Done], sds: Mapping[str, float], sure: Sequence[str]) -> None:
    """Print all unknowns by kind, and figures of later days by class."""
    kinds, classes = defaultdict(list), defaultdict(list)
    for one in sds:
        kinds[one.split(" ")[0] + (" identifiable" if one in sure else " others")].append(one)
    for one in dict.fromkeys(one for row in rows for one in row["outcomes"]):
        classes[one.split(":")[0]].append(one)
        classes["all"].append(one)
    print("by kind (ranks of one truth hang together: p says little)")
    for kind, ones in sorted(kinds.items()):
        sd = float(np.sqrt(np.mean([sds[one] ** 2 for one in ones])))
        line(f"{kind} ({len(ones)})", _of_truths(rows, "told", ones), sd)
    print("figures of later days (the same)")
    for kind, ones in sorted(classes.items()):
        line(f"{kind} ({len(ones)})", _of_truths(rows, "outcomes", ones))


def found_by_half(truths: int, threshold: float) -> str:
    """Return the sd of normal scores from which on the chi-square fails in half of cases, in words."""
    scores = np.random.default_rng(1).standard_normal((CASES, truths))
    for sd in TRIED:
        ranks = np.minimum((BINS * ndtr(sd * scores)).astype(int), BINS - 1)
        counts = (ranks[:, :, None] == np.arange(BINS)).sum(1)
        if np.median(chisquare(counts, axis=1).pvalue) <= threshold:
            return f"{sd:.1f}"
    return f"more than {TRIED[-1]:.0f}"


def line(title: str, of_truths: Sequence[Sequence[float]], sd: float = np.nan) -> float:
    """Print a row of the table: places of truths among members, some of each truth; return p of the chi-square."""
    places = np.concatenate([np.asarray(one, float) for one in of_truths])
    ranks = np.bincount(np.minimum((BINS * places).astype(int), BINS - 1), minlength=BINS)
    p = float(chisquare(ranks).pvalue)
    scores = [ndtri(np.asarray(one, float)) for one in of_truths]
    shares = [np.mean(np.abs(places - 0.5) < level / 2) for level in LEVELS]
    print(f"{title:<{WIDTH}.{WIDTH}} {sd:>5.2f}  {' '.join(f'{count:>3}' for count in ranks):<19} {p:>6.3f} "
          f"{np.mean(np.concatenate(scores)):>+6.2f} {_spread(scores):>6.2f} +-{_error(scores):>4.2f}   "
          f"{' '.join(f'{share:.2f}'[1:] if share < 1 else '1.0' for share in shares)}", flush=True)  # fmt: skip
    return p


def _spread(scores: Sequence[Floats]) -> float:
    return float(np.sqrt(np.mean(np.concatenate(scores) ** 2)))


def _error(scores: Sequence[Floats]) -> float:
    """Return the standard error of the sd of scores, each truth left out in turn."""
    without = [_spread([*scores[:row], *scores[row + 1 :]]) for row in range(len(scores))]
    return float(np.sqrt((len(scores) - 1) * np.var(without))) if len(scores) > 1 else np.nan


def _variances(rows: Sequence[Done]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        for one, (_, sd) in row["told"].items():
            found[one].append(sd**2)
    return found


def _of_truths(rows: Sequence[Done], part: str, ones: Sequence[str]) -> list[list[float]]:
    found = [[row[part][one] for one in ones if one in row[part]] for row in rows]
    return [[place[0] if part == "told" else place for place in of_truth] for of_truth in found if of_truth]


if __name__ == "__main__":
    sys.exit(main())
