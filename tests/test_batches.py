"""How members of an ensemble are shared out."""

import pytest

import toys
from tiau.engine.members import draw
from tiau.ensemble import world


@pytest.mark.parametrize(("members", "many"), [(1, 1), (4, 1), (5, 2), (31, 8), (200, 8)])
def test_each_processor_gets_a_batch_unless_members_are_few(monkeypatch, members, many):
    monkeypatch.setattr(world, "processors", lambda: 8)
    assert world.batches(draw(toys.line(), members=members, seed=1)) == many
