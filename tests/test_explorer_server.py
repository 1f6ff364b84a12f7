"""What the explorer answers: the opening, changes of its folder, what-ifs, reports; bounds on what is asked."""

import base64
import json
import os
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from asking import served, until
from explored import Toy
from tiau.explorer import asked as asking
from tiau.explorer import shelf, watching
from tiau.explorer.asked import ReadAsked, RunAsked, WriteAsked, asked
from tiau.explorer.wire import encoded
from tiau.faults import Fault, InputError

RUN = {"digest": "a", "stage": "all"}


@pytest.fixture
def toy():
    return Toy(day=0.0005)


@pytest.fixture
def at(toy):
    with served(toy) as found:
        yield found


def test_the_page_is_there_before_the_scenario_is_read():
    slow = Toy(first=1.0)
    with served(slow, warm=True) as at:
        assert at.ask("GET", "/main.mjs")[0] == 200
        with at.stream("/api/watch") as watch:
            assert next(watch) == {"alive": True}
            assert not slow.revision, "this test is about what is answered while a scenario is read"
            *_, last = messages = at.messages("/api/run", RUN)
            assert [message["kind"] for message in messages[:3]] == ["queued", "preparing", "changed"]
            assert last["kind"] == "done"
            assert next(watch) == {"revision": 1}
        assert at.asked("/api/scenario")[1]["revision"] == 1


def test_it_is_run_once_to_be_warm():
    warm = Toy(day=0.0005)
    with served(warm, warm=True) as at:
        assert until(lambda: warm.closed == [""])
        assert at.ask("GET", "/main.mjs")[0] == 200


def test_what_cannot_be_made_is_said_to_everybody_who_asks(caplog):
    def make():
        raise OSError(28, "No space left on device", "/somewhere")

    with served(None, make=make) as at:
        for path in ("/api/scenario",):
            status, answer = at.asked(path)
            assert (status, answer["problem"]) == (500, "No space left on device (/somewhere)")
        *_, last = at.messages("/api/run", RUN)
        assert (last["kind"], last["problem"]) == ("failed", "No space left on device (/somewhere)")
        assert at.ask("GET", "/main.mjs")[0] == 200
    assert all("\n" not in message for message in caplog.messages)


def test_the_opening_is_that_of_the_folder_as_it_is_now(at, toy):
    assert at.asked("/api/scenario") == (200, {"source": "toy", "revision": 1, "x": 1.5, "digest": None})
    toy.changed = True
    assert at.asked("/api/scenario")[1]["revision"] == 2


def test_the_opening_is_made_once_for_all_who_ask(at, toy):
    made = []
    opening, toy.opening = toy.opening, lambda: made.append(1) or opening()
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: at.asked("/api/scenario"), range(20)))
    assert all(answer == answers[0] for answer in answers)
    assert len(made) == 1


def test_a_folder_that_is_gone_is_told_as_faults_and_later_it_is_there_again(at, toy):
    toy.failing = {"refresh": InputError([Fault("scenario", "is no folder", "put it back")])}
    status, answer = at.asked("/api/scenario")
    assert (status, answer["problem"], answer["remedy"]) == (422, "scenario: is no folder", "put it back")
    assert answer["faults"][0]["level"] == "fault"
    toy.failing = None
    assert at.asked("/api/scenario")[0] == 200


def test_what_nobody_expected_is_a_sentence_to_the_page_and_a_line_in_the_log(at, toy, caplog):
    toy.failing = {"opening": KeyError("x")}
    status, answer = at.asked("/api/scenario")
    assert (status, answer["problem"]) == (500, "KeyError: 'x'")
    assert "Traceback" not in json.dumps(answer)
    assert caplog.messages == ["failed: KeyError: 'x'"]
    assert caplog.records[0].exc_info is None


def test_whoever_watches_is_told_of_changes_at_once(at, toy, monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 0.02)
    monkeypatch.setattr(watching, "ALIVE", 0.3)
    with at.stream("/api/watch") as one, at.stream("/api/watch") as two:
        for watch in (one, two):
            assert next(message for message in watch if "revision" in message) == {"revision": 1}
        for revision in (2, 3):
            toy.changed = True
            assert next(message for message in one if "revision" in message) == {"revision": revision}
            assert next(message for message in two if "revision" in message) == {"revision": revision}
        assert next(one) == {"alive": True}


def test_a_change_that_one_page_finds_is_told_to_those_who_watch(at, toy, monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 60)
    with at.stream("/api/watch") as watch:
        assert next(message for message in watch if "revision" in message) == {"revision": 1}
        toy.changed = True
        assert at.asked("/api/scenario")[1]["revision"] == 2
        assert next(watch) == {"revision": 2}


def test_nobody_looks_where_nobody_watches(at, toy, monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 0.01)
    with at.stream("/api/watch") as watch:
        next(watch)
        assert until(lambda: toy.refreshes > 5)
    time.sleep(0.2)
    looked = toy.refreshes
    time.sleep(0.2)
    assert toy.refreshes == looked
    with at.stream("/api/watch"):
        assert until(lambda: toy.refreshes > looked)


def test_a_folder_that_cannot_be_read_is_watched_on_and_said_once(at, toy, monkeypatch, caplog):
    monkeypatch.setattr(watching, "EVERY", 0.01)
    with at.stream("/api/watch") as watch:
        next(message for message in watch if "revision" in message)
        looked, toy.failing = toy.refreshes, {"refresh": ValueError("odd")}
        assert until(lambda: toy.refreshes > looked + 5)
        toy.failing, toy.changed = None, True
        assert next(message for message in watch if "revision" in message) == {"revision": 2}
    assert caplog.messages == ["failed: ValueError: odd"]


def test_another_series_of_a_run_that_is_kept(at):
    status, answer = at.asked("/api/series", {"run": "kept", "follow": 3, "quantity": "arrived"})
    assert (status, answer["members"]) == (200, 7)
    status, answer = at.asked("/api/series", {"run": "gone", "follow": 3})
    assert (status, answer) == (404, {"problem": "That run is not kept any more.", "remedy": "Run it again."})


def test_what_ifs_become_files_and_files_what_ifs(at):
    what_if = {"title": "Open", "set": [{"table": "acts", "id": ["A1"], "admit_share": 0.5}]}
    status, answer = at.asked("/api/what-if/write", {"what_if": what_if, "name": "open border"})
    assert (status, answer["file"]) == (200, "open border.toml")
    assert "'set': [{'table': 'acts', 'id': ['A1'], 'admit_share': 0.5}]" in answer["text"]
    status, answer = at.asked("/api/what-if/read", {"file": "mine.toml", "text": "title = 3"})
    assert status == 422
    assert answer["faults"] == [{"file": "mine.toml", "row": 3, "column": "set[1]", "cell": "<b>", "level": "fault",
                                 "problem": "is not a what-if", "remedy": "give one"}]  # fmt: skip


def test_a_report_is_fetched_under_a_name_that_nobody_guesses(at, toy):
    queued, progress, ready = at.messages("/api/report", {"digest": "a"})
    assert [message["kind"] for message in (queued, progress, ready)] == ["queued", "progress", "ready"]
    status, headers, page = at.ask("GET", ready["path"])
    assert (status, page) == (200, b"<!doctype html><title>A report</title>")
    assert headers["content-disposition"] == 'attachment; filename="report.html"'
    for path in ("/api/report/", "/api/report/x", ready["path"] + "x", ready["path"] + "/../x"):
        status, answer = at.asked(path)
        assert (status, answer["problem"]) == (404, "That report is not kept any more.")
    assert toy.closed == ["report"]


def test_a_few_reports_are_kept(at):
    paths = [at.messages("/api/report", {"digest": "a"})[-1]["path"] for _ in range(shelf.MOST + 1)]
    assert len(set(paths)) == len(paths)
    assert [at.ask("GET", path)[0] for path in paths] == [404] + [200] * shelf.MOST


def test_what_is_not_known_is_said(at):
    status, answer = at.asked("/api/nothing")
    assert (status, set(answer)) == (404, {"problem", "remedy"})


def test_a_request_that_is_wrong_is_said_with_every_fault(at, toy):
    status, answer = at.asked("/api/run", {**RUN, "members": "200", "more": 1})
    assert status == 422
    assert answer["problem"] == 'request column members: "200" is not a whole number'
    assert [fault["column"] for fault in answer["faults"]] == ["members", "more"]
    assert at.ask("POST", "/api/run", b"\xff{")[0] == 422
    assert toy.begun == []


def refused(model, **content):
    with pytest.raises(InputError) as wrong:
        asked(model, json.dumps(content).encode())
    return [str(fault) for fault in wrong.value.faults]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"members": 0}, "too small"), ({"members": asking.MOST_MEMBERS + 1}, "not above 1000"),
        ({"members": 1.5}, "whole"), ({"members": True}, "whole"), ({"seed": -1}, "too small"),
        ({"seed": 2**64}, "column seed"),
        ({"follow": -1}, "too small"), ({"follow": 10**9}, "too large"), ({"stage": "some"}, "allowed: expected, all"),
        ({"quantity": "x"}, "allowed: present, arrived"), ({"light": 1}, "yes nor no"),
        ({"digest": "x" * 200}, "128 letters"), ({"digest": 3}, "not a text"), ({"extra": 1}, "is not known"),
        ({"what_if": []}, "what-if"),
        ({"what_if": {"title": "x" * 301}}, "300 letters"), ({"what_if": {"more": []}}, "is not known"),
        ({"what_if": {"set": {"table": "acts"}}}, "what-if key|what-if column"),
        ({"what_if": {"set": [{"x": 1}] * 501}}, "at most 500"),
        ({"what_if": {"set": [{"x": 1}] * 300, "add": [{"x": 1}] * 201}}, "holds 501 changes; make at most 500"),
        ({"what_if": {"add": [{str(n): 1 for n in range(61)}]}}, "at most 60"),
        ({"what_if": {"add": [{"x": {"y": 1}}]}}, r"add\[1\].x: is no cell"),
        ({"what_if": {"add": [{"x": [1]}]}}, "no cell"), ({"what_if": {"add": [{"x": ["n" * 301]}]}}, "no cell"),
        ({"what_if": {"add": [{"x": ["n"] * 1001}]}}, "no cell"),
        ({"what_if": {"add": [{"x": "n" * 10_001}]}}, "no cell"),
        ({"what_if": {"add": [{"x": 10**400}]}}, "no cell"),
        ({"what_if": {"add": [{"x": 1e16}]}}, "no cell"), ({"what_if": {"add": [{"x": float("nan")}]}}, "no cell"),
        ({"what_if": {"add": [{"x" * 65: 1}]}}, "64 letters"),
    ],
)  # fmt: skip
def test_bounds_of_a_run(given, said):
    found = "\n".join(refused(RunAsked, **{**RUN, **given}))
    assert re.search(said, found), found
    assert "pydantic" not in found


def test_a_run_within_bounds():
    what_if = {"title": "", "set": [{"table": "acts", "id": ["A"], "from": "2021-02-03", "x": None, "y": True}] * 500}
    run = asked(RunAsked, json.dumps({**RUN, "members": 1000, "what_if": what_if, "seed": 2**64 - 1}).encode())
    assert run.what_if.content["set"] == what_if["set"]
    assert set(run.what_if.content) == {"title", "why", "drop", "add", "set", "scale", "parameter"}
    assert (run.quantity, run.follow, run.light, run.tab) == ("present", 0, False, "")


def test_what_no_json_is_and_what_is_too_deep_is_refused():
    for body in (b"", b"{", b"[" * 200_000, b"9" * 200_000, b'{"digest": "\\ud800"}', b"\xff", b"null", b"[]", b"3"):
        with pytest.raises(InputError):
            asked(RunAsked, body)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/b",
        "a\\b",
        ".hidden",
        "",
        " x",
        "x.",
        "x ",
        "a\0b",
        "a\nb",
        "con",
        "LPT1.x",
        "a:b",
        "x" * 81,
        "a\u202eb",
        "con .toml",
        "nul.toml",
        "x..toml",
    ],
)
def test_names_that_lead_somewhere_else_are_refused(name):
    assert refused(WriteAsked, what_if={}, name=name)


@pytest.mark.parametrize("name", ["open border", "été-2", "what_if.2", "သတင်း"])
def test_names_of_files_may_be_in_any_script(name):
    assert asked(WriteAsked, json.dumps({"what_if": {}, "name": name}).encode()).name == name


def test_texts_are_bounded():
    text = "# " + "x" * (asking.LONGEST_TEXT - 2)
    assert asked(ReadAsked, json.dumps({"file": "x", "text": text}).encode()).text == text
    assert "200,000 letters" in refused(ReadAsked, file="x", text=text + "x")[0]


def test_arrays_go_as_their_bytes():
    array = np.arange(6, dtype=float).reshape(2, 3).T[::-1]
    array[0, 0] = np.nan
    told = json.loads(encoded({"a": array, "n": np.int64(3), "flag": np.True_, "b": np.array([True])}))
    assert told["a"]["shape"] == [3, 2]
    back = np.frombuffer(base64.b64decode(told["a"]["f4"]), dtype="<f4").reshape(3, 2)
    np.testing.assert_array_equal(back, array)
    assert (told["n"], told["flag"]) == (3, True)
    for wrong in (float("nan"), np.float32("inf"), np.array(["a"]), {1, 2}):
        with pytest.raises((ValueError, TypeError)):
            encoded({"x": wrong})


def test_a_name_of_a_file_that_is_no_text_does_not_keep_the_rest_from_being_told():
    assert json.loads(encoded({"file": os.fsdecode(b"\xff.toml")})) == {"file": "?.toml"}


def test_calls_in_threads_are_few_at_once(at, toy):
    at_once, most, lock = 0, 0, threading.Lock()

    def write(asked):
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with lock:
            at_once -= 1
        return {"file": asked.name}

    toy.write = write
    with ThreadPoolExecutor(30) as pool:
        ask = lambda n: at.asked("/api/what-if/write", {"what_if": {}, "name": str(n)})  # noqa: E731
        assert list(pool.map(ask, range(30))) == [(200, {"file": str(n)}) for n in range(30)]
    assert 2 <= most <= 8
