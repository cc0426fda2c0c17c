"""Further proofs of a user: added, verified, taken away, gone with the user, shared between servers."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from functools import partial
from unittest.mock import ANY

import pytest
from attrs import evolve

from aiogenauth import ApiError, AuthenticationClient, PassCodeWrong
from genauth_mock.engine import factors, totp
from genauth_mock.engine.factor_records import Factor, UserFactors
from genauth_mock.engine.outcomes import Outcome
from genauth_mock.engine.pass_code import CodeHistory
from genauth_mock.server.launch import Running
from genauth_mock.storage.serialization import decode, encode
from tests.mock.support.http import Http, get, post
from tests.mock.support.world import MINE, T0, World, other_digits, refusal

PERIOD = int(T0.timestamp()) // 30


def with_app(world: World, token: str) -> Factor:
    """Add an authenticator app to a user."""
    enrollment, factor = factors.begin(world.context(token), "OTP", None)
    code = totp.code_at(factor.key, int(world.now.timestamp()) // 30)
    factors.enroll(world.context(token), "OTP", enrollment, code)
    return factor


def test_a_code_is_verified_once_and_the_next_one_again(world: World) -> None:
    token = world.user("ada")
    key = with_app(world, token).key
    answers: list[object] = []
    for step in (PERIOD, PERIOD, PERIOD + 1, PERIOD):
        code = totp.code_at(key, step)
        answers.append(factors.verify_otp(world.context(token), code)["verified"])
    assert answers == [True, False, True, False]


def test_a_recovery_code_works_once_and_is_replaced(world: World) -> None:
    token = world.user("ada")
    first = with_app(world, token).recovery_code
    assert [len(group) for group in first.split("-")] == [4] * 6
    answer = factors.verify_otp(world.context(token), first.upper())
    assert answer["verified"] is True
    assert factors.verify_otp(world.context(token), first) == {"verified": False}
    second = str(answer["recoveryCode"])
    assert factors.verify_otp(world.context(token), second)["verified"] is True


@pytest.mark.parametrize(
    ("seconds", "outcome"), [(59, None), (60, Outcome.ENROLLMENT_TOKEN_INVALID)]
)
def test_an_enrollment_lives_for_a_minute(
    world: World, seconds: int, outcome: Outcome | None
) -> None:
    token = world.user("ada")
    enrollment, _ = factors.begin(world.context(token), "SMS", MINE)
    [history] = world.records.all(CodeHistory)
    digits = history.codes[-1].digits
    world.pass_time(seconds)
    enroll = partial(factors.enroll, world.context(token), "SMS", enrollment, digits)
    assert refusal(enroll) is outcome


def test_a_deleted_user_leaves_no_factors(world: World) -> None:
    token = world.user("ada")
    with_app(world, token)
    context = world.context(token)
    context.delete(context.signed_in_user())
    assert list(world.records.all(UserFactors)) == []


def test_factors_are_written_and_read_back_as_they_were() -> None:
    held = UserFactors("u", (Factor("f", "SMS", MINE), Factor("g", "OTP", None, "K", "r", 7)))
    assert decode(UserFactors, encode(held)) == held


async def test_servers_that_share_a_store_share_factors(servers: tuple[Http, Http]) -> None:
    one, other = servers
    token = (await post(one, "/_mock/users", {"username": "ada"}))["accessToken"]
    begin = {"factorType": "SMS", "profile": {"phoneNumber": MINE.number}}
    begun = await post(one, "/api/v3/send-enroll-factor-request", begin, authorization=token)
    [message] = (await get(other, "/_mock/messages"))["messages"]
    proof = {
        "factorType": "SMS",
        "enrollmentToken": begun["data"]["enrollmentToken"],
        "enrollmentData": {"passCode": message["passCode"]},
    }
    added = await post(other, "/api/v3/enroll-factor", proof, authorization=token)
    assert added["statusCode"] == 200, added
    async with one.get("/api/v3/list-enrolled-factors", headers={"authorization": token}) as reply:
        [factor] = (await reply.json())["data"]
    assert factor["profile"] == {"phoneNumber": MINE.number, "phoneCountryCode": "+86"}


async def shown_code(http: Http, key: str) -> str:
    """Return what an authenticator app shows at the time of the server."""
    moment = datetime.fromisoformat((await get(http, "/_mock/clock"))["now"])
    return totp.code_at(key, int(moment.timestamp()) // 30)


async def test_the_sdk_adds_an_app_and_takes_it_away(server: Running) -> None:
    async with (
        Http(server.url, headers={"x-genauth-app-id": "app"}) as http,
        AuthenticationClient(app_id="app", app_host=server.url) as client,
    ):
        ada = client.as_user((await post(http, "/_mock/users", {"username": "ada"}))["accessToken"])
        begun = await ada.send_enroll_factor_request({}, "OTP")
        assert begun.otp_data is not None
        key = str(begun.otp_data.qr_code_uri).partition("secret=")[2].partition("&")[0]
        code = await shown_code(http, key)
        with pytest.raises(PassCodeWrong):
            await ada.enroll_factor({"passCode": other_digits(code)}, begun.enrollment_token, "OTP")
        await ada.enroll_factor({"passCode": code}, begun.enrollment_token, "OTP")
        assert await ada.mfa_otp_verify(await shown_code(http, key))
        with pytest.raises(ApiError) as refused:
            await ada.send_enroll_factor_request({}, "OTP")
        assert refused.value.status_code == 422
        [factor] = await ada.list_enrolled_factors()
        assert await ada.get_factor(str(factor.factor_id)) == evolve(factor, request_id=ANY)
        await ada.reset_factor(str(factor.factor_id))
        left = [one.factor_type for one in await ada.list_factors_to_enroll()]
        assert left == ["SMS", "EMAIL", "OTP"]


async def test_no_journal_shows_what_an_app_is_set_up_with(http: Http) -> None:
    token = (await post(http, "/_mock/users", {"username": "ada"}))["accessToken"]
    begin: dict[str, object] = {"factorType": "OTP", "profile": {}}
    begun = await post(http, "/api/v3/send-enroll-factor-request", begin, authorization=token)
    setup = begun["data"]["otpData"]
    await post(http, "/api/v3/mfa-totp-verify", {"totp": "271828"}, authorization=token)
    journal = str(await get(http, "/_mock/requests"))
    assert "mfa-totp-verify" in journal
    for secret in (
        setup["recoveryCode"],
        setup["qrCodeUri"].partition("secret=")[2][:32],
        "271828",
    ):
        assert secret not in journal


def test_the_picture_of_a_setup_uri_is_a_png_of_it() -> None:
    uri = totp.setup_uri("JBSWY3DPEHPK3PXP", "app", "ada")
    head, _, drawn = totp.picture(uri).partition(",")
    assert head == "data:image/png;base64"
    assert b64decode(drawn).startswith(b"\x89PNG\r\n")
    assert drawn != totp.picture(uri.replace("ada", "bob")).partition(",")[2]
