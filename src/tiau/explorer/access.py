"""Who may ask: a page of this server in a browser on this machine, or whoever has the token."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from tiau.explorer.refusals import Refusal

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TOKEN = "token"
READING = ("GET", "HEAD")
_AGAIN = "Open the address that tiau explore printed."
Headers = dict[str, list[str]]


@dataclass(frozen=True)
class Access:
    """What is served under which names, and to whom.

    Attributes
    ----------
    port : int
    names : frozenset of str
        Names of hosts in lower case, an address of version 6 in brackets.
    any_address : bool
        Whether every address is served as well, as where all networks of a machine are. A name that somebody else
        leads to this machine is not among them.
    token : str
        What must be known; blank where nothing need be.
    """

    port: int
    names: frozenset[str] = frozenset(LOOPBACK)
    any_address: bool = False
    token: str = field(default="", repr=False)

    @classmethod
    def of_host(cls, host: str, port: int) -> Access:
        """Return the access to a host that was asked for, with a new token."""
        name = host.lower().strip("[]")
        everywhere = _is_unspecified(name)
        own = {socket.gethostname().lower(), socket.getfqdn().lower()} if everywhere else {_bracketed(name)}
        return cls(port, frozenset(LOOPBACK) | own, everywhere, secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers tell servers on one machine apart by it, as cookies know no port."""
        return f"tiau-{self.port}"

    def require_host(self, headers: Headers) -> str:
        """Return the host that is asked for; raise Refusal if it is none that is served, as after DNS rebinding."""
        given = headers.get("host", [])
        host = given[0].lower() if len(given) == 1 else ""
        name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if not colon:
            name, port = host, "80"
        served = name in self.names or (self.any_address and _is_address(name))
        if not served or port != str(self.port):
            raise Refusal(403, "This name is not served here.", _AGAIN)
        return host

    def require_own_page(self, method: str, path: str, host: str, headers: Headers) -> None:
        """Raise Refusal where a page from somewhere else asks."""
        origins, site = headers.get("origin", []), headers.get("sec-fetch-site", [])
        api, changes = path.startswith("/api/"), method not in READING
        foreign = bool(origins) and [origin.lower() for origin in origins] != [f"http://{host}"]
        if api or changes:
            foreign |= bool(site) and site not in (["same-origin"], ["none"])
        if changes:
            foreign |= not origins and site != ["same-origin"]
        if foreign:
            raise Refusal(403, "The server does not take questions from this page.", _AGAIN)

    def knows(self, words: Iterable[str]) -> bool:
        """Whether the token is among some words."""
        return any(secrets.compare_digest(word.encode(), self.token.encode()) for word in words)

    def require_token(self, headers: Headers) -> None:
        """Raise Refusal where a token is needed and no cookie has it."""
        pairs = [pair.strip().partition("=") for text in headers.get("cookie", []) for pair in text.split(";")]
        if self.token and not self.knows([value for name, _, value in pairs if name == self.cookie]):
            raise Refusal(403, "Only who has the whole address may look.", _AGAIN)

    def handed_in(self, query: bytes) -> str | None:
        """Return what is left of a query that holds the token; None where it does not."""
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        if not self.token or not self.knows([value for key, value in pairs if key == TOKEN]):
            return None
        return urlencode([(key, value) for key, value in pairs if key != TOKEN])


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_unspecified(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_unspecified
