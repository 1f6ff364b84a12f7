"""Days in a sentence: dates, and words that count from the day of publication, such as "last week"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tiau.readers.articles.article import Article
from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.tables import Relative
from tiau.scenario.spellings.days import days as readings

FORGIVEN_DAYS = 3
"""A date without a year that lies so many days after publication is not of the year before: clocks and time zones."""
_COUNT = r"(?:[0-9]{1,3}|\w+)"
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4})(?![\w/-])"
)
LONGEST_DATELINE = 60
SHORT_LEAD = 8
"""Letters before a weekday in which it may be told to be the last one."""
LONGEST_CLAUSE = 90
"""Letters between "since" and the day of what has happened since."""
SINCE_WORDS = 10
"""Words between "since" and the day of what has happened since."""
_EARLIEST, _LATEST = 1900, 2199


@dataclass(frozen=True, slots=True)
class DayFound:
    """Days that a sentence names.

    Attributes
    ----------
    start, end : int
        Its characters in the sentence.
    first, last : date
        The days, both included.
    words : str
        As they stand there.
    since : bool
        Whether what is told went on since `first`.
    stand : bool
        Whether it is the day of a count: "as of 3 March".
    sure : bool
        Whether the words leave no choice.
    note : str
        What is to be checked; blank where nothing is.
    begun_by : tuple of int
        Where, between "since" and the day, stands what happened on that day: "since the coup on 1 February".
    """

    start: int
    end: int
    first: dt.date
    last: dt.date
    words: str
    since: bool = False
    stand: bool = False
    sure: bool = True
    note: str = ""
    begun_by: tuple[int, int] = (0, 0)

    @property
    def of_what_began(self) -> DayFound:
        """The day for what began on it, where something else has gone on since."""
        return replace(self, last=self.first, since=False) if self.begun_by[1] else self


# Figures, acts and events ask for the same article.
@lru_cache(maxsize=2)
def of_article(article: Article) -> Mapping[int, Sequence[DayFound]]:
    """Return the days of each sentence of an article, by its first character."""
    return {one.start: find(one, article.language, article.published) for one in article.sentences}


def find(sentence: Sentence, language: Language, published: dt.date | None) -> list[DayFound]:
    """Return the days of a sentence in order; without a day of publication those alone that have their year.

    Parameters
    ----------
    sentence : Sentence
    language : Language
    published : date or None
    """
    letters = sentence.letters
    found = [*_numeric(letters), *_dated(sentence, language, published), *_years(letters, language, published)]
    if published is not None:
        named = _weekdays(letters, language, published)
        found += [day for day in named if not _is_beside(day, found, letters, language)]
        found += _relative(letters, language, published)
    kept: list[DayFound] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    kept = [one for one in kept if not _is_dateline(sentence, one)]
    joined = _spans(letters, kept, language)
    return [_qualified(letters, one, language, published) for one in joined]


def _is_beside(weekday: DayFound, dated: Sequence[DayFound], letters: str, language: Language) -> bool:
    """Whether a weekday only names the day that a date beside it tells: "on Thursday, 13 May"."""
    beside = pattern(rf",? ?(?:\(|{language.days.beside} )? ?")
    return any(
        beside.fullmatch(
            letters[weekday.end : date.start] if weekday.end <= date.start else letters[date.end : weekday.start]
        )
        for date in dated
        if weekday.end <= date.start or date.end <= weekday.start
    )


def _is_dateline(sentence: Sentence, one: DayFound) -> bool:
    """Whether a day is that of a report, before its first words: "AIZAWL, April 9 (Agency) -"."""
    lead = sentence.text[: one.start]
    before = len(lead) < LONGEST_DATELINE and lead.strip()[:3].isupper()
    return before and re.match(r"\s*(?:\([^)]{1,40}\)\s*)?-\s", sentence.letters[one.end :]) is not None


def period(first: dt.date | None, last: dt.date | None) -> str:
    """Return days as a cell has them; blank where they are not known."""
    if first is None or last is None:
        return ""
    return str(first) if first == last else f"{first}/{last}"


def _numeric(letters: str) -> Iterator[DayFound]:
    for found in _NUMERIC.finditer(letters):
        meant = readings(found[0])
        if not meant:
            continue
        day = dt.date.fromisoformat(meant[0].meant)
        note = f"{found[0]} can be {' or '.join(map(str, meant))}" if len(meant) > 1 else ""
        yield DayFound(found.start(), found.end(), day, day, found[0], sure=not note, note=note)


@cache
def _dates(language: Language) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return the pattern of dates with the name of a month, and the numbers of months."""
    table = language.days
    months = {name: number for number, names in enumerate(table.months, 1) for name in names}
    month = rf"(?P<month>{any_of(months)})\.?(?!\w)"
    year = rf"(?:,?(?:{table.of})? (?P<year>(?:19|20)[0-9]{{2}})(?!\w|,[0-9]))?"
    day = r"[0-9]{1,2}"
    # In "March 3 to 5" and "3 to 5 March" the month is named once.
    to = rf"(?: ?- ?| (?:{any_of(_joints(language))}) )"
    first, second = (
        rf"(?P<day>{day}){table.ordinal}(?:{to}(?P<last>{day}){table.ordinal})?",
        rf"(?P<day2>{day}){table.ordinal}(?:{to}(?P<last2>{day}){table.ordinal}(?![\w,]))?(?!\w|,[0-9]{{3}}|:[0-9])",
    )
    parts = "|".join(f"(?P<part{at}>{part.pattern})" for at, part in enumerate(table.parts))
    text = rf"(?<![\w.,])(?:(?:{parts}){table.of} ?)?(?:{first}{table.of} )?{month}(?: {second})?{year}"
    return pattern(text), months


def _joints(language: Language) -> list[str]:
    return sorted({template.split("#")[1].strip() for template in language.days.between} - {"-"})


def _dated(sentence: Sentence, language: Language, published: dt.date | None) -> Iterator[DayFound]:
    dates, months = _dates(language)
    for found in dates.finditer(sentence.letters):
        day = found["day"] or found["day2"]
        capital = sentence.text[found.start("month")].isupper()
        # "may" and "march" are words of other kinds, too.
        if language.days.capital and not capital:
            continue
        if day is None and found["year"] is None and not _after_preposition(sentence, found.start(), language, found):
            continue
        if read := _read(found, months[found["month"]], language, published):
            yield read


def _years(letters: str, language: Language, published: dt.date | None) -> Iterator[DayFound]:
    """Yield years that stand alone behind a word that days stand behind."""
    for found in pattern(
        rf"(?<!\w)(?:{_prepositions(language)}) (?P<year>(?:19|20)[0-9]{{2}})(?![\w-]|[.,][0-9])"
    ).finditer(letters):
        first, last = dt.date(int(found["year"]), 1, 1), dt.date(int(found["year"]), 12, 31)
        if published is None or first <= published:
            yield DayFound(found.start("year"), found.end(), first, min(last, published or last), found["year"])


def _after_preposition(sentence: Sentence, start: int, language: Language, found: re.Match[str]) -> bool:
    """Whether a month alone stands where days stand, and is no name: "in May", no "May said"."""
    if any(found[f"part{at}"] for at in range(len(language.days.parts))):
        return True
    before = sentence.letters[max(start - 16, 0) : start]
    return bool(pattern(rf"(?<!\w)(?:{_prepositions(language)}) \Z").search(before))


@cache
def _prepositions(language: Language) -> str:
    """Return the pattern of words that months and years stand behind."""
    return f"{any_of(language.days.before)}|{language.days.since}|{language.days.as_of}"


def _read(found: re.Match[str], month: int, language: Language, published: dt.date | None) -> DayFound | None:
    day, last = found["day"] or found["day2"], found["last"] or found["last2"]
    year = int(found["year"]) if found["year"] else _year_of(month, int(day or 1), published)
    if year is None or not _EARLIEST <= year <= _LATEST:
        return None
    part = next((part for at, part in enumerate(language.days.parts) if found[f"part{at}"]), None)
    longest = calendar.monthrange(year, month)[1]
    begin, end = (int(day), int(last or day)) if day else (part.first, part.last) if part else (1, longest)
    begin, end = (longest if number < 0 else number for number in (begin, end))
    if not 1 <= begin <= end <= longest:
        return None
    words = found[0].strip(" .")
    note = (
        f'"{words}" has no sharp first day'
        if part and part.first > 0
        else f'"{words}" may be some days before'
        if part
        else ""
    )
    return DayFound(found.start(), found.end(), dt.date(year, month, begin), dt.date(year, month, end), words,
                    sure=not note, note=note)  # fmt: skip


def _year_of(month: int, day: int, published: dt.date | None) -> int | None:
    """Return the year in which a date lies last before the day of publication."""
    if published is None:
        return None
    latest = published + dt.timedelta(FORGIVEN_DAYS)
    return latest.year if (month, day) <= (latest.month, latest.day) else latest.year - 1


def _weekdays(letters: str, language: Language, published: dt.date) -> Iterator[DayFound]:
    numbers = {name: number for number, names in enumerate(language.days.weekdays) for name in names}
    days = language.days
    text = rf"(?<!\w){days.before_weekday}(?P<day>{any_of(numbers)})(?!\w)(?: {days.last_weekday}(?!\w))?"
    for found in pattern(text).finditer(letters):
        back = (published.weekday() - numbers[found["day"]]) % 7
        # On a Friday "last Friday" and "since Friday" mean the one a week ago, "Friday" is today.
        earlier = pattern(rf"(?<!\w)(?:{language.days.last_weekday}|{language.days.since})(?!\w)")
        if back == 0 and earlier.search(letters, max(found.start() - SHORT_LEAD, 0), found.end()):
            back = 7
        day = published - dt.timedelta(back)
        start = found.start("day") if pattern(language.days.since).match(found[0]) else found.start()
        yield DayFound(start, found.end(), day, day, found[0])


@cache
def _relatives(language: Language) -> tuple[tuple[Relative, re.Pattern[str]], ...]:
    return tuple(
        (rule, pattern(rf"(?<!\w)(?:{rule.pattern.replace('#', _COUNT)})(?!\w)")) for rule in language.days.relative
    )


def _relative(letters: str, language: Language, published: dt.date) -> Iterator[DayFound]:
    for rule, words in _relatives(language):
        for found in words.finditer(letters):
            count = _count(found.groupdict().get("n") or "", language)
            if count is None:
                continue
            first, last = _edge(rule.start, count, published, last=False), _edge(rule.end, count, published, last=True)
            if first is None or last is None:
                continue
            told = found[0].strip()
            since = bool(pattern(language.days.since).match(told))
            note = "" if rule.sure else f'"{told}" has no sharp days'
            last = min(last, published)
            yield DayFound(found.start(), found.end(), first, last, told, since=since, sure=rule.sure, note=note)


def _count(text: str, language: Language) -> int | None:
    """Return the number of a text such as "3 days ago"; 0 where there is none, None where it is no number."""
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    number = language.numbers.words.get(text, language.numbers.times.get(text))
    return int(number) if number is not None and number >= 1 else None


def _edge(rule: str, count: int, published: dt.date, *, last: bool) -> dt.date | None:
    """Return the first or last day of what a rule says: "day -7n", "week -1", "month 0", "now"."""
    if rule == "now":
        return published
    unit, _, by = rule.partition(" ")
    factor = int(by.rstrip("n") if by.rstrip("n-") else by.replace("n", "1"))
    back = factor * count if by.endswith("n") else factor
    try:
        return _stepped(unit, back, published, last=last)
    except (OverflowError, ValueError):
        return None


def _stepped(unit: str, back: int, published: dt.date, *, last: bool) -> dt.date:
    match unit:
        case "day":
            return published + dt.timedelta(back)
        case "hour":
            return published + dt.timedelta(hours=24 * (back // 24))
        case "week":
            monday = published - dt.timedelta(published.weekday()) + dt.timedelta(7 * back)
            return monday + dt.timedelta(6 if last else 0)
        case "weekend":
            # The one that is over, or goes on: on a Sunday it is that of the day.
            sunday = published - dt.timedelta((published.weekday() + 1) % 7)
            return sunday if last else sunday - dt.timedelta(1)
        case "year":
            return dt.date(published.year + back, 12 if last else 1, 31 if last else 1)
        case _:
            months = published.year * 12 + published.month - 1 + back
            year, month = months // 12, months % 12 + 1
            longest = calendar.monthrange(year, month)[1]
            if unit == "months":
                return dt.date(year, month, min(published.day, longest))
            return dt.date(year, month, longest if last else 1)


@cache
def _middles(language: Language) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of what stands between the two ends of a span."""
    on = rf"(?:{language.days.on}\s+)?"
    words = [re.compile(rf",?\s+(?:{joint})\s+{on}") for joint in _joints(language)]
    return (*words, re.compile(rf"\s*-\s*{on}"))


def _spans(letters: str, found: list[DayFound], language: Language) -> list[DayFound]:
    """Return days, two that are the ends of a span as one."""
    joined: list[DayFound] = []
    opening = pattern(rf"(?<!\w){any_of(_opens(language))} \Z")
    for one in found:
        before = joined[-1] if joined else None
        gap = letters[before.end : one.start] if before else ""
        if before and before.first <= one.last and any(middle.fullmatch(gap) for middle in _middles(language)):
            start = opening.search(letters, max(before.start - 16, 0), before.start)
            begins = start.start() if start else before.start
            joined[-1] = replace(one, start=begins, first=before.first, words=letters[begins : one.end],
                                 sure=before.sure and one.sure, note=before.note or one.note)  # fmt: skip
        else:
            joined.append(one)
    return joined


def _opens(language: Language) -> list[str]:
    """Return the words that begin a span: in "from 3 to 5 March" nothing has gone on since."""
    return sorted({template.split("#")[0].strip() for template in language.days.between} - {""})


def _qualified(letters: str, one: DayFound, language: Language, published: dt.date | None) -> DayFound:
    """Return days with what the word before them says: since when, or as of when."""
    days, before = language.days, letters[max(one.start - 24, 0) : one.start]
    offset = one.start - len(before)
    since = pattern(rf"(?<!\w)(?:{days.since}) ?(?:{language.speakers.articles} )?\Z").search(before)
    if since and (one.first == one.last or one.note or since[0].strip() not in _opens(language)):
        start = offset + since.start()
        return _since(replace(one, start=start, words=letters[start : one.end]), published)
    if (stand := pattern(rf"(?<!\w)(?:{days.as_of}) ?\Z").search(before)) and one.first == one.last:
        return replace(one, start=offset + stand.start(), stand=True)
    lead = letters[max(one.start - LONGEST_CLAUSE, 0) : one.start]
    clause = pattern(rf"(?<!\w)(?:{days.since_clause})(?: [^\s,;]+){{1,{SINCE_WORDS}}}? ?\Z").search(lead)
    if clause and not re.search(r"[0-9]", clause[0]):
        # "since violence erupted on 25 August"
        begun = one.start - len(lead) + clause.start()
        return replace(_since(one, published), begun_by=(begun, one.start))
    return one


def _since(one: DayFound, published: dt.date | None) -> DayFound:
    return replace(one, last=max(published or one.last, one.first), since=True)
