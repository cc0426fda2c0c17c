"""The imitated calls: for each path, what is read from the request and which rule of the engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from attrs import frozen

from genauth_mock import address, shapes
from genauth_mock.engine import addresses, codes, profile, sign_in
from genauth_mock.engine.kinds import EMAIL, PHONE, Kind
from genauth_mock.error_codes import ERROR_CODES
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.address import Address, Email, Phone
    from genauth_mock.engine.turn import Turn

Json = dict[str, object]
Shape = TypeVar("Shape")


class Play(Protocol):
    """Answers one call: gives the envelope's ``data``, or None where the call has none; raises `Refusal`."""

    def __call__(
        self, turn: Turn, body: Mapping[str, object], query: Mapping[str, str], /
    ) -> Json | None:
        """Answer the call."""
        ...


@frozen
class Call:
    """One imitated call of the API."""

    method: str
    path: str
    play: Play


def send_sms(turn: Turn, ask: shapes.SendSms) -> None:
    """``POST /api/v3/send-sms``."""
    codes.send(turn, ask.channel, _phone(ask.phone_number, ask.phone_country_code))


def send_email(turn: Turn, ask: shapes.SendEmail) -> None:
    """``POST /api/v3/send-email``."""
    codes.send(turn, ask.channel, _email(ask.email))


def pre_check_code(turn: Turn, ask: shapes.PreCheckCode) -> Json:
    """``POST /api/v3/pre-check-code``. That an invalid code answers 200 is inferred from the V2 twin."""
    channel: str
    if ask.code_type == "SMS":
        sms = _required("smsCodePayload", ask.sms_code_payload)
        where: Address = _phone(sms.phone, sms.phone_country_code, "smsCodePayload.phone")
        channel, digits = sms.channel, sms.pass_code
    else:
        mail = _required("emailCodePayload", ask.email_code_payload)
        where, channel, digits = (
            _email(mail.email, "emailCodePayload.email"),
            mail.channel,
            mail.pass_code,
        )
    verdict = codes.peek(turn, channel, where, digits)
    if verdict is Verdict.OK:
        return {"isValid": True}
    return {"isValid": False, "message": ERROR_CODES[verdict].message(turn.language, "")}


def bind_phone(turn: Turn, ask: shapes.BindPhone) -> None:
    """``POST /api/v3/bind-phone``."""
    addresses.bind(turn, PHONE, _phone(ask.phone_number, ask.phone_country_code), ask.pass_code)


def bind_email(turn: Turn, ask: shapes.BindEmail) -> None:
    """``POST /api/v3/bind-email``."""
    addresses.bind(turn, EMAIL, _email(ask.email), ask.pass_code)


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
    new = _phone(given.new_phone_number, given.new_phone_country_code, at + "newPhoneNumber")
    old = given.old_phone_number and _phone(
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
    new = _email(given.new_email, at + "newEmail")
    old = given.old_email and _email(given.old_email, at + "oldEmail")
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


def signin(turn: Turn, ask: shapes.SignIn) -> Json:
    """``POST /api/v3/signin``, by password or by pass code."""
    options = ask.options or shapes.SignInOptions()
    if options.password_encrypt_type in ("rsa", "sm2"):
        raise Refusal(
            Verdict.NOT_IMITATED, f"signin with passwordEncryptType {options.password_encrypt_type}"
        )
    if ask.connection == "PASSWORD":
        return _tokens(_signed_in_by_password(turn, ask, options.scope))
    if ask.connection == "PASSCODE":
        return _tokens(_signed_in_by_code(turn, ask, options))
    raise Refusal(Verdict.NOT_IMITATED, f"signin with connection {ask.connection}")


def _signed_in_by_password(turn: Turn, ask: shapes.SignIn, scope: str | None) -> sign_in.Session:
    given = ask.password_payload
    named = [] if given is None else _handles(given)
    if given is None or not named:
        raise Refusal(
            Verdict.INVALID_ARGUMENT,
            "Parameter passwordPayload must include account, email, username or phone "
            "when authenticationType is PASSWORD.",
        )
    return sign_in.by_password(turn, named, given.password, scope)


def _handles(given: shapes.Password) -> list[str]:
    names = {
        "username": (given.username, given.account),
        "email": (given.email and given.email.lower(), given.account and given.account.lower()),
        "phone": tuple(
            number and address.DEFAULT_COUNTRY_CODE + number
            for number in (given.phone, given.account)
        ),
    }
    return [f"{kind}:{value}" for kind, values in names.items() for value in values if value]


def _signed_in_by_code(
    turn: Turn, ask: shapes.SignIn, options: shapes.SignInOptions
) -> sign_in.Session:
    kind, where, digits = _code_payload(ask.pass_code_payload)
    return sign_in.by_pass_code(
        turn, kind, where, digits, options.scope, may_register=bool(options.auto_register)
    )


def _code_payload(given: shapes.SignInCode | None) -> tuple[Kind, Address, str]:
    given = _required("passCodePayload", given)
    if given.phone is not None:
        where = _phone(given.phone, given.phone_country_code, "passCodePayload.phone")
        return PHONE, where, given.pass_code
    if given.email is not None:
        return EMAIL, _email(given.email, "passCodePayload.email"), given.pass_code
    raise Refusal(Verdict.INVALID_ARGUMENT, "passCodePayload must include phone or email")


def _tokens(session: sign_in.Session) -> Json:
    """Show a session. The reference says ``expire_in``, live clients read ``expires_in``: both are there."""
    shown: Json = {
        "scope": session.scope,
        "access_token": session.access_token,
        "token_type": "bearer",
        "expire_in": session.expires_in_seconds,
        "expires_in": session.expires_in_seconds,
    }
    return {name: value for name, value in shown.items() if value is not None}


def _token_seconds(turn: Turn) -> int:
    return int(turn.settings.update_token_lifetime.total_seconds())


def _required(name: str, given: Shape | None) -> Shape:
    if given is None:
        raise Refusal(Verdict.INVALID_ARGUMENT, f"{name} should not be empty")
    return given


def _phone(number: str, country_code: str | None, name: str = "phoneNumber") -> Phone:
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise Refusal(Verdict.INVALID_ARGUMENT, str(error).replace("phoneNumber", name)) from None


def _email(text: str, name: str = "email") -> Email:
    try:
        return address.email(text)
    except ValueError as error:
        raise Refusal(Verdict.INVALID_ARGUMENT, str(error).replace("email", name, 1)) from None


def _post(path: str, shape: type[Shape], answer: Callable[[Turn, Shape], Json | None]) -> Call:
    """Make a call that anybody may make."""

    def play(turn: Turn, body: Mapping[str, object], _: Mapping[str, str]) -> Json | None:
        return answer(turn, shapes.read(shape, body))

    return Call("POST", path, play)


def _signed_in(path: str, shape: type[Shape], answer: Callable[[Turn, Shape], Json | None]) -> Call:
    """Make a call of a signed-in user; that the token is looked at before the body is assumed."""

    def play(turn: Turn, body: Mapping[str, object], _: Mapping[str, str]) -> Json | None:
        turn.session()
        return answer(turn, shapes.read(shape, body))

    return Call("POST", path, play)


CALLS: Final[tuple[Call, ...]] = (
    _post("/api/v3/send-sms", shapes.SendSms, send_sms),
    _post("/api/v3/send-email", shapes.SendEmail, send_email),
    _post("/api/v3/pre-check-code", shapes.PreCheckCode, pre_check_code),
    _signed_in("/api/v3/bind-phone", shapes.BindPhone, bind_phone),
    _signed_in("/api/v3/unbind-phone", shapes.Unbind, unbind_phone),
    _signed_in(
        "/api/v3/verify-update-phone-request", shapes.VerifyUpdatePhone, verify_update_phone
    ),
    _signed_in("/api/v3/update-phone", shapes.UpdatePhone, update_phone),
    _signed_in("/api/v3/bind-email", shapes.BindEmail, bind_email),
    _signed_in("/api/v3/unbind-email", shapes.Unbind, unbind_email),
    _signed_in(
        "/api/v3/verify-update-email-request", shapes.VerifyUpdateEmail, verify_update_email
    ),
    _signed_in("/api/v3/update-email", shapes.UpdateEmail, update_email),
    Call("GET", "/api/v3/get-profile", get_profile),
    Call("GET", "/api/v3/get-security-info", get_security_info),
    _post("/api/v3/signin", shapes.SignIn, signin),
)
"""Every imitated call."""
