"""What a forecast says of triggers in the terminal: chances, and beside baselines what past ones were worth."""

from __future__ import annotations

from math import isnan

from rich.console import Console
from rich.text import Text

from tiau.forecasting.trigger_answers import Answer, Answers
from tiau.presentation.columns import Column, Columns
from tiau.presentation.words import triggers as words

TABLES = 5
"""Of so many triggers the record is printed; that of the others stands in triggers.csv."""


def show_triggers(found: Answers, console: Console) -> None:
    """Print what a forecast says of triggers; nothing where there is none."""
    for number, answer in enumerate(found.answers):
        console.print()
        console.print(Text(words.answered(answer), style="bold"))
        console.print(Text(f"  {words.judged(answer)}"))
        if number < TABLES and answer.past.judged.any():
            console.print(_record(answer))
        elif said := words.others(answer):
            console.print(Text(f"  {said}"))
    for trigger, reason in found.left_out:
        console.print(Text(words.not_asked(trigger, reason)))
    if found.answers:
        console.print()
        console.print(Text(words.CHANCES, style="dim italic"))
        if any(answer.past.judged.any() for answer in found.answers):
            console.print(Text(words.HOW, style="dim italic"))


def _record(answer: Answer) -> Columns:
    columns = [
        Column("method"), Column("chance now", right=True), Column("Brier", right=True), Column("skill %", right=True),
        *(
            column for least in (words.FIRST, words.SECOND)
            for column in (Column(f"warned from {least}", right=True), Column("lead", right=True))
        ),
    ]  # fmt: skip
    table = Columns(columns)
    for method in answer.methods:
        now = answer.chances.get(method)
        record = answer.past.record(method) if method in answer.past.chances else None
        if record is None:
            table.add(method, words.chance(now), *["-"] * 6)
            continue
        skill = "-" if isnan(record.over_base_rate) else f"{100 * record.over_base_rate:.0f}"
        decided = [cell for one in record.decisions for cell in (words.counts(one.counts), words.lead(one.lead_days))]
        table.add(method, words.chance(now), f"{record.brier:.3f}", skill, *decided)
    return table
