"""The life of an e-mail address over HTTP: bound, refused, changed, unbound, by the same rules as a phone."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from mock_world import other_digits

EMAIL, OTHER = "ada@example.com", "eve@example.com"

Json = dict[str, Any]


class Person:
    """A user who calls the API."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self._http = http
        self._headers = {"authorization": token}

    async def call(self, name: str, **body: object) -> Json:
        """Make a call; give the answer's envelope."""
        async with self._http.post(f"/api/v3/{name}", json=body, headers=self._headers) as reply:
            content: Json = await reply.json()
            return content

    async def sent(self, channel: str, email: str = EMAIL) -> str:
        """Have a code sent; give its digits."""
        answer = await self.call("send-email", channel=channel, email=email)
        assert answer["statusCode"] == 200, answer
        query = {"email": email.lower(), "channel": channel}
        async with self._http.get("/_mock/messages", params=query) as reply:
            return str((await reply.json())["messages"][0]["passCode"])

    async def bind(self, email: str = EMAIL) -> Json:
        """Bind an address."""
        code = await self.sent("CHANNEL_BIND_EMAIL", email)
        return await self.call("bind-email", email=email, passCode=code)

    async def profile(self) -> Json:
        """Get the profile."""
        async with self._http.get("/api/v3/get-profile", headers=self._headers) as reply:
            data: Json = (await reply.json())["data"]
            return data


@pytest.fixture
async def ada(http: aiohttp.ClientSession) -> Person:
    """Give a signed-in user without an e-mail address."""
    return await a_user(http, username="ada")


async def a_user(http: aiohttp.ClientSession, **names: str) -> Person:
    """Make a user."""
    async with http.post("/_mock/users", json=names) as reply:
        return Person(http, (await reply.json())["accessToken"])


async def advance(http: aiohttp.ClientSession, seconds: float) -> None:
    """Let the app's time pass."""
    async with http.post("/_mock/clock", json={"advanceSeconds": seconds}) as reply:
        assert reply.status == 200


async def test_an_address_is_bound_and_shows_in_the_profile(ada: Person) -> None:
    assert (await ada.bind())["statusCode"] == 200
    profile = await ada.profile()
    assert (profile["email"], profile["emailVerified"]) == (EMAIL, True)


async def test_upper_and_lower_case_are_the_same_address(ada: Person) -> None:
    code = await ada.sent("CHANNEL_BIND_EMAIL", EMAIL.upper())
    assert (await ada.call("bind-email", email=EMAIL, passCode=code))["statusCode"] == 200


@pytest.mark.parametrize(("seconds", "status_code"), [(299, 200), (300, 499)])
async def test_a_code_by_mail_lives_five_minutes(
    ada: Person, http: aiohttp.ClientSession, seconds: int, status_code: int
) -> None:
    async with http.post("/_mock/clock", json={"frozen": True}):
        code = await ada.sent("CHANNEL_BIND_EMAIL")
    await advance(http, seconds)
    answer = await ada.call("bind-email", email=EMAIL, passCode=code)
    assert answer["statusCode"] == status_code


async def test_a_wrong_code_is_refused(ada: Person) -> None:
    code = await ada.sent("CHANNEL_BIND_EMAIL")
    answer = await ada.call("bind-email", email=EMAIL, passCode=other_digits(code))
    assert (answer["statusCode"], answer["apiCode"]) == (499, 2001)
    assert (await ada.call("bind-email", email=EMAIL, passCode=code))["statusCode"] == 200


async def test_a_code_is_single_use(ada: Person) -> None:
    code = await ada.sent("CHANNEL_BIND_EMAIL")
    await ada.call("bind-email", email=EMAIL, passCode=code)
    unbind = await ada.sent("CHANNEL_UNBIND_EMAIL")
    assert (await ada.call("unbind-email", passCode=unbind))["statusCode"] == 200
    assert (await ada.call("bind-email", email=EMAIL, passCode=code))["apiCode"] == 2001


async def test_a_second_mail_within_a_minute_is_refused(
    ada: Person, http: aiohttp.ClientSession
) -> None:
    await ada.sent("CHANNEL_BIND_EMAIL")
    again = await ada.call("send-email", channel="CHANNEL_BIND_EMAIL", email=EMAIL)
    assert (again["statusCode"], again["apiCode"]) == (499, 2080)
    await ada.sent("CHANNEL_LOGIN")
    await advance(http, 60)
    await ada.sent("CHANNEL_BIND_EMAIL")


async def test_an_address_that_another_user_has_is_refused(
    ada: Person, http: aiohttp.ClientSession
) -> None:
    await a_user(http, email=EMAIL)
    assert (await ada.bind())["apiCode"] == 2200


async def test_a_second_address_is_refused(ada: Person) -> None:
    await ada.bind()
    assert (await ada.bind(OTHER))["apiCode"] == 2225


async def test_a_code_for_another_channel_is_refused(ada: Person) -> None:
    code = await ada.sent("CHANNEL_VERIFY_MFA")
    assert (await ada.call("bind-email", email=EMAIL, passCode=code))["apiCode"] == 2001


async def test_a_channel_of_messages_is_none_of_mails(ada: Person) -> None:
    answer = await ada.call("send-email", channel="CHANNEL_BIND_PHONE", email=EMAIL)
    assert answer["statusCode"] == 400
    assert "channel must be a valid enum value" in answer["message"]


async def test_checking_a_code_beforehand_does_not_use_it_up(ada: Person) -> None:
    code = await ada.sent("CHANNEL_BIND_EMAIL")
    payload = {"email": EMAIL, "channel": "CHANNEL_BIND_EMAIL"}
    for digits, is_valid in ((code, True), (other_digits(code), False)):
        given = {**payload, "passCode": digits}
        answer = await ada.call("pre-check-code", codeType="EMAIL", emailCodePayload=given)
        assert answer["data"]["isValid"] is is_valid
    assert (await ada.call("bind-email", email=EMAIL, passCode=code))["statusCode"] == 200


async def test_who_has_no_address_has_none_to_unbind(ada: Person) -> None:
    assert (await ada.call("unbind-email", passCode="123456"))["apiCode"] == 1320009


async def test_the_only_way_to_sign_in_is_not_unbound(http: aiohttp.ClientSession) -> None:
    lonely = await a_user(http, email=EMAIL)
    code = await lonely.sent("CHANNEL_UNBIND_EMAIL")
    assert (await lonely.call("unbind-email", passCode=code))["apiCode"] == 1320010


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


async def test_an_address_signs_in_by_code(ada: Person) -> None:
    await ada.bind()
    payload = {"email": EMAIL, "passCode": await ada.sent("CHANNEL_LOGIN")}
    answer = await ada.call("signin", connection="PASSCODE", passCodePayload=payload)
    assert answer["data"]["token_type"] == "bearer"
