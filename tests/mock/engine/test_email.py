"""An e-mail address over HTTP: bound, refused, unbound, signed in with, by the same rules as a phone."""

from __future__ import annotations

import aiohttp
import pytest

from tests.mock.support.email import (
    EMAIL,
    OTHER,
    Person,
    a_user,
    advance,
)
from tests.mock.support.tokens import APP
from tests.mock.support.world import other_digits


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


async def test_an_address_signs_in_by_code(ada: Person) -> None:
    await ada.bind()
    payload = {"email": EMAIL, "passCode": await ada.sent("CHANNEL_LOGIN")}
    answer = await ada.call("signin", connection="PASSCODE", passCodePayload=payload, **APP)
    assert answer["data"]["token_type"] == "bearer"
