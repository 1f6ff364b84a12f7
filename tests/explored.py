"""A stand-in for what is explored: it yields slowly, remembers what was asked of it, and can be made to fail."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

import numpy as np

from tiau.faults import Fault, InputError

DAYS = 100


class Toy:
    """A scenario of 100 days, each of which takes a few milliseconds."""

    def __init__(self, *, day=0.005, first=0.0):
        self.day, self.first = day, first
        self.revision = 0
        self.changed = True
        self.failing = None
        self.begun, self.closed, self.most_at_once, self.refreshes = [], [], {}, 0
        self.at_work = {"expected": 0, "all": 0, "long": 0}
        self.days = 0
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()

    def refresh(self):
        assert self._refreshing.acquire(blocking=False), "looked at twice at the same time"
        try:
            if not self.refreshes:
                time.sleep(self.first)
            self.refreshes += 1
            self._fail("refresh")
            grew, self.changed = self.changed, False
            self.revision += grew
            return grew
        finally:
            self._refreshing.release()

    def opening(self):
        self._fail("opening")
        return {"source": "toy", "revision": self.revision, "x": np.float32(1.5), "digest": None}

    @contextmanager
    def _working(self, lane, what):
        with self._lock:
            self.begun.append(what)
            self.at_work[lane] += 1
            self.most_at_once[lane] = max(self.most_at_once.get(lane, 0), self.at_work[lane])
        try:
            yield
        finally:
            with self._lock:
                self.at_work[lane] -= 1
                self.closed.append(what)

    def run(self, asked, stop):
        with self._working(asked.stage, asked.what_if.title):
            self._fail("run")
            yield {"kind": "changed", "sentences": [asked.what_if.title], "warnings": [], "first_day": 0}
            for day in range(DAYS if asked.stage == "all" else 3):
                if stop():
                    return
                time.sleep(self.day)
                self.days += 1
                yield {"kind": "progress", "done": day, "total": DAYS}
            yield {"kind": "fan", "fan": np.full((5, 2), asked.members, dtype=np.float32)}
            yield {"kind": "done", "run": asked.what_if.title, "seconds": 1.0}

    def series(self, asked):
        if asked.run != "kept":
            raise InputError([Fault("run", "That run is not kept any more.", "Run it again.")])
        return {"fan": np.array([[1.0, np.nan]]), "members": np.int64(7)}

    def forecast(self, stop):
        with self._working("long", "forecast"):
            for _ in range(3):
                if stop():
                    return
                time.sleep(self.day)
                yield {"kind": "progress", "words": "fitting"}
            yield {"kind": "forecast", "origin": 3}

    def report(self, asked, stop):
        with self._working("long", "report"):
            yield {"kind": "progress", "done": 1, "total": 2}
            yield "<!doctype html><title>A report</title>"

    def write(self, asked):
        return {"file": f"{asked.name}.toml", "text": str(asked.what_if.content)}

    def read(self, asked):
        raise InputError([Fault(asked.file, "is not a what-if", "give one", row=3, column="set[1]", cell="<b>")])

    def _fail(self, where):
        if self.failing and where in self.failing:
            raise self.failing[where]
