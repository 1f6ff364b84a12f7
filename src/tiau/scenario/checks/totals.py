"""Totals that stand among their parts, and figures larger than the people there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tiau.faults import Fault, clip, plain
from tiau.scenario.living import Living
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Place, Row
from tiau.scenario.vocabulary import to_cell

# Words that make any name a total, and words that do so where they are the whole name.
ANYWHERE = frozenset({
    "total", "totals", "totale", "totaux", "totales", "subtotal", "subtotals", "المجموع", "الإجمالي", "إجمالي",
})  # fmt: skip
ALONE = frozenset({
    "sum", "all", "overall", "everywhere", "somme", "ensemble", "tous", "toutes", "suma", "todos", "gesamt", "summe",
    "итого", "всего", "合计", "总计", "toplam", "jumlah",
})  # fmt: skip
FOR_A_TOTAL = {
    "place": "a figure of several places names their country, their region or an area of areas.csv",
    "group": "a figure of all groups names the group all",
}
# Two round numbers give a third by chance; that three do, or two exact ones, is no chance.
ROUND, FEWEST_ROUND_PARTS, FEWEST_PARTS = 100, 3, 2


def _is_total(name: str) -> bool:
    words = re.findall(r"[^\W_]+", plain(name))
    return not ANYWHERE.isdisjoint(words) or (len(words) == 1 and words[0] in ALONE)


def totals_as_rows(scenario: Scenario) -> Iterator[Fault]:
    """A place or group that bears the name of a total: it stands beside its own parts (a warning)."""
    tables: tuple[tuple[str, Iterable[Row]], ...] = (("place", scenario.places), ("group", scenario.groups))
    for column, rows in tables:
        for row in rows:
            name = getattr(row, column)
            if row.sound(column) and _is_total(name):
                problem = f"looks like a total, but is taken for one {column} more, beside those that it adds up"
                remedy = f"delete the row; {FOR_A_TOTAL[column]}"
                yield Fault(row.file, problem, remedy, row.number, column, name, "warning")


def seats_with_the_people_of_their_area(scenario: Scenario) -> Iterator[Fault]:
    """A place whose population is the sum of the others of its area: they would count twice (a warning)."""
    told: set[int] = set()
    for column in ("admin2", "admin1", "country"):
        areas: dict[str, list[Place]] = defaultdict(list)
        for place in scenario.places:
            if place.kind == "origin" and place.population and place.sound("kind", "population", column):
                areas[getattr(place, column)].append(place)
        for area, places in areas.items():
            total = sum(place.population or 0 for place in places)
            for place in places:
                exact = (place.population or 0) % ROUND != 0
                enough = len(places) - 1 >= (FEWEST_PARTS if exact else FEWEST_ROUND_PARTS)
                if area and enough and 2 * (place.population or 0) == total and id(place) not in told:
                    told.add(id(place))
                    problem = (
                        f"of {clip(place.place, 40)} is exactly the sum of the other {len(places) - 1} places of "
                        f"{clip(area, 40)}: a total, whose people count twice"
                    )
                    remedy = "give the people of the place alone, or 0"
                    cell = to_cell(place.population)
                    yield Fault("places.csv", problem, remedy, place.number, "population", cell, "warning")


def figures_beyond_the_people(scenario: Scenario) -> Iterator[Fault]:
    """A report of more people than live in all homes that they could come from or are displaced already (a warning)."""
    groups = scenario.groups
    if not all(group.sound("group", "risk_class", "homes", "share") for group in groups):
        return
    at = scenario.residents.place
    if not all(scenario.places[place].sound("kind", "population", "place") for place in set(at)):
        return
    living = Living(scenario)
    told: set[str] = set()
    for report in scenario.reports:
        if report.not_scored or not report.sound("quantity", "group", "value", "low", "bound", "origin", "unit"):
            continue
        if (beyond := living.beyond(report)) and report.same_as not in told:
            told.add(report.report)
            remedy = (
                "the report is not scored; check the figure, the populations in places.csv (in thousands?) and the "
                "shares in groups.csv, or add the homes of which it is too"
            )
            cell = to_cell(report.value)
            yield Fault("reports.csv", f"is {beyond}", remedy, report.number, "value", cell, "warning")
