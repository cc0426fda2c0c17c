"""Lists the webhooks that were sent, and what became of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from genauth_mock.activity.webhooks import Progress, show_delivery
from genauth_mock.control.request import LONGEST_WAIT_SECONDS, ControlError, read_number, read_whole
from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.json_values import unknown
from genauth_mock.engine.webhook_settings import EVENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.activity.webhooks import WebhookDelivery
    from genauth_mock.control.request import ControlRequest, Json

FILTERS: Final = ("event", "state", "limit", "wait")
"""What ``GET /_mock/webhooks`` takes."""

_NAP_SECONDS: Final = 0.01
"""How often is looked for what is waited for."""


async def list_webhooks(request: ControlRequest) -> Json:
    """``GET /_mock/webhooks``: newest first; with ``wait`` it answers as soon as one has ended."""
    query, webhooks = request.query, request.deployment.webhooks
    _check(query)
    limit = read_whole(query, "limit", 10_000, default=100)
    until = stopwatch() + read_number(query, "wait", LONGEST_WAIT_SECONDS)
    webhooks.publish_ended()
    found = _fitting(webhooks.of(request.app_id), query)
    while not any(each.state is not Progress.PENDING for each in found) and stopwatch() < until:
        await asyncio.sleep(_NAP_SECONDS)
        found = _fitting(webhooks.of(request.app_id), query)
    newest = found[::-1][:limit]
    return {"webhooks": [show_delivery(each) for each in newest]}


def _check(query: Mapping[str, str]) -> None:
    for name, words in (("event", EVENTS), ("state", tuple(Progress))):
        if name in query and query[name] not in words:
            message = unknown(name, query[name], words)
            raise ControlError(message)


def _fitting(deliveries: list[WebhookDelivery], query: Mapping[str, str]) -> list[WebhookDelivery]:
    event, state = query.get("event"), query.get("state")
    return [
        each for each in deliveries if event in (None, each.event) and state in (None, each.state)
    ]
