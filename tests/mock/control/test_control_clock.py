"""The clock under /_mock/clock: moved, frozen, and for one app alone."""

from __future__ import annotations

import aiohttp
import pytest

from tests.mock.support.control import call


async def test_the_clock_moves_for_one_app_only(http: aiohttp.ClientSession) -> None:
    await call(http, "POST /_mock/clock", {"set": "2026-01-01T00:00:00Z", "frozen": True})
    _, clock = await call(http, "POST /_mock/clock", {"advanceSeconds": 61})
    assert (clock["now"], clock["frozen"]) == ("2026-01-01T00:01:01.000Z", True)
    _, other = await call(http, "GET /_mock/clock", app_id="other")
    assert (other["offsetSeconds"], other["frozen"]) == (0.0, False)


async def test_a_frozen_clock_stands_still_and_goes_on_from_there(
    http: aiohttp.ClientSession,
) -> None:
    _, frozen = await call(
        http, "POST /_mock/clock", {"set": "2026-01-01T00:00:00Z", "frozen": True}
    )
    assert (await call(http, "GET /_mock/clock"))[1]["now"] == frozen["now"]
    _, clock = await call(http, "POST /_mock/clock", {"frozen": False, "scale": 0})
    assert clock["now"] == frozen["now"], "at scale 0 it does not go on"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param({}, "give one of", id="nothing"),
        pytest.param({"advance": 1}, "unknown field 'advance'", id="unknown name"),
        pytest.param({"advanceSeconds": "61"}, "advanceSeconds must be a number", id="text"),
        pytest.param({"frozen": 1}, "frozen must be true or false", id="no boolean"),
        pytest.param({"set": "tomorrow"}, "set must be a moment", id="no moment"),
        pytest.param({"scale": -1}, "scale must be a number", id="backwards"),
        pytest.param({"set": "9999-12-31T00:00:00Z"}, "the clock would leave", id="too far"),
    ],
)
async def test_a_clock_that_cannot_be_is_refused_by_name(
    http: aiohttp.ClientSession, body: object, words: str
) -> None:
    status, answer = await call(http, "POST /_mock/clock", body)
    assert status == 400
    assert words in answer["error"]
