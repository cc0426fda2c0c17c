"""Events that an app publishes for its users; `genauth_mock.server.event_socket` is where they are listened for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.api.call import Call, signed_in
from genauth_mock.engine import user_events
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


@json_shape
class PublishEvent:
    """Body of ``POST /api/v3/pub-userEvent``; ``eventData`` is JSON in a text, as the official SDKs send it."""

    event_type: str = field(alias="eventType")
    event_data: str = field(alias="eventData", repr=False)


def pub_user_event(context: CallContext, body: PublishEvent) -> Json:
    """``POST /api/v3/pub-userEvent``: a refusal is a success of the call. Source: management API reference."""
    try:
        data: object = json.loads(body.event_data)
    except (ValueError, RecursionError):
        said = "eventData must be a json string"
        raise Refusal(Outcome.INVALID_ARGUMENT, said) from None
    why = user_events.publish(context, body.event_type, data)
    return {"success": True} if why is None else {"success": False, "errMsg": why}


CALLS: Final[tuple[Call, ...]] = (signed_in("/api/v3/pub-userEvent", PublishEvent, pub_user_event),)
