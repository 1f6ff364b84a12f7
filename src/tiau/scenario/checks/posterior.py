"""A posterior that was fitted to something else than the scenario it stands beside, or to more than was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tiau.faults import Fault, number_of, some_of
from tiau.scenario.model import Scenario
from tiau.scenario.parameters import BY_NAME
from tiau.scenario.posterior import Posterior

POSTERIOR = "posterior.csv"
AGAIN = "run tiau fit again"
NAMED = 3


def of_another_scenario(scenario: Scenario) -> Iterator[Fault]:
    """A posterior of another state of the scenario, of another prior, or with names that it lacks (warnings).

    This is for a scenario as its folder has it: one that is cut short or changed for a what-if is another on purpose.
    """
    if scenario.posterior is not None:
        yield from _of_another(scenario, scenario.posterior, POSTERIOR, AGAIN)
    for one in scenario.posteriors:
        again = f"forecasts do not go by it: fit again (tiau fit --until {one.known_until}), or delete it"
        yield from _of_another(scenario, one, f"posteriors/{one.known_until}.csv", again)


def _of_another(scenario: Scenario, posterior: Posterior, file: str, again: str) -> Iterator[Fault]:
    if posterior.scenario_digest != scenario.without_posterior().digest():
        yield Fault(file, "was fitted to another state of this scenario", again, level="warning")
    if not posterior.prior_digest:
        problem = "does not tell what values, spreads and bounds of parameters it was fitted with"
        yield Fault(file, problem, f"with others its numbers mean something else; {again}", level="warning")
    elif posterior.prior_digest != scenario.prior_digest():
        problem = "was fitted with other values, spreads or bounds of parameters"
        yield Fault(file, problem, f"its numbers mean something else here; {again}", level="warning")
    names = _names(scenario)
    strange = [unknown for unknown in posterior.unknowns if unknown.name not in names[unknown.kind]]
    if called := list(dict.fromkeys(f'{unknown.kind} "{unknown.name}"' for unknown in strange)):
        count = number_of(len(called), "thing")
        problem = f"names {count} that the scenario does not have: {some_of(called, NAMED)}"
        yield Fault(file, problem, f"nothing goes by them; {again}", level="warning")


def _names(scenario: Scenario) -> dict[str, set[str]]:
    """Return the names that a scenario has, by kind of what is not known."""
    places, acts = {place.place for place in scenario.places}, {act.act for act in scenario.acts}
    districts = {place.admin2 for place in scenario.places if place.admin2} | places
    communities = {group.community for group in scenario.groups}
    return {
        "parameter": set(BY_NAME),
        "enforcement": acts,
        "exemption": acts,
        "event": {event.event for event in scenario.events},
        "pull": districts,
        "place_pull": places,
        "kin_pull": {f"{community} to {district}" for community in communities for district in districts},
        "outflow": communities | places,
        "inside": communities,
    }


def known_after(scenario: Scenario, day: dt.date) -> Iterator[Fault]:
    """A posterior that was fitted to what was known after a day from which on nothing shall be known (a warning)."""
    posterior = scenario.posterior
    if posterior is not None and posterior.known_until > day:
        problem = f"was fitted to what was known until {posterior.known_until}, which is after {day}"
        remedy = f"--prior runs without it; tiau fit SCENARIO --until {day} --out FOLDER fits to what was known then"
        yield Fault(POSTERIOR, problem, remedy, level="warning")
