"""What is wrong with an input: where it stands, what it is, what to do about it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from tiau.texts import visible

CELL_SHOWN = 40
NAME_SHOWN = 80
LINE_SHOWN = 500
SHOWN_PER_FILE = 20
SHOWN_AT_ONCE = 3
SHOWN_CHARACTERS = 6000
COMPARED_LETTERS = 60
COMPARED_NAMES = 300
MOST_SUGGESTIONS = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (`fault`), that the reader should know (`warning`), or that was put right.

    Attributes
    ----------
    file : str
        Name of the file inside the scenario folder, or of the argument.
    problem : str
        What is wrong, without the place where it stands.
    remedy : str
        What to do.
    row : int or None
        Row number as a spreadsheet shows it: the header is row 1.
    column, cell : str
        The column's name and the text found there; no more of it is kept than is shown.
    level : {"fault", "warning", "put right"}
        A fault alone stops a run.
    kind : str
        What kind of thing it is, for a text that shows one of each kind; not part of what makes two faults equal.
    argument : bool
        Whether `file` is the name of an argument, which the command line says as its option.
    """

    file: str
    problem: str
    remedy: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    level: Literal["fault", "warning", "put right"] = "fault"
    kind: str = field(default="", compare=False)
    argument: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "cell", self.cell[: CELL_SHOWN + 1])

    @classmethod
    def saying(cls, file: str, text: str, row: int | None = None, column: str = "", cell: str = "") -> Fault:
        """Return the fault that a text says, its problem and its remedy parted by "; "."""
        problem, _, remedy = text.partition("; ")
        return cls(file, problem, remedy, row, column, cell)

    def __str__(self) -> str:
        place = visible(self.file)
        if self.row is not None:
            place += f" row {self.row}"
        if self.column:
            place += f" {'key' if self.file.endswith(('.toml', '.yml')) else 'column'} {clip(self.column)}"
        shown = clip(self.cell, CELL_SHOWN)
        text = f'{place}: "{shown}" {self.problem}' if shown else f"{place}: {self.problem}"
        return clip(f"{text}; {self.remedy}" if self.remedy else text, LINE_SHOWN)


class InputError(ValueError):
    """Wrong input: carries every fault that was found.

    Parameters
    ----------
    faults : sequence of Fault
        At least one fault; warnings may be among them.
    rest : str
        What shows those that its text leaves out, as in `listing`.
    """

    def __init__(self, faults: Sequence[Fault], *, rest: str = "") -> None:
        self.faults, self.rest = tuple(faults), rest
        super().__init__(listing(self.faults, rest=rest))


def wrong_argument(name: str, problem: str, remedy: str = "", given: object = "") -> InputError:
    """Return the error of one wrong argument."""
    return InputError([Fault(name, problem, remedy, cell=str(given), argument=True)])


class ConservationError(RuntimeError):
    """People were lost or made while a run went on: a fault of Tiau, never of an input. The run has no result."""


class WorkersError(RuntimeError):
    """Processes or machines that ran members of an ensemble failed it; the run has no result, and can be run again."""


def clip(text: str, length: int = NAME_SHOWN) -> str:
    """Return the start of a text on one line, with dots where something is left out."""
    return visible(text[:length]) + ("..." if len(text) > length else "")


def some_of(names: Sequence[str], most: int, others: str = "more") -> str:
    """Return the first names in a sentence, and how many others there are."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} {others}" if left > 0 else "")


def number_of(count: int, one: str, many: str = "") -> str:
    """Return a count with its word, such as "1 day" or "1,200 days"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def written(value: object) -> str:
    """Return a value of a settings file as a text for a message: a table is left out, a huge number has no digits."""
    if isinstance(value, dict | list):
        return ""
    try:
        return str(value).lower() if isinstance(value, bool) else str(value)
    except ValueError:
        return "a very large number"


def plain(name: str) -> str:
    """Return a name without case, accents and spaces that make no difference to a reader."""
    if not name.isascii():
        letters = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in letters if not unicodedata.combining(letter) and letter != "\u200b")
    return " ".join(name.casefold().split())


class Suggestions:
    """The allowed name closest to a word, as a remedy; answers are remembered and the work is bounded.

    Parameters
    ----------
    allowed : iterable of str
        The names allowed in a column.
    otherwise : str
        The remedy where no name is near.
    """

    def __init__(self, allowed: Iterable[str], otherwise: str = "") -> None:
        self._allowed = allowed
        self._otherwise = otherwise
        self._names: dict[str, str] | None = None
        self._by_pair: dict[str, list[str]] = {}
        self._answers: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the remedy for a word."""
        word = plain(word[: 2 * COMPARED_LETTERS])[:COMPARED_LETTERS]
        if word not in self._answers:
            if len(self._answers) >= MOST_SUGGESTIONS:
                return self._otherwise
            self._answers[word] = self._nearest(word)
        return self._answers[word]

    def _nearest(self, word: str) -> str:
        if self._names is None:
            self._names = {plain(name[: 2 * COMPARED_LETTERS])[:COMPARED_LETTERS]: name for name in self._allowed}
        if word not in self._names:
            matches = get_close_matches(word, self._candidates(word), n=1, cutoff=0.6)
            if not matches:
                return self._otherwise
            word = matches[0]
        return f'did you mean "{clip(self._names[word])}"?'

    def _candidates(self, word: str) -> Sequence[str]:
        """Return the names to compare: all of a few, of many those that share most pairs of letters."""
        names = self._names or {}
        if len(names) <= COMPARED_NAMES:
            return list(names)
        if not self._by_pair:
            for name in names:
                for pair in _pairs(name):
                    self._by_pair.setdefault(pair, []).append(name)
        shared = Counter(name for pair in _pairs(word) for name in self._by_pair.get(pair, ()))
        return [name for name, _ in shared.most_common(COMPARED_NAMES // 10)]


def _pairs(word: str) -> set[str]:
    padded = f" {word} "
    return {padded[i : i + 2] for i in range(len(padded) - 1)}


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Suggest the allowed name closest to `word`, as a remedy; an empty text where nothing is near."""
    return Suggestions(allowed)(word)


def one_of_each_kind(faults: Iterable[Fault]) -> list[tuple[Fault, int]]:
    """Return the first warning of each kind, in whatever file, with how many there are of it; every fault, in order."""
    first: dict[tuple[str, str, str], int] = {}
    found: list[tuple[Fault, int]] = []
    for fault in faults:
        of_kind = (fault.level, fault.kind, fault.column)
        if fault.level != "fault" and fault.kind and of_kind in first:
            position = first[of_kind]
            found[position] = (found[position][0], found[position][1] + 1)
            continue
        first.setdefault(of_kind, len(found))
        found.append((fault, 1))
    return found


def listing(faults: Sequence[Fault], *, everything: bool = False, rest: str = "") -> str:
    """Write faults, in the order given, as a text that fits a terminal.

    It has one line a fault or kind of warning, at most 20 a file and 6,000 characters unless `everything` is asked
    for, and says how many are left out and what shows the `rest`, such as "--all shows them". Each file has a turn
    before one of them has many.
    """
    if everything:
        return "\n".join(f"  {fault.level}: {fault}" for fault in faults)
    counted = one_of_each_kind(faults)
    faults = [fault for fault, _ in counted]
    of_file: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for position, fault in enumerate(faults):
        if of_file[fault.file] < SHOWN_PER_FILE:
            turns.append((of_file[fault.file] // SHOWN_AT_ONCE, position))
        of_file[fault.file] += 1
    shown: dict[int, str] = {}
    characters = 0
    for _, position in sorted(turns):
        more = counted[position][1] - 1
        line = f"  {faults[position].level}: {faults[position]}{f' (and {more:,} more like it)' if more else ''}"
        if characters + len(line) < SHOWN_CHARACTERS - 300:
            shown[position] = line
            characters += len(line) + 1
    lines = [shown[position] for position in sorted(shown)]
    told_of = sum(counted[position][1] for position in shown)
    if hidden := sum(count for _, count in counted) - told_of:
        lines.append(f"  and {hidden:,} more{rest and ': '}{rest}")
    elif rest and told_of > len(lines):
        lines.append(f"  {rest}")
    return "\n".join(lines)


def shortened(text: str) -> str:
    """Return the first lines of an answer, at most 6,000 characters, and how many lines are left out."""
    if len(text) <= SHOWN_CHARACTERS:
        return text
    lines = text.splitlines()
    characters, kept = 0, 0
    while characters + len(lines[kept]) < SHOWN_CHARACTERS - 100:
        characters += len(lines[kept]) + 1
        kept += 1
    return "\n".join([*lines[:kept], f"  and {len(lines) - kept:,} more lines: tiau check --all shows them"])
