"""What became of an earlier forecast's figures, in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from tiau.forecasting.change import MIDDLE, Change
from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import changes as words

SHOWN, TOLD = 8, 3


def show_change(found: Change, console: Console) -> None:
    """Print the largest changes by part, and two sentences about the very largest."""
    console.print()
    console.print(Text(words.opening(found)))
    made = [step for step in range(len(found.steps)) if found.parts[:, step].any()]
    columns = [
        Column("place or area"), Column("before", right=True),
        *(Column(found.steps[step], right=True) for step in made), Column("now", right=True),
    ]  # fmt: skip
    table = Columns(columns, title="medians, the largest changes; in brackets what chance alone could bring")
    for row, (_, place) in enumerate(found.rows[:SHOWN]):
        people, parts = found.people[row, :, MIDDLE], found.parts[row, :, MIDDLE]
        within = found.within_chance[row, :, MIDDLE]
        cells = [f"({parts[step]:+,})" if within[step] else f"{parts[step]:+,}" for step in made]
        table.add(place, f"{people[0]:,}", *cells, f"{people[-1]:,}")
    console.print()
    console.print(table)
    for row in range(min(TOLD, len(found.rows))):
        console.print()
        console.print(Text(words.sentences(found, row)))
    console.print()
