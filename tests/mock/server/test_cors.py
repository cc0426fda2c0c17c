"""Pages of other origins: GenAuth's own paths answer them as CORS has it, ``/_mock/`` never."""

from __future__ import annotations

import pytest

from genauth_mock.http.cors import SCHEME, is_same_origin
from tests.mock.support.http import SMS, Http, get, post

PAGE = "http://localhost:3000"
ASKS = {
    "Origin": PAGE,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type,x-genauth-app-id",
}


@pytest.mark.parametrize("path", ["/api/v3/send-sms", "/oidc/token", "/api/v3/anything?x=1"])
async def test_a_preflight_is_answered_with_what_it_asks_for(http: Http, path: str) -> None:
    async with http.options(path, headers=ASKS) as reply:
        assert (reply.status, await reply.read()) == (204, b"")
        assert reply.headers["Access-Control-Allow-Origin"] == PAGE
        assert reply.headers["Access-Control-Allow-Credentials"] == "true"
        assert reply.headers["Access-Control-Allow-Headers"] == "content-type,x-genauth-app-id"
        assert "POST" in reply.headers["Access-Control-Allow-Methods"]
        assert reply.headers["Vary"] == "Origin"
    assert (await get(http, "/_mock/requests"))["count"] == 0


@pytest.mark.parametrize(
    "fault",
    [
        {"httpStatus": 503},
        {"outcome": "EXPIRED_CODE"},
        {"kind": "notJson"},
        {"kind": "empty"},
        {"kind": "trickle", "overSeconds": 0.01},
        {"delaySeconds": 0.01},
    ],
)
async def test_every_answer_can_be_read(http: Http, fault: dict[str, object]) -> None:
    for expected in ("without a fault", "with it"):
        async with http.post("/api/v3/send-sms", json=SMS, headers={"Origin": PAGE}) as reply:
            assert reply.headers["Access-Control-Allow-Origin"] == PAGE, expected
        await post(http, "/_mock/faults", fault)
    async with http.get("/oidc/.well-known/jwks.json", headers={"Origin": PAGE}) as reply:
        assert reply.headers["Access-Control-Allow-Origin"] == PAGE


async def test_an_answer_to_no_page_says_nothing_of_origins(http: Http) -> None:
    async with http.post("/api/v3/send-sms", json=SMS) as reply:
        assert [name for name in reply.headers if name.startswith("Access-Control")] == []


@pytest.mark.parametrize("path", ["/_mock/users", "/_mock/health", "/"])
async def test_the_control_plane_is_closed_to_pages(http: Http, path: str) -> None:
    async with http.options(path, headers=ASKS) as reply:
        assert "Access-Control-Allow-Origin" not in reply.headers
    async with http.get(path, headers={"Origin": PAGE}) as reply:
        assert reply.status == 403
        assert "Access-Control-Allow-Origin" not in reply.headers


async def test_only_allowed_origins_are_let_in_where_there_are_some(http: Http) -> None:
    await post(http, "/_mock/settings", {"allowedOrigins": ["HTTPS://app.example"]})
    assert (await get(http, "/_mock/settings"))["allowedOrigins"] == ["https://app.example"]
    asks = {**ASKS, "Access-Control-Request-Headers": "content-type"}
    for origin, is_allowed in ((PAGE, False), ("https://app.example", True)):
        async with http.options("/api/v3/send-sms", headers={**asks, "Origin": origin}) as reply:
            assert ("Access-Control-Allow-Origin" in reply.headers) is is_allowed
        async with http.post("/api/v3/send-sms", json=SMS, headers={"Origin": origin}) as reply:
            assert ("Access-Control-Allow-Origin" in reply.headers) is is_allowed


@pytest.mark.parametrize(
    "value", ["*", ["*"], ["app.example"], ["https://app.example/"], [5], None]
)
async def test_what_is_no_list_of_origins_is_refused(http: Http, value: object) -> None:
    assert "such as" in (await post(http, "/_mock/settings", {"allowedOrigins": value}))["error"]


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ({}, False),
        ({SCHEME: "https"}, True),
        ({"x-forwarded-proto": "https"}, True),
        ({"x-forwarded-proto": "https, http"}, True),
        ({"x-forwarded-proto": "http", SCHEME: "https"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, False),
    ],
    ids=str,
)
def test_a_page_over_tls_is_ours_where_tls_is_known_to_end(said: dict[str, str], may: bool) -> None:
    """Another server of the host, on port 443, is another origin than ours on port 80."""
    asked = {"host": "localhost", "origin": "https://localhost", **said}
    assert is_same_origin(asked) is may
