"""The code that a browser brings back from a sign-in: made, and exchanged once.

Source: RFC 6749, 4.1; RFC 7636; API reference, /oidc/token: a code works once, for ten minutes.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from attrs import evolve, field

from genauth_mock.engine.accounts import AuthorizationCode, Status
from genauth_mock.engine.tokens import Grant, grant, revoke_grant
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


@frozen
class Challenge:
    """What a code verifier has to fit.

    Attributes:
        text: The challenge.
        is_hashed: Whether it is the SHA-256 of the verifier (``S256``), or the verifier itself (``plain``).
    """

    text: str = field(repr=False)
    is_hashed: bool


class CodeRejected(Exception):  # noqa: N818 - it says what happened
    """A code gives nothing.

    Attributes:
        rule: Why, for the journal.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def issue_code(
    context: CallContext, user: User, scope: str, back: tuple[str, str | None, Challenge | None]
) -> str:
    """Return a new code for a user.

    Args:
        context: The context.
        user: Who signed in.
        scope: What was asked for.
        back: What the exchange has to fit: the redirect address, the nonce, and the challenge.
    """
    redirect_uri, nonce, challenge = back
    code = context.randomness.token()
    expires_at = context.now + context.settings.authorization_code_lifetime
    held = AuthorizationCode(
        user.user_id,
        scope,
        redirect_uri,
        expires_at,
        context.randomness.token(),
        nonce,
        None if challenge is None else challenge.text,
        challenge is None or challenge.is_hashed,
        device_id=context.device_id,
    )
    context.records.put(code, held, expires_at)
    return code


def exchange_code(
    context: CallContext, code: str, redirect_uri: str, verifier: str | None
) -> Tokens:
    """Exchange a code for tokens; a second use ends what the first one gave.

    Raises:
        CodeRejected: The code is unknown, expired or used, or does not fit.
    """
    held = context.records.get(AuthorizationCode, code)
    misfit = "the code is unknown"
    if held is not None:
        misfit = _misfit(context, held, redirect_uri, verifier)
    if held is None or misfit:
        raise CodeRejected(misfit)
    if held.is_used:
        revoke_grant(context, held.grant_id)
    user = context.user(held.user_id)
    if held.is_used or user is None or user.status is not Status.ACTIVATED:
        was_used = "the code was used before: what it gave is revoked"
        raise CodeRejected(was_used if held.is_used else "the user is gone, or not active")
    context.records.put(code, evolve(held, is_used=True), held.expires_at)
    context.device_id = held.device_id
    return grant(
        context, user, held.scope, Grant(held.grant_id, held.nonce, binds_access_token=True)
    )


def _misfit(
    context: CallContext, held: AuthorizationCode, redirect_uri: str, verifier: str | None
) -> str:
    """Return the rule that an exchange breaks; empty where it fits."""
    if context.now >= held.expires_at:
        return "authorizationCodeLifetimeSeconds"
    if not _fits(verifier, held):
        return "code_verifier does not fit the code_challenge"
    return "" if redirect_uri == held.redirect_uri else "redirect_uri is not the one of the sign-in"


def _fits(verifier: str | None, held: AuthorizationCode) -> bool:
    if held.challenge is None or verifier is None:
        return held.challenge == verifier
    shown = verifier.encode()
    if held.is_hashed:
        shown = urlsafe_b64encode(sha256(shown).digest()).rstrip(b"=")
    return hmac.compare_digest(shown, held.challenge.encode())
