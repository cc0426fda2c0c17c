"""A proxy before a mock that spoils what it answers, over TLS too."""

from __future__ import annotations

import json
import ssl
from collections.abc import Generator
from contextlib import closing, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
from attrs import define, field

from genauth_contract.outcomes.models import is_object
from tests.contract.support.mutants import Exchange, Spoil

Json = dict[str, Any]


@contextmanager
def proxy(
    upstream: str, spoil: Spoil, certificate: Path | None = None, journal: list[str] | None = None
) -> Generator[str, None, None]:
    """Serve the upstream with its API answers spoiled; `/_mock/` passes untouched.

    Args:
        upstream: Where the answers come from.
        spoil: Changes them.
        certificate: Serve over TLS with it, and hide `/_mock/`, as a live deployment would.
        journal: Is told every path that was asked for.
    """
    with closing(httpx.Client(base_url=upstream)) as client:
        passage = _Passage(client, spoil, journal, hides_mock=certificate is not None)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Door, passage))
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"{scheme}://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@define
class _Passage:
    """What lies between the one who asks and the upstream.

    Attributes:
        client: Asks the upstream.
        spoil: Changes its answers.
        journal: Is told every path, if it is wanted.
        hides_mock: Whether nothing under `/_mock/` is to be found.
        memory: What a spoil remembers.
    """

    client: httpx.Client
    spoil: Spoil
    journal: list[str] | None
    hides_mock: bool
    memory: Json = field(factory=dict[str, Any])

    def answer(
        self, method: str, path: str, headers: httpx.Headers, body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Give the status, the headers that count and the content of an answer."""
        if self.journal is not None:
            self.journal.append(path)
        if self.hides_mock and "/_mock/" in path:
            return 404, {"content-type": "text/plain"}, b""
        kept = {name: value for name, value in headers.items() if name.lower() != "host"}
        response = self.client.request(method, path, content=body, headers=kept)
        http, content = response.status_code, response.content
        if "/_mock/" not in path and content:
            http, content = self._spoiled(path, headers, body, response)
        passed = {name: response.headers[name] for name in _PASSED if name in response.headers}
        return http, passed, content

    def _spoiled(
        self, path: str, headers: httpx.Headers, body: bytes, response: httpx.Response
    ) -> tuple[int, bytes]:
        app_id, token = headers.get("x-genauth-app-id", ""), headers.get("authorization", "")
        exchange = Exchange(
            path, app_id, _object(body), token, response.status_code, response.json(),
            self._ask, self.memory,
        )  # fmt: skip
        self.spoil(exchange)
        return exchange.http, json.dumps(exchange.answer).encode()

    def _ask(self, app_id: str, path: str, query: dict[str, str]) -> Json:
        headers = {"x-genauth-app-id": app_id}
        answered: Json = self.client.get(path, params=query, headers=headers).json()
        return answered


_PASSED = ("content-type", "location")


class _Door(BaseHTTPRequestHandler):
    """Reads a request, and writes what the passage answers."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, passage: _Passage, *connection: Any) -> None:  # noqa: ANN401 - the library's
        self._passage = passage
        super().__init__(*connection)

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def do_PATCH(self) -> None:
        self._pass_on()

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = httpx.Headers(self.headers.items())
        http, passed, content = self._passage.answer(self.command, self.path, headers, body)
        self.send_response(http)
        for name, value in passed.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def _object(body: bytes) -> Json:
    try:
        content: object = json.loads(body)
    except ValueError:
        return {}
    return dict(content) if is_object(content) else {}
