"""Passwords: ``update-password`` of the signed-in user, ``reset-password`` of who forgot it, ``validate-password``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, post, signed_in, takes_password
from genauth_mock.api.fields import (
    EmailProof,
    PasswordEncryption,
    PhoneProof,
    read_code_proof,
    read_email,
    read_password,
    read_phone,
    required,
)
from genauth_mock.engine import password
from genauth_mock.engine.binding import token_lifetime_seconds
from genauth_mock.engine.contact_kinds import EMAIL, PHONE
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class UpdatePassword:
    """Body of ``POST /api/v3/update-password``."""

    new_password: str = field(alias="newPassword", repr=False)
    old_password: str | None = field(default=None, alias="oldPassword", repr=False)
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


@json_shape
class VerifyReset:
    """Body of ``POST /api/v3/verify-reset-password-request``."""

    verify_method: Literal["EMAIL_PASSCODE", "PHONE_PASSCODE"] = field(alias="verifyMethod")
    phone_pass_code_payload: PhoneProof | None = field(default=None, alias="phonePassCodePayload")
    email_pass_code_payload: EmailProof | None = field(default=None, alias="emailPassCodePayload")


@json_shape
class ResetPassword:
    """Body of ``POST /api/v3/reset-password``."""

    password: str = field(repr=False)
    password_reset_token: str = field(alias="passwordResetToken", repr=False)
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


@json_shape
class ValidatePassword:
    """Body of ``POST /api/v3/validate-password``: a password, and whose it is."""

    password: str = field(repr=False)
    email: str | None = None
    phone: str | None = None
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")
    username: str | None = None
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


def update_password(context: CallContext, body: UpdatePassword) -> None:
    """``POST /api/v3/update-password``: that both passwords are encrypted alike is assumed."""
    new, old = (
        given and read_password(context, given, body.password_encrypt_type)
        for given in (body.new_password, body.old_password)
    )
    password.update_password(context, new or "", old)


def verify_reset(context: CallContext, body: VerifyReset) -> Json:
    """``POST /api/v3/verify-reset-password-request``."""
    phone, email = body.phone_pass_code_payload, body.email_pass_code_payload
    proof = read_code_proof(body.verify_method, phone, email, password.RESET)
    token = password.allow_reset(context, proof)
    return {"passwordResetToken": token, "tokenExpiresIn": token_lifetime_seconds(context)}


def reset_password(context: CallContext, body: ResetPassword) -> Json:
    """``POST /api/v3/reset-password``."""
    new = read_password(context, body.password, body.password_encrypt_type)
    password.reset(context, body.password_reset_token, new)
    return {"success": True}


def validate_password(context: CallContext, body: ValidatePassword) -> Json:
    """``POST /api/v3/validate-password``: of what names the user, the first counts: e-mail address, phone, username.

    Source: official Node SDK of 2025. That anybody may ask, and that the password of nobody is wrong, is assumed.
    """
    given = read_password(context, body.password, body.password_encrypt_type)
    if body.email:
        user = context.owner(EMAIL, read_email(body.email))
    elif body.phone:
        user = context.owner(PHONE, read_phone(body.phone, body.phone_country_code, "phone"))
    else:
        user = context.named(f"username:{required('username', body.username)}")
    return {"valid": user is not None and user.password == given}


CALLS: Final[tuple[Call, ...]] = (
    takes_password(signed_in("/api/v3/update-password", UpdatePassword, update_password)),
    post("/api/v3/verify-reset-password-request", VerifyReset, verify_reset),
    takes_password(post("/api/v3/reset-password", ResetPassword, reset_password)),
    takes_password(post("/api/v3/validate-password", ValidatePassword, validate_password)),
)
