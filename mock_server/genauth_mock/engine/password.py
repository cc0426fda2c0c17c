"""Passwords: changed by who is signed in, reset by who can read a code, and how strong one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.accounts import ResetToken
from genauth_mock.engine.codes import redeem_code
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from genauth_mock.engine.codes import Proof
    from genauth_mock.engine.context import CallContext

RESET: Final = "CHANNEL_RESET_PASSWORD"
"""The channel of codes that prove who somebody is that forgot the password. Source: API reference, send-sms."""

LONG: Final = 8
"""Characters from which on a password is not weak; assumed."""

MOST_LEVEL: Final = 3


def strength(password: str | None) -> int:
    """Return how strong a password is: 1 weak, 2 middling, 3 strong, 0 for none.

    Source: API reference, passwordSecurityLevel, for the numbers. That one of at least 8 characters gains a level for
    each kind of character beyond the first (lower case, upper case, digits, others) is assumed.
    """
    if not password:
        return 0
    kinds = {_kind(character) for character in password}
    return 1 if len(password) < LONG else min(len(kinds), MOST_LEVEL)


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "lower" if character.islower() else "upper" if character.isupper() else "other"


def allow_reset(context: CallContext, proof: Proof) -> str:
    """Return a token to set a new password with, for who can read a code that was sent to them.

    Source: API reference, verify-reset-password-request. That the code is looked at before the account, and that the
    token lives as long as one to change a phone number, is assumed.

    Raises:
        Refusal: A code refusal, ``UNKNOWN_USER``.
    """
    redeem_code(context, proof.channels, proof.address, proof.digits)
    user = context.owner(proof.kind, proof.address)
    if user is None:
        raise Refusal(Outcome.UNKNOWN_USER, why={"rule": f"nobody has this {proof.kind.name}"})
    token = context.randomness.token()
    expires_at = context.now + context.settings.update_token_lifetime
    context.records.put(token, ResetToken(user.user_id, expires_at), expires_at)
    return token


def reset(context: CallContext, token: str, new: str) -> None:
    """Set the password of the user that a token of `allow_reset` is for. That tokens stay good is assumed.

    Raises:
        Refusal: ``UPDATE_TOKEN_INVALID``.
    """
    permission = context.records.get(ResetToken, token)
    user = None if permission is None else context.user(permission.user_id)
    if permission is None or user is None:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "the token is unknown or used"})
    if context.now >= permission.expires_at:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "updateTokenLifetimeSeconds"})
    context.records.delete(ResetToken, token)
    context.save(evolve(user, password=new, updated_at=context.now), user)


def update_password(context: CallContext, new: str, old: str | None) -> None:
    """Set the password; who has one already must give it as ``old``.

    Source: API reference, update-password. That the user's tokens stay good is assumed, as is the refusal of an old
    password that is missing; one that is given by a user who has none is ignored.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``INVALID_ARGUMENT``, ``WRONG_OLD_PASSWORD``.
    """
    user = context.signed_in_user()
    if user.password is not None:
        if old is None:
            raise Refusal(
                Outcome.INVALID_ARGUMENT,
                "oldPassword should not be empty",
                why={"rule": "the user has a password"},
            )
        if old != user.password:
            raise Refusal(Outcome.WRONG_OLD_PASSWORD, why={"rule": "password"})
    context.save(evolve(user, password=new, updated_at=context.now), user)
