"""Results whose reports have given figures, without a run."""

import numpy as np

from folders import write_folder
from tiau.loading import load
from tiau.observations.ledger import ledger
from tiau.results.result import Result
from tiau.scenario.network import build


def result_of(folder, truth, *, figures=None, by_class=None, **tables):
    """A result whose reports have given values; `truth` is (report, member) or one value a report."""
    network = build(load(write_folder(folder, **tables)))
    entries = ledger(network)
    rows = np.array(truth, float)
    rows = np.repeat(rows[:, None], 3, axis=1) if rows.ndim == 1 else rows
    assert len(rows) == len(entries)
    empty = np.zeros((0, 0, 0))
    return Result(
        network=network,
        members=rows.shape[1],
        seed=1,
        chance=True,
        places={},
        everybody=empty,
        flow=empty,
        on_the_way=empty,
        area_names=(),
        regions=0,
        areas={},
        crossings=empty,
        entries_by_class=empty if by_class is None else np.array(by_class, float),
        totals={},
        placements=entries,
        truth=rows,
        figures=rows if figures is None else np.array(figures, float),
        parameters={f"coverage_{kind}": np.ones(1) for kind in ("register", "agency", "media", "other")},
        seconds=0.0,
    )
