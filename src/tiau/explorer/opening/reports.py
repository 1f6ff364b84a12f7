"""The reports of a scenario as a page lists them: what each says, whether it is placed, and what contradicts it."""

from __future__ import annotations

from typing import Any

from tiau.explorer.basis.followed import named
from tiau.explorer.basis.sound import Basis
from tiau.explorer.opening.rows import day
from tiau.observations.contradictions import disagreements
from tiau.observations.ledger import Placement
from tiau.presentation.words.disagreements import contradiction_line


def reports(basis: Basis) -> list[dict[str, Any]]:
    """Return the rows of the ledger, in its order: figures in persons, sums of parts after the last of these."""
    against = _against(basis)
    return [_row(basis, placement, against.get(id(placement), [])) for placement in basis.placements]


def _against(basis: Basis) -> dict[int, list[dict[str, str]]]:
    """Return what contradicts each placement, the widest apart first."""
    found: dict[int, list[dict[str, str]]] = {}
    every = disagreements(basis.placements, basis.network).contradictions
    for one in sorted(every, key=lambda one: -one.factor):
        words = contradiction_line(one)
        for mine, other in ((one.higher, one.lower), (one.lower, one.higher)):
            found.setdefault(id(mine), []).append({"report": other.report.report, "words": words})
    return found


def _row(basis: Basis, placement: Placement, against: list[dict[str, str]]) -> dict[str, Any]:
    report, network = placement.report, basis.network
    first, last = report.as_of.start, report.as_of.end
    return {
        "report": report.report, "known_on": day(report.known_on),
        "published": "" if report.published is None else str(report.published),
        "first": day(first), "last": day(last),
        "first_day": network.day_index(first), "last_day": network.day_index(last),
        "place": report.place, "followed": named(network.scenario, basis.followed, report.place),
        "origin": report.origin, "group": report.group, "quantity": report.quantity,
        "value": report.value, "low": report.low, "high": report.high, "bound": report.bound,
        "said_by": report.said_by, "publisher": report.publisher, "url": report.url,
        "source_kind": report.source_kind, "note": report.note, "same_as": report.same_as,
        "not_scored": report.not_scored, "status": placement.status, "why": placement.reason,
        "contradicts": against,
    }  # fmt: skip
