"""A case in Flee's format as a scenario of Tiau's own, and back without loss."""

from tiau.flee.case.from_scenario import case_of
from tiau.flee.case.to_scenario import scenario_of

__all__ = ["case_of", "scenario_of"]
