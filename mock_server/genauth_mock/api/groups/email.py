"""Binding, changing and unbinding an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, signed_in
from genauth_mock.api.fields import read_email
from genauth_mock.engine import binding
from genauth_mock.engine.contact_kinds import EMAIL
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class BindEmail:
    """Body of ``POST /api/v3/bind-email``."""

    email: str
    pass_code: str = field(alias="passCode", repr=False)


@json_shape
class Unbind:
    """Body of ``POST /api/v3/unbind-email``."""

    pass_code: str = field(alias="passCode", repr=False)


@json_shape
class EmailChangeCodes:
    """``emailPassCodePayload`` of ``POST /api/v3/verify-update-email-request``."""

    new_email: str = field(alias="newEmail")
    new_email_pass_code: str = field(alias="newEmailPassCode", repr=False)
    old_email: str | None = field(default=None, alias="oldEmail")
    old_email_pass_code: str | None = field(default=None, alias="oldEmailPassCode", repr=False)


@json_shape
class VerifyUpdateEmail:
    """Body of ``POST /api/v3/verify-update-email-request``."""

    verify_method: Literal["EMAIL_PASSCODE"] = field(alias="verifyMethod")
    email_pass_code_payload: EmailChangeCodes = field(alias="emailPassCodePayload")


@json_shape
class UpdateEmail:
    """Body of ``POST /api/v3/update-email``."""

    update_email_token: str = field(alias="updateEmailToken", repr=False)


def bind_email(context: CallContext, ask: BindEmail) -> None:
    """``POST /api/v3/bind-email``."""
    binding.bind(context, EMAIL, read_email(ask.email), ask.pass_code)


def unbind_email(context: CallContext, ask: Unbind) -> None:
    """``POST /api/v3/unbind-email``."""
    binding.unbind(context, EMAIL, ask.pass_code)


def verify_update_email(context: CallContext, ask: VerifyUpdateEmail) -> Json:
    """``POST /api/v3/verify-update-email-request``."""
    given = ask.email_pass_code_payload
    at = "emailPassCodePayload."
    new = read_email(given.new_email, at + "newEmail")
    old = given.old_email and read_email(given.old_email, at + "oldEmail")
    token = binding.allow_change(
        context, EMAIL, (new, given.new_email_pass_code), (old or None, given.old_email_pass_code)
    )
    return {"updateEmailToken": token, "tokenExpiresIn": binding.token_lifetime_seconds(context)}


def update_email(context: CallContext, ask: UpdateEmail) -> None:
    """``POST /api/v3/update-email``."""
    binding.change(context, EMAIL, ask.update_email_token)


CALLS: Final[tuple[Call, ...]] = (
    signed_in("/api/v3/bind-email", BindEmail, bind_email),
    signed_in("/api/v3/unbind-email", Unbind, unbind_email),
    signed_in("/api/v3/verify-update-email-request", VerifyUpdateEmail, verify_update_email),
    signed_in("/api/v3/update-email", UpdateEmail, update_email),
)
