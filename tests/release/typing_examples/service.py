"""What a user's service does, with every type written down: the checkers must find nothing wrong."""

from __future__ import annotations

from typing import assert_type

import httpx
from attrs import frozen

from aiogenauth import (
    ApiError,
    AuthenticationClient,
    BindOutcomeUnknown,
    Channel,
    Confirmation,
    GenAuthError,
    HttpxTransport,
    PassCodeCheck,
    PhoneNumber,
    PhoneUpdateGrant,
    SignIn,
    UserProfile,
)


@frozen
class LoginRecord:
    """A shape of the user's own."""

    login_time: str
    client_ip: str | None = None


async def token() -> str:
    """Give an access token."""
    return "a token"


async def every_way_in(number: PhoneNumber) -> None:
    """Make clients and views."""
    async with AuthenticationClient("app", "https://example.com") as client:
        assert_type(client, AuthenticationClient)
        assert_type(client.as_user("token"), AuthenticationClient)
        assert_type(client.as_user(token), AuthenticationClient)
        assert_type(client.with_options(timeout=1.5, retries=0), AuthenticationClient)
    async with (
        httpx.AsyncClient() as pool,
        AuthenticationClient(
            app_id="app",
            app_host="https://example.com",
            access_token=token,
            transport=HttpxTransport(pool),
        ) as client,
    ):
        await bind(client, number, "123456")


async def bind(client: AuthenticationClient, number: PhoneNumber, code: str) -> str:
    """Use what calls give and raise."""
    assert_type(await client.send_sms(Channel.BIND_PHONE, number), Confirmation)
    check = await client.pre_check_code(
        "SMS", {"phone": "18812348888", "passCode": code, "channel": "CHANNEL_BIND_PHONE"}
    )
    assert_type(check, PassCodeCheck)
    try:
        done = await client.bind_phone(code, number, on_unknown="raise")
    except BindOutcomeUnknown as unknown:
        assert_type(unknown.phone, str | None)
        return "unknown"
    except ApiError as refused:
        assert_type(refused.api_code, int | None)
        return "refused"
    except GenAuthError as error:
        assert_type(error.retry_after, float | None)
        return "failed"
    return done.confirmed_by


async def everything_else(client: AuthenticationClient) -> None:
    """Read, change and sign in."""
    profile = await client.get_profile(with_custom_data=True)
    assert_type(profile, UserProfile)
    assert_type(profile.phone, str | None)
    grant = await client.verify_update_phone_request(
        {"newPhoneNumber": "18812348888", "newPhonePassCode": "123456"}
    )
    assert_type(grant, PhoneUpdateGrant)
    assert_type(await client.update_phone(grant), Confirmation)
    assert_type(await client.sign_in_by_phone_passcode("18812348888", "123456"), SignIn)
    path = "/api/v3/get-my-login-history"
    assert_type(await client.request("GET", path), object)
    assert_type(await client.request("GET", path, cast_to=list[LoginRecord]), list[LoginRecord])
