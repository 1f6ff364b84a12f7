"""Commands run in a pseudo-terminal of a width, as somebody sees them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
DRAWN_AGAIN = re.compile(r"[^\n]*\x1b\[2K")


@dataclass(frozen=True)
class Seen:
    """How a command ended, everything it sent, and the lines that stay on the screen."""

    status: int
    sent: str

    @property
    def plain(self):
        return CONTROL.sub("", self.sent).replace("\r", "")

    @property
    def lines(self):
        """Lines that were not drawn over."""
        return CONTROL.sub("", DRAWN_AGAIN.sub("", self.sent.replace("\r\n", "\n"))).replace("\r", "").split("\n")


def environment(**changes):
    known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    return {**known, "TERM": "xterm-256color", "PYTHONUTF8": "1", **changes}


def resize(terminal, width):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))


def in_terminal(*arguments, cwd, width=80, at=None, **changes):
    """Run the command; `at` is called with the process, the terminal and what was sent, until it returns True."""
    terminal, inside = pty.openpty()
    resize(terminal, width)
    process = subprocess.Popen(
        [sys.executable, "-m", "tiau", *map(str, arguments)], cwd=cwd, env=environment(**changes),
        stdin=inside, stdout=inside, stderr=inside, start_new_session=True,
    )  # fmt: skip
    os.close(inside)
    sent, deadline = b"", time.monotonic() + 240
    while True:
        assert time.monotonic() < deadline, sent.decode(errors="replace")
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            sent += part
        if at is not None and at(process, terminal, sent.decode(errors="replace")):
            at = None
    os.close(terminal)
    return Seen(process.wait(60), sent.decode("utf-8"))
