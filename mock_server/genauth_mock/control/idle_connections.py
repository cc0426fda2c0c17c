"""Connections that wait for their next call: to make one costs a test with the fixture as much as the call."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from http.client import HTTPConnection

MOST_IDLE: Final = 10
"""How many are kept; more are used at once only by as many threads."""


class IdleConnections:
    """Connections to one server over plain HTTP. Any thread may take one; a forked process begins with none."""

    def __init__(self) -> None:
        self._idle: list[HTTPConnection] = []
        self._process = os.getpid()

    def __reduce__(self) -> tuple[type[IdleConnections], tuple[()]]:
        """Pickle as one that has none: a connection stays in its process."""
        return IdleConnections, ()

    def take(self) -> HTTPConnection | None:
        """Return a connection that is still open, or None."""
        if self._process != os.getpid():
            self._forget_those_of_the_parent()
        while True:
            try:
                connection = self._idle.pop()
            except IndexError:
                return None
            if _is_open(connection):
                return connection
            connection.close()

    def _forget_those_of_the_parent(self) -> None:
        """Close this process's side of what was idle when it was forked; the parent goes on with them."""
        parents, self._idle, self._process = self._idle, [], os.getpid()
        for connection in parents:
            connection.close()

    def give_back(self, connection: HTTPConnection) -> None:
        """Keep a connection whose answer was read to its end; the server may have closed it, or it is one too many."""
        if connection.sock is None or len(self._idle) >= MOST_IDLE:
            connection.close()
        else:
            self._idle.append(connection)

    def close(self) -> None:
        """Close them all."""
        while (connection := self.take()) is not None:
            connection.close()


def _is_open(connection: HTTPConnection) -> bool:
    """Return whether nothing has come on an idle connection: what comes there is its end."""
    connection.sock.settimeout(0)
    try:
        connection.sock.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
