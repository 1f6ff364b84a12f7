"""`tiau explore` as somebody starts and ends it, in a process of its own, with a stand-in for what is computed."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from asking import free_port, taken
from folders import write_folder

HERE = Path(__file__).parent
STANDING_IN = f"""
import sys, types
sys.path.insert(0, {str(HERE)!r})
room = types.ModuleType("tiau.explorer.exploration")
def exploration(source, *, members, seed, horizon):
    from explored import Toy
    toy = Toy(day=DAY)
    toy.opening = lambda: dict(source=source, members=members, seed=seed, horizon=horizon)
    return toy
room.Exploration = exploration
sys.modules["tiau.explorer.exploration"] = room
from tiau.__main__ import main
main()
"""
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process here")


def started(*arguments, day=0.001, **how):
    code = STANDING_IN.replace("DAY", str(day))
    quiet = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")}
    env = {**quiet, "PYTHONUTF8": "1", "COLUMNS": "200", **how}
    command = [sys.executable, "-c", code, "explore", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=env
    )


@contextmanager
def exploring(*arguments, **how):
    """Give the process and the address that it prints; whatever is left of it is ended."""
    process = started(*arguments, **how)
    try:
        line = process.stdout.readline()
        found = re.search(r" is explored at (http://\S+)\n", line)
        assert found, (line, process.communicate(timeout=20))
        assert process.stdout.readline() == "Ctrl-C ends it\n"
        yield process, found[1]
    finally:
        process.kill()
        process.communicate()


def fetched(address, path="/"):
    host = address.split("/")[2]
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@needs_signals
def test_it_prints_where_the_page_is_serves_it_and_is_ended_by_ctrl_c():
    given = ("--port", free_port(), "--members", "30", "--seed", "4", "--horizon", "7")
    with exploring("--no-browser", *given) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert fetched(address, "/state/changes.mjs")[0] == 200
        said = b'{"source":"mizoram-2021","members":30,"seed":4,"horizon":7}'
        assert fetched(address, "/api/scenario") == (200, said)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out, err) == (0, "", "")


@needs_signals
@pytest.mark.parametrize("day", [0.05, 30])
def test_ctrl_c_ends_it_in_the_middle_of_a_run_and_of_a_step_of_it(day):
    with exploring("--no-browser", "--port", free_port(), day=day) as (process, address):
        host = address.split("/")[2]
        # As soon as this is there the scenario is read.
        assert fetched(address, "/api/scenario")[0] == 200
        connection = http.client.HTTPConnection(host, timeout=20)
        headers = {"Content-Type": "application/json", "Origin": f"http://{host}"}
        connection.request("POST", "/api/run", '{"digest": null, "stage": "all"}', headers)
        answer = connection.getresponse()
        assert b"queued" in answer.readline()
        assert b"changed" in answer.readline()
        watch = http.client.HTTPConnection(host, timeout=20)
        watch.request("GET", "/api/watch")
        assert watch.getresponse().readline()
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")
        assert time.monotonic() - begun < 8


@needs_signals
def test_a_termination_ends_it_as_it_ends_every_command():
    with exploring("--no-browser", "--port", free_port()) as (process, _):
        process.terminate()
        _, err = process.communicate(timeout=10)
        assert (process.returncode, err) == (143, "stopped; nothing half-written is left\n")


def test_a_port_that_is_given_and_taken_is_a_fault(here):
    with taken() as port:
        done = here("explore", "--no-browser", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert f'--port: "{port}" is taken; give another, or leave it out for the next that is free' in done.stderr


def test_a_folder_with_faults_is_explored_all_the_same_at_a_port_that_is_given(tmp_path):
    folder, port = write_folder(tmp_path / "mine"), free_port()
    (folder / "places.csv").write_text("place\n", encoding="utf-8")
    with exploring(folder, "--no-browser", "--port", port) as (_, address):
        assert address == f"http://127.0.0.1:{port}/"
        assert fetched(address, "/api/scenario")[0] == 200


def test_where_the_usual_port_is_taken_the_next_is_used_and_said():
    try:
        usual = socket.create_server(("127.0.0.1", 8765))
    except OSError:
        usual = socket.socket()
    with usual, exploring("--no-browser") as (process, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        assert port > 8765
        assert fetched(address, "/state/changes.mjs")[0] == 200
        process.kill()
        assert f"port 8765 is taken; this is {port}" in process.communicate()[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), 'SCENARIO: "nowhere" is neither a folder nor a packaged scenario'),
        (("mizoram2021",), 'did you mean "mizoram-2021"?'),
        (("--port", "0"), "give a whole number from 1 to 65,535"),
        (("--port", "65536"), "give a whole number from 1 to 65,535"),
        (("--members", "1001"), "give a whole number from 1 to 1,000"),
        (("--horizon", "0"), "give a whole number from 1 to 1,096"),
        (("--host", "no.such.host.invalid"), '--host: "no.such.host.invalid" is not known'),
        (("--host", "192.0.2.1"), '--host: "192.0.2.1" cannot be listened on'),
    ],
)
def test_wrong_usage_is_said_before_anything_is_served(arguments, said, here):
    done = here("explore", "--no-browser", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_for_others_the_address_holds_a_token():
    with exploring("--no-browser", "--host", "127.0.0.1") as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32,}", address)
        assert fetched(address)[0] == fetched(address, "/state/changes.mjs")[0] == 403
        assert fetched(address, "/" + address.rpartition("/")[2])[0] == 200
        process.kill()
        assert "whoever has this address can look" in process.communicate()[1]


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="a browser is named by BROWSER here alone")
def test_a_browser_is_opened_unless_none_is_wanted(tmp_path):
    browser, note = tmp_path / "browser", tmp_path / "note"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {note}\n', encoding="utf-8")
    browser.chmod(0o755)
    with exploring("--no-browser", BROWSER=str(browser)) as (_, unseen), exploring(BROWSER=str(browser)) as (_, seen):
        end = time.monotonic() + 10
        while not note.exists() and time.monotonic() < end:
            time.sleep(0.02)
        assert note.read_text(encoding="utf-8") == f"{seen}\n" != f"{unseen}\n"
