"""A comparison in plain words: what was changed, by how much things differ, and on which assumptions that rests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tiau.faults import number_of, some_of
from tiau.presentation.words.decisive import decided_by
from tiau.presentation.words.listing import listed
from tiau.presentation.words.ranges import (
    GIVEN,
    OVER_ALL,
    SMALL,
    next_to_nothing,
    percent,
    range_of,
    ranges,
    rounded,
    signed,
    subject,
)
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Difference, Outcome, band_of
from tiau.what_ifs.editing import NUMBER_THAT_COUNTS
from tiau.what_ifs.measures import AT_THE_BORDER, AT_THE_END, HEADLINE, MEASURES, STUCK_THEN

CROSSINGS_NAMED = 3
ACTS_NAMED = 6
FEWEST_OF_PERCENT = 10
KEEPING_OUT = ("close", "quota", "push_back")
NOT_FINDINGS = (
    "Effects of rules and behaviour outside what was observed are assumptions carried through to their consequences, "
    "not findings."
)
PARTS = (AT_THE_END, STUCK_THEN, AT_THE_BORDER)


def paragraph(comparison: Comparison, outcome: Outcome) -> str:
    """Return the plain-language paragraph of one what-if."""
    return " ".join([*effects(comparison, outcome), *assumptions(outcome)])


def effects(comparison: Comparison, outcome: Outcome) -> list[str]:
    """Say what was changed and by how much the measures differ, sentence by sentence."""
    settings = comparison.scenario.settings
    title = outcome.change.what_if.title.rstrip(".?")
    sentences = [f"What if: {title}? Changed: {'; '.join(outcome.change.sentences) or 'nothing'}."]
    if all(found.same for found in outcome.differences):
        sentences.append(f"From {settings.start} to {settings.end} nothing differs in any of the runs.")
        if outcome.change.sentences:
            sentences.append(
                "The change meets nobody: perhaps its days lie outside the run, a later order of the same authority "
                "counts instead, or nobody is kept out there (tiau acts shows what counts at a crossing)."
            )
        return sentences
    sentences.append(f"Each difference has two 90% ranges: {OVER_ALL}, then {GIVEN}.")
    entries = outcome.of("entries")
    told = [entries] if entries.tells and not _small(entries) else []
    if told:
        sentences.append(f"{HEADLINE.format(end=settings.end)} {_headline(entries)}.")
    sentences += decided_by(outcome, comparison.members)
    sentences += _crossings(outcome)
    for part in PARTS:
        clear = [f for f in _of(outcome, part) if f.tells and not _small(f)]
        if clear:
            sentences.append(f"{part.format(end=settings.end)}: {', '.join(map(_in_short, clear))}.")
        told += clear
    rest = [f for f in (entries, *(f for part in PARTS for f in _of(outcome, part))) if f not in told]
    return sentences + _others(rest)


def _others(rest: Sequence[Difference]) -> list[str]:
    """Say which of the measures that are left differ little, which have no known sign, and which are of nobody."""
    little = [f for f in rest if next_to_nothing(f) and not f.same]
    small = [f for f in rest if f.tells and f not in little]
    unclear = [f for f in rest if not (f.tells or f.same) and f not in little]
    by_judgement, neither = [[f for f in unclear if f.given_tells is told] for told in (True, False)]
    nobody = [f for f in rest if f.same and not f.changed.any() and not f.place]
    said = (
        ("Clear but small: {}.", [f"{subject(f)} ({_middle(f)})" for f in small]),
        ("The sign is known only if the assumed numbers are right, for {}.", _with_ranges(by_judgement)),
        ("The sign is not known, as both ranges include 0, for {}.", _with_ranges(neither)),
        ("Next to nothing changes for {}.", [subject(f) for f in little]),
        ("None in either: {}.", [subject(f) for f in nobody]),
    )
    return [words.format(listed(texts)) for words, texts in said if texts]


def _with_ranges(found: Sequence[Difference]) -> list[str]:
    return [f"{subject(one)} ({ranges(one)})" for one in found]


def assumptions(outcome: Outcome) -> list[str]:
    """Say on which assumptions a what-if rests."""
    scenario = outcome.change.scenario
    sentences = [f"It rests on this: {outcome.change.what_if.why.rstrip('.')}."]
    counting = [act for act in scenario.acts if act.effect in NUMBER_THAT_COUNTS]
    counting = [act for act in counting if getattr(act, NUMBER_THAT_COUNTS[act.effect]) is not None]
    estimated = [act.act for act in counting if act.estimated]
    if estimated:
        what = "The number of 1 act is an estimate" if len(estimated) == 1 else (
            f"The numbers of {len(estimated)} acts are estimates"
        )  # fmt: skip
        sentences.append(f"{what} ({some_of(estimated, ACTS_NAMED)}).")
    if any(act.effect in KEEPING_OUT for act in counting):
        sentences.append(_kept_out(scenario.values))
    return [*sentences, NOT_FINDINGS]


def _kept_out(parameter: Mapping[str, float]) -> str:
    blocked = ("blocked_wait", "blocked_other_way", "blocked_irregular", "blocked_give_up")
    whole = sum(parameter[name] for name in blocked) or 1.0
    wait, other, irregular, give_up = (f"{100 * parameter[name] / whole:.0f}%" for name in blocked)
    return (
        f"How people respond is assumed: of those kept out on a day {wait} wait, {other} look for another way, "
        f"{irregular} try irregularly where the border is porous, {give_up} give up (blocked_*); people hear of a "
        f"change after {parameter['news_days']:g} days (news_days), and a day of waiting deters like "
        f"{parameter['km_per_day_waited']:g} km of road (km_per_day_waited). Runs differ in each of these and in "
        f"each estimated enforcement and admitted share on its own: the range {OVER_ALL} holds that, the range {GIVEN} "
        "takes them as they are. Neither holds what all runs share: amounts of quotas and relief, and numbers of "
        "acts that are not marked as estimates."
    )


def _headline(found: Difference) -> str:
    count, share = found.by_member.size, max(found.rising, found.falling)
    middle, part = found.band[1], found.percent[1]
    about, both = f"about {rounded(middle)}", ranges(found)
    if band_of(found.baseline)[1] >= FEWEST_OF_PERCENT:
        in_percent = f"{range_of(found.percent, 'percent')}; {range_of(found.given_percent, 'percent')}"
        about, both = f"about {percent(abs(part)).lstrip('+')}", f"{in_percent}), in persons {signed(middle)} ({both}"
    return (
        f"{subject(found)} {'rise' if middle > 0 else 'fall'} by {about} ({both}; {round(share * count)} of {count} "
        "runs agree)"
    )


def _in_short(found: Difference) -> str:
    count, share = found.by_member.size, max(found.rising, found.falling)
    agree = "" if share == 1 else f"; {round(share * count)} of {count} runs"
    return f"{subject(found)} {_middle(found)} ({ranges(found)}{agree})"


def _middle(found: Difference) -> str:
    return signed(found.band[1], found.unit)


def _small(found: Difference) -> bool:
    return abs(found.band[1]) < SMALL[found.unit]


def _crossings(outcome: Outcome) -> list[str]:
    at = [found for found in outcome.differences if found.measure == "entries" and found.place]
    clear = sorted((found for found in at if found.tells and not _small(found)), key=lambda found: found.band[1])
    sentences = []
    for words, some in (
        ("Fewer enter at", [found for found in clear if found.band[1] < 0]),
        ("More enter at", [found for found in reversed(clear) if found.band[1] > 0]),
    ):
        if some:
            named = listed(f"{found.place} ({_middle(found)})" for found in some[:CROSSINGS_NAMED])
            left = len(some) - CROSSINGS_NAMED
            others = f"; at {number_of(left, 'other', 'others')} too" if left > 0 else ""
            sentences.append(f"{words} {named}{others}.")
    unclear = sum(not found.tells and not found.same for found in at)
    if at and not clear:
        return ["No crossing clearly gains or loses."]
    return [*sentences, f"At {unclear} of {len(at)} crossings the model does not tell."] if unclear else sentences


def _of(outcome: Outcome, part: str) -> list[Difference]:
    return [found for found in outcome.differences if MEASURES[found.measure].told == part]
