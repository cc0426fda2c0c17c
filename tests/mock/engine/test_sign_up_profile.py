"""Signing up with a profile: what is shown of it, and what needs a code of its own."""

from __future__ import annotations

import aiohttp

from tests.mock.support.http import NUMBER, Json
from tests.mock.support.sign_up import (
    EMAIL,
    by_code,
    by_password,
    sent,
)
from tests.mock.support.world import other_digits


async def test_a_profile_is_shown_by_the_names_it_came_with(http: aiohttp.ClientSession) -> None:
    about = {"nickname": "Ada", "givenName": "A", "gender": "F", "customData": {"school": "pku"}}
    options = {"context": {"source": "utm"}}
    data = (await by_password(http, profile=about, options=options))["data"]
    assert {"nickname": "Ada", "givenName": "A", "gender": "F"}.items() <= data.items()
    assert data["customData"] == {"source": "utm", "school": "pku"}


async def test_a_profile_completes_a_phone_with_its_own_code(http: aiohttp.ClientSession) -> None:
    code = await sent(http, "CHANNEL_COMPLETE_PHONE", NUMBER)
    options: Json = {"context": {}, "phonePassCodeForInformationCompletion": code}
    data = (await by_password(http, profile={"phone": NUMBER}, options=options))["data"]
    assert (data["phone"], data["phoneVerified"]) == (NUMBER, True)


async def test_a_phone_signs_up_and_completes_an_email_address(http: aiohttp.ClientSession) -> None:
    register = await sent(http, "CHANNEL_REGISTER", NUMBER)
    complete = await sent(http, "CHANNEL_COMPLETE_EMAIL", EMAIL)
    options = {"emailPassCodeForInformationCompletion": complete}
    answer = await by_code(http, NUMBER, register, profile={"email": EMAIL}, options=options)
    assert (answer["data"]["phone"], answer["data"]["email"]) == (NUMBER, EMAIL)


async def test_none_of_two_codes_is_used_up_where_one_is_wrong(http: aiohttp.ClientSession) -> None:
    register = await sent(http, "CHANNEL_REGISTER", NUMBER)
    complete = await sent(http, "CHANNEL_COMPLETE_EMAIL", EMAIL)
    wrong = {"emailPassCodeForInformationCompletion": other_digits(complete)}
    profile = {"email": EMAIL}
    refused = await by_code(http, NUMBER, register, profile=profile, options=wrong)
    assert refused["apiCode"] == 2001
    right = {"emailPassCodeForInformationCompletion": complete}
    answer = await by_code(http, NUMBER, register, profile=profile, options=right)
    assert answer["statusCode"] == 200
