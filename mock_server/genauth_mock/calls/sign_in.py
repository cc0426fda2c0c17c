"""``signin`` and ``signup``: what is read from the request, and which rule of the engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.address import DEFAULT_COUNTRY_CODE
from genauth_mock.calls.reading import email, phone, required
from genauth_mock.calls.sign_in_shapes import SignInOptions
from genauth_mock.calls.sign_up_shapes import SignUpOptions, SignUpProfile
from genauth_mock.engine import profile, sign_in, sign_up
from genauth_mock.engine.kinds import EMAIL, PHONE
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genauth_mock.address import Address
    from genauth_mock.calls.call import Json
    from genauth_mock.calls.sign_in_shapes import Password, SignIn, SignInCode
    from genauth_mock.calls.sign_up_shapes import SignUp, SignUpPassword
    from genauth_mock.engine.tokens import Tokens
    from genauth_mock.engine.turn import Turn


def signin(turn: Turn, ask: SignIn) -> Json:
    """``POST /api/v3/signin``, by password or by pass code."""
    options = ask.options or SignInOptions()
    _check_is_plain("signin", options.password_encrypt_type)
    if ask.connection == "PASSWORD":
        return _signed_in_by_password(turn, ask, options.scope).shown("bearer")
    if ask.connection == "PASSCODE":
        return _signed_in_by_code(turn, ask, options).shown("bearer")
    raise Refusal(Verdict.NOT_IMITATED, f"signin with connection {ask.connection}")


def signup(turn: Turn, ask: SignUp) -> Json:
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
    return profile.full_profile(sign_up.sign_up(turn, new))


def _new_by_password(
    given: SignUpPassword, completing: tuple[sign_up.Proof, ...], shown: Json
) -> sign_up.NewUser:
    if given.username is None and given.email is None:
        raise Refusal(Verdict.INVALID_ARGUMENT, "passwordPayload must include username or email")
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
        raise Refusal(Verdict.NOT_IMITATED, f"{call} with passwordEncryptType {encryption}")


def _signed_in_by_password(turn: Turn, ask: SignIn, scope: str | None) -> Tokens:
    given = ask.password_payload
    named = [] if given is None else _names(given)
    if given is None or not named:
        raise Refusal(
            Verdict.INVALID_ARGUMENT,
            "Parameter passwordPayload must include account, email, username or phone "
            "when authenticationType is PASSWORD.",
        )
    return sign_in.by_password(turn, named, given.password, scope)


def _signed_in_by_code(turn: Turn, ask: SignIn, options: SignInOptions) -> Tokens:
    proof = _proof(ask.pass_code_payload, sign_in.LOGIN)
    may_register = bool(options.auto_register)
    return sign_in.by_pass_code(turn, proof, options.scope, may_register=may_register)


def _proof(given: SignInCode | None, channels: tuple[str, ...]) -> sign_up.Proof:
    given = required("passCodePayload", given)
    if given.phone is not None:
        where: Address = phone(given.phone, given.phone_country_code, "passCodePayload.phone")
        return sign_up.Proof(PHONE, where, given.pass_code, channels)
    if given.email is not None:
        where = email(given.email, "passCodePayload.email")
        return sign_up.Proof(EMAIL, where, given.pass_code, channels)
    raise Refusal(Verdict.INVALID_ARGUMENT, "passCodePayload must include phone or email")


def _names(given: Password) -> list[str]:
    accounts = sign_in.handles_of_account(given.account) if given.account else []
    named = {
        "username": given.username,
        "email": given.email and given.email.lower(),
        "phone": given.phone and DEFAULT_COUNTRY_CODE + given.phone,
    }
    return [f"{kind}:{value}" for kind, value in named.items() if value] + accounts
