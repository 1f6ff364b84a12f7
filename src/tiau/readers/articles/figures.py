"""Figures of displaced people in a text, proposed as rows of reports.csv."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tiau.readers.articles import counting, days, doubts, mentions, numbers, places, speakers, verbs, whereabouts
from tiau.readers.articles.article import Article
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.places import PlaceFound
from tiau.readers.articles.proposals import Proposal, confident
from tiau.readers.articles.sentences import Sentence, words_of
from tiau.readers.articles.surroundings import Surroundings
from tiau.readers.articles.whereabouts import Whereabouts
from tiau.scenario.vocabulary import to_cell

MOST_AGAIN = 5
BACK = 2
"""Sentences before one from which it may go on: a place, a speaker, a verb."""
SOME_DAY = dt.date(2000, 6, 15)
FAR = 8.0
"""Words between a number and its verb beyond which it makes no difference how far it is."""
BASE, UNIT, VERB, PLACE, DAY = 0.3, 0.15, 0.25, 0.15, 0.1
LESS_FOR_WORDS_AWAY = 0.015
LESS_FOR_PART, LESS_FOR_EARLIER, LESS_FOR_VAGUE, LESS_FOR_DWELLINGS = 0.2, 0.3, 0.2, 0.25
LESS_FOR_GUESS, LESS_FOR_PAIR, LESS_FOR_SENT = 0.15, 0.05, 0.3
"""They order the rows of a text, and were chosen so that main figures come first in the texts of the tests."""


@dataclass(frozen=True)
class Told:
    """A number of people with everything that its text tells of it."""

    sentence: Sentence
    mention: Mention
    where: Whereabouts
    counted: counting.Counted
    said: speakers.SpeakerFound | None
    language: Language
    doubted: tuple[doubts.Doubted, ...] = ()
    guessed: bool = False


def propose(article: Article, surroundings: Surroundings) -> list[Proposal]:
    """Return the figures of displaced people that a text gives, the surest first, each once.

    Parameters
    ----------
    article : Article
    surroundings : Surroundings
    """
    told = list(_told(article, surroundings))
    proposals = [_proposal(one, article, surroundings) for one in told]
    return sorted(_once(proposals), key=lambda one: (-one.confidence, one.start))


def _told(article: Article, surroundings: Surroundings) -> Iterator[Told]:
    found = places.find(article, surroundings)
    says = speakers.find(article)
    language = article.language
    earlier: list[tuple[Sentence, Sequence[whereabouts.Named]]] = []
    before: list[verbs.VerbFound] = []
    for at, sentence in enumerate(article.sentences):
        letters = sentence.letters
        dated = days.of_article(article)[sentence.start]
        # Dates are no numbers, whether or not their year is known.
        all_dated = dated if article.published else days.find(sentence, language, SOME_DAY)
        counted = numbers.find(letters, language, [(day.start, day.end) for day in all_dated])
        moved = verbs.find(letters, language)
        around = whereabouts.named(sentence, found, surroundings, language)
        people = mentions.find(sentence, counted, moved, language)
        for mention in people:
            guessed = mention.verb is None and not mention.displaced
            if guessed:
                # A list or an unusual verb: what is told of others near them is told of them, perhaps.
                verb = next((verb for verb in [*moved, *reversed(before)] if verb.moves), None)
                mention = replace(mention, verb=verb, away=mentions.FARTHEST)
            said = speakers.of(says, at, sentence.start + mention.start)
            said_on = _said_on(letters, dated, mention, language)
            speaker = (said.start - sentence.start, said.end - sentence.start) if said else (0, 0)
            where = whereabouts.of_mention(mention, around, sentence, language, speaker)
            where = whereabouts.elsewhere(_place_before(earlier), where)
            others = [day for day in dated if day is not said_on and not _to_come(day, article)]
            count = counting.count(mention, where, others, said_on, sentence, article)
            placed = where.place is not None and where.near
            doubted = (
                *doubts.find(letters, mention, people, language, placed=placed, guessed=guessed),
                *doubts.of_days(letters, mention, count.last, article.published, language, sure=count.sure),
            )
            yield Told(sentence, mention, where, count, said, language, doubted, guessed)
        earlier.append((sentence, around))
        before += moved


def _said_on(letters: str, dated: Sequence[DayFound], mention: Mention, language: Language) -> DayFound | None:
    """Return the day that stands beside the verb of saying: on it the figure was told, not counted."""
    says = pattern(rf"(?<!\w){language.speakers.says}(?!\w)")
    for day in dated:
        if day.since or day.stand:
            continue
        before = letters[max(day.start - 40, 0) : day.start]
        found = list(says.finditer(before))
        # Two or three words may stand between: "told reporters on Friday", "said in a statement on Monday".
        if (
            found
            and len(before[found[-1].end() :].split()) <= 4
            and not (mention.start < day.start - len(before) + found[-1].end() <= mention.end)
        ):
            return day
    return None


def _to_come(day: DayFound, article: Article) -> bool:
    return article.published is not None and day.first > article.published + dt.timedelta(days.FORGIVEN_DAYS)


def _place_before(earlier: Sequence[tuple[Sentence, Sequence[whereabouts.Named]]]) -> PlaceFound | None:
    """Return the place that the sentences before tell of, the nearest first, else that of the first sentence."""
    for _, around in [*reversed(earlier[-BACK:]), *earlier[:1]]:
        for role in ("into", "at", ""):
            for one in around:
                if one.role == role:
                    return one.place
    return None


def _proposal(told: Told, article: Article, surroundings: Surroundings) -> Proposal:
    sentence, mention = told.sentence, told.mention
    cells = _cells(told, article, surroundings)
    check = [*_checks(told, article, surroundings)]
    cells["report"] = article.row_id(
        "r", f"{cells['value']}{cells['low']}{cells['high']}{cells['unit']}{cells['quantity']}{cells['place']}"
    )
    marked = (sentence.start + mention.start, sentence.start + mention.end)
    return Proposal(
        "reports", sentence.start, sentence.end, sentence.text, marked, _confidence(told), cells, told.counted.why,
        tuple(check), article.file,
    )  # fmt: skip


def _cells(told: Told, article: Article, surroundings: Surroundings) -> dict[str, str]:
    number, counted, said = told.mention.number, told.counted, told.said
    known = max(filter(None, (article.published, counted.last)), default=None)
    group, not_scored = _group(told.mention, surroundings)
    place = told.where.place
    unit = "persons" if told.mention.counts == "persons" else "households"
    return {
        "known_on": to_cell(known), "published": to_cell(article.published),
        "as_of": days.period(counted.first, counted.last),
        "place": place.name if place else "", "origin": _origin(told, surroundings), "group": group,
        "quantity": counted.quantity, "value": to_cell(number.value), "bound": number.bound,
        "low": to_cell(number.low), "high": to_cell(number.high), "unit": unit,
        "household_size": _household_size(told.mention),
        "not_scored": not_scored or "; ".join(one.says for one in told.doubted if one.grave),
        "source_kind": said.source_kind if said else "media", "said_by": said.said_by if said else "",
        "publisher": article.publisher, "url": article.url,
    }  # fmt: skip


def _household_size(mention: Mention) -> str:
    """Return people in a household where a text gives both counts; blank where it does not."""
    households = mention.number.value
    return f"{mention.people / households:.2g}" if mention.people and households else ""


def _origin(told: Told, surroundings: Surroundings) -> str:
    """Return where people come from, blank where all of a scenario do."""
    origin = told.where.origin
    if origin is None:
        return _people_from(told, surroundings)
    if told.where.place and origin.name == told.where.place.name:
        return ""
    return "" if {origin.name} == set(surroundings.home) else origin.name


def _people_from(told: Told, surroundings: Surroundings) -> str:
    """Return the country of a people that a number is of: "Burundians", "Sudanese refugees"."""
    words = set(words_of(told.sentence.text[told.mention.start : told.mention.end] + " " + told.mention.noun))
    language = told.language
    for name, peoples in language.peoples.items():
        if words.intersection(peoples) and (told.where.place is None or told.where.place.name != name):
            return "" if {name} == set(surroundings.home) else name
    return ""


def _group(mention: Mention, surroundings: Surroundings) -> tuple[str, str]:
    """Return the group of the scenario that a noun means, and why a figure is not scored where it has none."""
    if not mention.group:
        return "all", ""
    if surroundings.scenario is None:
        return mention.group, ""
    if meant := surroundings.groups(mention.group):
        return meant[0].group if len(meant) == 1 else meant[0].risk_class, ""
    return "all", f"of {mention.group} alone, which are no group of the scenario"


def _checks(told: Told, article: Article, surroundings: Surroundings) -> Iterator[str]:
    mention, where, number = told.mention, told.where, told.mention.number
    yield from (one.says for one in told.doubted)
    yield from told.counted.check
    if number.vague:
        yield f'"{number.vague}" gives no number: read as at least {number.value:,.0f}'
    if number.note:
        yield number.note
    if mention.people is not None:
        yield f"the same people as the {mention.people:,.0f} beside them: accept one of the two rows"
    elif mention.counts == "households":
        yield "households: give household_size, the text does not tell how many people that are"
    if mention.counts == "dwellings":
        yield "houses, not people: each is counted as a household that lost its home"
    if mention.part:
        yield "a part of the figure before it, or one of several beside it"
    if not mention.known:
        yield f'"{mention.noun}": are they people?'
    if told.guessed:
        yield "no verb of displacement is near: does the text say that they are displaced?"
    if mention.earlier:
        yield "given to compare with: an earlier figure"
    if article.published is None:
        yield "the day of publication is not known: give --published DAY"
    yield from _about_place(where, surroundings)
    if told.said is None and not article.publisher:
        yield "nobody is named who says it"
    if _sent(mention, told.language):
        yield f"{mention.group}: did they flee, or were they sent?"
    if mention.group and surroundings.scenario is None:
        yield f"of {mention.group} alone: is there such a group in the scenario?"


def _about_place(where: Whereabouts, surroundings: Surroundings) -> Iterator[str]:
    place = where.place
    if place is None:
        yield "no place is named: fill in place"
        return
    yield from places.to_check(place, surroundings)
    if not where.near:
        yield f"the place, {place.name}, is that of a sentence before"
    if where.others:
        yield f"also named: {', '.join(dict.fromkeys(other.name for other in where.others))}"


def _sent(mention: Mention, language: Language) -> bool:
    """Whether those who crossed a border may have been sent over it."""
    verb = mention.verb
    return mention.group in language.nouns.sent and verb is not None and verb.kind == "cross"


def _confidence(told: Told) -> float:
    mention = told.mention
    sure = (
        BASE
        + UNIT * (bool(mention.noun) and mention.known)
        + PLACE * (told.where.place is not None and told.where.near)
        + DAY * told.counted.sure
    )
    if mention.verb is not None and mention.verb.moves:
        sure += VERB - LESS_FOR_WORDS_AWAY * min(mention.away, FAR)
    # What is as sure as can be is so before it is made less: of two such rows the doubtful one comes after.
    sure = confident(sure)
    sure -= (
        LESS_FOR_PART * mention.part + LESS_FOR_EARLIER * mention.earlier + LESS_FOR_VAGUE * bool(mention.number.vague)
    )
    sure -= LESS_FOR_DWELLINGS * (mention.counts == "dwellings") + LESS_FOR_GUESS * told.guessed
    sure -= LESS_FOR_PAIR * (mention.people is not None)
    sure -= LESS_FOR_SENT * _sent(mention, told.language)
    # Of doubts that say the same in other words the gravest counts.
    sure -= max((one.less for one in told.doubted), default=0.0)
    return confident(sure)


def _once(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, a figure that a text gives twice once: the surest, which says where it stands again."""
    kept: dict[tuple[str, ...], list[list[Proposal]]] = {}
    for one in sorted(proposals, key=lambda one: (-one.confidence, one.start)):
        figure = tuple(one.cells[column] for column in ("value", "low", "high", "unit", "group"))
        same = kept.setdefault(figure, [])
        twins = next((twins for twins in same if _same(one, twins[0])), None)
        if twins is None:
            same.append([one])
        else:
            twins.append(one)
    return [replace(first, check=(*first.check, *_again(others))) for same in kept.values() for first, *others in same]


def _again(others: Sequence[Proposal]) -> Iterator[str]:
    for other in others[:MOST_AGAIN]:
        yield f"said again at character {other.start}"
    if more := len(others[MOST_AGAIN:]):
        yield f"and {more:,} times more"


def _same(one: Proposal, other: Proposal) -> bool:
    """Whether two rows of one figure tell it twice: those of two places who did two things are two."""
    places = {one.cells["place"], other.cells["place"]} - {""}
    return len(places) < 2 or one.cells["quantity"] == other.cells["quantity"]
