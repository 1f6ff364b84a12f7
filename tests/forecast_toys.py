"""Scenarios of reports alone, for forecasts: places and what was counted there."""

from tiau.scenario.rows import Report
from tiau.scenario.vocabulary import parse_period
from toys import camp, day, origin, scenario, way

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
    places = [origin(), *(one if not isinstance(one, str) else camp(one) for one in camps)]
    ways = [way("O", one.place, 100 * number, "gate") for number, one in enumerate(places[1:], start=1)]
    return scenario(places, ways, days=days, reports=reports, areas=areas, **tables)
