"""What authorities did about entry, stay and relief, as a text tells it: proposed as rows of acts.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tiau.readers.articles import authorities, chains, places, speakers, terms
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
YEAR = 360
"""Days of a period that only a year tells."""
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
        if told.rule.ends:
            mine = [one.cells["report"] for who, one in orders if authorities.same(who, told.authority)]
            act = replace(act, check=(*act.check, terms.candidates(mine[-3:])))
        proposals.append(act)
        if told.rule.effect == "close" or told.rule.excepts:
            orders.append((told.authority, act))
        if (told.rule.effect == "close" or told.rule.excepts) and (excepted := _exception(told, article.language)):
            proposals.append(_softened(act, told, excepted, article))
    return proposals


def _told(article: Article, surroundings: Surroundings) -> Iterator[Told]:
    language = article.language
    found, says, named = places.find(article, surroundings), speakers.find(article), speakers.named(article)
    before: Authority | None = None
    order: Told | None = None
    for at, sentence in enumerate(article.sentences):
        rules = sorted(_rules(sentence.letters, language), key=lambda pair: pair[1].start)
        rules = [pair for pair in rules if not _is_exception(sentence.letters, *pair, rules, language)]
        here: Authority | None = None
        around = stands(sentence, found, language) if rules else []
        told = [chain for _, chain in rules]
        deeds = [span for chain in told for span in chain.spans]
        past = told_days(sentence, article, deeds) if rules else []
        # Words are done when they are said.
        spoken = told_days(sentence, article, [(0, len(sentence.letters))]) if rules else []
        for rule, chain in rules:
            said = speakers.of(says, at, sentence.start + chain.start)
            who = authorities.find(sentence, chain, rule, named[at], said, around, before, here, article, surroundings)
            if order and (rule.softens or rule.ends) and who.office is None and not who.name:
                who = replace(order.authority, why=("whose order it is",))
            if rule.mentioned and not who.governs:
                who = authorities.UNKNOWN
            if not _may(who, rule, sentence.letters, chain, language):
                continue
            here = who
            where = _where(sentence.letters, chain, who, _of(chain, told, around), rule, language)
            if not where and who.level == "state":
                where = _only_state(found)
            # The year of a treaty is not that of the words about it.
            own = spoken if rule.effect == "statement" else past
            dated = [one for one in own if not rule.wished or one.since or (one.last - one.first).days < YEAR]
            day = terms.to_come(day_near(_of(chain, told, dated), chain.start, chain.end), chain, sentence, article)
            one = Told(sentence, rule, chain, who, day, where)
            one = _after(order, one, language) if order and (rule.softens or rule.ends) else one
            order = one if rule.excepts or rule.effect == "close" else order
            yield one
        before = here


def _only_state(found: Sequence[PlaceFound]) -> tuple[PlaceFound, ...]:
    """Return the one part of a country that a text names, if people come there: its government needs no place."""
    states = {place.name: place for place in found if place.tier == "admin1" and place.home is False}
    return tuple(states.values()) if len(states) == 1 else ()


def _after(order: Told, one: Told, language: Language) -> Told:
    """Return what softens or ends an order with the place of the order and a day counted from its, if it has none."""
    if not authorities.same(order.authority, one.authority):
        return one
    return replace(
        one,
        places=one.places or order.places,
        day=one.day or terms.later(one.sentence, order.day, language),
    )


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
            if free and (rule.wished or not _only_wished(letters, chain, rule, language)):
                taken.append(chain)
                yield rule, chain


def _only_wished(letters: str, chain: Chain, rule: ActRule, language: Language) -> bool:
    """Whether an act is wished, feared or denied: then it is none."""
    start = max(chain.start - BEFORE, 0)
    # Another clause is another matter.
    start = max(start, letters.rfind(";", 0, chain.start) + 1)
    lead = letters[:start] if rule.effect != "statement" else letters[: chain.start]
    if pattern(rf",(?:{language.told.joined}) \Z").search(lead[-BEFORE:]):
        start = len(lead)
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
        return (rule.passive and not rule.wished) or rule.mentioned
    return True


def _where(
    letters: str, chain: Chain, who: Authority, around: Sequence[Stand], rule: ActRule, language: Language
) -> tuple[PlaceFound, ...]:
    """Return the places where an act holds: those addressed or spoken of, not those that people come from."""
    people = chains.expanded(language, language.told.people)
    usable = [
        one for one in around
        # "Myanmar nationals" stand at no place; nobody is kept from where he comes from.
        if rule.effect == "corridor" or not (
            one.behind(language.told.beside)
            or (one.place.tier == "country" and people.match(letters, one.end + 1))
        )
    ]  # fmt: skip
    if who.asks_abroad:
        # What one state asks another holds where the other one is.
        usable = [one for one in usable if one.start >= chain.start and one.place.name != who.country]
    own = [one for one in usable if who.start <= one.start < who.end]
    others = [one for one in usable if one not in own]
    fine, own_fine = ([one for one in some if one.place.tier != "country"] for some in (others, own))
    # Words of a state are about the state; what a country orders may hold in a part of it.
    first = own_fine if who.level == "state" and rule.effect == "statement" and not rule.excepts else []
    hosts = [one for one in others if one.place.home is not True]
    chosen = first or fine or own_fine or own or hosts or others
    return tuple({one.place.name: one.place for one in chosen}.values())


def _proposal(told: Told, article: Article, surroundings: Surroundings) -> Proposal:
    rule, who, sentence = told.rule, told.authority, told.sentence
    language = article.language
    day = terms.first(told.day, sentence, language) if told.day else to_cell(article.published)
    objects = sentence.letters[told.chain.start : told.chain.end]
    group = "" if rule.effect in NO_GROUPS else group_in(objects, article, surroundings)
    cells = {
        "known_on": to_cell(article.published), "published": to_cell(article.published), "as_of": day,
        "place": "; ".join(place.name for place in told.places), "group": group, "authority": who.name,
        "level": "foreign" if who.asks_abroad or _is_abroad(told, surroundings) else who.level,
        "effect": rule.effect, "until": terms.until(sentence, told.chain, told.day, article),
        "amount": terms.amount(sentence, told.chain, language) if rule.effect == "quota" else "",
        "publisher": article.publisher, "url": article.url,
    }  # fmt: skip
    cells["report"] = article.row_id("a", f"{rule.family}{rule.effect}{who.name}{day}{cells['place']}")
    sure = BASE + WITH_AUTHORITY * bool(who.name) + WITH_PLACE * bool(told.places)
    sure += WITH_DAY * (told.day is not None and told.day.sure) - LESS_FOR_WORDS_ALONE * (rule.effect == "statement")
    marked = (sentence.start + told.chain.start, sentence.start + told.chain.end)
    return Proposal(
        "acts", sentence.start, sentence.end, sentence.text, marked, confident(sure), cells,
        (rule.why, *who.why), (*_checks(told, article, surroundings),), article.file,
    )  # fmt: skip


def _is_abroad(told: Told, surroundings: Surroundings) -> bool:
    """Whether an authority is of where people flee from: by its country, else by the places where its act holds."""
    who, where = told.authority, [place.home for place in told.places]
    if not who.governs or who.level in ("civil", ""):
        return False
    if who.office and who.office.country and surroundings.home:
        return who.office.country in surroundings.home
    return all(where) if where and None not in where else told.rule.abroad


def _checks(told: Told, article: Article, surroundings: Surroundings) -> Iterator[str]:
    if told.rule.check:
        yield told.rule.check
    yield from told.authority.check
    if told.day is None:
        yield no_day(article)
    elif told.day.note:
        yield told.day.note
    yield from terms.checks(told.day, told.sentence, article.language, ends=told.rule.ends)
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


def _is_exception(
    letters: str, rule: ActRule, chain: Chain, rules: Sequence[tuple[ActRule, Chain]], language: Language
) -> bool:  # fmt: skip
    """Whether words that except somebody stand behind their order in its sentence: they come with it."""
    orders = [one for of, one in rules if (of.effect == "close" or of.excepts) and one.end <= chain.start]
    words = chains.expanded(language, language.told.exempt)
    return rule.softens and any(
        (found := words.search(letters, one.end, min(one.end + BEHIND, len(letters)))) and found.start() < chain.end
        for one in orders
    )


def _softened(order: Proposal, told: Told, words: re.Match[str], article: Article) -> Proposal:
    """Return the exception of an order as a row of its own."""
    behind = re.compile(r"[^.;]*").match(told.sentence.letters, words.start())
    end = behind.end() if behind else words.end()
    name = article.row_id("a", f"exempt{order.cells['report']}")
    cells = {**order.cells, "report": name, "effect": "exempt", "softens": order.cells["report"]}
    marked = (told.sentence.start + words.start(), told.sentence.start + end)
    asked = [one for one in order.check if one != told.rule.check]
    check = (*asked, "give admit_share: how many of those who come it lets in")
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
