"""The request-rate limit of an app: off unless ``requestsPerSecond`` is set."""

from __future__ import annotations

from genauth_mock.clock import real_time
from genauth_mock.verdict import Refusal, Verdict


class RequestRate:
    """Counts each app's requests in the present second of real time.

    Source: API reference, request limits: HTTP 429 beyond 300 requests a second for a user pool on the free plan.
    """

    def __init__(self) -> None:
        self._counted: dict[str, tuple[int, int]] = {}

    def check(self, app_id: str, limit: int) -> None:
        """Count one request.

        Raises:
            Refusal: ``TOO_MANY_REQUESTS``.
        """
        second = int(real_time())
        counted_in, count = self._counted.get(app_id, (second, 0))
        count = count + 1 if counted_in == second else 1
        self._counted[app_id] = (second, count)
        if count > limit:
            raise Refusal(
                Verdict.TOO_MANY_REQUESTS, why={"rule": "requestsPerSecond", "limit": limit}
            )
