"""How severe an event is that has no severity of its own: a rule on its kind and its dead, the same for all sources."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from tiau.scenario.event_kinds import meanings
from tiau.scenario.rows import Event

MOST = 4.0
_WITHOUT_VIOLENCE = re.compile(
    r"strategic development|peaceful|protest with intervention|^protests?$|^demonstrations?$|agreement|declaration|"
    r"cease-?fire|election|coup$|headquarters|arrest|non-violent",
)
_DISORDER = re.compile(r"riot|mob violence|violent demonstration")
_VIOLENCE = re.compile(
    r"violence|attack|raid|battle|abduction|sexual|grenade|suicide|chemical|looting|crackdown|excessive force|"
    r"(?:state-based|non-state) conflict"
)
DISORDER = 0.5


@lru_cache(4096)
def severity_by_rule(kind: str, fatalities: float | None) -> float:
    """Return the severity that a kind and a number of dead have by rule.

    0 without violence, 0.5 for a riot, 1 for any other violence, and one more for each tenfold of the dead: 2 for ten,
    3 for a hundred, at most 4. The steps are those of the rubric that was made for mizoram-2021 (its SOURCES.md).

    Parameters
    ----------
    kind : str
        As events.csv has it.
    fatalities : float or None, persons
        None where they are not known, which counts as nobody.
    """
    base = _base(kind)
    return base and min(base + math.log10(max(fatalities or 0.0, 1.0)), MOST)


@cache
def _base(kind: str) -> float:
    """Return the severity of a kind by which nobody died."""
    word = kind.casefold()
    return 0.0 if _WITHOUT_VIOLENCE.search(word) else DISORDER if _DISORDER.search(word) else 1.0


@cache
def known_to_the_rule(kind: str) -> bool:
    """Whether a kind says of itself that it is violent, a riot or without violence: any other one counts as violent."""
    word = kind.casefold()
    return bool(_WITHOUT_VIOLENCE.search(word) or _DISORDER.search(word) or _VIOLENCE.search(word) or meanings(kind))


def severity_of(event: Event) -> float:
    """Return the severity of an event: its own, or that of the rule where it has none."""
    return severity_by_rule(event.kind, event.fatalities) if event.severity is None else event.severity
