"""Changing the password of the signed-in user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from genauth_mock.engine.outcomes import Outcome, Refusal

if TYPE_CHECKING:
    from genauth_mock.engine.context import CallContext


def update_password(context: CallContext, new: str, old: str | None) -> None:
    """Set the password; who has one already must give it as ``old``.

    Source: API reference, update-password. That the user's tokens stay good is assumed, as is the refusal of an old
    password that is missing; one that is given by a user who has none is ignored.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``, ``INVALID_ARGUMENT``, ``WRONG_OLD_PASSWORD``.
    """
    user = context.signed_in_user()
    if user.password is not None:
        if old is None:
            raise Refusal(
                Outcome.INVALID_ARGUMENT,
                "oldPassword should not be empty",
                why={"rule": "the user has a password"},
            )
        if old != user.password:
            raise Refusal(Outcome.WRONG_OLD_PASSWORD, why={"rule": "password"})
    context.save(evolve(user, password=new, updated_at=context.now), user)
