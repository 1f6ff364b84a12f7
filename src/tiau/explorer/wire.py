"""What is said to the page: JSON, with arrays as their bytes, one message a line."""

from __future__ import annotations

import base64
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from tiau.faults import ConservationError, Fault, InputError, WorkersError, clip
from tiau.version import __version__

_log = logging.getLogger(__name__)
_FIELDS = ("file", "row", "column", "cell", "problem", "remedy", "level")


def encoded(message: object) -> bytes:
    """Return a message as JSON.

    Parameters
    ----------
    message : object
        Dicts, lists, texts, finite numbers; an array of numbers becomes {"shape", "f4"}: little-endian float32 in C
        order, as base64.

    Raises
    ------
    ValueError, TypeError
        If it holds anything else: a number that is none outside an array, or an object.
    """
    text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    # A file's name can hold bytes that are no text.
    return text.encode(errors="replace")


def line(message: object) -> bytes:
    """Return a message as a line of a stream; raises as `encoded`."""
    return encoded(message) + b"\n"


def _plain(value: object) -> Any:  # noqa: ANN401
    """Return what JSON has no word for by what it has."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        data = np.ascontiguousarray(value, dtype="<f4").tobytes()
        return {"shape": list(value.shape), "f4": base64.b64encode(data).decode("ascii")}
    if isinstance(value, np.generic):
        return value.item()
    msg = f"{type(value).__name__} cannot be told to the page"
    raise TypeError(msg)


def told(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults as the page takes them."""
    return [{field: getattr(fault, field) for field in _FIELDS} for fault in faults]


def said(error: Exception) -> dict[str, Any]:
    """Return a failure in a problem and a remedy, with the faults where an input is wrong.

    What nobody expected goes to the log in a line as well, with its traceback where TIAU_TRACEBACK is set.
    """
    match error:
        case InputError():
            first = error.faults[0]
            problem = str(replace(first, remedy=""))
            return {"problem": problem, "remedy": first.remedy, "faults": told(error.faults)}
        case MemoryError():
            return {"problem": "There is not enough memory.", "remedy": "Ask for fewer members, or end other programs."}
        case ConservationError() | WorkersError():
            problem, remedy = str(error), "Ask again."
        case OSError():
            where = f" ({clip(str(error.filename), 200)})" if error.filename else ""
            problem, remedy = f"{error.strerror or type(error).__name__}{where}", "Put that right, then ask again."
        case _:
            problem = clip(f"{type(error).__name__}: {error}", 200)
            remedy = f"This is a fault of Tiau {__version__}, not of your input: please report it."
    _log.error("failed: %s", problem, exc_info=error if os.environ.get("TIAU_TRACEBACK") else None)
    return {"problem": problem, "remedy": remedy}
