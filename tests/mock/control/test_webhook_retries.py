"""Webhooks are tried again as documented: after which pauses, for which answers, and in which order."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from attrs import define, field

from genauth_mock.activity.events import Events
from genauth_mock.activity.webhooks import Progress, WebhookDelivery
from genauth_mock.engine.webhook_settings import RETRY_SECONDS, Webhook, read_webhooks
from genauth_mock.runtime import webhooks
from genauth_mock.testing import GenAuthServer
from tests.mock.support.webhook_receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Give a receiver on loopback."""
    with receiving() as seen:
        yield seen


@define(eq=False)
class Pauses(threading.Event):
    """Waits for nothing, and writes down for how long it should have."""

    asked: list[float | None] = field(factory=list[float | None])

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def wait(self, timeout: float | None = None) -> bool:
        self.asked.append(timeout)
        return False


@pytest.mark.parametrize(
    ("statuses", "pauses", "state"),
    [
        ([200], [0.0], Progress.DELIVERED),
        ([204], [0.0], Progress.DELIVERED),
        ([500, 200], [0.0, 1.0], Progress.DELIVERED),
        ([404, 302, 429, 201], [0.0, 1.0, 5.0, 30.0], Progress.DELIVERED),
        ([500, 500, 500, 500], [0.0, 1.0, 5.0, 30.0], Progress.FAILED),
    ],
)
def test_pauses_between_tries_are_those_of_the_documentation(
    receiver: Receiver, statuses: list[int], pauses: list[float], state: Progress
) -> None:
    receiver.statuses = [*statuses]
    [hook] = read_webhooks([{"url": receiver.url}])
    assert hook.retry_seconds == RETRY_SECONDS == (1.0, 5.0, 30.0)
    ended = _delivered(hook)
    assert ended[0] == pauses
    assert (ended[1].state, ended[1].attempts) == (state, len(statuses))
    assert ended[1].http_status == statuses[-1]


def _delivered(hook: Webhook) -> tuple[list[float | None], WebhookDelivery]:
    """Deliver one event in this thread; give the pauses, and how it ended."""
    sender, waits = webhooks.Webhooks(Events(), None), Pauses()
    line = webhooks._Line(ended=waits)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - its pauses are what is tested
    made = WebhookDelivery(
        1, "app", "login", hook.url, {}, has_secret=False, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    sender._deliver(line, made, hook, b"{}")  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - as above
    [ended] = sender.of("app")
    return waits.asked, ended


def test_receiver_that_is_silent_too_long_is_tried_again(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert webhooks.TIMEOUT_SECONDS == 5
    monkeypatch.setattr(webhooks, "TIMEOUT_SECONDS", 0.05)
    receiver.answering.clear()
    _, ended = _delivered(Webhook(receiver.url, retry_seconds=(0.0,)))
    assert (ended.state, ended.attempts, ended.error) == (Progress.FAILED, 2, "TimeoutError")


def test_events_of_one_url_keep_their_order_through_tries(
    genauth_server: GenAuthServer, receiver: Receiver
) -> None:
    receiver.statuses = [503, 503]
    genauth_server.settings(webhooks=[{"url": receiver.url, "retrySeconds": [0, 0]}])
    genauth_server.new_user(username="ada")
    receiver.wait_for(4)
    assert receiver.events == ["register", "register", "register", "user:created"]
