"""Pages to look at, as the commands write them: small runs of three scenarios and of one with names in four scripts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from forecast_toys import counted
from tiau.readers import native
from tiau.results.lock import locked
from toys import LIVELY, UNLIKE, day, event, group, place, scenario, way

SHARED = Path(__file__).resolve().parents[2] / "shared"
# What a page must show as it is written.
CODE = "<img src=x onerror=alert(1)>"
BURMESE, ARABIC, DEVANAGARI = "ကလေးမြို့", "مخيم الفاشر", "बाघमारा शिविर"
FEW = ("--members", "4")
LONGEST = 1800.0
"""Seconds that a process waits for another to write a page."""
DARFUR = (
    "--place", "Chad", "--origin", "Sudan", "--quantity", "portal-timeseries-day.json=arrived_cumulative",
    "--quantity", "portal-timeseries-month.json=crossed_in_period", "--newer", "ged.csv",
)  # fmt: skip


def tiau(folder: Path, *words: object) -> None:
    """Run the command in a folder; what it said is in the error if it failed."""
    done = subprocess.run(
        [sys.executable, "-m", "tiau", *map(str, words)], cwd=folder, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def packaged(folder: Path) -> str:
    """Return the name of a scenario that comes with Tiau."""
    return "mizoram-2021"


def flee_case(folder: Path) -> Path:
    """Return a published case of Flee's."""
    return SHARED / "flee-cases" / "burundi2015"


def imported(folder: Path) -> Path:
    """Make the scenario of Darfur and Chad out of sample exports."""
    tiau(folder, "new", "darfur", "--start", "2023-04-15", "--end", "2024-03-31", "--home", "SDN", "--abroad", "TCD")
    tiau(folder, "import", *sorted((SHARED / "exports").iterdir()), "--into", "darfur", *DARFUR)
    tiau(folder, "routes", "darfur")
    return folder / "darfur"


def many_scripts(folder: Path) -> Path:
    """Write a toy of which one place is named in HTML, and others in Burmese, Arabic and Devanagari."""
    kinds = {BURMESE: "origin", CODE: "camp", ARABIC: "camp", DEVANAGARI: "camp"}
    places = [
        place(name, kind, "Home" if kind == "origin" else "Abroad", population=200_000 if kind == "origin" else None)
        .model_copy(update={"lat": 22 + 0.5 * number, "lon": 93 + 0.3 * number})
        for number, (name, kind) in enumerate(kinds.items())
    ]  # fmt: skip
    camps = [one.place for one in places[1:]]
    figures = [
        counted(f"{'CAD'[number]}{on}", on, 20 * on * (number + 1), place=name)
        for number, name in enumerate(camps) for on in range(10, 61, 10)
    ]  # fmt: skip
    toy = scenario(
        places,
        [way(BURMESE, name, 100 * number, f"gate of {name}") for number, name in enumerate(camps, start=1)],
        [group(homes=(BURMESE,))],
        days=120,
        parameters={**LIVELY, **UNLIKE, "departure_rate": 0.002, "stay_inside": 0},
        reports=figures,
        events=[event(first, first + 5, (BURMESE,), name=f"e{first}") for first in range(0, 60, 12)],
    )
    native.write(toy, folder / "scripts")
    return folder / "scripts"


def what_if(camp: str) -> str:
    """Return a what-if: a camp that takes fewer."""
    return f'title = "Less room"\nwhy = "a test"\n[[set]]\ntable = "places"\nid = "{camp}"\ncapacity = 500\n'


SCENARIOS: dict[str, Callable[[Path], str | Path]] = {
    "mizoram": packaged, "burundi": flee_case, "darfur": imported, "scripts": many_scripts,
}  # fmt: skip
CAMPS = {"mizoram": "Zokhawthar", "burundi": "Mahama", "darfur": "Adré", "scripts": CODE}
UNTIL = {"mizoram": "2021-06-30", "burundi": "2015-08-31", "darfur": "2023-08-31", "scripts": str(day(60))}
ORIGINS = {"mizoram": "2021-09-30", "darfur": "2023-11-30", "scripts": str(day(60))}
TRIGGERS = {"mizoram": "Champhai district > 10000 within 60 days", "scripts": f"{ARABIC} > 3000 within 60 days"}
# A case of Flee's says who leaves, so it has no forecast.
PAGES = tuple(
    f"{name} {kind}" for name in SCENARIOS for kind in ("report", "forecast", "compare")
    if kind != "forecast" or name in ORIGINS
)  # fmt: skip


def lacking(page: str) -> str:
    """Say what is not here that a page is made of; an empty text if all is."""
    name = page.split()[0]
    room = {"burundi": flee_case(SHARED), "darfur": SHARED / "exports"}.get(name)
    return f"../shared/{room.relative_to(SHARED)} is not there" if room and not room.is_dir() else ""


def given(page: str, file: Path) -> str | Path:
    """Return the scenario that a page was made from."""
    name, room = page.split()[0], file.parent.parent
    made_there = {"darfur": room / "darfur", "scripts": room / "scripts"}
    return made_there[name] if name in made_there else SCENARIOS[name](room)


def made(page: str, folder: Path) -> Path:
    """Write a page of `PAGES` into a folder, unless it is there already, and return the file.

    Several processes may ask for it at once.
    """
    room = folder / page.split()[0]
    with locked(room, LONGEST):
        file = _file(page, room)
        return file if file.exists() else _written(page, room)


def ready(name: str, folder: Path) -> str | Path:
    """Make one of `SCENARIOS` in a folder, unless it is there already, and return it; as `made`."""
    room = folder / name
    with locked(room, LONGEST):
        return _ready(name, room)


def _ready(name: str, room: Path) -> str | Path:
    if not room.exists():
        room.mkdir()
        SCENARIOS[name](room)
    return given(name, room / "page" / "page.html")


def _file(page: str, room: Path) -> Path:
    kind = page.split()[1]
    return room / kind / f"{kind}.html"


def _written(page: str, room: Path) -> Path:
    name, kind = page.split()
    file = _file(page, room)
    said = _ready(name, room)
    if kind == "report":
        (room / "less.toml").write_text(what_if(CAMPS[name]), encoding="utf-8")
        ahead = ("--horizon", 60) if name in ORIGINS else ("--no-forecast",)
        tiau(room, "report", said, *FEW, *ahead, "--change", "less.toml", "--out", kind)
    elif kind == "forecast":
        asked = ("--origin", ORIGINS[name], "--horizon", 60, "--members", 10)
        trigger = ("--trigger", TRIGGERS[name]) if name in TRIGGERS else ()
        tiau(room, "forecast", said, *asked, *trigger, "--out", kind)
    else:
        (room / "less.toml").write_text(what_if(CAMPS[name]), encoding="utf-8")
        tiau(room, "compare", said, *FEW, "--until", UNTIL[name], "--change", "less.toml", "--out", kind)
    return file
