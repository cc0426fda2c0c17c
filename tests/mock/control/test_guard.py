"""The guard in front of ``/_mock/``: the rule, and that it stands before every control path."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import pytest

from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.guard import Guard
from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOCAL = "127.0.0.1:9480"
TOKEN = "canary-control-token"


@pytest.mark.parametrize(
    "host",
    [LOCAL, "127.0.0.1", "localhost:1", "LOCALHOST", "genauth.localhost:9480", "[::1]:9480"],
)
def test_loopback_is_known_under_all_its_names(host: str) -> None:
    assert Guard().denial({"host": host}) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.7",
        "",
        "[",
        "@",
        "evil.example@127.0.0.1",
        "127.0.0.1#evil.example",
        "[::1].evil.example",
        "127.0.0.1:abc",
        "127.0.0.1:65536",
        "127.0.0.1/x",
        "127.0.0.1:9480:1",
        "127.0.0.1 ",
        "localhost..",
        "127.0.0.1?x",
    ],
)
def test_a_rebound_name_is_refused(host: str) -> None:
    denial = Guard().denial({"host": host})
    assert denial is not None
    assert denial.http_status == 403
    assert "--allowed-host" in denial.reason


def test_a_call_without_a_host_is_refused() -> None:
    assert Guard().denial({}) is not None


def test_an_allowed_host_is_known() -> None:
    assert Guard(frozenset({"genauth"})).denial({"host": "GenAuth:9480"}) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - named, not bound
def test_listening_on_every_address_knows_every_address_and_no_name(host: str) -> None:
    guard = Guard(frozenset({host}))
    assert guard.denial({"host": "10.0.0.7:9480"}) is None
    assert guard.denial({"host": "evil.example"}) is not None


@pytest.mark.parametrize(
    ("origin", "host"),
    [("http://127.0.0.1:9480", LOCAL), ("http://localhost", "localhost:80")],
    ids=["same", "default port"],
)
def test_our_own_page_may_call(origin: str, host: str) -> None:
    assert Guard().denial({"host": host, "origin": origin}) is None


def test_page_at_the_public_url_may_call_whatever_host_the_proxy_names() -> None:
    guard = Guard(frozenset({"mock.example"}), None, "https://mock.example")
    assert guard.denial({"host": LOCAL, "origin": "https://mock.example"}) is None
    assert guard.denial({"host": LOCAL, "origin": "http://mock.example"}) is not None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:3000",
        "http://localhost:9480",
        "null",
        "",
        "file://",
    ],
)
def test_a_page_of_another_origin_may_not(origin: str) -> None:
    denial = Guard().denial({"host": LOCAL, "origin": origin})
    assert denial is not None
    assert denial.http_status == 403
    assert "another origin" in denial.reason


@pytest.mark.parametrize(
    ("site", "may"),
    [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True)],
)
def test_what_the_browser_says_about_the_caller_counts(site: str, may: bool) -> None:
    assert (Guard().denial({"host": LOCAL, "sec-fetch-site": site}) is None) is may


@pytest.mark.parametrize(
    ("mode", "dest", "may"),
    [
        ("navigate", "document", True),
        ("navigate", "iframe", False),
        ("no-cors", "script", False),
        ("cors", "empty", False),
        ("same-origin", "document", False),
    ],
)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_only_a_link_that_a_person_follows_leads_to_the_page(
    mode: str, dest: str, site: str, may: bool
) -> None:
    said = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert (Guard().denial_of_link({"host": LOCAL, **said}) is None) is may
    assert Guard().denial_of_page({"host": LOCAL, **said}) is not None
    assert Guard().denial({"host": LOCAL, **said}) is not None
    assert Guard().denial_of_link({"host": "evil.example", **said}) is not None


def test_form_that_another_page_posts_leads_nowhere() -> None:
    said = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document", "sec-fetch-site": "none"}
    assert Guard().denial({"host": LOCAL, "origin": "http://evil.example", **said}) is not None


LINK = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
}


async def test_link_leads_to_the_page_and_not_to_its_parts_or_calls(
    http: aiohttp.ClientSession,
) -> None:
    for path, status in {"/": 200, "/_mock/page/app.js": 403, "/_mock/messages": 403}.items():
        async with http.get(path, headers=LINK) as answer:
            assert answer.status == status, path


@pytest.mark.parametrize(
    ("shown", "may"),
    [
        ({"authorization": f"Bearer {TOKEN}"}, True),
        ({"authorization": f"bearer {TOKEN}"}, True),
        ({"x-genauth-mock-token": TOKEN}, True),
        ({"authorization": TOKEN}, False),
        ({"x-genauth-mock-token": TOKEN + "x"}, False),
        ({"x-genauth-mock-token": "\udce9"}, False),
        ({}, False),
    ],
    ids=["bearer", "lower case", "own header", "no scheme", "wrong", "not UTF-8", "none"],
)
def test_the_control_token_is_asked_for(shown: dict[str, str], may: bool) -> None:
    denial = Guard(token=TOKEN).denial({"host": LOCAL, **shown})
    assert (denial is None) is may
    if denial is not None:
        assert denial.http_status == 401
        assert TOKEN not in denial.reason


def test_a_token_opens_nothing_for_a_foreign_page() -> None:
    headers = {"host": "evil.example", "x-genauth-mock-token": TOKEN}
    denial = Guard(token=TOKEN).denial(headers)
    assert denial is not None
    assert denial.http_status == 403


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(Guard(token=TOKEN))


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a server that asks for a token."""
    async with (
        running(Options(control_token=TOKEN)) as server,
        aiohttp.ClientSession(server.url) as session,
    ):
        yield session


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example", "X-GenAuth-Mock-Token": TOKEN}, 403),
        ({"Origin": "http://evil.example", "X-GenAuth-Mock-Token": TOKEN}, 403),
        ({"Sec-Fetch-Site": "cross-site", "X-GenAuth-Mock-Token": TOKEN}, 403),
        ({}, 401),
    ],
    ids=["rebound name", "foreign page", "cross-site", "no token"],
)
async def test_every_control_path_is_guarded(
    http: aiohttp.ClientSession, headers: dict[str, str], status: int
) -> None:
    others = [("GET", "/_mock/events"), ("GET", "/_mock/openapi.json"), ("GET", "/_mock/nothing")]
    for method, path in [*((call.method, call.path) for call in CONTROL_CALLS), *others]:
        async with http.request(method, path, headers=headers) as answer:
            assert answer.status == status, (method, path)
            assert "Access-Control-Allow-Origin" not in answer.headers
            assert "error" in await answer.json()


async def test_a_preflight_gets_no_permission(http: aiohttp.ClientSession) -> None:
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    async with http.options("/_mock/reset", headers=headers) as answer:
        assert answer.status == 403
        assert "Access-Control-Allow-Methods" not in answer.headers


async def test_the_page_is_shown_without_a_token_and_not_to_a_rebound_name(
    http: aiohttp.ClientSession,
) -> None:
    async with http.get("/") as shown, http.get("/", headers={"Host": "evil.example"}) as refused:
        assert (shown.status, refused.status) == (200, 403)


async def test_genauths_own_paths_are_not_guarded(http: aiohttp.ClientSession) -> None:
    body = {"channel": "CHANNEL_LOGIN", "phoneNumber": "18812348888"}
    headers = {"Host": "genauth.internal"}
    async with http.post("/api/v3/send-sms", json=body, headers=headers) as answer:
        assert (await answer.json())["statusCode"] == 200


async def test_a_target_in_absolute_form_says_the_host() -> None:
    async with running() as server:
        host, port = server.url.removeprefix("http://").split(":")
        for named, status in (("evil.example", b"403"), ("localhost:1", b"200")):
            reader, writer = await asyncio.open_connection(host, int(port))
            target = f"http://{named}/_mock/health"
            writer.write(f"GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            assert (await reader.readline()).split()[1] == status
            writer.close()
