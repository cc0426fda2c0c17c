"""Signing in: ``signin``, by password or by pass code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, signs_in, takes_password
from genauth_mock.api.fields import (
    PassCodePayload,
    PasswordEncryption,
    read_password,
    read_proof,
    required,
)
from genauth_mock.api.oidc_clients import check_secret
from genauth_mock.engine import ext_idps, sign_in
from genauth_mock.engine.address import DEFAULT_COUNTRY_CODE, recipient_key
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


@json_shape
class Password:
    """``passwordPayload`` of ``POST /api/v3/signin``: a password and one way to name the account."""

    password: str = field(repr=False)
    account: str | None = None
    email: str | None = None
    username: str | None = None
    phone: str | None = None


@json_shape
class DirectoryPassword:
    """``ldapPayload`` and ``adPayload`` of ``POST /api/v3/signin``."""

    account: str = field(alias="sAMAccountName")
    password: str = field(repr=False)


@json_shape
class SignInOptions:
    """``options`` of ``POST /api/v3/signin``, as far as they change what the offline GenAuth does."""

    scope: str | None = None
    auto_register: bool | None = field(default=None, alias="autoRegister")
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


@json_shape
class SignIn:
    """Body of ``POST /api/v3/signin``."""

    connection: Literal["PASSWORD", "PASSCODE", "LDAP", "AD"]
    password_payload: Password | None = field(default=None, alias="passwordPayload")
    pass_code_payload: PassCodePayload | None = field(default=None, alias="passCodePayload")
    ldap_payload: DirectoryPassword | None = field(default=None, alias="ldapPayload")
    ad_payload: DirectoryPassword | None = field(default=None, alias="adPayload")
    options: SignInOptions | None = None
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)


def signin(context: CallContext, ask: SignIn) -> Json:
    """``POST /api/v3/signin``: by password, by pass code, or by a directory that the setting ``extIdps`` has."""
    if ask.connection in ("PASSWORD", "PASSCODE"):
        check_secret(context, ask.client_id, ask.client_secret)
    options = ask.options or SignInOptions()
    if ask.connection == "PASSWORD":
        return _signed_in_by_password(context, ask, options).to_response("bearer")
    if ask.connection == "PASSCODE":
        return _signed_in_by_code(context, ask, options).to_response("bearer")
    return _signed_in_by_directory(context, ask, options).to_response("bearer")


def _signed_in_by_password(context: CallContext, ask: SignIn, options: SignInOptions) -> Tokens:
    given = ask.password_payload
    named = [] if given is None else _names(given)
    if given is None or not named:
        raise Refusal(
            Outcome.INVALID_ARGUMENT,
            "Parameter passwordPayload must include account, email, username or phone "
            "when connection is PASSWORD.",
        )
    password = read_password(context, given.password, options.password_encrypt_type)
    return sign_in.by_password(context, named, password, options.scope)


def _signed_in_by_code(context: CallContext, ask: SignIn, options: SignInOptions) -> Tokens:
    proof = read_proof(ask.pass_code_payload, sign_in.LOGIN)
    may_register = bool(options.auto_register)
    return sign_in.by_pass_code(context, proof, options.scope, may_register=may_register)


def _signed_in_by_directory(context: CallContext, ask: SignIn, options: SignInOptions) -> Tokens:
    is_ldap = ask.connection == "LDAP"
    kind, payload = ("ldap", ask.ldap_payload) if is_ldap else ("ad", ask.ad_payload)
    ext_idps.connections_of(context, {kind}, f"signin with connection {ask.connection}")
    given = required(f"{kind}Payload", payload)
    password = read_password(context, given.password, options.password_encrypt_type)
    return ext_idps.by_directory(context, (kind, given.account), password, options.scope)


def _names(given: Password) -> list[str]:
    accounts = sign_in.identifiers_of_account(given.account) if given.account else []
    named = {
        "username": given.username,
        "email": given.email and given.email.lower(),
        "phone": given.phone and _number(given.phone),
    }
    return [f"{kind}:{value}" for kind, value in named.items() if value] + accounts


def _number(text: str) -> str:
    """Read the phone number of a password; what is none is nobody's.

    Source: assumed. The reference has no country calling code here, so that a foreign number comes with its own.
    """
    try:
        return recipient_key(text)
    except ValueError:
        return DEFAULT_COUNTRY_CODE + text


CALLS: Final[tuple[Call, ...]] = (takes_password(signs_in("/api/v3/signin", SignIn, signin)),)
