"""Numbers of people in a sentence: what they count, and the verb that says what became of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from tiau.readers.articles import nouns
from tiau.readers.articles.language import Language, any_of, pattern
from tiau.readers.articles.nouns import Counted
from tiau.readers.articles.numbers import Number
from tiau.readers.articles.sentences import Sentence
from tiau.readers.articles.verbs import VerbFound

FARTHEST = 22.0
"""Words between a number and its verb, with what `_distance` adds; beyond it the verb is of something else."""
OTHER_NUMBER, OTHER_CLAUSE, IN_RELATIVE_CLAUSE, COMMA, BEFORE, COMMA_BEFORE = 7.0, 5.0, 12.0, 1.0, 0.5, 3.0
NEXT_TO = 4.0
LONGEST_SPAN = 60
"""Letters between a number and its noun."""
FURTHER_WORDS = 14
FEWEST = 2
LEAST_IN_PARTS = 1_000
"""Nobody counts parts of people: 6.2 is a magnitude."""
MOST_VERBS = 8
"""On each side of a number."""
CLOSE = 12
"""Characters between a verb and the number that it is done to."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of people.

    Attributes
    ----------
    start, end : int
        The number with what says how firm it is and its noun, in the sentence.
    number : Number
    counts : {"persons", "households", "dwellings"}
    noun : str
        Blank where none stands beside it.
    noun_at : tuple of int
        Its characters in the sentence.
    group : str
        Of which group the noun is; blank for people.
    displaced : bool
        Whether they are displaced by the noun alone, as refugees are.
    verb : VerbFound or None
    away : float
        How far the verb is.
    part : bool
        Whether it is a part of another number.
    earlier : bool
        Whether it is given to compare with.
    total : bool
        Whether it is told as the number that there are.
    known : bool
        Whether the language's table has the noun.
    people : float or None, persons
        Of households, how many people they are, where the text gives that beside them.
    """

    start: int
    end: int
    number: Number
    counts: Counted
    noun: str = ""
    noun_at: tuple[int, int] = (0, 0)
    group: str = ""
    displaced: bool = False
    verb: VerbFound | None = None
    away: float = 0.0
    part: bool = False
    earlier: bool = False
    total: bool = False
    known: bool = True
    people: float | None = None


def find(
    sentence: Sentence, numbers: Sequence[Number], verbs: Sequence[VerbFound], language: Language
) -> list[Mention]:
    """Return the numbers of people in a sentence that are or may be displaced, in order.

    Parameters
    ----------
    sentence : Sentence
    numbers : sequence of Number
    verbs : sequence of VerbFound
    language : Language
    """
    letters = sentence.letters
    counted = [
        mention for number, following in zip_longest(numbers, numbers[1:])
        if (mention := _counted(sentence, number, following, language))
    ]  # fmt: skip
    counted = [_bare(mention) if _is_verb(mention, verbs) else mention for mention in counted]
    counted = _of_same_kind(sentence, counted, language)
    inner = {mention: verb for mention in counted for verb in verbs if _is_noun(verb, mention)}
    others = [verb for verb in verbs if verb not in inner.values()]
    told = [_with_verb(letters, mention, counted, others, language, inner.get(mention)) for mention in counted]
    told = _paired(letters, told, language)
    return [mention for mention in told if _is_displacement(mention) and not _acts(letters, mention, told, language)]


def _is_verb(mention: Mention, verbs: Sequence[VerbFound]) -> bool:
    """Whether what was taken for a noun that no table has is a part of a verb: "leaving 9,000 homeless"."""
    start, end = mention.noun_at
    return not mention.known and any(verb.start < end and start < verb.end for verb in verbs)


def _bare(mention: Mention) -> Mention:
    return Mention(
        mention.start, mention.number.end, mention.number, "persons", part=mention.part, earlier=mention.earlier
    )


def _of_same_kind(sentence: Sentence, mentions: Sequence[Mention], language: Language) -> list[Mention]:
    """Return mentions; those without a noun have that of the one before: "670 more", "of whom 903", "640 in Tyre"."""
    letters = sentence.letters
    words = pattern(rf"(?<!\w){any_of(language.nouns.others)}(?!\w)")
    wrecks = "|".join(verb.pattern for verb in language.verbs if verb.kind == "wreck")
    wrecked = pattern(rf" (?:\w+ )?(?:{wrecks})(?!\w)")
    told: list[Mention] = []
    for mention in mentions:
        before = told[-1] if told else mention
        if before.counts == "dwellings" and not mention.noun and wrecked.match(letters, mention.end):
            # "64 houses were inundated and 19 completely destroyed"
            mention = replace(mention, counts="dwellings", noun=before.noun)
        near = letters[max(mention.start - 16, 0) : mention.end + 12]
        unsaid = mention.counts == "persons" and (not mention.noun or mention.noun in language.nouns.others)
        if before.counts != "persons" and unsaid and words.search(near):
            mention = replace(mention, counts=before.counts, noun=before.noun)
        elif before is not mention and not mention.noun and (mention.part or _listed(sentence, mention, language)):
            # "1,960 refugees, of whom 903 are in Tuipang", "9,410 people: 4,520 in Champhai, 1,705 in Aizawl"
            mention = replace(
                mention,
                counts=before.counts,
                noun=before.noun,
                group=before.group,
                displaced=before.displaced,
                part=True,
            )
        told.append(mention)
    return told


def _listed(sentence: Sentence, mention: Mention, language: Language) -> bool:
    """Whether a number stands in a list of places: behind a comma, a colon or "and", and before "in Hasbaya"."""
    joints = "|".join(language.numbers.joined_by)
    lead = pattern(rf"(?:[:;,(]|(?<!\w)(?:{joints})) ?\Z").search(
        sentence.letters[max(mention.start - 8, 0) : mention.start]
    )
    where = pattern(rf" {any_of(language.places.at)} (?:{language.places.articles} )?").match(
        sentence.letters, mention.end
    )
    return lead is not None and where is not None and sentence.text[where.end() : where.end() + 1].isupper()


def _paired(letters: str, mentions: Sequence[Mention], language: Language) -> list[Mention]:
    """Return mentions, people and households of one count with one verb: "1,247 households (7,482 individuals)"."""
    told = list(mentions)
    link = pattern(rf"\s*[(/,] ?(?:{language.nouns.either} )?|,? {language.nouns.either} ")
    for at, (one, other) in enumerate(pairwise(mentions)):
        if {one.counts, other.counts} != {"persons", "households"} or not link.fullmatch(
            letters[one.end : other.start]
        ):
            continue
        with_verb = [mention for mention in (one, other) if mention.verb is not None]
        nearer = min(with_verb, key=lambda mention: mention.away, default=one)
        people = next(mention.number.value for mention in (one, other) if mention.counts == "persons")
        for place, mention in ((at, one), (at + 1, other)):
            of_people = people if mention.counts == "households" else None
            noun = mention.noun or one.noun or other.noun
            told[place] = replace(
                mention, noun=noun, verb=nearer.verb, away=nearer.away, people=of_people, part=one.part
            )
    return told


def _is_displacement(mention: Mention) -> bool:
    verb = mention.verb
    if mention.counts == "dwellings":
        return verb is not None and verb.kind == "wreck"
    if not mention.known:
        return verb is not None and verb.moves and mention.away <= NEXT_TO
    if mention.number.vague and not mention.noun:
        return False
    if verb is None:
        return mention.displaced or bool(mention.noun)
    # Who needs food is displaced only where the word says it; who was killed is not, whatever the word.
    return verb.moves or verb.kind == "wreck" or (mention.displaced and verb.kind == "other")


def _counted(sentence: Sentence, number: Number, following: Number | None, language: Language) -> Mention | None:
    """Return a number with what it counts; None where that is no people."""
    letters, start, end = sentence.letters, number.start, number.end
    found = nouns.of_number(letters, sentence.text, number, following, language)
    # One person is no figure, and "one of the officers" not even a number.
    if (
        found == "other"
        or number.size < FEWEST
        or (number.size < LEAST_IN_PARTS and number.size % 1)
        or (found is None and number.yearlike)
    ):
        return None
    mention = Mention(start, end, number, "persons")
    if found is not None:
        behind = start <= found.start <= end + LONGEST_SPAN
        mention = Mention(
            start, max(end, found.end) if behind else end, number, found.counts, found.words, (found.start, found.end),
            found.group, found.displaced, total=found.total, known=found.known,
        )  # fmt: skip
    lead, table = letters[max(start - 40, 0) : start], language.nouns
    part = pattern(rf"(?<!\w){any_of(table.parts)}(?: \w+){{0,2}} ?\Z").search(lead)
    part = part or pattern(rf" {any_of(table.parts)}(?!\w)").match(letters, number.end)
    earlier = pattern(rf"(?<!\w){any_of(table.earlier)}(?: \w+){{0,2}} ?\Z").search(lead)
    earlier = earlier or pattern(rf"(?:\A|[;:,.] ?)\W*{table.base} \Z").search(letters[:start][-40:])
    return replace(mention, part=bool(part), earlier=bool(earlier))


def _is_noun(verb: VerbFound, mention: Mention) -> bool:
    """Whether a verb is the noun of a number: "300 houses", but not "3,000 displaced"."""
    start, end = mention.noun_at
    inside = start <= verb.start and verb.end <= max(end, mention.end if start >= mention.start else end)
    return inside and start < end and not (verb.end == mention.end and verb.kind != "cross" and mention.displaced)


def _acts(letters: str, mention: Mention, others: Sequence[Mention], language: Language) -> bool:
    """Whether those counted do what is told to others: "45 soldiers turned back 120 refugees"."""
    verb = mention.verb
    if verb is None or verb.kind not in ("turned_back", "displace", "registered", "harm") or verb.start < mention.end:
        return False
    passive = pattern(rf"(?<!\w){language.passive}(?!\w)").search(letters[mention.end : verb.end])
    return not passive and any(other.verb is verb and 0 <= other.start - verb.end <= CLOSE for other in others)


def _with_verb(
    letters: str, mention: Mention, others: Sequence[Mention], verbs: Sequence[VerbFound], language: Language,
    inner: VerbFound | None,
) -> Mention:  # fmt: skip
    """Return a mention with the verb that is nearest to it, else the one that its noun is made of: "new arrivals"."""
    verbs = _nearest(verbs, mention)
    first, last = min([mention.start, *(verb.start for verb in verbs)]), max([mention.end, *(v.end for v in verbs)])
    others = [other for other in others if first <= other.start and other.end <= last]
    near = [
        (_distance(letters, mention, verb, others, verbs, language), verb)
        for verb in verbs
        if _may_tell(verb, mention) and (mention.counts != "persons" or verb.kind != "wreck")
    ]
    away, verb = min(near, key=lambda one: one[0], default=(FARTHEST, None))
    bare = not mention.noun
    if verb is None or away >= FARTHEST or (bare and away > NEXT_TO):
        return replace(mention, verb=inner) if inner is not None and inner.moves else mention
    return replace(mention, verb=_further(letters, mention, verb, others, verbs), away=away)


def _nearest(verbs: Sequence[VerbFound], mention: Mention) -> Sequence[VerbFound]:
    """Return the verbs around a mention that can be told of it: a sentence that is a list has hundreds."""
    at = bisect_left(verbs, mention.start, key=lambda verb: verb.start)
    return verbs[max(at - MOST_VERBS, 0) : at + MOST_VERBS]


def _may_tell(verb: VerbFound, mention: Mention) -> bool:
    """Whether a verb can tell of a number: it stands before, behind or around it, and is no part of a noun unknown."""
    if verb.end <= mention.start or verb.start >= mention.end:
        return True
    around = verb.start < mention.start and mention.end <= verb.end
    return mention.known and (around or verb.start >= mention.number.end)


def _further(
    letters: str, mention: Mention, verb: VerbFound, others: Sequence[Mention], verbs: Sequence[VerbFound]
) -> VerbFound:
    """Return the verb that says how it ended: of those who fled and crossed the border, that they crossed."""
    if verb.kind not in ("flee", "displace") or verb.start < mention.start:
        return verb
    # In "people displaced by shelling were staying in Tyre" the verb beside the noun is no verb.
    ends = (
        ("cross", "seek", "returned", "stay", "registered")
        if verb.start - mention.end <= 2 and verb.tense == "past"
        else ("cross", "seek", "returned")
    )
    for later in verbs:
        between = letters[verb.end : later.start]
        near = later.start >= verb.end and len(between.split()) <= FURTHER_WORDS and not re.search("[;:]", between)
        if later.kind in ends and near and not any(verb.end <= other.start < later.start for other in others):
            return later
    return verb


def _distance(
    letters: str,
    mention: Mention,
    verb: VerbFound,
    others: Sequence[Mention],
    verbs: Sequence[VerbFound],
    language: Language,
) -> float:
    """Return how far a verb is from a number: words between, and more where something else lies between."""
    if verb.start < mention.end and mention.start < verb.end:
        return 0.0
    start, end = (mention.end, verb.start) if verb.start >= mention.end else (verb.end, mention.start)
    # What is told of a part of them does not part a number from its verb.
    between = pattern(rf",? (?:[0-9.,]+ )?{any_of(language.nouns.parts)}(?!\w)[^,;]*,?").sub(" ", letters[start:end])
    away = float(len(re.findall(r"\w+", between)))
    # What is done to people stands right behind its verb; behind a comma another clause begins.
    away += (BEFORE + COMMA_BEFORE * between.count(",")) if verb.start < mention.start else COMMA * between.count(",")
    away += OTHER_NUMBER * sum(
        start <= other.start and other.end <= end for other in others if other is not mention and not other.part
    )
    away += OTHER_CLAUSE * len(pattern(language.nouns.clauses).findall(between))
    # "112 are missing and 71,405 have been evacuated": behind "and" another clause begins.
    away += OTHER_CLAUSE * (verb.end <= mention.start and between.strip() in language.numbers.joined_by)
    who = pattern(rf"(?<!\w){language.nouns.relative}(?!\w)").search(between)
    if who and verb.start >= mention.end and not any(start + who.end() <= one.start < verb.start for one in verbs):
        away += IN_RELATIVE_CLAUSE
    return away
