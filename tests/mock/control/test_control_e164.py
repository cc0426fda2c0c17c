"""A user may be made with a phone number in one piece, as messages are asked for by one."""

from __future__ import annotations

import aiohttp
import pytest


async def made(
    http: aiohttp.ClientSession, number: str, country_code: str | None = None
) -> tuple[int, dict[str, str]]:
    """Make a user; give the HTTP status and the answer."""
    code = {} if country_code is None else {"phoneCountryCode": country_code}
    async with http.post("/_mock/users", json={"phoneNumber": number, **code}) as reply:
        return reply.status, await reply.json()


@pytest.mark.parametrize("country_code", [None, "+1", "1"])
async def test_a_whole_number_is_split(
    http: aiohttp.ClientSession, country_code: str | None
) -> None:
    status, user = await made(http, "+12025550123", country_code)
    assert status == 200
    assert (user["phoneCountryCode"], user["phoneNumber"]) == ("+1", "2025550123")


@pytest.mark.parametrize(
    ("number", "country_code", "said"),
    [
        ("+12025550123", "+86", "phoneCountryCode is '+86', and phoneNumber begins with +1"),
        ("+9990001234567", None, "phoneNumber must be a number without its country calling code"),
    ],
    ids=["another country", "no country"],
)
async def test_a_number_that_cannot_be_right_is_refused_by_name(
    http: aiohttp.ClientSession, number: str, country_code: str | None, said: str
) -> None:
    status, answer = await made(http, number, country_code)
    assert status == 400
    assert said in answer["error"]
