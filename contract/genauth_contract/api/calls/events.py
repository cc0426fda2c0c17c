"""The call that publishes an event of a user."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, record, text
from genauth_contract.outcomes.models import User

PUBLISH_EVENT: Final = record(
    "PublishEvent", {"eventType": text(), "eventData": text("JSON in a text.")}
)
EVENT_RECEIPT: Final = record("EventReceipt", {"success": FLAG}, {"errMsg": ANY_TEXT})

PUB_USER_EVENT_CALL: Final = Endpoint(
    "pub-userEvent",
    "Publish an event of the signed-in user; who may not learns it from a success.",
    request=PUBLISH_EVENT,
    data=EVENT_RECEIPT,
    needs_user=True,
)


def publish_event(user: User, code: str, data: Mapping[str, object]) -> ApiCall:
    """Publish an event. Source: management API reference, pub-userEvent."""
    body = {"eventType": code, "eventData": json.dumps(data)}
    return sent_to(PUB_USER_EVENT_CALL, body, user)
