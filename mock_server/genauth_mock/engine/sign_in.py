"""Signing in, by password and by pass code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.address import DEFAULT_COUNTRY_CODE
from genauth_mock.engine.codes import use
from genauth_mock.engine.sign_up import NewUser, sign_up
from genauth_mock.engine.tokens import grant
from genauth_mock.engine.turn import check_is_active
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from genauth_mock.accounts import User
    from genauth_mock.engine.sign_up import Proof
    from genauth_mock.engine.tokens import Tokens
    from genauth_mock.engine.turn import Turn

LOGIN: Final = ("CHANNEL_LOGIN",)
"""Source: API reference, send-sms and send-email, channel."""


def by_password(turn: Turn, named: Sequence[str], password: str, scope: str | None) -> Tokens:
    """Sign in the user who has one of the handles in ``named``.

    Raises:
        Refusal: ``WRONG_PASSWORD`` (whether or not the account exists), ``USER_SUSPENDED``.
    """
    user = next((user for handle in named if (user := turn.named(handle))), None)
    if user is None or user.password != password:
        raise Refusal(
            Verdict.WRONG_PASSWORD, why={"rule": "no such account" if user is None else "password"}
        )
    return begin(turn, user, scope)


def by_pass_code(turn: Turn, proof: Proof, scope: str | None, *, may_register: bool) -> Tokens:
    """Sign in with a code sent for ``CHANNEL_LOGIN``.

    That the code is looked at before the account is assumed; ``autoRegister`` makes a user of who has none.

    Raises:
        Refusal: A code refusal, ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    kind, address = proof.kind, proof.address
    use(turn, proof.channels, address, proof.digits)
    user = turn.owner(kind, address)
    if user is None:
        if not may_register:
            raise Refusal(Verdict.UNKNOWN_USER, why={"rule": f"nobody has this {kind.name}"})
        user = sign_up(turn, NewUser(unverified=(kind, address)))
    return begin(turn, user, scope)


def begin(turn: Turn, user: User, scope: str | None) -> Tokens:
    """Count the sign-in, and give the user tokens.

    Raises:
        Refusal: ``USER_SUSPENDED``.
    """
    check_is_active(user)
    user = evolve(user, logins_count=user.logins_count + 1, last_login=turn.now)
    turn.save(user)
    return grant(turn, user, scope)


def handles_of_account(account: str) -> list[str]:
    """Name the handles that an account may stand for.

    Source: API reference, signin, passwordPayload.account: username, phone number or e-mail address. That a number
    without country calling code is one of mainland China is assumed.
    """
    return [
        f"username:{account}",
        f"email:{account.lower()}",
        f"phone:{DEFAULT_COUNTRY_CODE}{account}",
    ]
