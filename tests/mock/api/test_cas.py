"""Signing in by CAS: a browser comes back with a ticket, and the SDK learns once whose it is."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

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


async def ticket_of(http: Http, service: str = SERVICE, path: str = "", user: str = "ada") -> str:
    """Sign in with a browser; give the ticket that it comes back with."""
    async with http.get(
        f"/cas-idp/{APP}{path}",
        params={"service": service},
        headers={SIGN_IN_AS: user},
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


@pytest.mark.parametrize("path", ["serviceValidate", "p3/serviceValidate"])
async def test_a_ticket_tells_the_attributes_of_whoever_signed_in(http: Http, path: str) -> None:
    await post(http, "/_mock/users", {"username": "<b>", "email": "b@example.com"})
    said: list[tuple[str, str]] = []
    for form in ({}, {"format": "JSON"}):
        ticket = await ticket_of(http, user="<b>")
        async with http.get(
            f"/cas-idp/{APP}/{path}", params={"service": SERVICE, "ticket": ticket, **form}
        ) as reply:
            said.append((reply.content_type, await reply.text()))
    (xml, written), (as_json, told) = said
    assert (xml, as_json) == ("application/xml", "application/json")
    success = json.loads(told)["serviceResponse"]["authenticationSuccess"]
    assert success["user"] == success["attributes"]["username"] == "<b>"
    assert success["attributes"]["email_verified"] is True
    assert success["attributes"]["address"]["country"] is None
    names = {"cas": "http://www.yale.edu/tp/cas"}
    [element] = ET.fromstring(written).findall("cas:authenticationSuccess", names)  # noqa: S314 - ours
    assert element.findtext("cas:user", namespaces=names) == "<b>"
    attributes = element.find("cas:attributes", names)
    assert attributes is not None
    assert attributes.findtext("cas:email_verified", namespaces=names) == "true"
    assert attributes.findtext("cas:sub", namespaces=names) == success["attributes"]["sub"]
    assert attributes.find("cas:website", names) is None


async def test_what_xml_may_not_hold_is_replaced(http: Http) -> None:
    await post(http, "/_mock/users", {"username": "eve", "nickname": "a\x0b<\x00\ufffe\tb"})
    asked = {"service": SERVICE, "ticket": await ticket_of(http, user="eve")}
    async with http.get(f"/cas-idp/{APP}/serviceValidate", params=asked) as reply:
        element = ET.fromstring(await reply.text())  # noqa: S314 - ours
    nickname = element.find(".//{http://www.yale.edu/tp/cas}nickname")
    assert nickname is not None
    assert nickname.text == "a?<??\tb"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"service": SERVICE, "ticket": "ST-made-up"}, "INVALID_TICKET"),
        ({"service": SERVICE}, "INVALID_REQUEST"),
        ({"ticket": "ST-made-up"}, "INVALID_REQUEST"),
    ],
)
async def test_a_ticket_that_says_nothing_is_told_with_its_reason(
    http: Http, asked: dict[str, str], code: str
) -> None:
    path = f"/cas-idp/{APP}/serviceValidate"
    async with http.get(path, params={**asked, "format": "json"}) as reply:
        failure = (await reply.json())["serviceResponse"]["authenticationFailure"]
    assert failure["code"] == code
    async with http.get(path, params=asked) as reply:
        assert f'<cas:authenticationFailure code="{code}">{failure["description"]}<' in (
            await reply.text()
        )


async def test_proxies_are_not_imitated(http: Http) -> None:
    asked = {"service": SERVICE, "ticket": "ST-made-up", "pgtUrl": "http://localhost:8000/"}
    async with http.get(f"/cas-idp/{APP}/serviceValidate", params=asked) as reply:
        assert (reply.status, "pgtUrl" in await reply.text()) == (501, True)


async def test_a_ticket_of_a_user_who_is_gone_says_nothing(http: Http) -> None:
    made = await post(http, "/_mock/users", {"username": "gone"})
    ticket = await ticket_of(http, user="gone")
    async with http.delete(f"/_mock/users/{made['userId']}") as reply:
        assert reply.status == 200
    asked = {"service": SERVICE, "ticket": ticket}
    async with http.get(f"/cas-idp/{APP}/validate", params=asked) as reply:
        assert await reply.text() == "no\n\n"


async def test_a_path_below_an_app_is_of_that_app(http: Http) -> None:
    ticket = await ticket_of(http)
    asked = {"service": SERVICE, "ticket": ticket}
    async with http.get("/cas-idp/another-app/validate", params=asked) as reply:
        assert await reply.text() == "no\n\n"
