"""A parent with an open connection, and a child that ends in one of three ways. Run by a test."""

from __future__ import annotations

import asyncio
import gc
import os
import sys

from aiogenauth import AuthenticationClient
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    TOKEN,
    ThreadedStage,
)


def main(way: str) -> None:
    """Bind, let a child come and go, and bind again on the same connection."""
    with ThreadedStage() as genauth, asyncio.Runner() as runner:
        client = AuthenticationClient("app-1", genauth.url, access_token=TOKEN)
        runner.run(client.bind_phone(CODE, NUMBER))
        if os.fork() == 0:
            if way == "binds":
                asyncio.run(client.bind_phone(CODE, NUMBER))
            elif way == "closes":
                asyncio.run(client.aclose())
            del client
            gc.collect()
            os._exit(0)
        _, status = os.wait()
        assert status == 0
        again = client.with_options(timeout=2.0).bind_phone(CODE, NUMBER, on_unknown="raise")
        assert runner.run(again).confirmed_by == "answer"
        assert genauth.connections == (2 if way == "binds" else 1)
        runner.run(client.aclose())


if __name__ == "__main__":
    main(sys.argv[1])
