"""Is Tiau Flee? Camps of ../shared/flee-reference, by day, against 40 members of Tiau at the same scale.

Run: python verification/flee_equivalence.py [FILE ...]

For each file: z of the difference of the means over every day and camp where either mean is at least one agent, and
the averaged relative differences against what chance allows. Bars: the root mean square of z is at most 2 in each
file with at least 6 runs and 1.5 on average; differences lie within 3 standard errors. Ends with 1 if a bar fails.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tiau import flee
from tiau.flee.accuracy.scores import averaged_difference, averaged_difference_rescaled
from tiau.flee.case.model import FleeCase

SHARED = Path(__file__).resolve().parents[2] / "shared"
REFERENCE, CASES = SHARED / "flee-reference", SHARED / "flee-cases"
MEMBERS, HASTEN, SEED = 40, 100, 1
LEAST_RUNS, LARGEST_RMS, LARGEST_MEAN = 6, 2.0, 1.5
# Variance of a mean that is written with two digits and of counts that are whole; slack of a written difference.
FLOOR, SLACK = 0.25, 0.002


@dataclass(frozen=True)
class Reference:
    """What Flee gave: means and standard deviations (day, camp), averaged relative differences (normal, rescaled)."""

    case: FleeCase
    camps: tuple[str, ...]
    mean: np.ndarray
    sd: np.ndarray
    data: np.ndarray
    runs: int
    differences: np.ndarray
    spreads: np.ndarray


@dataclass(frozen=True)
class Verdict:
    """How far Tiau is from it.

    Attributes
    ----------
    rms : float
        Of z.
    worst : tuple of (float, int, str)
        Largest z in size with its day and camp.
    differences, allowed : float array (2,)
        Tiau's minus Flee's averaged relative difference, normal and rescaled; what is allowed.
    """

    rms: float
    worst: tuple[float, int, str]
    differences: np.ndarray
    allowed: np.ndarray
    runs: int
    seconds: float

    @property
    def failures(self) -> list[str]:
        """The bars that fail."""
        names = np.array(["normal difference", "rescaled difference"])
        failed = names[np.abs(self.differences) > self.allowed].tolist()
        return failed + ["rms z"] * (self.runs >= LEAST_RUNS and self.rms > LARGEST_RMS)


def read_reference(path: Path) -> Reference:
    """Read a file, the case that it is of and its line of summary.csv."""
    with path.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    name, _, rules = path.stem.partition("-")
    with (path.parent / "summary.csv").open(encoding="utf-8") as stream:
        line = next(row for row in csv.DictReader(stream) if (row["case"], row["rules"]) == (name, rules))
    case = flee.load(CASES / name, CASES / "rules" / f"{rules.partition('-')[0]}.yml")
    if rules.endswith("-awareness2"):
        case = replace(case, settings=case.settings.model_copy(update={"awareness_level": 2}))
    camps = tuple(dict.fromkeys(row["place"] for row in rows))
    mean, sd, data = (
        np.array([float(row[what]) for row in rows]).reshape(-1, len(camps)) for what in ("mean", "sd", "data")
    )
    differences, spreads = (
        np.array([float(line[f"ard_{kind}_{what}"]) for kind in ("normal", "rescaled")]) for what in ("mean", "sd")
    )
    return Reference(case, camps, mean, sd, data, int(rows[0]["runs"]), differences, spreads)


def verify(reference: Reference, *, members: int = MEMBERS) -> Verdict:
    """Run the case and compare."""
    result = flee.simulate(reference.case, hasten=HASTEN, members=members, seed=SEED)
    if result.camps != reference.camps or not np.array_equal(result.data, reference.data):
        sys.exit(f"{reference.case.name}: camps or data differ from the reference")
    mean, sd = result.present.mean(2), result.present.std(2, ddof=1)
    z = (mean - reference.mean) / np.sqrt(reference.sd**2 / reference.runs + sd**2 / members + FLOOR)
    z = np.where(np.maximum(mean, reference.mean) >= 1, z, np.nan)
    day, camp = np.unravel_index(np.nanargmax(np.abs(z)), z.shape)
    data = result.data.astype(np.float64)
    ours = np.array([
        [measure(result.present[:, :, member], data) for member in range(members)]
        for measure in (averaged_difference, averaged_difference_rescaled)
    ])  # fmt: skip
    errors = reference.spreads**2 / reference.runs + ours.std(1, ddof=1) ** 2 / members
    return Verdict(
        rms=float(np.sqrt(np.nanmean(z**2))),
        worst=(float(z[day, camp]), int(day), result.camps[camp]),
        differences=ours.mean(1) - reference.differences,
        allowed=3 * np.sqrt(errors + SLACK**2),
        runs=reference.runs,
        seconds=result.seconds,
    )


def main() -> None:
    """Verify the files named, or all."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(REFERENCE.glob("*-*.csv"))
    if not paths:
        sys.exit("../shared/flee-reference is not there, so there is nothing to verify against")
    print(f"{MEMBERS} members, 1 agent = {HASTEN} people, seed {SEED}\n")
    print(f"{'file':<32} {'runs':>4} {'rms z':>6}  {'largest z, day, camp':<30} {'normal, Tiau - Flee':>22} "
          f"{'rescaled':>20} {'seconds':>8}")  # fmt: skip
    scored, failed = [], False
    for path in paths:
        found = verify(read_reference(path))
        if found.runs >= LEAST_RUNS:
            scored.append(found.rms)
        worst = "{:+.1f}, {}, {}".format(*found.worst)
        apart = [f"{x:+.4f} of {limit:.4f}" for x, limit in zip(found.differences, found.allowed, strict=True)]
        said = f"FAILS: {', '.join(found.failures)}" if found.failures else "passes"
        print(f"{path.stem:<32} {found.runs:>4} {found.rms:>6.2f}  {worst:<30} {apart[0]:>22} {apart[1]:>20} "
              f"{found.seconds:>8.1f}  {said}", flush=True)  # fmt: skip
        failed |= bool(found.failures)
    if scored:
        mean = float(np.mean(scored))
        failed |= mean > LARGEST_MEAN
        print(f"\nmean rms z of {len(scored)} files: {mean:.2f}, {'FAILS' if mean > LARGEST_MEAN else 'passes'}")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
