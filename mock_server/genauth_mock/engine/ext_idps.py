"""Signing in with an account elsewhere: found, linked to a user, and taken for a sign-in.

Source: API reference, signin-by-mobile and get-identities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.engine.accounts import User
from genauth_mock.engine.ext_idp_records import WechatToken
from genauth_mock.engine.memberships import Identity
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.sign_in import begin
from genauth_mock.engine.sign_in_activity import log_refusal
from genauth_mock.engine.sign_up import NewUser, sign_up

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import timedelta

    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.ext_idp_records import ExtAccount, ExtIdp
    from genauth_mock.engine.tokens import Tokens

_SHOWN: Final = ("name", "nickname", "photo")
"""What of a provider's words becomes the profile of a new user."""


def connection(context: CallContext, identifier: str) -> ExtIdp:
    """Return a connection of the app.

    Raises:
        Refusal: ``UNKNOWN_EXT_IDP``.
    """
    for each in context.settings.ext_idps:
        if each.identifier == identifier:
            return each
    raise Refusal(Outcome.UNKNOWN_EXT_IDP, why={"rule": "extIdps has no such identifier"})


def check_any(context: CallContext, call: str) -> None:
    """Refuse a call of an app that has no connection at all, so that it may be given an answer.

    Raises:
        Refusal: ``NOT_IMITATED``.
    """
    if not context.settings.ext_idps:
        raise not_imitated(call)


def connections_of(context: CallContext, types: Collection[str], call: str) -> list[ExtIdp]:
    """Return the connections of some kinds.

    Raises:
        Refusal: ``NOT_IMITATED`` where there is none.
    """
    found = [each for each in context.settings.ext_idps if each.type in types]
    if not found:
        raise not_imitated(call)
    return found


def not_imitated(call: str) -> Refusal:
    """Return the refusal of a call about a provider that nobody said anything of."""
    said = f"{call} of a provider that the setting extIdps does not name"
    return Refusal(Outcome.NOT_IMITATED, said)


def by_code(context: CallContext, idp: ExtIdp, code: str, scope: str | None) -> Tokens:
    """Sign in whom a code stands for; a user is made where nobody has the account.

    Raises:
        Refusal: ``EXT_IDP_REFUSED``, ``USER_SUSPENDED``, ``UNKNOWN_USER``, or that of a sign-up.
    """
    account = account_with_code(idp, code)
    user = user_of(context, idp, account) or new_user(context, idp, account)
    return begin(context, user, scope, "loginBySocial")


def by_directory(
    context: CallContext, named: tuple[str, str], password: str, scope: str | None
) -> Tokens:
    """Sign in by a directory: LDAP or AD.

    Args:
        context: The context.
        named: The kind of directory, and the ``sAMAccountName``.
        password: What they say is the password.
        scope: What is asked for, or None.

    Raises:
        Refusal: ``WRONG_ACCOUNT_OR_PASSWORD``, ``USER_SUSPENDED``, ``UNKNOWN_USER``, or that of a sign-up.
    """
    kind, name = named
    method = f"loginBy{kind.upper()}"
    for idp in connections_of(context, {kind}, f"signin by {kind}"):
        for account in idp.accounts:
            if account.user_id_in_idp != name:
                continue
            user = user_of(context, idp, account)
            if account.password == password:
                return begin(context, user or new_user(context, idp, account), scope, method)
            if user is not None:
                log_refusal(context, user, method, Outcome.WRONG_ACCOUNT_OR_PASSWORD)
    why = {"rule": "extIdps has no such account with this password"}
    raise Refusal(Outcome.WRONG_ACCOUNT_OR_PASSWORD, why=why)


def account_with_code(idp: ExtIdp, code: str) -> ExtAccount:
    """Return the account that a code stands for.

    Raises:
        Refusal: ``EXT_IDP_REFUSED``.
    """
    account = idp.account_with_code(code)
    if account is None:
        why = {"rule": f"no account of {idp.identifier} in extIdps has this code"}
        raise Refusal(Outcome.EXT_IDP_REFUSED, why=why)
    return account


def user_of(context: CallContext, idp: ExtIdp, account: ExtAccount) -> User | None:
    """Return the user who has an account; one whom it names is linked from now on."""
    linked = linked_user(context, idp, account)
    if linked is not None:
        return linked
    user = context.named(f"username:{account.username}") if account.username else None
    return None if user is None else link(context, user, idp, account)


def linked_user(context: CallContext, idp: ExtIdp, account: ExtAccount) -> User | None:
    """Return the user to whom an account is linked."""
    users = context.records.all(User)
    return next((each for each in users if identity_of(each, idp, account)), None)


def new_user(context: CallContext, idp: ExtIdp, account: ExtAccount) -> User:
    """Make a user of who has an account.

    Raises:
        Refusal: ``UNKNOWN_USER`` where ``signUpEnabled`` is off; that of a sign-up.
    """
    if not context.settings.sign_up_enabled:
        raise Refusal(Outcome.UNKNOWN_USER, why={"rule": "signUpEnabled"})
    info = account.user_info
    profile = {name: info[name] for name in _SHOWN if isinstance(info.get(name), str)}
    user = sign_up(context, NewUser(username=account.username, profile=profile))
    return link(context, user, idp, account)


def link_to(context: CallContext, user: User, idp: ExtIdp, account: ExtAccount) -> Identity:
    """Link an account to a user who asks for it; one that is linked to them already stays as it is.

    That an account has one user, who is the one whom the setting names, is assumed.

    Raises:
        Refusal: ``EXT_IDP_TAKEN``.
    """
    owner = linked_user(context, idp, account)
    if owner is None and account.username:
        owner = context.named(f"username:{account.username}")
    if owner is not None and owner.user_id != user.user_id:
        why = {"rule": "the account is another user's, by a link or by its username in extIdps"}
        raise Refusal(Outcome.EXT_IDP_TAKEN, why=why)
    known = identity_of(user, idp, account)
    return known or link(context, user, idp, account).memberships.identities[-1]


def identity_of(user: User, idp: ExtIdp, account: ExtAccount) -> Identity | None:
    """Return the link between a user and an account; None where there is none."""
    key = idp.provider_id, account.user_id_in_idp
    held = user.memberships.identities
    return next((each for each in held if (each.ext_idp_id, each.user_id_in_idp) == key), None)


def link(context: CallContext, user: User, idp: ExtIdp, account: ExtAccount) -> User:
    """Link an account to a user; return the user as they are then."""
    identity = Identity(  # by position: its arguments are named as in JSON
        idp.provider_id,
        account.user_id_in_idp,
        context.randomness.identifier(),
        idp.type,
        "openid",
        account.user_info,
        "",
        "",
        [idp.identifier],
    )
    identities = [*user.memberships.identities, identity]
    memberships = evolve(user.memberships, identities=identities)
    changed = evolve(user, memberships=memberships, updated_at=context.now)
    context.save(changed, user)
    return changed


def wechat_apps(context: CallContext) -> Mapping[str, str | None]:
    """Return the secrets of the mini programs and official accounts of an app, by their ids at WeChat.

    Raises:
        Refusal: ``NOT_IMITATED`` where there is none.
    """
    known = {each.app_id: each.app_secret for each in context.settings.ext_idps if each.app_id}
    if not known:
        raise not_imitated("get-wechat-access-token")  # noqa: EM101 - the name of a call
    return known


def wechat_token(context: CallContext, app: tuple[str, str], lifetime: timedelta) -> WechatToken:
    """Return the access token of a mini program or official account, the same as long as it is good.

    Args:
        context: The context.
        app: Its id and its secret at WeChat.
        lifetime: How long a token is good.

    Raises:
        Refusal: ``EXT_IDP_REFUSED``, ``NOT_IMITATED``.
    """
    app_id, secret = app
    if wechat_apps(context).get(app_id) != secret:
        why = {"rule": "extIdps has no such appId with this appSecret"}
        raise Refusal(Outcome.EXT_IDP_REFUSED, why=why)
    held = context.records.get(WechatToken, app_id)
    if held is None or context.now >= held.expires_at:
        held = WechatToken(context.randomness.token(), context.now + lifetime)
        context.records.put(app_id, held, held.expires_at)
    return held
