"""Why crossings let people through, in words: the acts in force, and what they come to."""

from __future__ import annotations

import math

from tiau.explanation import Explanation, Passage
from tiau.presentation.words.figures import plain
from tiau.scenario.rows import Act


def in_words(act: Act) -> str:
    """Say in one line what an act does in the model."""
    share = "not known, counts as none" if act.enforcement is None else f"{act.enforcement:g}"
    admitted = "not known, counts as none" if act.admit_share is None else f"{act.admit_share:g}"
    amount = "no amount known" if act.amount is None else f"{act.amount:g}"
    match act.effect:
        case "close":
            return f"closes; enforcement {share}"
        case "exempt" | "admit" | "corridor":
            order = f" from {act.softens}" if act.softens else ""
            return f"lets some pass{order}; share {admitted}"
        case "quota":
            return f"lets so many pass a day: {amount}"
        case "push_back":
            return f"pushes back after passing; share {share}"
        case "expel":
            return f"expels people who stay; chance a day {share}"
        case "fence":
            return f"makes irregular passage harder; by {share}"
        case "relief":
            return f"draws people; {amount}"
        case "register":
            return f"registers; a day: {amount}"
        case _:
            return "is shown, moves nobody"


def text_of(explanation: Explanation) -> list[str]:
    """Write an explanation as lines: the acts in force, then each crossing with what they come to."""
    lines = [f"Acts in force on {explanation.day}:"]
    for act in explanation.acts:
        who = "; ".join(act.groups) or "all groups"
        estimated = ", estimated" if act.estimated else ""
        lines.append(
            f"  {act.act} {act.effect}, {act.authority} ({act.level}), since {act.from_}, {who}: "
            f"{in_words(act)}{estimated}"
        )
    if not explanation.acts:
        lines.append("  none")
    by_reason: dict[tuple[str, str], list[str]] = {}
    for passage in explanation.passages:
        by_reason.setdefault((f"{passage.way} (crossing {passage.crossing})", _reason(passage)), []).append(
            passage.group
        )
    ways = dict.fromkeys(way for way, _ in by_reason)
    for way in ways:
        lines.append(f"{way}:")
        for (of, reason), groups in by_reason.items():
            if of == way:
                everybody = len(groups) == len({p.group for p in explanation.passages})
                lines.append(f"  {'all groups' if everybody else '; '.join(groups)}: {reason}")
    return lines


def _reason(passage: Passage) -> str:
    parts = []
    for closure in passage.closures:
        softened = f", {closure.admitted:g} admitted by {closure.softened_by.act}" if closure.softened_by else ""
        parts.append(f"{closure.act.authority} by {closure.act.act} {plain(closure.chance, 3)}{softened}")
    reason = f"one attempt passes with chance {plain(passage.chance, 3)}"
    if parts:
        reason += " = " + " x ".join(parts)
        if passage.pushed:
            reason += f" x {plain(1 - passage.pushed, 3)} not pushed back"
    elif passage.pushed:
        reason += f" = {plain(1 - passage.pushed, 3)} not pushed back"
    else:
        reason += ": nobody closes it"
    if math.isfinite(passage.quota):
        reason += f"; at most {passage.quota:,.0f} a day"
    return f"{reason}; porous {passage.porous:g}"
