"""Binding, changing and unbinding a phone number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.api.call import Call, signed_in
from genauth_mock.api.fields import read_phone
from genauth_mock.engine import binding
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class BindPhone:
    """Body of ``POST /api/v3/bind-phone``."""

    phone_number: str = field(alias="phoneNumber")
    pass_code: str = field(alias="passCode", repr=False)
    phone_country_code: str | None = field(default=None, alias="phoneCountryCode")


@json_shape
class Unbind:
    """Body of ``POST /api/v3/unbind-phone``."""

    pass_code: str = field(alias="passCode", repr=False)


@json_shape
class PhoneChangeCodes:
    """``phonePassCodePayload`` of ``POST /api/v3/verify-update-phone-request``."""

    new_phone_number: str = field(alias="newPhoneNumber")
    new_phone_pass_code: str = field(alias="newPhonePassCode", repr=False)
    new_phone_country_code: str | None = field(default=None, alias="newPhoneCountryCode")
    old_phone_number: str | None = field(default=None, alias="oldPhoneNumber")
    old_phone_pass_code: str | None = field(default=None, alias="oldPhonePassCode", repr=False)
    old_phone_country_code: str | None = field(default=None, alias="oldPhoneCountryCode")


@json_shape
class VerifyUpdatePhone:
    """Body of ``POST /api/v3/verify-update-phone-request``."""

    verify_method: Literal["PHONE_PASSCODE"] = field(alias="verifyMethod")
    phone_pass_code_payload: PhoneChangeCodes = field(alias="phonePassCodePayload")


@json_shape
class UpdatePhone:
    """Body of ``POST /api/v3/update-phone``."""

    update_phone_token: str = field(alias="updatePhoneToken", repr=False)


def bind_phone(context: CallContext, ask: BindPhone) -> None:
    """``POST /api/v3/bind-phone``."""
    binding.bind(
        context, PHONE, read_phone(ask.phone_number, ask.phone_country_code), ask.pass_code
    )


def unbind_phone(context: CallContext, ask: Unbind) -> None:
    """``POST /api/v3/unbind-phone``."""
    binding.unbind(context, PHONE, ask.pass_code)


def verify_update_phone(context: CallContext, ask: VerifyUpdatePhone) -> Json:
    """``POST /api/v3/verify-update-phone-request``."""
    given = ask.phone_pass_code_payload
    at = "phonePassCodePayload."
    new = read_phone(given.new_phone_number, given.new_phone_country_code, at + "newPhoneNumber")
    old = given.old_phone_number and read_phone(
        given.old_phone_number, given.old_phone_country_code, at + "oldPhoneNumber"
    )
    token = binding.allow_change(
        context, PHONE, (new, given.new_phone_pass_code), (old or None, given.old_phone_pass_code)
    )
    return {"updatePhoneToken": token, "tokenExpiresIn": binding.token_lifetime_seconds(context)}


def update_phone(context: CallContext, ask: UpdatePhone) -> None:
    """``POST /api/v3/update-phone``."""
    binding.change(context, PHONE, ask.update_phone_token)


CALLS: Final[tuple[Call, ...]] = (
    signed_in("/api/v3/bind-phone", BindPhone, bind_phone),
    signed_in("/api/v3/unbind-phone", Unbind, unbind_phone),
    signed_in("/api/v3/verify-update-phone-request", VerifyUpdatePhone, verify_update_phone),
    signed_in("/api/v3/update-phone", UpdatePhone, update_phone),
)
