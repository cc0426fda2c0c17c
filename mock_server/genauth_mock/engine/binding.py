"""The life of an address: bound, changed, unbound. One text for phone numbers and e-mail addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.accounts import UpdateToken
from genauth_mock.engine.codes import redeem_code, redeem_codes
from genauth_mock.engine.context import identifiers
from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import ContactKind
    from genauth_mock.engine.context import CallContext


def bind(context: CallContext, kind: ContactKind, address: Address, digits: str) -> None:
    """Bind an address to the user who is signed in and has none.

    The order of the checks (token, already bound, code, taken) is assumed: with the code first, nobody learns
    from this call whether a number belongs to someone unless they hold it.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, has one already, a code refusal, taken.
    """
    user = context.signed_in_user()
    if kind.of(user) is not None:
        raise Refusal(kind.has_already, why={"rule": f"one {kind.name} for each user"})
    redeem_code(context, (kind.bind_channel,), address, digits)
    _check_is_free(context, kind, address)
    _give(context, kind, user, address)


def unbind(context: CallContext, kind: ContactKind, digits: str) -> None:
    """Take the address away from the user who is signed in.

    Source: API reference, unbind-phone: refused where no other login method is bound.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, none bound, only login method, a code refusal.
    """
    user = context.signed_in_user()
    address = kind.of(user)
    if address is None:
        raise Refusal(kind.none_bound, why={"rule": f"the user has no {kind.name}"})
    if not _can_sign_in_without(context, kind, user):
        raise Refusal(kind.only_login_method, why={"rule": "the only login method stays"})
    redeem_code(context, (kind.unbind_channel,), address, digits)
    _give(context, kind, user, None)


def allow_change(
    context: CallContext,
    kind: ContactKind,
    new: tuple[Address, str],
    old: tuple[Address | None, str | None],
) -> str:
    """Check the codes of a change, and give a token that lets it happen.

    Source: API reference, verify-update-phone-request: the old number's code is needed where the pool
    verifies the old number and the user has one.

    Args:
        context: The context.
        kind: Phone or e-mail.
        new: The new address and the code sent to it.
        old: The old address and the code sent to it, as far as they were given.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, same, old mismatch, old unverified, a code refusal, taken.
    """
    user = context.signed_in_user()
    current = kind.of(user)
    address, digits = new
    old_address, old_digits = old
    if current is not None and address == current:
        raise Refusal(kind.same, why={"rule": f"a new {kind.name} is another one"})
    if old_address is not None and old_address != current:
        raise Refusal(kind.old_mismatch, why={"rule": f"the old {kind.name} is the user's"})
    codes = [(kind.change_channels, address, digits)]
    if current is not None and kind.verify_old(context.settings):
        if old_digits is None:
            raise Refusal(kind.old_unverified, why={"rule": f"verifyOld{kind.name.title()}"})
        codes.append((kind.old_channels, current, old_digits))
    redeem_codes(context, codes)
    _check_is_free(context, kind, address)
    token = context.randomness.token()
    expires_at = context.now + context.settings.update_token_lifetime
    context.records.put(token, UpdateToken(user.user_id, address, expires_at), expires_at)
    return token


def token_lifetime_seconds(context: CallContext) -> int:
    """Return how long a token of `allow_change` lives, in whole seconds."""
    return int(context.settings.update_token_lifetime.total_seconds())


def change(context: CallContext, kind: ContactKind, token: str) -> None:
    """Replace the address by the one that a token stands for; a token works once.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UPDATE_TOKEN_INVALID``, taken.
    """
    user = context.signed_in_user()
    permission = context.records.get(UpdateToken, token)
    if permission is None or permission.user_id != user.user_id:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "the token is unknown or used"})
    if not kind.includes(permission.address):
        raise Refusal(
            Outcome.UPDATE_TOKEN_INVALID, why={"rule": f"it is not a token for a {kind.name}"}
        )
    if context.now >= permission.expires_at:
        raise Refusal(Outcome.UPDATE_TOKEN_INVALID, why={"rule": "updateTokenLifetimeSeconds"})
    context.records.delete(UpdateToken, token)
    _check_is_free(context, kind, permission.address)
    _give(context, kind, user, permission.address)


def _check_is_free(context: CallContext, kind: ContactKind, address: Address) -> None:
    if context.owner(kind, address) is not None:
        raise Refusal(kind.taken, why={"rule": f"one owner for each {kind.name}"})


def _give(context: CallContext, kind: ContactKind, user: User, address: Address | None) -> None:
    context.save(kind.put(user, address, context.now), user)


def _can_sign_in_without(context: CallContext, kind: ContactKind, user: User) -> bool:
    ways = {identifier.partition(":")[0] for identifier in identifiers(user)} - {kind.name}
    if not context.settings.username_is_login_method:
        ways.discard("username")
    return bool(ways)
