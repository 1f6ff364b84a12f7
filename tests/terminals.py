"""Commands run in a pseudo-terminal of a width, as somebody sees them, or with pipes for their streams."""

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

from flee_folders import write_files
from folders import REPORTS, with_kinds, write_folder
from tiau.engine.kernel_cache import to_compile

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
WHAT_IF = 'title = "The bridge is shut"\nwhy = "a test"\n\n[[drop]]\ntable = "acts"\nid = "A1"\n'
# A short run of the small scenario, for what streams and signals do to any run.
SHORT = ("run", "small", "--until", "2021-02-20", "--members", "2", "--no-width-sources")
COMMANDS = {
    "run": ("run", "small", "--members", "3", "--no-width-sources"),
    "run a case": ("run", "case", "--members", "3", "--no-width-sources"),
    "compare": ("compare", "small", "--change", "shut.toml", "--members", "3"),
    "flee": ("flee", "case", "--members", "3"),
    "destinations": ("flee", "case", "--model", "destinations"),
    "check": ("check", "small"),
    "acts": ("acts", "small", "--at", "River bridge", "--on", "2021-03-02"),
    "help": ("--help",),
    "help of a command": ("run", "--help"),
}
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


def piped(*arguments, cwd, **how):
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    changes = how.pop("changes", {})
    return subprocess.run([sys.executable, "-m", "tiau", *map(str, arguments)], cwd=cwd, check=False, timeout=240,
                          text=True, encoding="utf-8", env=environment(**changes), **how)  # fmt: skip


def sound(seen):
    assert "Traceback" not in seen.sent, seen.plain
    assert "Exception ignored" not in seen.sent
    assert "\x1b[?25l" not in seen.sent, "the cursor is hidden"
    return seen


def said_of(done):
    """Return what a command said on its standard error, line by line, without progress: a slow machine gets some."""
    steps = "reading|preparing|simulating|three small|assessing|writing|drawing|comparing|copying|importing|checking"
    return [line for line in done.stderr.splitlines() if not re.match(rf"({steps})\b", line)]


def write_small(cwd):
    """Write a small scenario, a small case of Flee's and a what-if; what commands need for them is compiled."""
    write_folder(cwd / "small", reports=with_kinds(REPORTS))
    write_files(cwd / "case")
    (cwd / "shut.toml").write_text(WHAT_IF, encoding="utf-8")
    for kernels, arguments in (("leave", SHORT), ("move", ("flee", "case"))):
        assert not to_compile(kernels) or piped(*arguments, cwd=cwd).returncode == 0
    return cwd
