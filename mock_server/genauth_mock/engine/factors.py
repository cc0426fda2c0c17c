"""The further proofs of a user, MFA factors: begun, added, listed, asked for, taken away.

A user has at most one factor of a kind. Source: API reference, list-factors-to-enroll: the kinds that are not bound.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine import codes, totp
from genauth_mock.engine.factor_records import Enrollment, Factor, UserFactors
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.context import CallContext

    Json = dict[str, object]

OTP: Final = "OTP"
KINDS: Final = ("SMS", "EMAIL", OTP)
"""What the offline GenAuth imitates of the four kinds; a face is none of its business."""

ENROLLMENT_LIFETIME: Final = timedelta(minutes=1)
"""Source: API reference, enrollmentToken."""

CHANNELS: Final = {"SMS": "CHANNEL_BIND_MFA", "EMAIL": "CHANNEL_VERIFY_MFA"}
"""What the code of a kind is sent for. Source: assumed; send-email has no channel for binding."""


def begin(context: CallContext, kind: str, address: Address | None) -> tuple[str, Factor]:
    """Begin to add a factor; a code goes to its address.

    Returns:
        The enrollment token, and the factor as it will be.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``FACTOR_ENROLLED``, a refusal of sending.
    """
    user = context.signed_in_user()
    _check_is_new(of_user(context, user), kind)
    factor = completed(context, Factor("", kind, address))
    if address is not None:
        codes.send(context, CHANNELS[kind], address)
    token = context.randomness.token()
    expires_at = context.now + ENROLLMENT_LIFETIME
    context.records.put(token, Enrollment(user.user_id, factor, expires_at), expires_at)
    return token, factor


def completed(context: CallContext, factor: Factor) -> Factor:
    """Return a factor with an id; and an authenticator app with a key and a recovery code, if it has none."""
    factor = evolve(factor, factor_id=context.randomness.identifier())
    if factor.kind != OTP:
        return factor
    key = factor.key or totp.new_key(context.randomness.token())
    return evolve(factor, key=key, recovery_code=factor.recovery_code or _recovery_code(context))


def enroll(context: CallContext, kind: str, token: str, code: str) -> None:
    """Add a factor that was begun, with the code that proves it; the token works once.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``ENROLLMENT_TOKEN_INVALID``, ``FACTOR_ENROLLED``, a code refusal.
    """
    user = context.signed_in_user()
    begun = context.records.get(Enrollment, token)
    if begun is None or begun.user_id != user.user_id or begun.factor.kind != kind:
        why = {"rule": "the enrollment token is unknown, used, another user's or for another kind"}
        raise Refusal(Outcome.ENROLLMENT_TOKEN_INVALID, why=why)
    if context.now >= begun.expires_at:
        why = {"rule": "an enrollment token lives for a minute"}
        raise Refusal(Outcome.ENROLLMENT_TOKEN_INVALID, why=why)
    held = of_user(context, user)
    _check_is_new(held, kind)
    _prove(context, begun.factor, code)
    context.records.delete(Enrollment, token)
    file(context, evolve(held, factors=(*held.factors, begun.factor)))


def reset(context: CallContext, factor_id: str) -> None:
    """Take a factor away from the signed-in user.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``UNKNOWN_FACTOR``.
    """
    gone = find(context, factor_id)
    held = of_user(context, context.signed_in_user())
    left = tuple(factor for factor in held.factors if factor.factor_id != gone.factor_id)
    file(context, evolve(held, factors=left))


def find(context: CallContext, factor_id: str) -> Factor:
    """Return a factor of the signed-in user.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``UNKNOWN_FACTOR``.
    """
    for factor in of_user(context, context.signed_in_user()).factors:
        if factor.factor_id == factor_id:
            return factor
    raise Refusal(Outcome.UNKNOWN_FACTOR, why={"rule": "the user has no factor with this id"})


def of_user(context: CallContext, user: User) -> UserFactors:
    """Return the factors of a user."""
    held = context.records.get(UserFactors, user.user_id)
    return UserFactors(user.user_id) if held is None else held


def file(context: CallContext, held: UserFactors) -> None:
    """File the factors of a user."""
    context.records.put(held.user_id, held)


def verify_otp(context: CallContext, code: str) -> Json:
    """Say whether a code is the one that the user's authenticator app shows, or its recovery code.

    Each is accepted once. A recovery code that was used is replaced by the one in the answer. That recovery codes are
    taken here, and that a user without the factor is answered false, is assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``.
    """
    held = of_user(context, context.signed_in_user())
    factor = held.of_kind(OTP)
    if factor is None:
        context.remark(rule="the user has no authenticator app")
        return {"verified": False}
    renewed = takes_recovery_code(context, held, factor, code)
    if renewed is not None:
        return {"verified": True, "recoveryCode": renewed}
    return {"verified": takes_app_code(context, held, factor, code)}


def takes_app_code(context: CallContext, held: UserFactors, factor: Factor, code: str) -> bool:
    """Return whether a code is the one that an authenticator app shows; each is taken once."""
    step = totp.matching_step(factor.key, code, context.now, factor.used_step)
    if step is not None:
        _replace(context, held, evolve(factor, used_step=step))
    return step is not None


def takes_recovery_code(
    context: CallContext, held: UserFactors, factor: Factor, code: str
) -> str | None:
    """Return what replaces a recovery code that was taken; None where it is not the one of the factor."""
    if not hmac.compare_digest(factor.recovery_code.encode(), code.strip().lower().encode()):
        return None
    renewed = evolve(factor, recovery_code=_recovery_code(context))
    _replace(context, held, renewed)
    return renewed.recovery_code


def _prove(context: CallContext, factor: Factor, code: str) -> None:
    if factor.address is not None:
        codes.redeem_code(context, (CHANNELS[factor.kind],), factor.address, code)
    elif totp.matching_step(factor.key, code, context.now) is None:
        raise Refusal(Outcome.WRONG_CODE, why={"rule": "the code of an authenticator app"})


def _check_is_new(held: UserFactors, kind: str) -> None:
    if held.of_kind(kind) is not None:
        raise Refusal(Outcome.FACTOR_ENROLLED, why={"rule": "one factor of each kind"})


def _replace(context: CallContext, held: UserFactors, factor: Factor) -> None:
    kept = (factor if each.factor_id == factor.factor_id else each for each in held.factors)
    file(context, evolve(held, factors=tuple(kept)))


def _recovery_code(context: CallContext) -> str:
    """Return six groups of four hexadecimal digits. Source: API reference, recoveryCode, its example."""
    text = context.randomness.identifier()
    return "-".join(text[start : start + 4] for start in range(0, 24, 4))
