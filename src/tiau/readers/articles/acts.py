"""What authorities did about entry, stay and relief, as a text tells it: proposed as rows of acts.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tiau.readers.articles import authorities, chains, days, places, speakers
from tiau.readers.articles.article import Article
from tiau.readers.articles.authorities import Authority
from tiau.readers.articles.chains import Chain
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.places import PlaceFound
from tiau.readers.articles.proposals import Proposal, confident
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.surroundings import Surroundings
from tiau.readers.articles.tables import ActRule
from tiau.readers.articles.when_and_where import Stand, day_near, group_in, no_day, stands, told_days
from tiau.scenario.vocabulary import to_cell

LOOKED_BACK = 200
"""Rows before one among which its twin is looked for: a text as long as a book would take for ever."""
BEFORE = 70
"""Letters before the words of an act in which it may be wished, feared or denied."""
BEHIND = 90
"""Letters behind an order in which it may except somebody."""
BASE, WITH_AUTHORITY, WITH_PLACE, WITH_DAY, LESS_FOR_WORDS_ALONE = 0.3, 0.25, 0.1, 0.15, 0.05
NO_GROUPS = ("quota", "fence", "relief")
"""Effects that hold for everybody at a place."""


@dataclass(frozen=True)
class Told:
    """An act with everything that its sentence tells of it."""

    sentence: Sentence
    rule: ActRule
    chain: Chain
    authority: Authority
    day: DayFound | None
    places: tuple[PlaceFound, ...]


def propose(article: Article, surroundings: Surroundings) -> list[Proposal]:
    """Return the acts that a text tells of, in its order, each once; an exception stands behind its order.

    Parameters
    ----------
    article : Article
    surroundings : Surroundings
    """
    proposals: list[Proposal] = []
    orders: list[tuple[Authority, Proposal]] = []
    for told in _once(_told(article, surroundings), article.language):
        act = _proposal(told, article, surroundings)
        if told.rule.softens:
            order = next((one for who, one in reversed(orders) if authorities.same(who, told.authority)), None)
            act = replace(act, cells={**act.cells, "softens": order.cells["report"] if order else ""})
        proposals.append(act)
        if told.rule.effect == "close":
            orders.append((told.authority, act))
        if told.rule.effect == "close" and (excepted := _exception(told, article.language)):
            proposals.append(_softened(act, told, excepted, article))
    return proposals


def _told(article: Article, surroundings: Surroundings) -> Iterator[Told]:
    language = article.language
    found, says, named = places.find(article, surroundings), speakers.find(article), speakers.named(article)
    before: Authority | None = None
    for at, sentence in enumerate(article.sentences):
        rules = list(_rules(sentence.letters, language))
        if not rules:
            before = None
            continue
        around = stands(sentence, found, language)
        past = told_days(sentence, article)
        told = [chain for _, chain in rules]
        for rule, chain in rules:
            said = speakers.of(says, at, sentence.start + chain.start)
            who = authorities.find(sentence, chain, rule, named[at], said, around, before, article, surroundings)
            if not _may(who, rule, sentence.letters, chain, language):
                continue
            before = who
            where = _where(chain, who, _of(chain, told, around), rule, language)
            yield Told(sentence, rule, chain, who, day_near(_of(chain, told, past), chain.start, chain.end), where)


_Stands = TypeVar("_Stands", DayFound, Stand)


def _of(chain: Chain, told: Sequence[Chain], found: Sequence[_Stands]) -> list[_Stands]:
    """Return the days or places that belong to one act of a sentence: those nearer to it, and those before all."""
    first = min(other.start for other in told)

    def away(other: Chain, one: _Stands) -> int:
        # What stands behind an act is rather its own than that of the next.
        return one.start - other.end if one.start >= other.start else 2 * (other.start - one.end)

    return [one for one in found if one.end <= first or min(told, key=lambda other: away(other, one)) is chain]


def _rules(letters: str, language: Language) -> Iterator[tuple[ActRule, Chain]]:
    """Yield the rules that a sentence meets, of those that share words the first."""
    taken: list[Chain] = []
    for rule in language.acts:
        found = chains.find(letters, language, rule.parts, rule.within)
        if not found or chains.expanded(language, rule.unless).search(letters):
            continue
        for chain in found:
            free = not any(chain.start < other.end and other.start < chain.end for other in taken)
            if free and (rule.wished or not _only_wished(letters, chain, language)):
                taken.append(chain)
                yield rule, chain


def _only_wished(letters: str, chain: Chain, language: Language) -> bool:
    """Whether an act is wished, feared or denied: then it is none."""
    start = max(chain.start - BEFORE, 0)
    # Another clause is another matter.
    start = max(start, letters.rfind(";", 0, chain.start) + 1)
    wish = chains.expanded(language, language.told.no_act)
    return any(
        not any(a <= match.start() and match.end() <= b for a, b in chain.spans)
        for match in wish.finditer(letters, start, chain.end)
    )


def _may(who: Authority, rule: ActRule, letters: str, chain: Chain, language: Language) -> bool:
    """Whether somebody can do what the rule says: refugees ask, but order nothing; agencies help, but close nothing."""
    if who.governs:
        return not (rule.foreign and who.office is not None and who.office.kind == "agency")
    if who.office is not None and who.office.sort in ("private", "person"):
        return False
    if who.office is not None and not (rule.agencies and who.office.kind in ("agency", "other")):
        return False
    if who.office is None:
        return rule.passive and not rule.wished
    return True


def _where(
    chain: Chain, who: Authority, around: Sequence[Stand], rule: ActRule, language: Language
) -> tuple[PlaceFound, ...]:
    """Return the places where an act holds: those addressed or spoken of, not those that people come from."""
    usable = [one for one in around if rule.effect == "corridor" or not one.behind(language.told.beside)]
    if who.asks_abroad:
        # What one state asks another holds where the other one is.
        usable = [one for one in usable if one.start >= chain.start and one.place.name != who.country]
    own = [one for one in usable if who.start <= one.start < who.end]
    others = [one for one in usable if one not in own]
    fine, own_fine = ([one for one in some if one.place.tier != "country"] for some in (others, own))
    # Words of a state are about the state; what a country orders may hold in a part of it.
    first = own_fine if who.level == "state" and rule.effect == "statement" else []
    hosts = [one for one in others if one.place.home is not True]
    chosen = first or fine or own_fine or own or hosts or others
    return tuple({one.place.name: one.place for one in chosen}.values())


def _proposal(told: Told, article: Article, surroundings: Surroundings) -> Proposal:
    rule, who, sentence = told.rule, told.authority, told.sentence
    day = days.period(told.day.first, told.day.last) if told.day else to_cell(article.published)
    objects = sentence.letters[told.chain.start : told.chain.end]
    group = "" if rule.effect in NO_GROUPS else group_in(objects, article, surroundings)
    cells = {
        "known_on": to_cell(article.published), "published": to_cell(article.published), "as_of": day,
        "place": "; ".join(place.name for place in told.places), "group": group, "authority": who.name,
        "level": "foreign" if who.asks_abroad else who.level,
        "effect": rule.effect, "publisher": article.publisher, "url": article.url,
    }  # fmt: skip
    cells["report"] = article.row_id("a", f"{rule.family}{rule.effect}{who.name}{day}{cells['place']}")
    sure = BASE + WITH_AUTHORITY * bool(who.name) + WITH_PLACE * bool(told.places)
    sure += WITH_DAY * (told.day is not None and told.day.sure) - LESS_FOR_WORDS_ALONE * (rule.effect == "statement")
    marked = (sentence.start + told.chain.start, sentence.start + told.chain.end)
    return Proposal(
        "acts", sentence.start, sentence.end, sentence.text, marked, confident(sure), cells,
        (rule.why, *who.why), (*_checks(told, article, surroundings),), article.file,
    )  # fmt: skip


def _checks(told: Told, article: Article, surroundings: Surroundings) -> Iterator[str]:
    if told.rule.check:
        yield told.rule.check
    yield from told.authority.check
    if told.day is None:
        yield no_day(article)
    elif told.day.note:
        yield told.day.note
    if not told.places:
        yield "no place is named: fill in place"
    for place in told.places:
        yield from places.to_check(place, surroundings)
    if missing := _not_named(told, article.language):
        yield missing


def _not_named(told: Told, language: Language) -> str:
    """Say that an order holds in more places than are named: "four states, including X"."""
    numbers = {word: int(value) for word, value in language.numbers.words.items() if 2 <= value <= 20}
    count = rf"(?P<count>{any_of(numbers)}|[0-9]{{1,2}})"
    found = pattern(rf"(?<!\w){count} (?:\w+ ){{0,2}}?{language.told.counted_areas}(?!\w)").search(
        told.sentence.letters
    )
    if not found or not pattern(language.told.including).search(told.sentence.letters, found.end()):
        return ""
    missing = numbers.get(found["count"]) or (int(found["count"]) if found["count"].isdigit() else 0)
    if not told.places:
        return f"{found[0]}: not all of them are named"
    missing -= len(told.places)
    return f"{found[0]}: {missing} of them are not named" if missing > 0 else ""


def _exception(told: Told, language: Language) -> re.Match[str] | None:
    """Return the words that except somebody from an order, behind it in its sentence."""
    return chains.expanded(language, language.told.exempt).search(
        told.sentence.letters, told.chain.end, min(told.chain.end + BEHIND, len(told.sentence.letters))
    )


def _softened(order: Proposal, told: Told, words: re.Match[str], article: Article) -> Proposal:
    """Return the exception of an order as a row of its own."""
    behind = re.compile(r"[^.;]*").match(told.sentence.letters, words.start())
    end = behind.end() if behind else words.end()
    name = article.row_id("a", f"exempt{order.cells['report']}")
    cells = {**order.cells, "report": name, "effect": "exempt", "softens": order.cells["report"]}
    marked = (told.sentence.start + words.start(), told.sentence.start + end)
    check = (*order.check, "give admit_share: how many of those who come it lets in")
    return replace(
        order,
        cells=cells,
        marked=marked,
        why=("the exception of the order before it", *told.authority.why),
        check=check,
    )


def _once(told: Iterator[Told], language: Language) -> list[Told]:
    """Return acts, one that a text tells twice once: the same authority does the same, and days do not part them."""
    kept: list[Told] = []
    for one in told:
        first = max(len(kept) - LOOKED_BACK, 0)
        twin = next((at for at, other in enumerate(kept[first:], first) if _same(one, other)), None)
        if twin is None:
            kept.append(one)
        elif kept[twin].day is None and one.day is not None:
            kept[twin] = one
    return kept


def _same(one: Told, other: Told) -> bool:
    days_apart = one.day and other.day and (one.day.last < other.day.first or other.day.last < one.day.first)
    alike = one.rule.effect == other.rule.effect and one.rule.family == other.rule.family
    here, there = ({place.name for place in act.places} for act in (one, other))
    apart = here and there and here.isdisjoint(there) and one.rule.effect != "statement"
    return alike and not days_apart and not apart and authorities.same(one.authority, other.authority)
