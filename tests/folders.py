"""Small scenario folders: two countries, one crossing, two groups; any file can be given another text."""

from __future__ import annotations

from pathlib import Path

from tiau.readers import native
from tiau.what_ifs.files import load_changes

SCENARIO = """\
format = 1
name = "small"
title = "Two countries and a river"
start = 2021-02-01
end = 2021-03-31
fitted_until = 2021-02-28

[series]
title = "Figures of the north"
place = "North"
group = "all"
since = 2021-02-01

[rules]
model = "destinations"

[parameters.departure_rate]
value = 0.0001
why = "so that a short run moves people"
"""

PLACES = """\
place,aliases,country,admin1,admin2,lat,lon,kind,population,capacity,source,estimated,note
Alpha,Alfa; Old Alpha,Homeland,Hills,Alpha Township,22.0,93.0,origin,20000,,census,no,
Beta,,Homeland,Hills,Beta Township,22.1,93.2,origin,10000,,census,no,
Gamma,,Homeland,Plains,Gamma Township,22.2,93.4,town,5000,,census,yes,
Delta,,Farland,North,D1 district,22.3,93.5,reception,,4000,survey,no,
Epsilon,,Farland,North,D2 district,22.4,93.7,camp,,2000,survey,no,"tents, mostly"
"""

AREAS = """\
area,aliases,members,note
Borderlands,The border,Gamma; Delta,
"""

ROUTES = """\
from,to,distance_km,mode,crossing,porous,one_way,source,estimated,note
Alpha,Beta,30,road,,,,map,no,
Beta,Gamma,20,track,,,,map,no,
Gamma,Delta,5,foot,River bridge,yes,,map,no,
Delta,Epsilon,40,road,,,,map,no,
"""

GROUPS = """\
group,risk_class,community,homes,share,departure_multiplier,affinity,speed_factor,source,estimated,note
Hill civilians,civilians,Hill,Hills,0.9,1,Farland=1; Epsilon=-0.5,1,judgement,yes,
Hill police,police,Hill,Alpha; Beta,0.1,5,,1,judgement,yes,
"""

EVENTS = """\
event,start,end,place,kind,severity,known_on,published,source,estimated,note
E1,2021-02-02,2021-02-04,Alpha,clash,5,2021-02-05,2021-02-05,paper,no,
"""

ACTS = """\
act,from,until,known_on,authority,level,effect,places,groups,admit_share,enforcement,amount,softens,ends,source,estimated,note
A1,2021-03-01,2021-03-10,2021-03-01,Ministry,federal,close,River bridge,,,0.5,,,,gazette,no,
"""

REPORTS_HEADER = (
    "report,known_on,published,as_of,place,origin,group,quantity,value,bound,low,high,same_as,not_scored,"
    "said_by,publisher,url,note\n"
)
REPORTS = (
    REPORTS_HEADER
    + """\
R1,2021-02-11,,2021-02-10,North,,all,present,40,exact,,,,,office,paper,https://example.org/1,
R2,2021-02-21,,2021-02-20,North,,all,present,90,exact,,,,,office,paper,https://example.org/2,
R3,2021-03-06,,2021-03-05,North,,all,present,140,exact,,,,,office,paper,https://example.org/3,
R4,2021-03-21,,2021-03-20,North,,all,arrived_cumulative,200,at_least,,,,,office,paper,https://example.org/4,
R5,2021-03-02,,2021-02,Delta,,police,crossed_in_period,,range,10,50,,,office,paper,https://example.org/5,
R6,2021-03-03,,2021-03-02,Epsilon,,all,turned_back,12,about,,,,,office,paper,https://example.org/6,
"""
)

TABLES = {
    "scenario": SCENARIO,
    "places": PLACES,
    "areas": AREAS,
    "routes": ROUTES,
    "groups": GROUPS,
    "events": EVENTS,
    "acts": ACTS,
    "reports": REPORTS,
}


def file_name(table: str) -> str:
    return "scenario.toml" if table == "scenario" else f"{table}.csv"


def write_folder(path: Path, **tables: str | bytes | None) -> Path:
    """Write a valid folder with some files replaced by a text, by bytes, or left out (None)."""
    path.mkdir(parents=True, exist_ok=True)
    for table, text in {**TABLES, **tables}.items():
        if isinstance(text, bytes):
            (path / file_name(table)).write_bytes(text)
        elif text is not None:
            (path / file_name(table)).write_bytes(text.encode("utf-8"))
    return path


def changed(table: str, old: str, new: str) -> str:
    """The text of a table with one piece replaced; the piece must be there."""
    text = TABLES[table]
    assert old in text, f"{old!r} is not in the {table} of the small folder"
    return text.replace(old, new)


def added(table: str, *rows: str) -> str:
    """The text of a table with rows added at its end."""
    return TABLES[table] + "".join(f"{row}\n" for row in rows)


def read(folder):
    """Return the scenario of a folder, None where a file has a fault, and everything wrong inside single files."""
    draft = native.read_draft(folder)
    return draft.scenario if draft.usable else None, list(draft.faults)


def change(scenario, what_if):
    """Carry out one what-if."""
    return load_changes([what_if], scenario)[0]


def with_kinds(reports: str, kind: str = "other") -> str:
    """Return the text of reports.csv with the kind of source in each row, of which `check` then says nothing."""
    header, *rows = reports.strip().split("\n")
    return "\n".join([f"{header},source_kind", *(f"{row},{kind}" for row in rows)]) + "\n"
