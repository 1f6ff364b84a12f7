"""Acts that a what-if adds or changes and that do nothing, or not everywhere: by what other acts there are."""

from __future__ import annotations

from collections.abc import Iterator

from tiau.engine.policy import applies_to, holds_at
from tiau.explorer.basis.replaced import days_of, replaced
from tiau.faults import Fault
from tiau.scenario.model import Scenario
from tiau.scenario.network import Network, build
from tiau.scenario.rows import Act
from tiau.scenario.vocabulary import SOFTENING


def overruled(before: Scenario, after: Scenario, file: str) -> Iterator[Fault]:
    """Yield a warning for each act of a what-if that other acts leave without effect.

    Parameters
    ----------
    before, after : Scenario
        Without the what-if, and with it.
    file : str
        What the faults name.
    """
    known = {act.act: act for act in before.acts}
    orders = [act for act in after.acts if act.effect == "close" and act.act not in known]
    softening = [act for act in after.acts if act.effect in SOFTENING and not act.softens and known.get(act.act) != act]
    if orders or softening:
        network = build(after)
        yield from _overtaken(orders, network, file)
        yield from _without_an_order(softening, network, file)


def _overtaken(added: list[Act], network: Network, file: str) -> Iterator[Fault]:
    """Yield a warning for each order that a later one of its authority takes the place of."""
    first = {act.act: act.from_ for act in network.scenario.acts}
    piles = replaced(network)
    for act in added:
        later = [order for order, below in piles.items() if any(act.act in pile for pile in below)]
        if later:
            order = min(later, key=first.__getitem__)
            problem = (
                f"from {first[order]} on {order} counts in place of {act.act} where both hold: the latest order of an "
                "authority does"
            )
            yield Fault(file, problem, f"switch {order} off as well, or name another authority", level="warning")


def _without_an_order(softening: list[Act], network: Network, file: str) -> Iterator[Fault]:
    """Yield a warning for each act that is to soften the orders of its authority, which has none there and then."""
    closing = [act for act in network.scenario.acts if act.effect == "close"]
    for act in softening:
        there = [order for order in closing if _meet(network, act, order)]
        if all(order.authority != act.authority for order in there):
            others = ", ".join(dict.fromkeys(order.authority for order in there))
            problem = (
                f"{act.act} changes nothing: it softens orders of its own authority alone, and {act.authority} closes "
                "nothing there while it holds"
            )
            remedy = f"name who does: {others}" if others else "nobody closes anything there; leave it out"
            yield Fault(file, problem, remedy, level="warning")


def _meet(network: Network, one: Act, other: Act) -> bool:
    """Tell whether two acts hold on some day on the same way over a border for the same group."""
    (first, last), (from_, until) = days_of(network, one), days_of(network, other)
    ways, groups = (
        holds_at(network, one) & holds_at(network, other),
        applies_to(network, one) & applies_to(network, other),
    )
    return max(first, from_) <= min(last, until) and bool(ways.any() and groups.any())
