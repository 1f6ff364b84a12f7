"""What networks of several scenarios with the same places, ways and homes work out once."""

import numpy as np

import toys
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.scenario.network import build


def toy(*events):
    return toys.line(events=events)


def test_what_is_worked_out_is_had_again_until_something_else_is_given():
    network, made = build(toy()), []

    def once(name, number):
        return network.once(name, lambda: made.append(number) or number * 10, number)

    assert [once("a", 1), once("a", 1), once("b", 1), once("a", 2), once("a", 1)] == [10, 10, 10, 20, 10]
    assert made == [1, 1, 2, 1]


class Taken(dict):
    """In which somebody else puts theirs at once."""

    def __setitem__(self, name, kept):
        super().__setitem__(name, kept)
        super().__setitem__(name, (("other",), "theirs"))


def test_who_is_overtaken_by_another_thread_has_their_own():
    network = build(toy())
    object.__setattr__(network, "known", Taken())
    assert network.once("a", lambda: "mine", "own") == "mine"


def test_networks_of_what_ifs_share_what_acts_and_events_leave_as_it_is():
    network = build(toy())
    of = network.of(toy(toys.event(3, 3, severity=5.0)))
    one, other = (model_of(net, draw(net.scenario, members=1, seed=1, chance=False)) for net in (network, of))
    assert one.options is other.options
    assert one.back is other.back
    assert one.events.severity_a_day.size == 0
    np.testing.assert_array_equal(other.events.severity_a_day, [5.0])
    assert [day for day, felt in enumerate(other.active) if felt.size] != []
