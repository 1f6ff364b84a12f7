"""Exports brought into the folder `mine` of the toy, and its tables afterwards."""

import datetime as dt

import folder_tables
from tiau.building.importing import prepare
from tiau.readers import native
from tiau.readers.exports.answers import Answers

DAY = dt.date(2024, 5, 1)


def brought(folder, paths, *, day=DAY, **answers):
    plan = prepare(paths, folder / "mine", answers=Answers(**answers), today=day)
    plan.write()
    return plan


def rows(folder, name):
    return folder_tables.table(folder / "mine", name)


def row(folder, name, key):
    return folder_tables.row(folder / "mine", name, key)


def snapshot(folder):
    return folder_tables.snapshot(folder / "mine")


def toy_scenario(folder):
    return native.read_draft(folder / "mine").scenario
