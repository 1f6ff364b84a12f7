"""One scenario that is explored: read again where its folder changed, run with what-ifs, forecast and reported."""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock
from typing import TYPE_CHECKING, Any

from tiau.explorer.basis import Basis, basis_of
from tiau.explorer.deciding import Decided, decided
from tiau.explorer.folder import Seen, own, seen
from tiau.explorer.opening.document import document, told
from tiau.explorer.runs.kept import Kept
from tiau.explorer.runs.stages import Runs
from tiau.explorer.runs.stopping import Message, Stop, Tell, messages
from tiau.faults import Fault, InputError, wrong_argument
from tiau.loading import examine, locate

if TYPE_CHECKING:
    from tiau.explorer.asked import RunAsked, SeriesAsked


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
        self._files: Seen | None = None
        self._faults: tuple[Fault, ...] = ()
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
        if self._runs is not None and self._runs.basis.digest != basis.digest:
            self._kept.clear()
        self._runs, self._document = Runs(basis, self._kept), None

    def opening(self) -> dict[str, Any]:
        """Return everything that a page shows before anything runs; faults in place, and the last sound state."""
        with self._lock:
            self._require_read()
            if self._runs is not None and self._document is None:
                self._document = document(self._runs.basis, members=self._members, seed=self._seed)
            shown, of_what_ifs = self._document or ({"digest": None}, [])
            head = {
                "source": self.source, "revision": self.revision,
                "editable": self._runs is not None and self._runs.basis.editable,
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
        runs = self._runs_of(asked.digest)
        if isinstance(runs, list):
            yield {"kind": "faults", "faults": told(runs)}
            return
        if not Exploration._prepared:
            yield {"kind": "preparing"}
        try:
            yield from messages(lambda tell, stop: _run(runs, asked, tell, stop), stop)
        except InputError as error:
            yield {"kind": "faults", "faults": told(error.faults)}
        Exploration._prepared = True

    def series(self, asked: SeriesAsked) -> dict[str, Any]:
        """Return what is followed in a run that is done.

        Raises
        ------
        InputError
            If the run is not kept any more.
        """
        return self._sound().series(asked.run, asked.follow, asked.quantity)

    def _runs_of(self, digest: str | None) -> Runs | list[Fault]:
        """Return the runs of the scenario that a page shows, or why there are none any more."""
        try:
            runs = self._sound()
            if digest and digest != runs.basis.digest:
                raise wrong_argument("scenario", "was changed since this page was loaded", "load the page again")
        except InputError as error:
            return list(error.faults)
        return runs

    def _sound(self) -> Runs:
        """Return runs of the last state without faults; raises InputError with what is wrong where there is none."""
        with self._lock:
            self._require_read()
            if self._runs is None:
                raise InputError([fault for fault in self._faults if fault.level == "fault"])
            return self._runs


def _run(runs: Runs, asked: RunAsked, tell: Tell, stop: Stop) -> None:
    """Tell what comes of a what-if, up to what is asked."""
    made = _decided(runs.basis, asked)
    if asked.light:
        runs.require_followed(asked.follow)
        tell(runs.expected(made, stop).light(asked.follow, asked.quantity))
        return
    tell({"kind": "changed", "sentences": list(made.sentences), "warnings": told(made.warnings),
          "first_day": made.first_day})  # fmt: skip
    tell(runs.expected(made, stop).message())
    if asked.stage == "all":
        runs.run(made, members=asked.members, seed=asked.seed, follow=asked.follow, quantity=asked.quantity,
                 tell=tell, stop=stop)  # fmt: skip


def _decided(basis: Basis, asked: RunAsked) -> Decided:
    """Carry out the what-if; raises InputError with its faults."""
    made, faults = decided(basis, asked.what_if.content, light=asked.light)
    if made is None:
        raise InputError(faults)
    return made
