"""The webhooks of an app, as its settings name them: where its events go, with which secret, and how often again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from attrs import field

from genauth_mock.engine.json_values import number, unknown
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

EVENTS: Final = (
    "login",
    "register",
    "user:created",
    "user:updated",
    "user:password-changed",
    "user:deleted",
)
"""The events that are sent. Source: GenAuth's guide to webhooks, its list of events; the others are not imitated."""

RETRY_SECONDS: Final = (1.0, 5.0, 30.0)
"""How long is waited before each further try. Source: assumed; the guide says nothing of retries."""

SECRET_HEADER: Final = "X-GenAuth-Token"  # noqa: S105 - a header's name
"""Carries the secret. Source: GenAuth's guide to webhooks, "request key"."""

MOST_WEBHOOKS: Final = 20
"""How many webhooks an app has at most: each may have a thread that sends."""

MOST_RETRIES: Final = 10
LONGEST_WAIT: Final = 3600
_NAMES: Final = ("url", "secret", "events", "retrySeconds")
_SECRET: Final = re.compile("[!-~]([ -~]*[!-~])?")
"""What a header may hold. Source: RFC 9110, section 5.5."""


@frozen
class Webhook:
    """Where events of an app are sent.

    Attributes:
        url: Gets a POST for each event.
        secret: Sent in the header ``X-GenAuth-Token``; None sends no such header.
        events: The events that are sent.
        retry_seconds: The pause before each further try.
    """

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    events: tuple[str, ...] = EVENTS
    retry_seconds: tuple[float, ...] = RETRY_SECONDS


def read_webhooks(value: object) -> tuple[Webhook, ...]:
    """Read the webhooks of an app.

    Raises:
        ValueError: Says what they must be.
    """
    if not isinstance(value, list) or len(cast("list[object]", value)) > MOST_WEBHOOKS:
        msg = (
            f"a list of at most {MOST_WEBHOOKS} webhooks, such as "
            '[{"url": "http://localhost:8000/hook", "secret": "...", "events": ["user:updated"]}]'
        )
        raise ValueError(msg)
    return tuple(_webhook(each) for each in cast("list[object]", value))


def show_webhook(hook: Webhook) -> dict[str, object]:
    """Show a webhook as it is read."""
    return {
        "url": hook.url,
        "secret": hook.secret,
        "events": list(hook.events),
        "retrySeconds": list(hook.retry_seconds),
    }


def _webhook(value: object) -> Webhook:
    if not isinstance(value, dict):
        msg = f"a list of objects with {', '.join(_NAMES)}"
        raise ValueError(msg)  # noqa: TRY004 - one kind of error for one kind of problem
    given = cast("Mapping[str, object]", value)
    for name in given:
        if name not in _NAMES:
            msg = f"a list of webhooks: {unknown('field', name, _NAMES)}"
            raise ValueError(msg)
    return Webhook(
        _url(given.get("url")),
        _secret(given.get("secret")),
        _events(given.get("events")),
        _retries(given.get("retrySeconds")),
    )


def _url(value: object) -> str:
    if not isinstance(value, str) or not is_sendable(value):
        msg = (
            "a list of webhooks whose url is an http or https URL with a host, without user, "
            "password, blanks and fragment, such as http://localhost:8000/hook"
        )
        raise ValueError(msg)
    return value


def is_sendable(url: str) -> bool:
    """Return whether a POST can be sent to a URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and port != 0
        and "#" not in url
        and re.fullmatch("[!-~]+", url) is not None
    )


def _secret(value: object) -> str | None:
    if value is None or (isinstance(value, str) and _SECRET.fullmatch(value)):
        return value
    msg = "a list of webhooks whose secret is a text that a header can hold, or null for no header"
    raise ValueError(msg)


def _events(value: object) -> tuple[str, ...]:
    if value is None:
        return EVENTS
    named = cast("list[object]", value) if isinstance(value, list) else []
    events = [each.strip().lower() if isinstance(each, str) else "" for each in named]
    wrong = [given for given, read in zip(named, events, strict=True) if read not in EVENTS]
    if not events or wrong:
        msg = f"a list of webhooks whose events are a list of one or more of {', '.join(EVENTS)}"
        raise ValueError(f"{msg}; {wrong[0]!r} is none" if wrong else msg)
    return tuple(dict.fromkeys(events))


def _retries(value: object) -> tuple[float, ...]:
    if value is None:
        return RETRY_SECONDS
    waits = cast("list[object]", value) if isinstance(value, list) else [None]
    try:
        if len(waits) <= MOST_RETRIES:
            return tuple(number(0, LONGEST_WAIT)(each) for each in waits)
    except ValueError:
        pass  # said below, for the list as a whole
    msg = (
        f"a list of webhooks whose retrySeconds are at most {MOST_RETRIES} numbers "
        f"from 0 to {LONGEST_WAIT}, [] for no further try"
    )
    raise ValueError(msg)
