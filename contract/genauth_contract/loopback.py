"""Keeps a run on the mock at home: no socket leaves loopback."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import cast

import attrs


class LeftLoopback(Exception):
    """Something tried to reach another machine during a run on the mock."""


@attrs.define
class Fence:
    """Refuses connections to other machines while it is up.

    An audit hook sees every connection of the interpreter, the SDK's included. A hook cannot be
    taken away again, so a fence that is down lets everything pass.
    """

    _is_up: bool = False
    _is_built: bool = False

    @contextmanager
    def up(self) -> Generator[None, None, None]:
        """Keep the fence up for a while."""
        if not self._is_built:
            sys.addaudithook(self._look)
            self._is_built = True
        self._is_up = True
        try:
            yield
        finally:
            self._is_up = False

    def _look(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_up and event == "socket.connect" and not is_loopback(_host(arguments[1])):
            msg = "a run on the mock tried to connect to another machine"
            raise LeftLoopback(msg)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine; a name other than localhost is not."""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host(address: object) -> str:
    """Return the host of a socket address; a Unix socket has none."""
    return str(cast("tuple[object, ...]", address)[0]) if isinstance(address, tuple) else ""
