"""A server of the explorer in a thread, and requests to it as bytes, as any program can send them."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from tiau.explorer.access import Access
from tiau.explorer.files import Files
from tiau.explorer.server import Server
from tiau.explorer.serving import Stand, config

OWN = {"Content-Type": "application/json"}


def until(true, seconds=10.0):
    """Wait until something is true; return what it is."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


@contextmanager
def taken(port=0):
    """Give a port that nobody else can listen on meanwhile."""
    with socket.create_server(("127.0.0.1", port)) as listening:
        yield listening.getsockname()[1]


def free_port():
    """Return a port that nobody listens on, and none of those that `tiau explore` takes by itself."""
    with taken() as port:
        return port


class Served:
    """A server that runs, and ways to ask it."""

    def __init__(self, port, access, server):
        self.port, self.access, self.server = port, access, server
        self.host = f"127.0.0.1:{port}"

    def ask(self, method, path, body=None, **headers):
        """Return the status, the headers and the body of an answer."""
        connection = self.connect()
        try:
            self._send(connection, method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def asked(self, path, content=None):
        """Return an answer in JSON, and its status."""
        body = None if content is None else json.dumps(content)
        status, _, answer = self.ask("GET" if content is None else "POST", path, body)
        return status, json.loads(answer)

    @contextmanager
    def stream(self, path, content=None):
        """Give the messages of a stream as they come; leaving goes away."""
        connection = self.connect()
        try:
            body = None if content is None else json.dumps(content)
            self._send(connection, "GET" if content is None else "POST", path, body, {})
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            yield (json.loads(line) for line in answer)
        finally:
            connection.close()

    def messages(self, path, content=None):
        with self.stream(path, content) as found:
            return list(found)

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def raw(self, sent):
        """Send bytes, and return everything that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR) if not sent.endswith(b"\r\n\r\n") else None
            connection.settimeout(2)
            got = b""
            try:
                while part := connection.recv(65536):
                    got += part
            except TimeoutError:
                pass
            return got

    def _send(self, connection, method, path, body, headers):
        own = {} if body is None else {**OWN, "Origin": f"http://{self.host}"}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {**own, **given}
        connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        data = body.encode() if isinstance(body, str) else body
        if data is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)


@contextmanager
def served(explored, *, folder=None, host=None, make=None, warm=False):
    """Serve what is explored on a free port, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    access = Access(port) if host is None else Access.of_host(host, port)
    files = Files() if folder is None else Files(folder)
    server = Server(make or (lambda: explored), files, warm=warm)
    loop = uvicorn.Server(config(server, Stand(listening, access, "127.0.0.1")))
    thread = threading.Thread(target=lambda: loop.run(sockets=[listening]), daemon=True)
    thread.start()
    server.begin()
    try:
        assert until(lambda: loop.started)
        yield Served(port, access, server)
    finally:
        server.end()
        loop.should_exit = True
        thread.join(10)
        assert not thread.is_alive(), "the server did not end"
        listening.close()
