"""What happened and made people leave, as a text tells it: proposed as rows of events.csv without a severity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tiau.readers.articles import chains, days, numbers, places, tolls
from tiau.readers.articles.article import Article
from tiau.readers.articles.chains import Chain
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, pattern
from tiau.readers.articles.places import FINER, PlaceFound
from tiau.readers.articles.proposals import Proposal, confident
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.surroundings import Surroundings
from tiau.readers.articles.tables import EventRule
from tiau.readers.articles.tolls import Toll
from tiau.readers.articles.when_and_where import Stand, day_near, no_day, stands, told_days, with_struck
from tiau.scenario.event_kinds import same_kind
from tiau.scenario.vocabulary import to_cell

LOOKED_BACK = 200
"""Rows before one among which its twin is looked for: a text as long as a book would take for ever."""
BEFORE = 50
"""Letters before the words of an event in which it may be feared, denied or long past."""
ATTACHED = 14
"""Letters between an event and its own day: "the coup on February 1"."""
FARTHEST_PLACE = 120
BESIDE = 25
"""Letters behind an event within which a place needs no word that says that it happened there."""
BEFORE_IT = 40
"""Letters by which a place before an event counts as farther away than one behind it."""
BASE, WITH_PLACE, WITH_DAY, WITH_DEAD, LESS_FOR_FAINT, LESS_FOR_ELSEWHERE = 0.3, 0.25, 0.25, 0.05, 0.25, 0.25


@dataclass(frozen=True)
class Told:
    """An event with everything that its sentence tells of it."""

    sentence: Sentence
    rule: EventRule
    chain: Chain
    day: DayFound | None
    places: tuple[PlaceFound, ...]
    near: bool
    dead: Toll | None
    also: tuple[str, ...] = ()


def propose(article: Article, surroundings: Surroundings) -> list[Proposal]:
    """Return the events that a text tells of with a day or a place, in its order, each once.

    Parameters
    ----------
    article : Article
    surroundings : Surroundings
    """
    told = [
        one for one in _with_dead(_told(article, surroundings), article)
        if one.day or (one.places and one.near)
    ]  # fmt: skip
    return [_proposal(one, article, surroundings) for one in _once(told, surroundings)]


def _with_dead(told: Iterator[tuple[Sentence, Told | Toll]], article: Article) -> list[Told]:
    """Return events; the dead of a sentence that tells of no event are those of the one right before it."""
    kept: list[Told] = []
    for sentence, one in told:
        if isinstance(one, Told):
            kept.append(one)
        elif kept and kept[-1].dead is None and not kept[-1].rule.faint and kept[-1].sentence.end <= sentence.start:
            gap = article.text[kept[-1].sentence.end : sentence.start]
            if not gap.strip() and "\n\n" not in gap:
                kept[-1] = replace(kept[-1], dead=replace(one, behind=True))
    return kept


def _told(article: Article, surroundings: Surroundings) -> Iterator[tuple[Sentence, Told | Toll]]:
    language = article.language
    found = places.find(article, surroundings)
    before: tuple[int, tuple[PlaceFound, ...]] = (-2, ())
    for sentence in article.sentences:
        around = stands(sentence, found, language)
        rules = list(_rules(sentence.letters, language))
        if rules:
            around = with_struck(sentence, around, language)
            # Below a headline stands the day of the report.
            dated = [day for day in told_days(sentence, article) if "\n" not in sentence.text[: day.start].strip()]
            counted = numbers.find(sentence.letters, language, [(day.start, day.end) for day in dated])
            dead = tolls.find(sentence.letters, counted, language)
            happened = _days([chain for _, chain in rules], dated, article)
            for (rule, chain), day in zip(rules, happened, strict=True):
                where = _where(chain, around, surroundings, language)
                near = bool(where)
                if not where and sentence.paragraph - before[0] <= 1:
                    # What people flee from did not happen where they came to.
                    where = tuple(place for place in before[1] if place.home is not False)
                yield sentence, Told(sentence, rule, chain, day, where, near, None if rule.faint else dead)
                # The dead of a sentence are those of the first event that it tells.
                dead = dead if rule.faint else None
        elif counts := tolls.find(sentence.letters, numbers.find(sentence.letters, language, []), language):
            yield sentence, counts
        if here := _where(Chain(((0, 0),)), around, surroundings, language):
            before = (sentence.paragraph, here)


def _rules(letters: str, language: Language) -> Iterator[tuple[EventRule, Chain]]:
    """Yield the rules that a sentence meets, of those that share words the first."""
    taken: list[Chain] = []
    for rule in language.events:
        found = [] if rule.alone and taken else chains.find(letters, language, rule.parts, rule.within)
        if not found or chains.expanded(language, rule.unless).search(letters):
            continue
        for chain in found:
            free = not any(chain.start < other.end and other.start < chain.end for other in taken)
            if free and not _only_feared(letters, chain, language):
                taken.append(chain)
                yield rule, chain


def _only_feared(letters: str, chain: Chain, language: Language) -> bool:
    """Whether an event is feared, denied, to come or long past: then it is only mentioned."""
    return bool(
        chains.expanded(language, language.told.no_event).search(letters, max(chain.start - BEFORE, 0), chain.end)
    )


def _days(told: Sequence[Chain], dated: Sequence[DayFound], article: Article) -> list[DayFound | None]:
    """Return the days of the events of a sentence: a day that stands beside one of them says nothing of another."""
    own = [_attached(chain, dated) for chain in told]
    found: list[DayFound | None] = []
    for chain, day in zip(told, own, strict=True):
        if day is None:
            found.append(day_near(dated, chain.start, chain.end, filter(None, own)) or _since(chain, own, article))
        elif day.since and (day.start < chain.start or day.begun_by[0] <= chain.start < day.begun_by[1]):
            # What went on since the coup on a day is something else; the coup was on that day.
            found.append(replace(day, last=day.first, since=False))
        else:
            found.append(day)
    return found


def _attached(chain: Chain, dated: Sequence[DayFound]) -> DayFound | None:
    """Return the day that stands right beside the words of an event."""
    near = [day for day in dated if 0 <= day.start - chain.end <= ATTACHED or 0 <= chain.start - day.end <= 1]
    return min(near, key=lambda day: max(day.start - chain.end, chain.start - day.end), default=None)


def _since(chain: Chain, own: Sequence[DayFound | None], article: Article) -> DayFound | None:
    """Return the days since another event of the sentence: "protests since the coup on February 1"."""
    day = next((day for day in own if day and day.since and day.start > chain.end), None)
    if day is None or article.published is None:
        return None
    note = "since another event: when it began and ended is not told"
    return replace(day, last=max(article.published, day.first), sure=False, note=note)


def _where(
    chain: Chain, around: Sequence[Stand], surroundings: Surroundings, language: Language
) -> tuple[PlaceFound, ...]:
    """Return the place of an event, the nearest one that stands where things happen; several that are told together."""
    usable = [one for one in around if not one.behind(language.told.beside) and _away(one, chain) <= FARTHEST_PLACE]
    # Where no word says that it happened there, a place before it is where somebody else is.
    at = [one for one in usable if one.behind(language.told.at) or chain.start < one.start <= chain.end + BESIDE]
    if not at:
        return ()
    fine = [one for one in at if one.place.tier != "country"] or at
    first = min(
        fine, key=lambda one: (_away(one, chain) + BEFORE_IT * (one.start < chain.start), FINER.index(one.place.tier))
    )
    together = [first]
    for one in (one for one in usable if one.start > first.end and one.place.tier == first.place.tier):
        gap = one.lead[-(one.start - together[-1].end) :]
        if one.start - together[-1].end <= len(one.lead) and pattern(language.told.together).fullmatch(gap):
            together.append(one)
    names = {one.place.name: one.place for one in together}
    # "Yangon, Myanmar" is one place; so is a township in its state.
    return tuple(
        place for place in names.values()
        if not any(other is not place and surroundings.inside(other.name, place.name) for other in names.values())
    )  # fmt: skip


def _away(one: Stand, chain: Chain) -> int:
    return max(one.start - chain.end, chain.start - one.end, 0)


def _proposal(told: Told, article: Article, surroundings: Surroundings) -> Proposal:
    day = days.period(told.day.first, told.day.last) if told.day else to_cell(article.published)
    known = max(filter(None, (article.published, told.day.last if told.day else None)), default=None)
    cells = {
        "known_on": to_cell(known), "published": to_cell(article.published), "as_of": day,
        "place": "; ".join(place.name for place in told.places), "kind": told.rule.kind,
        "fatalities": to_cell(told.dead.number) if told.dead else "",
        "publisher": article.publisher, "url": article.url,
    }  # fmt: skip
    cells["report"] = article.row_id("e", f"{told.rule.kind}{day}{cells['place']}")
    marked = (told.sentence.start + told.chain.start, told.sentence.start + told.chain.end)
    return Proposal(
        "events", told.sentence.start, told.sentence.end, told.sentence.text, marked, _confidence(told), cells,
        (told.rule.why,), tuple(_checks(told, article, surroundings)), article.file,
    )  # fmt: skip


def _confidence(told: Told) -> float:
    sure = (
        BASE
        + WITH_PLACE * bool(told.places)
        + WITH_DAY * (told.day is not None and told.day.sure)
        + WITH_DEAD * (told.dead is not None)
    )
    sure -= LESS_FOR_FAINT * told.rule.faint + LESS_FOR_ELSEWHERE * (bool(told.places) and not told.near)
    sure -= LESS_FOR_FAINT * (told.day is None or not told.places)
    return confident(sure)


def _checks(told: Told, article: Article, surroundings: Surroundings) -> Iterator[str]:
    if told.day is None:
        yield no_day(article)
    elif told.day.note:
        yield told.day.note
    elif told.day.since:
        yield "it went on since then: when it ended is not told"
    if not told.places:
        yield "no place is named: fill in place"
    elif not told.near:
        yield f"the place, {told.places[0].name}, is that of a sentence before"
    for place in told.places:
        yield from places.to_check(place, surroundings)
    if told.dead and told.dead.bound != "exact":
        yield f"killed: {told.dead.bound.replace('_', ' ')} {told.dead.number:,.0f}"
    if told.dead and told.dead.behind:
        yield "the dead are told in a sentence behind: are they of this event?"
    if also := sorted({*told.also} - {place.name for place in told.places}):
        yield f"another sentence of it names {', '.join(also)}"
    if told.rule.faint:
        yield "people protested: is it an event that makes people leave?"


def _once(told: Sequence[Told], surroundings: Surroundings) -> list[Told]:
    """Return events, one that a text tells twice once, with the day, place and dead that either telling gives."""
    kept: list[Told] = []
    for one in told:
        first = max(len(kept) - LOOKED_BACK, 0)
        twin = next((at for at, other in enumerate(kept[first:], first) if _same(one, other, surroundings)), None)
        if twin is None:
            kept.append(one)
            continue
        better, other = (one, kept[twin]) if _known(one) > _known(kept[twin]) else (kept[twin], one)
        places_known = better if better.near and better.places else other if other.near and other.places else better
        kept[twin] = replace(
            better,
            day=better.day or other.day,
            # A headline counts some, the sentence all.
            dead=max(filter(None, (better.dead, other.dead)), key=lambda toll: toll.number, default=None),
            places=places_known.places,
            also=(*kept[twin].also, *(place.name for place in other.places if _elsewhere(other, better, place))),
            near=places_known.near,
        )
    return kept


def _elsewhere(one: Told, other: Told, place: PlaceFound) -> bool:
    return one.near and other.near and place.tier != "country"


def _known(told: Told) -> int:
    return bool(told.day) + bool(told.places and told.near)


def _same(one: Told, other: Told, surroundings: Surroundings) -> bool:
    """Whether two tellings may be of one event: nothing that they say parts them."""
    if one.rule.kind != other.rule.kind and not (
        same_kind(one.rule.kind, other.rule.kind) and one.sentence is other.sentence
    ):
        return False
    if one.day and other.day and (one.day.last < other.day.first or other.day.last < one.day.first):
        return False
    here, there = ({place.name for place in event.places} for event in (one, other))
    inside = any(surroundings.inside(a, b) or surroundings.inside(b, a) for a in here for b in there)
    known = one.day and other.day and here and there and one.near and other.near
    return not known or bool(here & there) or inside
