"""Reports that were written for a page, until it fetches them."""

from __future__ import annotations

import secrets
import threading

from tiau.explorer.refusals import Refusal

MOST = 4


class Shelf:
    """The newest reports, each under a name that nobody guesses; used from any thread."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lock = threading.Lock()

    def keep(self, text: str) -> str:
        """Keep a report, in place of the oldest where there are several; return its name."""
        name = secrets.token_urlsafe(16)
        with self._lock:
            self._texts[name] = text
            while len(self._texts) > MOST:
                del self._texts[next(iter(self._texts))]
        return name

    def fetch(self, name: str) -> str:
        """Return a report; raise Refusal if it is not kept any more."""
        with self._lock:
            if name in self._texts:
                return self._texts[name]
        raise Refusal(404, "That report is not kept any more.", "Ask for it again.")
