"""Numbers in a sentence: in digits and words, with what says how firm they are; none that dates or laws have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from tiau.readers.articles.language import Language, any_of, pattern
from tiau.scenario.spellings.figures import numbers as readings
from tiau.scenario.vocabulary import Bound

LONGEST_WORDS = 12
"""Words of a number: "nine hundred and ninety nine thousand nine hundred and ninety nine" has eleven."""
MOST = 1e9
LARGEST_SHARED = 100
THOUSAND = 1000
_REST = re.compile(r"\s+([0-9]{1,3})(?![\w%]|[.,][0-9])")
_DIGITS = re.compile(
    r"(?<![\w.,/:])(?:[0-9]{1,3}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}|[0-9]+)"
    r"(?:[.,][0-9]{1,2})?"
    r"(?![0-9]|[.,:/][0-9])"
)
_PHONE = re.compile(
    r"\+[0-9][0-9 ().-]{5,}[0-9]|(?<![\w,.])(?:0[0-9]{1,4}[ -])?[0-9]{2,5}(?:[ -][0-9]{2,5}){2,}(?![\w,.])"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?: ?- ?[0-9]{1,3}(?: [0-9]{3})+)?")
_LEAST_PHONE = 9
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence.

    Attributes
    ----------
    start, end : int
        Its characters in the sentence, with the words that say how firm it is.
    bare : tuple of int
        Those of the number alone.
    value : float or None
        None for a range.
    bound : Bound
    low, high : float or None
        The ends of a range.
    vague : str
        The word that stands for it where it is no number: "hundreds".
    in_words : bool
    yearlike : bool
        Whether it is written as a year is.
    note : str
        How it can be read otherwise.
    """

    start: int
    end: int
    bare: tuple[int, int]
    value: float | None
    bound: Bound = "exact"
    low: float | None = None
    high: float | None = None
    vague: str = ""
    in_words: bool = False
    yearlike: bool = False
    note: str = ""

    @property
    def size(self) -> float:
        """The number, or the middle of a range."""
        return self.value if self.value is not None else ((self.low or 0) + (self.high or 0)) / 2


def find(letters: str, language: Language, taken: Sequence[tuple[int, int]] = ()) -> list[Number]:
    """Return the numbers of a sentence in order.

    Parameters
    ----------
    letters : str
        The sentence as rules compare it.
    language : Language
    taken : sequence of tuple of int
        Spans whose numbers are none, such as those of days.
    """
    spans = [*taken, *(found.span() for found in _PHONE.finditer(letters) if _is_phone(found[0]))]
    spans += [found.span() for found in pattern(rf"(?<!\w){any_of(language.numbers.never)}(?!\w)").finditer(letters)]
    found = [*_in_digits(letters, language), *_in_words(letters, language)]
    found = [one for one in found if not any(start < one.end and one.start < end for start, end in spans)]
    found = [one for one in found if _counts(letters, one, language) and one.size <= MOST]
    kept: list[Number] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    kept = _without_shares(letters, kept, language)
    return [_hedged(letters, one, language) for one in _ranges(letters, kept, language)]


def _without_shares(letters: str, numbers: Sequence[Number], language: Language) -> list[Number]:
    """Return numbers without those that are a share ("nine in ten"), or one of several ("one of them")."""
    middles = {template.split("#")[1].strip() for template in language.numbers.shares}
    out: set[int] = set()
    for at, (one, other) in enumerate(pairwise(numbers)):
        if " ".join(letters[one.end : other.start].split()) in middles and one.size < other.size <= LARGEST_SHARED:
            out |= {at, at + 1}
    return [one for at, one in enumerate(numbers) if at not in out]


def _is_phone(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= _LEAST_PHONE and not _GROUPED.fullmatch(text)


def _in_digits(letters: str, language: Language) -> Iterator[Number]:
    for found in _DIGITS.finditer(letters):
        text, end = found[0], found.end()
        times, end = _times(letters, end, language)
        if times == 1 and end < len(letters) and letters[end].isalnum():
            continue
        value, note = _read(text, language, scaled=times != 1)
        if value is None:
            continue
        value *= times
        if times == THOUSAND and (rest := _REST.match(letters, end)):
            # "5 mil 23 personas"
            value, end = value + float(rest[1]), rest.end()
        yearlike = times == 1 and text.isdigit() and len(text) == 4 and int(text) in _YEARS
        bound: Bound = "exact"
        yield Number(found.start(), end, (found.start(), end), round(value, 3), bound, yearlike=yearlike, note=note)


def _times(letters: str, end: int, language: Language) -> tuple[float, int]:
    """Return what a number is multiplied by, and where that word ends."""
    times, after = 1.0, end
    while found := _words(language).times.match(letters, after):
        times *= language.numbers.times[" ".join(found[1].split())]
        after = found.end()
    return times, after


def _read(text: str, language: Language, *, scaled: bool) -> tuple[float | None, str]:
    found = readings(text, grouped_by_point=True)
    if not found:
        return None, ""
    if len(found) == 1 or text.count(".") + text.count(",") > 1:
        return found[0], ""
    # With a multiplier behind it, the mark of decimals parts decimals; people are counted whole.
    by_decimal = language.numbers.decimal in text
    if scaled and by_decimal:
        return found[1], ""
    note = f"{text} is read as {found[0]:,.0f}" if by_decimal else ""
    return found[0], note


@dataclass(frozen=True)
class _Words:
    """Patterns of the number words of a language."""

    token: re.Pattern[str]
    vague: re.Pattern[str]
    times: re.Pattern[str]


@cache
def _words(language: Language) -> _Words:
    table = language.numbers
    return _Words(
        re.compile(rf"(?<!\w)(?:(?P<one>{any_of(table.one)})|(?P<word>{any_of(table.words)})|(?P<times>{any_of(table.times)}))(?!\w)"),
        re.compile(rf"(?<![\w-]){any_of(table.vague)}(?![\w])"),
        re.compile(rf"[\s-]*({any_of(table.times)})(?!\w)"),
    )  # fmt: skip


def _in_words(letters: str, language: Language) -> Iterator[Number]:
    patterns, after = _words(language), 0
    vague = {found.start(): found for found in patterns.vague.finditer(letters)}
    for start, found in vague.items():
        value = language.numbers.vague[" ".join(found[0].split())]
        yield Number(start, found.end(), found.span(), value, "at_least", vague=found[0], in_words=True)
    for found in patterns.token.finditer(letters):
        hyphened = (
            letters[found.start() - 1 : found.start()] == "-"
            and letters[found.start() - 2 : found.start() - 1].isalnum()
        )
        # In "1.8 million" the word belongs to the digits.
        hyphened = hyphened or (
            found["times"] is not None and re.search(r"[0-9]\s*\Z", letters[: found.start()][-4:]) is not None
        )
        if found.start() < after or hyphened or any(one.start() <= found.start() < one.end() for one in vague.values()):
            continue
        if read := _number_from(letters, found, language):
            value, after = read
            yield Number(found.start(), after, (found.start(), after), value, in_words=True)


def _number_from(letters: str, first: re.Match[str], language: Language) -> tuple[float, int] | None:
    """Return the number whose first word is given, and where it ends; None where the word begins none."""
    table, token = language.numbers, _words(language).token
    total, current, last, end = 0.0, 0.0, MOST, first.start()
    found: re.Match[str] | None = first
    joined = False
    for _ in range(LONGEST_WORDS):
        if found is None:
            break
        if found["times"] is not None:
            times = table.times[" ".join(found["times"].split())]
            if not current and end == first.start() and found is first and not table.words.get(found["times"]):
                current = 1.0
            if times >= 1000:
                total, current, last = total + (current or 1.0) * times, 0.0, times
            else:
                current, last = (current or 1.0) * times, times
        elif found["word"] is not None:
            value = table.words[" ".join(found["word"].split())]
            if end > first.start() and not _goes_on(last, value, joined=joined):
                break
            current, last = current + value, value
        else:
            # "a" and "one" begin a number before a multiplier alone, or are one where the table says so.
            one = _one(letters, found, language, alone=found is first, half=0 < current < 1)
            if one is None and joined and 20 <= last < 100:
                # "vingt et un"
                one = 1.0
            if one is None:
                break
            current, last = current + one, 1.0
        end = found.end()
        found, joined = _next(letters, end, language, token)
    value = total + current
    return (value, end) if value > 0 and end > first.start() else None


def _one(letters: str, found: re.Match[str], language: Language, *, alone: bool, half: bool) -> float | None:
    """Return what "a" or "one" adds to a number: 1 in "a thousand", 0 in "half a million" and "two and a half"."""
    if _words(language).times.match(letters, found.end()):
        return 0.0 if half else 1.0
    word = _words(language).token.match(letters, found.end() + 1)
    if word is not None and word["word"] is not None and language.numbers.words[word["word"]] < 1:
        return 0.0
    return 1.0 if alone and " ".join(found[0].split()) in language.numbers.words else None


def _goes_on(last: float, value: float, *, joined: bool) -> bool:
    """Whether a number word goes on the number before it: "twenty five", "hundred and five", no "three and four"."""
    if value < 1:
        return joined or last == 1
    return (
        last >= 100 > value
        or last >= 1000 > value
        or (20 <= last < 100 and value < 10)
        or (last in (60, 80) and value < 20)
    )


def _next(letters: str, end: int, language: Language, token: re.Pattern[str]) -> tuple[re.Match[str] | None, bool]:
    gap = _gap(language).match(letters, end)
    if gap is None:
        return None, False
    return token.match(letters, gap.end()), gap[1] is not None


@cache
def _gap(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:\s+|-)(?:({any_of(language.numbers.joined_by)})(?:\s+|-))?")


@cache
def _no_count(language: Language) -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = language.nouns
    before = re.compile(rf"(?:(?<!\w){any_of(nouns.not_counted_before)}|[$\u20ac\u00a3\u20b9#])\s*\Z")
    return before, re.compile(rf"[\s-]*(?:%|{any_of(nouns.not_counted)}(?!\w))")


def _counts(letters: str, number: Number, language: Language) -> bool:
    """Whether a number may count people: no money, distance, age, law, percentage."""
    before, behind = _no_count(language)
    if before.search(letters, max(number.start - 24, 0), number.start) or behind.match(letters, number.end):
        return False
    return (
        not re.match(r"[-/][0-9]", letters[number.end : number.end + 2])
        or _GROUPED.match(letters, number.start) is not None
        or (re.match(r"-[0-9]", letters[number.end : number.end + 2]) is not None)
    )


@cache
def _between(language: Language) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return what stands before and between the numbers of a range."""
    found = []
    for template in language.numbers.ranges:
        first, middle, _ = (part.strip() for part in f"{template} ".split("#"))
        opens = re.compile(rf"(?<!\w){first}\s+\Z" if first else "")
        found.append((opens, re.compile(rf"\s*{re.escape(middle)}\s*" if middle == "-" else rf"\s+{middle}\s+")))
    return tuple(found)


def _ranges(letters: str, numbers: Sequence[Number], language: Language) -> list[Number]:
    """Return numbers, two that are the ends of a range as one."""
    joined: list[Number] = []
    for one in numbers:
        before = joined[-1] if joined else None
        if before is not None and (both := _range(letters, before, one, language)):
            joined[-1] = both
        else:
            joined.append(one)
    return joined


def _range(letters: str, one: Number, other: Number, language: Language) -> Number | None:
    if one.value is None or other.value is None or one.vague or other.vague:
        return None
    # Whoever writes that a number rose from one to another gives two numbers, no range.
    if pattern(rf"{language.numbers.changed}\W+(?:\w+\W+){{0,3}}\Z").search(letters, max(one.start - 48, 0), one.start):
        return None
    gap = letters[one.end : other.start]
    for opens, middle in _between(language):
        start = opens.search(letters, max(one.start - 20, 0), one.start) if opens.pattern else None
        if not middle.fullmatch(gap) or (opens.pattern and start is None):
            continue
        # In "two to three million" the multiplier is meant for both.
        low, scale = one.value, _scale(letters, other, language)
        if scale > 1 and low < other.value / scale and _scale(letters, one, language) == 1:
            low *= scale
        if low < other.value and not (one.yearlike and other.yearlike):
            begins = start.start() if start else one.start
            return Number(begins, other.end, (one.bare[0], other.bare[1]), None, "range", low, other.value)
    return None


def _scale(letters: str, number: Number, language: Language) -> float:
    """Return what the last word of a number multiplies it by."""
    found = re.search(rf"({any_of(language.numbers.times)})\Z", letters[number.bare[0] : number.bare[1]])
    return language.numbers.times[" ".join(found[1].split())] if found else 1.0


@cache
def _hedges(language: Language, *, before: bool) -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    hedges = language.before if before else language.after
    names: tuple[tuple[Bound, tuple[str, ...]], ...] = (
        ("at_least", hedges.at_least), ("at_most", (*hedges.at_most, *hedges.below)), ("about", hedges.about),
    )  # fmt: skip
    if before:
        article = rf"(?:{language.speakers.articles}\s+)?"
        return tuple((bound, re.compile(rf"(?<!\w){any_of(words)}\s*{article}\Z")) for bound, words in names)
    return tuple((bound, re.compile(rf"\s*{any_of(words)}(?!\w)")) for bound, words in names)


def _hedged(letters: str, number: Number, language: Language) -> Number:
    """Return a number with the words before and behind it that say how firm it is."""
    for _ in range(2):
        found = [
            (match.start(), bound)
            for bound, words in _hedges(language, before=True)
            if (match := words.search(letters, max(number.start - 32, 0), number.start)) and match.end() == number.start
        ]
        if not found:
            break
        start, bound = min(found)
        # Of "at least an estimated 300" the first word counts, which is read last; "some hundreds" are still hundreds.
        stronger = number.bound == "exact" or (number.bound == "about" and bound != "about")
        kept = bound if stronger and number.value is not None else number.bound
        number = replace(number, start=start, bound=kept)
    for bound, words in _hedges(language, before=False):
        if match := words.match(letters, number.end):
            kept = (
                bound
                if number.value is not None and not number.vague and number.bound in ("exact", "about")
                else number.bound
            )
            return replace(number, end=match.end(), bound=kept)
    return number
