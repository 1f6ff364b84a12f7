"""Tables of a scenario folder as a command left them: rows of text, one row by its id, and all files byte for byte."""

import csv


def table(folder, name):
    """Return the rows of a table; none where there is no such file."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def row(folder, name, key):
    (found,) = [line for line in table(folder, name) if next(iter(line.values())) == key]
    return found


def snapshot(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
