"""What mizoram-2021 says about policy: what explains Manipur, how well runs pair, what closures do.

Run: python verification/policy.py [manipur | pairing | deterrence | ranges] [MEMBERS]
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np

import tiau
from tiau.engine.members import VARIED
from tiau.scenario.model import Scenario
from tiau.scenario.settings import Setting

END = dt.date(2021, 12, 31)
FULL = tiau.load("mizoram-2021").until(END)
LEVELS = (0.05, 0.5, 0.95)
# Entries until the end of 2021 with the what-if against without, %: 5%, 50% and 95% quantiles where four judged numbers
# were drawn together from wide priors by hand, on the version of 22 November 2026.
DRAWN_BY_HAND = {"federal-order-enforced": (-94, -39, -11), "state-closes-too": (-94, -82, -44)}


def with_acts(scenario: Scenario, changed: dict[str, dict[str, object]], dropped: tuple[str, ...] = ()) -> Scenario:
    """Return the scenario with columns of some acts changed, and some acts dropped."""
    acts = [a.model_copy(update=changed.get(a.act, {})) for a in scenario.acts if a.act not in dropped]
    return scenario.model_copy(update={"acts": tuple(acts)})


def with_parameter(scenario: Scenario, name: str, value: float) -> Scenario:
    """Return the scenario with another value of a parameter."""
    parameters = {**scenario.settings.parameters, name: Setting(value=value, why="sensitivity")}
    return scenario.model_copy(update={"settings": scenario.settings.model_copy(update={"parameters": parameters})})


def without_affinity(scenario: Scenario, name: str) -> Scenario:
    """Return the scenario whose groups have no affinity to an area or place."""
    groups = [
        group.model_copy(update={"affinity": tuple(pair for pair in group.affinity if pair[0] != name)})
        for group in scenario.groups
    ]
    return scenario.model_copy(update={"groups": tuple(groups)})


def entries(result: tiau.Result, area: str) -> np.ndarray:
    """Return entries into an area at the end, a member each."""
    return np.asarray(result.area(area, "arrived_cumulative")[-1], np.float64)


def in_words(numbers: np.ndarray, form: str = "{:,.0f}") -> str:
    """Write the median and the 90% range of numbers."""
    low, middle, high = (form.format(x) for x in np.quantile(numbers, LEVELS))
    return f"{middle} ({low} to {high})"


def percent_in_words(band: tuple[float, float, float]) -> str:
    """Write the quantiles of a difference in percent."""
    low, middle, high = band
    return f"{middle:+.0f}% ({low:+.0f}% to {high:+.0f}%)"


def manipur(members: int) -> None:
    """Print which share of the difference between Mizoram and Manipur the difference in policy explains."""
    print(f"\nEntries until {END}; Manipur with Mizoram's federal order and without its own acts; {members} members")
    print(f"{'':<40} {'Mizoram':>24} {'Manipur':>22} {'with that policy':>22} {'share explained':>22}")
    decay = FULL.values["distance_decay"]
    for title, scenario in (
        ("as it is", FULL),
        ("no group avoids Manipur (affinity 0)", without_affinity(FULL, "Manipur")),
        ("distance_decay halved", with_parameter(FULL, "distance_decay", decay / 2)),
        ("distance_decay doubled", with_parameter(FULL, "distance_decay", decay * 2)),
        ("km_per_day_waited 0 instead of 200", with_parameter(FULL, "km_per_day_waited", 0)),
    ):
        acts = {act.act: act for act in scenario.acts}
        like_mizoram = {
            "P21m": {"enforcement": acts["P21"].enforcement}, "P21y": {"admit_share": acts["P21x"].admit_share},
        }  # fmt: skip
        as_it_was = tiau.simulate(scenario, members=members)
        result = tiau.simulate(with_acts(scenario, like_mizoram, dropped=("P24", "P25")), members=members)
        there, here, other = entries(as_it_was, "Mizoram"), entries(as_it_was, "Manipur"), entries(result, "Manipur")
        share = 100 * (other - here) / (there - here)
        print(f"{title:<40} {in_words(there):>24} {in_words(here):>22} {in_words(other):>22} "
              f"{in_words(share, '{:.1f}%'):>22}", flush=True)  # fmt: skip


def pairing(members: int) -> None:
    """Print the sd of a difference by the same draws against different draws, with members fixed and drawn."""
    print(f"\nPairing: enforcement of P21 0.1 -> 0.05, entries over Zokhawthar until {END}, {members} members")
    print(f"{'parameters and shocks':>24} {'difference':>11} {'paired sd':>10} {'independent sd':>15} {'ratio':>6}")
    weaker = with_acts(FULL, {"P21": {"enforcement": 0.05}})
    for vary, words in (((), "fixed"), (("parameters", "shocks"), "judged fixed"), (VARIED, "drawn")):
        before, after = (
            result.crossings[result.network.crossings.index("Zokhawthar"), -1].astype(float)
            for result in (tiau.simulate(scenario, members=members, vary=vary) for scenario in (FULL, weaker))
        )
        paired, independent = np.std(after - before), np.sqrt(np.var(after) + np.var(before))
        print(f"{words:>24} {np.mean(after - before):>+11,.0f} {paired:>10.1f} {independent:>15.1f} "
              f"{independent / paired:>6.1f}", flush=True)  # fmt: skip


def deterrence(members: int) -> None:
    """Print how far what closures do hangs on how much a day of waiting deters, other judged numbers as given."""
    print(f"\nEntries with a what-if against without, until {END}, median and 90% range of {members} members")
    print(f"{'km_per_day_waited':>18}" + "".join(f"{name:>26}" for name in DRAWN_BY_HAND))
    for kilometres in (0, 50, 200, 400):
        scenario = with_parameter(FULL, "km_per_day_waited", kilometres)
        found = tiau.compare(scenario, DRAWN_BY_HAND, members=1, members_given=members)
        cells = [percent_in_words(outcome.of("entries").given_percent) for outcome in found.outcomes]
        print(f"{kilometres:>18}" + "".join(f"{cell:>26}" for cell in cells), flush=True)


def ranges(members: int) -> None:
    """Print both ranges of what closures do, what they hang on, and whether the outer holds what wide priors gave."""
    found = tiau.compare(FULL, DRAWN_BY_HAND, members=members)
    print(f"\nEntries with a what-if against without, until {END}, median and 90% range of {members} members "
          f"({found.members_given} given the judged numbers)")  # fmt: skip
    print(f"{'':<24} {'over all not known':>20} {'given judged':>20} {'drawn by hand':>20} held")
    for outcome in found.outcomes:
        entries, by_hand = outcome.of("entries"), DRAWN_BY_HAND[outcome.name]
        held = entries.percent[0] <= by_hand[0] and by_hand[2] <= entries.percent[2]
        cells = [percent_in_words(band) for band in (entries.percent, entries.given_percent, by_hand)]
        print(f"{outcome.name:<24}" + "".join(f" {cell:>20}" for cell in cells) + f" {'yes' if held else 'no'}")
        for one in outcome.hanging[:4]:
            at = f"{one.at_lowest:+.0f}% to {one.at_highest:+.0f}%"
            print(f"    {one.measure} by {one.kind} {one.name}, {one.low:.3g} to {one.high:.3g}: {at}, "
                  f"rank correlation {one.correlation:+.2f}, by chance {one.by_chance:.2f}", flush=True)  # fmt: skip


PARTS = {"manipur": manipur, "pairing": pairing, "deterrence": deterrence, "ranges": ranges}

if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    for part in [word for word in sys.argv[1:] if word in PARTS] or list(PARTS):
        PARTS[part](numbers[0] if numbers else 60)
