"""Connections of the control client that are used again: never twice at once, and never when they have ended."""

from __future__ import annotations

import json
import os
import pickle
import socket
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from genauth_mock.control.client import ControlClient, NotAnswering, NotTheMock
from genauth_mock.control.idle_connections import MOST_IDLE, IdleConnections

ANSWER = b'HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{"status":"ok"}'


class Place:
    """A server that counts its connections, and answers as often on each as it is told."""

    def __init__(self) -> None:
        self.connections = 0
        self.answers_each = 100
        self.answer = ANSWER
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"
        self.came = threading.Barrier(1)

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, threading.BrokenBarrierError):  # the client has gone
            for _ in range(self.answers_each):
                read = b""
                while b"\r\n\r\n" not in read:
                    part = connection.recv(4096)
                    if not part:
                        return
                    read += part
                self.came.wait(10)
                connection.sendall(self.answer)


@contextmanager
def serving() -> Generator[Place]:
    """Give a place that listens."""
    place = Place()
    thread = threading.Thread(target=place.serve, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        place.listening.shutdown(socket.SHUT_RDWR)
        place.listening.close()
        thread.join(10)


@pytest.fixture
def place() -> Iterator[Place]:
    """Give a place that listens."""
    with serving() as there:
        yield there


@pytest.fixture
def idle() -> Iterator[IdleConnections]:
    """Give connections that are closed in the end."""
    connections = IdleConnections()
    yield connections
    connections.close()


def test_clients_of_one_server_take_turns_with_one_connection(
    place: Place, idle: IdleConnections
) -> None:
    for app_id in ("one", "two", "three"):
        assert ControlClient(place.url, app_id, idle=idle).get("/_mock/health") == {"status": "ok"}
    assert place.connections == 1
    ControlClient(place.url).get("/_mock/health")
    assert place.connections == 2


def test_connection_that_the_server_has_closed_is_made_anew(
    place: Place, idle: IdleConnections
) -> None:
    place.answers_each = 1
    client = ControlClient(place.url, idle=idle)
    for _ in range(5):
        assert client.get("/_mock/health") == {"status": "ok"}
    assert place.connections == 5


def test_server_that_has_gone_is_told_as_ever(idle: IdleConnections) -> None:
    with serving() as place:
        place.answers_each = 1
        client = ControlClient(place.url, idle=idle)
        client.get("/_mock/health")
    with pytest.raises(NotAnswering, match="nothing answers"):
        client.get("/_mock/health")


def test_threads_share_none_at_the_same_time(place: Place, idle: IdleConnections) -> None:
    together = MOST_IDLE + 2
    place.came = threading.Barrier(together)  # no answer before all have asked
    client = ControlClient(place.url, idle=idle)
    with ThreadPoolExecutor(together) as pool:
        answers = [*pool.map(client.get, ["/_mock/health"] * together * 2)]
    assert answers == [{"status": "ok"}] * together * 2
    assert place.connections <= together + 2


def test_answer_that_comes_too_late_is_not_read_by_the_next_call(
    place: Place, idle: IdleConnections
) -> None:
    place.came = threading.Barrier(2)
    client = ControlClient(place.url, seconds=0.1, idle=idle)
    with pytest.raises(NotAnswering, match="TimeoutError"):
        client.get("/_mock/health")
    assert idle.take() is None
    place.came.abort()


def test_forked_process_takes_none_of_its_parent(
    place: Place, idle: IdleConnections, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = ControlClient(place.url, idle=idle)
    client.get("/_mock/health")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert idle.take() is None
    client.get("/_mock/health")
    assert place.connections == 2
    idle.close()


def test_client_is_pickled_without_its_connections(place: Place, idle: IdleConnections) -> None:
    client = ControlClient(place.url, "app", idle=idle)
    client.get("/_mock/health")
    copied: ControlClient = pickle.loads(pickle.dumps(client))  # noqa: S301 - our own
    assert json.dumps(copied.get("/_mock/health")) == '{"status": "ok"}'
    assert place.connections == 2
    copied._idle.close()  # type: ignore[union-attr] # noqa: SLF001 # pyright: ignore[reportPrivateUsage, reportOptionalMemberAccess]


def test_an_answer_that_is_nested_too_deeply_is_none_of_the_offline_genauth(place: Place) -> None:
    place.answer = b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n" + b"[" * 10_000
    with pytest.raises(NotTheMock, match="is not genauth-mock"):
        ControlClient(place.url).get("/_mock/status")
