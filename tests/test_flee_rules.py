"""simsetting.yml: what is read, what is told, what is refused."""

import pytest

from flee_folders import write_files
from tiau import flee
from tiau.faults import InputError
from tiau.flee.case.settings import FleeSettings
from tiau.flee.reading.rules import read_rules
from tiau.flee.reading.writing import rules_text
from tiau.readers.notes import Notes


def rules(tmp_path, text):
    path = tmp_path / "simsetting.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    notes = Notes()
    settings = read_rules(path, notes)
    assert all(fault.problem and fault.remedy for fault in notes.faults)
    return settings, [str(fault) for fault in notes.faults], [str(fault) for fault in notes.warnings]


def in_move_rules(tmp_path, line):
    return rules(tmp_path, f"move_rules:\n  {line}\n")


@pytest.mark.parametrize("text", ["", "# nothing\n", "move_rules:\nspawn_rules:\n", "log_levels:\n  agent: 3\n"])
def test_files_and_sections_may_be_empty(text, tmp_path):
    assert rules(tmp_path, text) == (FleeSettings(), [], [])


def test_keys_of_all_sections_are_read(tmp_path):
    text = """
default_conflict_intensity: 2
number_of_steps: 300
spawn_rules:
  take_from_population: True
  sum_from_camps: no
  conflict_spawn_decay: [1, 0.5, "0.1"]
  camps_are_sinks: 1
move_rules:
  max_move_speed: "200"
  awareness_level: 2
  pruning_threshold: 1.5
  capacity_scaling: 1e1
optimisations:
  hasten: 100
"""
    settings, faults, warnings = rules(tmp_path, text)
    assert (faults, warnings) == ([], [])
    assert settings == FleeSettings(
        default_conflict_intensity=2, take_from_population=True, sum_from_camps=False, camps_are_sinks=True,
        conflict_spawn_decay=(1, 0.5, 0.1), max_move_speed=200, awareness_level=2, pruning_threshold=1.5,
        capacity_scaling=10, hasten=100,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["camps_are_sinks", "camps_are_sicks"])
def test_sinks_are_read_in_both_spellings(key, tmp_path):
    assert rules(tmp_path, f"spawn_rules:\n  {key}: True\n")[0].camps_are_sinks


def test_fractions_of_whole_numbers_are_cut_and_told(tmp_path):
    settings, faults, warnings = in_move_rules(tmp_path, "awareness_level: 1.5")
    assert (settings.awareness_level, faults) == (1, [])
    assert warnings == ['simsetting.yml row 2 key move_rules.awareness_level: "1.5" is read as 1']


def test_awareness_below_0_is_1_and_0_is_refused(tmp_path):
    settings, faults, warnings = in_move_rules(tmp_path, "awareness_level: -1")
    assert (settings.awareness_level, faults) == (1, [])
    assert warnings == ['simsetting.yml key move_rules.awareness_level: "-1" is read as 1']
    _, faults, _ = in_move_rules(tmp_path, "awareness_level: 0")
    assert faults == ['simsetting.yml key move_rules.awareness_level: "0" lets nobody move; give 1 or more']


def test_the_rules_of_version_1_are_spelt_out(tmp_path):
    settings, faults, warnings = in_move_rules(tmp_path, "{use_v1_rules: True, max_move_speed: 500}")
    assert faults == []
    assert (settings.max_move_speed, settings.camp_weight, settings.conflict_weight) == (200, 2, 0.25)
    assert len(warnings) == 1


def test_conflict_may_make_newcomers(tmp_path):
    text = "spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: Poisson\n    displaced_per_conflict_day: 20.9\n"
    settings, faults, _ = rules(tmp_path, text)
    assert faults == []
    assert (settings.spawn_mode, settings.amount_mode, settings.amounts) == ("conflict", "poisson", (20.0,))
    settings, *_ = rules(tmp_path, "spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: pop_ratio\n")
    assert settings.amounts == (0.01,)


FLOOD = """
spawn_rules:
  take_from_population: True
  conflict_zone_spawning_only: False
  flood_zone_spawning_only: True
  flood_driven_spawning: True
  flood_driven_spawn_mode:
    flood_spawn_mode: constant
    displaced_per_flood_day: [0, 0.1, 0.2]
move_rules:
  max_flood_level: 2
  flood_rules:
    flood_movechances: [0.3, 0.5, 1]
    flood_loc_weights: [1, 0.5, 0.1]
    flood_link_weights: [1, 1, 1]
"""


def test_floods_are_read_and_dead_keys_named(tmp_path):
    settings, faults, warnings = rules(tmp_path, FLOOD)
    assert faults == []
    assert (settings.spawn_mode, settings.amount_mode, settings.amounts) == ("flood", "pop_ratio", (0, 0.1, 0.2))
    assert settings.flood_rules
    assert settings.flood_movechances == (0.3, 0.5, 1)
    keys = ["spawn_rules.flood_driven_spawning", "spawn_rules.flood_driven_spawn_mode.flood_spawn_mode",
            "move_rules.max_flood_level", "move_rules.flood_rules.flood_link_weights"]  # fmt: skip
    assert [warning.partition(" key ")[2].partition(":")[0] for warning in warnings] == keys


@pytest.mark.parametrize(("old", "said"), [
    ("  flood_zone_spawning_only: True\n", "one of three keys that need each other"),
    ("  take_from_population: True\n", "must be True where floods make newcomers"),
    ("  conflict_zone_spawning_only: False\n", "excludes conflict_zone_spawning_only"),
    ("    flood_loc_weights: [1, 0.5, 0.1]\n", "key move_rules.flood_rules.flood_loc_weights: is missing"),
])  # fmt: skip
def test_floods_that_lack_something_are_refused(old, said, tmp_path):
    assert any(said in fault for fault in rules(tmp_path, FLOOD.replace(old, ""))[1])


def test_flood_tables_are_read_and_their_levels_checked(tmp_path):
    table = "#Day,Gao,Menaka\n" + "0,1,2\n" * 6
    files = {"input_csv/flood_level.csv": table, "input_csv/conflicts.csv": None, "simsetting.yml": FLOOD,
             "source_data/data_layout.csv": "total,refugees.csv\n",
             "input_csv/registration_corrections.csv": None}  # fmt: skip
    case = flee.load(write_files(tmp_path / "a", files))
    assert case.conflicts is None
    assert case.flood_level.values.tolist() == [[1, 2]] * 6
    files["input_csv/flood_level.csv"] = table.replace("0,1,2", "0,1,6")
    with pytest.raises(InputError, match="goes up to level 6, and flood_movechances has values for levels up to 2"):
        flee.load(write_files(tmp_path / "b", files))


REFUSED = {
    "max_move_sped: 3": 'row 2 key move_rules.max_move_sped: is not a key of this file; did you mean "max_move_speed"?',
    "start_on_foot: 'False'": '"False" cannot be used here; give True or False, without quotation marks',
    "start_on_foot: 2": "give True or False",
    "max_move_speed: fast": '"fast" cannot be used here; give a number',
    "max_move_speed: True": '"True" cannot be used here',
    "max_move_speed: 0": "give a number greater than 0",
    "max_move_speed: .inf": '"inf" cannot be used here',
    "max_move_speed: .nan": '"nan" cannot be used here',
    "max_move_speed: [1]": "cannot be used here; give a number",
    "max_move_speed: {a: 1}": "cannot be used here; give a number",
    "max_move_speed: 2012-03-01": '"2012-03-01" cannot be used here',
    "max_move_speed: 2012-13-41": "is no value that can be used",
    "max_move_speed: !!python/name:os.system 1": "is not valid YAML",
    "softening: -3": "give a number greater than or equal to 0",
    "fixed_routes: True": "Tiau does not have the rule fixed_routes, which no published case uses; remove the key",
    "use_economic_pull: 1.0": "does not have the rule use_economic_pull",
    "harvest_months: [6, 7]": "does not have the rule harvest_months",
    "flood_rules: True": "row 2 key move_rules.flood_rules: \"True\" is no section",
    "capacity_buffer: 2": "less than or equal to 1",
    "softening: &a 1\n  camp_weight: *a": "row 3: refers to another place with *",
    "softening: [[[[[[[[[[[1]]]]]]]]]]]": "has lists in lists without end",
    "softening: [1": "is not valid YAML",
    "? [a, b]\n  : 1": "is not a key of this file",
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_by_name(line, said, tmp_path):
    _, faults, _ = in_move_rules(tmp_path, line)
    assert len(faults) == 1
    assert said in faults[0]


@pytest.mark.parametrize("line", ["fixed_routes: False", "use_economic_pull: 0", "harvest_months: []",
                                  "two_system_decision_making: 0.0", "BoysTakeRisk:"])  # fmt: skip
def test_rules_that_tiau_has_not_may_stand_at_their_default(line, tmp_path):
    assert in_move_rules(tmp_path, line) == (FleeSettings(), [], [])


@pytest.mark.parametrize(("text", "said"), [
    ("move_rule:\n  softening: 3\n", 'row 1 key move_rule: is not a key of this file; did you mean "move_rules"?'),
    ("move_rules: 3\n", 'row 1 key move_rules: "3" is no section'),
    ("- 1\n- 2\n", "holds no settings"),
    ("fast", "holds no settings"),
    ("a: b: c", "is not valid YAML"),
    ("\tmove_rules: 1", "is not valid YAML"),
    (b"move_rules:\n  softening: \xff", "not UTF-8"),
    ("#" * 100_001, "is larger than 100 kB"),
    ("[" * 5000, "has lists in lists"),
    ("--- 1\n--- 2\n", "is not valid YAML"),
    ("optimisations:\n  hasten: 0\n", "greater than or equal to 1"),
    ("spawn_rules:\n  conflict_driven_spawning: True\n", "is no section"),
    ("spawn_rules:\n  conflict_driven_spawning: {spawn_mode: some}\n", "modes: constant, pop_ratio, poisson"),
    ("a: " + "9" * 5000, ""),
])  # fmt: skip
def test_files_that_are_no_settings_are_refused(text, said, tmp_path):
    _, faults, _ = rules(tmp_path, text)
    assert faults
    assert said in faults[0]


def test_a_file_of_rules_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"rules: .* is not a file; name a simsetting\.yml"):
        flee.load(write_files(tmp_path / "a"), tmp_path / "none.yml")


def test_what_is_written_is_read_back(tmp_path):
    settings = rules(tmp_path, FLOOD)[0]
    assert rules(tmp_path, rules_text(settings))[:2] == (settings, [])


def test_a_key_that_stands_twice_is_taken_as_flee_does_and_told(tmp_path):
    notes = Notes()
    (tmp_path / "simsetting.yml").write_text("move_rules:\n  softening: 1\n  softening: 2\n")
    assert read_rules(tmp_path / "simsetting.yml", notes).softening == 2
    assert notes.faults == []
    assert [str(note) for note in notes.repairs] == [
        "simsetting.yml row 3 key move_rules.softening: stands already in row 2; as in Flee the last one counts"
    ]
