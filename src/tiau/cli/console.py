"""Where the commands speak: a standard output that may be closed, full, narrow or no terminal at all."""

from __future__ import annotations

import errno
import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

from rich.console import Console, ConsoleDimensions, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from tiau.texts import visible

NARROWEST, WIDEST, WITHOUT_TERMINAL = 20, 1000, 110
HEIGHT = 50
SET_IN = 2
# Nobody reads any more; a closed pipe is an invalid argument on Windows.
NO_READER = (errno.EPIPE, errno.ECONNRESET, *((errno.EINVAL,) if sys.platform == "win32" else ()))


class OutputError(OSError):
    """What there was to say could not be written.

    Attributes
    ----------
    kept : str
        What is whole on disk all the same.
    """

    kept = ""


class Outlet:
    """A standard stream that takes text whatever became of it.

    Where nobody reads any more, text is dropped and the command goes on. Where a standard output cannot be written,
    as on a full disk, that is an `OutputError`; of a standard error nobody could be told.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._lost: object = None

    @property
    def _stream(self) -> IO[str] | None:
        stream = getattr(sys, self._name)
        stream = getattr(stream, "rich_proxied_file", stream)
        return None if stream is self._lost else stream

    @property
    def encoding(self) -> str:
        """The encoding of the stream."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        with suppress(ValueError, OSError):
            return self._stream is not None and self._stream.isatty()
        return False

    def fileno(self) -> int:
        """Return the number of the file, -1 where there is none."""
        with suppress(ValueError, OSError):
            return -1 if self._stream is None else self._stream.fileno()
        return -1

    def write(self, text: str) -> int:
        """Write a text."""
        self._attempt(lambda stream: stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Write what waits to be written."""
        self._attempt(lambda stream: stream.flush())

    def _attempt(self, act: Callable[[IO[str]], object]) -> None:
        stream = self._stream
        if stream is None:
            return
        try:
            act(stream)
        except OSError as error:
            self._lose(stream)
            if self._name == "stdout" and error.errno not in NO_READER:
                raise OutputError(error.errno, error.strerror or str(error)) from None

    def _lose(self, stream: IO[str]) -> None:
        """Let go of a stream; what waits in it goes nowhere, or Python would try it again when it ends."""
        self._lost = stream
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


class Terminal(Console):
    """A console of a standard stream: as wide as COLUMNS says or the terminal is, and nothing raw gets through it."""

    def __init__(self, name: str, *, soft_wrap: bool = False) -> None:
        # A width and a height keep rich from reading COLUMNS and LINES, which may hold anything.
        super().__init__(file=cast("IO[str]", Outlet(name)), stderr=name == "stderr", soft_wrap=soft_wrap,
                         highlight=False, markup=False, emoji=False, width=WITHOUT_TERMINAL, height=HEIGHT)  # fmt: skip

    @property  # type: ignore[misc]  # nobody sets it
    def size(self) -> ConsoleDimensions:
        """The width at this moment, and more rows than anything here needs."""
        return ConsoleDimensions(_columns(self.file.fileno()) - self.legacy_windows, HEIGHT)

    @property  # type: ignore[misc]  # nobody sets it
    def width(self) -> int:
        """The width at this moment."""
        return self.size.width

    @property
    def draws(self) -> bool:
        """Whether a line can be drawn again and again; FORCE_COLOR asks for colours and makes no terminal."""
        return self.is_interactive and self.file.isatty()

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401
        """Print; lines stay whole in a pipe, a terminal gets them broken between words and never inside one."""
        if self.soft_wrap and self.file.isatty():
            width = self.width
            objects = tuple(_between_words(x, width) if isinstance(x, str | Text) else x for x in objects)
        super().print(*objects, **options)

    def show_cursor(self, show: bool = True) -> bool:
        """Leave the cursor alone, so that it never has to be brought back."""
        return False

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render without characters that command a terminal: names and texts come from anywhere."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(_harmless(segment.text), segment.style)


def _between_words(text: str | Text, width: int) -> Text:
    """Return lines that fit; what follows of a line is set in, and a path that is too long stays whole to be copied."""
    plain, style = (text.plain, text.style) if isinstance(text, Text) else (text, "")
    fitting = []
    for line in plain.split("\n"):
        set_in = " " * (len(line) - len(line.lstrip(" ")) + SET_IN)
        fitting += textwrap.wrap(line, width, subsequent_indent=set_in, expand_tabs=False, replace_whitespace=False,
                                 break_long_words=False, break_on_hyphens=False) or [""]  # fmt: skip
    return Text("\n".join(fitting), style=style)


def _harmless(text: str) -> str:
    return text if text.isprintable() else "\n".join(map(visible, text.split("\n")))


def _columns(file: int) -> int:
    """Return the columns of a terminal, or of a reader who says so by COLUMNS."""
    said = os.environ.get("COLUMNS", "")
    known = [int(said[:9])] if said.isascii() and said.isdigit() and said.strip("0") else []
    with suppress(OSError, ValueError):
        known += [width for width in [os.get_terminal_size(file).columns] if width]
    return min(max(min(known, default=WITHOUT_TERMINAL), NARROWEST), WIDEST)


out = Terminal("stdout", soft_wrap=True)
err = Terminal("stderr", soft_wrap=True)


def console() -> Terminal:
    """Return the console for tables and paragraphs, which are laid out for its width."""
    return Terminal("stdout")


def command() -> str:
    """Return the command that was given, for the provenance of its result."""
    return " ".join(["tiau", *sys.argv[1:]])


def print_plain(text: str, style: str = "") -> None:
    """Print text as it is, with no markup; long lines are left to the terminal."""
    out.print(Text(text, style=style))


@contextmanager
def whole_in(where: object) -> Iterator[None]:
    """Say, where what this block prints cannot be written, that the result is whole all the same."""
    try:
        yield
    except OutputError as error:
        error.kept = f"the result is whole in {where}"
        raise
