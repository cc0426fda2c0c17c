"""What the official synchronous SDK does, shown on a server of its own; see docs/migration.md.

Needs `pip install genauth==5.1.0 websockets` and nothing else. Name what to see:

    python official_sdk.py refusals
"""

from __future__ import annotations

import asyncio
import inspect
import json
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import genauth  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs] - it has none
import requests

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

AuthenticationClient: Any = genauth.AuthenticationClient
BIND = ("123456", "18812348888", "+86")
ACCEPTED: dict[str, Any] = {"statusCode": 200, "message": "ok", "data": {}}
REFUSED = {"statusCode": 499, "apiCode": 2001, "message": "wrong pass code"}


class Stage(ThreadingHTTPServer):
    """A server on this machine that answers as it is told and keeps what it was asked."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self, act: Callable[[Answering], None]) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.act = act
        self.connections = 0
        self.asked: list[Answering] = []

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])


class Answering(BaseHTTPRequestHandler):
    """One connection; `server.act` answers each request on it."""

    protocol_version = "HTTP/1.1"
    server: Stage  # pyright: ignore[reportIncompatibleVariableOverride] - no other server has it
    body = b""

    def setup(self) -> None:
        """Count the connection."""
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        """Read the request, note it, answer."""
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self)
        self.server.act(self)

    do_GET = do_POST  # noqa: N815 - as http.server calls it

    def answer(self, content: object, status: int = 200, **headers: str) -> None:
        """Send JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@contextmanager
def staged(act: Callable[[Answering], None], tls: ssl.SSLContext | None = None) -> Generator[Stage]:
    """Run a server."""
    stage = Stage(act)
    if tls is not None:
        stage.socket = tls.wrap_socket(stage.socket, server_side=True)
    thread = threading.Thread(target=stage.serve_forever, daemon=True)
    thread.start()
    try:
        yield stage
    finally:
        stage.shutdown()
        stage.server_close()


def accept(request: Answering) -> None:
    """Answer with success."""
    request.answer(ACCEPTED)


def client(stage: Stage, scheme: str = "http", **options: Any) -> Any:  # noqa: ANN401 - it is untyped
    """Make a client of the official SDK."""
    options = {"access_token": "token-of-ann", **options}
    return AuthenticationClient("app", f"{scheme}://127.0.0.1:{stage.port}", **options)


def refusals() -> None:
    """A refusal comes back as a dictionary, like a success."""
    with staged(lambda request: request.answer(REFUSED)) as stage:
        print("bind_phone returned", client(stage).bind_phone(*BIND))


def error_pages() -> None:
    """An error page of a gateway comes out as trouble with JSON, without its status."""

    def act(request: Answering) -> None:
        request.send_response(502)
        request.send_header("Content-Length", "0")
        request.end_headers()

    with staged(act) as stage:
        try:
            client(stage).bind_phone(*BIND)
        except requests.JSONDecodeError as error:
            print("bind_phone raised", type(error).__name__, "-", error)


def tls() -> None:
    """A certificate that nobody vouches for is accepted, and the token leaves."""
    with tempfile.TemporaryDirectory() as folder:
        pem, key = Path(folder, "cert.pem"), Path(folder, "key.pem")
        make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        options = f"-subj /CN=someone-else -keyout {key} -out {pem}"
        subprocess.run([*make.split(), *options.split()], check=True, capture_output=True)  # noqa: S603 - all of it stands above
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(pem, key)
    for value in (False, True):
        with staged(accept, context) as stage:
            client(stage, "https", use_unverified_ssl=value).bind_phone(*BIND)
            token = stage.asked[0].headers["authorization"]
            print(f"use_unverified_ssl={value}: a self-signed server got {token}")


def timeout() -> None:
    """The timeout is not kept."""

    def act(request: Answering) -> None:
        time.sleep(1.5)
        accept(request)

    with staged(act) as stage:
        began = time.monotonic()
        client(stage, timeout=0.2).bind_phone(*BIND)
        print(f"timeout=0.2: bind_phone returned after {time.monotonic() - began:.1f} s")


def tokens() -> None:
    """A client that tasks share sends the token that was set last."""

    async def bind(shared: Any, stage: Stage, number: int) -> None:  # noqa: ANN401, ARG001 - it is untyped
        shared.set_access_token(f"token-{number}")
        await asyncio.to_thread(shared.bind_phone, f"{number:06}", *BIND[1:])

    async def main(stage: Stage) -> None:
        shared = client(stage)
        await asyncio.gather(*(bind(shared, stage, number) for number in range(50)))

    with staged(accept) as stage:
        asyncio.run(main(stage))
        mixed = sum(
            each.headers["authorization"] != f"token-{int(json.loads(each.body)['passCode'])}"
            for each in stage.asked
        )
        print(f"{mixed} of 50 binds carried the token of another user")


def connections() -> None:
    """Each call opens a connection."""
    with staged(accept) as stage:
        shared = client(stage)
        for _ in range(5):
            shared.bind_phone(*BIND)
        print(f"5 calls, {stage.connections} connections")


def redirects() -> None:
    """A redirect takes the pass code to another server."""
    with staged(accept) as other:
        there = f"http://localhost:{other.port}/elsewhere"
        with staged(lambda request: request.answer({}, 307, Location=there)) as stage:
            client(stage).bind_phone(*BIND)
        print("another server got", other.asked[0].body.decode())


def lost_answers() -> None:
    """The same exception for a bind that arrived, and for one that was never sent."""

    def act(request: Answering) -> None:
        request.close_connection = True

    with staged(act) as stage:
        for what, where in (("arrived", stage.port), ("never sent", 1)):
            url = f"http://127.0.0.1:{where}"
            try:
                AuthenticationClient("app", url, access_token="t").bind_phone(*BIND)  # noqa: S106 - a stand-in
            except requests.ConnectionError as error:
                print(f"{what}: {type(error).__module__}.{type(error).__name__}")


def basic() -> None:
    """The app's proof is not sent in the header that was asked for."""
    with staged(accept) as stage:
        options = {"token_endpoint_auth_method": "client_secret_basic", "app_secret": "secret"}
        shop = client(stage, access_token=None, **options)
        shop.sign_in_by_username_password("ann", "password")
        print("authorization header of the sign-in:", stage.asked[0].headers["authorization"])


def booleans() -> None:
    """A yes is spelled as Python does."""
    with staged(accept) as stage:
        client(stage).get_profile(with_custom_data=True)
        print("GET", stage.asked[0].path)


def types() -> None:
    """Nothing is annotated."""
    methods = [each for _, each in inspect.getmembers(AuthenticationClient, inspect.isfunction)]
    annotated = sum(bool(each.__annotations__) for each in methods)
    typed = Path(genauth.__file__).with_name("py.typed").exists()
    print(f"{annotated} of {len(methods)} methods annotated, py.typed: {typed}")


SHOWN = {
    "refusals": refusals,
    "error-pages": error_pages,
    "tls": tls,
    "timeout": timeout,
    "tokens": tokens,
    "connections": connections,
    "redirects": redirects,
    "lost-answers": lost_answers,
    "client-secret-basic": basic,
    "booleans": booleans,
    "types": types,
}

if __name__ == "__main__":
    warnings.simplefilter("ignore")  # urllib3 warns of each call without verification
    if set(sys.argv[1:]) - set(SHOWN):
        sys.exit(f"what there is to see: {', '.join(SHOWN)}")
    for name in sys.argv[1:] or SHOWN:
        SHOWN[name]()
