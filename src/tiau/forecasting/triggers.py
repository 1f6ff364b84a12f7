"""Triggers: thresholds that somebody set, read from sentences, and how likely a forecast passes them."""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tiau.arguments import BOUNDS, fits
from tiau.faults import Fault, InputError, nearest
from tiau.forecasting.history import Bools, Floats, last_reports
from tiau.observations.reporting import FEWEST_PEOPLE
from tiau.scenario.model import Scenario
from tiau.scenario.rows import Trigger
from tiau.scenario.vocabulary import LONGEST_NAME, parse_day

ARGUMENT = "trigger"
WORDS: Mapping[str, str] = {"present": "present", "registered": "registered", "inside": "idp_present"}
"""Words before a place that name a quantity; where there is none, the first of them that the place has."""
PASSES: Mapping[str, Callable[[Floats, float], Bools]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
COMPARISONS = {"≥": ">=", "≤": "<=", "above": ">", "below": "<", **{sign: sign for sign in PASSES}}
_SENTENCE = re.compile(
    r"(?P<what>.*?)\s*(?P<comparison>[<>]=?|[≥≤]|\b(?:above|below)\b)\s*(?P<people>.*?)"
    r"(?:\s+(?:people|persons))?\s+\b(?P<how>by|on|within)\b\s+(?P<when>.+)",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = re.compile(r"[0-9]+|[0-9]{1,3}([,' _\u00a0\u202f\u2019][0-9]{3})+")
_DAYS = re.compile(r"([0-9]{1,4})\s*days?", re.IGNORECASE)
FORM = 'write it as "Champhai district > 10000 by 2022-12-31", or with on, or "within 90 days"'


@dataclass(frozen=True)
class Question:
    """A trigger as it is asked from a day.

    Attributes
    ----------
    trigger : Trigger
    quantity, place : str
        Proper names of what is counted.
    days : int
        Days ahead: of the last day, or of the only one.
    any_day : bool
        Whether it counts on any day until then, or on that day alone.
    last : float
        The last figure, persons; NaN where there is none.
    """

    trigger: Trigger
    quantity: str
    place: str
    days: int
    any_day: bool
    last: float = math.nan

    @property
    def passed(self) -> bool:
        """Whether the last figure is past the threshold already, so that there is nothing more to be warned of."""
        return self.any_day and bool(self.passes(np.array([self.last]))[0])

    def passes(self, people: Floats) -> Bools:
        """Whether numbers of people are past the threshold."""
        return PASSES[self.trigger.comparison](people, self.trigger.threshold)

    @property
    def above(self) -> bool:
        """Whether it is passed upwards."""
        return self.trigger.comparison.startswith(">")


def parse(sentence: str, scenario: Scenario) -> Trigger:
    """Return the trigger that a sentence says, such as "Champhai district > 10,000 by 2022-12-31".

    Parameters
    ----------
    sentence : str
        A place or area, if need be with present, registered or inside before it; >, <, >=, <=, above or below; a
        number; and by a day (on any day until then), on a day, or within so many days.
    scenario : Scenario
        Whose names it uses.

    Raises
    ------
    InputError
        With everything that is wrong with its words.
    """
    readable = isinstance(sentence, str) and len(sentence) <= LONGEST_NAME
    found = _SENTENCE.fullmatch(sentence.strip()) if readable else None
    if found is None:
        raise InputError([_fault("is not understood as a trigger", FORM, str(sentence))])
    faults: list[Fault] = []

    def refused(problem: str, remedy: str) -> None:
        faults.append(_fault(problem, remedy, sentence))

    quantity, place = _quantity_and_place(found["what"], scenario)
    if not place:
        refused("names no place", FORM)
    elif place not in scenario.names:
        refused(f'names "{place}", which is neither a place nor an area', nearest(place, scenario.names) or FORM)
    people = found["people"].strip()
    if not _PEOPLE.fullmatch(people):
        refused(f'has "{people}" for a number of people', "write digits, with commas between thousands or without")
    elif not 1 <= (threshold := float(re.sub("[^0-9]", "", people))) <= 1e10:
        refused("has a threshold that cannot be", "give one person or more")
    time = _time(found["how"].lower(), found["when"].strip(), refused)
    if faults:
        raise InputError(faults)
    comparison = COMPARISONS[found["comparison"].lower()]
    return Trigger.model_validate({
        "trigger": " ".join(sentence.split()), "place": scenario.names.proper(place), "quantity": quantity,
        "comparison": comparison, "threshold": threshold, **time,
    })  # fmt: skip


def _quantity_and_place(text: str, scenario: Scenario) -> tuple[str, str]:
    """Return the quantity that a first word names, blank if none does, and the place; a name may begin like that."""
    first, _, rest = (name := " ".join(text.split())).partition(" ")
    if name in scenario.names or first.lower() not in WORDS:
        return "", name
    return WORDS[first.lower()], rest


def _time(how: str, when: str, refused: Callable[[str, str], None]) -> dict[str, object]:
    """Return the column of a time and its value; what is wrong is told."""
    if how == "within":
        days = _DAYS.fullmatch(when)
        if not days or not fits("horizon", int(days[1])):
            refused(f'has "{when}" for a time', f"write it as within 90 days, at most {BOUNDS['horizon'][1]:,}")
            return {}
        return {"within_days": float(days[1])}
    try:
        return {how: parse_day(when)}
    except ValueError as error:
        refused(f'has "{when}", which {str(error).partition("; ")[0]}', "write it as YYYY-MM-DD")
        return {}


def _fault(problem: str, remedy: str, sentence: str) -> Fault:
    return Fault(ARGUMENT, problem, remedy, cell=sentence, argument=True)


@dataclass(frozen=True)
class Asked:
    """The triggers that a forecast answers, and those of the scenario that it cannot, each with the reason.

    Attributes
    ----------
    questions : tuple of Question
    left_out : tuple of (Trigger, str)
    """

    questions: tuple[Question, ...] = ()
    left_out: tuple[tuple[Trigger, str], ...] = ()


def asked(scenario: Scenario, origin: dt.date, horizon: int, given: str | Trigger | Iterable[str | Trigger]) -> Asked:
    """Return what is asked of a forecast: triggers that are given, and those of the scenario.

    Parameters
    ----------
    scenario : Scenario
    origin : date
    horizon : int
        Days ahead.
    given : str, Trigger, or an iterable of them
        Sentences, or rows.

    Raises
    ------
    InputError
        With everything that is wrong with those that are given. What stands in the scenario's table may have had its
        time, so that it is left out with a reason.
    """
    known = scenario.known_by(origin)
    found, faults = _read(known, [given] if isinstance(given, str | Trigger) else given)
    last = {key: report.value or 0.0 for key, report in last_reports(known).items()}
    rows = {*last, *(("present", area) for area in _areas_abroad(known))}
    questions: dict[tuple[object, ...], Question] = {}
    left_out: list[tuple[Trigger, str]] = []
    # Those of the table come first: a sentence that says the same is asked once, under the name that it has there.
    for trigger in (*known.triggers, *found):
        question = _question(known, trigger, origin, rows, last)
        wrong = list(_wrong(question, origin, horizon, rows))
        if trigger in found:
            # What has passed since it was set is told all the same, and no use to set.
            wrong += [(passed(question), "give another threshold")] if question.passed else []
            faults += [_fault(problem, remedy, _named(trigger)) for problem, remedy in wrong]
        elif wrong:
            left_out.append((trigger, "; ".join(f"it {problem}" for problem, _ in wrong)))
        if not wrong:
            questions.setdefault(said(known, trigger), question)
    if faults:
        raise InputError(faults)
    return Asked(tuple(questions.values()), tuple(left_out))


def _read(known: Scenario, given: Iterable[str | Trigger]) -> tuple[list[Trigger], list[Fault]]:
    """Return triggers that are given as sentences or rows, and what is wrong with sentences."""
    found: list[Trigger] = []
    faults: list[Fault] = []
    for one in given:
        try:
            found.append(one if isinstance(one, Trigger) else parse(one, known))
        except InputError as error:
            faults += error.faults
    return found, faults


def _named(trigger: Trigger) -> str:
    """Return what somebody gave: the sentence, which names those that nobody has set."""
    asks = f"{trigger.place} {trigger.comparison} {trigger.threshold:,.0f}"
    return asks if trigger.set_by else trigger.trigger


def passed(question: Question) -> str:
    """Say that a threshold is passed by the last figure."""
    return f"was passed already by the last figure, {question.last:,.0f}"


def _areas_abroad(known: Scenario) -> set[str]:
    """Return the countries, states and districts that people flee to, which are forecast without a figure too."""
    home = {known.places[place].country for place in known.residents.place}
    abroad = (place for place in known.places if place.country not in home)
    names = (name for place in abroad for name in (place.country, place.admin1, place.admin2) if name)
    return {known.names.proper(name) for name in names}


def said(scenario: Scenario, row: Trigger) -> tuple[object, ...]:
    """Return what a trigger says, whatever it is called and whoever set it."""
    place = scenario.names.proper(row.place)
    return place, row.quantity, row.comparison, row.threshold, row.by, row.on, row.within_days


def _question(
    known: Scenario, trigger: Trigger, origin: dt.date, rows: Collection[tuple[str, str]],
    last: Mapping[tuple[str, str], float],
) -> Question:  # fmt: skip
    place = known.names.proper(trigger.place)
    quantity: str = trigger.quantity or next((of for of in WORDS.values() if (of, place) in rows), "present")
    day = trigger.by or trigger.on
    days = round(trigger.within_days or 0) if day is None else (day - origin).days
    return Question(trigger, quantity, place, days, trigger.on is None, last.get((quantity, place), math.nan))


def _wrong(
    question: Question, origin: dt.date, horizon: int, rows: Collection[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield why a question cannot be answered, each with what to do."""
    if (question.quantity, question.place) not in rows:
        there = [word for word, quantity in WORDS.items() if (quantity, question.place) in rows]
        remedy = f"ask for {' or '.join(there)} there" if there else "name a place or area that figures are given of"
        yield f"asks for {question.quantity} at {question.place}, which is not forecast", remedy
    if question.days < 1:
        yield f"speaks of a day that is not after the forecast's, {origin}", "give a later day, or an earlier origin"
    elif question.days > horizon:
        remedy = f"give a horizon of {question.days} days or more, or an earlier day"
        yield f"reaches {question.days} days ahead, and the forecast {horizon}", remedy


def reached(question: Question, people: Floats, days: Floats) -> Bools:
    """Return which members pass a threshold (member,).

    Between the days of a forecast each member goes straight in logs from one to the next: whatever rises and falls
    within a week is not seen. Before the first of them it comes from the last figure, if there is one.

    Parameters
    ----------
    question : Question
    people : float array (day, member)
        Joint samples.
    days : float array (day,)
        Days ahead.
    """
    first = people[0] if math.isnan(question.last) else np.full(people.shape[1], question.last)
    courses, at = np.vstack([first, people]), np.concatenate([[0.0], days])
    right = int(np.clip(np.searchsorted(at, question.days), 1, at.size - 1))
    share = min((question.days - at[right - 1]) / (at[right] - at[right - 1]), 1.0)
    ends = courses[right - 1 : right + 1]
    before, after = np.log(np.maximum(ends, FEWEST_PEOPLE))
    # Rounding, and the floor of logs, would lead beyond the ends.
    on_the_day = np.clip(np.exp((1 - share) * before + share * after), ends.min(axis=0), ends.max(axis=0))
    passed = question.passes(ends[1] if share == 1.0 else on_the_day)
    if question.any_day:
        passed = passed | question.passes(people[days <= question.days]).any(axis=0)
    return np.asarray(passed)
