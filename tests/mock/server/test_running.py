"""A server in a thread says in the caller's own thread why it cannot run."""

from __future__ import annotations

import socket

import pytest

from genauth_mock.runtime.options import Options
from genauth_mock.server.launch import running_in_thread


def test_a_store_that_does_not_exist_is_said() -> None:
    with (
        pytest.raises(ValueError, match="--store must be memory"),
        running_in_thread(Options(store="bogus")),
    ):
        pass


def test_a_taken_port_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), running_in_thread(port=port):
            pass
