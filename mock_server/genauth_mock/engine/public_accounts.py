"""Public accounts: users that several people may change to. Source: API reference, switch-login-by-user.

Whom a user may change to is given: by a seed, or under ``/_mock/users``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.profile import keep_custom_data
from genauth_mock.engine.sign_in import begin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.tokens import Tokens


def of_user(context: CallContext) -> list[User]:
    """Return the accounts that the signed-in user may change to; one that is gone is left out.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    given = context.signed_in_user().memberships.public_accounts
    found = (context.user(each.user_id) for each in given)
    return [user for user in found if user is not None]


def switch(
    context: CallContext,
    target_user_id: str,
    scope: str | None,
    custom_data: Mapping[str, object] | None,
) -> Tokens:
    """Return tokens of a public account of the signed-in user, or of a person whose public account they are.

    Source: API reference: a person and their public accounts may change to each other. That nobody learns whether there
    is a user whom they may not change to is assumed.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``PERMISSION_DENIED``.
    """
    user, target = context.signed_in_user(), context.user(target_user_id)
    if target is None or not (_may_be(user, target) or _may_be(target, user)):
        why = {"rule": "neither of the two users is a public account of the other"}
        raise Refusal(Outcome.PERMISSION_DENIED, why=why)
    target = keep_custom_data(context, target, custom_data)
    return begin(context, target, scope, "switchLogin")


def _may_be(person: User, account: User) -> bool:
    """Return whether an account is a public one of a person."""
    return any(each.user_id == account.user_id for each in person.memberships.public_accounts)
