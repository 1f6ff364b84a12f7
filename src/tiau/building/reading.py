"""A news text of a file as proposed rows of a scenario's tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tiau.loading import opened
from tiau.readers.articles.pages import read_article
from tiau.readers.articles.proposals import Proposal
from tiau.readers.articles.reading import propose
from tiau.scenario.model import Scenario
from tiau.scenario.vocabulary import as_day


def read(
    file: str | Path, scenario: Scenario | str | Path | None = None, *, published: dt.date | str | None = None,
    publisher: str = "",
) -> list[Proposal]:  # fmt: skip
    """Read a news text or saved page, and propose rows: figures, acts and events, of each the surest first.

    Parameters
    ----------
    file : str or Path
    scenario : Scenario, str or Path, optional
        One, or the name or folder of one: its places are known, and what it has already is told.
    published : date or str, optional
        Day of publication; by default the one that the text or page gives.
    publisher : str
        Who published it; by default who is named there.

    Returns
    -------
    list of Proposal
        With the cells of a row, the sentence that carries it, why it was read so and what to look at.

    Raises
    ------
    InputError
        If the file is no text of a language that is read, or the scenario has faults.
    """
    day = None if published is None else as_day(published, "published")
    article = read_article(file, published=day, publisher=publisher)
    return propose(article, None if scenario is None else opened(scenario))
