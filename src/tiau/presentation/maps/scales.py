"""How many people make how large a mark, and round numbers to explain it with."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tiau.presentation.maps.content import Content, People
from tiau.presentation.maps.framing import Frame, Sheet

NOBODY = 1.3
"""Radius of the mark of a place where nobody stays."""
SMALLEST = 2.4
"""Radius of the mark of a place where few stay, or so few that their number is not told."""
THINNEST = 0.7
"""Width of a flow of few, or of so few that their number is not told."""


COVERED = 0.035
"""Circles cover no more than this share of the frame, if they lay apart."""


@dataclass(frozen=True)
class Scales:
    """Sizes of marks: the area of a circle and the width of a flow are proportional to people.

    Attributes
    ----------
    present, travelled : int, persons
        Of the largest circle and of the broadest flow.
    largest, widest : float, pixels
        The radius of the one, the width of the other.
    """

    present: int
    travelled: int
    largest: float
    widest: float

    def radius(self, people: People) -> float:
        """Return the radius of the circle of people, in pixels."""
        if people == 0:
            return NOBODY
        return max(SMALLEST, self.largest * math.sqrt((people or 0) / max(1, self.present)))

    def width(self, people: People) -> float:
        """Return the width of the flow of people, in pixels."""
        return max(THINNEST, self.widest * (people or 0) / max(1, self.travelled))


def scales(content: Content, frame: Frame, sheet: Sheet) -> Scales:
    """Return the scales of a map: circles are smaller than a sheet allows if they would cover much of the frame."""
    people = [mark.people or 0 for mark in content.marks]
    present = max(people, default=0)
    travelled = max((flow.people or 0 for flow in content.flows), default=0)
    covered = math.pi * sum(people) / max(1, present)
    largest = math.sqrt(COVERED * frame.width * frame.height / covered) if covered else sheet.largest
    return Scales(present, travelled, min(largest, sheet.largest), sheet.widest)


def round_below(number: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50 and so on, also below 1, that is not above a number."""
    power = 10.0 ** math.floor(math.log10(number))
    return float(max(step * power for step in (1, 2, 5) if step * power <= number * (1 + 1e-9)))
