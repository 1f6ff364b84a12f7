"""A result as one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from tiau.evaluation.assessment import Assessment
from tiau.evaluation.outside import outside
from tiau.presentation import charts
from tiau.presentation.course import chart as course
from tiau.presentation.course import lanes
from tiau.presentation.course import words as course_words
from tiau.presentation.lettering import without_font
from tiau.presentation.words import classes, coverage, figures
from tiau.presentation.words import disagreements as words
from tiau.presentation.words.conditioned import conditioned
from tiau.presentation.words.levels import unfitted
from tiau.results.result import Result
from tiau.scenario.parameters import PARAMETERS

DISTRICTS_DRAWN, MAIN = 6, 2


def templates(room: Path = Path(__file__).parent) -> Environment:
    """Return the templates of the pages of a room; everything put into them is escaped."""
    return Environment(
        loader=FileSystemLoader(room / "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
    )


def page(assessment: Assessment, provenance: dict[str, Any], *, suppress_below: float = 10) -> str:
    """Write the report of a run as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives; numbers of people below `suppress_below` are not drawn.
    """
    environment = templates()
    environment.filters["people"] = lambda number: "" if number is None else f"{number:,.0f}"
    result, scenario = assessment.result, assessment.result.scenario
    set_here = scenario.settings.parameters
    parameters = [(p, scenario.values[p.name], set_here[p.name].why if p.name in set_here else "") for p in PARAMETERS]
    return environment.get_template("page.html.j2").render(
        result=result,
        scenario=scenario,
        settings=scenario.settings,
        covered=assessment.coverage,
        coverage=coverage,
        classes=classes,
        parts=assessment.parts,
        shares=assessment.shares,
        composition=assessment.composition,
        fits=result.fits,
        disagreements=assessment.disagreements,
        figures=figures,
        words=words,
        largest_daily_change=scenario.values["largest_daily_change"],
        parameters=parameters,
        provenance=provenance,
        spread=assessment.spread,
        conditioned=conditioned(scenario),
        distance=coverage.DISTANCE,
        unfitted=unfitted(assessment.level),
        flow_map=charts.flow_map(result),
        crossings=course.crossings(result, suppress_below=suppress_below),
        bands=_bands(result, suppress_below),
        course_style=course.STYLE,
        course_words=course_words,
        lettering=without_font((*result.network.place_names, *result.network.crossings, *result.area_names)),
    )


def _bands(result: Result, suppress_below: float) -> list[tuple[str, str, str]]:
    """Draw the place of the series, then the areas with most reports; with each what it is and what the run misses."""
    counts: dict[tuple[str, str], int] = {}
    for placement in result.placements:
        report = placement.report
        if (
            placement.status == "placed"
            and report.quantity in ("present", "arrived_cumulative")
            and placement.of_everybody
        ):
            key = (result.network.names.proper(report.place), report.quantity)
            counts[key] = counts.get(key, 0) + 1
    series = result.scenario.settings.series
    kept = series is not None and result.network.names.proper(series.place) in result.area_names
    first = [(series.place, what) for what in ("present", "arrived_cumulative")] if series and kept else []
    ranked = sorted(counts, key=lambda key: -counts[key])
    rest = [key for key in ranked if key not in first][: DISTRICTS_DRAWN if first else DISTRICTS_DRAWN + 2]
    return [
        _band(result, name, what, suppress_below, main=number < MAIN, acts=number == 0)
        for number, (name, what) in enumerate((*first, *rest))
    ]


def _band(
    result: Result, name: str, quantity: str, suppress_below: float, *, main: bool, acts: bool
) -> tuple[str, str, str]:
    drawn = course.course(
        result, name, quantity, suppress_below=suppress_below, size=course.WIDE if main else course.SMALL,
        acts=lanes.binding(result, name) if acts else (), events=result.scenario.events if acts else (),
    )  # fmt: skip
    return course_words.heading(name, quantity), drawn, coverage.outside_words(outside(result, name, quantity))
