"""A change whose answer was lost, and what the account says of it; over every transport."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from aiogenauth import (
    ApiError,
    Attempt,
    BindOutcomeUnknown,
    PhoneUpdateGrant,
    TransportError,
    UnbindOutcomeUnknown,
    UpdateOutcomeUnknown,
)
from tests.sdk.support.answers import (
    LOSSES,
    Connection,
    Received,
    answer,
    hang_up,
    page,
)
from tests.sdk.support.world import (
    CODE,
    NOBODY,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    connected,
)

QUICK: dict[str, Any] = {"timeout": 0.15, "deadline": 0.5}


@pytest.mark.parametrize("loss", LOSSES)
async def test_a_lost_bind_is_confirmed_by_the_profile_and_never_sent_twice(
    genauth: FakeServer, kind: Kind, loss: str
) -> None:
    genauth.on("bind-phone", LOSSES[loss])
    genauth.on("get-profile", answer(PROFILE))
    async with connected(genauth.url, kind, timeout=0.2, deadline=4.0) as client:
        result = await client.bind_phone(CODE, NUMBER)
    assert result.confirmed_by == "profile"
    assert len(genauth.asked("bind-phone")) == 1


@pytest.mark.parametrize("loss", LOSSES)
async def test_a_lost_bind_that_the_profile_does_not_show_stays_unknown(
    genauth: FakeServer, kind: Kind, loss: str
) -> None:
    genauth.on("bind-phone", LOSSES[loss])
    genauth.on("get-profile", answer(NOBODY))
    async with connected(genauth.url, kind, **QUICK) as client:
        with pytest.raises(BindOutcomeUnknown) as unknown:
            await client.bind_phone(CODE, NUMBER)
    error = unknown.value
    assert isinstance(error, TransportError)
    assert not isinstance(error, ApiError)
    assert error.endpoint == "/api/v3/bind-phone"
    assert error.phone == "188****8888"
    assert error.attempts  # a slow machine may need some to get a connection
    assert error.elapsed is not None
    assert error.elapsed > 0
    assert error.elapsed == round(error.elapsed, 4)
    assert len(genauth.asked("bind-phone")) == 1
    assert len(genauth.asked("get-profile")) > 1


async def test_a_bind_that_takes_effect_late_is_still_confirmed(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", answer(NOBODY), page(502), hang_up, answer(PROFILE))
    async with connected(genauth.url, kind) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"
    assert len(genauth.asked("get-profile")) == 4


async def test_the_last_look_comes_when_the_time_is_nearly_over(
    genauth: FakeServer, kind: Kind
) -> None:
    """Looks get rarer, and a change that shows late must not fall into the last pause."""
    loop = asyncio.get_running_loop()
    shows_at = loop.time() + 0.8

    async def late(connection: Connection, request: Received) -> None:
        profile = PROFILE if loop.time() >= shows_at else NOBODY
        await answer(profile)(connection, request)

    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", late)
    async with connected(genauth.url, kind, deadline=1.0) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"
    assert len(genauth.asked("bind-phone")) == 1


async def test_what_fails_at_the_look_does_not_hide_that_the_outcome_is_unknown(
    genauth: FakeServer, kind: Kind
) -> None:
    """A provider of tokens and a callback belong to the application, and may raise anything."""
    tokens = ["token-1"]

    async def provider() -> str:
        return tokens.pop()

    def veto(attempt: Attempt) -> None:
        if attempt.name == "get_profile":
            raise PermissionError

    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", answer(statusCode=401, apiCode=2020))
    for options in ({"access_token": provider}, {"on_request": veto}):
        async with connected(genauth.url, kind, **QUICK, **options) as client:
            with pytest.raises(BindOutcomeUnknown):
                await client.bind_phone(CODE, NUMBER)
    assert tokens == []
    assert len(genauth.asked("bind-phone")) == 2


@pytest.mark.parametrize(
    "profile",
    [
        {**PROFILE, "phone": "13800138000"},
        {**PROFILE, "phoneCountryCode": "+852"},
        {**PROFILE, "phoneCountryCode": 86},
        {**PROFILE, "phoneVerified": False},
        {**PROFILE, "phone": "188****8888"},
        {**PROFILE, "phone": None},
        {"userId": "u"},
        None,
    ],
    ids=str,
)
async def test_a_profile_confirms_only_this_number_and_only_verified(
    genauth: FakeServer, kind: Kind, profile: object
) -> None:
    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", answer(profile))
    async with connected(genauth.url, kind, **QUICK) as client:
        with pytest.raises(BindOutcomeUnknown):
            await client.bind_phone(CODE, NUMBER)


@pytest.mark.parametrize(
    "profile",
    [PROFILE, {**PROFILE, "phoneCountryCode": None}, {**PROFILE, "phone": "+8618812348888"}],
    ids=str,
)
async def test_a_profile_may_write_the_number_in_several_ways(
    genauth: FakeServer, kind: Kind, profile: object
) -> None:
    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", answer(profile))
    async with connected(genauth.url, kind) as client:
        assert (await client.bind_phone(CODE, NUMBER)).confirmed_by == "profile"


@pytest.mark.parametrize(
    ("profile", "phone_binded", "is_confirmed"),
    [
        (NOBODY, True, True),
        ({"userId": "u", "phone": ""}, True, True),
        ({"userId": "u"}, False, True),
        ({"userId": "u"}, True, False),
        (PROFILE, True, False),
    ],
    ids=str,
)
async def test_a_lost_unbind_is_confirmed_by_what_the_account_says_itself(
    genauth: FakeServer, kind: Kind, profile: object, phone_binded: bool, is_confirmed: bool
) -> None:
    genauth.on("unbind-phone", hang_up)
    genauth.on("get-profile", answer(profile))
    genauth.on("get-security-info", answer({"phoneBinded": phone_binded}))
    async with connected(genauth.url, kind, **({} if is_confirmed else QUICK)) as client:
        if is_confirmed:
            assert (await client.unbind_phone(CODE)).confirmed_by == "profile"
        else:
            with pytest.raises(UnbindOutcomeUnknown):
                await client.unbind_phone(CODE)
    assert len(genauth.asked("unbind-phone")) == 1


async def test_a_lost_update_is_confirmed_if_the_new_number_is_known(
    genauth: FakeServer, kind: Kind
) -> None:
    genauth.on("update-phone", hang_up)
    genauth.on("get-profile", answer(PROFILE))
    async with connected(genauth.url, kind) as client:
        grant = PhoneUpdateGrant("up-1", 60, new_phone="+8618812348888")
        assert (await client.update_phone(grant)).confirmed_by == "profile"
        with pytest.raises(UpdateOutcomeUnknown):
            await client.update_phone("up-1")
    assert len(genauth.asked("get-profile")) == 1
