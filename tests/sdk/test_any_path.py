"""`request`: checked before anything is sent, the same bytes over every transport."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import BaseModel

from aiogenauth import Attempt, AttemptResult, InvalidInput, NotSignedIn, UnexpectedAnswer
from tests.sdk.support.answers import answer, http, raw
from tests.sdk.support.world import FakeServer, Kind, connected

EMPTY = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


class Total(BaseModel):
    """A model of the application."""

    totalCount: int  # noqa: N815 - as the API has it


@pytest.mark.parametrize(
    ("params", "sent"),
    [
        ({"a": True, "b": False, "c": None}, "a=true&b=false"),
        ({"a": 1, "b": 1.5, "c": "x y/z?&=+%é"}, "a=1&b=1.5&c=x+y%2Fz%3F%26%3D%2B%25%C3%A9"),
        ({}, ""),
        ({"c": None}, ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("own", ["", "?own=1"], ids=["no query", "query"])
async def test_query_parameters_are_the_same_bytes_over_every_transport(
    genauth: FakeServer, kind: Kind, params: dict[str, Any], sent: str, own: str
) -> None:
    async with connected(genauth.url, kind) as client:
        await client.request("GET", f"/api/v3/x{own}", params=params)
    queries = "&".join(filter(None, (own[1:], sent)))
    assert genauth.received[0].path == "/api/v3/x" + (f"?{queries}" if queries else "")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({}, b"{}"),
        ({"json": []}, b"[]"),
        ({"json": {}}, b"{}"),
        ({"json": {"a": [1, 2**70, "é", None, True]}}, f'{{"a":[1,{2**70},"é",null,true]}}'),
        ({"json": {1: "x"}}, b'{"1":"x"}'),
        ({"form": {"a": None, "b": True, "c": "x y"}}, b"b=true&c=x+y"),
    ],
    ids=["nothing", "list", "object", "values", "number as key", "form"],
)
async def test_bodies_are_what_was_given(
    genauth: FakeServer, kind: Kind, given: dict[str, Any], sent: bytes | str
) -> None:
    async with connected(genauth.url, kind) as client:
        await client.request("POST", "/api/v3/x", **given)
    assert genauth.received[0].body == (sent.encode() if isinstance(sent, str) else sent)


SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "key": ({"params": {1: "x"}}, "params"),
    "list": ({"params": {"a": ["x"]}}, "params"),
    "half a pair": ({"params": {"a": "\ud800"}}, "params"),
    "no dict": ({"params": "a=1"}, "params"),
    "form": ({"method": "POST", "form": {"a": object()}}, "form"),
    "nan": ({"method": "POST", "json": {"a": math.nan}}, "json"),
    "infinity": ({"method": "POST", "json": [math.inf]}, "json"),
    "half a pair in json": ({"method": "POST", "json": {"a": "\ud800"}}, "json"),
    "object": ({"method": "POST", "json": {"a": object()}}, "json"),
    "path": ({"path": None}, "path"),
    "method": ({"method": None}, "method"),
    "union": ({"method": "POST", "cast_to": int | str}, "cast_to"),
    "object as shape": ({"method": "POST", "cast_to": type(None)}, "cast_to"),
    "unknown class": ({"method": "POST", "cast_to": AttemptResult.__init__}, "cast_to"),
}


@pytest.mark.parametrize("slip", SLIPS)
async def test_a_slip_is_refused_before_anything_is_sent(
    genauth: FakeServer, kind: Kind, slip: str
) -> None:
    given, field = SLIPS[slip]
    arguments: dict[str, Any] = {"method": "GET", "path": "/api/v3/x"} | given
    async with connected(genauth.url, kind) as client:
        with pytest.raises(InvalidInput) as refused:
            await client.request(**arguments)
    assert refused.value.field == field
    assert genauth.received == []


async def test_json_nested_without_end_is_refused(genauth: FakeServer) -> None:
    endless: list[object] = []
    endless.append(endless)
    deep: object = 1
    for _ in range(950):
        deep = [deep]
    async with connected(genauth.url) as client:
        for nested in (endless, deep):
            with pytest.raises(InvalidInput):
                await client.request("POST", "/api/v3/x", json={"a": nested})


async def test_a_model_of_pydantic_is_a_shape(genauth: FakeServer) -> None:
    genauth.on("*", answer({"totalCount": 7}), answer({"totalCount": "canary"}))
    async with connected(genauth.url) as client:
        assert (await client.request("GET", "/api/v3/x", cast_to=Total)).totalCount == 7
        with pytest.raises(UnexpectedAnswer, match="Total") as unexpected:
            await client.request("GET", "/api/v3/x", cast_to=Total)
    assert "canary" not in str(unexpected.value)


@pytest.mark.parametrize(("shape", "data"), [(list, {"a": 1}), (dict, [1]), (tuple, "ab")])
async def test_a_bare_shape_takes_no_other(genauth: FakeServer, shape: Any, data: object) -> None:  # noqa: ANN401
    genauth.on("*", answer(data))
    async with connected(genauth.url) as client:
        with pytest.raises(UnexpectedAnswer):
            await client.request("GET", "/api/v3/x", cast_to=shape)


@pytest.mark.parametrize(
    "path", ["token", "token/revocation", "token/introspection", "register", ".well-known/jwks"]
)
async def test_a_users_token_goes_to_no_endpoint_of_oauth_but_me(
    genauth: FakeServer, kind: Kind, path: str
) -> None:
    genauth.on("*", EMPTY)
    async with connected(genauth.url, kind) as client:
        assert await client.request("POST", f"/oidc/{path}", form={"token": "t"}) is None
        assert await client.request("GET", f"/oauth/{path}") is None
    assert [each.headers.get("authorization") for each in genauth.received] == [None, None]


@pytest.mark.parametrize("path", ["/oidc/me", "/oauth/me", "/oidc/me?x=1"])
async def test_me_is_asked_with_bearer(genauth: FakeServer, kind: Kind, path: str) -> None:
    genauth.on("*", raw(http(b'{"sub": "u"}')))

    async def provide() -> str:
        return "given"

    async with connected(genauth.url, kind, access_token="tok") as client:
        assert await client.request("GET", path) == {"sub": "u"}
        await client.as_user(provide).request("GET", path)
    seen = [each.headers["authorization"] for each in genauth.received]
    assert seen == ["Bearer tok", "Bearer given"]


async def test_a_path_is_shown_and_its_query_is_not(genauth: FakeServer) -> None:
    seen: list[Attempt] = []
    genauth.on("*", answer(statusCode=401, message="?"))
    async with connected(genauth.url, on_request=seen.append) as client:
        for path in ("/api/v3/x", "/api/v3/x?secret=canary-of-a-query"):
            with pytest.raises(NotSignedIn) as refused:
                await client.request("GET", path)
            assert refused.value.endpoint == "/api/v3/x"
            assert repr(refused.value.endpoint) == "'/api/v3/x'"
    assert [repr(each.path) for each in seen] == ["'/api/v3/x'", "'/api/v3/x'"]


async def test_ordinary_words_of_a_request_stay_in_the_refusal(genauth: FakeServer) -> None:
    genauth.on(
        "*", answer(statusCode=403, message="user alice may not delete group admins: 739164")
    )
    async with connected(genauth.url) as client:
        with pytest.raises(Exception, match="user alice may not delete group admins") as refused:
            await client.request(
                "POST", "/api/v3/x", json={"user": "alice", "group": "admins", "n": 739164}
            )
    assert "739164" not in str(refused.value)
