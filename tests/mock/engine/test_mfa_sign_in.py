"""A sign-in that wants a further proof: whose, for how long, and what it is gone on with."""

from __future__ import annotations

import time
from functools import partial

import pyotp
import pytest
from attrs import evolve
from pyotp.totp import TOTP

from aiogenauth import ApiError, AuthenticationClient, MfaRequired, shapes
from genauth_mock.engine import factors, mfa_sign_in, sign_in
from genauth_mock.engine.accounts import Status, User
from genauth_mock.engine.factor_records import Factor, UserFactors
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.tokens import Tokens
from genauth_mock.server.launch import Running
from tests.mock.support.http import Http, post
from tests.mock.support.world import MINE, NEW, World, refusal

VERIFY = "CHANNEL_VERIFY_MFA"
LOGIN = partial(sign_in.by_password, named=["username:ada"], password="right", scope="openid phone")


def demand(world: World) -> dict[str, object]:
    """Sign in; give what the demand for a further proof says."""
    with pytest.raises(Refusal) as refused:
        LOGIN(world.context())
    assert refused.value.outcome is Outcome.MFA_REQUIRED
    return dict(refused.value.data or {})


def held_up(world: World) -> str:
    """Sign in; give the token that goes on with it."""
    return str(demand(world)["mfaToken"])


def the_user(world: World) -> User:
    [user] = world.records.all(User)
    return user


@pytest.mark.parametrize(("wanted", "count"), [(None, 1), ("enrolled", 1), ("always", 0)])
def test_who_has_no_factor_is_held_up_where_everybody_is(
    world: World, wanted: str | None, count: int
) -> None:
    world.user("ada", password="right")
    world.set(mfa_at_sign_in=wanted)
    assert refusal(partial(LOGIN, world.context())) is (None if count else Outcome.MFA_REQUIRED)
    assert the_user(world).logins_count == count


def test_a_demand_names_the_ways_that_the_user_has(world: World) -> None:
    world.user("ada", password="right", phone=MINE)
    world.set(mfa_at_sign_in="enrolled")
    held = UserFactors(the_user(world).user_id, (Factor("f", "SMS", NEW), Factor("g", "OTP")))
    factors.file(world.context(), held)
    said = demand(world)
    del said["mfaToken"]
    assert said == {
        "applicationMfa": [
            {"mfaPolicy": "SMS", "status": 1, "sort": 0},
            {"mfaPolicy": "OTP", "status": 1, "sort": 1},
        ],
        "totpMfaEnabled": True,
        "faceMfaEnabled": False,
        "username": "ada",
        "phone": MINE.number,
        "phoneCountryCode": "+86",
        "mfaPhone": NEW.number,
        "mfaPhoneCountryCode": "+86",
    }


def test_the_scope_of_the_sign_in_is_that_of_the_tokens(world: World) -> None:
    world.user("ada", password="right", phone=MINE)
    world.set(mfa_at_sign_in="always")
    token = held_up(world)
    tokens = mfa_sign_in.by_code(world.context(token), MINE, world.send(VERIFY, MINE))
    assert tokens.scope == "openid phone"
    assert the_user(world).logins_count == 1


@pytest.mark.parametrize(("seconds", "active"), [(359, True), (360, False)])
def test_a_sign_in_is_held_up_for_six_minutes(world: World, seconds: int, *, active: bool) -> None:
    world.user("ada", password="right", phone=MINE)
    world.set(mfa_at_sign_in="always")
    token = held_up(world)
    world.pass_time(seconds)
    assert mfa_sign_in.look_into(world.context(), token)["active"] is active
    prove = partial(mfa_sign_in.by_code, world.context(token), MINE, world.send(VERIFY, MINE))
    assert refusal(prove) is (None if active else Outcome.MFA_TOKEN_INVALID)


def test_who_is_suspended_or_gone_meanwhile_gets_no_tokens(world: World) -> None:
    world.user("ada", password="right", phone=MINE)
    world.set(mfa_at_sign_in="always")
    token, digits = held_up(world), world.send(VERIFY, MINE)
    prove = partial(mfa_sign_in.by_code, world.context(token), MINE, digits)
    world.context().save(evolve(the_user(world), status=Status.SUSPENDED))
    assert refusal(prove) is Outcome.USER_SUSPENDED
    world.context().delete(the_user(world))
    assert refusal(prove) is Outcome.MFA_TOKEN_INVALID
    assert mfa_sign_in.look_into(world.context(), token) == {"active": False}


def test_a_phone_is_not_added_beside_one_that_is_bound(world: World) -> None:
    world.user("ada", password="right", phone=MINE)
    world.set(mfa_at_sign_in="always")
    token = held_up(world)
    prove = partial(mfa_sign_in.by_code, world.context(token), NEW, world.send(VERIFY, NEW))
    assert refusal(prove) is Outcome.UNKNOWN_FACTOR


def test_the_codes_of_pyotp_are_taken_once_each(world: World) -> None:
    world.user("ada", password="right")
    token = world.context().sign_in(the_user(world), None)
    begun, factor = factors.begin(world.context(token), "OTP", None)
    app = TOTP(factor.key)
    factors.enroll(world.context(token), "OTP", begun, app.at(world.now))
    world.set(mfa_at_sign_in="enrolled")
    world.pass_time(30)

    def prove() -> Tokens:
        return mfa_sign_in.by_app(world.context(held_up(world)), app.at(world.now))

    assert refusal(prove) is None
    assert refusal(prove) is Outcome.WRONG_CODE
    world.pass_time(30)
    assert refusal(prove) is None


async def app_of(user: AuthenticationClient) -> TOTP:
    """Add an authenticator app to a user, who had no factor before."""
    assert not (await user.get_security_level()).mfa_enrolled
    begun = await user.send_enroll_factor_request({}, "OTP")
    assert begun.otp_data is not None
    app = pyotp.parse_uri(str(begun.otp_data.qr_code_uri))
    assert isinstance(app, TOTP)
    await user.enroll_factor({"passCode": app.now()}, begun.enrollment_token, "OTP")
    assert (await user.get_security_level()).mfa_enrolled
    return app


async def test_the_sdk_goes_on_with_the_token_of_the_demand(server: Running, http: Http) -> None:
    here = {"appId": "app"}
    await post(http, "/_mock/users", {"username": "ada", "password": "right", **here})
    await post(http, "/_mock/settings", {"mfaAtSignIn": "enrolled", **here})
    async with AuthenticationClient(app_id="app", app_host=server.url) as client:
        first = await client.sign_in_by_username_password("ada", "right")
        app = await app_of(client.as_user(first.access_token))
        await post(http, "/_mock/clock", {"advanceSeconds": 30, **here})
        with pytest.raises(MfaRequired) as demand:
            await client.sign_in_by_username_password("ada", "right")
        assert demand.value.factor_types == ("OTP",)
        token = demand.value.mfa_token
        assert token is not None
        assert token not in repr(demand.value)
        assert (await client.verify_mfa_token(token)).active
        code = app.at(int(time.time()), counter_offset=1)
        path, held = "/api/v2/applications/mfa/totp/verify", client.as_user(token)
        given = await held.request("POST", path, json={"totp": code}, cast_to=shapes.SignIn)
        assert (await client.as_user(given.access_token).get_profile()).username == "ada"
        assert not (await client.verify_mfa_token(token)).active
        with pytest.raises(ApiError, match="2021"):
            await held.request("POST", path, json={"totp": code})
