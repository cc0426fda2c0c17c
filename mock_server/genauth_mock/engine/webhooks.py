"""The events that webhooks are sent: what a call of the API or of ``/_mock/`` brings about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.engine.profile import full_profile
from genauth_mock.engine.value import frozen_for_checkers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from genauth_mock.engine.accounts import User
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.webhook_settings import Webhook

_OF_EVERY_CHANGE = frozenset({"updatedAt", "loginsCount", "lastLogin", "passwordSecurityLevel"})
"""Fields that are no news by themselves, or are those of another event."""


@frozen_for_checkers
class Notice:
    """One event for one webhook.

    Attributes:
        event: Its name.
        data: What it says. Source: GenAuth's guide to webhooks.
        user: Whom it is about.
    """

    event: str
    data: Mapping[str, object] = field(repr=False)
    user: User = field(repr=False)
    hook: Webhook

    @property
    def body(self) -> dict[str, object]:
        """What is posted. Source: GenAuth's guide to webhooks, its samples."""
        return {"eventName": self.event, "data": self.data}


def notices(context: CallContext, since: int = 0) -> list[Notice]:
    """Return the events of a call, for each webhook that wants them.

    Args:
        context: The context, after the operation.
        since: How many users had been filed before the operation began.
    """
    hooks = context.settings.webhooks
    return [
        Notice(event, data, user, hook)
        for event, data, user in happened(context, since)
        for hook in hooks
        if event in hook.events
    ]


def happened(
    context: CallContext, since: int = 0
) -> Iterator[tuple[str, Mapping[str, object], User]]:
    """Yield what a call did to users: the event's name, what it says, and whom it is about.

    Args:
        context: The context, after the operation.
        since: How many users had been filed before the operation began.
    """
    first: dict[str, User | None] = {}
    last: dict[str, User] = {}
    for before, after in zip(context.replaced[since:], context.saved[since:], strict=True):
        first.setdefault(after.user_id, before)
        last[after.user_id] = after
    for user_id, user in last.items():
        for event, data in _events(first[user_id], user):
            yield event, data, user
    for user in context.deleted:
        yield "user:deleted", {"users": [show_user(user)]}, user


def show_user(user: User) -> dict[str, object]:
    """Show a user as webhooks do; that the rest is named as in the profile is assumed."""
    return {"id": user.user_id, **full_profile(user)}


def _events(before: User | None, after: User) -> Iterator[tuple[str, Mapping[str, object]]]:
    shown = show_user(after)
    if before is None:
        yield "register", shown
        yield "user:created", shown
    else:
        known = show_user(before)
        names = [name for name in {**known, **shown} if name not in _OF_EVERY_CHANGE]
        updates = {name: shown.get(name) for name in names if known.get(name) != shown.get(name)}
        if updates:
            yield "user:updated", {"user": shown, "updates": updates}
        if before.password != after.password:
            yield "user:password-changed", {"userId": after.user_id}
    if after.logins_count > (before.logins_count if before else 0):
        yield "login", shown
