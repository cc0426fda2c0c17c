"""Calling ``/_mock/`` from a process that has only the standard library loaded."""

from __future__ import annotations

import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike

    from genauth_mock.control.idle_connections import IdleConnections

TIMEOUT_SECONDS: Final = 10.0

TOKEN_VARIABLE: Final = "GENAUTH_MOCK_CONTROL_TOKEN"  # noqa: S105 - a variable's name
"""Holds the control token of a mock that runs elsewhere."""

Json = dict[str, object]


class NotAnswering(Exception):  # noqa: N818 - it says what happened
    """Nothing answers at the URL."""


class NotTheMock(Exception):  # noqa: N818 - it says what is there
    """Something answers at the URL, and it is not the offline GenAuth."""


class ControlRefused(Exception):  # noqa: N818 - it says what happened
    """The server says no; the text is its own.

    Attributes:
        http_status: 400 for a mistake in the call, 401 where the control token is missing, 403 from a foreign place,
            503 where the server cannot reach its store.
    """

    def __init__(self, message: str, http_status: int) -> None:
        super().__init__(message)
        self.http_status = http_status


class ControlClient:
    """Calls the control paths of one server, for one app, from any thread: no two calls have one connection at a time.

    Args:
        url: Where the server answers; ``http`` or ``https``.
        app_id: The app meant, or None for the server's default app.
        token: The control token, or None.
        seconds: How long an answer may take, besides what a call is request to wait.
        certificate: A file in PEM: the certificate that an ``https`` server shows, or the one that signed it. None
            trusts whom this machine trusts.
        idle: Connections of earlier calls to the same server, and where that of a call goes afterwards; None has a
            connection made for every call.

    Raises:
        ValueError: ``url`` is none, or the file holds no certificate.
    """

    def __init__(  # noqa: PLR0913 - a server, and how it is asked
        self,
        url: str,
        app_id: str | None = None,
        token: str | None = None,
        *,
        seconds: float = TIMEOUT_SECONDS,
        certificate: str | PathLike[str] | None = None,
        idle: IdleConnections | None = None,
    ) -> None:
        self._seconds = seconds
        self.url = url.rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            msg = f"{url!r} is not a URL such as http://127.0.0.1:9480"
            raise ValueError(msg)
        self._is_https = parts.scheme == "https"
        self._idle = None if self._is_https else idle
        self._tls = None if certificate is None else _trusting(certificate)
        self._place = parts.netloc.rpartition("@")[2]
        self._path = parts.path.rstrip("/")
        named = {"x-genauth-app-id": app_id, "x-genauth-mock-token": token}
        self._headers = {name: value for name, value in named.items() if value is not None}

    def get(self, path: str, query: Mapping[str, str] | None = None, wait: float = 0) -> Json:
        """Ask.

        Args:
            path: Such as ``/_mock/messages``.
            query: Query parameters.
            wait: How many seconds the server is request to wait.

        Raises:
            NotAnswering: Nothing is there.
            NotTheMock: Something else is there.
            ControlRefused: The server says no.
        """
        return self._call("GET", f"{path}?{urlencode(query)}" if query else path, None, wait)

    def post(self, path: str, body: object) -> Json:
        """Change something; raises as `get`."""
        return self._call("POST", path, body, 0)

    def delete(self, path: str) -> Json:
        """Take something away; raises as `get`."""
        return self._call("DELETE", path, None, 0)

    def _connection(self, seconds: float) -> HTTPConnection:
        if self._is_https:
            return HTTPSConnection(self._place, timeout=seconds, context=self._tls)
        return HTTPConnection(self._place, timeout=seconds)

    def _call(self, method: str, path: str, body: object, wait: float) -> Json:
        content = None if body is None else json.dumps(body).encode()
        try:
            status, raw = self._answer(method, self._path + path, content, self._seconds + wait)
        except ssl.SSLCertVerificationError as error:
            msg = f"the certificate at {self.url} is not trusted ({error.verify_message}): name it with --tls-cert FILE"
            raise NotAnswering(msg) from None
        except (OSError, HTTPException) as error:
            msg = f"nothing answers at {self.url} ({type(error).__name__}): is genauth-mock serve running there?"
            raise NotAnswering(msg) from None
        return self._read(status, raw)

    def _answer(
        self, method: str, path: str, content: bytes | None, seconds: float
    ) -> tuple[int, bytes]:
        connection = None if self._idle is None else self._idle.take()
        if connection is not None:
            connection.sock.settimeout(seconds)
            try:
                return self._exchange(connection, method, path, content)
            except ConnectionError:
                pass  # the server has just closed it, as it closes what is idle: once more on a new one
        return self._exchange(self._connection(seconds), method, path, content)

    def _exchange(
        self, connection: HTTPConnection, method: str, path: str, content: bytes | None
    ) -> tuple[int, bytes]:
        """Make one exchange; only a connection that is good for another one is kept."""
        is_whole = False
        try:
            connection.request(method, path, content, self._headers)
            response = connection.getresponse()
            answer = response.status, response.read()
            is_whole = True
        finally:
            if is_whole and self._idle is not None:
                self._idle.give_back(connection)
            else:
                connection.close()
        return answer

    def _read(self, status: int, raw: bytes) -> Json:
        try:
            content: object = json.loads(raw)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict) or "statusCode" in content:
            msg = f"what answers at {self.url} is not genauth-mock (HTTP {status})"
            raise NotTheMock(msg)
        answer = cast("Json", content)
        if "error" in answer:
            raise ControlRefused(str(answer["error"]), status)
        return answer


def _trusting(certificate: str | PathLike[str]) -> ssl.SSLContext:
    """Trust what a file names, whatever host name it is for: a test's certificate is rarely for 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        context.load_verify_locations(certificate)
    except OSError as error:  # ssl.SSLError is one
        msg = f"{certificate} holds no certificate in PEM, or cannot be read"
        raise ValueError(msg) from error
    return context
