"""Work that waits for its turn: lanes, queues, and everything that ends a job before it is done."""

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from asking import served, until
from explored import DAYS, Toy
from tiau.explorer import jobs, streaming
from tiau.explorer.jobs import Lanes
from tiau.explorer.refusals import Refusal
from tiau.explorer.threads import MOST_BETWEEN, Teller


def asking(title="", stage="all", **more):
    return {"digest": None, "stage": stage, "what_if": {"title": title}} | more


def kinds(messages):
    return [message["kind"] for message in messages]


def test_lanes_are_lines_of_their_own():
    lanes = Lanes()
    one, two, other = lanes.enter("all"), lanes.enter("all"), lanes.enter("expected")
    assert [lanes.ahead(turn) for turn in (one, two, other)] == [0, 1, 0]
    two.moved.clear()
    lanes.leave(one)
    assert lanes.ahead(two) == 0
    assert two.moved.is_set()
    lanes.leave(one)
    assert lanes.turns == [other, two]


def test_the_newest_of_one_page_wins_and_others_are_left_alone():
    lanes = Lanes()
    running, foreign, waiting = lanes.enter("all", "a"), lanes.enter("all", "b"), lanes.enter("all", "a")
    nameless = [lanes.enter("all"), lanes.enter("all")]
    newest = lanes.enter("all", "a")
    assert running.stopped.is_set()
    assert (waiting.stopped.is_set(), waiting.outdated) == (True, True)
    assert not any(turn.stopped.is_set() for turn in (foreign, *nameless, newest))
    # What is at work keeps its place until it is over; what waited is gone at once.
    assert lanes.turns == [running, foreign, *nameless, newest]


def test_a_line_that_is_full_is_refused():
    lanes = Lanes(most_waiting=2)
    turns = [lanes.enter("all"), lanes.enter("all"), lanes.enter("all", "a")]
    with pytest.raises(Refusal, match="2 questions are waiting"):
        lanes.enter("all")
    lanes.enter("all", "a")
    lanes.enter("expected")
    with pytest.raises(Refusal):
        lanes.enter("expected")
    lanes.leave(turns[0])
    assert lanes.ahead(lanes.enter("all")) == 2


@pytest.fixture
def toy():
    return Toy()


@pytest.fixture
def at(toy):
    with served(toy) as found:
        assert until(found.server._found.done)
        yield found


def test_who_leaves_stops_the_work_within_a_day_of_the_model(at, toy):
    toy.day = 0.1
    with at.stream("/api/run", asking()) as messages:
        while next(messages)["kind"] != "progress":
            pass
    days = toy.days
    assert until(lambda: toy.closed == [""])
    assert toy.days - days < 20, "it went on"
    assert until(lambda: not at.server._lanes.turns)


def test_who_leaves_in_the_middle_of_a_step_frees_the_place_after_it(at, toy):
    toy.day = 0.5
    with at.stream("/api/run", asking("slow")) as messages:
        assert kinds([next(messages), next(messages)]) == ["queued", "changed"]
        time.sleep(0.1)
    assert toy.closed == [], "this test is about a step that is under way"
    toy.day = 0.001
    assert kinds(at.messages("/api/run", asking("next")))[-1] == "done"
    assert toy.closed == ["slow", "next"]
    assert toy.days == DAYS + 1
    assert toy.most_at_once["all"] == 1


def test_who_waits_is_told_how_many_are_ahead_whenever_it_changes(at, toy):
    toy.day = 0.05
    answers = [at.stream("/api/run", asking(str(n))) for n in range(3)]
    first, second, third = [answer.__enter__() for answer in answers]
    assert [next(first), next(second), next(third)] == [{"kind": "queued", "ahead": n} for n in range(3)]
    answers[1].__exit__(None, None, None)
    assert next(third) == {"kind": "queued", "ahead": 1}
    answers[0].__exit__(None, None, None)
    assert [next(third), next(third)["kind"]] == [{"kind": "queued", "ahead": 0}, "changed"]
    answers[2].__exit__(None, None, None)
    assert until(lambda: not at.server._lanes.turns)
    assert toy.closed == toy.begun == ["0", "2"]


def test_a_queue_counts_down_to_ones_own_turn(at, toy):
    toy.day = 0.0005
    with ThreadPoolExecutor(6) as pool:
        answers = [pool.submit(at.messages, "/api/run", asking(str(n))) for n in range(6)]
        found = [answer.result() for answer in answers]
    for messages in found:
        ahead = [message["ahead"] for message in messages if message["kind"] == "queued"]
        assert ahead == sorted(set(ahead), reverse=True)
        assert ahead[-1] == 0
        assert kinds(messages)[-1] == "done"
    assert {messages[0]["ahead"] for messages in found} == set(range(6))


def test_lanes_do_not_wait_for_each_other(at, toy):
    with at.stream("/api/run", asking()) as long:
        assert kinds([next(long), next(long)]) == ["queued", "changed"]
        assert kinds(at.messages("/api/run", asking(stage="expected")))[-1] == "done"
        assert kinds(at.messages("/api/forecast", {"digest": "x"}))[-1] == "forecast"
        assert next(long)["kind"] == "progress"
    assert until(lambda: not toy.at_work["all"])


def test_a_what_if_does_not_wait_for_the_scenario_as_it_is(at, toy):
    dropped = {"title": "", "drop": [{"table": "acts", "id": ["A1"]}]}
    with at.stream("/api/run", asking()) as own:
        assert next(own)["ahead"] == 0
        with (
            at.stream("/api/run", asking(what_if=dropped)) as one,
            at.stream("/api/run", asking(what_if=dropped)) as two,
        ):
            assert [next(one)["ahead"], next(two)["ahead"]] == [0, 1]
    assert until(lambda: not toy.at_work["all"])


def test_the_newest_of_one_page_takes_the_place_of_the_older(at, toy):
    with at.stream("/api/run", asking("old", tab="x")) as old:
        assert kinds([next(old), next(old)]) == ["queued", "changed"]
        toy.day = 0.0005
        assert kinds(at.messages("/api/run", asking("new", tab="x")))[-1] == "done"
        assert kinds(old)[-1] == "outdated"
    assert toy.days < 2 * DAYS


def test_too_many_are_refused_in_a_sentence(at, toy, monkeypatch):
    monkeypatch.setattr(at.server._lanes, "_most_waiting", 1)
    with at.stream("/api/run", asking()) as first, at.stream("/api/run", asking()) as second:
        assert (next(first)["ahead"], next(second)["ahead"]) == (0, 1)
        status, answer = at.asked("/api/run", asking())
        assert (status, answer["problem"]) == (429, "1 questions are waiting for an answer.")
    assert jobs.MOST_WAITING == 100


def test_an_iterator_that_raises_ends_in_a_sentence_and_frees_the_place(at, toy, caplog):
    toy.failing = {"run": ZeroDivisionError("what was that")}
    *_, last = at.messages("/api/run", asking())
    assert (last["kind"], last["problem"]) == ("failed", "ZeroDivisionError: what was that")
    assert "fault of Tiau" in last["remedy"]
    assert caplog.messages == ["failed: ZeroDivisionError: what was that"]
    toy.failing = None
    assert kinds(at.messages("/api/run", asking(stage="expected")))[-1] == "done"


@pytest.mark.parametrize("found", [object(), float("nan"), {1, 2}])
def test_a_message_that_cannot_be_told_ends_in_a_sentence(at, toy, found):
    closed = threading.Event()

    def run(asked, stop):
        try:
            yield {"kind": "fan", "fan": found}
            yield {"kind": "done"}
        finally:
            closed.set()

    toy.run = run
    assert kinds(at.messages("/api/run", asking())) == ["queued", "failed"]
    assert closed.is_set()


def test_wrong_input_is_told_as_faults(at, toy):
    with pytest.raises(ValueError, match="not a what-if") as wrong:
        toy.read(type("Asked", (), {"file": "x"}))
    toy.failing = {"run": wrong.value}
    *_, last = at.messages("/api/run", asking())
    assert last == {"kind": "faults", "faults": [{
        "file": "x", "row": 3, "column": "set[1]", "cell": "<b>", "problem": "is not a what-if", "remedy": "give one",
        "level": "fault",
    }]}  # fmt: skip


def test_a_slow_reader_makes_nothing_grow(at, toy):
    told = threading.Semaphore(0)

    def run(asked, stop):
        while not stop():
            told.release()
            yield {"kind": "progress", "words": "x" * 1_000_000}

    toy.run = run
    with at.stream("/api/run", asking()) as messages:
        next(messages)
        # What is between: the hand-over, one line on its way, and what the system keeps for two ends.
        assert not until(lambda: told._value >= MOST_BETWEEN + 20, seconds=1), "it went on without a reader"
    assert until(lambda: not at.server._lanes.turns)


def test_who_reads_nothing_for_long_loses_the_place(at, toy, monkeypatch):
    monkeypatch.setattr(streaming, "PATIENCE", 0.3)

    def run(asked, stop):
        while not stop():
            yield {"kind": "progress", "words": "x" * 1_000_000}

    slow, toy.run = toy.run, run
    with at.stream("/api/run", asking()) as messages:
        next(messages)
        assert until(lambda: not at.server._lanes.turns)
        toy.run = slow
        assert kinds(at.messages("/api/run", asking()))[-1] == "done"


def test_a_thread_that_is_stopped_while_it_waits_for_its_reader_ends():
    closed = threading.Event()

    def begin():
        try:
            while True:
                yield {}
        finally:
            closed.set()

    async def use():
        stopped, ended = threading.Event(), asyncio.Event()
        teller = Teller(begin, stopped, ended.set)
        lines = teller.lines()
        assert await anext(lines) == b"{}\n"
        await asyncio.sleep(0.1)
        assert not closed.is_set()
        stopped.set()
        await asyncio.wait_for(ended.wait(), 2)
        await lines.aclose()

    asyncio.run(use())
    assert closed.is_set()


def test_fifty_at_once_get_their_own_answers(at, toy):
    toy.day = 0.0001

    def ask(number):
        stage = "all" if number % 2 else "expected"
        return at.messages("/api/run", asking(f"what-if {number}", stage, members=number + 1))

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(ask, range(50)))
    for number, messages in enumerate(found):
        changed, fan, done = messages[kinds(messages).index("changed")], messages[-2], messages[-1]
        assert changed["sentences"] == [f"what-if {number}"]
        assert done["run"] == f"what-if {number}"
        assert fan["fan"]["shape"] == [5, 2]
        assert fan["fan"]["f4"] == found[number][-2]["fan"]["f4"]
    assert len({messages[-2]["fan"]["f4"] for messages in found}) == 50
    assert toy.most_at_once == {"expected": 1, "all": 1}
    assert until(lambda: not at.server._lanes.turns)


def test_many_who_come_and_go_leave_nothing_behind(at, toy):
    threads = threading.active_count()

    def come_and_go(number):
        with at.stream("/api/run", asking(str(number))) as messages:
            for _ in range(number % 3):
                next(messages)

    with ThreadPoolExecutor(25) as pool:
        list(pool.map(come_and_go, range(75)))
    assert until(lambda: not at.server._lanes.turns)
    assert until(lambda: threading.active_count() <= threads)
    assert kinds(at.messages("/api/run", asking(stage="expected")))[-1] == "done"


def test_whoever_leaves_before_an_answer_begins_leaves_nothing_behind(at, toy):
    body = b'{"digest": null, "stage": "all"}'
    head = (
        f"POST /api/run HTTP/1.1\r\nHost: {at.host}\r\nOrigin: http://{at.host}\r\nContent-Type: application/json\r\n"
    )
    for sent in (head.encode() + b"Content-Length: 500\r\n\r\n" + body, head.encode() + b"\r\n", b"POST /api"):
        with socket.create_connection(("127.0.0.1", at.port)) as connection:
            connection.sendall(sent)
    assert kinds(at.messages("/api/run", asking(stage="expected")))[-1] == "done"
    assert until(lambda: not at.server._lanes.turns)
