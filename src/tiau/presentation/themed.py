"""Charts of matplotlib in the colours of the page around them, light or dark."""

from __future__ import annotations

from tiau.presentation import charts

_INKS = {
    charts.BLUE: "--band", charts.GREY: "--grey", charts.INK: "--ink", "#000000": "--ink", "#ffffff": "--page",
}  # fmt: skip


def themed(svg: str) -> str:
    """Put colours of the page in place of those of a chart; letters without a colour take the page's style."""
    for colour, name in _INKS.items():
        svg = svg.replace(colour, f"var({name})")
    return svg
