"""Where a live run gets the texted code: asked of a person, a command, a file, or caught by HTTP."""

from __future__ import annotations

import re
import shlex
import subprocess
import urllib.parse
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Final, Protocol

import attrs

from genauth_contract.clock import Say, Waiting
from genauth_contract.people import PassCode, Phone
from genauth_contract.stage import NotPlayable

TIMEOUT_SECONDS: Final = 120.0
"""How long a text may take to arrive."""

POLL_SECONDS: Final = 0.2
"""How often a file is looked at."""

FIRST_TOLD_SECONDS: Final = 2.0
"""A text that takes no longer is nothing to talk about."""

TELL_EVERY_SECONDS: Final = 10.0
"""How often somebody who waits for a text is told how long they still may."""

PROMPT: Final = "prompt"
FORMS: Final = "prompt, cmd:COMMAND, file:PATH, catch:PORT"

_CODE: Final = re.compile(r"(?<!\d)\d{4,8}(?!\d)")
_ESCAPED: Final = re.compile(r"\\u[0-9A-Fa-f]{4}")
"""A letter as JSON may write it; its number is no code."""

_TIMES_ASKED: Final = 3
_LONGEST_BODY: Final = 65536
_PORT: Final = re.compile(r"[0-9]{1,5}")
_LAST_PORT: Final = 65535

Ask = Callable[[str], str]


class PassCodeSource(Protocol):
    """Where texted codes come from."""

    def forget(self) -> None:
        """Be told that a text is about to be sent: what came before it is not meant."""
        ...

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Give the code that was texted since.

        Raises:
            NoPassCode: None came.
        """
        ...


class NoPassCode(NotPlayable):
    """No code came. The text says from where; it never says what came instead."""


@attrs.frozen
class Surroundings:
    """What a source may need.

    Attributes:
        ask: Asks a person without showing what they type.
        say: Tells a person something.
        time: Waits.
        timeout_seconds: How long to wait for a code.
    """

    ask: Ask
    say: Say
    time: Waiting
    timeout_seconds: float = TIMEOUT_SECONDS


def is_form(spec: str) -> bool:
    """Tell whether `--pass-code-from` understands this."""
    kind, _, rest = spec.partition(":")
    if kind == "catch":
        return bool(_PORT.fullmatch(rest)) and int(rest) <= _LAST_PORT
    if kind == "cmd":
        return bool(_words(rest))
    return spec == PROMPT or (kind == "file" and bool(rest))


@contextmanager
def pass_code_source(spec: str, around: Surroundings) -> Generator[PassCodeSource, None, None]:
    """Open the source that `--pass-code-from` names.

    Raises:
        ValueError: It names none, or a port that cannot be listened on.
    """
    if not is_form(spec):
        msg = f"--pass-code-from takes one of: {FORMS}"
        raise ValueError(msg)
    kind, _, rest = spec.partition(":")
    if kind == "catch":
        with _caught(int(rest), around) as catcher:
            yield catcher
    elif kind == "file":
        yield TextFile(Path(rest), around)
    else:
        yield Command(rest, around) if kind == "cmd" else Prompt(around)


def code_in(text: str) -> PassCode | None:
    """Find the code in a text message or whatever carries it: the last 4 to 8 digits in a row."""
    found = _CODE.findall(_ESCAPED.sub(" ", text))
    return PassCode(found[-1]) if found else None


@attrs.frozen
class Prompt:
    """Asks a person."""

    around: Surroundings

    def forget(self) -> None:
        """A person knows which text is the newest."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Ask; what is typed is not shown, and somebody who mistypes is asked again."""
        question = f"Code texted to {phone} for {channel}"
        for _ in range(_TIMES_ASKED):
            try:
                typed = self.around.ask(question)
            except EOFError:
                msg = "nobody is there to type a code; --pass-code-from names other sources"
                raise NoPassCode(msg) from None
            if code := code_in(typed):
                return code
        return _must("", "what was typed")


@attrs.frozen
class Command:
    """Runs a command that prints the code; `{phone}` and `{channel}` are filled in."""

    template: str
    around: Surroundings

    def forget(self) -> None:
        """The command finds the newest text itself."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Run the command, without a shell."""
        values = {"{phone}": f"{phone.country_code}{phone.number}", "{channel}": channel}
        command = [_filled(word, values) for word in _words(self.template)]
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=self.around.timeout_seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            msg = f"the command of --pass-code-from gave no code ({type(error).__name__})"
            raise NoPassCode(msg) from None
        if done.returncode:
            msg = f"the command of --pass-code-from ended with exit code {done.returncode}"
            raise NoPassCode(msg)
        return _must(done.stdout, "the command of --pass-code-from")


@attrs.define
class TextFile:
    """Watches a file that something else writes each text to."""

    path: Path
    around: Surroundings
    _before: str = attrs.field(default="", repr=False)

    def forget(self) -> None:
        """Remember what is there now: it is not the next text."""
        self._before = _content(self.path)

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Wait until the file has another code, and is the same twice: it may be half written."""
        last = self._before
        for _ in _patience(self.around, phone):
            content = _content(self.path)
            code = code_in(content) if content == last != self._before else None
            if code:
                return code
            last = content
            self.around.time.wait(POLL_SECONDS, "looking at the file again")
        msg = f"no new code for {phone} and {channel} in the file of --pass-code-from"
        raise NoPassCode(msg)


@attrs.frozen
class Catcher:
    """Catches what an SMS provider of one's own is asked to send."""

    bodies: Queue[str] = attrs.field(repr=False)
    around: Surroundings
    port: int

    def forget(self) -> None:
        """Drop what was caught before."""
        while not self.bodies.empty():
            self.bodies.get()

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Wait for a text to this phone."""
        others = 0
        for left in _patience(self.around, phone):
            try:
                body = self.bodies.get(timeout=min(left, FIRST_TOLD_SECONDS))
            except Empty:
                continue
            if phone.number in body:
                return _must(body.replace(phone.number, " "), "the text that was caught")
            others += 1
        msg = f"no text to {phone} for {channel} was caught; {others} came that do not name this number"
        raise NoPassCode(msg)


@contextmanager
def _caught(port: int, around: Surroundings) -> Generator[Catcher, None, None]:
    bodies: Queue[str] = Queue()
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _catcher(bodies))
    except OSError as error:
        msg = f"--pass-code-from catch:{port}: the port cannot be listened on: {error.strerror}"
        raise ValueError(msg) from error
    around.say(f"catching texts on http://127.0.0.1:{server.server_port}/")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Catcher(bodies, around, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _catcher(bodies: Queue[str]) -> type[BaseHTTPRequestHandler]:
    class Door(BaseHTTPRequestHandler):
        """Keeps what it is sent, in JSON or as a form, and says nothing about it anywhere."""

        def do_POST(self) -> None:
            length = min(int(self.headers.get("content-length") or 0), _LONGEST_BODY)
            body = self.rfile.read(length).decode(errors="replace")
            bodies.put(urllib.parse.unquote_plus(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            """Say nothing: what is logged here would be a code."""

    return Door


def _patience(around: Surroundings, phone: Phone) -> Iterator[float]:
    """Yield the seconds that are left for a text to arrive, and tell now and then how many."""
    now = around.time.now()
    end, tell_at = now + around.timeout_seconds, now + FIRST_TOLD_SECONDS
    while (left := end - now) > 0:
        if now >= tell_at:
            around.say(f"waiting for the code texted to {phone}: {left:.0f} s left")
            tell_at = now + TELL_EVERY_SECONDS
        yield left
        now = around.time.now()


def _words(command: str) -> list[str]:
    """Split a command as a shell would; none where a quotation is not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return []


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word


def _content(file: Path) -> str:
    """Read a file that may not be there yet; digits are the same in most encodings."""
    try:
        return file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        msg = f"the file of --pass-code-from cannot be read: {error.strerror}"
        raise NoPassCode(msg) from error


def _must(text: str, origin: str) -> PassCode:
    code = code_in(text)
    if code is None:
        msg = f"{origin} has no run of 4 to 8 digits"
        raise NoPassCode(msg)
    return code
