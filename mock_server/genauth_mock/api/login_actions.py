"""What the forms of the login page do: each says who signs in, or refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.fields import read_phone
from genauth_mock.engine import browser_session, sign_in
from genauth_mock.engine.codes import redeem_code, send
from genauth_mock.engine.contact_kinds import PHONE
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_up import NewUser, sign_up

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext

Fields = dict[str, str]


def signed_in_by(context: CallContext, what: str, fields: Fields) -> User | None:
    """Do what a form is for; return who signs in, or None where nobody does yet.

    Raises:
        Refusal: It cannot be done.
    """
    action = _ACTIONS.get(what)
    if action is None:
        raise Refusal(Outcome.INVALID_ARGUMENT, "no form of this page does that")
    user = action(context, fields)
    return None if user is None else sign_in.note_sign_in(context, user, _METHODS[what])


def _pick(context: CallContext, fields: Fields) -> User:
    if not context.may_name_users:
        message = "signing in by a name alone needs the control token"
        raise Refusal(Outcome.INVALID_ARGUMENT, message)
    user = browser_session.named_user(context, fields.get("user", ""))
    if user is None:
        raise Refusal(Outcome.UNKNOWN_USER)
    return user


def _by_password(context: CallContext, fields: Fields) -> User:
    named = sign_in.identifiers_of_account(fields.get("account", "").strip())
    return sign_in.user_with_password(context, named, fields.get("password", ""))


def _send(context: CallContext, fields: Fields) -> None:
    send(context, sign_in.LOGIN[0], read_phone(fields.get("phone", "").strip(), None))


def _by_code(context: CallContext, fields: Fields) -> User:
    phone = read_phone(fields.get("phone", "").strip(), None)
    redeem_code(context, sign_in.LOGIN, phone, fields.get("passCode", "").strip())
    user = context.owner(PHONE, phone)
    if user is not None:
        return user
    if not context.settings.sign_up_enabled:
        raise Refusal(Outcome.UNKNOWN_USER)
    return sign_up(context, NewUser(unverified=(PHONE, phone)))


def _sign_up(context: CallContext, fields: Fields) -> User:
    username, password = fields.get("username", "").strip(), fields.get("password", "")
    if not context.settings.sign_up_enabled or not username or not password:
        raise Refusal(Outcome.INVALID_ARGUMENT, "username and password are needed to sign up")
    return sign_up(context, NewUser(username=username, password=password))


_METHODS: Final[Mapping[str, str]] = {
    "pick": "loginByUsername",
    "password": "loginByUsername",
    "code": sign_in.BY_CODE["phone"],
    "sign-up": "loginByUsername",
}
"""What the log calls a sign-in by a form."""

_ACTIONS: Final[Mapping[str, Callable[[CallContext, Fields], User | None]]] = {
    "pick": _pick,
    "password": _by_password,
    "send": _send,
    "code": _by_code,
    "sign-up": _sign_up,
}
