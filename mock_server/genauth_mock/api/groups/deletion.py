"""Deleting one's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, signed_in, takes_password
from genauth_mock.api.fields import (
    EmailProof,
    PasswordEncryption,
    PhoneProof,
    read_code_proof,
    read_password,
    required,
)
from genauth_mock.engine import deletion
from genauth_mock.engine.binding import token_lifetime_seconds
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class PasswordProof:
    """``passwordPayload`` of ``POST /api/v3/verify-delete-account-request``."""

    password: str = field(repr=False)
    password_encrypt_type: PasswordEncryption | None = field(
        default=None, alias="passwordEncryptType"
    )


@json_shape
class VerifyDeletion:
    """Body of ``POST /api/v3/verify-delete-account-request``."""

    verify_method: Literal["PHONE_PASSCODE", "EMAIL_PASSCODE", "PASSWORD"] = field(
        alias="verifyMethod"
    )
    phone_pass_code_payload: PhoneProof | None = field(default=None, alias="phonePassCodePayload")
    email_pass_code_payload: EmailProof | None = field(default=None, alias="emailPassCodePayload")
    password_payload: PasswordProof | None = field(default=None, alias="passwordPayload")


@json_shape
class DeleteAccount:
    """Body of ``POST /api/v3/delete-account``."""

    delete_account_token: str = field(alias="deleteAccountToken", repr=False)


def verify_deletion(context: CallContext, body: VerifyDeletion) -> Json:
    """``POST /api/v3/verify-delete-account-request``."""
    lifetime = token_lifetime_seconds(context)
    return {"deleteAccountToken": _allowed(context, body), "tokenExpiresIn": lifetime}


def _allowed(context: CallContext, body: VerifyDeletion) -> str:
    if body.verify_method == "PASSWORD":
        given = required("passwordPayload", body.password_payload)
        password = read_password(context, given.password, given.password_encrypt_type)
        return deletion.allow_by_password(context, password)
    phone, email = body.phone_pass_code_payload, body.email_pass_code_payload
    proof = read_code_proof(body.verify_method, phone, email, deletion.CHANNEL)
    return deletion.allow_by_code(context, proof)


def delete_account(context: CallContext, body: DeleteAccount) -> Json:
    """``POST /api/v3/delete-account``."""
    deletion.delete(context, body.delete_account_token)
    return {"success": True}


CALLS: Final[tuple[Call, ...]] = (
    takes_password(
        signed_in("/api/v3/verify-delete-account-request", VerifyDeletion, verify_deletion)
    ),
    signed_in("/api/v3/delete-account", DeleteAccount, delete_account),
)
