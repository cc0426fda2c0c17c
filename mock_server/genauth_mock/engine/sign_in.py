"""Signing in, by password and by pass code."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.accounts import Status
from genauth_mock.engine.address import recipient_key
from genauth_mock.engine.codes import redeem_code
from genauth_mock.engine.context import check_is_active, identifiers
from genauth_mock.engine.mfa_demand import hold_up
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in_activity import log_refusal, log_sign_in
from genauth_mock.engine.sign_up import NewUser, sign_up
from genauth_mock.engine.tokens import grant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.codes import Proof
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


LOGIN: Final = ("CHANNEL_LOGIN",)
"""Source: API reference, send-sms and send-email, channel."""

_BY_PASSWORD: Final[Mapping[str, str]] = {
    "username": "loginByUsername",
    "email": "loginByEmail",
    "phone": "loginByPhonePassword",
}
BY_CODE: Final[Mapping[str, str]] = {"phone": "loginByPhoneCode", "email": "loginByEmailCode"}
"""What the log calls a sign-in.

Source: API reference, get-my-login-history, loginMethod, has one as its example; the others are called as the calls of
the API before this one, which is assumed.
"""


def by_password(
    context: CallContext, named: Sequence[str], password: str, scope: str | None
) -> Tokens:
    """Sign in the user who has one of the identifiers in ``named``.

    Source: production code of 2024 (2006 for a username, an e-mail address or a phone number); that 2333 is the
    answer to an ``account`` only, and to an unknown user, is assumed.

    Args:
        context: The context.
        named: Whom they may mean: one identifier, or all that an account may stand for.
        password: What they say is the password.
        scope: What is asked for, or None.

    Raises:
        Refusal: ``WRONG_PASSWORD``, ``WRONG_ACCOUNT_OR_PASSWORD``, ``USER_SUSPENDED``.
    """
    user = user_with_password(context, named, password)
    method = password_method(user, named)
    hold_up(context, user, scope, method)
    return begin(context, user, scope, method)


def user_with_password(context: CallContext, named: Sequence[str], password: str) -> User:
    """Return the user who has one of the identifiers in ``named``, and this password.

    Raises:
        Refusal: ``WRONG_PASSWORD``, ``WRONG_ACCOUNT_OR_PASSWORD``.
    """
    user = context.first_named(named)
    if user is None:
        raise Refusal(Outcome.WRONG_ACCOUNT_OR_PASSWORD, why={"rule": "no such account"})
    if user.password != password:
        told = Outcome.WRONG_ACCOUNT_OR_PASSWORD if len(named) > 1 else Outcome.WRONG_PASSWORD
        log_refusal(context, user, password_method(user, named), told)
        raise Refusal(told, why={"rule": "password"})
    return user


def by_pass_code(
    context: CallContext, proof: Proof, scope: str | None, *, may_register: bool
) -> Tokens:
    """Sign in with a code sent for ``CHANNEL_LOGIN``.

    That the code is looked at before the account is assumed; ``autoRegister`` makes a user of who has none.

    Raises:
        Refusal: A code refusal, ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    kind, address = proof.kind, proof.address
    try:
        redeem_code(context, proof.channels, address, proof.digits)
    except Refusal as refusal:
        owner = context.owner(kind, address)
        if owner is not None:
            log_refusal(context, owner, BY_CODE[kind.name], refusal.outcome)
        raise
    user = context.owner(kind, address)
    if user is None:
        if not may_register:
            raise Refusal(Outcome.UNKNOWN_USER, why={"rule": f"nobody has this {kind.name}"})
        user = sign_up(context, NewUser(unverified=(kind, address)))
    hold_up(context, user, scope, BY_CODE[kind.name])
    return begin(context, user, scope, BY_CODE[kind.name])


def begin(context: CallContext, user: User, scope: str | None, method: str) -> Tokens:
    """Count the sign-in, and give the user tokens; ``method`` is what the log calls it.

    Raises:
        Refusal: ``USER_SUSPENDED``.
    """
    return grant(context, note_sign_in(context, user, method), scope)


def note_sign_in(context: CallContext, user: User, method: str) -> User:
    """Count a sign-in, and log it; return the user as it is then.

    Raises:
        Refusal: ``USER_SUSPENDED``.
    """
    if user.status is not Status.ACTIVATED:
        log_refusal(context, user, method, Outcome.USER_SUSPENDED)
    check_is_active(user)
    log_sign_in(context, user, method)
    user = evolve(user, logins_count=user.logins_count + 1, last_login=context.now)
    context.save(user)
    return user


def password_method(user: User, named: Sequence[str]) -> str:
    """Return what the log calls a sign-in by password of the user who has one of the identifiers in ``named``."""
    used = next(each for each in identifiers(user) if each in named)
    return _BY_PASSWORD[used.partition(":")[0]]


def identifiers_of_account(account: str) -> list[str]:
    """Return the identifiers that an account may stand for.

    Source: API reference, signin, passwordPayload.account: username, phone number or e-mail address. That a number
    without country calling code is one of mainland China is assumed, and that a number may come with its code.
    """
    named = [f"username:{account}", f"email:{account.lower()}"]
    with suppress(ValueError):  # it is not a number
        named.append(f"phone:{recipient_key(account)}")
    return named
