"""Malformed requests over raw sockets: each is answered or ended in time, and none with a 5xx."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final

from attrs import define, field

from benchmarks.fuzz.mutations import END_OF_HEAD, framed, mutated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATIENCE: Final = 0.3
"""Seconds without a byte after which we end our half: the server may have to wait for the rest of a request."""
LIMIT: Final = 10.0
"""Seconds in which a connection has to end after that."""
IN_FLIGHT: Final = 128
SHOWN: Final = 400
_RESET: Final = struct.pack("ii", 1, 0)
_LENGTH: Final = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_FIRST_5XX: Final = 500
_NOT_IMITATED: Final = 501

PHONE: Final = "18812348888"
BODIES: Final[dict[str, object]] = {
    "/api/v3/send-sms": {"channel": "CHANNEL_BIND_PHONE", "phoneNumber": PHONE, "phoneCountryCode": "+86"},
    "/api/v3/send-email": {"channel": "CHANNEL_BIND_EMAIL", "email": "a@example.com"},
    "/api/v3/pre-check-code": {
        "codeType": "SMS",
        "smsCodePayload": {"phone": PHONE, "passCode": "123456", "channel": "CHANNEL_BIND_PHONE"},
    },
    "/api/v3/bind-phone": {"phoneNumber": PHONE, "passCode": "123456", "phoneCountryCode": "+86"},
    "/api/v3/bind-email": {"email": "a@example.com", "passCode": "123456"},
    "/api/v3/unbind-phone": {"passCode": "123456"},
    "/api/v3/unbind-email": {"passCode": "123456"},
    "/api/v3/verify-update-phone-request": {
        "verifyMethod": "PHONE_PASSCODE",
        "phonePassCodePayload": {"newPhoneNumber": PHONE, "newPhonePassCode": "123456"},
    },
    "/api/v3/update-phone": {"updatePhoneToken": "token"},
    "/api/v3/verify-update-email-request": {
        "verifyMethod": "EMAIL_PASSCODE",
        "emailPassCodePayload": {"newEmail": "b@example.com", "newEmailPassCode": "123456"},
    },
    "/api/v3/update-email": {"updateEmailToken": "token"},
    "/api/v3/signin": {
        "connection": "PASSCODE",
        "passCodePayload": {"phone": PHONE, "passCode": "123456"},
        "options": {"scope": "openid profile", "autoRegister": True},
    },
    "/api/v3/signup": {
        "connection": "PASSCODE",
        "passCodePayload": {"phone": PHONE, "passCode": "123456"},
        "profile": {"nickname": "n"},
    },
    "/api/v3/update-profile": {"nickname": "n"},
    "/api/v3/never-heard-of": {"a": 1},
    "/_mock/users": {"username": "u", "phoneNumber": PHONE, "customData": {"a": 1}},
    "/_mock/clock": {"advanceSeconds": 1},
    "/_mock/settings": {"passCodeLifetimeSeconds": 300},
    "/_mock/faults": {"kind": "envelope", "outcome": "SPENT_CODE", "route": "bind-phone", "times": 1},
    "/_mock/state": {"format": "genauth-mock state 3", "now": 1.0, "records": [], "messages": []},
    "/_mock/reset": {},
}  # fmt: skip
FORM: Final = b"client_id=app&grant_type=refresh_token&refresh_token=t&token=t"
FORM_PATHS: Final = ("/oidc/token", "/oidc/token/revocation", "/oidc/token/introspection")
READS: Final = (
    "/api/v3/get-profile?withCustomData=true",
    "/api/v3/get-security-info",
    "/oidc/me",
    "/oidc/.well-known/openid-configuration",
    "/oidc/.well-known/jwks.json",
    "/_mock/messages?phoneNumber=18812348888&limit=3",
    "/_mock/users",
    "/_mock/requests?limit=2",
    "/_mock/requests/count?route=send-sms",
    "/_mock/faults",
    "/_mock/health",
    "/",
)


@define
class Findings:
    """What became of the requests.

    Attributes:
        statuses: How often each HTTP status came; 0 is a connection that ended without an answer.
        failures: The requests that should not have ended as they did.
    """

    statuses: Counter[int] = field(factory=Counter[int])
    failures: list[str] = field(factory=list[str])

    def note(self, status: int, request: bytes, answer: bytes) -> None:
        """Count an answer, and keep the request where the answer is a 5xx."""
        self.statuses[status] += 1
        is_asked_for = status == _NOT_IMITATED and b"not imitated" in answer
        if status >= _FIRST_5XX and not is_asked_for:
            self.failures.append(f"{status}: {request[:SHOWN]!r} -> {answer[:SHOWN]!r}")


def valid_requests() -> list[bytes]:
    """Give a request of each call, as a client would send it."""
    sent = (
        b"Host: 127.0.0.1\r\nx-genauth-app-id: fuzz\r\nAuthorization: Bearer abc\r\nContent-Type: "
    )
    posts = [
        framed(b"POST %s HTTP/1.1" % path.encode(), sent + b"application/json\r\n", json.dumps(body).encode())
        for path, body in BODIES.items()
    ]  # fmt: skip
    form = sent + b"application/x-www-form-urlencoded\r\n"
    posts += [framed(b"POST %s HTTP/1.1" % path.encode(), form, FORM) for path in FORM_PATHS]
    return posts + [
        framed(b"GET %s HTTP/1.1" % path.encode(), sent + b"*/*\r\n", b"") for path in READS
    ]


def malformed_requests(seed: int) -> Iterator[bytes]:
    """Give malformed requests without end, the same for the same seed."""
    chance, valid = Random(seed), valid_requests()
    while True:
        yield mutated(chance, chance.choice(valid))


def request_of(path: str, body: bytes) -> bytes:
    """Give a well-formed request with any body."""
    head = b"Host: 127.0.0.1\r\nx-genauth-app-id: fuzz\r\nContent-Type: application/json\r\n"
    return framed(b"POST %s HTTP/1.1" % path.encode(), head, body)


async def send_all(port: int, requests: Iterable[bytes], findings: Findings) -> None:
    """Send each request on a connection of its own, many at a time."""
    rest = iter(requests)

    async def send_some(place: int) -> None:
        for request in rest:
            await _send(port, place, request, findings)

    async with asyncio.TaskGroup() as tasks:
        for place in range(IN_FLIGHT):
            tasks.create_task(send_some(place))


async def _send(port: int, place: int, request: bytes, findings: Findings) -> None:
    # An address of its own for each sender: one address has too few ports for so many connections.
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(f"127.0.1.{place + 1}", 0)
    )
    peer: socket.socket = writer.get_extra_info("socket")
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    received = bytearray()
    try:
        writer.write(request)
        if not await _is_answered(reader, received, PATIENCE):
            writer.write_eof()
            if not await _is_answered(reader, received, LIMIT):
                findings.failures.append(f"hangs: {request[:SHOWN]!r} -> {received[:SHOWN]!r}")
    except OSError:
        pass  # the server ended the connection, which is an answer as well
    finally:
        writer.transport.abort()
    findings.note(_status(bytes(received)), request, bytes(received))


async def _is_answered(reader: asyncio.StreamReader, received: bytearray, seconds: float) -> bool:
    """Read until the answer is whole or the connection ends; tell whether it came to that in time."""
    try:
        async with asyncio.timeout(seconds):
            while not _is_whole(received):
                piece = await reader.read(65536)
                if not piece:
                    return True
                received += piece
    except TimeoutError:
        return False
    return True


def _is_whole(received: bytearray) -> bool:
    head = received.find(END_OF_HEAD)
    if head < 0 or received.startswith(b"HTTP/1.1 100"):
        return False
    length = _LENGTH.search(received, 0, head)
    return length is not None and len(received) >= head + len(END_OF_HEAD) + int(length[1])


def _status(received: bytes) -> int:
    version, _, rest = received.partition(b" ")
    status = rest[:3]
    return int(status) if version.startswith(b"HTTP/1.") and status.isdigit() else 0
