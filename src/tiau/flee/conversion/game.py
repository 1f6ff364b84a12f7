"""The parameters of a case whose totals are given: its game, and what was fitted to such cases."""

from __future__ import annotations

from tiau.scenario.settings import Setting

GAME = "the game of a case in Flee's format: totals are given, nobody returns or moves on"
FITTED = "fitted to six conflicts by tools/fit_cold_start.py; docs/flee.md gives the accuracy on conflicts left out"
FITTED_TO = ("burundi2015", "car2013", "mali2012", "nigeria2016", "ssudan2013", "syria2013")
OF_THE_GAME: dict[str, float] = {
    "road_km_per_day": 300.0,
    "news_days": 0.0,
    "stay_inside": 0.0,
    "onward_rate": 0.0,
    "return_rate": 0.0,
    "departure_rate": 0.0,
    "room_floor": 1e-3,
}
WITH_CAPACITY: dict[str, float] = {
    "distance_decay": 0.00082, "crowd_power": 1.0, "crowd_floor": 0.122, "entry_bonus": 0.0, "room_scale": 0.904,
    "room_power": 1.0,
}  # fmt: skip
WITHOUT_CAPACITY = {"distance_decay": 0.000926, "crowd_power": 1.0, "crowd_floor": 0.155, "entry_bonus": 0.378}


def settings_of_the_game(*, capacity: bool) -> dict[str, Setting]:
    """Return the parameters of a case with counts, for camps whose capacities are known or are not."""
    fitted = WITH_CAPACITY if capacity else WITHOUT_CAPACITY
    return {
        **{name: Setting(value=value, why=GAME) for name, value in OF_THE_GAME.items()},
        **{name: Setting(value=value, why=FITTED) for name, value in fitted.items()},
    }
