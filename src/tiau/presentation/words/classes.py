"""Classes of figures in words."""

from __future__ import annotations

from tiau.observations.classes import FigureClass

ROWS = {
    "state": "state or wider",
    "district": "district",
    "village": "village",
    "inside": "inside",
    "all": "all",
}
_INSIDE = {"state": "region or wider", "district": "township", "village": "village"}
_COUNTED = {
    "present": "present",
    "arrivals": "arrivals since the start",
    "flow": "in a period",
    "inside": "displaced inside",
    "returns": "returns",
}


def class_words(figure_class: FigureClass) -> str:
    """Say how wide the place of a figure is, and what it counts: "district: present"."""
    level = figure_class.level
    where = _INSIDE[level] if figure_class.quantity == "inside" else ROWS[level]
    return f"{where}: {_COUNTED[figure_class.quantity]}"
