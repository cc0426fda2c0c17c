"""What became of each webhook: the journal behind ``GET /_mock/webhooks``, secrets masked."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - read by cattrs, as below
from datetime import datetime  # noqa: TC003
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field

from genauth_mock.activity.masking import HIDDEN, masked_json
from genauth_mock.engine.profile import timestamp
from genauth_mock.engine.value import frozen_for_checkers
from genauth_mock.engine.webhook_settings import SECRET_HEADER

if TYPE_CHECKING:
    from genauth_mock.engine.webhooks import Notice


class Progress(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    LOST = "lost"


@frozen_for_checkers
class WebhookDelivery:
    """One event on its way to one webhook.

    Attributes:
        number: Names it within its process.
        url: Where it goes, without the query, which may hold a secret.
        body: What is sent, masked.
        at: When it happened, by the app's clock.
        attempts: How often it was tried.
        http_status: The last answer; None where there was none.
        error: Why the last try failed, or None.
    """

    number: int
    app_id: str
    event: str
    url: str
    body: Mapping[str, object] = field(repr=False)
    has_secret: bool
    at: datetime
    state: Progress = Progress.PENDING
    attempts: int = 0
    http_status: int | None = None
    error: str | None = None


def begun(number: int, app_id: str, notice: Notice, at: datetime) -> WebhookDelivery:
    """Return the entry of a delivery that begins."""
    hook = notice.hook
    masked = {name: masked_json(value, name) for name, value in notice.body.items()}
    url = hook.url.partition("?")[0]
    return WebhookDelivery(number, app_id, notice.event, url, masked, hook.secret is not None, at)


def show_delivery(delivery: WebhookDelivery) -> dict[str, object]:
    """Show a delivery as ``GET /_mock/webhooks`` does."""
    return {
        "id": str(delivery.number),
        "appId": delivery.app_id,
        "event": delivery.event,
        "url": delivery.url,
        "headers": {SECRET_HEADER.lower(): HIDDEN} if delivery.has_secret else {},
        "body": dict(delivery.body),
        "at": timestamp(delivery.at),
        "state": delivery.state,
        "attempts": delivery.attempts,
        "httpStatus": delivery.http_status,
        "error": delivery.error,
    }
