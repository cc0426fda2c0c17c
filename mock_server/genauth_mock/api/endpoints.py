"""The imitated calls: for each path, what is read from the request and which rule of the engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from genauth_mock.api import schemas
from genauth_mock.api.call import (
    Call,
    Json,
    post,
    signed_in,
)
from genauth_mock.api.oidc import OIDC_CALLS
from genauth_mock.api.schemas import SignIn, SignInOptions, SignUp, SignUpOptions, SignUpProfile
from genauth_mock.engine import address, binding, codes, profile, sign_in
from genauth_mock.engine import sign_in as sign_up
from genauth_mock.engine.address import DEFAULT_COUNTRY_CODE
from genauth_mock.engine.contact_kinds import EMAIL, PHONE
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.api.schemas import Password, SignInCode, SignUpPassword
    from genauth_mock.engine.address import Address, Email, Phone
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


Given = TypeVar("Given")


def required(name: str, given: Given | None) -> Given:
    """Refuse what is missing.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    if given is None:
        raise Refusal(Outcome.INVALID_ARGUMENT, f"{name} should not be empty")
    return given


def phone(number: str, country_code: str | None, name: str = "phoneNumber") -> Phone:
    """Read a phone number; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.phone(number, country_code)
    except ValueError as error:
        raise Refusal(Outcome.INVALID_ARGUMENT, str(error).replace("phoneNumber", name)) from None


def email(text: str, name: str = "email") -> Email:
    """Read an e-mail address; ``name`` is the field it stands in.

    Raises:
        Refusal: ``INVALID_ARGUMENT``.
    """
    try:
        return address.email(text)
    except ValueError as error:
        raise Refusal(Outcome.INVALID_ARGUMENT, str(error).replace("email", name, 1)) from None


def signin(context: CallContext, ask: SignIn) -> Json:
    """``POST /api/v3/signin``, by password or by pass code."""
    options = ask.options or SignInOptions()
    _check_is_plain("signin", options.password_encrypt_type)
    if ask.connection == "PASSWORD":
        return _signed_in_by_password(context, ask, options.scope).to_response("bearer")
    if ask.connection == "PASSCODE":
        return _signed_in_by_code(context, ask, options).to_response("bearer")
    raise Refusal(Outcome.NOT_IMITATED, f"signin with connection {ask.connection}")


def signup(context: CallContext, ask: SignUp) -> Json:
    """``POST /api/v3/signup``, by password or by pass code; gives the new user's profile."""
    options = ask.options or SignUpOptions()
    about = ask.profile or SignUpProfile()
    _check_is_plain("signup", options.password_encrypt_type)
    completing = tuple(_completing(about, options))
    shown = _shown(about, options)
    if ask.connection == "PASSWORD":
        given = required("passwordPayload", ask.password_payload)
        new = _new_by_password(given, completing, shown)
    else:
        proof = _proof(ask.pass_code_payload, sign_up.REGISTER)
        new = sign_up.NewUser((proof, *completing), profile=shown)
    return profile.full_profile(sign_up.sign_up(context, new))


def _new_by_password(
    given: SignUpPassword, completing: tuple[sign_up.Proof, ...], shown: Json
) -> sign_up.NewUser:
    if given.username is None and given.email is None:
        raise Refusal(Outcome.INVALID_ARGUMENT, "passwordPayload must include username or email")
    address = None if given.email is None else email(given.email, "passwordPayload.email")
    return sign_up.NewUser(
        proofs=completing,
        unverified=None if address is None else (EMAIL, address),
        username=given.username,
        password=given.password,
        profile=shown,
    )


def _completing(about: SignUpProfile, options: SignUpOptions) -> Iterator[sign_up.Proof]:
    """Ask for the codes that verify the profile's addresses. Source: API reference, SignUpProfileDto."""
    if about.phone is not None:
        name = "options.phonePassCodeForInformationCompletion"
        digits = required(name, options.phone_pass_code)
        where = phone(about.phone, None, "profile.phone")
        yield sign_up.Proof(PHONE, where, digits, sign_up.COMPLETE["phone"])
    if about.email is not None:
        name = "options.emailPassCodeForInformationCompletion"
        digits = required(name, options.email_pass_code)
        yield sign_up.Proof(
            EMAIL, email(about.email, "profile.email"), digits, sign_up.COMPLETE["email"]
        )


def _shown(about: SignUpProfile, options: SignUpOptions) -> Json:
    """Give the profile; what comes as context ends up in the custom data. Source: API reference, SignUpOptionsDto."""
    custom = {**(options.context or {}), **(about.customData or {})}
    return {**about.shown(), **({"customData": custom} if custom else {})}


def _check_is_plain(call: str, encryption: str | None) -> None:
    if encryption in ("rsa", "sm2"):
        raise Refusal(Outcome.NOT_IMITATED, f"{call} with passwordEncryptType {encryption}")


def _signed_in_by_password(context: CallContext, ask: SignIn, scope: str | None) -> Tokens:
    given = ask.password_payload
    named = [] if given is None else _names(given)
    if given is None or not named:
        raise Refusal(
            Outcome.INVALID_ARGUMENT,
            "Parameter passwordPayload must include account, email, username or phone "
            "when authenticationType is PASSWORD.",
        )
    return sign_in.by_password(context, named, given.password, scope)


def _signed_in_by_code(context: CallContext, ask: SignIn, options: SignInOptions) -> Tokens:
    proof = _proof(ask.pass_code_payload, sign_in.LOGIN)
    may_register = bool(options.auto_register)
    return sign_in.by_pass_code(context, proof, options.scope, may_register=may_register)


def _proof(given: SignInCode | None, channels: tuple[str, ...]) -> sign_up.Proof:
    given = required("passCodePayload", given)
    if given.phone is not None:
        where: Address = phone(given.phone, given.phone_country_code, "passCodePayload.phone")
        return sign_up.Proof(PHONE, where, given.pass_code, channels)
    if given.email is not None:
        where = email(given.email, "passCodePayload.email")
        return sign_up.Proof(EMAIL, where, given.pass_code, channels)
    raise Refusal(Outcome.INVALID_ARGUMENT, "passCodePayload must include phone or email")


def _names(given: Password) -> list[str]:
    accounts = sign_in.identifiers_of_account(given.account) if given.account else []
    named = {
        "username": given.username,
        "email": given.email and given.email.lower(),
        "phone": given.phone and DEFAULT_COUNTRY_CODE + given.phone,
    }
    return [f"{kind}:{value}" for kind, value in named.items() if value] + accounts


def send_sms(context: CallContext, ask: schemas.SendSms) -> None:
    """``POST /api/v3/send-sms``."""
    codes.send(context, ask.channel, phone(ask.phone_number, ask.phone_country_code))


def send_email(context: CallContext, ask: schemas.SendEmail) -> None:
    """``POST /api/v3/send-email``."""
    codes.send(context, ask.channel, email(ask.email))


def pre_check_code(context: CallContext, ask: schemas.PreCheckCode) -> Json:
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
    outcome = codes.peek(context, channel, where, digits)
    if outcome is Outcome.OK:
        return {"isValid": True}
    return {"isValid": False, "message": context.error_codes[outcome].message(context.language, "")}


def bind_phone(context: CallContext, ask: schemas.BindPhone) -> None:
    """``POST /api/v3/bind-phone``."""
    binding.bind(context, PHONE, phone(ask.phone_number, ask.phone_country_code), ask.pass_code)


def bind_email(context: CallContext, ask: schemas.BindEmail) -> None:
    """``POST /api/v3/bind-email``."""
    binding.bind(context, EMAIL, email(ask.email), ask.pass_code)


def unbind_phone(context: CallContext, ask: schemas.Unbind) -> None:
    """``POST /api/v3/unbind-phone``."""
    binding.unbind(context, PHONE, ask.pass_code)


def unbind_email(context: CallContext, ask: schemas.Unbind) -> None:
    """``POST /api/v3/unbind-email``."""
    binding.unbind(context, EMAIL, ask.pass_code)


def verify_update_phone(context: CallContext, ask: schemas.VerifyUpdatePhone) -> Json:
    """``POST /api/v3/verify-update-phone-request``."""
    given = ask.phone_pass_code_payload
    at = "phonePassCodePayload."
    new = phone(given.new_phone_number, given.new_phone_country_code, at + "newPhoneNumber")
    old = given.old_phone_number and phone(
        given.old_phone_number, given.old_phone_country_code, at + "oldPhoneNumber"
    )
    token = binding.allow_change(
        context, PHONE, (new, given.new_phone_pass_code), (old or None, given.old_phone_pass_code)
    )
    return {"updatePhoneToken": token, "tokenExpiresIn": _token_seconds(context)}


def verify_update_email(context: CallContext, ask: schemas.VerifyUpdateEmail) -> Json:
    """``POST /api/v3/verify-update-email-request``."""
    given = ask.email_pass_code_payload
    at = "emailPassCodePayload."
    new = email(given.new_email, at + "newEmail")
    old = given.old_email and email(given.old_email, at + "oldEmail")
    token = binding.allow_change(
        context, EMAIL, (new, given.new_email_pass_code), (old or None, given.old_email_pass_code)
    )
    return {"updateEmailToken": token, "tokenExpiresIn": _token_seconds(context)}


def update_phone(context: CallContext, ask: schemas.UpdatePhone) -> None:
    """``POST /api/v3/update-phone``."""
    binding.change(context, PHONE, ask.update_phone_token)


def update_email(context: CallContext, ask: schemas.UpdateEmail) -> None:
    """``POST /api/v3/update-email``."""
    binding.change(context, EMAIL, ask.update_email_token)


def get_profile(context: CallContext, _: Mapping[str, object], query: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-profile``. The official Python SDK writes booleans as ``True``."""
    user, access = context.session()
    wants_custom_data = query.get("withCustomData", "").lower() == "true"
    return profile.profile(user, access, with_custom_data=wants_custom_data)


def get_security_info(context: CallContext, _: Mapping[str, object], __: Mapping[str, str]) -> Json:
    """``GET /api/v3/get-security-info``."""
    return profile.security(context.signed_in_user())


def _token_seconds(context: CallContext) -> int:
    return int(context.settings.update_token_lifetime.total_seconds())


CALLS: Final[tuple[Call, ...]] = (
    post("/api/v3/send-sms", schemas.SendSms, send_sms),
    post("/api/v3/send-email", schemas.SendEmail, send_email),
    post("/api/v3/pre-check-code", schemas.PreCheckCode, pre_check_code),
    signed_in("/api/v3/bind-phone", schemas.BindPhone, bind_phone),
    signed_in("/api/v3/unbind-phone", schemas.Unbind, unbind_phone),
    signed_in(
        "/api/v3/verify-update-phone-request", schemas.VerifyUpdatePhone, verify_update_phone
    ),
    signed_in("/api/v3/update-phone", schemas.UpdatePhone, update_phone),
    signed_in("/api/v3/bind-email", schemas.BindEmail, bind_email),
    signed_in("/api/v3/unbind-email", schemas.Unbind, unbind_email),
    signed_in(
        "/api/v3/verify-update-email-request", schemas.VerifyUpdateEmail, verify_update_email
    ),
    signed_in("/api/v3/update-email", schemas.UpdateEmail, update_email),
    Call("GET", "/api/v3/get-profile", get_profile),
    Call("GET", "/api/v3/get-security-info", get_security_info),
    post("/api/v3/signin", SignIn, signin, signs=True),
    post("/api/v3/signup", SignUp, signup),
    *OIDC_CALLS,
)
"""Every imitated call."""

ISSUING: Final = frozenset(
    call.path for call in CALLS if call.signs or call.path.startswith("/oidc/")
)
"""The paths of the calls that name the issuer of tokens: for these it counts how the server was reached."""
