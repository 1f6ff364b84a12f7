"""How good a run of a case in Flee's format is: one table of errors, members beside plain baselines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tiau.flee.accuracy import scores
from tiau.flee.accuracy.baselines import TOTALS, Baseline, answers, baselines
from tiau.flee.case.model import Floats
from tiau.flee.result import FleeResult


@dataclass(frozen=True)
class Compared:
    """A baseline's averaged relative difference beside that of the run on the same days, mean over members."""

    baseline: Baseline
    normal: float
    rescaled: float
    run_normal: float
    run_rescaled: float


@dataclass(frozen=True)
class Mase:
    """Mean absolute scaled errors, means over members, for a naive model that knows the counts until `day`.

    Attributes
    ----------
    day : int
    of_flee : dict of str to float
        As Flee defines them, by naive model.
    of_camp : float array (camp,)
        Flee's definition with the flat naive model.
    same_days : float
        Errors of the counts as simulated and of the naive model over the same days.
    """

    day: int
    of_flee: dict[str, float]
    of_camp: Floats
    same_days: float


@dataclass(frozen=True)
class Accuracy:
    """The table.

    Attributes
    ----------
    camps : tuple of str
    hasten : int
        People that an agent stands for.
    knows : str
        What of the data the run has seen.
    normal, rescaled : float array (member,)
        Averaged relative differences.
    rows : tuple of Compared
        Baselines.
    mase : tuple of Mase
        For 7 and 30 days.
    errors : CampErrors
        Of each camp, means over members.
    simulated, data : float array (camp,), agents
        On the last day, simulated as a mean over members.
    answers : int
        Capacities within 2% of the largest count.
    """

    camps: tuple[str, ...]
    hasten: int
    knows: str
    normal: Floats
    rescaled: Floats
    rows: tuple[Compared, ...]
    mase: tuple[Mase, ...]
    errors: scores.CampErrors
    simulated: Floats
    data: Floats
    answers: int


def score(result: FleeResult) -> Accuracy | None:
    """Score a run by Flee's rules, and every baseline on the same counts.

    Parameters
    ----------
    result : FleeResult

    Returns
    -------
    Accuracy or None
        None where `why_none` says why.
    """
    if why_none(result):
        return None
    case, camps, hasten, simulated = result.case, result.camps, result.hasten, result.present
    counted = result.data.astype(np.float64)
    members = [simulated[:, :, member] for member in range(simulated.shape[2])]
    scaled = [scores.rescaled(member, counted) for member in members]
    normal, rescaled = (np.array([scores.difference(one, counted) for one in each]) for each in (members, scaled))
    found = baselines(case, camps=camps, data=counted, hasten=hasten)
    errors = [scores.camp_errors(member, counted) for member in members]
    return Accuracy(
        camps=camps,
        hasten=hasten,
        knows="; ".join([TOTALS] * (case.settings.spawn_mode == "source_data") + [result.knows]),
        normal=normal.mean(1),
        rescaled=rescaled.mean(1),
        rows=tuple(_row(baseline, counted, normal, rescaled) for baseline in found),
        mase=tuple(_mase(day, members, counted) for day in (scores.EARLY_DAY, scores.TRAINING_DAY)),
        errors=scores.CampErrors(
            absolute=np.mean([error.absolute for error in errors], axis=0),
            absolute_rescaled=np.mean([error.absolute_rescaled for error in errors], axis=0),
            share=np.mean([error.share for error in errors], axis=0),
        ),
        simulated=simulated[-1].mean(1),
        data=counted[-1],
        answers=answers(case, camps, counted, hasten),
    )


def why_none(result: FleeResult) -> str:
    """Return why a run cannot be scored, as a sentence; an empty text where it can."""
    labels = {label.name for label in result.case.labels}
    without = [camp for camp in result.camps if camp not in labels]
    if not result.camps:
        return "No location is a camp, so there is nothing to compare."
    if without:
        return f"{len(without):,} of {len(result.camps):,} locations have no counts, so no accuracy can be given."
    if not result.data.any():
        return "The data count nobody in the camps, so there is nothing to compare with."
    return ""


def _row(baseline: Baseline, data: Floats, normal: Floats, rescaled: Floats) -> Compared:
    """Score a baseline; `normal` and `rescaled` are the differences of the run (member, day)."""
    guess, known = baseline.values[baseline.first :], data[baseline.first :]
    return Compared(
        baseline=baseline,
        normal=scores.averaged_difference(guess, known),
        rescaled=scores.averaged_difference_rescaled(guess, known),
        run_normal=float(normal[:, baseline.first :].mean()),
        run_rescaled=float(rescaled[:, baseline.first :].mean()),
    )


def _mase(day: int, members: list[Floats], data: Floats) -> Mase:
    of_camp = {
        naive: [scores.mase_of_flee(member, data, day=day, naive=naive) for member in members]
        for naive in scores.NAIVE
    }  # fmt: skip
    totals: dict[str, float] = {
        naive: float(np.mean([scores.total_mase_of_flee(one, data) for one in each]))
        for naive, each in of_camp.items()
    }  # fmt: skip
    same_days = float(np.mean([scores.mase(member, data, day=day) for member in members]))
    return Mase(day, totals, np.mean(of_camp["flat"], axis=0), same_days)
