"""What only the analyst knows about a file: answers to the questions that readers of exports ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tiau.scenario.quantities import QuantityName
from tiau.scenario.vocabulary import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers to questions; each holds for all files of one import, and is None or blank where not given.

    Attributes
    ----------
    dates : {"", "day-first", "month-first"}
        The order of numbers in days such as 03/04/2023, where no row of a column tells it.
    known_on : date or None
        Day from which figures were known whose file does not say.
    as_of : Period or None
        The day or period of figures whose file has none.
    place, origin : str
        Of which place figures are, and from where people come, where the file does not say.
    quantity : QuantityName or ""
        What is counted, where the file does not say.
    said_by : str
        Who gives the figures, where the file does not say.
    household_size : float or None, persons
        Of figures of households.
    aggregates : bool
        Whether events added up by month become events over the month.
    newer : tuple of str
        Files whose figures count where another file gives the same ones differently.
    """

    dates: Literal["", "day-first", "month-first"] = ""
    known_on: dt.date | None = None
    as_of: Period | None = None
    place: str = ""
    origin: str = ""
    quantity: QuantityName | Literal[""] = ""
    said_by: str = ""
    household_size: float | None = None
    aggregates: bool = False
    newer: tuple[str, ...] = ()
