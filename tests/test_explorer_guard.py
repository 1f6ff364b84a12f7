"""Who is let in to the explorer, what may be brought in, and what every answer carries."""

import json
import re
import socket
import time

import pytest

from asking import served
from explored import Toy
from tiau.explorer import patience, watching
from tiau.explorer.access import Access
from tiau.explorer.guard import LARGEST_BODY, LARGEST_HEAD, POLICY
from tiau.explorer.refusals import Refusal

RUN = {"digest": None, "stage": "expected"}
PAGE = {
    "index.html": "<!doctype html>", "main.mjs": "export {};", "style/base.css": "p {}", "picture.svg": "<svg/>",
    "vendor/one.LICENSE": "free", "secret.txt": "not a part of the page",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("page") / "static"
    for name, text in PAGE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root.parent / "outside.mjs").write_text("outside", encoding="utf-8")
    (root / "leads.mjs").symlink_to(root.parent / "outside.mjs")
    (root / "up").symlink_to(root.parent)
    return root


@pytest.fixture(scope="module")
def at(folder):
    with served(Toy(), folder=folder) as found:
        yield found


@pytest.fixture(scope="module")
def shared(folder):
    with served(Toy(), folder=folder, host="127.0.0.1") as found:
        yield found


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
def test_names_of_this_machine_are_served(at, name):
    assert at.ask("GET", "/", Host=f"{name}:{at.port}")[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{}", "127.0.0.2:{}", "", "[::1]", ":{}"],
)
def test_other_names_are_refused_as_after_dns_rebinding(at, host):
    status, _, answer = at.ask("GET", "/api/scenario", Host=host.format(at.port))
    assert status == 403
    assert set(json.loads(answer)) == {"problem", "remedy"}
    assert at.ask("GET", "/", Host=host.format(at.port))[0] == 403


def test_two_hosts_are_no_host(at):
    twice = f"GET / HTTP/1.1\r\nHost: {at.host}\r\nHost: {at.host}\r\n\r\n"
    assert b" 200 " not in at.raw(twice.encode()).split(b"\r\n")[0]


FOREIGN = {
    "another site": {"Origin": "http://evil.example"},
    "another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "another name of this machine": {"Origin": "http://localhost:{}"},
    "a file": {"Origin": "null"},
    "encrypted": {"Origin": "https://127.0.0.1:{}"},
    "nobody": {"Origin": None},
    "nobody, from the same site": {"Origin": None, "Sec_Fetch_Site": "same-site"},
    "nobody, by hand": {"Origin": None, "Sec_Fetch_Site": "none"},
    "ours, but from elsewhere": {"Sec_Fetch_Site": "cross-site"},
}


@pytest.mark.parametrize("origin", FOREIGN)
def test_pages_from_elsewhere_change_nothing(at, origin):
    headers = {name: value and value.format(at.port) for name, value in FOREIGN[origin].items()}
    status, _, answer = at.ask("POST", "/api/run", json.dumps(RUN), **headers)
    assert (status, "problem" in json.loads(answer)) == (403, True)


def test_our_page_asks(at):
    for headers in ({}, {"Sec_Fetch_Site": "same-origin"}, {"Origin": None, "Sec_Fetch_Site": "same-origin"}):
        assert at.ask("POST", "/api/run", json.dumps(RUN), **headers)[0] == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_from_elsewhere_read_no_answers(at, site):
    assert at.ask("GET", "/api/scenario", Sec_Fetch_Site=site)[0] == 403
    assert at.ask("GET", "/api/scenario", Origin="http://evil.example")[0] == 403
    assert at.ask("GET", "/", Sec_Fetch_Site=site)[0] == 200
    assert at.ask("GET", "/api/scenario", Sec_Fetch_Site="none")[0] == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None, "json"]
)
def test_forms_are_refused(at, kind):
    assert at.ask("POST", "/api/run", json.dumps(RUN), Content_Type=kind)[0] == 415


def test_json_with_its_letters_named_is_json(at):
    assert at.ask("POST", "/api/run", json.dumps(RUN), Content_Type="Application/JSON; charset=utf-8")[0] == 200


def test_other_methods_are_refused(at):
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        assert at.ask(method, "/api/run", "{}")[0] == 405
        assert at.ask(method, "/", "{}")[0] == 405
    assert at.ask("GET", "/api/run")[0] == 405
    assert at.ask("POST", "/api/scenario", "{}")[0] == 405


def test_every_answer_carries_the_policy(at):
    for path, status in (("/", 200), ("/main.mjs", 200), ("/nowhere", 404), ("/api/scenario", 200), ("/api/no", 404)):
        found, headers, _ = at.ask("GET", path)
        assert found == status
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == ("no-store" if path.startswith("/api") else "no-cache")
        assert "server" not in headers
    for part in ("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'"):
        assert part in POLICY
    assert "unsafe" not in POLICY
    assert at.ask("GET", "/", Host="evil")[1]["content-security-policy"] == POLICY


def large(size):
    return json.dumps({**RUN, "what_if": {"why": "x" * (size - 60)}})


def test_a_body_that_is_too_large_is_refused_by_its_length(at):
    sent = (
        f"POST /api/run HTTP/1.1\r\nHost: {at.host}\r\nOrigin: http://{at.host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {LARGEST_BODY + 1}\r\n\r\n"
    )
    answer = at.raw(sent.encode())
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"problem"' in answer


def test_a_body_without_a_length_is_refused_while_it_is_read(at):
    body = large(2 * LARGEST_BODY).encode()
    chunks = b"".join(b"1000\r\n" + body[n : n + 4096] + b"\r\n" for n in range(0, len(body) // 4096 * 4096, 4096))
    head = f"POST /api/run HTTP/1.1\r\nHost: {at.host}\r\nOrigin: http://{at.host}\r\n"
    head += "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    # No end is sent: it must not be waited for.
    assert at.raw(head.encode() + chunks + b"\r\n\r\n").startswith(b"HTTP/1.1 413 ")


def test_a_body_just_below_the_limit_is_read(at):
    status, _, answer = at.ask("POST", "/api/run", large(LARGEST_BODY - 100))
    assert status == 422
    assert "letters" in json.loads(answer)["remedy"]


def test_an_address_or_headers_that_are_too_long_are_refused(at):
    assert at.ask("GET", f"/{'x' * LARGEST_HEAD}")[0] == 431
    assert at.ask("GET", f"/?{'x' * LARGEST_HEAD}")[0] == 431
    assert at.ask("GET", "/", Cookie="x" * LARGEST_HEAD)[0] == 431
    endless = f"GET / HTTP/1.1\r\nHost: {at.host}\r\nCookie: {'x' * 2 * LARGEST_HEAD}"
    assert at.raw(endless.encode()).startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 431 "))
    assert at.ask("GET", "/")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.mjs", "/%2e%2e/outside.mjs", "/..%2foutside.mjs", "/style/../../outside.mjs", "/up/outside.mjs",
        "/leads.mjs", "/main.mjs%00", "/%00", "//main.mjs", "/./main.mjs", "/style", "/style/", "/secret.txt",
        "/..%5coutside.mjs", "/main.mjs/", "/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd", "/%ff", "/main.mjs;x",
    ],
)  # fmt: skip
def test_no_other_file_is_served(at, path):
    status, _, answer = at.ask("GET", path)
    assert status == 404
    assert b"outside" not in answer


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"), ("/index.html", "text/html"), ("/main.mjs", "text/javascript"),
        ("/picture.svg", "image/svg+xml"), ("/style/base.css", "text/css"), ("/vendor/one.LICENSE", "text/plain"),
    ],
)  # fmt: skip
def test_files_of_the_page_are_served_as_what_they_are(at, path, kind):
    status, headers, answer = at.ask("GET", path)
    assert (status, headers["content-type"].partition(";")[0]) == (200, kind)
    assert answer.decode() == PAGE[path[1:] or "index.html"]
    assert at.ask("HEAD", path)[::2] == (200, b"")
    assert at.ask("GET", path, If_None_Match=headers["etag"])[::2] == (304, b"")
    assert at.ask("GET", path, If_None_Match='"other"')[0] == 200


def test_a_file_that_is_edited_has_another_tag(at, folder):
    before = at.ask("GET", "/main.mjs")[1]["etag"]
    (folder / "main.mjs").write_text("export const x = 1;", encoding="utf-8")
    assert at.ask("GET", "/main.mjs", If_None_Match=before)[0] == 200
    (folder / "main.mjs").write_text(PAGE["main.mjs"], encoding="utf-8")


def test_others_need_the_token(shared):
    for cookie in (None, f"tiau-{shared.port}=", f"tiau-{shared.port}=x", f"tiau-1={shared.access.token}", "x"):
        for path in ("/", "/main.mjs", "/api/scenario"):
            assert shared.ask("GET", path, Cookie=cookie)[0] == 403
        assert shared.ask("POST", "/api/run", json.dumps(RUN), Cookie=cookie)[0] == 403
    assert shared.ask("GET", "/?token=x")[0] == 403
    assert shared.ask("GET", "/?token=")[0] == 403
    assert shared.ask("GET", f"/api/scenario?token={shared.access.token}")[0] == 403


def test_the_token_is_taken_once_and_kept_in_a_cookie(shared):
    status, headers, page = shared.ask("GET", f"/?token={shared.access.token}&what=a%26b%22%3E")
    assert status == 200
    assert headers["refresh"] == "0; url=/?what=a%26b%22%3E"
    assert headers["cache-control"] == "no-store"
    assert shared.access.token not in headers["refresh"]
    assert shared.access.token.encode() not in page
    kept = headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(re.split("; ", kept))
    cookie = f"other=1; {kept.partition(';')[0]}"
    assert shared.ask("GET", "/", Cookie=cookie)[0] == 200
    assert shared.ask("POST", "/api/run", json.dumps(RUN), Cookie=cookie)[0] == 200
    assert shared.ask("POST", "/api/run", json.dumps(RUN), Cookie=cookie, Origin="http://evil.example")[0] == 403


def test_tokens_are_long_and_never_the_same():
    tokens = {Access.of_host("0.0.0.0", 1).token for _ in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 32
    assert all(token not in repr(Access(1, token=token)) for token in tokens)


def test_where_every_network_is_served_addresses_are_and_names_of_others_are_not():
    everywhere = Access.of_host("0.0.0.0", 80)
    own = socket.gethostname().lower()
    for host in ("192.168.1.7", "192.168.1.7:80", "[fe80::1]:80", own, "localhost"):
        assert everywhere.require_host({"host": [host]}) == host
    for host in ("evil.example", "evil.example:80", "192.168.1.7:81", "192.168.1.7.evil.example", "[evil]", ""):
        with pytest.raises(Refusal):
            everywhere.require_host({"host": [host]})
    one = Access.of_host("192.168.1.7", 80)
    with pytest.raises(Refusal):
        one.require_host({"host": ["192.168.1.8"]})


@pytest.mark.parametrize(
    "sent",
    [
        "", "GET / HTTP/1.1\r\nHost: ", "POST /api/run HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\n"
        "Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{{",
        "GET / HTTP/1.1\r\nHost: {0}\r\n\r\nGET / HTTP/1.1\r\n",
    ],
)  # fmt: skip
def test_who_takes_forever_to_ask_is_cut_off(at, monkeypatch, sent):
    monkeypatch.setattr(patience, "LONGEST_ARRIVAL", 0.5)
    with socket.create_connection(("127.0.0.1", at.port), timeout=10) as connection:
        connection.sendall(sent.format(at.host).encode())
        with pytest.raises(ConnectionError):  # noqa: PT012
            # A letter now and then keeps nothing open.
            for _ in range(30):
                time.sleep(0.1)
                connection.sendall(b"x")
    assert at.ask("GET", "/")[0] == 200


def test_who_asked_in_time_is_answered_for_as_long_as_it_takes(at, monkeypatch):
    monkeypatch.setattr(patience, "LONGEST_ARRIVAL", 0.3)
    monkeypatch.setattr(watching, "ALIVE", 0.4)
    with at.stream("/api/watch") as lines:
        assert [next(lines) for _ in range(4)]
