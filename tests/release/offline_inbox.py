"""Reads the inbox of an offline GenAuth from outside, waiting until there is something in it."""

from __future__ import annotations

import json
import time
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen


def newest_code(url: str, seconds: float) -> str:
    """Give the code that was sent last.

    Args:
        url: The server, which may not answer yet; its query, such as ``appId=...``, is kept.
        seconds: How long to wait at most.
    """
    parts = urlsplit(url)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            wait = f"http://{parts.netloc}/_mock/messages?wait=1&{parts.query}"
            with urlopen(wait) as answer:
                messages = json.load(answer)["messages"]
        except URLError:
            time.sleep(0.05)
            continue
        if messages:
            return str(messages[0]["passCode"])
    message = f"nothing was sent on {url}"
    raise AssertionError(message)
