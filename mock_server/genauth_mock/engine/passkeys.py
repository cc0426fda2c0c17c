"""Passkeys, WebAuthn: a user's keys in devices and password managers, made, asked for, listed and taken away.

Source: API reference, webauthn/...; Web Authentication (W3C). Where the reference leaves a body open, the official SDKs
for phones say which fields it has; what lists hold is assumed.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from attrs import evolve

from genauth_mock.engine.factor_records import Passkey, PasskeyTicket
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.passkey_proofs import (
    Ceremony,
    NotProven,
    base64url,
    verified_assertion,
    verified_registration,
)
from genauth_mock.engine.profile import account_name, timestamp
from genauth_mock.engine.sign_in import begin

if TYPE_CHECKING:
    from collections.abc import Collection

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens

    Json = dict[str, object]

TIMEOUT: Final = timedelta(milliseconds=60_000)
"""How long a browser may take, and how long a ticket lives. Source: API reference, timeout, its example."""

ALGORITHMS: Final = (-7, -8, -257)
"""ES256, EdDSA and RS256, best first. Source: Web Authentication, pubKeyCredParams; GenAuth's are not known."""


def creation_options(context: CallContext) -> tuple[Json, str]:
    """Return what a browser makes a passkey of the signed-in user with, and the ticket that goes with it.

    That the passkey is one that a browser finds without being told its id is assumed: signing in names no user.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    user = context.signed_in_user()
    rp_id = _rp_id(context)
    ticket, challenge = _begun(context, rp_id, user.user_id)
    name = account_name(user)
    return {
        "challenge": challenge,
        "rp": {"id": rp_id, "name": context.app_id},
        "user": {
            "id": base64url(user.user_id.encode()),
            "name": name,
            "displayName": user.profile.get("nickname") or name,
        },
        "pubKeyCredParams": [{"type": "public-key", "alg": each} for each in ALGORITHMS],
        "timeout": TIMEOUT // timedelta(milliseconds=1),
        "excludeCredentials": [
            {"id": each.credential_id, "type": "public-key", "transports": list(each.transports)}
            for each in of_user(context, user)
        ],
        "authenticatorSelection": {"residentKey": "required", "requireResidentKey": True},
    }, ticket


def request_options(context: CallContext) -> tuple[Json, str]:
    """Return what a browser is asked with for any passkey of this app, and the ticket that goes with it."""
    rp_id = _rp_id(context)
    ticket, challenge = _begun(context, rp_id, "")
    milliseconds = TIMEOUT // timedelta(milliseconds=1)
    return {"challenge": challenge, "rpId": rp_id, "timeout": milliseconds}, ticket


def add(context: CallContext, ticket: str, credential: Json, code: str | None) -> bool:
    """Add a passkey to the signed-in user; return whether it was accepted. The ticket works once.

    Args:
        context: The context.
        ticket: That of the options.
        credential: What the browser made, as its ``toJSON`` writes it.
        code: What unlocks it, or None.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``; ``NOT_IMITATED`` where the verifier is not installed.
    """
    user = context.signed_in_user()
    try:
        ceremony = _taken(context, ticket, user.user_id)
        proven = verified_registration(ceremony, credential)
    except NotProven as error:
        context.remark(rule=str(error))
        return False
    if context.records.get(Passkey, proven.credential_id) is not None:
        context.remark(rule="the passkey is there already")
        return False
    made = evolve(
        proven, user_id=user.user_id, authenticator_code=code or "", created_at=context.now
    )
    context.records.put(made.credential_id, made)
    return True


def sign_in(
    context: CallContext, ticket: str, credential: Json, scope: str | None
) -> Tokens | None:
    """Sign in the user whose passkey it is; return None where it proves nothing. The ticket works once.

    Raises:
        Refusal: ``UNKNOWN_PASSKEY``, ``USER_SUSPENDED``; ``NOT_IMITATED`` where the verifier is not installed.
    """
    try:
        ceremony = _taken(context, ticket, "")
        known = context.records.get(Passkey, str(credential["id"]))
        user = user_of(context, str(credential["id"]))
        if known is None or user is None:
            raise Refusal(Outcome.UNKNOWN_PASSKEY, why={"rule": "nobody has this passkey"})
        used = verified_assertion(ceremony, credential, known)
    except NotProven as error:
        context.remark(rule=str(error))
        return None
    context.records.put(used.credential_id, evolve(used, used_at=context.now))
    return begin(context, user, scope, "loginByPasskey")


def user_of(context: CallContext, credential_id: str) -> User | None:
    """Return whose passkey it is, or None."""
    known = context.records.get(Passkey, credential_id)
    return None if known is None else context.user(known.user_id)


def of_user(context: CallContext, user: User, code: str | None = None) -> list[Passkey]:
    """Return the passkeys of a user, oldest first; all, or those that something unlocks."""
    return [
        each
        for each in context.records.all(Passkey)
        if each.user_id == user.user_id and code in (None, each.authenticator_code)
    ]


def remove(context: CallContext, code: str | None, ids: Collection[str] | None = None) -> int:
    """Take passkeys away from the signed-in user: all, or those of a kind, or those with these ids.

    Returns:
        How many were taken away.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    held = of_user(context, context.signed_in_user(), code)
    gone = [each for each in held if ids is None or each.credential_id in ids]
    for each in gone:
        context.records.delete(Passkey, each.credential_id)
    return len(gone)


def shown(passkey: Passkey) -> Json:
    """Show a passkey in a list."""
    used = passkey.used_at and timestamp(passkey.used_at)
    return {
        "credentialID": passkey.credential_id,
        "authenticatorCode": passkey.authenticator_code,
        "transports": list(passkey.transports),
        "createdAt": passkey.created_at and timestamp(passkey.created_at),
        **({} if used is None else {"lastUsedAt": used}),
    }


def _begun(context: CallContext, rp_id: str, user_id: str) -> tuple[str, str]:
    """File a new ceremony; return its ticket and its challenge."""
    ticket = context.randomness.token()
    challenge = base64url(sha256(context.randomness.token().encode()).digest())
    expires_at = context.now + TIMEOUT
    begun = PasskeyTicket(user_id, challenge, rp_id, expires_at)
    context.records.put(ticket, begun, expires_at)
    return ticket, challenge


def _taken(context: CallContext, ticket: str, user_id: str) -> Ceremony:
    held = context.records.get(PasskeyTicket, ticket)
    if held is None or held.user_id != user_id:
        message = "the ticket is unknown, used, another user's or for another call"
        raise NotProven(message)
    context.records.delete(PasskeyTicket, ticket)
    if context.now >= held.expires_at:
        message = "a ticket lives for a minute"
        raise NotProven(message)
    return Ceremony(held.challenge, held.rp_id, context.settings.allowed_origins)


def _rp_id(context: CallContext) -> str:
    """Return whom passkeys are for: a host name, as WebAuthn wants it; an address of this machine is localhost."""
    host = context.settings.passkey_rp_id or urlsplit(context.token_issuer.issuer).hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return host
    return "localhost"
