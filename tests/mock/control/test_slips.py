"""Slips in control calls: each is refused with what there is, and nobody's state changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

import pytest

from genauth_mock.control.calls import CONTROL_CALLS
from genauth_mock.control.control_call import ControlCall
from genauth_mock.control.json_schema import Schema
from genauth_mock.control.schemas import SCHEMAS
from tests.mock.support.control import call
from tests.mock.support.http import Http

Slip = tuple[dict[str, str] | None, object, dict[str, str]]

WATCHED = ("users", "messages", "faults", "settings", "answers", "requests")


def names_in(schema: Schema | None) -> list[str]:
    """Return the names that a body may have."""
    if schema is None:
        return []
    if "$ref" in schema:
        return names_in(SCHEMAS[str(schema["$ref"]).rpartition("/")[2]])
    return [*cast("Schema", schema.get("properties", {}))]


def slips_of(each: ControlCall) -> Iterator[Slip]:
    """Yield a query, a body and headers for every slip of one call."""
    for name in ("app_id", "appid", "AppId", "app"):
        yield {name: "app"}, None, {}
        yield None, {name: "app"}, {}
    yield {"appId": ""}, None, {}
    yield None, {"appId": ""}, {}
    yield None, {"appId": 5}, {}
    yield None, b'{"appId": "app", "appId": "other"}', {}
    yield None, b"{", {}
    yield None, 5, {}
    yield None, None, {"x-genauth-appid": "app"}
    yield None, None, {"authing-app-id": "app"}
    for name in each.query:
        yield {f"{name}s": "1"}, None, {}
        yield {name: ""}, None, {}
    for name in names_in(each.body):
        yield None, {f"{name}z": 1}, {}
        yield None, {name.upper(): 1}, {}
    if each.method == "DELETE":
        yield from ((None, {name: None}, {}) for name in names_in(each.body))


async def seen(http: Http) -> list[str]:
    """Return what the app has."""
    answers: list[str] = []
    for name in WATCHED:
        async with http.get(f"/_mock/{name}", params={"appId": "app"}) as reply:
            answers.append(await reply.text())
    return answers


async def second_devices(http: Http) -> dict[str, str]:
    """Show a QR code and push to a user; give the ids."""
    _, push = await call(http, "POST /api/v3/signin-by-push", {"account": "ada"})
    _, qr_code = await call(http, "POST /api/v3/gene-qrcode", {"type": "MOBILE_APP"})
    return {**push["data"], **qr_code["data"]}


async def test_every_slip_is_refused_and_changes_nothing(http: Http) -> None:
    await call(http, "POST /_mock/users", {"userId": "u1", "username": "ada"})
    await call(http, "POST /_mock/faults", {"route": "bind-phone", "httpStatus": 503})
    sms = {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": "18812348888"}
    await call(http, "POST /api/v3/send-sms", sms)
    codes = await second_devices(http)
    before, tried = await seen(http), 0
    for each in CONTROL_CALLS:
        named = {"userId": "u1", "faultId": "1", **codes}
        path = each.path.format(**named)
        for query, body, headers in slips_of(each):
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            async with http.request(
                each.method,
                path,
                params=query,
                data=data if body is not None else None,
                headers=headers,
            ) as reply:
                answer: dict[str, Any] = await reply.json()
            tried += 1
            assert reply.status == 400, (each.name, query, body, headers, answer)
            assert len(answer["error"]) > len("wrong"), each.name
    assert tried > 40 * 10
    assert await seen(http) == before


@pytest.mark.parametrize(
    ("what", "body", "said"),
    [
        ("DELETE /_mock/faults", {"id": None}, "id is null"),
        ("DELETE /_mock/faults", {"route": None}, "route is null"),
        ("DELETE /_mock/answers", {"route": None}, "route is null"),
        ("POST /_mock/users", {"username": ""}, "username must not be empty"),
        ("POST /_mock/users", {"password": ""}, "password must not be empty"),
        ("POST /_mock/users", [{}, {"username": ""}], "users[1]: username must not be empty"),
        ("POST /_mock/users", {"phoneCountryCode": "+1"}, "goes with a phoneNumber"),
        ("GET /_mock/users?email=ada", None, "there is phoneNumber"),
        ("GET /_mock/messages?limit=1.5", None, "limit must be a whole number"),
        ("GET /_mock/requests?after=-1", None, "after must be a whole number"),
        ("GET /_mock/requests/count?limit=1", None, "unknown filter 'limit'"),
        ("GET /_mock/requests/count?count=true", None, "unknown filter 'count'"),
        ("GET /_mock/webhooks?limit=1e3", None, "limit must be a whole number"),
    ],
)
async def test_slip_is_named(http: Http, what: str, body: object, said: str) -> None:
    status, answer = await call(http, what, body)
    assert (status, said in answer["error"]) == (400, True), answer


async def test_name_given_twice_is_refused_wherever_it_stands(http: Http) -> None:
    twice = b'{"users": [{"username": "ada", "username": "bob"}]}'
    async with http.post("/_mock/users", data=twice) as reply:
        answer = await reply.json()
    assert (reply.status, answer["error"]) == (400, "username is given 2 times: give one")


async def test_app_is_named_by_the_headers_of_both_sdk_families(http: Http) -> None:
    for header in ("x-genauth-app-id", "X-Authing-App-Id"):
        async with http.post("/_mock/users", json={}, headers={header: header}) as reply:
            assert reply.status == 200
        _, found = await call(http, "GET /_mock/users", app_id=header)
        assert len(found["users"]) == 1


async def test_events_of_a_webhook_are_read_in_any_case_and_a_wrong_one_is_named(
    http: Http,
) -> None:
    hook = {"url": "http://localhost:1/", "events": ["USER:Updated ", "login"]}
    _, settings = await call(http, "POST /_mock/settings", {"webhooks": [hook]})
    assert settings["webhooks"][0]["events"] == ["user:updated", "login"]
    for wrong in ("users:updated", "*", 5, None):
        bad = {**hook, "events": ["login", wrong]}
        _, answer = await call(http, "POST /_mock/settings", {"webhooks": [bad]})
        assert f"user:deleted; {wrong!r} is none" in answer["error"]


async def test_of_many_mistakes_the_first_are_told(http: Http) -> None:
    """Sixty thousand names would be told in 15 MB, and comparing each with each would take minutes."""
    many = {f"n{number}": 1 for number in range(60_000)}
    _, answer = await call(http, "POST /_mock/users", many)
    assert answer["error"].count("unknown field") == 100
    assert answer["error"].endswith("; and 59900 more mistakes")
