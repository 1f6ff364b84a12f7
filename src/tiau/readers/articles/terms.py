"""From when until when an act holds, for how many, and which one it ends: what a row has beside day and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from tiau.readers.articles import days, numbers
from tiau.readers.articles.article import Article
from tiau.readers.articles.chains import Chain
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.when_and_where import day_near
from tiau.scenario.vocabulary import to_cell

LEAD = 40
"""Letters before a day in which "until" stands, or a word that says that it is to come."""


def until(sentence: Sentence, chain: Chain, day: DayFound | None, article: Article) -> str:
    """Return the last day of an act as a cell has it; blank where the text gives none.

    Parameters
    ----------
    sentence : Sentence
    chain : Chain
        The words of the act.
    day : DayFound or None
        The day of the act, which the last one does not come before.
    article : Article
    """
    if day and is_range(day, sentence, article.language):
        return to_cell(day.last)
    word = pattern(rf"(?<![\w-])(?:{article.language.told.until}) ?\Z")
    dated = days.of_article(article)[sentence.start]
    last = [one for one in dated if word.search(_lead(sentence, one))]
    found = day_near([one for one in last if one is not day], chain.start, chain.end)
    if found is None:
        return ""
    first = day.first if day else article.published
    return to_cell(_from_then_on(found.last, first) if first and not _has_year(found, sentence) else found.last)


def first(day: DayFound, sentence: Sentence, language: Language) -> str:
    """Return the days of an act as a cell has them: the first alone where the text says that it holds from then on."""
    alone = _holds_from(day, sentence, language) or is_range(day, sentence, language)
    return to_cell(day.first) if alone else days.period(day.first, day.last)


def _holds_from(day: DayFound, sentence: Sentence, language: Language) -> bool:
    word = pattern(rf"(?<![\w-])(?:{language.told.holds_from}) ")
    return day.since and bool(word.search(f"{_lead(sentence, day)}{day.words}"[-len(day.words) - LEAD // 4 :]))


def _lead(sentence: Sentence, day: DayFound) -> str:
    """Return the letters before a day; its own may begin with the word before it."""
    lead = sentence.letters[max(day.start - LEAD, 0) : day.end]
    return lead[: lead.rfind(day.words)]


def is_range(day: DayFound, sentence: Sentence, language: Language) -> bool:
    """Whether days are told by their first and their last: "from 9 July until 23 July"."""
    between = {template.split("#")[1].strip() for template in language.days.between if "#" in template}
    to = any_of(between - set(language.numbers.joined_by))
    words = sentence.letters[day.start : day.end]
    return day.first != day.last and bool(pattern(rf"(?<!\w){to}(?!\w)").search(words))


def to_come(day: DayFound | None, chain: Chain, sentence: Sentence, article: Article) -> DayFound | None:
    """Return the day of what starts on it as one that is to come, where the text names no year."""
    if day is None or article.published is None or _has_year(day, sentence):
        return day
    word = pattern(rf"(?<![\w-])(?:{article.language.told.to_come}) \Z")
    will = pattern(rf"(?<![\w-])(?:{article.language.told.future})(?![\w-])")
    ahead = word.search(_lead(sentence, day)) or will.search(sentence.letters, chain.start, chain.end)
    if day.first > article.published or not ahead:
        return day
    first = _from_then_on(day.first, article.published)
    return replace(day, first=first, last=max(first, _from_then_on(day.last, article.published)))


def later(sentence: Sentence, order: DayFound | None, language: Language) -> DayFound | None:
    """Return the day that is told from that of the order before: "two days later"; None where none is."""
    values = {word: int(value) for word, value in language.numbers.words.items() if value >= 1}
    count = rf"(?P<n>{any_of(values)}|{any_of(language.numbers.one)}|[0-9]{{1,3}})"
    for text, each in language.told.later.items():
        found = pattern(rf"(?<![\w-])(?:{text.replace('#', count)})(?![\w-])").search(sentence.letters)
        if found and order and order.first == order.last:
            words = found.groupdict().get("n") or "1"
            away = int(words) if words.isdecimal() else values.get(words, 1)
            day = order.first + dt.timedelta(days=away * each)
            return DayFound(found.start(), found.end(), day, day, found[0], note="counted from the order before it")
    return None


def amount(sentence: Sentence, chain: Chain, language: Language) -> str:
    """Return how many may pass as a cell has it; blank where the words of the act have no number."""
    found = numbers.find(sentence.letters, language, [])
    inside = (one for one in found if chain.start <= one.bare[0] < chain.end and one.value is not None)
    return next((to_cell(one.value) for one in inside), "")


def checks(day: DayFound | None, sentence: Sentence, language: Language, *, ends: bool) -> list[str]:
    """Return what is to be looked at about days of an act that are no single one."""
    if day is None or day.first == day.last or day.note or first(day, sentence, language) == to_cell(day.first):
        return []
    if day.since:
        return ["it has held since then: is the first day its first?"]
    if not ends and pattern(rf"(?<![\w-])(?:{language.told.ended})(?![\w-])").search(sentence.letters):
        return ["holds from its first day; write the last one into until if it has ended"]
    return [f'"{sentence.text[day.start : day.end]}": on which of these days is not told']


def _has_year(day: DayFound, sentence: Sentence) -> bool:
    return bool(pattern(r"(?<!\w)(?:19|20)[0-9]{2}(?!\w)").search(sentence.letters, day.start, day.end))


def _from_then_on(day: dt.date, first: dt.date) -> dt.date:
    """Return a day that was read without its year in the first year in which it does not come before another one."""
    if day >= first or (first - day).days > 366:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def candidates(acts: Sequence[str]) -> str:
    """Ask which act is ended, with those of the text that may be."""
    here = f" (in this text: {', '.join(acts)})" if acts else ""
    return f"which act does it end? put its id into ends{here}"
