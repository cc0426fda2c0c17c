"""Further proofs at sign-in, MFA factors: added, shown, asked for, taken away."""

from __future__ import annotations

import time
from collections.abc import Mapping

from genauth_contract.api.call import ApiCall, any_post
from genauth_contract.api.calls.factors import (
    begin_factor,
    enroll_factor,
    get_factor,
    list_enrolled_factors,
    list_factors_to_enroll,
    reset_factor,
    verify_otp,
)
from genauth_contract.api.totp import shown_code
from genauth_contract.checks.matchers import listing
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    SENT_TOO_RECENTLY,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.emails import EMAIL_SENT_TOO_RECENTLY
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.factors import (
    ENROLLMENT_TOKEN_INVALID,
    FACTOR_ENROLLED,
    UNKNOWN_FACTOR,
)
from genauth_contract.outcomes.models import NOBODY, PassCode, Phone, User, is_list, is_object
from genauth_contract.outcomes.outcome import Answer
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_BEGIN = "API reference, send-enroll-factor-request"
_ENROLL = "API reference, enroll-factor"
_ENROLLED = "live tests of the C# SDK, 2022-10"
_KEEPS = "a lent account keeps the proofs it has"
_SMS, _EMAIL, _OTP = "SMS", "EMAIL", "OTP"
_BIND_MFA = "CHANNEL_BIND_MFA"
_MAIL = "ada@example.com"


@scenario(Evidence.DOCS, _ENROLL, mock_only=_KEEPS)
def an_authenticator_app_is_added_with_the_code_that_it_shows(world: World) -> None:
    user = world.user_without_phone()
    with_app(world, user)
    _shows(world, user, [_OTP])


@scenario(Evidence.DOCS, _ENROLL, mock_only=_KEEPS)
def a_phone_is_added_with_the_code_that_was_texted(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    token, code = _texted(world, user, phone)
    world.expect(OK, enroll_factor(user, _SMS, token, code.digits))
    factor_id = _shows(world, user, [_SMS])[0]
    world.expect(OK.with_data(factorType=_SMS), get_factor(user, factor_id))


@scenario(Evidence.DOCS, _ENROLL, mock_only=_KEEPS)
def a_mailbox_is_added_with_the_code_that_was_mailed(world: World) -> None:
    user = world.user_without_phone()
    begun = world.expect(OK, begin_factor(user, _EMAIL, {"email": _MAIL}))
    code = world.mock.mailed(_MAIL, "CHANNEL_VERIFY_MFA")
    token = world.field(begun, "enrollmentToken")
    world.expect(OK, enroll_factor(user, _EMAIL, token, code.digits))
    _shows(world, user, [_EMAIL])
    world.expect(
        EMAIL_SENT_TOO_RECENTLY, begin_factor(world.another_user(), _EMAIL, {"email": _MAIL})
    )


@scenario(Evidence.DOCS, "API reference, reset-factor", mock_only=_KEEPS)
def a_factor_that_is_taken_away_may_be_added_again(world: World) -> None:
    user = world.user_without_phone()
    with_app(world, user)
    factor_id = _shows(world, user, [_OTP])[0]
    world.expect(OK, reset_factor(user, factor_id))
    _shows(world, user, [])
    world.expect(UNKNOWN_FACTOR, get_factor(user, factor_id))
    world.expect(UNKNOWN_FACTOR, reset_factor(user, factor_id))
    with_app(world, user)


@scenario(Evidence.CLIENT, _ENROLLED, mock_only=_KEEPS)
def a_factor_that_the_user_has_is_not_begun_again(world: World) -> None:
    user = world.user_without_phone()
    began_twice = _begun_app(world, user)
    with_app(world, user)
    world.expect(FACTOR_ENROLLED, begin_factor(user, _OTP, {}))
    token, code = began_twice
    world.expect(FACTOR_ENROLLED, enroll_factor(user, _OTP, token, code))


@scenario(Evidence.DOCS, "API reference, enrollmentToken: one minute", mock_only=_KEEPS)
def an_enrollment_token_lives_for_a_minute_and_works_once(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    token, code = _texted(world, user, phone)
    enroll = enroll_factor(user, _SMS, token, code.digits)
    world.expect(ENROLLMENT_TOKEN_INVALID, enroll_factor(user, _EMAIL, token, code.digits))
    world.expect(
        ENROLLMENT_TOKEN_INVALID, enroll_factor(world.another_user(), _SMS, token, code.digits)
    )
    world.expect(OK, enroll)
    world.expect(ENROLLMENT_TOKEN_INVALID, enroll)
    late = world.another_user()
    token, code = _texted(world, late, world.fresh_phone())
    world.advance(60)
    world.expect(ENROLLMENT_TOKEN_INVALID, enroll_factor(late, _SMS, token, code.digits))


@scenario(Evidence.ASSUMED, "as wherever a pass code is taken", mock_only=_KEEPS)
def a_factor_needs_a_good_code(world: World) -> None:
    user, phone = world.user_without_phone(), world.fresh_phone()
    token, code = _texted(world, user, phone)
    world.expect(SENT_TOO_RECENTLY, begin_factor(user, _SMS, _profile(phone)))
    wrong = enroll_factor(user, _SMS, token, code.but_wrong().digits)
    world.expect(WRONG_CODE, wrong)
    world.expect(WRONG_CODE, wrong)
    world.expect(BURNED_CODE, enroll_factor(user, _SMS, token, code.digits))


@scenario(Evidence.ASSUMED, "as wherever a pass code is taken", mock_only=_KEEPS)
def a_factor_needs_a_code_that_is_neither_used_nor_old(world: World) -> None:
    world.mock.change_settings(resendGapSeconds=0, passCodeLifetimeSeconds=30)
    user, phone = world.user_without_phone(), world.fresh_phone()
    first, _ = _texted(world, user, phone)
    second, code = _texted(world, user, phone)
    world.expect(OK, enroll_factor(user, _SMS, first, code.digits))
    world.expect(OK, reset_factor(user, _shows(world, user, [_SMS])[0]))
    world.expect(SPENT_CODE, enroll_factor(user, _SMS, second, code.digits))
    late, code = _texted(world, user, world.fresh_phone())
    world.advance(30)
    world.expect(EXPIRED_CODE, enroll_factor(user, _SMS, late, code.digits))


@scenario(
    Evidence.ASSUMED, "no source: that the app's code is tried as pass codes are", mock_only=_KEEPS
)
def a_wrong_code_of_an_app_adds_nothing(world: World) -> None:
    user = world.user_without_phone()
    token, code = _begun_app(world, user)
    world.expect(WRONG_CODE, enroll_factor(user, _OTP, token, PassCode(code).but_wrong().digits))
    _shows(world, user, [])


@scenario(Evidence.ASSUMED, "RFC 6238, 5.2: a code is accepted once", mock_only=_KEEPS)
def the_code_of_the_app_is_verified_once(world: World) -> None:
    user = world.user_without_phone()
    uri, recovery_code = with_app(world, user)
    code = shown_code(uri, time.time() + 30)
    wrong = PassCode(code).but_wrong().digits
    world.expect(OK.with_data(verified=False), verify_otp(user, wrong))
    world.expect(OK.with_data(verified=True), verify_otp(user, code))
    world.expect(OK.with_data(verified=False), verify_otp(user, code))
    world.expect(OK.with_data(verified=True), verify_otp(user, recovery_code))
    world.expect(OK.with_data(verified=False), verify_otp(user, recovery_code))


@scenario(Evidence.ASSUMED, "no source: false, as for a wrong code", mock_only=_KEEPS)
def a_user_without_an_app_has_no_right_code(world: World) -> None:
    user = world.user_without_phone()
    world.expect(OK.with_data(verified=False), verify_otp(user, "123456"))


@scenario(Evidence.DOCS, "API reference, list-factors-to-enroll", mock_only=_KEEPS)
def what_may_be_added_is_what_the_user_has_not(world: World) -> None:
    user = world.user_without_phone()
    every = listing("factorType", _SMS, _EMAIL, _OTP)
    world.expect(OK.with_data(items=every), list_factors_to_enroll(user))
    with_app(world, user)
    left = listing("factorType", _SMS, _EMAIL)
    world.expect(OK.with_data(items=left), list_factors_to_enroll(user))


@scenario(
    Evidence.ASSUMED,
    _BEGIN,
    mock_only="a GenAuth host compares faces",
    wire_only="the SDK takes a 501 for an outcome that nobody knows",
)
def a_face_is_not_imitated(world: World) -> None:
    user = world.user_without_phone()
    world.expect(NOT_IMITATED, begin_factor(user, "FACE", {}))
    world.expect(NOT_IMITATED, enroll_factor(user, "FACE", "any", "any"))


@scenario(Evidence.DOCS, _BEGIN, wire_only=WANTS_SIGN_IN)
def no_call_about_factors_is_answered_without_signing_in(world: World) -> None:
    for call in _every_call(NOBODY):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_has_no_call_about_factors(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    for call in _every_call(user):
        world.expect(USER_SUSPENDED, call)


@scenario(Evidence.DOCS, _BEGIN, wire_only=MALFORMED)
def what_is_missing_from_a_call_about_factors_is_named(world: World) -> None:
    user = world.user_without_phone()
    begin, enroll = "send-enroll-factor-request", "enroll-factor"
    for field, call in (
        ("factorType", any_post(begin, {"profile": {}}, user)),
        ("profile", any_post(begin, {"factorType": _OTP}, user)),
        ("profile.phoneNumber", begin_factor(user, _SMS, {})),
        ("profile.email", begin_factor(user, _EMAIL, {"email": "nobody"})),
        ("enrollmentToken", any_post(enroll, {"factorType": _OTP, "enrollmentData": {}}, user)),
        ("factorId", any_post("reset-factor", {}, user)),
        ("factorId", get_factor(user, "")),
        ("totp", any_post("mfa-totp-verify", {}, user)),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)


def _every_call(user: User) -> tuple[ApiCall, ...]:
    return (
        begin_factor(user, _OTP, {}),
        enroll_factor(user, _OTP, "some-token", "123456"),
        reset_factor(user, "some-factor"),
        list_enrolled_factors(user),
        get_factor(user, "some-factor"),
        list_factors_to_enroll(user),
        verify_otp(user, "123456"),
    )


def _begun_app(world: World, user: User) -> tuple[str, str]:
    """Begin to add an authenticator app; return the token and the code that the app shows."""
    begun = world.expect(OK, begin_factor(user, _OTP, {}))
    return world.field(begun, "enrollmentToken"), shown_code(_setup(world, begun)[0], time.time())


def with_app(world: World, user: User) -> tuple[str, str]:
    """Add an authenticator app; return its URI and the recovery code."""
    begun = world.expect(OK, begin_factor(user, _OTP, {}))
    uri, recovery_code = _setup(world, begun)
    token, code = world.field(begun, "enrollmentToken"), shown_code(uri, time.time())
    world.expect(OK, enroll_factor(user, _OTP, token, code))
    return uri, recovery_code


def _setup(world: World, begun: Answer) -> tuple[str, str]:
    given = begun.data.get("otpData")
    setup: Mapping[str, object] = given if is_object(given) else {}
    uri, recovery_code = str(setup.get("qrCodeUri")), str(setup.get("recoveryCode"))
    world.secrets.learn("secret", uri)
    world.secrets.learn("code", recovery_code)
    return uri, recovery_code


def _texted(world: World, user: User, phone: Phone) -> tuple[str, PassCode]:
    """Begin to add a phone; return the token and the code that was texted."""
    begun = world.expect(OK, begin_factor(user, _SMS, _profile(phone)))
    code = world.fixtures.texted(phone, _BIND_MFA)
    world.secrets.learn("code", code.digits)
    return world.field(begun, "enrollmentToken"), code


def _profile(phone: Phone) -> dict[str, str]:
    return {"phoneNumber": phone.number, "phoneCountryCode": phone.country_code}


def _shows(world: World, user: User, kinds: list[str]) -> list[str]:
    """Expect that the user has factors of these kinds; return their ids."""
    has = OK.with_data(items=listing("factorType", *kinds))
    items = world.expect(has, list_enrolled_factors(user)).data.get("items")
    found = items if is_list(items) else []
    return [str(one.get("factorId")) for one in found if is_object(one)]
