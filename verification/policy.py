"""What mizoram-2021 says about policy: is enforcement identifiable, what explains Manipur; and how well runs pair.

Run: python verification/policy.py [MEMBERS]
"""

from __future__ import annotations

import datetime as dt
import sys

import numpy as np

import tiau
from tiau.observations.reporting import averaged, run_log_likelihood
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME, values

MEMBERS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
END = dt.date(2021, 12, 31)
FULL = tiau.load("mizoram-2021").until(END)


def with_acts(scenario: Scenario, changed: dict[str, dict[str, object]], dropped: tuple[str, ...] = ()) -> Scenario:
    """Return the scenario with columns of some acts changed, and some acts dropped."""
    acts = [a.model_copy(update=changed.get(a.act, {})) for a in scenario.acts if a.act not in dropped]
    return scenario.model_copy(update={"acts": tuple(acts)})


def entries(result: tiau.Result, area: str) -> np.ndarray:
    """Return entries into an area at the end, a member each."""
    return np.asarray(result.area(area, "arrived_cumulative")[-1], np.float64)


def profile() -> None:
    """Print the log likelihood over the enforcement of the federal order at Mizoram's crossings."""
    print(f"\nLog likelihood over the enforcement of P21 at Mizoram's crossings, {MEMBERS} members, to {END}")
    print(f"{'enforcement':>12} {'log likelihood':>15} {'mean over members':>18} {'entries, median':>16}")
    slack = values(FULL.settings.parameters)["about_slack"]
    for enforcement in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0):
        changed = {name: {"enforcement": enforcement} for name in ("P21",)}
        result = tiau.simulate(with_acts(FULL, changed), members=MEMBERS)
        rows = [i for i, entry in enumerate(result.entries) if entry.places.any() and entry.report.place == "Mizoram"]
        likelihood = run_log_likelihood(
            [result.entries[row] for row in rows], np.asarray(result.truth)[rows], result.parameters, slack
        )
        print(f"{enforcement:>12.2f} {averaged(likelihood):>15.1f} {likelihood.mean():>18.1f} "
              f"{np.median(entries(result, 'Mizoram')):>16,.0f}")  # fmt: skip


def manipur() -> None:
    """Print how entries into Manipur and Mizoram change when each has the other's policy."""
    print(f"\nPolicy or place: entries until {END}, medians of {MEMBERS} members")
    like_mizoram = with_acts(FULL, {"P21m": {"enforcement": 0.1}, "P21y": {"admit_share": 0.5}}, ("P24", "P25"))
    like_manipur = with_acts(FULL, {"P21": {"enforcement": 0.5}, "P21x": {"admit_share": 0.2}})
    print(f"{'':<38} {'Mizoram':>9} {'Manipur':>9}")
    for title, scenario in (("as it was", FULL), ("Manipur with Mizoram's policy", like_mizoram),
                            ("Mizoram with Manipur's federal orders", like_manipur)):  # fmt: skip
        result = tiau.simulate(scenario, members=MEMBERS)
        print(
            f"{title:<38} {np.median(entries(result, 'Mizoram')):>9,.0f} {np.median(entries(result, 'Manipur')):>9,.0f}"
        )


def pairing() -> None:
    """Print the sd of a difference by the same seed against different seeds, with members fixed and drawn."""
    print(f"\nPairing: enforcement of P21 changed, entries over Zokhawthar, {MEMBERS} members")
    print(
        f"{'enforcement':>14} {'parameters and weather':>24} {'difference':>11} "
        f"{'paired sd':>10} {'independent sd':>15} {'ratio':>6}"
    )
    crossing = list(tiau.simulate(FULL.until(FULL.settings.start), members=1).network.crossings).index("Zokhawthar")
    for vary, words in (((), "fixed"), (("parameters", "weather"), "drawn")):
        before = tiau.simulate(FULL, members=MEMBERS, vary=vary).crossings[crossing, -1].astype(float)
        for enforcement in (0.05, 0.0, 0.3, 1.0):
            changed = with_acts(FULL, {"P21": {"enforcement": enforcement}})
            same, other = (
                tiau.simulate(changed, members=MEMBERS, seed=seed, vary=vary).crossings[crossing, -1].astype(float)
                for seed in (1, 2)
            )
            paired, unpaired = np.std(same - before), np.std(other - before)
            print(f"{f'0.1 -> {enforcement:g}':>14} {words:>24} {np.mean(same - before):>11,.0f} {paired:>10.1f} "
                  f"{unpaired:>15.1f} {unpaired / paired:>6.1f}")  # fmt: skip


if __name__ == "__main__":
    print("parameters of blocked people:", {n: BY_NAME[n].default for n in BY_NAME if n.startswith("blocked")})
    profile()
    manipur()
    pairing()
