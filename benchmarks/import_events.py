"""What reading and pairing events costs: 1,000,000 rows in the columns of ACLED, as many events of two catalogues.

    python benchmarks/import_events.py [ROWS]

The file is made in a temporary folder. Of reading, processor time and the growth of the peak of memory are printed; no
event is kept, as whoever imports them decides what to keep. Pairing has one event of UCDP to four of ACLED, at 20,000
places and at 20, where thousands happened at one place in a month.
"""

import csv
import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tiau.building.events import same_events
from tiau.building.recognise import recognise
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import FoundEvent, Spot
from tiau.readers.exports.grids import read_book

COLUMNS = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
TYPES = (
    ("Battles", "Armed clash"), ("Violence against civilians", "Attack"), ("Protests", "Peaceful protest"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
)  # fmt: skip
NOTES = "Invented: an event of this kind, told at about the length that notes have, with a place, a day and a number. "
FIRST, DAYS, TOWNS = dt.date(2014, 1, 1), 3650, 20_000


def write(path: Path, rows: int) -> None:
    """Write a file in the layout of 2023, with days as spreadsheets save them and one row in a thousand again."""
    draw = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(COLUMNS.split(","))
        for number in range(rows):
            day, town = FIRST + dt.timedelta(draw.randrange(DAYS)), draw.randrange(TOWNS)
            kind, sub_kind = TYPES[draw.randrange(len(TYPES))]
            known = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).timestamp() + draw.randrange(10**7)
            table.writerow([
                f"INV{number - (number % 1000 == 999)}", f"{day:%d-%b-%y}", day.year, draw.choice("11123"),
                "Political violence", kind, sub_kind, "Side A", "", 1, "Side B", "", 3, 13, "", 729, "Northern Africa",
                "Country", f"State {town % 20}", f"District {town % 400}", "", f"Town {town}",
                round(town % 200 * 0.1, 4), round(town // 200 * 0.1, 4), draw.choice("1112"), "Invented Daily",
                "National", 2 * NOTES, draw.randrange(20), "", int(known),
            ])  # fmt: skip


def events(number: int, towns: int) -> list[FoundEvent]:
    """Draw events of two catalogues."""
    draw = random.Random(2)
    spots = [Spot("place", f"Town {n}", lat=draw.uniform(-30, 40), lon=draw.uniform(-15, 50)) for n in range(towns)]
    found = []
    for at in range(number):
        day, dead = FIRST + dt.timedelta(draw.randrange(DAYS)), float(draw.randrange(20))
        source, kind = ("UCDP GED", "state-based conflict") if at % 5 == 0 else ("ACLED", "armed clash")
        found.append(FoundEvent(rows=(at,), source=source, source_id=str(at), start=day, end=day, kind=kind,
                                spot=draw.choice(spots), fatalities=dead))  # fmt: skip
    return found


def timed(name: str, rows: int, work: Callable[[], int]) -> None:
    """Run something and print what it took."""
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    given = work()
    took = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{name:<34} {given:>9,} {took:>7.1f} s {rows / took:>10,.0f} rows/s {grown:>6.0f} MB more")


def main() -> None:
    """Print the times."""
    rows = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        write(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
        book = read_book(path)
        timed("rows of the file", rows, lambda: sum(1 for _ in book.grids[0].rows()))
        known = recognise(book)
        assert known is not None
        timed("findings of ACLED", rows, lambda: sum(1 for _ in known.read(book, Answers())))
    for towns in (TOWNS, 20):
        given = events(rows, towns)
        timed(f"pairs of events at {towns:,} places", rows, lambda given=given: len(same_events(given)))  # type: ignore[misc]


if __name__ == "__main__":
    main()
