"""simsetting.yml as settings: keys that change a run are read or refused by name, never passed over."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tiau.faults import nearest, written
from tiau.flee.case.settings import FleeSettings
from tiau.flee.reading.yaml_tree import Entry, read_tree
from tiau.readers.notes import Notes

RULES_FILE = "simsetting.yml"
SECTIONS = ("log_levels", "spawn_rules", "move_rules", "optimisations")
READ: dict[str, dict[str, type]] = {
    "": {"default_conflict_intensity": int},
    "spawn_rules": {
        "take_from_population": bool, "insert_day0": bool, "empty_camps_on_day0": bool,
        "conflict_zone_spawning_only": bool, "flood_zone_spawning_only": bool, "sum_from_camps": bool,
        "camps_are_sinks": bool, "camps_are_sicks": bool,
        "conflict_spawn_decay": list, "conflict_spawn_decay_interval": int,
        "conflict_driven_spawning": dict, "flood_driven_spawn_mode": dict,
    },
    "move_rules": {
        "max_move_speed": float, "max_walk_speed": float,
        "foreign_weight": float, "camp_weight": float, "conflict_weight": float,
        "conflict_movechance": float, "camp_movechance": float, "idpcamp_movechance": float,
        "default_movechance": float, "movechance_pop_base": float, "movechance_pop_scale_factor": float,
        "awareness_level": int, "capacity_buffer": float, "capacity_scaling": float,
        "avoid_short_stints": bool, "start_on_foot": bool, "use_v1_rules": bool,
        "softening": float, "weight_softening": float, "weight_power": float, "distance_power": float,
        "pruning_threshold": float, "flood_rules": dict,
    },
    "optimisations": {"hasten": int},
    "move_rules.flood_rules": {
        "flood_movechances": list, "flood_loc_weights": list, "flood_forecaster": bool,
        "flood_forecaster_timescale": int, "flood_forecaster_end_time": int, "flood_forecaster_weights": list,
        "flood_awareness_weights": list,
    },
    "spawn_rules.conflict_driven_spawning": {"spawn_mode": str, "displaced_per_conflict_day": float},
    "spawn_rules.flood_driven_spawn_mode": {"spawn_mode": str, "displaced_per_flood_day": list},
}  # fmt: skip
SECTION_OF = {name: section for section, names in READ.items() for name in names}
SILENT = {"": {"number_of_steps", "conflict_input_file", "flood_level_input_file"}}
DEAD: dict[str, set[str]] = {
    "spawn_rules": {"flood_driven_spawning", "flood_spawn_mode", "Flood_spawn_decay", "average_social_connectivity"},
    "move_rules": {
        "max_flood_level", "max_crossing_speed", "home_distance_power", "pop_power_for_loc_weight",
        "avg_religion_fraction",
    },
    "move_rules.flood_rules": {"flood_link_weights", "max_flood_level"},
    "spawn_rules.flood_driven_spawn_mode": {"flood_spawn_mode", "flood_forecaster_timescale"},
}  # fmt: skip
REFUSED: dict[str, set[str]] = {
    "spawn_rules": {"read_from_agents_csv_file", "starvation_driven_spawning"},
    "move_rules": {
        "fixed_routes", "stay_close_to_home", "use_pop_for_loc_weight", "WomenAvoidHazards", "ChildrenAvoidHazards",
        "ElderlyAvoidHazards", "BoysTakeRisk", "MatchCampReligion", "MatchCampEthnicity", "MatchTownEthnicity",
        "MatchConflictEthnicity", "two_system_decision_making", "use_economic_pull", "harvest_months",
        "flee_when_starving", "avoid_food_deprived_locations",
    },
}  # fmt: skip
V1_RULES = {
    "max_move_speed": 200.0, "start_on_foot": False, "avoid_short_stints": False, "camp_weight": 2.0,
    "conflict_weight": 0.25,
}  # fmt: skip
MODES = ("constant", "pop_ratio", "poisson")
FLOOD_AMOUNTS = {"constant": [0, 100, 200, 300, 500], "pop_ratio": [0.0, 0.1, 0.2, 0.5, 0.9]}
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def read_rules(path: Path, notes: Notes) -> FleeSettings:
    """Read a file of settings; defaults stand in where it has faults, which are noted."""
    tree = read_tree(path, notes)
    if tree is None:
        return FleeSettings()
    return Rules(path.name, notes).settings(tree)


class Rules:
    """The keys of one file."""

    def __init__(self, file: str, notes: Notes) -> None:
        self.file, self.notes = file, notes
        self._read: dict[str, Entry] = {}

    def settings(self, tree: Entry) -> FleeSettings:
        """Return what the file says."""
        top = {name: entry for name, entry in tree.value.items() if name not in SECTIONS}
        values = self._section("", top)
        given: dict[str, Mapping[str, Any]] = {}
        for name in SECTIONS[1:]:
            entry = tree.value.get(name)
            if entry is not None and entry.value is not None:
                given[name] = self._section(name, self._mapping(entry))
                values |= given[name]
        values |= self._mode(given.get("spawn_rules", {}), given.get("move_rules", {}))
        for name in ("conflict_driven_spawning", "flood_driven_spawn_mode", "flood_zone_spawning_only"):
            values.pop(name, None)
        if values.pop("use_v1_rules", False):
            values |= V1_RULES
            names = ", ".join(f"{name} {value}" for name, value in V1_RULES.items())
            self.notes.warn(self.file, f"sets {names}, whatever else is said", "", column="move_rules.use_v1_rules")
        self._awareness(values)
        if values.pop("camps_are_sicks", False):
            values["camps_are_sinks"] = True
        try:
            return FleeSettings.model_validate(values)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                key, wanted = str(detail["loc"][0]), detail["msg"].removeprefix("Input should be ")
                entry = self._read.get(key, Entry(key, 0, detail["input"]))
                self._fault(entry.key, "cannot be so", f"give a number {wanted}", entry.value, entry.row or None)
            return FleeSettings()

    def _mapping(self, entry: Entry) -> dict[str, Entry]:
        if isinstance(entry.value, dict):
            return entry.value
        self._fault(entry.key, "is no section", "write its keys below it, indented", entry.value, entry.row)
        return {}

    def _section(self, section: str, entries: Mapping[str, Entry]) -> dict[str, Any]:
        read, values = READ.get(section, {}), {}
        for name, entry in entries.items():
            if name in read:
                self._read[name] = entry
                value = self._value(entry, read[name])
                if value is not None:
                    values[name] = value
            elif name in REFUSED.get(section, ()):
                if entry.value not in (None, False, 0, []):
                    problem = f"is set, and Tiau does not have the rule {name}, which no published case uses"
                    self._fault(entry.key, problem, "remove the key, or set it to its default", entry.value, entry.row)
            elif name in DEAD.get(section, ()):
                self.notes.warn(self.file, "is a key without effect", "", entry.row, entry.key)
            elif name not in SILENT.get(section, ()):
                others = SECTIONS if not section else ()
                remedy = nearest(name, [*read, *others, *REFUSED.get(section, ())]) or "remove the key"
                self._fault(entry.key, "is not a key of this file", remedy, row=entry.row)
        return values

    def _value(self, entry: Entry, wanted: type) -> Any:  # noqa: ANN401
        """Return a value of the type that a key wants; None where it is blank or a fault was noted."""
        value = entry.value
        if value is None:
            return None
        if wanted is dict:
            return self._section(entry.key, value) if isinstance(value, dict) else self._refuse_plain(entry)
        if wanted is str and isinstance(value, str):
            return value.strip().lower()
        if wanted is list and isinstance(value, list):
            numbers = [_number(item) for item in value]
            if None not in numbers:
                return numbers
        if wanted is bool and value in (0, 1):
            return bool(value)
        number = _number(value)
        if wanted is float and number is not None:
            return number
        if wanted is int and number is not None:
            if number != int(number):
                self.notes.warn(self.file, f"is read as {int(number)}", "", entry.row, entry.key, str(value))
            return int(number)
        wish = {bool: "True or False, without quotation marks", list: "a list of numbers: [1.0, 0.5]",
                str: f"one of {', '.join(MODES)}"}.get(wanted, "a number")  # fmt: skip
        self._fault(entry.key, "cannot be used here", f"give {wish}", value, entry.row)
        return None

    def _refuse_plain(self, entry: Entry) -> None:
        if entry.value is not False:
            self._mapping(entry)

    def _awareness(self, values: dict[str, Any]) -> None:
        level = values.get("awareness_level", 1)
        if level == 0:
            self._fault("move_rules.awareness_level", "lets nobody move", "give 1 or more", level)
            values["awareness_level"] = 1
        elif level < 0:
            self.notes.warn(self.file, "is read as 1", "", column="move_rules.awareness_level", cell=str(level))
            values["awareness_level"] = 1

    def _mode(self, spawn: Mapping[str, Any], move: Mapping[str, Any]) -> dict[str, Any]:
        """Return how newcomers are made, and the flood rules, flat."""
        flood = move.get("flood_rules")
        conflict_way, flood_way = spawn.get("conflict_driven_spawning"), spawn.get("flood_driven_spawn_mode")
        only_flood = spawn.get("flood_zone_spawning_only", False)
        values: dict[str, Any] = {"flood_rules": flood is not None, **(flood or {})}
        if only_flood and spawn.get("conflict_zone_spawning_only", True):
            remedy = "set conflict_zone_spawning_only: False beside flood_zone_spawning_only: True"
            self._fault("spawn_rules.flood_zone_spawning_only", "excludes conflict_zone_spawning_only", remedy)
        if only_flood != (flood_way is not None) or (flood is not None) != (flood_way is not None):
            remedy = "give all of flood_zone_spawning_only: True, flood_driven_spawn_mode and flood_rules, or none"
            self._fault("spawn_rules.flood_driven_spawn_mode", "is one of three keys that need each other", remedy)
        if flood_way is not None:
            values |= self._flood_amounts(flood_way, values)
            if not spawn.get("take_from_population", False):
                problem, remedy = "must be True where floods make newcomers", "set take_from_population: True"
                self._fault("spawn_rules.take_from_population", problem, remedy)
        elif conflict_way is not None:
            mode = self._known_mode("conflict_driven_spawning", conflict_way, "constant")
            amount = conflict_way.get("displaced_per_conflict_day", 0.01 if mode == "pop_ratio" else 500)
            amounts = [amount if mode == "pop_ratio" else float(int(amount))]
            values |= {"spawn_mode": "conflict", "amount_mode": mode, "amounts": amounts}
        return values

    def _flood_amounts(self, given: Mapping[str, Any], rules: Mapping[str, Any]) -> dict[str, Any]:
        mode = self._known_mode("flood_driven_spawn_mode", given, "pop_ratio")
        amounts = given.get("displaced_per_flood_day", FLOOD_AMOUNTS.get(mode, FLOOD_AMOUNTS["constant"]))
        for name in ("flood_movechances", "flood_loc_weights"):
            if not rules.get(name):
                self._fault(f"move_rules.flood_rules.{name}", "is missing", "give a list of numbers, one a level")
        return {"spawn_mode": "flood", "amount_mode": mode, "amounts": amounts}

    def _known_mode(self, key: str, given: Mapping[str, Any], default: str) -> str:
        mode = str(given.get("spawn_mode", default))
        if mode in MODES:
            return mode
        self._fault(f"spawn_rules.{key}.spawn_mode", "is no mode", f"modes: {', '.join(MODES)}", mode)
        return default

    def _fault(self, key: str, problem: str, remedy: str, value: object = "", row: int | None = None) -> None:
        self.notes.fault(
            self.file, problem, remedy, row, key, str(value) if isinstance(value, bool) else written(value)
        )


def _number(value: object) -> float | None:
    """Return a number of YAML, or a text that is one; None for anything else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e15 or math.isnan(value):
        return None
    return float(value)
