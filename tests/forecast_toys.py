"""Scenarios of reports alone, for forecasts: places and what was counted there."""

from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period
from toys import LIVELY, UNLIKE, camp, day, event, origin, scenario, way

DAYS = 400


def counted(name, number, value, known=None, place="A", **columns):
    """A figure of a place on a day counted from the start."""
    given = {"group": "all", "quantity": "present", "bound": "exact", **columns}
    known = number if known is None else known
    return Report(
        report=name, known_on=day(known), as_of=parse_period(str(day(number))), place=place, value=value, **given
    )


def series(place, people, every=10, **columns):
    """Figures of a place every so many days from the start."""
    return [
        counted(f"{place}-{number}", every * number, value, place=place, **columns)
        for number, value in enumerate(people)
    ]


def reported(*reports, camps=("A", "B"), days=DAYS, areas=(), **tables):
    """A scenario with reports."""
    places = [origin(people=10_000_000), *(one if not isinstance(one, str) else camp(one) for one in camps)]
    ways = [way("O", one.place, 100 * number, "gate") for number, one in enumerate(places[1:], start=1)]
    return scenario(places, ways, days=days, reports=reports, areas=areas, **tables)


def fleeing(**tables):
    """Two camps that people have come to for two months, and are counted in every ten days."""
    figures = [
        counted(f"{name}{number}", number, share * number, place=name)
        for number in range(10, 61, 10) for name, share in (("C", 40), ("D", 20))
    ]  # fmt: skip
    given = {"reports": figures, "events": [event(first, first + 5, name=f"e{first}") for first in range(0, 60, 12)]}
    return scenario(
        [origin(people=200_000), camp("C"), camp("D")],
        [way("O", "C", 100, "X"), way("O", "D", 100, "Y")],
        days=120,
        parameters={**LIVELY, **UNLIKE, "departure_rate": 0.002, "stay_inside": 0},
        **{**given, **tables},
    )
