"""The life of an address: bound, changed, unbound. One text for phone numbers and e-mail addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.accounts import UpdateToken
from genauth_mock.engine.codes import use, use_all
from genauth_mock.engine.context import handles
from genauth_mock.engine.outcomes import Refusal, Verdict

if TYPE_CHECKING:
    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.address import Address
    from genauth_mock.engine.contact_kinds import Kind
    from genauth_mock.engine.context import Turn


def bind(turn: Turn, kind: Kind, address: Address, digits: str) -> None:
    """Bind an address to the user who is signed in and has none.

    The order of the checks (token, already bound, code, taken) is assumed: with the code first, nobody learns
    from this call whether a number belongs to someone unless they hold it.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, has one already, a code refusal, taken.
    """
    user = turn.signed_in_user()
    if kind.of(user) is not None:
        raise Refusal(kind.has_already, why={"rule": f"one {kind.name} for each user"})
    use(turn, (kind.bind_channel,), address, digits)
    _check_is_free(turn, kind, address)
    _give(turn, kind, user, address)


def unbind(turn: Turn, kind: Kind, digits: str) -> None:
    """Take the address away from the user who is signed in.

    Source: API reference, unbind-phone: refused where no other login method is bound.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, none bound, only login method, a code refusal.
    """
    user = turn.signed_in_user()
    address = kind.of(user)
    if address is None:
        raise Refusal(kind.none_bound, why={"rule": f"the user has no {kind.name}"})
    if not _can_sign_in_without(turn, kind, user):
        raise Refusal(kind.only_login_method, why={"rule": "the only login method stays"})
    use(turn, (kind.unbind_channel,), address, digits)
    _give(turn, kind, user, None)


def allow_change(
    turn: Turn, kind: Kind, new: tuple[Address, str], old: tuple[Address | None, str | None]
) -> str:
    """Check the codes of a change, and give a token that lets it happen.

    Source: API reference, verify-update-phone-request: the old number's code is needed where the pool
    verifies the old number and the user has one.

    Args:
        turn: The turn.
        kind: Phone or e-mail.
        new: The new address and the code sent to it.
        old: The old address and the code sent to it, as far as they were given.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, same, old mismatch, old unverified, a code refusal, taken.
    """
    user = turn.signed_in_user()
    current = kind.of(user)
    address, digits = new
    old_address, old_digits = old
    if current is not None and address == current:
        raise Refusal(kind.same, why={"rule": f"a new {kind.name} is another one"})
    if old_address is not None and old_address != current:
        raise Refusal(kind.old_mismatch, why={"rule": f"the old {kind.name} is the user's"})
    codes = [(kind.change_channels, address, digits)]
    if current is not None and kind.verify_old(turn.settings):
        if old_digits is None:
            raise Refusal(kind.old_unverified, why={"rule": f"verifyOld{kind.name.title()}"})
        codes.append((kind.old_channels, current, old_digits))
    use_all(turn, codes)
    _check_is_free(turn, kind, address)
    token = turn.chance.token()
    expires_at = turn.now + turn.settings.update_token_lifetime
    turn.records.put(token, UpdateToken(user.user_id, address, expires_at), expires_at)
    return token


def change(turn: Turn, kind: Kind, token: str) -> None:
    """Put the address that a token stands for in the place of the old one; a token works once.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``UPDATE_TOKEN_INVALID``, taken.
    """
    user = turn.signed_in_user()
    permission = turn.records.get(UpdateToken, token)
    if permission is None or permission.user_id != user.user_id:
        raise Refusal(Verdict.UPDATE_TOKEN_INVALID, why={"rule": "the token is unknown or used"})
    if not kind.includes(permission.address):
        raise Refusal(
            Verdict.UPDATE_TOKEN_INVALID, why={"rule": f"it is no token for a {kind.name}"}
        )
    if turn.now >= permission.expires_at:
        raise Refusal(Verdict.UPDATE_TOKEN_INVALID, why={"rule": "updateTokenLifetimeSeconds"})
    turn.records.delete(UpdateToken, token)
    _check_is_free(turn, kind, permission.address)
    _give(turn, kind, user, permission.address)


def _check_is_free(turn: Turn, kind: Kind, address: Address) -> None:
    if turn.owner(kind, address) is not None:
        raise Refusal(kind.taken, why={"rule": f"one owner for each {kind.name}"})


def _give(turn: Turn, kind: Kind, user: User, address: Address | None) -> None:
    turn.save(kind.put(user, address, turn.now), user)


def _can_sign_in_without(turn: Turn, kind: Kind, user: User) -> bool:
    ways = {handle.partition(":")[0] for handle in handles(user)} - {kind.name}
    if not turn.settings.username_is_login_method:
        ways.discard("username")
    return bool(ways)
