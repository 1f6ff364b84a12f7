"""Scenarios at random, so small that many of them can be walked through."""

from hypothesis import strategies as st

import toys
from toys import close, event, group, leave, origin, place, scenario, way


@st.composite
def scenarios(draw_from):
    """Up to six places of any kind in three countries, with routes, closures, events and people at random."""
    kinds = st.sampled_from(["origin", "town", "junction", "camp", "reception"])
    countries = st.sampled_from(["Home", "Abroad", "Other"])
    room = st.sampled_from([None, 5, 40])
    count = draw_from(st.integers(1, 5))
    places = [origin("P0", draw_from(st.integers(0, 80)))]
    for number in range(1, count + 1):
        columns = {"population": draw_from(st.integers(0, 30)), "capacity": draw_from(room)}
        places.append(place(f"P{number}", draw_from(kinds), draw_from(countries), **columns))
    pairs = draw_from(st.lists(st.tuples(st.integers(0, count), st.integers(0, count)), max_size=8))
    routes = []
    for number, (a, b) in enumerate(pairs):
        border = places[a].country != places[b].country
        km, one_way = draw_from(st.sampled_from([7, 61, 190, 330])), draw_from(st.booleans())
        mode = draw_from(st.sampled_from(["road", "track", "foot", "ferry"]))
        routes.append(way(f"P{a}", f"P{b}", km, f"C{number}" if border else "", mode, one_way=one_way))
    origins = tuple(p.place for p in places if p.kind == "origin")
    groups = [group("g", origins, 0.6, speed_factor=draw_from(st.sampled_from([None, 2.3]))), group("h", ("P0",), 0.4)]
    crossings = [route.crossing for route in routes if route.crossing]
    areas = [*crossings, *sorted({p.country for p in places})]
    acts = []
    for number in range(draw_from(st.integers(0, 4))):
        first = draw_from(st.integers(0, 7))
        columns = {"until": draw_from(st.sampled_from([None, first, first + 2])), "name": f"act {number}"}
        columns["groups"] = draw_from(st.sampled_from([(), ("h",)]))
        columns["authority"] = draw_from(st.sampled_from(["union", "state"]))
        where = (draw_from(st.sampled_from(areas)),)
        acts.append(close(where, first, draw_from(st.sampled_from([0.3, 1.0])), **columns))
    events = [event(0, 2, origins, 3), event(4, 4, ("Home",), draw_from(st.integers(0, 5)), "other")]
    parameters = {name: draw_from(st.sampled_from([0, 0.3])) for name in ("onward_rate", "return_rate", "stay_inside")}
    departures = [leave(n, 15) for n in range(4)] if draw_from(st.booleans()) else []
    return scenario(
        places, routes, groups, days=10, base=toys.LIVELY | toys.UNLIKE, parameters=parameters,
        acts=acts, events=events, departures=departures,
    )  # fmt: skip
