"""Every behavioural parameter: default, distribution, bounds, unit, meaning and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tiau.scenario.settings import Setting

CHOICE_STUDY = "leave-one-conflict-out study of 95 formulations on ten conflicts (docs/sources.md, study C)"
SKETCH = "four-parameter sketch of the Mizoram series (docs/sources.md, study M); weakly known"
SEARCH = "search on seven figures of 2021 with an earlier engine (docs/sources.md)"
RATIO = "UNHCR and Chin groups against the state, 2022-23: 1.14 to 1.37 (SOURCES.md of mizoram-2021)"
JUDGEMENT = "judgement; no source found"
WIDE = "judgement; wide, as no source tells it and what-ifs hang on it"
BANDS = "study of bands on mizoram-2021, figures known by the end of 2021 (docs/sources.md, study T)"
POOLED = f"{BANDS}; as wide as places of seven conflicts differ (study V)"
CLEARED = "re-registrations of ten conflicts (docs/sources.md, study F; study V: rarer)"
AS_OTHERS = "judgement; as others, no source tells them apart"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One behavioural parameter.

    Attributes
    ----------
    name : str
    default : float
        In `unit`; the value where a scenario gives no other.
    spread : float
        Standard deviation of the log of a member's value around the scenario's, before it is cut to the bounds;
        0 where they are the same for all, as what shapes the network (speeds, delays) is.
    lower, upper : float
        Bounds, both allowed.
    unit, meaning, source : str
    judged : bool
        Whether nothing that is reported tells it, so that what-ifs which hang on it state a range of their own.
    planning : bool
        Whether it only turns people into what they need: no member goes by it, and no fit is another with another value.
    """

    name: str
    default: float
    lower: float
    upper: float
    unit: str
    meaning: str
    source: str
    spread: float = 0.0
    judged: bool = False
    planning: bool = False


PARAMETERS: tuple[Parameter, ...] = (
    # Departures
    Parameter("departure_rate", 4e-4, 0, 1, "1/day per unit of intensity",
              "hazard of leaving home; a member with a shorter memory of events has a higher one", SEARCH, 0.3),
    Parameter("background_intensity", 0, 0, 10, "severity", "intensity where nothing happens", JUDGEMENT),
    Parameter("intensity_power", 1, 0.2, 3, "1", "power of intensity in the hazard of leaving", SKETCH),
    Parameter("event_memory_days", 25, 1, 365, "days", "time in which an event's effect falls to 1/e", BANDS, 0.5),
    Parameter("departure_delay_days", 4, 0, 30, "days", "from an event to the first departures it causes", SKETCH),
    Parameter(
        "national_event_weight", 1.0, 0, 2, "1",
        "weight of an event that is reported for a whole country, against one at a place", SEARCH, 0.4,
    ),
    # Where people go
    Parameter("distance_decay", 0.00084, 0, 0.1, "1/km", "fall of the log weight of a destination", CHOICE_STUDY, 0.42,
              judged=True),
    Parameter("crowd_power", 0.87, 0, 2, "1", "how much people go where people are (phi)", CHOICE_STUDY),
    Parameter("crowd_floor", 0.075, 1e-6, 10, "share", "weight of a destination that nobody chose yet (s0)",
              CHOICE_STUDY),
    Parameter("entry_bonus", 0.2, -5, 5, "log weight", "the nearest destination of each country abroad", CHOICE_STUDY),
    Parameter("room_scale", 1.23, 0.01, 100, "1", "people over capacity at which no room is left (k)", CHOICE_STUDY),
    Parameter("room_power", 1, 0, 5, "1", "how much lack of room repels (kappa)", CHOICE_STUDY),
    Parameter("room_floor", 0, 0, 1, "share", "room that a full place still has; above 0 people go on where all is full",
              JUDGEMENT),
    Parameter("stay_inside", 1, 0, 1e6, "weight",
              "weight of each destination inside the home country, against one abroad", WIDE, 0.7, judged=True),
    Parameter("own_place_km", 50, 0, 2000, "km", "cost of being displaced within the own place", JUDGEMENT, 0.5, judged=True),
    Parameter("onward_rate", 0.001, 0, 1, "1/day", "hazard that settled people set out again", JUDGEMENT, 0.5, judged=True),
    Parameter("flee_again", 1, 0, 10, "1",
              "hazard of displaced people where events strike, against residents with departure_multiplier 1", JUDGEMENT,
              0.5, judged=True),
    # The way
    Parameter("road_km_per_day", 200, 1, 2000, "km/day", "speed by road", SKETCH),
    Parameter("track_km_per_day", 70, 1, 2000, "km/day", "speed on a track", SKETCH),
    Parameter("foot_km_per_day", 25, 1, 100, "km/day", "speed on foot", SKETCH),
    Parameter("ferry_km_per_day", 100, 1, 2000, "km/day", "speed by ferry or boat", JUDGEMENT),
    Parameter("km_per_day_waited", 200, 0, 5000, "km/day", "cost of a day of waiting at a crossing", WIDE, 1.2, judged=True),
    # At crossings
    Parameter("enforcement_spread", 1.0, 0, 5, "log odds", "sd of an estimated enforcement: .1 may be .02 to .36", WIDE),
    Parameter("exemption_spread", 1.8, 0, 5, "log odds", "sd of an estimated share that is admitted: .5 may be .05 to .95",
              WIDE),
    Parameter("blocked_wait", 0.7, 0, 1, "share a day", "of those kept out: wait and try again", JUDGEMENT, 0.4,
              judged=True),
    Parameter("blocked_other_way", 0.1, 0, 1, "share a day", "of those kept out: choose again from where they are", JUDGEMENT,
              0.4, judged=True),
    Parameter("blocked_irregular", 0.1, 0, 1, "share a day", "of those kept out: cross irregularly, where porous", JUDGEMENT,
              0.4, judged=True),
    Parameter("blocked_give_up", 0.1, 0, 1, "share a day", "of those kept out: stay displaced where they are", JUDGEMENT,
              0.4, judged=True),
    Parameter("news_days", 3, 0, 60, "days", "until people know how a crossing lets them pass", JUDGEMENT, 0.7,
              judged=True),
    Parameter("relief_weight", 0.05, 0, 2, "1", "log weight of a destination per ln(1 + amount) of relief", WIDE, 0.7,
              judged=True),
    # Returns
    Parameter("return_rate", 7.5e-4, 0, 1, "1/day", "hazard of return when home is quiet", SEARCH, 0.5),
    Parameter("quiet_intensity", 0.3, 1e-3, 100, "severity", "intensity at home that cuts returns to 1/e", SKETCH, 0.5),
    Parameter("unquiet_return", 0.1, 0, 1, "share", "of the hazard of return that stays however unquiet home is",
              "about 100 returns reported in spring 2021 amid fighting (notes of mizoram-2021), order of magnitude", 1.0),
    # The shocks of a member
    Parameter("event_factor_cv", 0.8, 0, 3, "1", "coefficient of variation of an event's log-normal factor", BANDS),
    Parameter("pull_district_sd", 0.5, 0, 3, "log weight", "sd of what lastingly draws people to a district", POOLED),
    Parameter("pull_place_sd", 0.5, 0, 3, "log weight", "sd of what lastingly draws people to a place in it", POOLED),
    Parameter("pull_kin_sd", 0.5, 0, 3, "log weight",
              "sd of what lastingly draws one community to a district abroad, and no other",
              "judgement; with pull_district_sd as much as study T gives to what draws everybody (docs/sources.md)"),
    Parameter("pull_drift_sd", 1.0, 0, 3, "log weight", "sd of what draws people to a district for a while",
              f"{BANDS}; 2021 alone would give .7: part of it is judgement"),
    Parameter("pull_drift_days", 180, 1, 3650, "days", "memory of that", POOLED),
    Parameter("outflow_sd", 1.0, 0, 3, "log", "sd of what homes of a community lastingly send", BANDS),
    Parameter("outflow_drift_sd", 1.0, 0, 3, "log", "sd of what a home sends for a while",
              f"{BANDS}; 2021 alone would give .7: part of it is judgement"),
    Parameter("outflow_drift_days", 120, 1, 3650, "days", "memory of that", BANDS),
    Parameter("inside_sd", 1.0, 0, 3, "log weight", "sd of how much rather a community stays inside its country", BANDS),
    # Figures
    Parameter("coverage_register", 1, 0.01, 10, "1", "share of people that authorities count; 1 defines the truth",
              JUDGEMENT, 0.02),
    Parameter("coverage_agency", 1.2, 0.01, 10, "1", "UN agencies, against what authorities register", RATIO, 0.1),
    Parameter("coverage_media", 1, 0.01, 10, "1", "papers that give a figure of their own", AS_OTHERS, 0.2),
    Parameter("coverage_other", 1, 0.01, 10, "1", "members of parliament, organisations, villagers, papers", JUDGEMENT,
              0.2),
    Parameter("register_cleared_days", 450, 30, 36500, "days",
              "mean time until a register is cleared of people who are no longer there", CLEARED),
    Parameter("register_kept_share", 0.5, 0.01, 1, "share",
              "of a register that a clearing leaves at the least; any share from there to 1 is as likely", CLEARED),
    Parameter("delay_register_days", 0, 0, 60, "days", "from arrival to the count of authorities; variants of the sketch gave 6 to 27, poorly identified", JUDGEMENT),
    Parameter("delay_agency_days", 10, 0, 60, "days", "from arrival to the count of agencies", JUDGEMENT),
    Parameter("delay_media_days", 0, 0, 60, "days", "from arrival to what papers say", AS_OTHERS),
    Parameter("delay_other_days", 0, 0, 60, "days", "from arrival to what others say", JUDGEMENT),
    Parameter("noise_register_sd", 0.3, 0.001, 2, "log", "sd of a figure of authorities", f"{BANDS}; next figures of the same place: .2 to .3 (study V)"),
    Parameter("noise_agency_sd", 0.3, 0.001, 2, "log", "sd of a figure of agencies", BANDS),
    Parameter("noise_media_sd", 0.4, 0.001, 2, "log", "sd of a figure of papers", AS_OTHERS),
    Parameter("noise_other_sd", 0.4, 0.001, 2, "log", "sd of a figure of others", BANDS),
    Parameter("noise_inside_factor", 2.5, 0.1, 10, "1", "how much more figures of people displaced inside err", BANDS),
    Parameter("noise_flow_factor", 3, 0.1, 10, "1", "how much more figures of a period, and of returns, err", BANDS),
    Parameter("noise_first_days_sd", 0.8, 0.001, 2, "log", "sd that figures have besides while counting begins", BANDS),
    Parameter("first_days", 20, 0, 365, "days", "how long counting begins, from the day of the first figure on",
              "mizoram-2021: until 19 March 2021 totals of one day differed tenfold"),
    Parameter("about_slack", 0.15, 0.001, 1, "share", "half width of a figure given as `about`", JUDGEMENT),
    Parameter(
        "largest_daily_change", 0.1, 0, 1, "1/day",
        "change of a stock, as a share of its larger figure, beyond which two reports contradict each other "
        "(50 persons a day are always allowed)", JUDGEMENT,
    ),
    # Needs
    Parameter("household_size", 5, 1, 20, "persons a household", "people in a household, of which each needs a shelter",
              "UNHCR, Handbook for Emergencies, modular planning of sites: 80 people are 16 families", planning=True),
)  # fmt: skip

BY_NAME: dict[str, Parameter] = {parameter.name: parameter for parameter in PARAMETERS}
PLANNING = {parameter.name for parameter in PARAMETERS if parameter.planning}
SPEEDS = {mode: f"{mode}_km_per_day" for mode in ("road", "track", "foot", "ferry")}


def values(settings: Mapping[str, Setting]) -> dict[str, float]:
    """Return the value of every parameter, in the order of `PARAMETERS`: that of a scenario, else the default."""
    return {p.name: settings[p.name].value if p.name in settings else p.default for p in PARAMETERS}
