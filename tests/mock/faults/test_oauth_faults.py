"""A fault under ``/oidc/`` and ``/oauth/`` speaks OAuth, not the envelope."""

from __future__ import annotations

import aiohttp
import pytest

from genauth_mock.engine.outcomes import Outcome
from tests.mock.support.faults import arm
from tests.mock.support.tokens import APP, ask

ENVELOPE = {"statusCode", "apiCode", "requestId", "message"}
TOKEN = {**APP, "grant_type": "client_credentials"}


@pytest.mark.parametrize(
    ("path", "outcome", "status", "error"),
    [
        ("token", "EXPIRED_CODE", 400, "invalid_grant"),
        ("token", "USER_SUSPENDED", 400, "invalid_grant"),
        ("token", "UNKNOWN_APP", 401, "invalid_client"),
        ("token", "TOO_MANY_REQUESTS", 429, "invalid_request"),
        ("token", "NOT_IMITATED", 501, "invalid_request"),
        ("me", "NOT_SIGNED_IN", 401, "invalid_token"),
        ("token/revocation", "INVALID_ARGUMENT", 400, "invalid_request"),
    ],
)
async def test_a_named_outcome_is_answered_in_oauths_form(
    http: aiohttp.ClientSession, path: str, outcome: str, status: int, error: str
) -> None:
    await arm(http, route=f"/oidc/{path}", outcome=outcome, times=1)
    for header in ({}, {"X-GenAuth-Mock-Outcome": outcome}):
        answered, said = await ask(http, path, TOKEN, **header)
        assert (answered, said["error"]) == (status, error)
        assert said["error_description"]


@pytest.mark.parametrize("root", ["/oidc", "/oauth"])
@pytest.mark.parametrize("outcome", [*Outcome.__members__])
async def test_no_outcome_is_answered_in_an_envelope(
    http: aiohttp.ClientSession, root: str, outcome: str
) -> None:
    headers = {"X-GenAuth-Mock-Outcome": outcome}
    async with http.post(f"{root}/token", data=TOKEN, headers=headers) as reply:
        said = await reply.json()
    assert not ENVELOPE & set(said)
    assert ("error" in said) == (outcome != "OK")


@pytest.mark.parametrize(
    ("status", "error"),
    [(500, "server_error"), (503, "temporarily_unavailable"), (429, "invalid_request")],
)
async def test_an_http_status_is_answered_in_oauths_form(
    http: aiohttp.ClientSession, status: int, error: str
) -> None:
    await arm(http, route="/oidc/token", httpStatus=status, retryAfter=2, times=1)
    async with http.post("/oidc/token", data=TOKEN) as reply:
        said = await reply.json()
        assert (reply.status, said["error"]) == (status, error)
        assert reply.headers["Retry-After"] == "2"
    assert not ENVELOPE & set(said)


async def test_a_header_with_no_outcome_says_so_in_oauths_form(http: aiohttp.ClientSession) -> None:
    status, said = await ask(http, "token", TOKEN, **{"X-GenAuth-Mock-Outcome": "NONSENSE"})
    assert (status, said["error"]) == (400, "invalid_request")
    assert "EXPIRED_CODE" in said["error_description"]


async def test_a_refused_refresh_takes_no_effect(http: aiohttp.ClientSession) -> None:
    await arm(http, route="/oidc/token", outcome="NOT_SIGNED_IN", times=1)
    assert (await ask(http, "token", TOKEN))[0] == 400
    status, said = await ask(http, "token", TOKEN)
    assert status == 200
    assert said["access_token"]


@pytest.mark.parametrize("path", ["/api/v3/send-sms", "/oidc/token"])
@pytest.mark.parametrize("outcome", sorted(Outcome.__members__.keys() - {"OK"}))
async def test_each_outcome_that_is_named_has_a_whole_sentence(
    http: aiohttp.ClientSession, path: str, outcome: str
) -> None:
    """No field or path is left out of it for want of a mistake in the request."""
    async with http.post(path, data=b"", headers={"X-GenAuth-Mock-Outcome": outcome}) as reply:
        said = await reply.json()
    message = said["error_description" if path.startswith("/oidc") else "message"]
    assert message.strip() == message
    assert message
    assert not message.endswith((":", "Cannot"))
