"""The scorecard that is kept: hindcasts of every conflict at hand by every method, in docs/scorecard.csv and .md.

Lines of other versions stay in docs/scorecard.csv; those of this version are made again. Forecasts that are
kept, docs/forecasts/*.csv, are named beside them.
Run: python verification/scorecard.py [--only CONFLICT ...] [--page]
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fit_darfur import made

import tiau
from tiau.forecasting.methods import METHODS
from tiau.forecasting.outcome import ALL, ALL_PANELS, Line
from tiau.scenario.model import Scenario

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CARD, PAGE = ROOT / "docs" / "scorecard.csv", ROOT / "docs" / "scorecard.md"
KEPT = ROOT / "docs" / "forecasts"
COLUMNS = (
    "version", "made", "conflict", "panels", "first", "days", "method", "figures", "origins", "crps", "versus_trend",
    "versus_p05", "versus_p95", "crps_log", "covered_50", "covered_80", "covered_90",
)  # fmt: skip
ABOUT = """\
Forecasts made again on past days by what was known then, set beside what came; every conflict at hand, every method.
`python verification/scorecard.py` makes this page and [scorecard.csv](scorecard.csv), which also keeps lines of earlier
versions. What the methods are, what is scored and how: [forecasting.md](forecasting.md). CRPS in % of the people
counted, and of the logs of figures: the smaller the better. Bands promise 50, 80 and 90%.
"""
FLEE = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")


@dataclass(frozen=True)
class Conflict:
    """A conflict that forecasts are made of again.

    Attributes
    ----------
    read : callable
        Returns its scenario.
    options : mapping
        Of `tiau.hindcast`.
    about : str
        What a reader has to know of it.
    segment : str
        The figures that are told: of the main panel, or of every one.
    """

    read: Callable[[], Scenario]
    options: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    segment: str = ALL


def darfur() -> Scenario:
    """Return the scenario that is made of the sample exports alone."""
    with tempfile.TemporaryDirectory() as folder:
        return made(SHARED / "exports", Path(folder))


def flee_case(name: str) -> Conflict:
    """Return a case in Flee's format, whose constants were fitted without it."""
    return Conflict(lambda: tiau.load(SHARED / "flee-cases" / name), about="case of Flee's, constants without it")


CONFLICTS = {
    "mizoram-2021": Conflict(
        lambda: tiau.load("mizoram-2021"), {"first": "2021-12-31", "methods": list(METHODS)},
        "packaged; the model was made by people who knew what came, its parameters fitted to what was known",
        ALL_PANELS,
    ),
    "darfur": Conflict(
        darfur, {"methods": list(METHODS)}, "made of sample exports by verification/fit_darfur.py; few figures",
        ALL_PANELS,
    ),
    **{name: flee_case(name) for name in FLEE},
}  # fmt: skip


def main() -> None:
    """Make hindcasts and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", choices=CONFLICTS, default=list(CONFLICTS), help="conflicts made again")
    parser.add_argument("--page", action="store_true", help="write the page alone")
    given = parser.parse_args()
    rows = kept()
    for name in [] if given.page else given.only:
        found = made_again(name)
        rows = [row for row in rows if (row["version"], row["conflict"]) != (tiau.__version__, name)] + found
        write(rows)
        print(f"{name}: {len(found)} lines", flush=True)
    PAGE.write_text("\n".join(page(rows)) + "\n", encoding="utf-8")


def kept() -> list[dict[str, str]]:
    """Return the lines of earlier runs."""
    if not CARD.exists():
        return []
    with CARD.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(rows: list[dict[str, str]]) -> None:
    """Write docs/scorecard.csv."""
    partial = CARD.with_suffix(".partial")
    with partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    partial.replace(CARD)


def made_again(name: str) -> list[dict[str, str]]:
    """Return the lines of a hindcast of one conflict, of every panel where there are several."""
    conflict = CONFLICTS[name]
    found = tiau.hindcast(conflict.read(), **conflict.options)
    first = dt.date.fromordinal(min(target.origin for target in found.cases[0].targets))
    return [cells(name, first, line) for line in found.lines if line.segment == conflict.segment]


def cells(name: str, first: dt.date, line: Line) -> dict[str, str]:
    """Return a line of a hindcast as a row of docs/scorecard.csv."""
    numbers = {
        "crps": line.crps, "versus_trend": line.versus, "versus_p05": line.low, "versus_p95": line.high,
        "crps_log": line.crps_log, "covered_50": line.covered[0], "covered_80": line.covered[1],
        "covered_90": line.covered[2],
    }  # fmt: skip
    return {
        "version": tiau.__version__, "made": str(dt.datetime.now(dt.UTC).date()), "conflict": name,
        "panels": "all" if line.segment == ALL_PANELS else "main", "first": str(first), "days": str(line.horizon),
        "method": line.method, "figures": str(line.figures), "origins": str(line.origins),
        **{column: f"{value:.4g}" for column, value in numbers.items()},
    }  # fmt: skip


def page(rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield the lines of docs/scorecard.md."""
    yield "# Scorecard\n"
    yield ABOUT
    yield "Methods marked * know what nobody knew on the day."
    for version in dict.fromkeys(row["version"] for row in reversed(rows)):
        of_version = [row for row in rows if row["version"] == version]
        yield f"\n## Version {version}"
        for name in [name for name in CONFLICTS if any(row["conflict"] == name for row in of_version)]:
            yield from of_conflict(name, [row for row in of_version if row["conflict"] == name])
    yield from waiting()


def of_conflict(name: str, rows: list[dict[str, str]]) -> Iterator[str]:
    """Yield the table of one conflict."""
    first = rows[0]
    panels = "; figures of every kind and level, where people may be counted twice" if first["panels"] == "all" else ""
    yield f"\n### {name}\n\n{CONFLICTS[name].about}; from {first['first']} on, made {first['made']}{panels}.\n"
    head = ("days", "method", "CRPS %", "against trend, % (5-95%)", "of logs", "in 50%", "in 80%", "in 90%", "figures")
    yield f"| {' | '.join(head)} | origins |"
    yield "|---" * (len(head) + 1) + "|"
    for row in rows:
        leak = " *" if METHODS.get(row["method"]) and METHODS[row["method"]].leaks else ""
        inside = " | ".join(f"{100 * float(row[f'covered_{share}']):.0f}" for share in (50, 80, 90))
        yield (
            f"| {row['days']} | {row['method']}{leak} | {100 * float(row['crps']):.1f} | {versus(row)} |"
            f" {float(row['crps_log']):.3f} | {inside} | {row['figures']} | {row['origins']} |"
        )


def versus(row: dict[str, str]) -> str:
    """Return by how much a method is above the trend."""
    if row["method"] == "trend":
        return "reference"
    of, low, high = (100 * float(row[name]) for name in ("versus_trend", "versus_p05", "versus_p95"))
    return f"{of:+.1f}" + ("" if low != low else f" ({low:+.1f} to {high:+.1f})")


def waiting() -> Iterator[str]:
    """Yield which forecasts wait for figures."""
    yield "\n## Forecasts that wait for what comes\n"
    yield (
        "Made from what was known on their day, without a look at later figures, which are not in this repository;\n"
        "never changed after (tools/kept_forecast.py).\n"
    )
    for path in sorted(KEPT.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        days = sorted({row["target_end_date"] for row in rows})
        places = len({row["location"] for row in rows})
        yield f"- [{path.name}](forecasts/{path.name}): from {rows[0]['reference_date']}, {places} places and areas,"
        yield f"  for {', '.join(days)}."


if __name__ == "__main__":
    main()
