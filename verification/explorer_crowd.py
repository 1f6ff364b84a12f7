"""Fifty clients ask the explorer of a real scenario at once: python verification/explorer_crowd.py [SCENARIO].

Half of them ask what is expected of a what-if each, the others for runs of a few what-ifs. All answers must be those
that a server gives which nobody else asks; who waits must be told how many are before him; and the server must stay in
bounds and answer afterwards. Takes some minutes; exits 1 where anything of that is not so.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MEMBERS = 24
FEW = 5
MOST_BYTES = 2_000_000_000


class Client:
    """Asks the server at an address.

    Parameters
    ----------
    address : str
        As `tiau explore` prints it.
    process : int
        The server's.
    """

    def __init__(self, address: str, process: int) -> None:
        self._host, self.process = re.sub(r"^http://|/$", "", address), process

    def ask(self, what_if: dict[str, Any], stage: str, tab: str) -> list[dict[str, Any]]:
        """Return the messages of a run."""
        connection = http.client.HTTPConnection(self._host, timeout=600)
        body = {"digest": None, "what_if": what_if, "stage": stage, "members": MEMBERS, "seed": 1, "tab": tab}
        headers = {"Content-Type": "application/json", "Origin": f"http://{self._host}"}
        try:
            connection.request("POST", "/api/run", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status != 200:
            return [{"kind": "refused", "status": answer.status, "text": text}]
        return [json.loads(line) for line in text.splitlines() if line.strip()]

    @property
    def most_bytes(self) -> int:
        """The most memory that the server has had."""
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.process}/status").read_text(encoding="utf-8"))
        return int(found[1]) * 1024 if found else 0


@contextmanager
def explorer(scenario: str) -> Iterator[Client]:
    """Start the explorer of a scenario."""
    command = [sys.executable, "-m", "tiau", "explore", scenario, "--no-browser", "--members", str(MEMBERS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            yield Client(found[0] if found else sys.exit("the explorer did not start"), server.pid)
        finally:
            server.terminate()


def asked_by(number: int, act: str) -> tuple[dict[str, Any], str]:
    """Return what a client asks: the what-if and how far it is to be run."""
    stage = "expected" if number % 2 else "all"
    step = number if number % 2 else number % (2 * FEW)
    return {"set": [{"table": "acts", "id": act, "enforcement": round(0.3 + step / 100, 2)}]}, stage


def answers_of(messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the last message of each kind that answers, without what tells of time and turns."""
    told = {"queued", "preparing", "progress", "growing"}
    return {
        one["kind"]: {k: v for k, v in one.items() if k != "seconds"} for one in messages if one["kind"] not in told
    }


def main() -> int:
    """Print what is so; return an exit status."""
    parser = argparse.ArgumentParser(description="Fifty clients at once.")
    parser.add_argument("scenario", nargs="?", default="mizoram-2021")
    parser.add_argument("--act", default="P21", help="an act whose enforcement the what-ifs set")
    parser.add_argument("--clients", type=int, default=50)
    given = parser.parse_args()
    with explorer(given.scenario) as client:
        begun = time.perf_counter()
        with ThreadPoolExecutor(given.clients) as pool:
            ask = lambda number: client.ask(*asked_by(number, given.act), tab=f"client {number}")  # noqa: E731
            crowd = list(pool.map(ask, range(given.clients)))
        seconds, most = time.perf_counter() - begun, client.most_bytes
        after = answers_of(client.ask({}, "expected", "afterwards"))
    with explorer(given.scenario) as client:
        alone: dict[str, dict[str, Any]] = {}
        for number in range(given.clients):
            asked = asked_by(number, given.act)
            if (key := json.dumps(asked)) not in alone:
                alone[key] = answers_of(client.ask(*asked, tab="alone"))
    wrong = [
        number
        for number, messages in enumerate(crowd)
        if answers_of(messages) != alone[json.dumps(asked_by(number, given.act))]
    ]
    waited = sum(any(one["kind"] == "queued" and one["ahead"] > 0 for one in messages) for messages in crowd)
    print(
        f"{given.clients} clients answered in {seconds:.0f} s: {len(wrong)} otherwise than alone; "
        f"{waited} were told how many are before them; the server had {most / 1e6:,.0f} MB at most"
    )
    sound = not wrong and waited > given.clients / 2 and most < MOST_BYTES and "expected" in after
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
