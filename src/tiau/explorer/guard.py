"""The door of the server: who is not let in, how much may be brought in, and what every answer carries."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tiau.explorer.access import READING, Access, Headers
from tiau.explorer.refusals import Refusal, in_json, refused
from tiau.explorer.wire import said
from tiau.faults import InputError

LARGEST_HEAD = 16 * 1024
LARGEST_BODY = 256 * 1024
POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
    "img-src 'self' data: blob:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
))  # fmt: skip
CARRIED = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
)
_TOO_LARGE = Refusal(413, "That is more than the server takes at once.", "Make fewer changes.")


class Guard:
    """ASGI middleware that stands before everything else.

    Parameters
    ----------
    app : ASGI application
    access : Access
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it; nothing that goes wrong behind gets past here."""
        if scope["type"] != "http":
            return
        begun = False

        async def carrying(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _carried(message.get("headers", ()), scope["path"])}
            await send(message)

        try:
            answer = self._before(scope)
            await (answer or self._app)(scope, _limited(receive), carrying)
        except ClientDisconnect:
            return
        except Exception as error:
            answer = _instead(error, scope["path"])
            if not begun:
                await answer(scope, receive, carrying)

    def _before(self, scope: Scope) -> Response | None:
        """Return an answer that is given at the door; raise Refusal; None lets a request in."""
        # What comes in one piece gets past the bound on a head that is still read.
        if _size(scope) > LARGEST_HEAD:
            raise Refusal(431, "The address or what comes with it is too long.", "Load the page again.")
        headers, method, path = _headers(scope), scope["method"], scope["path"]
        host = self._access.require_host(headers)
        if method == "GET" and path == "/" and (rest := self._access.handed_in(scope["query_string"])) is not None:
            return self._welcome(rest)
        self._access.require_token(headers)
        self._access.require_own_page(method, path, host, headers)
        if method not in READING and _media_type(headers) != "application/json":
            raise Refusal(415, "The server takes JSON alone.", "Load the page again.")
        if _length(headers) > LARGEST_BODY:
            raise _TOO_LARGE
        return None

    def _welcome(self, rest: str) -> Response:
        """Return a page that keeps the token and leads on to an address without it.

        A redirection would not do: where a link on another site led here, it counts as asked for by that site, and
        the cookie is not sent along.
        """
        onward = f"/?{rest}" if rest else "/"
        page = f'<!doctype html><title>Tiau</title><p><a href="{escape(onward)}">To the explorer</a>\n'
        headers = {"refresh": f"0; url={onward}", "cache-control": "no-store"}
        answer = Response(page, media_type="text/html", headers=headers)
        answer.set_cookie(self._access.cookie, self._access.token, httponly=True, samesite="strict", path="/")
        return answer


def _instead(error: Exception, path: str) -> Response:
    """Return what is answered where something went wrong."""
    match error:
        case Refusal():
            return refused(error, path)
        case InputError():
            return in_json(said(error), 422)
        case _:
            return in_json(said(error), 500)


def _limited(receive: Receive) -> Receive:
    """Receive a body, and refuse one that grows too large, whatever length it claims to have."""
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        got += len(message.get("body", b""))
        if got > LARGEST_BODY:
            raise _TOO_LARGE
        return message

    return limited


def _headers(scope: Scope) -> Headers:
    found: Headers = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _size(scope: Scope) -> int:
    address = len(scope["path"]) + len(scope["query_string"])
    return address + sum(len(name) + len(value) for name, value in scope["headers"])


def _length(headers: Headers) -> int:
    text = headers.get("content-length", ["0"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else LARGEST_BODY + 1


def _media_type(headers: Headers) -> str:
    return ";".join(headers.get("content-type", [])).partition(";")[0].strip().lower()


def _carried(headers: Sequence[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """Return headers of an answer with those that every answer has, unless it says otherwise."""
    kept = "no-store" if path.startswith("/api/") else "no-cache"
    own = dict(headers)
    every = [(name.encode(), value.encode()) for name, value in (*CARRIED, ("cache-control", kept))]
    return [*headers, *(pair for pair in every if pair[0] not in own)]
