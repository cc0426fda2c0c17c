"""Puts the two steps of a sign-in through the browser in front of an offline GenAuth without them.

`/oidc/auth` answers at once with a code for one user, as if they had just signed in, and
`/oidc/token` takes that code, once and with its verifier. Everything else goes through.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

from joserfc import jwt
from joserfc.jwk import OctKey

if TYPE_CHECKING:
    from collections.abc import Generator

Form = dict[str, str]


class CodeFlow(ThreadingHTTPServer):
    """The server. `codes` has what each code was asked for with."""

    daemon_threads = True

    def __init__(self, behind: str, secret: str, user: Form) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind, self.secret, self.user = behind, secret, user
        self.codes: dict[str, Form] = {}

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    @property
    def flow(self) -> CodeFlow:
        """The server that this is a request to."""
        return cast("CodeFlow", self.server)

    def do_GET(self) -> None:
        """Answer the browser, or pass on."""
        asked = dict(parse_qsl(urlsplit(self.path).query))
        if not self.path.startswith("/oidc/auth?"):
            return self.passed_on(None)
        code = secrets.token_urlsafe()
        self.flow.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{back}")
        return self.end_headers()

    def do_POST(self) -> None:
        """Exchange a code, or pass on."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        form = dict(parse_qsl(body.decode()))
        if form.get("grant_type") != "authorization_code":
            return self.passed_on(body)
        asked = self.flow.codes.pop(form.get("code", ""), None)
        if asked is None or not is_its(asked, form):
            said = {"error": "invalid_grant", "error_description": "grant request is invalid"}
            return self.answer(400, json.dumps(said).encode())
        return self.granted(asked, form)

    def granted(self, asked: Form, form: Form) -> None:
        """Let the server behind make the tokens; the id token has to have the nonce in it."""
        client = {name: form[name] for name in ("client_id", "client_secret")}
        wanted = {**client, **self.flow.user, "grant_type": "password", "scope": asked["scope"]}
        status, content = self.asked("/oidc/token", urlencode(wanted).encode())
        tokens = json.loads(content)
        claims = {"iss": f"{self.flow.url}/oidc", "aud": asked["client_id"], "sub": "ann"}
        times = {"nonce": asked["nonce"], "exp": int(time.time()) + 3600}
        key = OctKey.import_key(self.flow.secret)
        tokens["id_token"] = jwt.encode({"alg": "HS256"}, {**claims, **times}, key)
        self.answer(status, json.dumps(tokens).encode())

    def passed_on(self, body: bytes | None) -> None:
        """Give the answer of the server behind."""
        self.answer(*self.asked(self.path, body))

    def asked(self, path: str, body: bytes | None) -> tuple[int, bytes]:
        """Ask the server behind."""
        headers = {name: value for name, value in self.headers.items() if name != "Content-Length"}
        request = Request(f"{self.flow.behind}{path}", body, headers, method=self.command)  # noqa: S310 - our own
        try:
            with urlopen(request) as answer:  # noqa: S310
                return answer.status, answer.read()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read()

    def answer(self, status: int, body: bytes) -> None:
        """Answer with JSON."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
        """Keep quiet."""


def is_its(asked: Form, form: Form) -> bool:
    """Tell whether a code is exchanged by whoever asked for it."""
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = urlsafe_b64encode(digest).decode().rstrip("=")
    is_proven = challenge == asked["code_challenge"] and asked["code_challenge_method"] == "S256"
    return is_proven and form.get("redirect_uri") == asked["redirect_uri"]


@contextmanager
def code_flow(behind: str, secret: str, user: Form) -> Generator[str]:
    """Run the server; give its address."""
    with CodeFlow(behind, secret, user) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()
