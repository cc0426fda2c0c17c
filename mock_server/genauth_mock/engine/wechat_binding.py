"""Signing in by WeChat on a phone, where the user may have to say first which account is theirs.

Source: API reference, wechatMobile/authByCodeIdentity and the calls that go on from its key.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.engine import ext_idps
from genauth_mock.engine.codes import redeem_code
from genauth_mock.engine.ext_idp_records import PendingBinding
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import LOGIN, begin
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.ext_idp_records import ExtAccount, ExtIdp
    from genauth_mock.engine.tokens import Tokens

KEY_LIFETIME: Final = timedelta(minutes=5)
"""How long a key goes on. Source: assumed, as long as a pass code."""

METHOD: Final = "loginBySocial"


@frozen
class Choice:
    """The question which account is the user's.

    Attributes:
        key: What the answer comes with.
        user_ids: The accounts that it may be: that of the user whom the provider's account names.
    """

    key: str = field(repr=False)
    user_ids: tuple[str, ...]


def connections(context: CallContext) -> list[ExtIdp]:
    """Return the connections to WeChat.

    Raises:
        Refusal: ``NOT_IMITATED`` where there is none.
    """
    return ext_idps.connections_of(context, {"wechat"}, "wechatMobile")


def by_code(
    context: CallContext, code: str, connection: str | None, scope: str | None
) -> Tokens | Choice:
    """Sign in by a code of WeChat, or ask which account is the user's.

    Args:
        context: The context.
        code: The code.
        connection: The connection that is meant; None takes the first one that knows the code.
        scope: What is asked for, or None.

    Raises:
        Refusal: ``EXT_IDP_REFUSED``, ``UNKNOWN_EXT_IDP``, ``USER_SUSPENDED``; ``NOT_IMITATED`` without a connection.
    """
    idp, account = _account(context, code, connection)
    user = ext_idps.linked_user(context, idp, account)
    if user is not None:
        return begin(context, user, scope, METHOD)
    key, expires_at = context.randomness.token(), context.now + KEY_LIFETIME
    pending = PendingBinding(idp.identifier, account.user_id_in_idp, expires_at, scope)
    context.records.put(key, pending, expires_at)
    named = context.named(f"username:{account.username}") if account.username else None
    return Choice(key, () if named is None else (named.user_id,))


def _account(context: CallContext, code: str, connection: str | None) -> tuple[ExtIdp, ExtAccount]:
    known = connections(context)
    meant = [each for each in known if connection in (None, each.identifier, each.ext_idp_id)]
    if not meant:
        raise Refusal(Outcome.UNKNOWN_EXT_IDP, why={"rule": "extIdps has no such connection"})
    for idp in meant:
        account = idp.account_with_code(code)
        if account is not None:
            return idp, account
    raise Refusal(Outcome.EXT_IDP_REFUSED, why={"rule": "no account of WeChat has this code"})


def register(context: CallContext, key: str) -> Tokens:
    """Make a user of who came with a key, and sign them in.

    Raises:
        Refusal: ``BINDING_KEY_INVALID``, ``UNKNOWN_USER``, or that of a sign-up.
    """
    pending = _pending(context, key)
    idp, account = _found(context, pending)
    user = ext_idps.new_user(context, idp, account)
    context.records.delete(PendingBinding, key)
    return begin(context, user, pending.scope, METHOD)


def by_pass_code(
    context: CallContext, key: str, where: tuple[ContactKind, Address], digits: str
) -> Tokens:
    """Link who came with a key to the user with an address, once the code fits, and sign them in.

    That the code is one of ``CHANNEL_LOGIN`` is assumed.

    Raises:
        Refusal: ``BINDING_KEY_INVALID``, a code refusal, ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    kind, address = where
    _pending(context, key)
    redeem_code(context, LOGIN, address, digits)
    return bind(context, key, context.owner(kind, address))


def bind(context: CallContext, key: str, user: User | None) -> Tokens:
    """Link who came with a key to a user, and sign them in.

    Raises:
        Refusal: ``BINDING_KEY_INVALID``, ``UNKNOWN_USER``, ``USER_SUSPENDED``.
    """
    pending = _pending(context, key)
    if user is None:
        raise Refusal(Outcome.UNKNOWN_USER, why={"rule": "no such account"})
    idp, account = _found(context, pending)
    context.records.delete(PendingBinding, key)
    return begin(context, ext_idps.link(context, user, idp, account), pending.scope, METHOD)


def _pending(context: CallContext, key: str) -> PendingBinding:
    held = context.records.get(PendingBinding, key)
    if held is None or context.now >= held.expires_at:
        why = {"rule": "the key is unknown, used or expired: it lives for five minutes"}
        raise Refusal(Outcome.BINDING_KEY_INVALID, why=why)
    return held


def _found(context: CallContext, pending: PendingBinding) -> tuple[ExtIdp, ExtAccount]:
    idp = ext_idps.connection(context, pending.identifier)
    for account in idp.accounts:
        if account.user_id_in_idp == pending.user_id_in_idp:
            return idp, account
    raise Refusal(Outcome.BINDING_KEY_INVALID, why={"rule": "extIdps has the account no longer"})
