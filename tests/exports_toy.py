"""A small country in exports: a gazetteer, populations, events and figures, in the layouts of the real ones."""

import csv
import io

SETTINGS = """format = 2
name = "toy"
title = "Toy"
start = 2023-04-01
end = 2023-12-31

[countries]
home = ["Sudan"]
abroad = ["Chad"]
"""

TOWNS = [
    # id, name, ascii, alternates, lat, lon, class, code, country, admin1, population
    (1, "Alpha", "Alpha", "El Alpha,Alfa", 13.45, 22.45, "P", "PPLA", "SD", "47", 50_000),
    (2, "Beta", "Beta", "", 13.10, 22.15, "P", "PPL", "SD", "47", 0),
    (3, "Gamma", "Gamma", "", 13.47, 22.20, "P", "PPL", "TD", "12", 40_000),
    (4, "Delta Refugee Camp", "Delta Refugee Camp", "Delta", 13.60, 21.79, "S", "CMPRF", "TD", "12", 0),
    (5, "Suburb", "Suburb", "", 13.48, 22.48, "P", "PPL", "SD", "47", 6_000),
]

EVENTS = ("event_id_cnty", "event_date", "year", "time_precision", "event_type", "sub_event_type", "iso", "country",
          "admin1", "admin2", "location", "latitude", "longitude", "geo_precision", "fatalities",
          "timestamp")  # fmt: skip
PEOPLE = ("Year", "Country of origin", "Country of origin (ISO)", "Country of asylum", "Country of asylum (ISO)",
          "Refugees under UNHCR's mandate", "Asylum-seekers")  # fmt: skip


def table(header, rows):
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def towns(rows=TOWNS):
    lines = []
    for number, name, ascii_name, others, lat, lon, kind, code, country, admin1, people in rows:
        cells = [number, name, ascii_name, others, lat, lon, kind, code, country, "", admin1, "", "", "", people, "",
                 "", "Africa/Khartoum", "2023-01-01"]  # fmt: skip
        lines.append("\t".join(map(str, cells)))
    return "\n".join(lines) + "\n"


def populations(alpha=100_000, beta=30_000):
    header = ("ADM0_EN", "ADM0_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM2_EN", "ADM2_PCODE", "F_TL", "M_TL", "T_TL")
    rows = [
        ("Sudan", "SD", "West", "SD04", name, code, people // 2, people - people // 2, people)
        for name, code, people in (("Alpha", "SD04001", alpha), ("Betaland", "SD04002", beta))
    ]  # fmt: skip
    return table(header, rows)


def event(number, day, place="Alpha", district="Alpha", fatalities=5, stamp=1_690_000_000, **columns):
    lat, lon = {"Alpha": (13.45, 22.45), "Beta": (13.10, 22.15), "Suburb": (13.48, 22.48)}.get(place, (13.45, 22.45))
    given = {
        "event_id_cnty": f"SUD{number}", "event_date": day, "year": day[:4], "time_precision": 1,
        "event_type": "Violence against civilians", "sub_event_type": "Attack", "iso": 729, "country": "Sudan",
        "admin1": "West", "admin2": district, "location": place, "latitude": lat, "longitude": lon, "geo_precision": 1,
        "fatalities": fatalities, "timestamp": stamp,
    } | columns  # fmt: skip
    return tuple(given[name] for name in EVENTS)


def events(*rows):
    return table(EVENTS, rows or (event(1, "2023-05-01"), event(2, "2023-06-01", "Beta", "Betaland")))


def people(*rows):
    return table(PEOPLE, rows or ((2023, "Sudan", "SDN", "Chad", "TCD", 120_000, 300),))


def write(folder, **files):
    """Write a scenario folder `mine` and files beside it; return their paths."""
    mine = folder / "mine"
    mine.mkdir(exist_ok=True)
    if not (mine / "scenario.toml").exists():
        (mine / "scenario.toml").write_text(SETTINGS, encoding="utf-8")
    paths = []
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def base(folder, **more):
    """Write the gazetteer, populations and events of the toy, and more; return the paths."""
    return write(folder, towns_txt=towns(), people_csv=populations(), events_csv=events(), **more)
