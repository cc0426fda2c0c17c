"""Deleting one's own account: who may, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.engine.accounts import DeletionToken
from genauth_mock.engine.codes import redeem_code
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.codes import Proof
    from genauth_mock.engine.context import CallContext

CHANNEL: Final = "CHANNEL_DELETE_ACCOUNT"
"""Source: API reference, send-sms and send-email, channel."""


def allow_by_code(context: CallContext, proof: Proof) -> str:
    """Return a token to delete the account with, for who can read a code sent to the user's own address.

    Source: API reference, verify-delete-account-request. Which refusal another address gets is assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, nothing bound, not the user's, a code refusal.
    """
    user = context.signed_in_user()
    current = proof.kind.of(user)
    if current is None:
        raise Refusal(proof.kind.none_bound, why={"rule": f"no {proof.kind.name} is bound"})
    if current != proof.address:
        raise Refusal(proof.kind.old_mismatch, why={"rule": f"the {proof.kind.name} is the user's"})
    redeem_code(context, proof.channels, proof.address, proof.digits)
    return _allow(context, user)


def allow_by_password(context: CallContext, password: str) -> str:
    """Return a token to delete the account with, for who knows the password and has no address.

    Source: API reference, verifyMethod: PASSWORD is for who has neither phone nor e-mail. Its refusals are assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``INVALID_ARGUMENT``, ``WRONG_PASSWORD``.
    """
    user = context.signed_in_user()
    if user.phone is not None or user.email is not None:
        text = "verifyMethod must be PHONE_PASSCODE or EMAIL_PASSCODE where one is bound"
        raise Refusal(Outcome.INVALID_ARGUMENT, text, why={"rule": "an address is bound"})
    if user.password != password:
        raise Refusal(Outcome.WRONG_PASSWORD, why={"rule": "password"})
    return _allow(context, user)


def delete(context: CallContext, token: str) -> None:
    """Delete the account of the signed-in user; its tokens are refused from now on.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UPDATE_TOKEN_INVALID``.
    """
    user = context.signed_in_user()
    permission = context.records.get(DeletionToken, token)
    if permission is None or permission.user_id != user.user_id:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "the token is unknown or used"})
    if context.now >= permission.expires_at:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "updateTokenLifetimeSeconds"})
    context.records.delete(DeletionToken, token)
    context.delete(user)


def _allow(context: CallContext, user: User) -> str:
    token = context.randomness.token()
    expires_at = context.now + context.settings.update_token_lifetime
    context.records.put(token, DeletionToken(user.user_id, expires_at), expires_at)
    return token
