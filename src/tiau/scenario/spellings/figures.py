"""Which figure a text can mean that is no plain number: its value, how firm it is, or the ends of a range."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Bound = Literal["exact", "about", "at_least", "at_most", "range"]

LONGEST = 60
MOST_DIGITS = 15

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SIGNS = str.maketrans({
    "\u2265": ">=", "\u2a7e": ">=", "\u2264": "<=", "\u2a7d": "<=", "\uff1e": ">", "\uff1c": "<",
    "\u2248": "~", "\u223c": "~", "\u02dc": "~", "\u2243": "~", "\u00b1": "~",
    "\u2019": "'", "\u02bc": "'", "`": "'", "\u066b": ".", "\u066c": "'",
    "\u2026": "...", "\u2217": "*", "\uff0a": "*",
})  # fmt: skip
_SPACES = "[ '_]"
_FOOTNOTES = "*\u2020\u2021\u00a7\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u1d43\u1d47"

AT_LEAST = (
    ">=", "=>", ">", "at least", "minimum of", "minimum", "min.", "min", "more than", "over", "above", "exceeding",
    "upwards of", "not less than", "no less than", "no fewer than", "au moins", "plus de", "al menos", "por lo menos",
    "mas de", "pelo menos", "mais de",
)  # fmt: skip
AT_MOST = (
    "<=", "=<", "at most", "up to", "maximum of", "maximum", "max.", "max", "not more than", "no more than",
    "au plus", "jusqu'a", "hasta", "como maximo", "a lo sumo", "ate",
)  # fmt: skip
BELOW = ("<", "less than", "fewer than", "lower than", "under", "below", "moins de", "menos de", "inferior a")
ABOUT = (
    "~", "about", "around", "approximately", "approx.", "approx", "circa", "ca.", "ca", "c.", "c", "roughly", "some",
    "nearly", "almost", "close to", "an estimated", "estimated", "est.", "est", "environ", "env.", "env", "pres de",
    "quelque", "aproximadamente", "aprox.", "aprox", "alrededor de", "cerca de", "casi", "unos", "unas",
)  # fmt: skip
_AFTER: dict[Bound, tuple[str, ...]] = {
    "at_least": ("+", "or more", "and more", "and above", "or above", "and over", "ou plus", "et plus", "o mas"),
    "at_most": ("or less", "or fewer", "or below", "and below", "ou moins", "o menos"),
    "about": ("approximately", "approx.", "approx", "estimated", "estimate", "est.", "est", "environ", "aprox.",
              "aprox", "or so", "~"),
}  # fmt: skip
_TIMES = {
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "mille": 1e3, "mil": 1e3, "lakh": 1e5, "lakhs": 1e5,
    "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millones": 1e6, "milhoes": 1e6,
    "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_PERSONS = r"(?:persons?|people|pers\.?|individuals?|ind\.?|refugees?|idps?|personnes?|personas?|habitants?|pax)"
_HOUSEHOLDS = r"(?:households?|hhs?|families|family|fam\.?|menages?|familles?|hogares|hogar|familias?)"
_RANGE = re.compile(
    r"(?:between|entre|from|de|du)?\s*(?P<low>[0-9][^-]*?)\s*(?:-|~|\.\.+|\bto\b|\band\b|\ba\b|\bet\b|\by\b)\s*(?P<high>[0-9].*)"
)
_SCALED = re.compile(rf"(?P<number>[0-9][0-9.,' ]*?)\s*(?P<times>{'|'.join(sorted(_TIMES, key=len, reverse=True))})")

# What stands for a small count that is hidden, for nobody as well as for no figure, and for no figure.
HIDDEN = {"*", "**", "***", "s", "supp", "supp.", "suppressed", "hidden", "redacted", "confidential", "masked"}
NONE_OR_UNKNOWN = {"-", "--", "---", "nil", "none", "zero", "no", "aucun", "ninguno", "neant"}
NOT_KNOWN = {
    "?", "??", ".", "..", "...", ":", "n/a", "na", "n.a.", "n.a", "#n/a", "nan", "null", "unknown", "not known", "tbc",
    "tbd", "x", "n/d", "nd", "n.d.", "s/d", "sd", "s.d.", "nr", "n/r", "no data", "not available", "not applicable",
    "missing", "unk", "n/k", "sin dato", "sin datos", "inconnu", "non disponible", "nc", "n.c.", "pending",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One reading of a text, as the columns of reports.csv of these names.

    Attributes
    ----------
    value : float or None, persons
        None for a range.
    bound : {"exact", "about", "at_least", "at_most", "range"}
    low, high : float or None, persons
        The ends of a range.
    """

    value: float | None
    bound: Bound = "exact"
    low: float | None = None
    high: float | None = None


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of people that a text can mean, such as ``<5``, ``1-9``, ``~140``, ``4.2k`` or ``1 643``.

    Several where a separator could mean thousands or decimals; none where nothing can be told, where the figure is
    hidden or not known, and where it counts households.
    """
    text = re.sub(rf"\b{_PERSONS}(?![\w])", "", tidied(text)).strip()
    if not text or len(text) > LONGEST:
        return ()
    text = re.sub(r"\s*\(\s*([a-z. ]+?)\s*\)$", r" \1", text)
    if found := _bounded(text) or _range(text):
        return found
    if scaled := _scaled(text):
        # Whoever writes 4.2k has rounded, so the figure is no exact one.
        return tuple(Figure(number, "about") for number in scaled)
    without_mark = text.rstrip(_FOOTNOTES).rstrip()
    return tuple(Figure(number) for number in _whole(numbers(without_mark, grouped_by_point=True)))


def households(text: str) -> bool:
    """Whether a text counts households."""
    return bool(re.fullmatch(rf".*[0-9]\s*{_HOUSEHOLDS}", tidied(text)))


def footnoted(text: str) -> bool:
    """Whether a mark behind a figure points to a footnote."""
    text = tidied(text)
    return len(text) > 1 and text[-1] in _FOOTNOTES


def tidied(text: str) -> str:
    """Return a text in lower case with plain digits, dashes, signs and single spaces, without accents."""
    if len(text) > 4 * LONGEST:
        return text
    plain_digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in text.translate(_SIGNS))
    letters = unicodedata.normalize("NFD", plain_digits.translate(_DASHES).lower())
    text = " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
    formula = re.fullmatch(r'="(.*)"', text)
    return (formula[1] if formula else text).removeprefix("'").strip()


def numbers(text: str, *, grouped_by_point: bool = False) -> tuple[float, ...]:
    """Return the numbers without a sign that digits with separators can mean, as `tidied` returns them: ``12 345``.

    Of two readings the one with thousands comes first. With `grouped_by_point`, a single point before three digits can
    separate thousands: it can in counts, hardly in distances.
    """
    if sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        return ()
    if parts := re.fullmatch(f"({_grouped_by(_SPACES)})([.,][0-9]+)?", text):
        return (float(re.sub(_SPACES, "", parts[1]) + (parts[2] or "").replace(",", ".")),)
    for mark, point in ((",", r"\."), (r"\.", ",")):
        if re.fullmatch(f"(?:{_grouped_by(mark)})(?:{point}[0-9]+)?", text):
            thousands = float(re.sub(mark, "", text).replace(",", "."))
            decimal = text.replace(",", ".")
            if decimal.count(".") > 1:
                return (thousands,)
            if text.startswith("0") or (mark != "," and not grouped_by_point):
                return (float(decimal),)
            return thousands, float(decimal)
    return (float(text.replace(",", ".")),) if re.fullmatch("[0-9]+(?:[.,][0-9]+)?", text) else ()


def _grouped_by(mark: str) -> str:
    """Return the pattern of digits in groups: thousands, or lakh and crore."""
    return rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]{{1,2}}(?:{mark}[0-9]{{2}})+{mark}[0-9]{{3}}"


def _whole(found: tuple[float, ...]) -> tuple[float, ...]:
    """Return the whole ones among numbers where there are any: people are counted whole."""
    return tuple(number for number in found if number.is_integer()) or found


def shown(number: float | None) -> str:
    """Return a number as a cell holds it, blank where there is none."""
    if number is None:
        return ""
    return str(int(number)) if number.is_integer() else repr(number)


def _bounded(text: str) -> tuple[Figure, ...]:
    """Return the readings of a number with a word or sign before or behind it that says how firm it is."""
    tables: tuple[tuple[Bound, tuple[str, ...], int], ...] = (
        ("at_least", AT_LEAST, 0), ("at_most", AT_MOST, 0), ("at_most", BELOW, -1), ("about", ABOUT, 0),
    )  # fmt: skip
    for bound, words, more in tables:
        for word in words:
            rest = text.removeprefix(word)
            # A word ends where its letters do: "c 300" is about 300, "crore" is no "c".
            if rest != text and not (word[-1].isalpha() and rest[:1].isalpha()):
                return _firm(rest.strip(), bound, more)
    for bound, words in _AFTER.items():
        for word in words:
            if (rest := text.removesuffix(word)) != text:
                return _firm(rest.strip(), bound, 0)
    return ()


def _firm(text: str, bound: Bound, more: int) -> tuple[Figure, ...]:
    found = _count(text)
    # Fewer than 5 people are 4 at most; "more than 1,000" is written as 1,000 at least, which is true as well.
    return tuple(Figure(number + more, bound) for number in found if number + more >= 0)


def _range(text: str) -> tuple[Figure, ...]:
    parts = _RANGE.fullmatch(text)
    if parts is None:
        return ()
    low, high = _count(parts["low"]), _count(parts["high"])
    # In "100-200k" the multiplier may be meant for both ends, so nothing is told.
    alike = bool(_scaled(parts["low"])) == bool(_scaled(parts["high"]))
    return (Figure(None, "range", low[0], high[0]),) if alike and len(low) == len(high) == 1 and low < high else ()


def _count(text: str) -> tuple[float, ...]:
    """Return the counts that a number inside a phrase can mean: nobody writes "about 1,000" with three decimals."""
    return _scaled(text) or _whole(numbers(text, grouped_by_point=True))[:1]


def _scaled(text: str) -> tuple[float, ...]:
    """Return the counts that a number with a multiplier can mean: a point before one separates decimals."""
    parts = _SCALED.fullmatch(text)
    return tuple(round(n * _TIMES[parts["times"]], 3) for n in numbers(parts["number"].strip())) if parts else ()
