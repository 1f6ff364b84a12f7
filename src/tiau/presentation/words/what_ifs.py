"""A comparison in plain words: what was changed, by how much things differ, and on which assumptions that rests."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tiau.faults import some_of
from tiau.what_ifs.comparison import Comparison
from tiau.what_ifs.differences import Difference, Outcome, band_of
from tiau.what_ifs.editing import NUMBER_THAT_COUNTS
from tiau.what_ifs.measures import AT_THE_BORDER, AT_THE_END, HEADLINE, MEASURES, STUCK_THEN

CROSSINGS_NAMED = 3
ACTS_NAMED = 6
SMALL = {"persons": 10, "attempts": 10, "days": 0.1}
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
        sentences.append(f"From {settings.start} to {settings.end} nothing differs in any of the members.")
        if outcome.change.sentences:
            sentences.append(
                "The change meets nobody: perhaps its days lie outside the run, a later order of the same authority "
                "counts instead, or nobody is kept out there (tiau acts shows what counts at a crossing)."
            )
        return sentences
    entries = outcome.of("entries")
    told = [entries] if entries.tells and not _small(entries) else []
    if told:
        sentences.append(f"{HEADLINE.format(end=settings.end)} {_headline(entries)}.")
    sentences += _crossings(outcome)
    for part in PARTS:
        clear = [f for f in _of(outcome, part) if f.tells and not _small(f)]
        if clear:
            sentences.append(f"{part.format(end=settings.end)}: {', '.join(map(_in_short, clear))}.")
        told += clear
    rest = [f for f in (entries, *(f for part in PARTS for f in _of(outcome, part))) if f not in told]
    small = [f"{subject(f)} ({_middle(f) if _middle(f) != '0' else 'less than 0.1'})" for f in rest if f.tells]
    if small:
        sentences.append(f"Clear but small: {_listed(small)}.")
    unclear = [f"{subject(f)} ({_range(f)})" for f in rest if not f.tells and not f.same]
    if unclear:
        sentences.append(f"The 90% range includes 0, so the model does not tell, for {_listed(unclear)}.")
    nobody = [subject(f) for f in rest if f.same and not f.changed.any() and not f.place]
    if nobody:
        sentences.append(f"None in either: {_listed(nobody)}.")
    return sentences


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
        f"How people respond is judgement: of those kept out on a day {wait} wait, {other} look for another way, "
        f"{irregular} try irregularly where the border is porous, {give_up} give up (blocked_*); people hear of a "
        f"change after {parameter['news_days']:g} days (news_days), and a day of waiting deters like "
        f"{parameter['km_per_day_waited']:g} km of road (km_per_day_waited). Members differ in the shares of "
        "blocked_* and in how strictly all orders with estimated numbers are applied together (enforcement_power); "
        "the ranges do not hold what all members share: news_days, km_per_day_waited, the numbers of other acts."
    )


def subject(found: Difference) -> str:
    """Say what a difference is of, in a few words."""
    measure = MEASURES[found.measure]
    return measure.words_at.format(place=found.place) if found.place else measure.words


def rounded(number: float, digits: int = 2) -> str:
    """Write the size of a number of people with so many significant digits, a small one as a whole number."""
    size = abs(number)
    if size >= 10**digits:
        step = 10 ** (math.floor(math.log10(size)) + 1 - digits)
        size = round(size / step) * step
    return f"{size:,.0f}"


def signed(number: float, unit: str = "persons") -> str:
    """Write a difference with its sign, rounded; "no value" where there is none."""
    if math.isnan(number):
        return "no value"
    text = f"{abs(number):.1f}" if unit == "days" else rounded(number)
    return f"{'-' if number < 0 else '+'}{text}" if text.strip("0.") else "0"


def level(number: float, unit: str = "persons") -> str:
    """Write how many there are, rounded; "no value" where there is none."""
    if math.isnan(number):
        return "no value"
    return f"{number:.1f}" if unit == "days" else rounded(number, 3)


def _headline(found: Difference) -> str:
    low, middle, high = found.band
    near, far = sorted((abs(low), abs(high)))
    before, after = band_of(found.baseline)[1], band_of(found.changed)[1]
    count, share = found.by_member.size, max(found.rising, found.falling)
    percent = f"{100 * middle / before:+.0f}%; " if before >= 10 else ""
    return (
        f"{subject(found)} {'rise' if middle > 0 else 'fall'} by about {rounded(middle)} ({percent}90% range "
        f"{rounded(near)} to {rounded(far)}; {round(share * count)} of {count} members agree), from about "
        f"{level(before)} to {level(after)}"
    )


def _in_short(found: Difference) -> str:
    count, share = found.by_member.size, max(found.rising, found.falling)
    agree = "" if share == 1 else f"; {round(share * count)} of {count} members"
    return f"{subject(found)} {_middle(found)} ({_range(found)}{agree})"


def _middle(found: Difference) -> str:
    return signed(found.band[1], found.unit)


def _range(found: Difference) -> str:
    low, _, high = found.band
    return "no value in any member" if math.isnan(low) else f"{signed(low, found.unit)} to {signed(high, found.unit)}"


def _small(found: Difference) -> bool:
    return abs(found.band[1]) < SMALL[found.unit]


def _crossings(outcome: Outcome) -> list[str]:
    at = [found for found in outcome.differences if found.measure == "entries" and found.place]
    clear = sorted((found for found in at if found.tells), key=lambda found: found.band[1])
    sentences = []
    for words, some in (
        ("Fewer enter at", [found for found in clear if found.band[1] < 0]),
        ("More enter at", [found for found in reversed(clear) if found.band[1] > 0]),
    ):
        if some:
            named = _listed(f"{found.place} ({_middle(found)})" for found in some[:CROSSINGS_NAMED])
            others = f"; at {len(some) - CROSSINGS_NAMED} others too" if len(some) > CROSSINGS_NAMED else ""
            sentences.append(f"{words} {named}{others}.")
    unclear = sum(not found.tells and not found.same for found in at)
    if at and not clear:
        return ["No crossing clearly gains or loses."]
    return [*sentences, f"At {unclear} of {len(at)} crossings the model does not tell."] if unclear else sentences


def _of(outcome: Outcome, part: str) -> list[Difference]:
    return [found for found in outcome.differences if MEASURES[found.measure].told == part]


def _listed(texts: Iterable[str]) -> str:
    found = list(texts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
