"""A target may answer anything, for any length of time: a run loses nothing, and nobody's terminal obeys it."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from genauth_contract.api import http
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.exchange import LONGEST_BODY, TooMuch, exchanged
from genauth_contract.api.http import Application, Unreachable, Wire
from genauth_contract.outcomes.hiding import LONGEST_MESSAGE, printable, without_lookalikes
from genauth_contract.outcomes.models import NOBODY
from genauth_contract.play.secrets import Secrets
from genauth_contract.records.recording import NotARecording, read_recording
from genauth_contract.targets.kinds import mock_health
from tests.contract.support.world import contract, recorded

Write = Callable[[BaseHTTPRequestHandler], None]

ESCAPES = "\x1b]0;pwned\x07\x1b[2J\u202e\u200b\ud800"


@contextmanager
def target(write: Write) -> Generator[str, None, None]:
    """Serve a target that answers everything in one way."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                write(self)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def answering(body: bytes, **headers: str) -> Write:
    """Return what answers with a body."""

    def write(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return write


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Answer with blanks for ever."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65536)


def asked(url: str, seconds: float = 30.0) -> object:
    """Ask the target one thing, and return the body."""
    with http.client() as client:
        return Wire(client, Application(url, "app"), lambda: seconds).call(get_profile(NOBODY)).body


def test_an_endless_answer_is_cut_at_its_limit() -> None:
    with target(endless) as url, pytest.raises(Unreachable, match=f"longer than {LONGEST_BODY}"):
        asked(url)


def on_and_on(handler: BaseHTTPRequestHandler) -> None:
    """Say `100 Continue` for ever."""
    while True:
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")


def drop_by_drop(handler: BaseHTTPRequestHandler) -> None:
    """Answer with a body that comes slowly, and ends with the connection."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.flush()
    handler.connection.recv(1)  # until the caller has left


def test_an_answer_that_takes_longer_than_the_run_may_is_left() -> None:
    """The clock of the run counts, however small the pieces are."""
    with target(drop_by_drop) as url, pytest.raises(Unreachable, match="longer than 0 s"):
        asked(url, seconds=0.0)


@pytest.mark.parametrize("write", [on_and_on, drop_by_drop, endless])
def test_no_target_holds_a_call_for_longer_than_it_may_take(write: Write) -> None:
    with target(write) as url, http.client() as client:
        request = client.build_request("GET", url)
        with pytest.raises(TooMuch, match="longer than"):
            exchanged(client, request, seconds=0.2)


def test_connection_that_is_kept_is_ended_in_time_too() -> None:
    """It was opened by the call before, which knew nothing of the time of this one."""
    connections: list[object] = []

    def first_well(handler: BaseHTTPRequestHandler) -> None:
        connections.append(handler.client_address)
        if len(connections) > 1:
            on_and_on(handler)
        handler.protocol_version = "HTTP/1.1"
        answering(b"{}", content_length="2")(handler)
        handler.close_connection = False

    with target(first_well) as url, http.client() as client:
        assert exchanged(client, client.build_request("GET", url)).content() == {}
        with pytest.raises(TooMuch, match="longer than"):
            exchanged(client, client.build_request("GET", url), seconds=0.2)
    assert len(connections) == 2
    assert len(set(connections)) == 1


@pytest.mark.parametrize(
    "write",
    [endless, answering(b"[" * 200_000), answering(b"x", content_encoding="br")],
    ids=["endless", "deep", "encoded"],
)
def test_what_is_asked_first_is_bounded_as_well(write: Write) -> None:
    with target(write) as url, http.client() as client:
        assert mock_health(url, client) is None


def test_a_message_without_end_is_hidden_and_cut_in_time() -> None:
    """Looked at from each letter of it, three million of them took hours."""
    for text in ("M" * 3_000_000, "M." * 1_500_000, "-@" * 1_500_000, "a1" * 1_500_000):
        assert len(without_lookalikes(text)) <= LONGEST_MESSAGE
    assert without_lookalikes("x user@a.example, 123456 abcdefghijklmnop1") == (
        "x <hidden>, <hidden> <hidden>"
    )


def test_an_encoded_answer_that_nobody_asked_for_is_not_unpacked() -> None:
    bomb = answering(gzip.compress(b" " * 10_000_000), content_encoding="gzip")
    with target(bomb) as url, pytest.raises(Unreachable, match="encoded as 'gzip'"):
        asked(url)


def test_an_answer_too_deep_to_be_read_is_a_text() -> None:
    deep = b"[" * 200_000
    with target(answering(deep)) as url:
        assert asked(url) == deep.decode()


def test_half_a_character_can_be_kept_and_shown(tmp_path: Path) -> None:
    kept = Secrets().hide(f"message {ESCAPES}")
    assert kept == "message \\x1b]0;pwned\\x07\\x1b[2J\\u202e\\u200b\\ud800"
    (tmp_path / "file").write_text(kept, encoding="utf-8")


def test_lines_and_other_writing_systems_stay_as_they_are() -> None:
    text = "操作成功\n\tÄäß 𝄞"
    assert printable(text) == text


def test_a_code_is_hidden_though_something_invisible_is_in_it() -> None:
    secrets = Secrets()
    secrets.learn("token", "canary-token-1")
    assert "canary-token-1" not in secrets.hide("no canary-token-1 here")


def test_nobody_writes_to_a_terminal_by_a_recording(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.json"
    theirs.write_text(recorded("private", message=f"x {ESCAPES[:-1]}").to_json())
    shown = contract("diff", theirs, "mock")
    assert "\x1b" not in shown.output
    assert "\u202e" not in shown.output
    step = read_recording(theirs).scenarios["a_story"].steps[0]
    assert "\x1b" not in json.dumps(step.answer, ensure_ascii=False)


def test_a_recording_too_deep_to_be_read_is_named(tmp_path: Path) -> None:
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 200_000)
    with pytest.raises(NotARecording, match=r"deep\.json"):
        read_recording(deep)


def test_no_answer_is_asked_for_in_an_encoding() -> None:
    seen: list[str] = []

    def write(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["accept-encoding"])
        answering(b"{}")(handler)

    with target(write) as url:
        asked(url)
    assert seen == ["identity"]
