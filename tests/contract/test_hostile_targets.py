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
from genauth_contract.api.http import LONGEST_BODY, Application, Unreachable, Wire
from genauth_contract.outcomes.hiding import printable
from genauth_contract.outcomes.models import NOBODY
from genauth_contract.play.secrets import Secrets
from genauth_contract.records.recording import NotARecording, read_recording
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


def test_an_answer_that_takes_longer_than_the_run_may_is_left() -> None:
    """The clock of the run counts, however small the pieces are."""
    with target(endless) as url, pytest.raises(Unreachable, match="longer than 0 s"):
        asked(url, seconds=0.0)


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
