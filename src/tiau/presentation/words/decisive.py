"""On which judged numbers a what-if hangs, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tiau.evaluation.hanging import Hanging
from tiau.presentation.words.listing import listed
from tiau.presentation.words.ranges import percent, signed, subject
from tiau.what_ifs.differences import Outcome

NAMED = 3


def decided_by(outcome: Outcome, members: int) -> list[str]:
    """Say of each headline measure on which judged numbers it hangs, sentence by sentence."""
    by_measure: dict[tuple[str, str], list[Hanging]] = {}
    for one in outcome.hanging:
        by_measure.setdefault((one.measure, one.place), []).append(one)
    sentences: list[str] = []
    without: list[str] = []
    for key, found in by_measure.items():
        what = subject(outcome.of(*key))
        # What reads the same wherever the number lies hangs on nothing that is worth telling.
        named = [one for one in found if one.decides and len(set(at(one))) > 1]
        if not named:
            without.append(what)
        else:
            sentences.append(_in_short(what, named) if sentences else _in_full(what, named))
    if without:
        sentences.append(f"No single assumed number decides more than chance would show for {listed(without)}.")
    if by_measure:
        every = next(iter(by_measure.values()))
        sentences.append(
            f"Chance alone gives rank correlations up to {every[0].by_chance:.2f} with {members} runs and "
            f"{len(every)} assumed numbers."
        )
    return sentences


def number(one: Hanging) -> str:
    """Say which number it is."""
    return f"{_name(one)} ({one.meaning})"


def _name(one: Hanging) -> str:
    match one.kind:
        case "enforcement":
            return f"how far act {one.name} is enforced"
        case "exemption":
            return f"the share that act {one.name} admits"
        case _:
            return one.name


def at(one: Hanging) -> tuple[str, str]:
    """Write the median difference where the number is in its lowest and in its highest third."""
    return _written(one.at_lowest, one.unit), _written(one.at_highest, one.unit)


def _written(difference: float, unit: str) -> str:
    return percent(difference) if unit == "percent" else signed(difference, unit)


def _in_full(what: str, named: Sequence[Hanging]) -> str:
    told: list[str] = []
    for one in named[:NAMED]:
        low, high = at(one)
        where = f"{low}, {high}" if told else f"{low} in the third of runs where it is lowest, {high} where highest"
        told.append(f"{_name(one)} ({one.meaning}: {where}; rank correlation {one.correlation:+.2f})")
    return f"The change of {what} hangs most on {listed(told, ' and on ')}{_others(named)}."


def _in_short(what: str, named: Sequence[Hanging]) -> str:
    short = {"enforcement": "the enforcement of ", "exemption": "the exemption of "}
    told = listed(f"{short.get(one.kind, '')}{one.name} ({one.correlation:+.2f})" for one in named[:NAMED])
    return f"The change of {what} hangs most on {told}{_others(named)}."


def _others(named: Sequence[Hanging]) -> str:
    left = len(named) - NAMED
    return f", and on {left} more" if left > 0 else ""
