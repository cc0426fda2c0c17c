"""The httpx transport at the wire: what respx sees, and every exception that httpx can raise."""

from __future__ import annotations

import httpx
import pytest
import respx

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    HttpxTransport,
    NotDelivered,
    ReadOutcomeUnknown,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    TOKEN,
)

URL = "https://example.genauth.ai"
OK = {"statusCode": 200, "message": "", "requestId": "r-1"}

NOT_SENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError,
            httpx.UnsupportedProtocol]  # fmt: skip
UNKNOWN = [httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.WriteTimeout,
           httpx.RemoteProtocolError, httpx.LocalProtocolError, httpx.CloseError,
           httpx.DecodingError]  # fmt: skip


async def test_headers_and_body_are_what_genauth_takes() -> None:
    async with respx.mock(base_url=URL) as router, httpx.AsyncClient() as theirs:
        route = router.post("/api/v3/bind-phone").respond(json=OK)
        client = AuthenticationClient(
            "app-1", URL, access_token=TOKEN, transport=HttpxTransport(theirs)
        )
        result = await client.bind_phone(CODE, f"+86{NUMBER}")
    request = route.calls.last.request
    assert result.request_id == "r-1"
    assert request.headers["authorization"] == TOKEN
    assert request.headers["x-genauth-app-id"] == "app-1"
    assert request.content == (
        b'{"passCode":"839217","phoneNumber":"18812348888","phoneCountryCode":"+86"}'
    )


@pytest.mark.parametrize("error", NOT_SENT, ids=lambda each: each.__name__)
async def test_an_error_before_sending_is_tried_again_and_told_apart(
    error: type[httpx.TransportError],
) -> None:
    async with respx.mock(base_url=URL) as router, httpx.AsyncClient() as theirs:
        route = router.post("/api/v3/bind-phone").mock(
            side_effect=[error("?"), httpx.Response(200, json=OK)]
        )
        client = AuthenticationClient(
            "app-1", URL, access_token=TOKEN, transport=HttpxTransport(theirs)
        )
        await client.bind_phone(CODE, NUMBER)
        assert route.call_count == 2
        route.mock(side_effect=error("?"))
        with pytest.raises(NotDelivered) as lost:
            await client.with_options(retries=0).bind_phone(CODE, NUMBER)
    assert isinstance(lost.value.__cause__, error)


@pytest.mark.parametrize("error", UNKNOWN, ids=lambda each: each.__name__)
async def test_an_error_after_sending_is_never_tried_again(
    error: type[httpx.TransportError],
) -> None:
    async with respx.mock(base_url=URL) as router, httpx.AsyncClient() as theirs:
        bind = router.post("/api/v3/bind-phone").mock(side_effect=error("?"))
        profile = router.get("/api/v3/get-profile").respond(json={**OK, "data": PROFILE})
        client = AuthenticationClient(
            "app-1", URL, access_token=TOKEN, transport=HttpxTransport(theirs)
        )
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"
        assert bind.call_count == 1
        with pytest.raises(BindOutcomeUnknown) as lost:
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
        assert isinstance(lost.value.__cause__, error)
        profile.mock(side_effect=error("?"))
        with pytest.raises(ReadOutcomeUnknown):
            await client.with_options(retries=0).get_profile()
