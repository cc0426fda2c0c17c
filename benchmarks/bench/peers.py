"""Other mocks that can stand beside ours, and how each is installed, started and asked."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import venv
from itertools import repeat
from typing import TYPE_CHECKING

from attrs import field, frozen

from benchmarks.bench.loaded import (
    bare_handler,
    free_port,
    request,
    serving,
    under_load,
    wait_for_answer,
)
from benchmarks.bench.turns import Turns
from benchmarks.processes import resident_mebibytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rich.console import Console

OPENAPI = {
    "openapi": "3.0.3",
    "info": {"title": "send-sms", "version": "1"},
    "paths": {
        "/api/v3/send-sms": {
            "post": {
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {
                    "200": {
                        "description": "sent",
                        "content": {"application/json": {"example": {"statusCode": 200}}},
                    }
                },
            }
        }
    },
}

SEND = ("POST", "/api/v3/send-sms", {"channel": "CHANNEL_LOGIN", "phoneNumber": "18812348888"})
LIST_POOLS = ("POST", "/", {"MaxResults": 1})
COGNITO = {
    "x-amz-target": "AWSCognitoIdentityProviderService.ListUserPools",
    "content-type": "application/x-amz-json-1.1",
    "authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/cognito-idp/aws4_request",
}


@frozen
class Peer:
    """Another mock.

    Attributes:
        install: Installs it below a directory, and gives the command that serves on ``{port}``.
        request: Method, path and body of a call that it answers.
        files: What it reads at its start, as JSON, by name.
    """

    name: str
    install: Callable[[Path], list[str]]
    request: tuple[str, str, object]
    headers: dict[str, str] = field(factory=dict[str, str])
    files: dict[str, object] = field(factory=dict[str, object])

    def prepared(self, scratch: Path, port: int) -> list[str]:
        """Install it; give the command that serves on a port.

        Raises:
            OSError: The installer is missing.
            SubprocessError: It failed, or took too long.
        """
        for name, content in self.files.items():
            file = scratch / name
            file.parent.mkdir(exist_ok=True)
            text = json.dumps(content).replace('"{port}"', str(port))
            file.write_text(text, encoding="utf-8")
        return [part.replace("{port}", str(port)) for part in self.install(scratch)]


def from_npm(package: str, program: str, *arguments: str) -> Callable[[Path], list[str]]:
    """Install a package from npm."""

    def install(scratch: Path) -> list[str]:
        npm = shutil.which("npm")
        if npm is None:
            message = "npm"
            raise FileNotFoundError(message)
        command = [
            npm,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            str(scratch),
            package,
        ]
        subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)
        return [str(scratch / "node_modules" / ".bin" / program), *arguments]

    return install


def from_pypi(package: str, program: str, *arguments: str) -> Callable[[Path], list[str]]:
    """Install a package from PyPI into an environment of its own."""

    def install(scratch: Path) -> list[str]:
        place = scratch / program
        venv.create(place, with_pip=True)
        command = [str(place / "bin" / "pip"), "install", "--quiet", package]
        subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)
        return [str(place / "bin" / program), *arguments]

    return install


WIREMOCK_STUB = {
    "request": {"method": "POST", "urlPath": "/api/v3/send-sms"},
    "response": {"status": 200, "jsonBody": {"statusCode": 200}},
}

FIREBASE = {
    "emulators": {
        "auth": {"host": "127.0.0.1", "port": "{port}"},
        "ui": {"enabled": False},
        "singleProjectMode": False,
    }
}
FIREBASE_SEND = (
    "POST",
    "/identitytoolkit.googleapis.com/v1/accounts:sendVerificationCode?key=none",
    {"phoneNumber": "+8618812348888", "recaptchaToken": "none"},
)

PEERS = (
    Peer(
        "prism",
        from_npm("@stoplight/prism-cli", "prism", "mock", "-p", "{port}", "openapi.json"),
        SEND,
        files={"openapi.json": OPENAPI},
    ),
    Peer(
        "mockoon-cli",
        from_npm(
            "@mockoon/cli", "mockoon-cli", "start", "--data", "openapi.json", "--port", "{port}"
        ),
        SEND,
        files={"openapi.json": OPENAPI},
    ),
    Peer(
        "moto_server",
        from_pypi("moto[server,cognitoidp]", "moto_server", "-p", "{port}"),
        LIST_POOLS,
        COGNITO,
    ),
    Peer(
        "cognito-local",
        from_npm("cognito-local", "cognito-local"),
        LIST_POOLS,
        COGNITO,
    ),
    Peer(
        "wiremock",
        from_npm("wiremock", "wiremock", "--port", "{port}", "--use-chunked-encoding", "never"),
        SEND,
        files={"mappings/send.json": WIREMOCK_STUB},
    ),
    Peer(
        "firebase auth emulator",
        from_npm(
            "firebase-tools", "firebase", "emulators:start", "--only", "auth", "--project", "demo-b"
        ),
        FIREBASE_SEND,
        files={"firebase.json": FIREBASE},
    ),
)

PEER_SLICE = 300
"""How many requests a peer is sent in its turn: most are slow."""


def beside_peers(scratch: Path, console: Console) -> dict[str, float]:
    """Other mocks: one call that each of them answers, on 32 connections."""
    figures: dict[str, float] = {}
    for peer in PEERS:
        try:
            figures |= against_peer(scratch, peer)
        except (OSError, subprocess.SubprocessError) as error:
            console.print(f"skipped {peer.name}: does not run here ({type(error).__name__})")
    return figures


def against_peer(scratch: Path, peer: Peer) -> dict[str, float]:
    """Measure one peer beside the bare handler: how soon it answers, how fast, and with how much memory."""
    port = free_port()
    command = peer.prepared(scratch, port)
    with bare_handler() as bare, serving(command, scratch, PORT=str(port)) as server:
        began = time.perf_counter()
        wait_for_answer(port, "/", seconds=90)
        started = time.perf_counter() - began
        with under_load(port, server, repeat(request(*peer.request, peer.headers))) as loaded:
            turns = Turns()
            turns.take(bare, loaded, PEER_SLICE)
        resident = resident_mebibytes(server.pid)
    measured = turns.medians()
    return {
        f"{peer.name}, requests per second": measured["requests_per_second"],
        f"{peer.name}, p99_ms": measured["p99_ms"],
        f"{peer.name} / bare": turns.ratio(),
        f"{peer.name}, start to first answer, ms": started * 1000,
        f"{peer.name}, memory, MiB": resident,
    }
