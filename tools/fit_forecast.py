"""Fit the constants of forecasts to the six cases of ../shared/flee-cases, leaving out none, one and two at a time.

They are written to src/tiau/forecasting/constants.json; a table of each with its range over the folds is printed.
Run: python tools/fit_forecast.py [CASE ...]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

import tiau
from tiau.forecasting import constants, empty_places, fitting, regression
from tiau.forecasting.quantiles import GIVEN

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT.parent / "shared" / "flee-cases"
NAMES = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")


def main() -> None:
    """Fit, write and print."""
    sources = sys.argv[1:] or [CASES / name for name in NAMES]
    store = fitting.fit([tiau.load(source) for source in sources])
    target = ROOT / "src" / "tiau" / "forecasting" / constants.FILE
    partial = target.with_suffix(".partial")
    partial.write_text(constants.to_text(store), encoding="utf-8")
    partial.replace(target)
    for row in table(store):
        print("| " + " | ".join(row) + " |")


def table(store: constants.Store) -> list[list[str]]:
    """Return each constant as fitted to all conflicts, with its least and largest value with one left out."""
    whole, *folds = (fold for left, fold in sorted(store.folds.items(), key=lambda one: len(one[0])) if len(left) < 2)
    rows = [["form", "constant", "days", *map(str, GIVEN)], ["---"] * 6]
    for name, form in regression.FORMS.items():
        spread = np.stack([fold.coefficients[name] for fold in folds])
        cells = np.stack([whole.coefficients[name], spread.min(0), spread.max(0)], axis=-1)
        rows += [
            [name, term, str(days), *(said(*three) for three in cells[knot, :, number])]
            for number, term in enumerate(form.terms) for knot, days in enumerate(regression.KNOTS)
        ]  # fmt: skip
    spread = np.stack([fold.empty for fold in folds])
    for number, name in enumerate(empty_places.PARAMETERS):
        values = spread[:, number]
        rows.append(["empty places", name, "", said(whole.empty[number], values.min(), values.max()), "", ""])
    return rows


def said(value: float, least: float, most: float) -> str:
    """Return a constant with its range over folds."""
    return f"{value:.3f} ({least:.3f} to {most:.3f})"


if __name__ == "__main__":
    main()
