"""An offline GenAuth under load, prepared so that every request can succeed."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING

from loaded import REQUESTS, Loaded, free_port, python, serving, under_load
from wire_requests import bind, look_up, sends

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path


@contextmanager
def loaded_mock(scratch: Path, stack: str, call: str, outstanding: int = 0) -> Generator[Loaded]:
    """Serve a fresh mock, with the requests that all of them succeed."""
    port = free_port()
    binds = scratch / "binds"
    prepared = outstanding or (REQUESTS if call == "bind-phone" else 0)
    command = [*python(stack, "prepared_mock.py"), str(port), str(prepared), str(binds)]
    with serving(command) as server:
        assert server.stdout is not None  # noqa: S101 - it is a pipe
        server.stdout.readline()
        lines = [json.loads(line) for line in binds.read_text(encoding="utf-8").splitlines()]
        requests: dict[str, Iterable[bytes]] = {
            "send-sms": sends(REQUESTS),
            "bind-phone": (bind(*line) for line in lines),
            "messages": (look_up(number) for _, number, _ in cycle(lines)),
        }
        with under_load(port, server, requests[call]) as loaded:
            yield loaded
