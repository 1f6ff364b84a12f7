"""A text as proposed rows: its figures, what authorities did, and what happened."""

from __future__ import annotations

from tiau.readers.articles import acts, events, figures
from tiau.readers.articles.already import compared
from tiau.readers.articles.article import Article
from tiau.readers.articles.proposals import Proposal
from tiau.readers.articles.surroundings import Surroundings
from tiau.scenario.model import Scenario


def propose(article: Article, scenario: Scenario | None = None) -> list[Proposal]:
    """Return the rows that a text gives: figures, acts and events, of each the surest first.

    Parameters
    ----------
    article : Article
    scenario : Scenario, optional
        By its names places, groups and origins are known, and misspelt ones repaired.

    Returns
    -------
    list of Proposal
        ``article.text[one.start:one.end] == one.quote`` for each.
    """
    surroundings = Surroundings.of(scenario)
    found = [one for room in (figures, acts, events) for one in room.propose(article, surroundings)]
    return [compared(one, surroundings) for one in found]
