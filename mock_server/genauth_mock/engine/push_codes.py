"""The life of a push message to sign in by: sent, confirmed or refused, and its tokens.

One side names an account and asks how the message stands; the user, who is signed in elsewhere, decides.
Source: API reference, signin-by-push, check-pushcode-status and change-pushcode-status.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import evolve, field

from genauth_mock.engine.context import check_is_active
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import NO_DATA, keep_custom_data
from genauth_mock.engine.sign_in import begin, identifiers_of_account
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

    Json = dict[str, object]

LIFETIME: Final = timedelta(seconds=120)
"""Source: API reference, signin-by-push, expireTime: its example. That tokens can be had as long again is assumed."""


class PushStatus(StrEnum):
    """How a push message stands. Source: API reference, check-pushcode-status, status."""

    PUSHED = "PUSHED"
    AUTHORIZED = "AUTHORIZED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class PushAction(StrEnum):
    """What a user does with a push message. Source: API reference, change-pushcode-status, action."""

    CONFIRM = "CONFIRM"
    CANCEL = "CANCEL"


_LEADS_TO: Final = {
    PushAction.CONFIRM: PushStatus.AUTHORIZED,
    PushAction.CANCEL: PushStatus.CANCELLED,
}


@frozen_for_checkers
class PushCode:
    """A push message; filed under its id.

    Attributes:
        scope: What was asked for, or None.
        custom_data: What is kept with the user who confirms it.
        headers: What the side said of itself that asked: its device is the one that is signed in.
        token_set: What it gave, once somebody asked after it was confirmed; None before.
    """

    push_code_id: str
    user_id: str
    sent_at: datetime
    expires_at: datetime
    scope: str | None = None
    custom_data: Mapping[str, object] = NO_DATA
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    status: PushStatus = PushStatus.PUSHED
    token_set: Mapping[str, object] | None = field(default=None, repr=False)

    def status_at(self, now: datetime) -> PushStatus:
        """Return how it stands; one that was decided no longer runs out."""
        is_late = self.status is PushStatus.PUSHED and now >= self.expires_at
        return PushStatus.EXPIRED if is_late else self.status


_KEPT_HEADERS: Final = ("user-agent", "x-real-ip", "x-forwarded-for")


def push(
    context: CallContext,
    account: str,
    scope: str | None,
    custom_data: Mapping[str, object] | None,
) -> PushCode:
    """Send the user of an account a push message.

    Raises:
        Refusal: ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    user = context.first_named(identifiers_of_account(account))
    if user is None:
        raise Refusal(Outcome.UNKNOWN_USER, why={"rule": "no such account"})
    check_is_active(user)
    code = PushCode(
        context.randomness.identifier(),
        user.user_id,
        context.now,
        context.now + LIFETIME,
        scope,
        custom_data or NO_DATA,
        {name: context.headers[name] for name in _KEPT_HEADERS if name in context.headers},
    )
    context.records.put(code.push_code_id, code, code.expires_at)
    return code


def look_at(context: CallContext, push_code_id: str) -> Json:
    """Return how a push message stands, with tokens once it is confirmed.

    Who asks again gets the same tokens, which is assumed: an answer may be lost.

    Raises:
        Refusal: ``UNKNOWN_PUSH_CODE``, ``USER_SUSPENDED``.
    """
    code = known(context, push_code_id)
    status = code.status_at(context.now)
    if status is PushStatus.AUTHORIZED and code.token_set is None:
        code = _with_tokens(context, code)
    shown: Json = {"status": status}
    return shown if code.token_set is None else {**shown, "tokenSet": dict(code.token_set)}


def change(context: CallContext, push_code_id: str, action: PushAction) -> PushStatus:
    """Confirm a push message or refuse it, in the name of the signed-in user; it must be theirs.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UNKNOWN_PUSH_CODE``, ``PUSH_CODE_OUT_OF_TURN``.
    """
    user = context.signed_in_user()
    if known(context, push_code_id).user_id != user.user_id:
        raise Refusal(Outcome.UNKNOWN_PUSH_CODE, why={"rule": "it was sent to another user"})
    return decide(context, push_code_id, action)


def decide(context: CallContext, push_code_id: str, action: PushAction) -> PushStatus:
    """Confirm a push message or refuse it, as the user it was sent to would.

    Raises:
        Refusal: ``UNKNOWN_PUSH_CODE``, ``PUSH_CODE_OUT_OF_TURN``.
    """
    code = known(context, push_code_id)
    status = code.status_at(context.now)
    if status is PushStatus.EXPIRED:
        raise Refusal(
            Outcome.UNKNOWN_PUSH_CODE, why={"rule": "a push message lives for two minutes"}
        )
    if status is not PushStatus.PUSHED:
        raise Refusal(Outcome.PUSH_CODE_OUT_OF_TURN, why={"rule": f"the message is {status}"})
    code = evolve(code, status=_LEADS_TO[action], expires_at=context.now + LIFETIME)
    context.records.put(push_code_id, code, code.expires_at)
    return code.status


def known(context: CallContext, push_code_id: str) -> PushCode:
    """Return a push message.

    Raises:
        Refusal: ``UNKNOWN_PUSH_CODE``.
    """
    code = context.records.get(PushCode, push_code_id)
    if code is None:
        raise Refusal(Outcome.UNKNOWN_PUSH_CODE, why={"rule": "no push message has this id"})
    return code


def _with_tokens(context: CallContext, code: PushCode) -> PushCode:
    user = keep_custom_data(context, _user_of(context, code), code.custom_data)
    context.headers = code.headers
    tokens = begin(context, user, code.scope, "loginByPush")
    code = evolve(code, token_set=tokens.to_response("bearer"))
    context.records.put(code.push_code_id, code, code.expires_at)
    return code


def _user_of(context: CallContext, code: PushCode) -> User:
    user = context.user(code.user_id)
    if user is None:
        raise Refusal(Outcome.UNKNOWN_PUSH_CODE, why={"rule": "the user is gone"})
    return user
