"""The report of a run as one self-contained HTML page: the answer on two printed pages, then its annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tiau.evaluation.assessment import Assessment, Composition
from tiau.forecasting.asked import PRESENT
from tiau.forecasting.forecast_result import Forecast
from tiau.presentation import forecast_page
from tiau.presentation.course import key
from tiau.presentation.course.chart import STYLE
from tiau.presentation.lettering import without_font
from tiau.presentation.maps.drawing import flow_map
from tiau.presentation.report import tables
from tiau.presentation.report.answer import answer
from tiau.presentation.report.assumptions import assumptions
from tiau.presentation.report.counts import LastCounts, later
from tiau.presentation.report.courses import courses
from tiau.presentation.report.limits import limits
from tiau.presentation.report.sources import sources
from tiau.presentation.report.what_ifs import told
from tiau.presentation.templating import templates
from tiau.presentation.words import classes, coverage, figures, terms
from tiau.presentation.words import disagreements as words
from tiau.presentation.words.acts import in_words as act_in_words
from tiau.presentation.words.conditioned import conditioned
from tiau.presentation.words.days import in_words
from tiau.presentation.words.levels import unfitted
from tiau.presentation.words.trust import trust
from tiau.results import area_table, disclosure
from tiau.results.areas import Area, kept_names
from tiau.results.needs import NEEDS
from tiau.results.result import Result
from tiau.texts import of_people
from tiau.what_ifs.comparison import Comparison

MOST_SOURCES, MOST_AHEAD = 40, 6


@dataclass(frozen=True)
class Told:
    """All that a report tells.

    Attributes
    ----------
    assessment : Assessment
    forecast : Forecast or str
        Or why there is none.
    comparison : Comparison or str
        What-ifs, or why there are none.
    suppress_below : int, persons
        As in `Result.save`.
    """

    assessment: Assessment
    forecast: Forecast | str = "There is no forecast."
    comparison: Comparison | str = "There are no what-ifs."
    suppress_below: int = 10


def page(telling: Told, provenance: dict[str, Any]) -> str:
    """Write a report as HTML with its charts inside, which needs no network.

    `provenance` is what `results.provenance` gives.
    """
    assessment, below = telling.assessment, telling.suppress_below
    result = assessment.result
    forecast = telling.forecast if isinstance(telling.forecast, Forecast) else None
    comparison = telling.comparison if isinstance(telling.comparison, Comparison) else None
    rows = list(area_table.rows(result, suppress_below=below))
    found = answer(result.network, rows, forecast)
    main = kept_names(result.network)[found.main] if found.main else ""
    environment = templates()
    environment.filters |= {
        "people": lambda number: "" if number is None else f"{number:,.0f}",
        "first_upper": lambda text: text[:1].upper() + text[1:],
        "shown": lambda number: disclosure.told([np.nan if number is None else number], below)[0],
    }
    return environment.get_template("report.html.j2").render(
        _of_run(assessment, provenance, below),
        answer=found,
        main=main,
        known_then=_known_then(result, found.main, main, forecast),
        below=below,
        cell=of_people,
        trust=list(trust(assessment)),
        limits=list(limits(result, found.main, rows, forecast)),
        map=flow_map(result, suppress_below=below),
        charts=courses(result, main, forecast, suppress_below=below),
        forecast=None if forecast is None else forecast_page.told(forecast),
        key={"course": key.of_courses(forecast=forecast is not None), "acts": key.of_acts()},
        no_forecast=telling.forecast,
        terms=(*terms.TERMS, *(() if forecast is None else terms.methods(forecast))),
        what_ifs=() if comparison is None else list(told(comparison, main)),
        no_what_ifs=telling.comparison,
        compared=0 if comparison is None else comparison.members,
        needs=tables.needs(result, found.main, below),
        months=tables.months(rows),
        composition=_composition(assessment.composition, below),
        assumptions=assumptions(result, main, below),
    )


def _known_then(result: Result, area: Area | None, name: str, forecast: Forecast | None) -> str:
    """Say which last figures a forecast's table has, where that of the main area is not the last of the run."""
    if forecast is None or area is None or (PRESENT, name) not in forecast.rows:
        return ""
    day = forecast.last_days[forecast.row(PRESENT, name)]
    count = None if day is None else later(LastCounts(result.network).of(area), day, forecast.origin)
    said = f"; in {name} {count}" if count else ""
    return f"Last figures are those known on {in_words(forecast.origin)}{said}."


def _of_run(assessment: Assessment, provenance: dict[str, Any], below: int) -> dict[str, Any]:
    """Return what the annex tells of a run as it is."""
    result, scenario = assessment.result, assessment.result.scenario
    return {
        "result": result, "scenario": scenario, "settings": scenario.settings, "provenance": provenance,
        "how": terms.how(result), "seen_style": STYLE, "hangs_words": terms.HANGS,
        "covered": assessment.coverage, "parts": assessment.parts,
        "shares": assessment.shares_told(below), "spread": assessment.spread, "unfitted": unfitted(assessment.level),
        "coverage": coverage, "classes": classes, "figures": figures, "words": words, "in_words": act_in_words,
        "disagreements": assessment.disagreements, "fits": result.fits,
        "largest_daily_change": scenario.values["largest_daily_change"],
        "sources": sources(scenario), "most_sources": MOST_SOURCES, "most_ahead": MOST_AHEAD, "need_sources": NEEDS,
        "conditioned": conditioned(scenario),
        "lettering": without_font((*result.network.place_names, *result.network.crossings, *result.area_names)),
    }  # fmt: skip


def _composition(found: Composition | None, below: int) -> dict[str, Any] | None:
    """Return who came as rows of cells; a share that stands for a few people alone is left blank."""
    if found is None:
        return None
    rows = []
    for column, day in enumerate(found.days):
        entries = float(found.entries[column])
        cells = figures.shares(found.shares[:, :, column], entries, below)
        rows.append({"day": day, "entries": entries, "cells": cells})
    return {"where": found.where, "classes": found.classes, "rows": rows}
