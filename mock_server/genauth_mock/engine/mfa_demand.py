"""The demand for a further proof at sign-in: of whom, with what, and the token that the sign-in goes on with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from genauth_mock.engine import factors
from genauth_mock.engine.address import Email, Phone
from genauth_mock.engine.context import check_is_active
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.factor_records import UserFactors

    Json = dict[str, object]

MFA_TOKEN_LIFETIME: Final = timedelta(seconds=360)
"""Source: API reference, /mfa/token/introspection: the time between the samples of iat and exp; assumed."""


@frozen_for_checkers
class MfaToken:
    """A sign-in that is held up; filed under its token.

    Attributes:
        scope: What was asked for at sign-in, or None.
        method: What the log calls the sign-in.
    """

    user_id: str
    scope: str | None
    issued_at: datetime
    expires_at: datetime
    method: str = ""


def hold_up(context: CallContext, user: User, scope: str | None, method: str) -> None:
    """Refuse a sign-in that wants a further proof; do nothing where the app wants none.

    The setting ``mfaAtSignIn`` says of whom it is wanted: of those who have added a factor, or of everybody.

    Raises:
        Refusal: ``MFA_REQUIRED``, with a token to go on with; ``USER_SUSPENDED``.
    """
    wanted = context.settings.mfa_at_sign_in
    if wanted is None:
        return
    check_is_active(user)
    held = factors.of_user(context, user)
    if wanted == "enrolled" and not held.factors:
        return
    token = context.randomness.token()
    expires_at = context.now + MFA_TOKEN_LIFETIME
    context.records.put(
        token, MfaToken(user.user_id, scope, context.now, expires_at, method), expires_at
    )
    data = {"mfaToken": token, **_ways(user, held, wanted)}
    raise Refusal(Outcome.MFA_REQUIRED, why={"rule": f"mfaAtSignIn is {wanted}"}, data=data)


def _ways(user: User, held: UserFactors, wanted: str) -> Json:
    """Say how the user may go on. Source: the official component for MFA, the data that it begins with."""
    sms, email = (held.of_kind(kind) for kind in ("SMS", "EMAIL"))
    kinds = [factor.kind for factor in held.factors]
    if wanted == "always":
        kinds = ["SMS", "EMAIL", *(["OTP"] if held.of_kind(factors.OTP) else [])]
    shown: Json = {
        "applicationMfa": [
            {"mfaPolicy": kind, "status": 1, "sort": place} for place, kind in enumerate(kinds)
        ],
        "totpMfaEnabled": held.of_kind(factors.OTP) is not None,
        "faceMfaEnabled": False,
        "username": user.username,
        "nickname": user.profile.get("nickname"),
        "email": user.email and user.email.text,
        "phone": user.phone and user.phone.number,
        "phoneCountryCode": user.phone and user.phone.country_code,
    }
    if sms is not None and isinstance(sms.address, Phone):
        shown |= {
            "mfaPhone": sms.address.number,
            "mfaPhoneCountryCode": sms.address.country_code,
        }
    if email is not None and isinstance(email.address, Email):
        shown["mfaEmail"] = email.address.text
    return {name: value for name, value in shown.items() if value is not None}
