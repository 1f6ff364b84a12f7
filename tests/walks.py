"""Walking a toy through its days, figures by name, and the comparison of two ensembles."""

import itertools
import math
import random
from collections import defaultdict

import numpy as np
import pytest

import reference
from tiau.engine.audit import head_count
from tiau.engine.batch import batch_of
from tiau.engine.day import advance
from tiau.engine.members import draw
from tiau.engine.start import model_of
from tiau.scenario.network import build

RUNS, MEMBERS = 200, 3000


def marched(toy, *, members=1, seed=1, chance=True, spread=False):
    """Yield the batch after each day; unless `spread`, every member has the scenario's own parameters."""
    drawn = draw(toy, members=members, seed=seed, chance=chance)
    if not spread:
        centre = toy.values
        # Whole numbers too are floats, as in every run: of another type all kernels would be compiled again.
        drawn = drawn._replace(
            parameters={name: np.full(drawn.key.size, value, float) for name, value in centre.items()}
        )
    batch = batch_of(model_of(build(toy), drawn), drawn)
    for number in range(toy.days):
        advance(batch, number)
        yield batch


def last(days):
    return list(days)[-1]


def figures(batch):
    """What the twin's `figures` gives, for all members: {name: (member,)}."""
    network, people, cells = batch.model.network, batch.people, batch.cells
    now = defaultdict(lambda: np.zeros(batch.keys.size))
    for h, home_group in enumerate(network.home_group):
        now[f"{network.group_names[home_group]} left"] += people.departed[:, h]
    for g, name in enumerate(network.group_names):
        now[f"{name} on the way"] += 0
        now[f"{name} trapped"] += people.trapped[:, g].sum(1)
        now[f"{name} gave up"] += people.gave_up[:, g].sum(1)
        for p, where in enumerate(network.place_names):
            standing = people.settled[:, g, p] + people.trapped[:, g, p]
            now[f"{name} at {where}"] += standing + people.gave_up[:, g, p] + people.choosing[:, g, p]
            now[f"{name} arrived in {where}"] += people.arrived[:, g, p]
            now[f"{name} returned from {where}"] += people.returned[:, g, p]
            now[f"{name} expelled from {where}"] += people.expelled[:, g, p]
            now[f"{name} registered in {where}"] += people.registered[:, g, p]
        for r, route in enumerate(network.route_names):
            now[f"{name} over {route}"] += people.flow[:, g, r]
            now[f"{name} irregular over {route}"] += people.irregular[:, g, r]
            now[f"{name} turned back at {route}"] += people.turned_back[:, g, r]
    now["waiting"] += people.choosing.sum((1, 2))
    for m, size in enumerate(cells.size):
        for i in range(size):
            name = network.group_names[cells.group[m, i]]
            moving = cells.route[m, i] >= 0
            what = f"{name} on the way" if moving else f"{name} at {network.place_names[cells.place[m, i]]}"
            now[what][m] += cells.people[m, i]
            if not moving and cells.since[m, i] >= 0:
                now["waiting"][m] += cells.people[m, i]
    return dict(now)


def history(toy, **how):
    """The figures of every day."""
    return [figures(batch) for batch in marched(toy, **how)]


def at(toy, name, number=-1, **how):
    """One figure of the twin's names at the end of a day (member,)."""
    return figures(last(itertools.islice(marched(toy, **how), number % toy.days + 1)))[name]


def lost(toy, **how):
    """Return by how much the number of people of a member ever differs from that after the first day."""
    heads = np.array([head_count(batch) for batch in marched(toy, **how)])
    return np.abs(heads - heads[0]).max()


def accounted_for(toy, *, chance):
    """Yield who is where after each day of a toy; nobody is lost, and all who are bound for a place count there."""
    people = None
    for batch in marched(toy, members=3, chance=chance):
        people = batch.model.homes.people.sum() if people is None else people
        assert head_count(batch) == pytest.approx(people, rel=1e-12)
        state, cells = batch.people, batch.cells
        toward = state.settled.sum(1)[:, batch.model.options.place]
        for m, size in enumerate(cells.size):
            assert (cells.people[m, :size] > 0).all()
            np.add.at(toward[m], cells.option[m, :size], cells.people[m, :size])
        assert state.toward == pytest.approx(toward, rel=1e-9, abs=1e-9)
        for counted in state:
            assert (counted >= -1e-9).all()
            assert not chance or (counted == np.round(counted)).all()
        yield state


def z_of_means(a, b):
    """With the pooled spread: the smaller ensemble's own is too small where it missed the rare large values."""
    error = np.concatenate((a, b)).std() * math.sqrt(1 / a.size + 1 / b.size)
    return (a.mean() - b.mean()) / error if error else float(a.mean() != b.mean()) * math.inf


def z_of_variances(a, b):
    """By the large-sample variance of a sample variance, (m4 - s^4) / n."""
    squares = [(x - x.mean()) ** 2 for x in (a, b)]
    return z_of_means(*squares)


def z_of_tails(a, b):
    """Shares beyond the 90 % quantile of the larger ensemble, a."""
    bound = np.quantile(a, 0.9)
    p = (np.sum(a > bound) + np.sum(b > bound)) / (a.size + b.size)
    error = math.sqrt(p * (1 - p) * (1 / a.size + 1 / b.size))
    return ((a > bound).mean() - (b > bound).mean()) / error if error else 0.0


def disagreements(toy, name, days=(6, 14)):
    """Every figure in which engine and twin differ: mean, variance or tail by z of 4 and more.

    Where fewer than 30 runs show a figure at all, its mean alone is compared.
    """
    world, rng = reference.World(toy), random.Random(name)
    runs = [reference.simulate(world, rng) for _ in range(RUNS)]
    found = []
    for number, batch in enumerate(marched(toy, members=MEMBERS, seed=11)):
        if number not in days:
            continue
        ours = figures(batch)
        found += [(number, figure, "unknown") for run in runs for figure in run[number] if figure not in ours]
        for figure, values_of in ours.items():
            twin = np.array([run[number][figure] for run in runs])
            means = (round(values_of.mean(), 3), round(twin.mean(), 3))
            if np.count_nonzero(twin) < 30:
                found += [(number, figure, "mean", *means)] * bool(abs(values_of.mean() - twin.mean()) >= 0.1)
                continue
            for what, z in (("mean", z_of_means), ("variance", z_of_variances), ("tail", z_of_tails)):
                score = z(values_of, twin)
                found += [(number, figure, what, *means, round(score, 1))] * bool(abs(score) >= 4)
    return found
