"""Deleting one's own account."""

from __future__ import annotations

from genauth_contract.api.call import any_post
from genauth_contract.api.calls.deletion import delete_account, verify_deletion
from genauth_contract.api.calls.email import send_email
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_password
from genauth_contract.checks.matchers import positive
from genauth_contract.outcomes.accounts import (
    NOT_SIGNED_IN,
    PASSWORD_NOT_DECRYPTED,
    USER_SUSPENDED,
    WRONG_ACCOUNT_OR_PASSWORD,
    WRONG_PASSWORD,
)
from genauth_contract.outcomes.codes import WRONG_CODE
from genauth_contract.outcomes.emails import NO_EMAIL_BOUND, OLD_EMAIL_MISMATCH
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, PassCode, Phone
from genauth_contract.outcomes.phones import (
    NO_PHONE_BOUND,
    OLD_PHONE_MISMATCH,
    UPDATE_TOKEN_INVALID,
)
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_DELETE = "API reference, delete-account"
_VERIFY = "API reference, verify-delete-account-request"
_LENT = "a lent account is not deleted"
_CHANNEL = "CHANNEL_DELETE_ACCOUNT"


def _texted(phone: Phone, code: PassCode) -> dict[str, str]:
    country = phone.country_code
    return {"phoneNumber": phone.number, "phoneCountryCode": country, "passCode": code.digits}


@scenario(Evidence.DOCS, _DELETE, mock_only=_LENT)
def a_password_deletes_an_account_without_addresses(world: World) -> None:
    user = world.user_without_phone()
    username, password = world.login_of(user)
    allowed = OK.with_data(tokenExpiresIn=positive)
    proved = world.expect(allowed, verify_deletion(user, "PASSWORD", {"password": password}))
    token = world.field(proved, "deleteAccountToken")
    world.expect(OK, delete_account(user, token))
    world.expect(NOT_SIGNED_IN, get_profile(user))
    nobody = sign_in_by_password({"username": username}, password)
    world.expect(WRONG_ACCOUNT_OR_PASSWORD, nobody)


@scenario(Evidence.DOCS, _DELETE, mock_only=_LENT)
def a_texted_code_deletes_an_account(world: World) -> None:
    user, phone = world.user_with_phone()
    proof = _texted(phone, world.text(phone, _CHANNEL))
    proved = world.expect(OK, verify_deletion(user, "PHONE_PASSCODE", proof))
    world.expect(OK, delete_account(user, world.field(proved, "deleteAccountToken")))
    world.expect(NOT_SIGNED_IN, get_profile(user))


@scenario(Evidence.DOCS, _DELETE, mock_only=_LENT)
def a_mailed_code_deletes_an_account(world: World) -> None:
    email = "gone@example.com"
    user = world.mock.user(username="leaving", email=email)
    world.expect(OK, send_email(email, _CHANNEL))
    proof = {"email": email, "passCode": world.mock.mailed(email, _CHANNEL).digits}
    proved = world.expect(OK, verify_deletion(user, "EMAIL_PASSCODE", proof))
    world.expect(OK, delete_account(user, world.field(proved, "deleteAccountToken")))
    world.expect(NOT_SIGNED_IN, get_profile(user))


@scenario(Evidence.DOCS, "API reference: the token lives 60 seconds", mock_only=_LENT)
def a_token_to_delete_an_account_expires_and_fits_nobody_else(world: World) -> None:
    user, other = world.user_without_phone(), world.another_user()
    proof = {"password": world.login_of(user)[1]}
    proved = world.expect(OK, verify_deletion(user, "PASSWORD", proof))
    token = world.field(proved, "deleteAccountToken")
    world.expect(UPDATE_TOKEN_INVALID, delete_account(other, token))
    world.advance(61)
    world.expect(UPDATE_TOKEN_INVALID, delete_account(user, token))
    world.expect(OK, get_profile(user))


@scenario(Evidence.DOCS, _VERIFY)
def a_wrong_code_or_password_deletes_nothing(world: World) -> None:
    user, phone = world.user_with_phone()
    code = world.text(phone, _CHANNEL).but_wrong()
    world.expect(WRONG_CODE, verify_deletion(user, "PHONE_PASSCODE", _texted(phone, code)))
    other = world.another_user()
    proof = {"password": "nobody-has-this-password"}
    refused = INVALID_ARGUMENT.naming("verifyMethod") if world.has_email(other) else WRONG_PASSWORD
    world.expect(refused, verify_deletion(other, "PASSWORD", proof))
    world.expect(OK, get_profile(user))


@scenario(Evidence.DOCS, f"{_VERIFY}: PASSWORD is for who has neither phone nor e-mail")
def a_password_is_no_proof_where_a_phone_is_bound(world: World) -> None:
    user, _ = world.user_with_phone()
    proof = {"password": world.login_of(user)[1]}
    refused = INVALID_ARGUMENT.naming("verifyMethod")
    world.expect(refused, verify_deletion(user, "PASSWORD", proof))


@scenario(Evidence.ASSUMED, "no source tells the refusals of an address that is not the user's")
def only_ones_own_address_is_a_proof(world: World) -> None:
    user, _ = world.user_with_phone()
    code = PassCode("000000")
    other = _texted(world.fresh_phone(), code)
    world.expect(OLD_PHONE_MISMATCH, verify_deletion(user, "PHONE_PASSCODE", other))
    mailed = {"email": "nobody@example.com", "passCode": code.digits}
    refused = OLD_EMAIL_MISMATCH if world.has_email(user) else NO_EMAIL_BOUND
    world.expect(refused, verify_deletion(user, "EMAIL_PASSCODE", mailed))
    world.expect(NO_PHONE_BOUND, verify_deletion(world.another_user(), "PHONE_PASSCODE", other))


@scenario(Evidence.DOCS, _DELETE, wire_only=WANTS_SIGN_IN)
def deleting_an_account_without_signing_in_is_refused(world: World) -> None:
    world.expect(NOT_SIGNED_IN, verify_deletion(NOBODY, "PASSWORD", {"password": "x"}))
    world.expect(NOT_SIGNED_IN, delete_account(NOBODY, "made-up"))


@scenario(Evidence.DOCS, _DELETE, wire_only=MALFORMED)
def deleting_an_account_without_the_fields_is_refused(world: World) -> None:
    user = world.user_without_phone()
    verify = any_post("verify-delete-account-request", {"verifyMethod": "PASSWORD"}, user)
    world.expect(INVALID_ARGUMENT.naming("passwordPayload"), verify)
    delete = any_post("delete-account", {}, user)
    world.expect(INVALID_ARGUMENT.naming("deleteAccountToken"), delete)


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_deletes_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    world.expect(USER_SUSPENDED, verify_deletion(user, "PASSWORD", {"password": "x"}))
    world.expect(USER_SUSPENDED, delete_account(user, "made-up"))


@scenario(
    Evidence.ASSUMED,
    "the mock has no SM2 key",
    mock_only="a GenAuth host decrypts it",
    wire_only="the SDK takes a 501 for an outcome that nobody knows",
)
def a_password_that_was_not_encrypted_deletes_nothing(world: World) -> None:
    user = world.user_without_phone()
    _, password = world.login_of(user)
    proof = {"password": password, "passwordEncryptType": "rsa"}
    world.expect(PASSWORD_NOT_DECRYPTED, verify_deletion(user, "PASSWORD", proof))
    proof = {"password": password, "passwordEncryptType": "sm2"}
    world.expect(NOT_IMITATED, verify_deletion(user, "PASSWORD", proof))
