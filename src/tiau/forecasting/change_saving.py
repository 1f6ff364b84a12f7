"""change.csv of a forecast's folder: what became of each headline figure since an earlier forecast, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tiau.forecasting.change import Change
from tiau.forecasting.headlines import LEVELS
from tiau.results.spreadsheet import write_csv

CHANGE = "change.csv"
TOLD = "change.txt"
FILES = {
    CHANGE: "why figures are others than in the earlier forecast, part by part",
    TOLD: "the same in sentences, place by place",
}
COLUMNS = (
    "target", "location", "target_end_date", "quantile", "part", "before", "after", "change", "by_chance",
    "within_chance", "with",
)  # fmt: skip


def write(found: Change, sentences: Sequence[str], folder: Path) -> None:
    """Write change.csv into a folder, and change.txt with its sentences."""
    (folder / TOLD).write_text("\n\n".join(sentences) + "\n", encoding="utf-8", newline="\n")
    write_csv(folder / CHANGE, COLUMNS, change_rows(found))


def change_rows(found: Change) -> Iterator[tuple[str, ...]]:
    """Yield the rows of change.csv, all in persons: each figure and quantile by part, in the order of steps.

    What is after one part is before the next, so that the changes of a figure add up to the whole. `with` names the
    steps that a part stands for too.
    """
    for row, (target, place) in enumerate(found.rows):
        for level, quantile in enumerate(LEVELS):
            for step, part in enumerate(found.steps):
                before, after = map(int, found.people[row, step : step + 2, level])
                yield (
                    target, place, str(found.day), f"{quantile:g}", part, str(before), str(after), str(after - before),
                    f"{found.chance[row, step, level]:.0f}", "yes" if found.within_chance[row, step, level] else "no",
                    "; ".join(found.joined.get(part, ())),
                )  # fmt: skip
