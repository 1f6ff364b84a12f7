"""Where countries and their first level of administration lie: shapes that ship with Tiau, asked by code of ISO.

`shapes.countries()` and `shapes.admin1("MMR")` give shapes as rings of longitude and latitude, `inside.inside` tells
which points lie in a country. What the shapes are, whose they are and how they were cut stands in `SOURCES.md`.
"""
