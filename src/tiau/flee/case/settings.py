"""What simsetting.yml says: the rules of a case in Flee's format, with Flee's names and defaults."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SpawnMode = Literal["source_data", "conflict", "flood"]
AmountMode = Literal["constant", "pop_ratio", "poisson"]


class FleeSettings(BaseModel):
    """Rules, flat; the name of each is its key in simsetting.yml unless said otherwise.

    Distances in km, speeds in km a day, chances a day. Source of every default: Flee 3 (commit 02cd2cb).

    Attributes
    ----------
    spawn_mode : str
        Where newcomers come from: the counts of source_data, conflict_driven_spawning or flood_driven_spawn_mode.
    amount_mode, amounts
        `spawn_mode` of the mapping, and `displaced_per_conflict_day` (one value) or `displaced_per_flood_day`.
    camps_are_sinks : bool
        In files `camps_are_sicks` as Flee reads it, or this spelling.
    flood_rules : bool
        Whether the mapping `flood_rules` is there.
    flood_forecaster_* and flood_*
        Keys of that mapping.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    # spawn_rules
    take_from_population: bool = False
    insert_day0: bool = True
    empty_camps_on_day0: bool = False
    conflict_zone_spawning_only: bool = True
    camps_are_sinks: bool = False
    sum_from_camps: bool = True
    conflict_spawn_decay: tuple[float, ...] = ()
    conflict_spawn_decay_interval: int = Field(default=30, ge=1)
    spawn_mode: SpawnMode = "source_data"
    amount_mode: AmountMode = "constant"
    amounts: tuple[float, ...] = ()
    # move_rules
    max_move_speed: float = Field(default=360.0, gt=0)
    max_walk_speed: float = Field(default=35.0, gt=0)
    foreign_weight: float = Field(default=1.0, ge=0)
    camp_weight: float = Field(default=1.0, ge=0)
    conflict_weight: float = Field(default=1.0 / 3.16227766017, ge=0)
    conflict_movechance: float = Field(default=1.0, ge=0)
    camp_movechance: float = Field(default=0.001, ge=0)
    idpcamp_movechance: float = Field(default=0.1, ge=0)
    default_movechance: float = Field(default=0.3, ge=0)
    awareness_level: int = Field(default=1, ge=1)
    capacity_buffer: float = Field(default=0.9, ge=0, le=1)
    capacity_scaling: float = Field(default=1.0, ge=0)
    avoid_short_stints: bool = False
    start_on_foot: bool = False
    softening: float = Field(default=10.0, ge=0)
    weight_softening: float = Field(default=0.0, ge=0)
    weight_power: float = Field(default=1.0, ge=0)
    distance_power: float = 1.0
    pruning_threshold: float = 1.0
    default_conflict_intensity: int = 1
    movechance_pop_base: float = Field(default=10000.0, gt=0)
    movechance_pop_scale_factor: float = 0.0
    flood_rules: bool = False
    flood_movechances: tuple[float, ...] = ()
    flood_loc_weights: tuple[float, ...] = ()
    flood_forecaster: bool = False
    flood_forecaster_timescale: int = 0
    flood_forecaster_end_time: int = 0
    flood_forecaster_weights: tuple[float, ...] = ()
    flood_awareness_weights: tuple[float, ...] = ()
    # optimisations
    hasten: int = Field(default=1, ge=1)
