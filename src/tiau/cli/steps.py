"""Progress as one sees it: a line that moves in a terminal, elsewhere a line every ten seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from tiau.cli.console import Terminal
from tiau.progress import PARTS, Progress, Steps, Words

EVERY = 10.0
UNSEEN = 0.4
REFRESHES = 8
SHORTEST_BAR, LONGEST_BAR = 6, 40


@dataclass
class Step:
    """What is being done, and how far it is; called as a progress."""

    name: str
    words: Words
    first: str
    begun: float = field(default_factory=time.monotonic)
    done: int = 0
    total: int = 0
    _timed: tuple[float, int] = (0.0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Take note of how much is done."""
        if not self.total:
            self._timed = (time.monotonic(), done)
        self.done, self.total = done, total

    @property
    def title(self) -> str:
        """What is done at this moment."""
        return self.name if self.total or not self.first else self.first

    @property
    def how_far(self) -> str:
        """How much is done in words; empty where that is not known."""
        return self.words(self.done, self.total) if self.total else ""

    @property
    def clock(self) -> str:
        """The time that is left, or that passed where nobody knows what is left."""
        now, (begun, before) = time.monotonic(), self._timed
        if not self.total:
            return _minutes(now - self.begun)
        # The first part is left out: it may hold work of its own, such as compiling.
        if self.done <= before:
            return ""
        return f"{_minutes((now - begun) * (self.total - self.done) / (self.done - before))} left"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


@contextmanager
def steps_shown(console: Terminal) -> Iterator[Steps]:
    """Show steps while they are taken; a step inside a step takes its place."""
    under_way: list[Step] = []

    @contextmanager
    def step(name: str, words: Words = PARTS, *, first: str = "") -> Iterator[Progress]:
        under_way.append(Step(name, words, first))
        try:
            begun()
            yield under_way[-1]
        finally:
            under_way.pop()

    with _drawn(console, under_way) if console.draws else _told(console, under_way) as begun:
        yield step


@contextmanager
def _drawn(console: Terminal, under_way: Sequence[Step]) -> Iterator[Callable[[], None]]:
    from rich.live import Live

    # What goes to the standard output in between is for another reader and stays there.
    live = Live(_Line(under_way), console=console, transient=True, redirect_stdout=False, refresh_per_second=REFRESHES)
    # A step is drawn as it begins, or one that is over before the next refresh would go unsaid.
    with live:
        yield live.refresh


@contextmanager
def _told(console: Terminal, under_way: Sequence[Step]) -> Iterator[Callable[[], None]]:
    over = threading.Event()

    def tell() -> None:
        while not over.wait(EVERY):
            for step in under_way[-1:]:
                console.print(Text(f"{step.title}{step.how_far and ', '}{step.how_far}"))

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield lambda: None
    finally:
        over.set()
        teller.join()


class _Line:
    """The step under way as one line: its name, a bar, how far it is and the time; a narrow terminal has less of it."""

    def __init__(self, under_way: Sequence[Step]) -> None:
        self._under_way = under_way
        self._begun = time.monotonic()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.progress_bar import ProgressBar

        # A command that is done at once shows nothing.
        steps = self._under_way[-1:] if time.monotonic() - self._begun > UNSEEN else ()
        width = options.max_width - 1
        for step in steps:
            said, clock = step.how_far, step.clock
            for after in ((said, clock), (said, ""), ("", "")):
                tail = "".join(f"  {part}" for part in after if part)
                room = min(width - len(step.title) - 2 - len(tail), LONGEST_BAR)
                if room >= SHORTEST_BAR:
                    break
            yield Text(step.title[:width], end="")
            if room >= SHORTEST_BAR:
                yield Text("  ", end="")
                yield ProgressBar(total=step.total or None, completed=step.done, width=room)
                yield Text(tail, end="")
