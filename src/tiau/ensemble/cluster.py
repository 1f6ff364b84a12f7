"""Batches on a dask cluster, by the address of its scheduler.

A portion's state stays where it was made; a worker that is lost takes states along, and dask makes them again on others
from the start of the run, with the same draws.
"""

from __future__ import annotations

import logging
import pickle
import socket
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tiau.ensemble import afar
from tiau.ensemble.afar import Told
from tiau.ensemble.identity import difference, identity
from tiau.ensemble.world import Portion, World
from tiau.faults import WorkersError

ANSWERS_WITHIN, WORKERS_WITHIN, ALONE_FOR = 10.0, 60.0, 60.0
SAME = "install the same versions for the scheduler, its workers and this command (docs/cluster.md)"
AGAIN = "nothing was written; run it again once the cluster is well"


class Handle(NamedTuple):
    """Futures of a portion as it is after some days, and of what it showed on them."""

    portion: Any
    told: Any


class Cluster:
    """A crew of dask workers.

    Parameters
    ----------
    client : distributed.Client
    world : World
    """

    def __init__(self, client: Any, world: World) -> None:  # noqa: ANN401
        self._client = client
        # A task and not scattered data, which would be gone with the worker that has it.
        self._recipe = client.submit(bytes, pickle.dumps(world, protocol=5), pure=False)

    def begin(self, portion: Portion) -> Handle:
        """Return the handle of a portion before its first day."""
        return Handle(self._client.submit(_as_it_is, portion, pure=False), None)

    def go_on(self, handle: Handle, days: range) -> Handle:
        """Send a portion through some days."""
        submit = self._client.submit
        both = submit(_go_on, identity(), self._recipe, handle.portion, days, pure=False)
        return Handle(submit(itemgetter(0), both, pure=False), submit(itemgetter(1), both, pure=False))

    def told(self, handle: Handle) -> Told:
        """Wait for what a portion showed, and let the cluster forget it."""
        told: Told = self._result(handle.told)
        handle.told.release()
        return told

    def portion(self, handle: Handle) -> Portion:
        """Wait for a portion as it is then."""
        portion: Portion = self._result(handle.portion)
        return portion

    def _result(self, future: Any) -> Any:  # noqa: ANN401
        from distributed.scheduler import KilledWorker

        seen = time.monotonic()
        while True:
            try:
                return future.result(timeout=5)
            except TimeoutError:
                if self._client.nthreads():
                    seen = time.monotonic()
                elif time.monotonic() - seen > ALONE_FOR:
                    raise WorkersError(f"the cluster has had no worker for {ALONE_FOR:.0f} seconds; {AGAIN}") from None
            except KilledWorker:
                problem = "workers of the cluster ended again and again at the same members, perhaps for lack of memory"
                raise WorkersError(f"{problem}; give more jobs, so that each has fewer members") from None
            except (CancelledError, OSError) as error:
                why = str(error).strip().partition("\n")[0]
                raise WorkersError(f"the cluster was lost while it worked ({why}); {AGAIN}") from None


def _as_it_is(portion: Portion) -> Portion:
    return portion


def _go_on(wanted: dict[str, str], recipe: bytes, portion: Portion, days: range) -> tuple[Portion, Told]:
    """Take members through days, where the versions are those of who asks: workers may join late."""
    if other := difference(wanted, identity()):
        raise WorkersError(f"a worker of the cluster differs: {other}; {SAME}")
    return afar.go_on(recipe, portion, days)


@contextmanager
def cluster(world: World, address: str) -> Iterator[tuple[Cluster, int]]:
    """Give a crew of all workers of a cluster, and how many threads they have.

    Parameters
    ----------
    world : World
    address : str
        Of the scheduler, such as tcp://host:8786.

    Raises
    ------
    WorkersError
        If the cluster does not answer, has no workers or other versions, or is lost while it works.
    """
    try:
        from distributed import Client
    except ImportError:
        msg = 'a cluster needs dask, which is not installed; install Tiau with it: pip install "tiau[cluster]"'
        raise WorkersError(msg) from None
    _quiet()
    _require_answer(address)
    try:
        client: Any = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise WorkersError(f"no dask scheduler can be used at {address} ({error}); check the address") from None
    try:
        many = _require_alike(client, address)
        yield Cluster(client, world), many
    finally:
        client.close(timeout=1)


def _quiet() -> None:
    """Keep dask from writing tracebacks between our lines: what matters of them is told as an error."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado", "asyncio")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _require_answer(address: str) -> None:
    """Refuse an address at which nothing speaks as a scheduler does: a client would wait for it without an end.

    Raises
    ------
    WorkersError
    """
    remedy = "give the address that `dask scheduler` prints, such as tcp://host:8786"
    try:
        parts = urlsplit(address)
        host, port, known = parts.hostname, parts.port, parts.scheme in ("tcp", "tls")
    except ValueError:
        host, port, known = None, None, False
    if not (known and host and port):
        raise WorkersError(f"{address} is not the address of a dask scheduler; {remedy}")
    deadline = time.monotonic() + ANSWERS_WITHIN
    while True:
        left = max(deadline - time.monotonic(), 0.1)
        try:
            with socket.create_connection((host, port), timeout=left) as connection:
                connection.settimeout(left)
                # A scheduler speaks first, and says how it packs; with TLS there is a handshake before that.
                if parts.scheme == "tls" or b"compression" in connection.recv(256):
                    return
            reason = "something else answers"
        except OSError as error:
            reason = error.strerror or str(error) or "no answer"
        # One that was started just now refuses for a moment.
        if time.monotonic() >= deadline:
            raise WorkersError(f"no dask scheduler answers at {address} ({reason}); {remedy}")
        time.sleep(0.3)


def _require_alike(client: Any, address: str) -> int:  # noqa: ANN401
    """Return how many threads the workers have, after the first has come and all are found to be like this process.

    Raises
    ------
    WorkersError
    """

    def there() -> dict[str, str]:
        # Sent as code, for one who has no Tiau to say so.
        try:
            from tiau.ensemble.identity import identity

            return identity()
        except ImportError:
            return {}

    try:
        client.wait_for_workers(1, timeout=WORKERS_WITHIN)
    except TimeoutError:
        start = f"start some with: dask worker {address}"
        raise WorkersError(f"the cluster has no workers after {WORKERS_WITHIN:.0f} seconds; {start}") from None
    found = {"the scheduler": client.run_on_scheduler(there)} | client.run(there)
    for who, versions in found.items():
        if other := difference(identity(), versions) if versions else "it has no Tiau":
            raise WorkersError(f"the cluster cannot give the same numbers: {who}: {other}; {SAME}")
    return sum(client.nthreads().values())
