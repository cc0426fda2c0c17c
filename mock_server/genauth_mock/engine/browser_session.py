"""Who is signed in with a browser, from one sign-in page to the next."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from genauth_mock.engine.accounts import BrowserSession, Status
from genauth_mock.engine.sign_in import identifiers_of_account

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

LIFETIME: Final = timedelta(days=14)
"""Source: GenAuth's guides: a session lives for 14 days."""

SIGN_IN_AS: Final = "x-genauth-mock-sign-in-as"
"""A header that names the user who would sign in, for scripts; the setting ``signInAs`` does so for a whole app."""


def begin(context: CallContext, user: User) -> str:
    """Begin a session; return the cookie for it."""
    token, expires_at = context.randomness.token(), context.now + LIFETIME
    context.records.put(
        token, BrowserSession(user.user_id, expires_at, context.device_id), expires_at
    )
    return _cookie(context, token, int(LIFETIME.total_seconds()))


def end(context: CallContext) -> str:
    """End the session of the browser that asks; return the cookie that says so."""
    token = _token(context)
    if token:
        context.records.delete(BrowserSession, token)
    return _cookie(context, "", 0)


def signed_in_user(context: CallContext) -> User | None:
    """Return who is signed in with the browser that asks."""
    held = context.records.get(BrowserSession, _token(context))
    if held is None or context.now >= held.expires_at:
        return None
    context.device_id = held.device_id
    return _if_active(context.user(held.user_id))


def named_user(context: CallContext, name: str) -> User | None:
    """Return the active user with a username, phone number, e-mail address or id."""
    named = context.first_named(identifiers_of_account(name))
    return _if_active(named or context.user(name))


def _if_active(user: User | None) -> User | None:
    return user if user is not None and user.status is Status.ACTIVATED else None


def _cookie(context: CallContext, token: str, seconds: int) -> str:
    return f"{_name(context)}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"


def _name(context: CallContext) -> str:
    """Name the cookie by its app: the apps of one server share its host, and not their sessions."""
    app = sha256(context.app_id.encode(errors="surrogateescape")).hexdigest()[:12]
    return f"genauth-mock-session-{app}"


def _token(context: CallContext) -> str:
    try:
        cookies = SimpleCookie(context.headers.get("cookie", ""))
    except CookieError:
        return ""
    found = cookies.get(_name(context))
    return "" if found is None else found.value
