"""Refusals of OAuth's endpoints have names; what got lost is known to be unknown, and not repeated."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from aiogenauth import (
    ApiError,
    AuthenticationClient,
    ClientRejected,
    ExchangeOutcomeUnknown,
    GenAuthError,
    GrantRejected,
    GrantTypeRejected,
    InvalidArgument,
    NotSignedIn,
    PermissionDenied,
    ReadOutcomeUnknown,
    RefreshOutcomeUnknown,
    RevokeOutcomeUnknown,
    ScopeRejected,
    ServerFailed,
    TooManyRequests,
    UnexpectedAnswer,
)
from tests.sdk.oidc.bare import TOKENS, bare, refusal
from tests.sdk.support.answers import LOSSES, answer, hang_up, page
from tests.sdk.support.world import FakeServer, Kind, connected

APP: dict[str, Any] = {"app_secret": "secret-of-the-app", "redirect_uri": "https://a.example/cb"}
Do = Callable[[AuthenticationClient], Awaitable[object]]


def exchange(client: AuthenticationClient) -> Awaitable[object]:
    return client.get_access_token_by_code("code-1", "v" * 43)


def refresh(client: AuthenticationClient) -> Awaitable[object]:
    return client.get_new_access_token_by_refresh_token("r-1")


def introspect(client: AuthenticationClient) -> Awaitable[object]:
    return client.introspect_token("t-1")


def revoke(client: AuthenticationClient) -> Awaitable[object]:
    return client.revoke_token("t-1")


@pytest.mark.parametrize("do", [exchange, refresh, introspect, revoke])
@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [
        ("invalid_grant", 400, GrantRejected),
        ("invalid_client", 401, ClientRejected),
        ("unauthorized_client", 400, GrantTypeRejected),
        ("unsupported_grant_type", 400, GrantTypeRejected),
        ("unsupported_grant_type", 501, GrantTypeRejected),
        ("invalid_scope", 400, ScopeRejected),
        ("invalid_request", 400, InvalidArgument),
        ("invalid_token", 401, NotSignedIn),
        ("insufficient_scope", 403, PermissionDenied),
        ("invalid_grant", 200, GrantRejected),
        ("slow_down", 429, TooManyRequests),
        ("未知错误", 418, ApiError),
    ],
)
async def test_a_refusal_has_its_name_and_keeps_what_was_said(
    genauth: FakeServer, do: Do, error: str, status: int, expected: type[GenAuthError]
) -> None:
    genauth.on("*", refusal(error, "grant request is invalid", status))
    async with connected(genauth.url, retries=0, **APP) as client:
        with pytest.raises(GenAuthError) as refused:
            await do(client)
    assert type(refused.value) is expected
    assert refused.value.error == error
    assert refused.value.error_description == "grant request is invalid"
    assert refused.value.http_status == status
    assert error in str(refused.value)
    assert len(genauth.received) == 1


async def test_a_refusal_without_a_description_is_one_too(genauth: FakeServer) -> None:
    genauth.on("*", bare({"error": "invalid_grant"}, 400))
    async with connected(genauth.url, **APP) as client:
        with pytest.raises(GrantRejected) as refused:
            await exchange(client)
    assert refused.value.error_description == "invalid_grant"


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "empty success"])
async def test_a_code_is_never_sent_twice(genauth: FakeServer, kind: Kind, loss: str) -> None:
    """It works once: were it sent again, GenAuth might revoke what the first one gave."""
    genauth.on("token", LOSSES[loss], bare(TOKENS))
    async with connected(genauth.url, kind, timeout=0.05, deadline=0.5, retries=3, **APP) as client:
        with pytest.raises((ExchangeOutcomeUnknown, UnexpectedAnswer)) as lost:
            await exchange(client)
    is_done = loss == "a list"  # GenAuth did it; its answer makes no sense
    assert isinstance(lost.value, UnexpectedAnswer if is_done else ExchangeOutcomeUnknown)
    assert len(genauth.received) == 1


async def test_what_got_lost_says_so(genauth: FakeServer, kind: Kind) -> None:
    genauth.on("*", hang_up)
    async with connected(genauth.url, kind, retries=0, **APP) as client:
        for do, unknown in (
            (exchange, ExchangeOutcomeUnknown),
            (refresh, RefreshOutcomeUnknown),
            (introspect, ReadOutcomeUnknown),
            (revoke, RevokeOutcomeUnknown),
        ):
            with pytest.raises(unknown):
                await do(client)
    assert len(genauth.received) == 4


async def test_a_refresh_token_is_never_sent_twice(genauth: FakeServer) -> None:
    """Where they rotate, it works once."""
    genauth.on("token", hang_up, bare(TOKENS))
    async with connected(genauth.url, retries=3, **APP) as client:
        with pytest.raises(RefreshOutcomeUnknown):
            await refresh(client)
    assert len(genauth.received) == 1


@pytest.mark.parametrize("do", [introspect, revoke])
async def test_what_does_no_harm_is_asked_again(genauth: FakeServer, do: Do) -> None:
    genauth.on("introspection", hang_up, page(502), bare({"active": True}))
    genauth.on("revocation", hang_up, page(502), bare({}))
    async with connected(genauth.url, retries=3, **APP) as client:
        assert await do(client)
    assert len(genauth.received) == 3


REFUSED_REVOCATIONS = {
    "invalid_client": refusal("invalid_client", status=401),
    "an error with HTTP 200": refusal("invalid_client", status=200),
    "HTML": page(500),
    "HTML with HTTP 200": page(200),
    "an envelope that says no": answer(statusCode=403, message="no"),
    "an envelope that says no success": answer({"success": False}),
    "a redirect": page(302),
}


@pytest.mark.parametrize("name", REFUSED_REVOCATIONS)
async def test_a_revocation_is_never_true_on_a_refusal(
    genauth: FakeServer, kind: Kind, name: str
) -> None:
    genauth.on("revocation", REFUSED_REVOCATIONS[name])
    async with connected(genauth.url, kind, retries=0, **APP) as client:
        with pytest.raises(GenAuthError):
            await revoke(client)


async def test_a_server_that_failed_is_heard(genauth: FakeServer) -> None:
    genauth.on("introspection", refusal("server_error", status=500))
    async with connected(genauth.url, retries=0, **APP) as client:
        with pytest.raises(ServerFailed):
            await introspect(client)
