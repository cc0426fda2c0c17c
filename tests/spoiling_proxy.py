"""A proxy before a mock that spoils what it answers, over TLS too."""

from __future__ import annotations

import json
import ssl
from collections.abc import Generator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx

from contract_spoils import Exchange, Spoil
from genauth_contract.json_values import is_object

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
        door = _door(client, spoil, journal, hides_mock=certificate is not None)
        server = ThreadingHTTPServer(("127.0.0.1", 0), door)
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


def _door(
    client: httpx.Client, spoil: Spoil, journal: list[str] | None, *, hides_mock: bool
) -> type[BaseHTTPRequestHandler]:
    memory: Json = {}

    def ask(app_id: str, path: str, query: dict[str, str]) -> Json:
        answered: Json = client.get(path, params=query, headers={"x-genauth-app-id": app_id}).json()
        return answered

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._pass_on()

        def do_POST(self) -> None:
            self._pass_on()

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            if journal is not None:
                journal.append(self.path)
            if hides_mock and "/_mock/" in self.path:
                self.send_response(404)
                self.send_header("content-length", "0")
                self.end_headers()
                return
            headers = {k: v for k, v in self.headers.items() if k.lower() != "host"}
            response = client.request(self.command, self.path, content=body, headers=headers)
            content, http = response.content, response.status_code
            if "/_mock/" not in self.path:
                app_id = self.headers.get("x-genauth-app-id", "")
                token = self.headers.get("authorization", "")
                exchange = Exchange(
                    self.path, app_id, _object(body), token, http, response.json(), ask, memory
                )
                spoil(exchange)
                content, http = json.dumps(exchange.answer).encode(), exchange.http
            self.send_response(http)
            self.send_header("content-type", response.headers["content-type"])
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    return Door


def _object(body: bytes) -> Json:
    try:
        content: object = json.loads(body)
    except ValueError:
        return {}
    return dict(content) if is_object(content) else {}
