"""The request-rate limit of an app: off unless ``requestsPerSecond`` is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from genauth_mock.engine.clock import real_time
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from genauth_mock.engine.records import Records


@frozen
class Counted:
    """How many requests of an app there were in the last second of real time that had any."""

    second: int
    requests: int


def count_one_more(records: Records, limit: int) -> None:
    """Count a request of an app, and let as many through in a second as the limit allows.

    Source: API reference, request limits: HTTP 429 beyond 300 requests a second for a user pool on the free plan.

    Raises:
        Refusal: ``TOO_MANY_REQUESTS``.
    """
    second = int(real_time())
    last = records.get(Counted, "")
    requests = 1 if last is None or last.second != second else last.requests + 1
    records.put("", Counted(second, requests))
    if requests > limit:
        raise Refusal(Outcome.TOO_MANY_REQUESTS, why={"rule": "requestsPerSecond", "limit": limit})
