"""Changing a password, and replacing one that was forgotten."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.password import (
    reset_password,
    update_password,
    validate_password,
    verify_reset,
)
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.checks.matchers import positive
from genauth_contract.outcomes.accounts import (
    NOT_SIGNED_IN,
    PASSWORD_NOT_DECRYPTED,
    UNKNOWN_USER,
    USER_SUSPENDED,
    WRONG_OLD_PASSWORD,
    WRONG_PASSWORD,
)
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY
from genauth_contract.outcomes.phones import UPDATE_TOKEN_INVALID
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL, SUSPENDING, WANTS_SIGN_IN

_UPDATE_PASSWORD = "API reference, update-password"  # noqa: S105 - a source
_VALIDATE = "official Node SDK of 2025, validatePassword"
_KEEPS = "a lent account keeps its password"
_NEW = "another-correct-horse"


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, mock_only=_KEEPS)
def the_new_password_signs_in_and_the_old_one_no_longer_does(world: World) -> None:
    user = world.user_without_phone()
    username, old = world.login_of(user)
    world.expect(OK, update_password(user, _NEW, old))
    world.expect(OK, sign_in_by_password({"username": username}, _NEW))
    world.expect(WRONG_PASSWORD, sign_in_by_password({"username": username}, old))


@scenario(Evidence.ASSUMED, "no source says that tokens end with the password", mock_only=_KEEPS)
def a_token_stays_good_when_the_password_changes(world: World) -> None:
    user = world.user_without_phone()
    _, old = world.login_of(user)
    world.expect(OK, update_password(user, _NEW, old))
    world.expect(OK, get_profile(user))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, mock_only="a lent account has a password")
def a_first_password_needs_no_old_one(world: World) -> None:
    user = world.mock.user(username="new-here")
    world.expect(OK, update_password(user, _NEW, None))
    world.expect(OK, sign_in_by_password({"username": "new-here"}, _NEW))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD)
def a_wrong_old_password_changes_nothing(world: World) -> None:
    user = world.user_without_phone()
    username, old = world.login_of(user)
    world.expect(WRONG_OLD_PASSWORD, update_password(user, _NEW, f"{old}-but-wrong"))
    world.expect(OK, sign_in_by_password({"username": username}, old))


@scenario(
    Evidence.ASSUMED, "API reference: oldPassword is required where one is set", mock_only=_KEEPS
)
def an_old_password_that_is_missing_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(INVALID_ARGUMENT.naming("oldPassword"), update_password(user, _NEW, None))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, wire_only=WANTS_SIGN_IN)
def changing_a_password_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, update_password(NOBODY, _NEW, None))


@scenario(Evidence.DOCS, _UPDATE_PASSWORD, wire_only=MALFORMED)
def changing_a_password_to_none_is_refused(world: World) -> None:
    user = world.user_without_phone()
    world.expect(INVALID_ARGUMENT.naming("newPassword"), any_post("update-password", {}, user))


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_cannot_change_the_password(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, update_password(user, _NEW, None))


@scenario(
    Evidence.ASSUMED,
    "the mock has no SM2 key",
    mock_only="a GenAuth host decrypts it",
    wire_only="the SDK takes a 501 for an outcome that nobody knows",
)
def a_password_encrypted_with_sm2_is_not_imitated(world: World) -> None:
    user = world.user_without_phone()
    body = {"newPassword": _NEW, "passwordEncryptType": "sm2"}
    world.expect(NOT_IMITATED, any_post("update-password", body, user))
    body = {"passwordResetToken": "made-up", "password": _NEW, "passwordEncryptType": "sm2"}
    world.expect(NOT_IMITATED, any_post("reset-password", body))
    body = {"username": "somebody", "password": _NEW, "passwordEncryptType": "sm2"}
    world.expect(NOT_IMITATED, any_post("validate-password", body))


@scenario(Evidence.CLIENT, _VALIDATE, wire_only=NO_CALL)
def a_password_is_right_or_wrong(world: World) -> None:
    username, password = world.login_of(world.user_without_phone())
    right, wrong = OK.with_data(valid=True), OK.with_data(valid=False)
    world.expect(right, validate_password(password, username=username))
    world.expect(wrong, validate_password(f"{password}-but-wrong", username=username))
    world.expect(wrong, validate_password(password, username="nobody-has-this-name"))


@scenario(Evidence.CLIENT, _VALIDATE, mock_only="a lent account has one name", wire_only=NO_CALL)
def of_several_names_an_address_counts_before_a_phone_before_a_username(world: World) -> None:
    users = {"one": "ada@example.com", "two": None, "three": None}
    for name, email in users.items():
        number = "18812348888" if name == "two" else None
        world.mock.user(
            username=name, password=f"password-of-{name}", email=email, phoneNumber=number
        )
    named = {"email": "ada@example.com", "phone": "18812348888", "username": "three"}
    for name in users:
        world.expect(OK.with_data(valid=True), validate_password(f"password-of-{name}", **named))
        named.pop(next(iter(named)))


@scenario(Evidence.ASSUMED, _VALIDATE, wire_only=NO_CALL)
def a_password_of_nobody_and_none_at_all_are_refused(world: World) -> None:
    world.expect(INVALID_ARGUMENT.naming("username"), validate_password("some-password"))
    world.expect(INVALID_ARGUMENT.naming("password"), any_post("validate-password", {}))
    for number in ("phone", "email"):
        call = validate_password("some-password", **{number: "1"})
        world.expect(INVALID_ARGUMENT.naming(number), call)


@scenario(
    Evidence.ASSUMED,
    "the login component's table of errors: 2016",
    wire_only="the SDK takes no password for encrypted that cannot be",
)
def a_password_that_was_not_encrypted_cannot_be_decrypted(world: World) -> None:
    user = world.user_without_phone()
    body = {"newPassword": _NEW, "passwordEncryptType": "rsa"}
    world.expect(PASSWORD_NOT_DECRYPTED, any_post("update-password", body, user))
    body = {"passwordResetToken": "made-up", "password": _NEW, "passwordEncryptType": "rsa"}
    world.expect(PASSWORD_NOT_DECRYPTED, any_post("reset-password", body))
    body = {"username": "somebody", "password": _NEW, "passwordEncryptType": "rsa"}
    world.expect(PASSWORD_NOT_DECRYPTED, any_post("validate-password", body))
    by_name = {
        "connection": "PASSWORD",
        "passwordPayload": {"username": "somebody", "password": _NEW},
        "options": {"passwordEncryptType": "rsa"},
    }
    world.expect(PASSWORD_NOT_DECRYPTED, any_post("signin", by_name))
    world.expect(PASSWORD_NOT_DECRYPTED, any_post("signup", by_name))


_RESET = "API reference, reset-password"
_RESET_CHANNEL = "CHANNEL_RESET_PASSWORD"


@scenario(Evidence.DOCS, _RESET, mock_only=_KEEPS)
def a_texted_code_opens_the_way_to_a_new_password_once(world: World) -> None:
    user, phone = world.user_with_phone()
    username, old = world.login_of(user)
    proved = world.expect(
        OK.with_data(tokenExpiresIn=positive),
        verify_reset(phone, world.text(phone, _RESET_CHANNEL)),
    )
    token = world.field(proved, "passwordResetToken")
    world.expect(OK, reset_password(token, _NEW))
    world.expect(OK, sign_in_by_password({"username": username}, _NEW))
    world.expect(WRONG_PASSWORD, sign_in_by_password({"username": username}, old))
    world.expect(UPDATE_TOKEN_INVALID, reset_password(token, old))


@scenario(Evidence.ASSUMED, "no source tells how long the token lives", mock_only=_KEEPS)
def a_token_to_reset_a_password_expires(world: World) -> None:
    user, phone = world.user_with_phone()
    username, old = world.login_of(user)
    proved = world.expect(OK, verify_reset(phone, world.text(phone, _RESET_CHANNEL)))
    world.advance(61)
    token = world.field(proved, "passwordResetToken")
    world.expect(UPDATE_TOKEN_INVALID, reset_password(token, _NEW))
    world.expect(OK, sign_in_by_password({"username": username}, old))


@scenario(Evidence.DOCS, _RESET)
def a_wrong_code_opens_no_way_to_a_new_password(world: World) -> None:
    _, phone = world.user_with_phone()
    code = world.text(phone, _RESET_CHANNEL)
    world.expect(WRONG_CODE, verify_reset(phone, code.but_wrong()))


@scenario(Evidence.DOCS, "API reference, send-sms, channel")
def a_code_for_something_else_resets_no_password(world: World) -> None:
    _, phone = world.user_with_phone()
    world.expect(NO_CODE, verify_reset(phone, world.text(phone)))


@scenario(Evidence.ASSUMED, "the code is looked at before the account")
def who_has_no_account_has_no_password_to_reset(world: World) -> None:
    phone = world.fresh_phone()
    world.expect(UNKNOWN_USER, verify_reset(phone, world.text(phone, _RESET_CHANNEL)))


@scenario(Evidence.DOCS, _RESET, wire_only=MALFORMED)
def a_reset_without_its_fields_is_refused(world: World) -> None:
    no_payload = any_post("verify-reset-password-request", {"verifyMethod": "PHONE_PASSCODE"})
    world.expect(INVALID_ARGUMENT.naming("phonePassCodePayload"), no_payload)
    world.expect(
        INVALID_ARGUMENT.naming("verifyMethod"), any_post("verify-reset-password-request", {})
    )
    world.expect(
        INVALID_ARGUMENT.naming("password", "passwordResetToken"), any_post("reset-password", {})
    )
