"""One scenario that is explored: read again where its folder changed, run with what-ifs, forecast and reported."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any

from tiau.explorer.basis.deciding import Decided, changed_by, decided
from tiau.explorer.basis.sound import Basis, basis_of
from tiau.explorer.folder import Seen, own, seen
from tiau.explorer.opening.document import document, told
from tiau.explorer.runs.bits import Bits, View
from tiau.explorer.runs.kept import Kept
from tiau.explorer.runs.stopping import Message, Stop, Stopped, Tell, messages
from tiau.explorer.what_if_files import read, write
from tiau.faults import Fault, InputError, wrong_argument
from tiau.loading import examine, locate

if TYPE_CHECKING:
    from tiau.explorer.asked import ReadAsked, ReportAsked, RunAsked, SeriesAsked, WriteAsked
    from tiau.explorer.runs.stages import Runs


class Exploration:
    """A scenario that is explored, for any number of threads at once; it reads nothing until it is asked something.

    Parameters
    ----------
    source : str
        As `tiau.load` takes it.
    members, seed : int
        Those of a page that says nothing of its own.
    horizon : int, days
        How far the scenario is carried on beyond its end.

    Attributes
    ----------
    revision : int
        Grows whenever the scenario is read again.
    """

    _prepared = False

    def __init__(self, source: str, *, members: int, seed: int, horizon: int) -> None:
        self.source, self.revision = source, 0
        self._members, self._seed, self._horizon = members, seed, horizon
        self._lock, self._kept = RLock(), Kept()
        self._saving, self._saved = Lock(), dict[str, str]()
        self._files: Seen | None = None
        self._faults: tuple[Fault, ...] = ()
        self._basis: Basis | None = None
        self._runs: Runs | None = None
        self._usable = False
        self._document: tuple[dict[str, Any], list[Fault]] | None = None

    def refresh(self) -> bool:
        """Look at the files of the folder, and read it again where one changed; return whether it did."""
        with self._lock:
            files = seen(self.source)
            if self._files is not None and files == self._files:
                return False
            self._read()
            self._files = files
            self.revision += 1
            return True

    def _read(self) -> None:
        """Read the scenario; while it has faults the last state without any stays."""
        try:
            scenario, self._faults = examine(self.source)
            folder = locate(self.source)
        except InputError as error:
            scenario, self._faults = None, error.faults
        self._usable = scenario is not None and not any(fault.level == "fault" for fault in self._faults)
        if scenario is None or not self._usable:
            return
        basis = basis_of(scenario, folder, editable=own(self.source) is not None, horizon=self._horizon)
        if self._basis is not None and self._basis.digest != basis.digest:
            self._kept.clear()
        self._basis, self._runs, self._document = basis, None, None

    def opening(self) -> dict[str, Any]:
        """Return everything that a page shows before anything runs; faults in place, and the last sound state."""
        with self._lock:
            self._require_read()
            if self._basis is not None and self._document is None:
                self._document = document(self._basis, members=self._members, seed=self._seed)
            shown, of_what_ifs = self._document or ({"digest": None}, [])
            head = {
                "source": self.source, "revision": self.revision,
                "editable": self._basis is not None and self._basis.editable,
                "faults": told([*self._faults, *of_what_ifs]), "usable": self._usable,
            }  # fmt: skip
            return head | ({"stale": True} if self._document and not self._usable else {}) | shown

    def _require_read(self) -> None:
        if self._files is None:
            self.refresh()

    def run(self, asked: RunAsked, stop: Stop) -> Iterator[Message]:
        """Run the scenario with a what-if, and yield what the page's contract says, after `queued`.

        Parameters
        ----------
        asked : RunAsked
        stop : callable
            Asked every day; where it says so nothing more is yielded.
        """
        if not Exploration._prepared:
            yield {"kind": "preparing"}

        def work(runs: Runs, tell: Tell, stop: Stop) -> None:
            self._require_shown(asked.digest, runs.basis)
            _run(runs, asked, tell, stop)

        yield from self._told(work, stop)
        Exploration._prepared = True

    def series(self, asked: SeriesAsked) -> dict[str, Any]:
        """Return what is followed in a run that is done.

        Raises
        ------
        InputError
            If the run is not kept any more.
        """
        return self._sound().series(asked.run, asked.follow, asked.quantity)

    def forecast(self, stop: Stop) -> Iterator[Message]:
        """Forecast the scenario as it is, and yield how far that is and then the forecast, or why there is none."""
        from tiau.explorer.looking_ahead import forecast_of

        yield from self._told(lambda runs, tell, stop: tell(forecast_of(runs.basis, tell, stop)), stop)

    def report(self, asked: ReportAsked, stop: Stop) -> Iterator[Message | str]:
        """Write a report of the scenario with a what-if, and yield how far that is and then the page as a text."""

        def work(runs: Runs, tell: Tell, stop: Stop) -> None:
            self._require_shown(asked.digest, runs.basis)
            from tiau.explorer.reporting import report

            changed = changed_by(runs.basis, asked.what_if.content)
            tell(report(runs.basis, changed, members=asked.members, seed=asked.seed, tell=tell, stop=stop))

        yield from self._told(work, stop)

    def write(self, asked: WriteAsked) -> dict[str, Any]:
        """Return a what-if as a file, kept in the scenario's folder as well where that is asked; raises InputError."""
        basis = self._sound().basis
        with self._saving:
            return write(basis, asked.what_if.content, asked.name, into=asked.into, saved=self._saved)

    def read(self, asked: ReadAsked) -> dict[str, Any]:
        """Return the what-if of a file; raises InputError with what is wrong in it."""
        return read(self._sound().basis, asked.file, asked.text)

    def _told(self, work: Callable[[Runs, Tell, Stop], None], stop: Stop) -> Iterator[Any]:
        """Yield what some work on the last sound state tells; what is wrong with what was asked ends it."""
        try:
            runs = self._sound()
            yield from messages(lambda tell, stop: work(runs, tell, stop), stop)
        except InputError as error:
            yield {"kind": "faults", "faults": told(error.faults)}

    @staticmethod
    def _require_shown(digest: str | None, basis: Basis) -> None:
        """Refuse what a page asks of another state of the scenario; raises InputError."""
        if digest and digest != basis.digest:
            raise wrong_argument("scenario", "was changed since this page was loaded", "load the page again")

    def _sound(self) -> Runs:
        """Return runs of the last state without faults; raises InputError with what is wrong where there is none."""
        # The engine is not needed for a page that opens, which waits for this lock too.
        from tiau.explorer.runs.stages import Runs

        with self._lock:
            self._require_read()
            if self._basis is None:
                raise InputError([fault for fault in self._faults if fault.level == "fault"])
            if self._runs is None:
                self._runs = Runs(self._basis, self._kept)
            return self._runs


def _run(runs: Runs, asked: RunAsked, tell: Tell, stop: Stop) -> None:
    """Tell what comes of a what-if, up to what is asked."""
    if asked.light:
        _tell_lightly(runs, asked, tell, stop)
        return
    made = _decided(runs, asked, light=False)
    tell({"kind": "changed", "sentences": list(made.sentences), "warnings": told(made.warnings),
          "first_day": made.first_day})  # fmt: skip
    if asked.stage == "all":
        view = View(asked.follow, asked.quantity, asked.day)
        runs.run(made, members=asked.members, seed=asked.seed, view=view, tell=tell, stop=stop)
    else:
        tell(runs.expected(made, stop).message())


def _tell_lightly(runs: Runs, asked: RunAsked, tell: Tell, stop: Stop) -> None:
    """Tell what is expected of a what-if of which rows alone were looked at; raises InputError with its faults."""
    runs.require_followed(asked.follow)
    bits = Bits(View(asked.follow, asked.quantity, asked.day), tell)
    try:
        bits.rest(runs.expected(_decided(runs, asked, light=True), stop, heard=bits))
    except (InputError, Stopped):
        raise
    except Exception:
        # Rows that are sound by themselves can make a scenario that is not: what is wrong with that is told instead.
        _decided(runs, asked, light=False)
        raise


def _decided(runs: Runs, asked: RunAsked, *, light: bool) -> Decided:
    """Carry out the what-if, once for however often it is asked; raises InputError with its faults."""

    def carried_out() -> Decided:
        made, faults = decided(runs.basis, content, light=light)
        if made is None:
            raise InputError(faults)
        return made

    content = asked.what_if.content
    return runs.decided(json.dumps([content, light], sort_keys=True), carried_out)
