"""Workbooks of the old kind (.xls): over which area their cells reach, before anything is read from them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from tiau.faults import InputError
from tiau.readers.exports.rows import MOST_CELLS, refused

LARGEST = 100_000_000
_HEADER = 512
_ENTRY = 128
_SMALL = 4096
_LAST_SECTOR = 0xFFFFFFFA
_BEGINS = 0x0809
_CELLS = {0x0003, 0x0004, 0x0005, 0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_SEVERAL_CELLS = 0x00BD
_AGAIN = "open it in a spreadsheet and save it as xlsx, or save the sheet that you need as csv"


def check_old_workbook(path: Path) -> None:
    """Raise InputError where a workbook is damaged, protected, or has cells over a larger area than can be read."""
    if path.stat().st_size > LARGEST:
        raise refused(path.name, f"is larger than {LARGEST // 1_000_000} MB", _AGAIN)
    try:
        streams = _streams(path.read_bytes())
        if "EncryptedPackage" in streams:
            raise refused(path.name, "is protected by a password", "save it without one")
        if not (stream := streams.get("Workbook", streams.get("Book", b""))):
            raise refused(path.name, "is a document of an old program, and no workbook", _AGAIN)
        if _area(stream) > MOST_CELLS:
            remedy = "save the sheet that you need as csv and give that"
            raise refused(path.name, f"has cells over an area of more than {MOST_CELLS:,}", remedy)
    except InputError:
        raise
    except (struct.error, IndexError, ValueError):
        raise refused(path.name, "is a damaged workbook", _AGAIN) from None


def _streams(raw: bytes) -> dict[str, bytes]:
    """Return the streams of a compound file by name; those too small to be a workbook are empty."""
    size = 1 << min(struct.unpack_from("<H", raw, 30)[0], 12)
    first_entry, first_list = struct.unpack_from("<I", raw, 48)[0], struct.unpack_from("<I", raw, 68)[0]

    def sector(number: int) -> bytes:
        begin = (number + 1) * size
        if begin >= len(raw):
            raise IndexError(number)
        return raw[begin : begin + size]

    table = list(struct.unpack_from("<109I", raw, 76))
    # What has more sectors of its table than fit into the header lists the others in sectors of their own.
    for _ in range(len(raw) // size):
        if first_list >= _LAST_SECTOR:
            break
        *more, first_list = _whole_numbers(sector(first_list))
        table += more
    following = [entry for number in table if number < _LAST_SECTOR for entry in _whole_numbers(sector(number))]

    def chain(number: int) -> bytes:
        parts: list[bytes] = []
        while number < _LAST_SECTOR and len(parts) <= len(raw) // size:
            parts.append(sector(number))
            number = following[number]
        return b"".join(parts)

    entries, found = chain(first_entry), {}
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        start, extent = struct.unpack_from("<II", entries, at + 116)
        if kind == 2:
            name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            found[name] = chain(start)[:extent] if extent >= _SMALL else b""
    return found


def _whole_numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _area(stream: bytes) -> int:
    """Return the number of cells in the smallest rectangles that hold the cells of each sheet, added up."""
    total = rows = columns = 0
    for kind, record in _parts(stream):
        if kind == _BEGINS:
            total, rows, columns = total + rows * columns, 0, 0
        elif kind in _CELLS and len(record) >= 4:
            row, column = struct.unpack_from("<HH", record)
            if kind == _SEVERAL_CELLS:
                column = max(column, struct.unpack_from("<H", record, len(record) - 2)[0])
            rows, columns = max(rows, row + 1), max(columns, column + 1)
    return total + rows * columns


def _parts(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
