"""A sign-in that wants a further proof: it is held up, and goes on with a token of its own and the proof.

Source: the official sign-in widget and its component for MFA, whose calls are those of the former API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine import codes, factors
from genauth_mock.engine.address import Phone
from genauth_mock.engine.context import check_is_active
from genauth_mock.engine.factor_records import Factor
from genauth_mock.engine.mfa_demand import MfaToken
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import begin

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.factor_records import UserFactors
    from genauth_mock.engine.tokens import Tokens

    Json = dict[str, object]

CHANNEL: Final = "CHANNEL_VERIFY_MFA"
"""What the code of a further proof is sent for. Source: API reference, send-sms and send-email, channel."""


def look_into(context: CallContext, token: str) -> Json:
    """Say whether a sign-in waits for its further proof. Source: API reference, /mfa/token/introspection."""
    held = context.records.get(MfaToken, token)
    if held is None or context.now >= held.expires_at or context.user(held.user_id) is None:
        return {"active": False}
    return {
        "active": True,
        "userPoolId": context.app_id,
        "userId": held.user_id,
        "exp": int(held.expires_at.timestamp()),
        "iat": int(held.issued_at.timestamp()),
    }


def by_code(context: CallContext, address: Address, code: str) -> Tokens:
    """Go on with a code that was sent to a phone or a mailbox of the user.

    A user who has none of the kind adds this one. Source: the official JavaScript SDK, phoneOrEmailBindable.

    Raises:
        Refusal: ``MFA_TOKEN_INVALID``, ``UNKNOWN_FACTOR``, a code refusal, ``USER_SUSPENDED``.
    """
    user = _waiting(context)
    kind, own = ("SMS", user.phone) if isinstance(address, Phone) else ("EMAIL", user.email)
    held = factors.of_user(context, user)
    factor = held.of_kind(kind)
    known = [each for each in (own, factor and factor.address) if each is not None]
    if known and address not in known:
        raise Refusal(Outcome.UNKNOWN_FACTOR, why={"rule": "the address is not the user's"})
    codes.redeem_code(context, (CHANNEL,), address, code)
    if not known:
        added = Factor(context.randomness.identifier(), kind, address)
        factors.file(context, evolve(held, factors=(*held.factors, added)))
    return _finish(context, user)


def by_app(context: CallContext, code: str) -> Tokens:
    """Go on with the code that the user's authenticator app shows; each works once.

    Raises:
        Refusal: ``MFA_TOKEN_INVALID``, ``UNKNOWN_FACTOR``, ``WRONG_CODE``, ``USER_SUSPENDED``.
    """
    user = _waiting(context)
    if not factors.takes_app_code(context, *_app(context, user), code):
        raise Refusal(Outcome.WRONG_CODE, why={"rule": "the code of an authenticator app"})
    return _finish(context, user)


def by_recovery_code(context: CallContext, code: str) -> tuple[Tokens, str]:
    """Go on with the recovery code of an authenticator app.

    Returns:
        The tokens, and the code that replaces the one that was used.

    Raises:
        Refusal: ``MFA_TOKEN_INVALID``, ``UNKNOWN_FACTOR``, ``WRONG_CODE``, ``USER_SUSPENDED``.
    """
    user = _waiting(context)
    renewed = factors.takes_recovery_code(context, *_app(context, user), code)
    if renewed is None:
        raise Refusal(Outcome.WRONG_CODE, why={"rule": "the recovery code"})
    return _finish(context, user), renewed


def _waiting(context: CallContext) -> User:
    """Return whose sign-in is held up: the call comes with its token in the place of an access token."""
    held = context.records.get(MfaToken, context.token or "")
    user = None if held is None else context.user(held.user_id)
    if held is None or user is None:
        raise Refusal(Outcome.MFA_TOKEN_INVALID, why={"rule": "the token is unknown or used"})
    if context.now >= held.expires_at:
        raise Refusal(Outcome.MFA_TOKEN_INVALID, why={"rule": "a token lives for six minutes"})
    check_is_active(user)
    return user


def _app(context: CallContext, user: User) -> tuple[UserFactors, Factor]:
    held = factors.of_user(context, user)
    factor = held.of_kind(factors.OTP)
    if factor is None:
        raise Refusal(Outcome.UNKNOWN_FACTOR, why={"rule": "the user has no authenticator app"})
    return held, factor


def _finish(context: CallContext, user: User) -> Tokens:
    token = context.token or ""
    held = context.records.get(MfaToken, token)
    context.records.delete(MfaToken, token)
    scope, method = (None, "") if held is None else (held.scope, held.method)
    return begin(context, user, scope, method)
