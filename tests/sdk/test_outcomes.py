"""The three ways a call can end, and what a lost answer leads to; over every transport."""

from __future__ import annotations

from typing import Any

import pytest

from aiogenauth import (
    AuthenticationClient,
    BindOutcomeUnknown,
    GenAuthError,
    OutcomeUnknown,
    PassCodeWrong,
    ReadOutcomeUnknown,
    SendOutcomeUnknown,
    ServerFailed,
    SignInOutcomeUnknown,
    UpdateOutcomeUnknown,
)
from tests.sdk.support.answers import (
    answer,
    half_body,
    hang_up,
    page,
)
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    connected,
)


async def test_an_answered_bind_costs_one_call(genauth: FakeServer, kind: Kind) -> None:
    async with connected(genauth.url, kind) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "answer"
    assert len(genauth.received) == 1


async def test_a_refused_bind_is_refused_without_a_look_at_the_profile(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("bind-phone", answer(statusCode=499, apiCode=2001, message="验证码不正确"))
    with pytest.raises(PassCodeWrong) as refused:
        await client.bind_phone(CODE, NUMBER)
    error = refused.value
    assert (error.status_code, error.api_code, error.http_status) == (499, 2001, 200)
    assert (error.message, error.request_id) == ("验证码不正确", "r-1")
    assert (error.endpoint, error.phone) == ("/api/v3/bind-phone", "188****8888")
    assert (error.attempts, len(genauth.received)) == (1, 1)


async def test_the_caller_may_want_to_look_for_themselves(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("bind-phone", hang_up)
    with pytest.raises(BindOutcomeUnknown):
        await client.bind_phone(CODE, NUMBER, on_unknown="raise")
    assert len(genauth.received) == 1


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("send_sms", ("CHANNEL_LOGIN", NUMBER), SendOutcomeUnknown),
        ("sign_in_by_phone_passcode", (NUMBER, CODE), SignInOutcomeUnknown),
        (
            "verify_update_phone_request",
            ({"newPhoneNumber": NUMBER, "newPhonePassCode": CODE},),
            UpdateOutcomeUnknown,
        ),
        ("request", ("POST", "/api/v3/update-profile"), OutcomeUnknown),
    ],
)
async def test_other_lost_calls_say_so_and_are_not_repeated(
    client: AuthenticationClient, genauth: FakeServer, name: str, arguments: tuple[Any, ...],
    error: type[GenAuthError],
) -> None:  # fmt: skip
    for loss in (hang_up, page(502)):
        genauth.received.clear()
        genauth.on("*", loss)
        with pytest.raises(error) as lost:
            await getattr(client, name)(*arguments)
        assert type(lost.value) is error
        assert len(genauth.received) == 1


async def test_a_read_is_repeated_until_an_answer_comes(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("get-profile", hang_up, page(502), answer(PROFILE))
    assert (await client.get_profile()).phone == NUMBER
    assert len(genauth.received) >= 3


async def test_a_read_that_is_never_answered_says_so(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("get-profile", half_body)
    with pytest.raises(ReadOutcomeUnknown) as lost:
        await client.with_options(timeout=0.1).get_profile()
    assert lost.value.attempts == 3
    assert lost.value.phase == "body"


async def test_a_read_with_retries_off_is_tried_once(
    client: AuthenticationClient, genauth: FakeServer
) -> None:
    genauth.on("get-profile", answer(statusCode=500))
    with pytest.raises(ServerFailed):
        await client.with_options(retries=0).get_profile()
    assert len(genauth.received) == 1
