"""Webhooks, and faults of webhooks, that cannot be: the refusal names the field and the way out."""

from __future__ import annotations

import pytest

from tests.mock.support.control import call
from tests.mock.support.http import Http


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"webhook": "login", "delivery": "late", "delaySeconds": 1}, "never or twice"),
        ({"webhook": "login", "httpStatus": 500}, "never or twice"),
        ({"webhook": "user:bound", "delivery": "never"}, "user:updated"),
        ({"webhook": "*", "delivery": "never", "channel": "LOGIN"}, "channel does not go"),
    ],
)
async def test_fault_that_no_webhook_can_have_is_refused(
    http: Http, fault: dict[str, object], said: str
) -> None:
    status, answer = await call(http, "POST /_mock/faults", fault)
    assert (status, said in answer["error"]) == (400, True), answer


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        ({"url": "ftp://localhost/"}, "http or https"),
        ({"url": "http://user:pw@localhost/"}, "without user"),
        ({"url": "http:///path"}, "with a host"),
        ({"url": "http://localhost:99999/"}, "http or https"),
        ({"secret": "x"}, "url is"),
        ({"url": "http://localhost/", "secret": "a\nb"}, "secret is"),
        ({"url": "http://localhost/", "events": ["user:bound"]}, "user:updated"),
        ({"url": "http://localhost/", "events": []}, "one or more"),
        ({"url": "http://localhost/", "retrySeconds": [-1]}, "retrySeconds"),
        ({"url": "http://localhost/", "retrySeconds": 3}, "retrySeconds"),
        ({"url": "http://localhost/", "event": ["login"]}, "events"),
        ("http://localhost/", "objects"),
    ],
)
async def test_wrong_webhook_is_refused(http: Http, hook: object, said: str) -> None:
    status, answer = await call(http, "POST /_mock/settings", {"webhooks": [hook]})
    assert (status, said in answer["error"]) == (400, True), answer
    assert "pw" not in answer["error"]
