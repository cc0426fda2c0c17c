"""An e-mail address is changed for another, over HTTP, by the same rules as a phone."""

from __future__ import annotations

import aiohttp
import pytest

from tests.mock.support.email import EMAIL, OTHER, Person
from tests.mock.support.http import Json


@pytest.mark.parametrize(
    "channels",
    [
        pytest.param(("CHANNEL_UPDATE_EMAIL", "CHANNEL_UPDATE_EMAIL"), id="update"),
        pytest.param(("CHANNEL_BIND_EMAIL", "CHANNEL_UNBIND_EMAIL"), id="bind and unbind"),
    ],
)
async def test_an_address_is_changed_by_codes_to_both(
    ada: Person, channels: tuple[str, str]
) -> None:
    await ada.bind()
    payload = {
        "newEmail": OTHER,
        "newEmailPassCode": await ada.sent(channels[0], OTHER),
        "oldEmail": EMAIL,
        "oldEmailPassCode": await ada.sent(channels[1], EMAIL),
    }
    allowed = await ada.call(
        "verify-update-email-request", verifyMethod="EMAIL_PASSCODE", emailPassCodePayload=payload
    )
    assert allowed["data"]["tokenExpiresIn"] == 60
    token = allowed["data"]["updateEmailToken"]
    assert (await ada.call("update-email", updateEmailToken=token))["statusCode"] == 200
    assert (await ada.profile())["email"] == OTHER
    assert (await ada.call("update-email", updateEmailToken=token))["apiCode"] == 1020020


@pytest.mark.parametrize(
    ("payload", "api_code"),
    [
        pytest.param({"newEmail": EMAIL}, 2229, id="the same address"),
        pytest.param({"newEmail": OTHER, "oldEmail": "x@example.com"}, 2037, id="not the old one"),
        pytest.param({"newEmail": OTHER}, 2227, id="old one not verified"),
    ],
)
async def test_a_change_that_does_not_fit_is_refused(
    ada: Person, payload: Json, api_code: int
) -> None:
    await ada.bind()
    answer = await ada.call(
        "verify-update-email-request",
        verifyMethod="EMAIL_PASSCODE",
        emailPassCodePayload={**payload, "newEmailPassCode": "123456"},
    )
    assert answer["apiCode"] == api_code


async def test_a_phones_update_token_changes_no_address(
    ada: Person, http: aiohttp.ClientSession
) -> None:
    code = await phone_code(ada, http)
    payload = {"newPhoneNumber": "18812348888", "newPhonePassCode": code}
    allowed = await ada.call(
        "verify-update-phone-request", verifyMethod="PHONE_PASSCODE", phonePassCodePayload=payload
    )
    token = allowed["data"]["updatePhoneToken"]
    assert (await ada.call("update-email", updateEmailToken=token))["apiCode"] == 1020020
    assert "email" not in await ada.profile()


async def phone_code(ada: Person, http: aiohttp.ClientSession) -> str:
    """Have a code texted; give its digits."""
    await ada.call("send-sms", channel="CHANNEL_BIND_PHONE", phoneNumber="18812348888")
    async with http.get("/_mock/messages", params={"phoneNumber": "18812348888"}) as reply:
        return str((await reply.json())["messages"][0]["passCode"])
