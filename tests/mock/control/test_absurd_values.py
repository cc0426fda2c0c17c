"""Values that no clock, JSON or delay can hold are refused, wherever they come from; what is stored can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from genauth_mock.engine.clock import Clock
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.faults.fault import LONGEST_DELAY_SECONDS, Delay, Distribution
from genauth_mock.faults.fault_file import read_faults
from genauth_mock.http.json_text import read_by_standard_library, read_json
from genauth_mock.seeds.seed_file import read_seed
from tests.mock.support.http import Http, get, post, send_sms

if TYPE_CHECKING:
    from pathlib import Path

READERS = pytest.mark.parametrize(
    "read", [read_json, read_by_standard_library], ids=["as installed", "standard library"]
)


@READERS
@pytest.mark.parametrize(
    "text",
    ["NaN", "Infinity", "-Infinity", "1e999", "[-1e999]", '"\\ud800"', '{"\\udc00":1}', "1" * 400],
)
def test_what_is_no_json_is_refused(read: Any, text: str) -> None:  # noqa: ANN401
    with pytest.raises(ValueError):  # noqa: PT011 - each library has its own words
        read(text.encode())


@READERS
@pytest.mark.parametrize(
    ("text", "value"),
    [("18446744073709551616", 1.8446744073709552e19), ("-1", -1), ('"\\ud83d\\ude00"', "😀")],
)
def test_both_libraries_read_the_same(read: Any, text: str, value: object) -> None:  # noqa: ANN401
    assert read(text.encode()) == value
    assert type(read(text.encode())) is type(value)


@pytest.mark.parametrize(
    "move",
    [
        {"set": "0001-01-01T00:00:00+14:00"},
        {"set": "0999-12-31T00:00:00Z"},
        {"set": "9999-12-30T00:00:00Z"},
        {"set": "9899-12-31T12:00:00Z"},
        {"scale": 1e9},
        {"set": "1000-01-01T00:00:01Z", "advanceSeconds": -40_000},
    ],
)
async def test_a_clock_outside_the_calendar_is_refused(http: Http, move: dict[str, object]) -> None:
    before = (await get(http, "/_mock/clock"))["offsetSeconds"]
    async with http.post("/_mock/clock", json=move) as reply:
        assert reply.status == 400
        assert "years 1000 to 9899" in (await reply.json())["error"]
    assert (await get(http, "/_mock/clock"))["offsetSeconds"] == pytest.approx(before, abs=1)


async def test_the_last_years_with_the_longest_lifetimes_work(http: Http) -> None:
    await post(http, "/_mock/clock", {"set": "9899-12-30T00:00:00Z"})
    for name in ("accessToken", "refreshToken", "passCode", "updateToken", "emailCode"):
        await post(http, "/_mock/settings", {f"{name}LifetimeSeconds": 1e9})
    assert "accessToken" in await post(http, "/_mock/users", {"username": "ada"})
    assert (await send_sms(http))["statusCode"] == 200
    assert len((await get(http, "/_mock/messages"))["messages"]) == 1


@pytest.mark.parametrize("real", [-1e300, 1e300])
def test_a_clock_that_ran_to_the_end_of_the_calendar_can_be_read(real: float) -> None:
    assert Clock(scale=1e9).now(real).year in {1000, 9900}


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999", '"\\ud800"'])
async def test_users_and_calls_that_are_no_json_are_refused(http: Http, value: str) -> None:
    body = f'{{"username":"ada","customData":{{"a":{value}}}}}'
    async with http.post("/_mock/users", data=body) as reply:
        assert reply.status == 400
    async with http.post("/api/v3/send-sms", data=f'{{"x":{value}}}') as reply:
        assert (await reply.json())["statusCode"] == 400
    assert (await get(http, "/_mock/requests"))["count"] == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"delay": {"distribution": "lognormal", "medianSeconds": 1, "sigma": 86_400}},
        {"delay": {"distribution": "lognormal", "medianSeconds": 1e9, "sigma": 1}},
    ],
)
async def test_faults_that_cannot_strike_are_refused(http: Http, fault: dict[str, object]) -> None:
    async with http.post("/_mock/faults", json=fault) as reply:
        assert reply.status == 400


class _Extreme:
    """Draws what makes the longest delay."""

    def digits(self, length: int) -> str:
        return "9" * (length - 1) + "0"

    def identifier(self) -> str:
        return ""

    def token(self) -> str:
        return ""


def test_no_draw_is_longer_than_the_longest_delay() -> None:
    delay = Delay(Distribution.LOGNORMAL, 86_400, sigma=1e300)
    assert delay.draw(_Extreme()) <= LONGEST_DELAY_SECONDS


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
def test_seeds_and_faults_have_no_endless_numbers(tmp_path: Path, value: str) -> None:
    seed = tmp_path / "seed.toml"
    seed.write_text(f"[[users]]\nusername = 'ada'\ncustomData = {{ a = [{value}] }}\n")
    with pytest.raises(InvalidInput, match="not a number of JSON"):
        read_seed(seed, "app")
    faults = tmp_path / "faults.toml"
    faults.write_text(f"[[faults]]\ndelaySeconds = {value}\n")
    with pytest.raises(InvalidInput):
        read_faults(faults)


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("Settings", "pass_code_lifetime", 10**18),
        ("Clock", "scale", 1e12),
        ("Clock", "scale", -5),
    ],
)
async def test_a_state_file_holds_no_absurd_values(
    http: Http, kind: str, name: str, value: float
) -> None:
    await post(http, "/_mock/settings", {"passCodeLength": 5})
    await post(http, "/_mock/clock", {"advanceSeconds": 5})
    state = await get(http, "/_mock/state")
    [record] = [content for each, _, content in state["records"] if each == kind]
    record[name] = value
    async with http.post("/_mock/state", json=state) as reply:
        assert reply.status == 400
    assert (await get(http, "/_mock/settings"))["passCodeLength"] == 5


def test_files_begin_with_a_byte_order_mark_or_not_and_utf_16_is_named(tmp_path: Path) -> None:
    seed = tmp_path / "seed.toml"
    text = "[[users]]\nusername = '小明'\n"
    seed.write_bytes(text.encode("utf-8-sig"))
    assert read_seed(seed, "app").apps["app"].users[0].username == "小明"
    seed.write_bytes(text.encode("utf-16"))
    with pytest.raises(InvalidInput, match="UTF-16"):
        read_seed(seed, "app")
