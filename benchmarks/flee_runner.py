"""Run one case with Flee itself, in a process of its own, and say what it cost as a line of JSON.

    python -P benchmarks/flee_runner.py CASE RULES HASTEN

Needs the group `bench` (flee 3.1) and nothing of Tiau; -P because flee.py beside it would be taken for Flee. `cpu` is
the time of the days in seconds, `setup` that of reading, `peak` the largest memory in MB.
"""

import contextlib
import io
import json
import sys
import tempfile
import time
from pathlib import Path

import yaml
from flee import InputGeography, flee, spawning
from flee.datamanager import handle_refugee_data, read_period
from flee.SimulationSettings import SimulationSettings


def settings_for(case: Path, rules: Path, hasten: int, folder: str) -> None:
    """Set Flee's global settings from a file of rules, at a scale."""
    text = yaml.safe_load(rules.read_text(encoding="utf-8"))
    text.setdefault("optimisations", {})["hasten"] = hasten
    path = Path(folder) / "simsetting.yml"
    path.write_text(yaml.safe_dump(text), encoding="utf-8")
    SimulationSettings.ReadFromYML(str(path))
    SimulationSettings.ConflictInputFile = str(case / "input_csv/conflicts.csv")


def world(case: Path, hasten: int) -> tuple:
    """Read a case: its days, Flee's geography, ecosystem, locations and counts."""
    inputs = case / "input_csv"
    start, days = read_period.read_conflict_period(str(inputs / "sim_period.csv"))
    geography = InputGeography.InputGeography()
    geography.ReadConflictInputCSV(SimulationSettings.ConflictInputFile)
    geography.ReadLocationsFromCSV(str(inputs / "locations.csv"))
    geography.ReadLinksFromCSV(str(inputs / "routes.csv"))
    geography.ReadClosuresFromCSV(str(inputs / "closures.csv"))
    ecosystem, places = geography.StoreInputGeographyInEcosystem(flee.Ecosystem())
    counts = handle_refugee_data.RefugeeTable(
        csvformat="generic",
        data_directory=str(case / "source_data"),
        start_date=start,
        data_layout="data_layout.csv",
        population_scaledown_factor=hasten,
    )
    if (inputs / "registration_corrections.csv").exists():
        counts.ReadL1Corrections(str(inputs / "registration_corrections.csv"))
    return days, geography, ecosystem, places, counts


def main() -> None:
    """Run and print."""
    case, rules, hasten = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        begun = time.process_time()
        settings_for(case, rules, hasten, folder)
        days, geography, ecosystem, places, counts = world(case, hasten)
        camps = [place for place in places.values() if place.camp]
        read = time.process_time()
        for camp in camps:
            spawning.add_initial_refugees(ecosystem, counts, camp)
        agent_days, present = 0, []
        for day in range(days):
            geography.AddNewConflictZones(ecosystem, day)
            spawning.spawn_daily_displaced(ecosystem, day, counts, True)
            spawning.refresh_spawn_weights(ecosystem)
            ecosystem.enact_border_closures(day)
            ecosystem.evolve()
            agent_days += ecosystem.numAgents()
            present.append([camp.numAgents for camp in camps])
        done = time.process_time()
    found = {
        "setup": read - begun, "cpu": done - read, "days": days, "person_days": agent_days,
        "camps": [camp.name for camp in camps], "present": present,
    }  # fmt: skip
    if sys.platform != "win32":
        import resource

        found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
