"""Of which kind the source of a report is: as its row says, else by the words of who said it."""

from __future__ import annotations

import re

from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import SourceKind

_WORDS: tuple[tuple[SourceKind, str], ...] = (
    ("other", r"unofficial|villager|\bMPs?\b|member of parliament|reporter|estimate|local source|residents|in media"),
    ("agency", r"\b(UN|UNHCR|OCHA|IOM|DTM|UNICEF|IFRC|ICRC)\b"),
    ("register", r"police|home department|minister|government|\bCID\b|official|commissioner|superintendent|"
                 r"sub-divisional|administration|assam rifles|border guard|register|authorit"),
)  # fmt: skip


def kind_of(report: Report) -> SourceKind:
    """Return the kind of a report's source: its `source_kind`, where that is blank the one of the words of `said_by`.

    `register` is an authority that counts people, `agency` the United Nations and the like, `media` papers that give
    a figure of their own, `other` all else: members of parliament, villagers, organisations. Words, where `said_by` is
    blank those of `publisher`, never mean `media`: a paper mostly carries what another one said.
    """
    return report.source_kind or kind_by_words(report.said_by or report.publisher)


def kind_by_words(said_by: str) -> SourceKind:
    """Return the kind of source that words mean; `other` where they say nothing."""
    # The first that fits counts: "unofficial" holds "official", and an official may quote UNHCR.
    for kind, words in _WORDS:
        if re.search(words, said_by, re.IGNORECASE if kind != "agency" else 0):
            return kind
    return "other"
