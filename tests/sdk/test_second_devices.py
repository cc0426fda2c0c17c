"""Signing in by a second device: answers with and without an envelope, tokens inside, a choice."""

from __future__ import annotations

import json

import pytest

from aiogenauth import ApiError, AuthenticationClient, UnexpectedAnswer
from aiogenauth.shapes import AccountChoice, BriefUser, SignIn
from tests.sdk.support.answers import answer, http, raw
from tests.sdk.support.world import FakeServer

TOKENS = {"access_token": "secret-at", "token_type": "bearer", "expire_in": 7200}
AUTHORIZED = {
    "status": "AUTHORIZED",
    "ticket": "secret-ticket",
    "briefUserInfo": {"displayName": "Ann", "photo": None},
    "tokenSet": TOKENS,
    "news": 1,
}


@pytest.mark.parametrize(
    "behaviour",
    [raw(http(json.dumps(AUTHORIZED).encode())), answer(AUTHORIZED)],
    ids=["bare", "enveloped"],
)
async def test_a_status_is_read_with_an_envelope_and_without(
    client: AuthenticationClient, genauth: FakeServer, behaviour: object
) -> None:
    genauth.on("check-qrcode-status", behaviour)  # type: ignore[arg-type]
    found = await client.check_qr_code_status("q-1")
    assert found.status == "AUTHORIZED"
    assert found.brief_user_info == BriefUser("Ann")
    assert found.ticket == "secret-ticket"
    assert found.token_set is not None
    assert found.token_set.expires_in == 7200
    assert found.token_set.expires_at is not None
    assert found.extra == {"news": 1}
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    "data",
    [{"status": 1}, {"status": "AUTHORIZED", "tokenSet": {}}, []],
    ids=["odd", "without tokens", "no object"],
)
async def test_a_status_that_is_none_is_not_taken_for_one(
    client: AuthenticationClient, genauth: FakeServer, data: object
) -> None:
    genauth.on("check-pushcode-status", answer(data))
    with pytest.raises(UnexpectedAnswer):
        await client.check_push_code_status("p-1")


async def test_a_bare_status_may_be_refused_in_an_envelope(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    """Source: error code reference, for the text."""
    genauth.on("check-qrcode-status", answer(statusCode=500, message="无效二维码"))
    with pytest.raises(ApiError, match="无效二维码"):
        await client.check_qr_code_status("q-1")


CHOICE = {"key": "secret-key", "methods": ["phone-code"], "accounts": ["u-1", "u-2"]}


async def test_a_user_of_wechat_without_an_account_is_asked_for_one(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("authByCodeIdentity", answer(CHOICE, status=301, statusCode=301, apiCode=1640))
    found = await client.auth_by_code_identity("wx")
    assert isinstance(found, AccountChoice)
    assert (found.methods, found.accounts) == (("phone-code",), ("u-1", "u-2"))
    assert "secret" not in repr(found)
    genauth.on("select", raw(http(json.dumps(TOKENS).encode())))
    tokens = await client.select_account(found.key, "bind-identity-by-selection", "u-2")
    assert isinstance(tokens, SignIn)
    assert genauth.received[-1].json["key"] == "secret-key"


@pytest.mark.parametrize(
    "refusal",
    [
        answer({}, status=301, statusCode=301, apiCode=1640),
        answer(CHOICE, status=301, statusCode=301, apiCode=1641),
    ],
    ids=["without a key", "another code"],
)
async def test_what_asks_for_no_account_is_a_refusal(
    client: AuthenticationClient, genauth: FakeServer, refusal: object
) -> None:
    genauth.on("authByCodeIdentity", refusal)  # type: ignore[arg-type]
    with pytest.raises(ApiError):
        await client.auth_by_code_identity("wx")
