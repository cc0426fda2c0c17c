"""Calls about the e-mail address of the signed-in user: binding, unbinding, changing it."""

from __future__ import annotations

from typing import Final, Literal

import attrs

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import choice, secret, text
from aiogenauth.calls.effects import NO_EMAIL, has_email
from aiogenauth.calls.endpoints import post
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.payloads import pair, payload
from aiogenauth.errors import BindOutcomeUnknown, UnbindOutcomeUnknown, UpdateOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.redaction import Secret
from aiogenauth.sending.reconcile import EffectCheck, OnUnknown

BIND_EMAIL: Final = post("bind_email", "/api/v3/bind-email", BindOutcomeUnknown)
UNBIND_EMAIL: Final = post("unbind_email", "/api/v3/unbind-email", UnbindOutcomeUnknown)
VERIFY_UPDATE_EMAIL_REQUEST: Final = post(
    "verify_update_email_request", "/api/v3/verify-update-email-request", UpdateOutcomeUnknown
)
UPDATE_EMAIL: Final = post("update_email", "/api/v3/update-email", UpdateOutcomeUnknown)


class EmailCalls(CallGroup):
    """The e-mail address of the signed-in user."""

    async def bind_email(
        self, pass_code: str, email: str, *, on_unknown: OnUnknown = "reconcile"
    ) -> Confirmation:
        """Bind an e-mail address to the signed-in user.

        The user must have none yet; `verify_update_email_request` changes one.

        Args:
            pass_code: As mailed to this address with `EmailChannel.BIND_EMAIL`; it works once.
            email: The address.
            on_unknown: Should the answer get lost, `"reconcile"` looks into the user's profile
                and returns if the address is there; `"raise"` does not look.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            PassCodeRejected: The code is wrong, expired or used.
            EmailTaken: Another user has the address.
            EmailAlreadyBound: The user has an address already.
            NotSignedIn: No access token, or one that is no longer good.
            BindOutcomeUnknown: The answer got lost and the profile does not show the address yet.

        Source: API reference, bind-email.
        """
        return await self._ask_and_check(
            BIND_EMAIL,
            Confirmation,
            has_email(text(email, "email")),
            on_unknown,
            passCode=secret(pass_code, "pass_code"),
            email=email,
        )

    async def unbind_email(
        self, pass_code: str, *, on_unknown: OnUnknown = "reconcile"
    ) -> Confirmation:
        """Unbind the e-mail address of the signed-in user.

        Args:
            pass_code: As mailed to that address with `EmailChannel.UNBIND_EMAIL`.
            on_unknown: As for `bind_email`.

        Raises:
            PassCodeRejected: The code is wrong, expired or used.
            EmailNotBound: The user has no address.
            LastSignInMethod: The user could not sign in any more.
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost and the account still shows an address.

        Source: API reference, unbind-email.
        """
        return await self._ask_and_check(
            UNBIND_EMAIL,
            Confirmation,
            NO_EMAIL,
            on_unknown,
            passCode=secret(pass_code, "pass_code"),
        )

    async def verify_update_email_request(
        self,
        email_pass_code_payload: given.EmailUpdatePayload,
        verify_method: Literal["EMAIL_PASSCODE"] = "EMAIL_PASSCODE",
    ) -> shapes.EmailUpdateGrant:
        """Prove the new address, and the old one where there is one, before a change.

        Args:
            email_pass_code_payload: `newEmail`, `newEmailPassCode`, and the same with `old`. The
                codes belong to `EmailChannel.UPDATE_EMAIL`. Source: assumed.
            verify_method: GenAuth knows this one only.

        Raises:
            InvalidInput: An argument cannot be right; nothing was sent.
            PassCodeRejected: A code is wrong, expired or used.
            SameEmail: Both addresses are one.
            OldEmailNotConfirmed: The old address is another one, or its code is missing.
            UpdateOutcomeUnknown: The answer got lost; the codes may be spent.

        Source: API reference, verify-update-email-request.
        """
        granted = await self._ask(
            VERIFY_UPDATE_EMAIL_REQUEST,
            shapes.EmailUpdateGrant,
            verifyMethod=choice(verify_method, Literal["EMAIL_PASSCODE"], "verify_method"),
            emailPassCodePayload=pair(
                payload(
                    email_pass_code_payload, given.EmailUpdatePayload, "email_pass_code_payload"
                ),
                ("oldEmail", "oldEmailPassCode"),
                "email_pass_code_payload",
            ),
        )
        return attrs.evolve(granted, new_email=email_pass_code_payload["newEmail"])

    async def update_email(
        self,
        update_email_token: str | shapes.EmailUpdateGrant,
        *,
        on_unknown: OnUnknown = "reconcile",
    ) -> Confirmation:
        """Change the e-mail address of the signed-in user.

        Args:
            update_email_token: What `verify_update_email_request` returned, or its token alone.
                With the token alone a lost answer stays unknown, because the address is not known.
            on_unknown: As for `bind_email`.

        Raises:
            EmailTaken: Another user has the new address.
            UpdateTokenRejected: The token is used or expired.
            UpdateOutcomeUnknown: The answer got lost and the profile does not show the address yet.

        Source: API reference, update-email.
        """
        token, check = _token_and_check(update_email_token)
        return await self._ask_and_check(
            UPDATE_EMAIL,
            Confirmation,
            check,
            on_unknown,
            updateEmailToken=secret(token, "update_email_token"),
        )


def _token_and_check(
    granted: str | shapes.EmailUpdateGrant,
) -> tuple[str, EffectCheck[Confirmation] | None]:
    """Return the token of a change, and how its effect is seen if the new address is known."""
    if isinstance(granted, str):
        return granted, None
    token, email = Secret(granted.update_email_token), granted.new_email
    return token, None if email is None else has_email(email)
