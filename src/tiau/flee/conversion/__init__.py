"""A case in the format of Flee as a scenario under our own rules, and what of the case has no place there."""

from tiau.flee.conversion.scenario import convert, scenario_of

__all__ = ["convert", "scenario_of"]
