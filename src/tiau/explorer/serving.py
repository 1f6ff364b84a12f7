"""Listening on a port, and serving on it until somebody ends it."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import webbrowser
from contextlib import closing, suppress
from dataclasses import dataclass

import uvicorn

from tiau.explorer.access import TOKEN, Access
from tiau.explorer.guard import LARGEST_HEAD, Guard
from tiau.explorer.patience import InTime
from tiau.explorer.server import Server
from tiau.explorer.threads import background
from tiau.faults import Fault, InputError

FIRST_PORT = 8765
PORTS_TRIED = 50
HERE = "127.0.0.1"
MOST_CONNECTIONS = 400


@dataclass(frozen=True)
class Stand:
    """A socket that listens, and who may ask there."""

    socket: socket.socket
    access: Access
    host: str

    @property
    def port(self) -> int:
        """The number of the port."""
        return self.access.port

    @property
    def address(self) -> str:
        """The address of the page, as it is opened in a browser."""
        token = f"?{TOKEN}={self.access.token}" if self.access.token else ""
        return f"http://{self.host}:{self.port}/{token}"


def stand(host: str | None, port: int | None) -> Stand:
    """Listen on a port.

    Parameters
    ----------
    host : str or None
        Name or address of this machine for others, who need a token; None for this machine alone.
    port : int or None
        None for 8765, or the next one that is free.

    Raises
    ------
    InputError
        If the port is taken or the host is none of this machine.
    """
    family, address = _family_of(host or HERE)
    tried = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED), 0]
    for number in tried:
        try:
            listening = _listening(family, address, number)
        except OSError as error:
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            raise InputError([_fault(error, host, number)]) from None
        bound = int(listening.getsockname()[1])
        access = Access(bound) if host is None else Access.of_host(host, bound)
        return Stand(listening, access, _named(host, access))
    raise InputError([Fault("--port", "is taken, and the next ones as well", "give one that is free")])


def _named(host: str | None, access: Access) -> str:
    """Return the host as it stands in an address that others can open."""
    if host is None:
        return HERE
    name = socket.gethostname() if access.any_address else host.strip("[]")
    return f"[{name}]" if ":" in name else name


def _family_of(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        remedy = "give a name or an address of this machine, or 0.0.0.0 for all of its networks"
        raise InputError([Fault("--host", "is not known", remedy, cell=host)]) from None
    family, _, _, _, address = found[0]
    return family, str(address[0])


def _listening(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Elsewhere it lets a server begin again at once; on Windows it would share the port with another program.
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen(MOST_CONNECTIONS)
    except OSError:
        listening.close()
        raise
    return listening


def _fault(error: OSError, host: str | None, port: int) -> Fault:
    match error.errno:
        case errno.EADDRINUSE:
            return Fault(
                "--port", "is taken", "give another, or leave it out for the next that is free", cell=str(port)
            )
        case errno.EACCES:
            return Fault("--port", "is not allowed for you", "give one from 1,024 on, or leave it out", cell=str(port))
        case _:
            problem = f"cannot be listened on ({error.strerror})"
            return Fault("--host", problem, "give a name or an address of this machine", cell=host or HERE)


def serve(server: Server, at: Stand) -> None:
    """Serve until a signal ends it; what is explored is made ready meanwhile.

    Raises
    ------
    KeyboardInterrupt
        As the signal does.
    """
    loop = uvicorn.Server(config(server, at))
    server.begin()
    try:
        with closing(at.socket):
            loop.run(sockets=[at.socket])
    finally:
        server.end()


def config(server: Server, at: Stand) -> uvicorn.Config:
    """Return how it is served: plainly, within bounds, and ended at once when it is ended."""
    # What goes wrong in an answer is said by the guard, in a line.
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    return uvicorn.Config(
        Guard(server, at.access), http=InTime, ws="none", loop="asyncio", lifespan="off", log_config=None,
        access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=0,
        h11_max_incomplete_event_size=LARGEST_HEAD, limit_concurrency=MOST_CONNECTIONS,
    )  # fmt: skip


def show(address: str) -> None:
    """Open an address in a browser, where there is a screen for one."""
    screen = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    if screen or sys.platform in ("win32", "darwin"):
        background(lambda: _open(address)).start()


def _open(address: str) -> None:
    with suppress(Exception):
        webbrowser.open(address)
