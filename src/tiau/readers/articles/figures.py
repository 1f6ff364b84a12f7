"""Figures of displaced people in a text, proposed as rows of reports.csv."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tiau.readers.articles import counting, days, doubts, mentions, numbers, places, speakers, verbs, whereabouts
from tiau.readers.articles.article import Article
from tiau.readers.articles.days import DayFound
from tiau.readers.articles.language import Language, pattern
from tiau.readers.articles.mentions import Mention
from tiau.readers.articles.places import PlaceFound, Surroundings
from tiau.readers.articles.proposals import Proposal
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.whereabouts import Whereabouts
from tiau.scenario.vocabulary import to_cell

MOST_AGAIN = 5
BACK = 2
"""Sentences before one from which it may go on: a place, a speaker, a verb."""
LETTERS_OF_A_GROUP = 5
"""Of the name of a group, so that "soldiers" is found in "soldiery"."""
FAR = 8.0
"""Words between a number and its verb beyond which it makes no difference how far it is."""
BASE, UNIT, VERB, PLACE, DAY = 0.3, 0.15, 0.25, 0.15, 0.1
(
    LESS_FOR_WORDS_AWAY,
    LESS_FOR_PART,
    LESS_FOR_EARLIER,
    LESS_FOR_VAGUE,
    LESS_FOR_DWELLINGS,
    LESS_FOR_GUESS,
    LESS_FOR_SENT,
) = (
    0.015,
    0.2,
    0.3,
    0.2,
    0.25,
    0.15,
    0.3,
)


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
        dated = days.find(sentence, language, article.published)
        counted = numbers.find(letters, language, [(day.start, day.end) for day in dated])
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
            others = [day for day in dated if day is not said_on]
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
    cells["report"] = name_of(
        article, "r", f"{cells['value']}{cells['low']}{cells['high']}{cells['unit']}{cells['quantity']}{cells['place']}"
    )
    marked = (sentence.start + mention.start, sentence.start + mention.end)
    return Proposal(
        "reports", sentence.start, sentence.end, sentence.text, marked, _confidence(told), cells, told.counted.why,
        tuple(check), article.file,
    )  # fmt: skip


def name_of(article: Article, kind: str, said: str) -> str:
    """Return the id of a row: the text it is from, and what it says, so that reading again gives the same."""
    stem = "-".join(places.words_of(article.publisher or article.file.rpartition(".")[0] or "text"))[:24]
    day = f"-{article.published}" if article.published else ""
    mark = hashlib.sha256(f"{article.mark}\0{kind}\0{said}".encode()).hexdigest()[:6]
    return f"{stem}{day}-{kind}{mark}"


def _cells(told: Told, article: Article, surroundings: Surroundings) -> dict[str, str]:
    number, counted, said = told.mention.number, told.counted, told.said
    known = max(filter(None, (article.published, counted.last)), default=None)
    group, not_scored = _group(told.mention, surroundings)
    place = told.where.place
    unit = "persons" if told.mention.counts == "persons" else "households"
    return {
        "known_on": to_cell(known), "published": to_cell(article.published), "as_of": _period(counted),
        "place": place.name if place else "", "origin": _origin(told, surroundings), "group": group,
        "quantity": counted.quantity, "value": to_cell(number.value), "bound": number.bound, "low": to_cell(number.low),
        "high": to_cell(number.high), "unit": unit,
        "not_scored": not_scored or "; ".join(one.says for one in told.doubted if one.grave),
        "source_kind": said.source_kind if said else "media", "said_by": said.said_by if said else "",
        "publisher": article.publisher, "url": article.url,
    }  # fmt: skip


def _period(counted: counting.Counted) -> str:
    if counted.first is None or counted.last is None:
        return ""
    return str(counted.last) if counted.first == counted.last else f"{counted.first}/{counted.last}"


def _origin(told: Told, surroundings: Surroundings) -> str:
    """Return where people come from, blank where all of a scenario do."""
    origin = told.where.origin
    if origin is None:
        return _people_from(told, surroundings)
    if origin is None or (told.where.place and origin.name == told.where.place.name):
        return ""
    return "" if {origin.name} == set(surroundings.home) else origin.name


def _people_from(told: Told, surroundings: Surroundings) -> str:
    """Return the country of a people that a number is of: "Burundians", "Sudanese refugees"."""
    words = set(places.words_of(told.sentence.text[told.mention.start : told.mention.end] + " " + told.mention.noun))
    language = told.language
    for name, peoples in (language.places.peoples | language.speakers.peoples).items():
        if words.intersection(peoples) and (told.where.place is None or told.where.place.name != name):
            return "" if {name} == set(surroundings.home) else name
    return ""


def _group(mention: Mention, surroundings: Surroundings) -> tuple[str, str]:
    """Return the group of the scenario that a noun means, and why a figure is not scored where it has none."""
    if not mention.group:
        return "all", ""
    if surroundings.scenario is None:
        return mention.group, ""
    stem = mention.group.rstrip("s")[:LETTERS_OF_A_GROUP]
    rows = surroundings.scenario.groups
    meant = [
        row for row in rows if any(word.startswith(stem) for word in places.words_of(f"{row.risk_class} {row.group}"))
    ]
    if meant:
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
    if mention.counts == "households":
        yield "households: give household_size, the text does not tell how many people that are"
    if mention.counts == "dwellings":
        yield "houses, not people: each is counted as a household that lost its home"
    if mention.part:
        yield "a part of the figure before it"
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
    if place.repaired:
        yield f'"{place.written}" is read as {place.name}'
    elif surroundings.scenario is not None and not place.known:
        yield f"{place.name} is no place of the scenario: choose one of its places, or add it"
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
        + UNIT * bool(mention.noun)
        + PLACE * (told.where.place is not None and told.where.near)
        + DAY * told.counted.sure
    )
    if mention.verb is not None and mention.verb.moves:
        sure += VERB - LESS_FOR_WORDS_AWAY * min(mention.away, FAR)
    sure -= (
        LESS_FOR_PART * mention.part + LESS_FOR_EARLIER * mention.earlier + LESS_FOR_VAGUE * bool(mention.number.vague)
    )
    sure -= LESS_FOR_DWELLINGS * (mention.counts == "dwellings") + LESS_FOR_GUESS * told.guessed
    sure -= LESS_FOR_SENT * _sent(mention, told.language)
    # Of doubts that say the same in other words the gravest counts.
    sure -= max((one.less for one in told.doubted), default=0.0)
    return min(max(sure, 0.05), 0.95)


def _once(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, a figure that a text gives twice once: the surest, which says where it stands again."""
    same: dict[tuple[str, ...], list[Proposal]] = {}
    for one in sorted(proposals, key=lambda one: (-one.confidence, one.start)):
        same.setdefault(tuple(one.cells[column] for column in ("value", "low", "high", "unit", "group")), []).append(
            one
        )
    return [replace(first, check=(*first.check, *_again(others))) for first, *others in same.values()]


def _again(others: Sequence[Proposal]) -> Iterator[str]:
    for other in others[:MOST_AGAIN]:
        yield f"said again at character {other.start}"
    if more := len(others[MOST_AGAIN:]):
        yield f"and {more:,} times more"
