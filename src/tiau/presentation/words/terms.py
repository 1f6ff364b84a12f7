"""Plain words for what a report speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.faults import number_of
from tiau.forecasting.forecast_result import Forecast
from tiau.forecasting.methods import METHODS
from tiau.forecasting.trigger_answers import OURS
from tiau.presentation.words.triggers import PLAIN
from tiau.results.result import Result

TERMS = (
    ("run", "one course of events as the model may have it: who leaves, which way, who gets over the border. Each run "
            "draws anew what is not known; files call a run a member."),
    ("range", "where nine runs in ten lie: one in twenty lies below it, one in twenty above."),
    ("median", "as many runs lie above it as below; with the range beside it, what is called about so many."),
    ("report", "a figure that somebody published, with who said it and when it became known."),
    ("exact, about, at least, at most", "how a report bounds what it speaks of."),
    ("class of a figure", "how wide the place is that it is of, and what it counts."),
    ("present, registered, arrived", "people there on a day; those of them on a list; all who came since the start."),
    ("act", "what an authority ordered, allowed or did about entry, stay or relief; an order that nobody is known to "
            "enforce moves nobody."),
    ("trigger", "a number of people from which somebody means to act."),
    ("fitted", "the model was set so that figures known by a day lie in its ranges; later figures test it."),
)  # fmt: skip
HANGS = (
    "How far the number of people in the main area on the last day hangs on each number that was assumed: rank "
    "correlation over all runs, 1 or -1 where it alone decides, and that number in the third of runs where the "
    "assumption is lowest and where it is highest. Grey: no more than chance shows, or the same in all runs."
)


def how(result: Result) -> str:
    """Say of how many runs numbers are, and by what they are told apart."""
    if not result.chance:
        return "One run of what is expected, without chance: there are no ranges."
    runs = number_of(result.members, "run")
    return (
        f"In brackets the range of nine chances in ten. From {runs} of the model (members, in tables) that differ in "
        "everything that is not known."
    )


def methods(found: Forecast) -> Iterator[tuple[str, str]]:
    """Yield each other method that triggers of a forecast were put to, and what it does."""
    asked = {name for answer in found.triggers.answers for name in answer.chances}
    return (
        (PLAIN[name], f"another method of forecasting, {name} in files: {METHODS[name].what}.")
        for name in METHODS
        if name in asked - {OURS}
    )
