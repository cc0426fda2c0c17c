"""What a server listens on."""

from __future__ import annotations

import errno
import socket
from urllib.request import urlopen

import pytest

from genauth_mock.server.launch import running_in_thread
from genauth_mock.server.listening import listening


def test_localhost_listens_on_both_families() -> None:
    with running_in_thread(host="localhost") as server:
        assert server.url.startswith("http://localhost:")
        port = server.url.rpartition(":")[2]
        for host in ("127.0.0.1", "[::1]", "localhost"):
            with urlopen(f"http://{host}:{port}/_mock/health") as answer:
                assert answer.status == 200
    for host, family in (("127.0.0.1", socket.AF_INET), ("::1", socket.AF_INET6)):
        with socket.socket(family) as asker:
            assert asker.connect_ex((host, int(port))) == errno.ECONNREFUSED


@pytest.mark.parametrize("taken", ["127.0.0.1", "::1"])
def test_localhost_is_taken_where_one_family_is(taken: str) -> None:
    with listening(taken, 0) as first:
        port = first.sockets[0].getsockname()[1]
        with pytest.raises(OSError, match="in use"):
            listening("localhost", port)
    with listening("localhost", port) as both:
        assert len(both.sockets) == 2


def test_localhost_listens_on_one_family_where_there_is_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = socket.create_server

    def without_ipv6(address: tuple[str, int], **how: object) -> socket.socket:
        if address[0] == "::1":
            raise OSError(errno.EADDRNOTAVAIL, "none")
        return made(address, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "create_server", without_ipv6)
    with listening("localhost", 0) as listener:
        assert listener.place == f"127.0.0.1:{listener.sockets[0].getsockname()[1]}"
