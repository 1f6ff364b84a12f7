"""What a text may hold: letters that can be read, and line breaks only where a text of several lines makes sense."""

from __future__ import annotations

import re

# Control characters; separators of lines; what turns the direction of writing; halves of a character; what is none.
_NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb"
_NEVER += "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f"
# Some scripts need these between letters (Persian, Burmese, Hindi); between Latin letters they only hide a difference.
_ZERO_WIDTH = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0"
_LATIN = "\x00-\u024f\u1e00-\u1eff\u2000-\u206f"
_IN_PROSE = re.compile(f"[{_NEVER}]")
_IN_A_LINE = re.compile(f"[{_NEVER}\t\n\r]|(?<![^{_LATIN}])[{_ZERO_WIDTH}]+(?![^{_LATIN}])")
# A spreadsheet takes these for the start of a formula, some also behind blanks or in their wide forms.
_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
_BREAKS = {"\t": "a tab", "\n": "a line break", "\r": "a line break"}


def hidden_in_line(text: str) -> str:
    """Say what a name, a title or a word holds that nobody can see, and what to do, parted by "; ".

    An empty text if there is nothing.
    """
    return "" if text.isprintable() else _said(_IN_A_LINE.search(text))


def hidden_in_prose(text: str) -> str:
    """Say what a note holds that nobody can see, as `hidden_in_line`; tabs and line breaks are fine here."""
    return "" if text.isprintable() else _said(_IN_PROSE.search(text))


def formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula."""
    return _FORMULA.match(text) is not None


def visible(text: str) -> str:
    """Return a text on one line, with a mark for each character of it that `hidden_in_line` finds.

    What a script needs between its letters, as Persian does, stays where it is.
    """
    return text if text.isprintable() else _IN_A_LINE.sub(lambda found: "".join(map(_mark, found[0])), text)


def _mark(letter: str) -> str:
    return " " if letter.isspace() else "\N{REPLACEMENT CHARACTER}"


def _said(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    letter = found[0][0]
    if letter in _BREAKS:
        return f"holds {_BREAKS[letter]}; write it on one line, with blanks"
    if "\udc80" <= letter <= "\udcff":
        return "holds a letter that is not UTF-8; rename it, or save it again as UTF-8"
    return f"holds the invisible character U+{ord(letter):04X}; type it again, without what was copied along"


def one_line(text: str) -> str:
    """Return a text of one line; raise ValueError if it holds what nobody can see, or a line break."""
    if problem := hidden_in_line(text):
        raise ValueError(problem)
    return text


def prose(text: str) -> str:
    """Return a note with line breaks of one kind, as editors of every system write them differently.

    Raise ValueError if it holds what nobody can see.
    """
    if problem := hidden_in_prose(text):
        raise ValueError(problem)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def of_people(number: float) -> str:
    """Write a number of people with six digits, a larger one to the person, as tables of whole people have it."""
    return f"{number:.6g}" if number < 99_999.5 else f"{number:.0f}"
