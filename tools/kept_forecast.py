"""Make the forecast of mizoram-2021 that is kept: from what was known on 31 August 2022, for quarters to 2024.

It is made without a look at later figures, which are not in this repository, and never made anew: another version
writes a file of its own. Written are docs/forecasts/NAME.csv, quantiles in the form of forecast hubs, and where
they come from.
Run: python tools/kept_forecast.py
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
import tempfile
from pathlib import Path

import tiau

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "forecasts"
ORIGIN, END = dt.date(2022, 8, 31), dt.date(2024, 12, 31)
QUARTERS = {
    str(dt.date(year, month, day))
    for year in range(ORIGIN.year, END.year + 1) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
}  # fmt: skip


def main() -> None:
    """Forecast and write."""
    name = f"mizoram-2021-from-{ORIGIN}-tiau-{tiau.__version__}"
    target = FOLDER / f"{name}.csv"
    if target.exists():
        sys.exit(f"{target.name} is there, and a forecast that is kept is not made anew")
    found = tiau.forecast("mizoram-2021", origin=ORIGIN, horizon=(END - ORIGIN).days)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        found.save(out)
        with (out / "forecast.csv").open(encoding="utf-8", newline="") as stream:
            rows = [
                row for row in csv.DictReader(stream)
                if row["target_end_date"] in QUARTERS and row["output_type"] == "quantile" and row["value"] != "nan"
            ]  # fmt: skip
        provenance = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    FOLDER.mkdir(exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    said = {key: provenance[key] for key in ("tiau", "made", "scenario", "members", "seed", "forecast", "parameters")}
    target.with_suffix(".json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(rows):,} rows")


if __name__ == "__main__":
    main()
