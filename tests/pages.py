"""Pages to look at, as the commands write them: small runs of three scenarios and of one with names in four scripts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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
# Comparisons of one with areas and borders, and of one with names in any letters: others look alike.
UNTIL = {"mizoram": "2021-06-30", "scripts": str(day(60))}
# Mizoram from a day that comes with a fit, the others without one.
ORIGINS = {"mizoram": "2021-12-31", "darfur": "2023-11-30", "scripts": str(day(60))}
TRIGGERS = {"mizoram": "Champhai district > 10000 within 60 days", "scripts": f"{ARABIC} > 3000 within 60 days"}
KINDS = ("forecast", "compare", "report")
# A case of Flee's says who leaves, so it has no forecast. Reports last: another process may be making them.
PAGES = tuple(
    f"{name} {kind}" for kind in KINDS for name in SCENARIOS
    if {"forecast": name in ORIGINS, "compare": name in UNTIL, "report": True}[kind]
)  # fmt: skip


def of(*kinds: str, named: str = "") -> pytest.MarkDecorator:
    """Parametrise over the pages of some kinds, of all scenarios or of one."""
    return pytest.mark.parametrize(
        "page", [page for page in PAGES if page.split()[1] in kinds and page.startswith(named)]
    )


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
    name, kind = page.split()
    said = ready(name, folder)
    with locked(folder / f"{name}-{kind}", LONGEST):
        file = folder / name / kind / f"{kind}.html"
        return file if file.exists() else _written(page, said, file)


def ready(name: str, folder: Path) -> str | Path:
    """Make one of `SCENARIOS` in a folder, unless it is there already, and return it; as `made`."""
    room = folder / name
    with locked(room, LONGEST):
        return _ready(name, room)


def _ready(name: str, room: Path) -> str | Path:
    if not room.exists():
        room.mkdir()
        SCENARIOS[name](room)
        (room / "less.toml").write_text(what_if(CAMPS[name]), encoding="utf-8")
    return given(name, room / "page" / "page.html")


def _written(page: str, said: str | Path, file: Path) -> Path:
    name, kind = page.split()
    if kind == "report":
        ahead = ("--horizon", 60) if name in ORIGINS else ("--no-forecast",)
        how = (*FEW, *ahead, "--change", "less.toml")
    elif kind == "forecast":
        trigger = ("--trigger", TRIGGERS[name]) if name in TRIGGERS else ()
        how = ("--origin", ORIGINS[name], "--horizon", 60, "--members", 10, *trigger)
    else:
        how = (*FEW, "--until", UNTIL[name], "--change", "less.toml")
    tiau(file.parent.parent, kind, said, *how, "--out", kind)
    return file
