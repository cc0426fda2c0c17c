"""Signing in by CAS: a browser comes back with a ticket, and the SDK learns once whose it is."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from aiogenauth import AuthenticationClient
from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.server.launch import Running
from tests.mock.support.http import Http, post

SERVICE = "http://localhost:8000/cas?next=/a&b=c"
APP = "genauth-mock-app"

pytestmark = pytest.mark.usefixtures("ada")


@pytest.fixture
async def ada(http: Http) -> None:
    """Make a user."""
    await post(http, "/_mock/users", {"username": "ada"})


async def ticket_of(http: Http, service: str = SERVICE, path: str = "") -> str:
    """Sign in with a browser as ada; give the ticket that it comes back with."""
    async with http.get(
        f"/cas-idp/{APP}{path}",
        params={"service": service},
        headers={SIGN_IN_AS: "ada"},
        allow_redirects=False,
    ) as reply:
        assert reply.status == 302
        location = urlsplit(reply.headers["Location"])
    assert location._replace(query="").geturl() == "http://localhost:8000/cas"
    query = parse_qs(location.query)
    assert query["next"] == ["/a"]
    return query["ticket"][0]


@pytest.mark.parametrize("path", ["", "/login"])
async def test_a_ticket_says_once_who_signed_in(http: Http, server: Running, path: str) -> None:
    ticket = await ticket_of(http, path=path)
    async with AuthenticationClient(app_id=APP, app_host=server.url) as client:
        checked = await client.validate_ticket_v1(ticket, SERVICE)
        assert checked
        assert checked.username == "ada"
        assert not await client.validate_ticket_v1(ticket, SERVICE)
        assert not await client.validate_ticket_v1("ST-made-up", SERVICE)


async def test_a_ticket_is_good_for_one_service_and_five_minutes(
    http: Http, server: Running
) -> None:
    async with AuthenticationClient(app_id=APP, app_host=server.url) as client:
        ticket = await ticket_of(http)
        assert not await client.validate_ticket_v1(ticket, "http://localhost:8000/other")
        assert not await client.validate_ticket_v1(ticket, SERVICE)
        late = await ticket_of(http)
        await post(http, "/_mock/clock", {"advanceSeconds": 300})
        assert not await client.validate_ticket_v1(late, SERVICE)


@pytest.mark.parametrize(
    ("query", "headers", "status_code", "said"),
    [
        ({}, {}, 400, "service"),
        ({"service": "https://elsewhere.example/cb"}, {SIGN_IN_AS: "ada"}, 400, "service"),
        ({"service": SERVICE}, {}, 501, "signInAs"),
        ({"service": SERVICE}, {SIGN_IN_AS: "nobody"}, 404, ""),
    ],
)
async def test_a_browser_is_not_sent_back_without_a_user_and_a_service(
    http: Http,
    query: dict[str, str],
    headers: dict[str, str],
    status_code: int,
    said: str,
) -> None:
    async with http.get(
        f"/cas-idp/{APP}", params=query, headers=headers, allow_redirects=False
    ) as reply:
        answer = await reply.json()
    assert answer["statusCode"] == status_code
    assert said in answer["message"]


async def test_a_path_below_an_app_is_of_that_app(http: Http) -> None:
    ticket = await ticket_of(http)
    asked = {"service": SERVICE, "ticket": ticket}
    async with http.get("/cas-idp/another-app/validate", params=asked) as reply:
        assert await reply.text() == "no\n\n"
