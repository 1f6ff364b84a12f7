"""Figures of people in exports: what tests ask of them."""

from sample_exports import of, read
from tiau.readers.exports.findings import FoundFigure, LeftOut, Remark


def written(folder, text, answers=None, name="export.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return read(folder / name, answers)


def figures(findings):
    return of(FoundFigure, findings)


def reasons(findings):
    return {row: out.reason for out in of(LeftOut, findings) for row in out.rows}


def remarks(findings):
    return " ".join(remark.text for remark in of(Remark, findings))


def where(spot):
    return spot and (spot.code or spot.name)
