"""The imitated calls: for each path, what is read from the request and which rule of the engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.calls import shapes
from genauth_mock.calls import sign_in as sign_in_calls
from genauth_mock.calls.call import Call, Json, post, signed_in
from genauth_mock.calls.oidc import OIDC_CALLS
from genauth_mock.calls.reading import email, phone, required
from genauth_mock.calls.sign_in_shapes import SignIn
from genauth_mock.calls.sign_up_shapes import SignUp
from genauth_mock.engine import addresses, codes, profile
from genauth_mock.engine.kinds import EMAIL, PHONE
from genauth_mock.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.address import Address
    from genauth_mock.engine.turn import Turn


def send_sms(turn: Turn, ask: shapes.SendSms) -> None:
    """``POST /api/v3/send-sms``."""
    codes.send(turn, ask.channel, phone(ask.phone_number, ask.phone_country_code))


def send_email(turn: Turn, ask: shapes.SendEmail) -> None:
    """``POST /api/v3/send-email``."""
    codes.send(turn, ask.channel, email(ask.email))


def pre_check_code(turn: Turn, ask: shapes.PreCheckCode) -> Json:
    """``POST /api/v3/pre-check-code``. That an invalid code answers 200 is inferred from the V2 twin."""
    channel: str
    if ask.code_type == "SMS":
        sms = required("smsCodePayload", ask.sms_code_payload)
        where: Address = phone(sms.phone, sms.phone_country_code, "smsCodePayload.phone")
        channel, digits = sms.channel, sms.pass_code
    else:
        mail = required("emailCodePayload", ask.email_code_payload)
        where, channel, digits = (
            email(mail.email, "emailCodePayload.email"),
            mail.channel,
            mail.pass_code,
        )
    verdict = codes.peek(turn, channel, where, digits)
    if verdict is Verdict.OK:
        return {"isValid": True}
    return {"isValid": False, "message": turn.error_codes[verdict].message(turn.language, "")}


def bind_phone(turn: Turn, ask: shapes.BindPhone) -> None:
    """``POST /api/v3/bind-phone``."""
    addresses.bind(turn, PHONE, phone(ask.phone_number, ask.phone_country_code), ask.pass_code)


def bind_email(turn: Turn, ask: shapes.BindEmail) -> None:
    """``POST /api/v3/bind-email``."""
    addresses.bind(turn, EMAIL, email(ask.email), ask.pass_code)


def unbind_phone(turn: Turn, ask: shapes.Unbind) -> None:
    """``POST /api/v3/unbind-phone``."""
    addresses.unbind(turn, PHONE, ask.pass_code)


def unbind_email(turn: Turn, ask: shapes.Unbind) -> None:
    """``POST /api/v3/unbind-email``."""
    addresses.unbind(turn, EMAIL, ask.pass_code)


def verify_update_phone(turn: Turn, ask: shapes.VerifyUpdatePhone) -> Json:
    """``POST /api/v3/verify-update-phone-request``."""
    given = ask.phone_pass_code_payload
    at = "phonePassCodePayload."
    new = phone(given.new_phone_number, given.new_phone_country_code, at + "newPhoneNumber")
    old = given.old_phone_number and phone(
        given.old_phone_number, given.old_phone_country_code, at + "oldPhoneNumber"
    )
    token = addresses.allow_change(
        turn, PHONE, (new, given.new_phone_pass_code), (old or None, given.old_phone_pass_code)
    )
    return {"updatePhoneToken": token, "tokenExpiresIn": _token_seconds(turn)}


def verify_update_email(turn: Turn, ask: shapes.VerifyUpdateEmail) -> Json:
    """``POST /api/v3/verify-update-email-request``."""
    given = ask.email_pass_code_payload
    at = "emailPassCodePayload."
    new = email(given.new_email, at + "newEmail")
    old = given.old_email and email(given.old_email, at + "oldEmail")
    token = addresses.allow_change(
        turn, EMAIL, (new, given.new_email_pass_code), (old or None, given.old_email_pass_code)
    )
    return {"updateEmailToken": token, "tokenExpiresIn": _token_seconds(turn)}


def update_phone(turn: Turn, ask: shapes.UpdatePhone) -> None:
    """``POST /api/v3/update-phone``."""
    addresses.change(turn, PHONE, ask.update_phone_token)


def update_email(turn: Turn, ask: shapes.UpdateEmail) -> None:
    """``POST /api/v3/update-email``."""
    addresses.change(turn, EMAIL, ask.update_email_token)


def get_profile(turn: Turn, _: Mapping[str, object], query: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-profile``. The official Python SDK writes booleans as ``True``."""
    user, access = turn.session()
    wants_custom_data = query.get("withCustomData", "").lower() == "true"
    return profile.profile(user, access, with_custom_data=wants_custom_data)


def get_security_info(turn: Turn, _: Mapping[str, object], __: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-security-info``."""
    return profile.security(turn.signed_in_user())


def _token_seconds(turn: Turn) -> int:
    return int(turn.settings.update_token_lifetime.total_seconds())


CALLS: Final[tuple[Call, ...]] = (
    post("/api/v3/send-sms", shapes.SendSms, send_sms),
    post("/api/v3/send-email", shapes.SendEmail, send_email),
    post("/api/v3/pre-check-code", shapes.PreCheckCode, pre_check_code),
    signed_in("/api/v3/bind-phone", shapes.BindPhone, bind_phone),
    signed_in("/api/v3/unbind-phone", shapes.Unbind, unbind_phone),
    signed_in("/api/v3/verify-update-phone-request", shapes.VerifyUpdatePhone, verify_update_phone),
    signed_in("/api/v3/update-phone", shapes.UpdatePhone, update_phone),
    signed_in("/api/v3/bind-email", shapes.BindEmail, bind_email),
    signed_in("/api/v3/unbind-email", shapes.Unbind, unbind_email),
    signed_in("/api/v3/verify-update-email-request", shapes.VerifyUpdateEmail, verify_update_email),
    signed_in("/api/v3/update-email", shapes.UpdateEmail, update_email),
    Call("GET", "/api/v3/get-profile", get_profile),
    Call("GET", "/api/v3/get-security-info", get_security_info),
    post("/api/v3/signin", SignIn, sign_in_calls.signin, signs=True),
    post("/api/v3/signup", SignUp, sign_in_calls.signup),
    *OIDC_CALLS,
)
"""Every imitated call."""

ISSUING: Final = frozenset(
    call.path for call in CALLS if call.signs or call.path.startswith("/oidc/")
)
"""The paths of the calls that name the issuer of tokens: for these it counts how the server was reached."""
