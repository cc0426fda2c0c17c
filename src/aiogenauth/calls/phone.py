"""Calls about the phone number of the signed-in user: binding, unbinding, changing it."""

from __future__ import annotations

from typing import Final, Literal

import attrs

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice, secret
from aiogenauth.calls.effects import NO_PHONE, has_phone
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import pair, payload
from aiogenauth.errors import BindOutcomeUnknown, UnbindOutcomeUnknown, UpdateOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.redaction import Sealed, Secret
from aiogenauth.sending.reconcile import EffectCheck, OnUnknown
from aiogenauth.vocabulary import PhoneNumber

BIND_PHONE: Final = post("bind_phone", "/api/v3/bind-phone", BindOutcomeUnknown)
UNBIND_PHONE: Final = post("unbind_phone", "/api/v3/unbind-phone", UnbindOutcomeUnknown)
VERIFY_UPDATE_PHONE_REQUEST: Final = post(
    "verify_update_phone_request", "/api/v3/verify-update-phone-request", UpdateOutcomeUnknown
)
UPDATE_PHONE: Final = post("update_phone", "/api/v3/update-phone", UpdateOutcomeUnknown)


class PhoneCalls(CallGroup):
    """The phone number of the signed-in user."""

    async def bind_phone(
        self,
        pass_code: str,
        phone_number: str | PhoneNumber,
        phone_country_code: str | None = None,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> Confirmation:
        """Bind a phone number to the signed-in user.

        The user must have none yet; `verify_update_phone_request` changes one. The code must
        have been sent to this number with `Channel.BIND_PHONE`; it works once.

        Args:
            pass_code: As texted.
            phone_number: `"18812348888"`, `"+86 188-1234-8888"` or a `PhoneNumber`.
            phone_country_code: `"+86"`; may be left out for mainland China.
            on_unknown: Should the answer get lost, `"reconcile"` looks into the user's profile
                and returns if the number is there; `"raise"` does not look.

        Returns:
            The confirmation; its `confirmed_by` says whether an answer or the profile showed it.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            PassCodeRejected: The code is wrong, expired or used.
            PhoneTaken: Another user has the number.
            PhoneAlreadyBound: The user has a number already.
            NotSignedIn: No access token, or one that is no longer good.
            NotDelivered: GenAuth was not reached; the code is still good.
            BindOutcomeUnknown: The answer got lost and the profile does not show the number yet.

        Source: API reference, bind-phone.
        """
        phone = PhoneNumber.parse(phone_number, phone_country_code)
        return await self._ask_and_check(
            BIND_PHONE,
            Confirmation,
            has_phone(phone),
            on_unknown,
            passCode=secret(pass_code, "pass_code"),
            phoneNumber=phone,
        )

    async def unbind_phone(
        self, pass_code: str, *, on_unknown: OnUnknown = "reconcile"
    ) -> Confirmation:
        """Take the phone number away from the signed-in user.

        Args:
            pass_code: As texted to that number with `Channel.UNBIND_PHONE`.
            on_unknown: As for `bind_phone`.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            LastSignInMethod: The user could not sign in any more.
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost and the account still shows a number.

        Source: API reference, unbind-phone.
        """
        return await self._ask_and_check(
            UNBIND_PHONE,
            Confirmation,
            NO_PHONE,
            on_unknown,
            passCode=secret(pass_code, "pass_code"),
        )

    async def verify_update_phone_request(
        self,
        phone_pass_code_payload: given.PhonePassCodePayload,
        verify_method: Literal["PHONE_PASSCODE"] = "PHONE_PASSCODE",
    ) -> shapes.PhoneUpdateGrant:
        """Prove the new number, and the old one where there is one, before a change of phone.

        Args:
            phone_pass_code_payload: `newPhoneNumber`, `newPhonePassCode`, and the same with `old`;
                country codes as `newPhoneCountryCode` and `oldPhoneCountryCode`. The codes belong
                to `Channel.BIND_PHONE` and `Channel.UNBIND_PHONE`. Source: a live test of another
                SDK; the reference names no channels.
            verify_method: GenAuth knows this one only.

        Raises:
            PassCodeRejected: A code is wrong, expired or used.
            SamePhone: Both numbers are one.
            OldPhoneNotConfirmed: The old number is another one, or its code is missing.
            UpdateOutcomeUnknown: The answer got lost; the codes may be spent.

        Source: API reference, verify-update-phone-request.
        """
        name = "phone_pass_code_payload"
        proof = payload(phone_pass_code_payload, given.PhonePassCodePayload, name)
        granted = await self._ask(
            VERIFY_UPDATE_PHONE_REQUEST,
            shapes.PhoneUpdateGrant,
            verifyMethod=choice(verify_method, Literal["PHONE_PASSCODE"], "verify_method"),
            phonePassCodePayload=pair(proof, ("oldPhoneNumber", "oldPhonePassCode"), name),
        )
        return attrs.evolve(granted, new_phone=_e164(proof))

    async def update_phone(
        self,
        update_phone_token: str | shapes.PhoneUpdateGrant,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> Confirmation:
        """Change the phone number of the signed-in user.

        Args:
            update_phone_token: What `verify_update_phone_request` returned, or its token alone.
                With the token alone a lost answer stays unknown, because the number is not known.
            on_unknown: As for `bind_phone`.

        Raises:
            PhoneTaken: Another user has the new number.
            UpdateOutcomeUnknown: The answer got lost and the profile does not show the number yet.

        Source: API reference, update-phone.
        """
        token, check = _token_and_check(update_phone_token)
        return await self._ask_and_check(
            UPDATE_PHONE,
            Confirmation,
            check,
            on_unknown,
            updatePhoneToken=secret(token, "update_phone_token"),
        )


def _e164(proof: Sealed[object] | None) -> Secret | None:
    """Return the new number, by which `update_phone` can look it up in the profile."""
    phone = None if proof is None else proof["newPhoneNumber"]
    return Secret(phone.e164) if isinstance(phone, PhoneNumber) else None


def _token_and_check(
    granted: str | shapes.PhoneUpdateGrant,
) -> tuple[str, EffectCheck[Confirmation] | None]:
    """Return the token of a change, and how its effect is seen if the new number is known."""
    if isinstance(granted, str):
        return granted, None
    token = Secret(granted.update_phone_token)
    if granted.new_phone is None:
        return token, None
    return token, has_phone(PhoneNumber.parse(Secret(granted.new_phone)))
