"""What happens to a user, as those hear it who listen by WebSocket: events of GenAuth's own, and published ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from attrs import field

from genauth_mock.engine.accounts import Status
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.value import frozen_for_checkers
from genauth_mock.engine.webhooks import happened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from genauth_mock.engine.context import CallContext

CODES: Final = {
    "login": "authing.user.login",
    "user:created": "authing.user.created",
    "user:updated": "authing.user.updated",
    "user:deleted": "authing.user.delete-account",
}
"""By the event of webhooks, the code that is listened for. Source: official SDKs, samples of sub_event."""

RESIGNED: Final = "authing.user.resigned"
"""Source: as above; that a user whose status becomes ``Resigned`` is meant is assumed."""

CUSTOM: Final = "custom_"
"""How the codes begin that an app defines for itself. Source: management API reference, pub-event."""

UNDEFINED: Final = "事件未定义"
"""Source: management API reference, pub-userEvent, errMsg."""


@frozen_for_checkers
class UserEvent:
    """Something that happened to a user.

    Attributes:
        code: What is listened for.
        data: What it says; of a published event whatever was given.
    """

    code: str
    user_id: str
    data: object = field(repr=False)
    at: datetime

    @property
    def text(self) -> str:
        """What a listener is sent. Source: assumed; named as in ``pub-userEvent``."""
        told = {"eventType": self.code, "eventData": self.data, "time": timestamp(self.at)}
        return json.dumps(told, ensure_ascii=False)


def publish(context: CallContext, code: str, data: object) -> str | None:
    """Publish an event of the signed-in user.

    The console defines which there are; here every code that begins with ``custom_`` is defined: assumed.

    Returns:
        Why it is not published; None where it is.

    Raises:
        Refusal: ``NOT_SIGNED_IN``, ``USER_SUSPENDED``.
    """
    user = context.signed_in_user()
    if not code.startswith(CUSTOM):
        context.remark(rule=f"the code of a published event begins with {CUSTOM}")
        return UNDEFINED
    event = UserEvent(code, user.user_id, data, context.now)
    context.published = (*context.published, event)
    return None


def user_events(context: CallContext) -> Iterator[UserEvent]:
    """Yield what a call did to users, and what it published."""
    for event, data, user in happened(context, context.seeded):
        code = CODES.get(event)
        if code is not None:
            yield UserEvent(code, user.user_id, data, context.now)
        updates = cast("Mapping[str, object]", data.get("updates") or {})
        if updates.get("status") == Status.RESIGNED:
            yield UserEvent(RESIGNED, user.user_id, data, context.now)
    yield from context.published
