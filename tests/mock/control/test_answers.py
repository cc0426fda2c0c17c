"""Answers given for calls that are not imitated: over HTTP, by a seed, by the fixture, in another process."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from genauth_contract.api.document import every_endpoint
from genauth_contract.outcomes import requests
from genauth_mock.api.documented import ANSWERABLE, NOT_IMITATED
from genauth_mock.api.management import MANAGED
from genauth_mock.testing import GenAuthServer
from genauth_mock.testing.in_process import InProcessGenAuth
from tests.mock.support import seeds
from tests.mock.support.control import call
from tests.mock.support.http import Http, Json, post

ALIPAY = "GET /api/v3/get-alipay-authinfo?extIdpConnidentifier=x"


async def given(http: aiohttp.ClientSession, route: str, data: object, **more: object) -> None:
    status, answer = await call(http, "POST /_mock/answers", {"route": route, "data": data, **more})
    assert status == 200, answer


@pytest.mark.parametrize("data", [{"authInfo": "a=b"}, [{"id": 1}], "text", 0, False])
async def test_a_call_that_is_not_imitated_answers_what_it_was_given(
    http: Http, data: object
) -> None:
    assert (await call(http, ALIPAY))[0] == 501
    await given(http, "get-alipay-authinfo", data)
    status, answer = await call(http, ALIPAY)
    assert (status, answer["statusCode"], answer["data"]) == (200, 200, data)
    assert (await call(http, ALIPAY, app_id="other"))[0] == 501


async def test_an_answer_may_have_no_data(http: Http) -> None:
    await call(http, "POST /_mock/answers", {"route": "get-alipay-authinfo"})
    _, answer = await call(http, ALIPAY)
    assert (answer["statusCode"], "data" in answer) == (200, False)


async def test_a_bare_answer_has_no_envelope(http: Http) -> None:
    await given(http, "/api/v2/upload", {"url": "https://cdn.test/a.png"}, bare=True)
    answer = {"url": "https://cdn.test/a.png"}
    assert await call(http, "POST /api/v2/upload", {}) == (200, answer)


async def test_what_one_connection_of_a_sign_in_lacks_may_be_given(http: Http) -> None:
    ldap = {"connection": "LDAP", "ldapPayload": {"sAMAccountName": "ada", "password": "x"}}
    assert (await call(http, "POST /api/v3/signin", ldap))[0] == 501
    await given(http, "signin", {"access_token": "t", "token_type": "bearer", "expire_in": 1})
    assert (await call(http, "POST /api/v3/signin", ldap))[1]["data"]["access_token"] == "t"
    by_password = {"connection": "PASSWORD", "passwordPayload": {"username": "x", "password": "y"}}
    assert (await call(http, "POST /api/v3/signin", by_password))[1]["apiCode"] == 2333


@pytest.mark.parametrize(
    ("call_name", "body"),
    [
        ("update-password", {"newPassword": "x"}),
        ("reset-password", {"password": "x", "passwordResetToken": "t"}),
        ("validate-password", {"password": "x", "username": "ada"}),
        (
            "verify-delete-account-request",
            {"verifyMethod": "PASSWORD", "passwordPayload": {"password": "x"}},
        ),
        ("signin", {"connection": "LDAP", "ldapPayload": {"sAMAccountName": "a", "password": "x"}}),
        (
            "signup",
            {"connection": "PASSWORD", "passwordPayload": {"username": "a", "password": "x"}},
        ),
    ],
)
async def test_a_password_encrypted_with_sm2_says_its_way_out_and_is_answered(
    http: Http, call_name: str, body: Json
) -> None:
    sm2 = {"passwordEncryptType": "sm2"}
    sent = {**body, **sm2, "options": sm2}
    if "verifyMethod" in body:
        sent["passwordPayload"] = {**body["passwordPayload"], **sm2}
    named = {"x_genauth_app_id": "app"}
    await post(http, "/_mock/settings", {"extIdps": [{"identifier": "l", "type": "ldap"}]}, **named)
    user = await post(http, "/_mock/users", {"username": "ada"}, **named)
    named["authorization"] = str(user["accessToken"])
    refused = await post(http, f"/api/v3/{call_name}", sent, **named)
    assert refused["statusCode"] == 501
    assert "sm2, beside none and rsa; POST /_mock/answers gives it an answer" in refused["message"]
    await given(http, call_name, {"of": "sm2"})
    answered = await post(http, f"/api/v3/{call_name}", sent, **named)
    assert answered["data"] == {"of": "sm2"}


def test_every_call_that_may_say_501_may_be_given_an_answer() -> None:
    told = {each.full_path for each in every_endpoint() if requests.NOT_IMITATED in each.outcomes}
    assert told
    assert told <= ANSWERABLE


async def test_variable_parts_and_undocumented_paths_are_answered(http: Http) -> None:
    await given(http, "/api/v2/saml-idp/{appId}", {"done": True})
    _, answer = await call(http, "POST /api/v2/saml-idp/some-id", {})
    assert answer["data"] == {"done": True}
    await given(http, "/api/v3/of-next-year", {"done": True})
    assert (await call(http, "POST /api/v3/of-next-year", {}))[1]["data"] == {"done": True}


async def test_whatever_is_not_imitated_is_answered_as_it_is_given(http: Http) -> None:
    """Of the management API a few stand for all: each has a path of the same form."""
    few = sorted(NOT_IMITATED - MANAGED) + sorted(NOT_IMITATED & MANAGED)[::60]
    for route in few:
        await given(http, route, {"of": route})
        path = re.sub(r"{\w+}", "some-id", route)
        for method in ("GET", "POST"):
            status, answer = await call(http, f"{method} {path}", {} if method == "POST" else None)
            assert (status, answer["data"]) == (200, {"of": route}), (method, path)


async def test_the_logout_of_cas_names_no_app(http: Http) -> None:
    body = {"route": "/cas-idp/logout", "data": {"done": True}}
    async with http.post("/_mock/answers", json=body) as reply:
        assert reply.status == 200
    async with http.get("/cas-idp/logout") as reply:
        assert (await reply.json())["data"] == {"done": True}


async def test_answers_are_listed_replaced_and_taken_back(http: Http) -> None:
    await given(http, "get-alipay-authinfo", {"authInfo": "one"})
    await given(http, "get-alipay-authinfo", {"authInfo": "two"})
    _, listed = await call(http, "GET /_mock/answers")
    route = "/api/v3/get-alipay-authinfo"
    assert listed["answers"] == [{"route": route, "data": {"authInfo": "two"}, "bare": False}]
    assert await call(http, "DELETE /_mock/answers?route=get-alipay-authinfo") == (
        200,
        {"removed": 1},
    )
    assert (await call(http, ALIPAY))[0] == 501
    status, answer = await call(http, "DELETE /_mock/answers", {"route": "get-alipay-authinfo"})
    assert (status, answer["error"]) == (404, f"{route} was given no answer in app 'app'")
    await given(http, "get-alipay-authinfo", 1)
    assert await call(http, "DELETE /_mock/answers") == (200, {"removed": 1})


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"route": "get-profile"}, "route /api/v3/get-profile is imitated"),
        ({"route": "get-alipay-authinf"}, "(get-alipay-authinfo"),
        ({"route": "/_mock/users"}, "route must name a call that is not imitated"),
        ({"data": {}}, "route is missing"),
        ({"route": "get-alipay-authinfo", "date": 1}, "unknown field 'date'"),
        ({"route": "/a", "data": [], "bare": True}, "data must be an object where bare is true"),
    ],
)
async def test_an_answer_that_cannot_be_is_refused(
    http: Http, body: dict[str, object], says: str
) -> None:
    status, answer = await call(http, "POST /_mock/answers", body)
    assert status == 400
    assert says in answer["error"]


async def test_a_state_and_another_process_have_the_answers_too(servers: tuple[Http, Http]) -> None:
    first, second = servers

    async def ask(http: Http, method: str, path: str, body: object = None) -> dict[str, Any]:
        async with http.request(method, path, json=body) as reply:
            answer: dict[str, Any] = await reply.json()
            return answer

    body = {"route": "get-alipay-authinfo", "data": {"authInfo": "a"}}
    await ask(first, "POST", "/_mock/answers", body)
    path = ALIPAY.split(" ")[1]
    assert (await ask(second, "GET", path))["data"] == {"authInfo": "a"}
    state = await ask(second, "GET", "/_mock/state")
    await ask(first, "POST", "/_mock/reset")
    assert (await ask(second, "GET", path))["statusCode"] == 501
    await ask(second, "POST", "/_mock/state", state)
    assert (await ask(first, "GET", path))["data"] == {"authInfo": "a"}


SEED = """
[[answers]]
route = "get-wechat-access-token"
data = { accessToken = "w" }

[[apps]]
appId = "other"
[[apps.answers]]
route = "/api/v3/get-wechat-access-token"
bare = true
data = { accessToken = "o" }
"""


@pytest.fixture
def answering(seed_file: Path) -> InProcessGenAuth:
    """Give an offline GenAuth whose seed has answers."""
    seed_file.write_text(SEED)
    return seeds.seeded(seed_file)


async def test_a_seed_gives_answers(answering: InProcessGenAuth) -> None:
    genauth = answering
    path = "/api/v3/get-wechat-access-token"
    assert (await seeds.call(genauth, path, {}))["data"] == {"accessToken": "w"}
    other = {"x-genauth-app-id": "other"}
    assert await seeds.call(genauth, path, {}, **other) == {"accessToken": "o"}


def test_the_fixture_gives_answers(genauth_server: GenAuthServer) -> None:
    import httpx  # noqa: PLC0415 - one test

    genauth_server.answer("get-wechat-access-token", {"accessToken": "w"})
    reply = httpx.post(
        f"{genauth_server.app_host}/api/v3/get-wechat-access-token",
        json={},
        headers={"x-genauth-app-id": genauth_server.app_id},
    )
    assert reply.json()["data"] == {"accessToken": "w"}
