"""What a fit says: what it was fitted to, what was learned, what was not told, and how the fitted figures lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tiau.calibration.budget import MOST
from tiau.calibration.checks import Checks
from tiau.calibration.fit import Fit
from tiau.calibration.learned import TOLD, Learned
from tiau.calibration.levelling import times
from tiau.faults import number_of, some_of
from tiau.observations.classes import FigureClass
from tiau.presentation.words.classes import class_words
from tiau.presentation.words.figures import plain

MOST_LEARNED, MOST_FACTORS, MOST_PAIRS, MOST_NAMED = 12, 8, 6, 12
FACTORS = ("attraction", "kin", "outflow", "inside", "event")
WHAT = {
    "parameter": "{}", "enforcement": "{} is enforced", "exemption": "{} admits", "attraction": "{} attracts",
    "kin": "the tie of {}", "outflow": "{} sends", "inside": "{} stays inside", "event": "event {}",
}  # fmt: skip
FITTED_ONES = (
    "These are the figures that it was fitted to: how many of others the bands hold is told by tiau run, of figures "
    "known later."
)
UNTOLD_MEANS = f"These keep more than {100 * TOLD:.0f}% of their spread: answers that hang on them rest on judgement."


def fitted_to(fit: Fit) -> str:
    """Say which figures a scenario was fitted to."""
    counts = Counter(class_words(one.figure_class) for one in fit.evidence.figures)
    classes = [f"{count} {name}" for name, count in counts.most_common()]
    figures = number_of(len(fit.evidence.rows), "figure")
    return f"Fitted to {figures} known by {fit.learned.known_until} ({some_of(classes, 6, 'other classes')})."


def how(fit: Fit) -> str:
    """Say how many members a fit had, and why, and what it lost for want of more."""
    members, seed = fit.learned.members, fit.learned.seed
    again = f"--members {members} --seed {seed} gives the same again"
    said = f"{members} members, seed {seed}, in {fit.seconds:.0f} s: {again}."
    if members >= MOST:
        return said
    why = "There was time for no more" if fit.chosen else "They are few"
    remedy = "--minutes" if fit.chosen else "--members"
    said += f" {why}: with fewer than {MOST} bands move with the seed (give more {remedy})"
    lost = 100 * (1 - fit.by_chance)
    return (
        f"{said}, and the {lost:.0f}% of spread that went by chance alone was given back." if lost >= 1 else f"{said}."
    )


def level(fit: Fit) -> str:
    """Say that the level was off, and what became of it; blank where it was not."""
    if len(fit.levels) < 2:
        return ""
    tries = number_of(len(fit.levels) - 1, "other rate", "other rates")
    return f"The level was off: {times(fit.levels[0])}. {tries} of leaving tried, and it is found."


def name_of(one: Learned) -> str:
    """Name something that was learned."""
    return WHAT[one.kind].format(one.name)


def band(values: Sequence[float]) -> str:
    """Write a median with its 5-95% range."""
    low, middle, high = (plain(value, 2) if abs(value) < 100 else f"{value:,.0f}" for value in values)
    return f"{middle} ({low}-{high})"


def chosen(things: Sequence[Learned]) -> list[Learned]:
    """Return what a table of what was learned holds: parameters and acts, and the factors that were told most of."""
    told = [one for one in things if one.told]
    factors = [one for one in told if one.kind in FACTORS][:MOST_FACTORS]
    return [*[one for one in told if one.kind not in FACTORS][:MOST_LEARNED], *factors]


def untold(things: Sequence[Learned]) -> list[str]:
    """Say what the figures do not tell: judged numbers, then others, then how many factors."""
    left = [one for one in things if not one.told]
    judged = [name_of(one) for one in left if one.judged]
    others = [name_of(one) for one in left if not one.judged and one.kind == "parameter"]
    factors = Counter(one.kind for one in left if one.kind in FACTORS)
    found = []
    if judged:
        found.append(f"judged numbers: {some_of(judged, MOST_NAMED)}")
    if others:
        found.append(f"other parameters: {some_of(others, MOST_NAMED)}")
    if factors:
        words = {
            "attraction": "district", "kin": "tie of a community to a district", "outflow": "home",
            "inside": "community", "event": "event",
        }  # fmt: skip
        plural = {"inside": "communities", "kin": "ties of a community to a district"}
        counts = [number_of(count, words[kind], plural.get(kind, "")) for kind, count in factors.items()]
        found.append(f"what is beyond the formula of {', '.join(counts)}")
    return found


def pairs(found: Sequence[tuple[Learned, Learned, float, float]]) -> list[str]:
    """Say what goes with what."""
    return [
        f"{name_of(one)} and {name_of(other)}: {after:+.2f}{f' (prior {before:+.2f})' if abs(before) > 0.25 else ''}"
        for one, other, after, before in found[:MOST_PAIRS]
    ]


def noise(of: Mapping[FigureClass, float]) -> list[tuple[str, str, str]]:
    """Return rows of the noise of figures: source, what is counted, and the factor either way that holds two thirds."""
    found = sorted(of.items(), key=lambda item: (item[1], item[0]))
    return [(kind.source, class_words(kind), f"{sd:.2f}") for kind, sd in found]


def inside(found: Checks) -> list[tuple[str, ...]]:
    """Return rows of how many fitted figures lie inside the bands, before and after."""
    rows = []
    for name, of in (("before", found.prior), ("after", found.posterior)):
        held = found.held(of)
        bounds = f"{sum(held)}/{len(held)}" if held else ""
        rows.append((name, str(int(found.named.sum())), *(str(n) for n in found.inside(of).values()), bounds))
    return rows
