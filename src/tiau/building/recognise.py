"""Which kind of export a file is: by what it contains, never by its name."""

from __future__ import annotations

from tiau.readers.exports import (
    acled,
    acled_aggregates,
    cod_ab,
    cod_ps,
    crossings,
    dtm,
    geonames,
    hapi_population,
    idmc,
    ipc,
    located,
    mapping_format,
    portal,
    portal_series,
    ucdp,
    unhcr,
)
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book

FORMATS: tuple[Format, ...] = (
    *acled.FORMATS,
    *unhcr.FORMATS,
    *portal_series.FORMATS,
    *portal.FORMATS,
    *crossings.FORMATS,
    *geonames.FORMATS,
    *ipc.FORMATS,
    *dtm.FORMATS,
    *idmc.FORMATS,
    *hapi_population.FORMATS,
    *cod_ps.FORMATS,
    *cod_ab.FORMATS,
    *ucdp.FORMATS,
    *acled_aggregates.FORMATS,
    *located.FORMATS,
    *mapping_format.FORMATS,
)
"""The most telling first: a book is of the first that recognises it."""


def recognise(book: Book) -> Format | None:
    """Return the kind of a book; None where it is of none."""
    return next((known for known in FORMATS if known.recognise(book)), None)
