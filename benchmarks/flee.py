"""What Flee itself and Tiau's run of Flee's rules cost on the same cases: CPU time, memory, person-days a second.

    python benchmarks/flee.py [CASE ...] [--rules modern125] [--flee-python PATH]

Needs Flee, in this Python or in the one named: `pip install --group bench`. Cases are those of ../shared/flee-cases.
Compare ratios within one run, never seconds between machines. One process at a time on one core, each in a process
of its own: Flee once at 1 agent = 100 people, its days alone timed and taken times 100, as its time goes with agents;
Tiau at full scale after a warm-up, a member as (time of 21 members - time of 1) / 20, so that reading and preparing
the case count for neither. Flee 3.1 differs a little from the commit that ../shared/flee-reference is of, in rules and
not in how it works, so speed is compared here and results are not (verification/flee_equivalence.py does that).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
CASES = HERE.parents[2] / "shared" / "flee-cases"
HASTEN, MANY, SEED = 100, 21, 1
COLUMNS = (
    "case", "people", "days", "Flee s", "x 100", "Tiau s", "ratio", "Flee p-d/s", "Tiau p-d/s",
    "Flee MB", "Tiau MB, 1", f"Tiau MB, {MANY}",
)  # fmt: skip


def peak() -> float:
    """Return the largest memory that this process has had, in MB; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def run_tiau(case: str, rules: str) -> dict[str, float]:
    """Run a case at full scale with one member twice and with many, on one core."""
    from tiau import flee

    loaded = flee.load(case, rules)
    found: dict[str, float] = {}
    for members, name in ((1, "warm-up"), (1, "one"), (MANY, "many")):
        begun = time.process_time()
        result = flee.simulate(loaded, hasten=1, members=members, seed=SEED, jobs=1)
        found[name], found[f"peak {name}"] = time.process_time() - begun, peak()
    found["people"] = float(result.created[-1, 0])
    found["person_days"] = float(result.created[:, 0].sum())
    found["member"] = (found["many"] - found["one"]) / (MANY - 1)
    return found


def child(*command: str) -> dict[str, Any]:
    """Run a process to its end and read the JSON that it prints last."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def row(case: Path, rules: Path, flee_python: str) -> tuple[list[str], float, float]:
    """Measure one case; return the cells of its row, and the seconds of Flee at full scale and of Tiau a member."""
    ours = child(sys.executable, str(HERE), "--tiau", str(case), str(rules))
    theirs = child(flee_python, "-P", str(HERE.with_name("flee_runner.py")), str(case), str(rules), str(HASTEN))
    ratio = theirs["cpu"] * HASTEN / ours["member"]
    cells = [
        case.name, f"{ours['people']:,.0f}", f"{theirs['days']:,}", f"{theirs['cpu']:.2f}",
        f"{theirs['cpu'] * HASTEN:,.0f}", f"{ours['member']:.3f}", f"{ratio:,.0f}",
        f"{theirs['person_days'] / theirs['cpu']:.2e}", f"{ours['person_days'] / ours['member']:.2e}",
        f"{theirs.get('peak', 0):.0f}", f"{ours['peak one']:.0f}", f"{ours['peak many']:.0f}",
    ]  # fmt: skip
    return cells, theirs["cpu"] * HASTEN, ours["member"]


def main() -> None:
    """Print a row a case as soon as it is there."""
    parser = argparse.ArgumentParser(description="Flee against Tiau on Flee's cases.")
    parser.add_argument("cases", nargs="*", help="names of cases; by default all, the largest last")
    parser.add_argument("--rules", default="modern125", help="name of a set of rules")
    parser.add_argument("--flee-python", default=sys.executable, help="a Python that has Flee")
    parser.add_argument("--tiau", nargs=2, metavar=("CASE", "RULES"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.tiau:
        print(json.dumps(run_tiau(*asked.tiau)))
        return
    cases = [CASES / name for name in asked.cases] or sorted(
        (path.parent for path in CASES.glob("*/input_csv")), key=lambda case: case.name == "syria2013"
    )
    if not cases:
        sys.exit("../shared/flee-cases is not there, so there is nothing to run")
    widths = [max(len(name), 11) for name in COLUMNS]
    print("  ".join(name.rjust(width) for name, width in zip(COLUMNS, widths, strict=True)))
    theirs, ours = [], []
    for case in cases:
        cells, flee, tiau = row(case, CASES / "rules" / f"{asked.rules}.yml", asked.flee_python)
        theirs.append(flee)
        ours.append(tiau)
        print("  ".join(text.rjust(width) for text, width in zip(cells, widths, strict=True)), flush=True)
    ratios = [flee / tiau for flee, tiau in zip(theirs, ours, strict=True)]
    print(f"\nRatio: Flee's seconds x {HASTEN} over Tiau's seconds a member; {min(ratios):,.0f} to {max(ratios):,.0f}.")
    print(f"All cases together: {sum(theirs):,.0f} s over {sum(ours):.2f} s, {sum(theirs) / sum(ours):,.0f}.")
    print(f"p-d/s: person-days a second of CPU, an agent-day of Flee being one. MB: peak memory, Flee's at 1 agent = "
          f"{HASTEN} people, Tiau's at full scale with 1 and with {MANY} members.")  # fmt: skip


if __name__ == "__main__":
    main()
