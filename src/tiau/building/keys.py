"""Keys under which names and codes of places are found again: spellings of one name share a key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})  # noqa: RUF001
_KINDS = re.compile(
    r"\b(refugee camp|idp camp|camp|site|town|city|village|state|district|locality|county|province|region|department|"
    r"departement|prefecture|wilaya|governorate|camp de|ville de|province de|region de)\b"
)


@lru_cache(maxsize=100_000)
def name_key(name: str) -> str:
    """Return a name in letters and digits alone, small and without marks: ``Al-Junaynah`` is ``al junaynah``."""
    letters = unicodedata.normalize("NFKD", name.casefold()).translate(_ARABIC)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter not in "'`’ʼ‘ʿʾ")  # noqa: RUF001
    return " ".join(re.findall(r"\w+", bare.replace("_", " ")))


@lru_cache(maxsize=100_000)
def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys of a name, the most telling first: as it is, and without words for what it is the name of."""
    key = name_key(name)
    bare = " ".join(_KINDS.sub(" ", key).split())
    return tuple(dict.fromkeys(filter(None, (key, bare))))


@lru_cache(maxsize=100_000)
def code_keys(code: str) -> tuple[str, ...]:
    """Return the keys of a code: p-codes were lengthened, and are written with ISO 2, ISO 3 or no country before them.

    Zeros before numbers fell off in spreadsheets and levels were widened, so that ``SD04001``, ``SDN04001`` and
    ``SD-4-001`` share a key; a text without digits has none.
    """
    parts = re.fullmatch(r"([a-z]{0,3})[\W_]*([0-9][0-9\W_]*)", code.strip().casefold())
    if parts is None:
        return ()
    digits = re.sub(r"[\W_]", "", parts[2])
    return (f"#{digits}", f"#{digits.lstrip('0')}") if digits.lstrip("0") != digits else (f"#{digits}",)
