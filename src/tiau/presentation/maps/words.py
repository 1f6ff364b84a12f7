"""A map in words: where most people are, for who cannot see it, and what lies below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tiau.presentation.maps.content import Content, Flow, Mark
from tiau.presentation.maps.framing import FAR_KM, FEW, SMALLEST_SCALE
from tiau.presentation.words.listing import listed

NAMED = 5
ENDORSED = (
    "Borders and names imply no endorsement; disputed borders are drawn as Natural Earth has them "
    "(1:10 million, public domain)."
)


def described(content: Content) -> str:
    """Say where most displaced people are, abroad and inside, and which ways most took."""
    return " ".join(_sentences(content))


def caption(content: Content, *, outside: bool) -> str:
    """Say what the marks of a map mean, what is left out and where borders come from."""
    said = [
        f"Circles: displaced people present on {content.day}; lines: people who travelled from place to place until "
        "then, on the right of their way; both the median of the run. Area and width are proportional to people.",
        "Lines run straight, roads do not; dotted ones are ways that nobody took.",
    ]
    if content.below > 1:
        said.append(
            f"Counts are rounded to multiples of {content.below}; where fewer than {content.below} are, "
            "the smallest circle and the thinnest line stand."
        )
    if outside:
        said.append(
            f"Places more than {FAR_KM:,.0f} km from all others, with less than {100 * FEW:.0f}% of the people, lie "
            f"outside the frame, as with them the map would shrink to less than {100 * SMALLEST_SCALE:.0f}% of its "
            "scale; arrows at its edge point to them."
        )
    return " ".join((*said, ENDORSED))


def _sentences(content: Content) -> Iterator[str]:
    there = [mark for mark in content.marks if mark.people]
    inside = f"In {' and '.join(content.left)}" if content.left else "Inside"
    abroad = _most(mark for mark in there if mark.abroad)
    within = _most(mark for mark in there if not mark.abroad)
    yield f"Displaced people present on {content.day}."
    yield f"Abroad most are in {abroad}." if abroad else "Nobody is told to be abroad."
    if within:
        yield f"{inside} most are in {within}."
    ways = sorted((flow for flow in content.flows if flow.people), key=lambda flow: _order(flow, content.marks))
    if ways:
        names = [f"{content.marks[f.start].name} to {content.marks[f.end].name} ({f.people:,})" for f in ways[:NAMED]]
        yield f"Most travelled from {listed(names)}."


def _most(marks: Iterable[Mark]) -> str:
    largest = sorted(marks, key=lambda mark: mark.weight)[:NAMED]
    return listed(f"{mark.name} ({mark.people:,})" for mark in largest) if largest else ""


def _order(flow: Flow, marks: Sequence[Mark]) -> tuple[int, str, str]:
    return (-(flow.people or 0), marks[flow.start].name, marks[flow.end].name)
