"""The source that runs a command."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Final

import attrs

from genauth_contract.outcomes.models import PassCode, Phone
from genauth_contract.targets.codes.source import (
    NoPassCode,
    SourceContext,
    code_in,
    must_have_code,
)


@attrs.frozen
class Command:
    """Runs a command that prints the code; `{phone}` and `{channel}` are filled in."""

    template: str
    context: SourceContext

    def forget(self) -> None:
        """The command finds the newest text itself."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Run the command, without a shell."""
        values = {"{phone}": f"{phone.country_code}{phone.number}", "{channel}": channel}
        command = [_filled(word, values) for word in words(self.template)]
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=self.context.timeout_seconds,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            msg = f"the command of --pass-code-from gave no code ({type(error).__name__})"
            raise NoPassCode(msg) from None
        if done.returncode:
            msg = f"the command of --pass-code-from ended with exit code {done.returncode}"
            raise NoPassCode(msg)
        return must_have_code(done.stdout, "the command of --pass-code-from")


def words(command: str) -> list[str]:
    """Split a command as a shell would; none where a quotation is not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return []


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word


_TIMES_ASKED: Final = 3


@attrs.frozen
class Prompt:
    """Asks a person."""

    context: SourceContext

    def forget(self) -> None:
        """A person knows which text is the newest."""

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Ask; what is typed is not shown, and somebody who mistypes is asked again."""
        question = f"Code texted to {phone} for {channel}"
        for _ in range(_TIMES_ASKED):
            try:
                typed = self.context.ask(question)
            except EOFError:
                msg = "nobody is there to type a code; --pass-code-from names other sources"
                raise NoPassCode(msg) from None
            if code := code_in(typed):
                return code
        return must_have_code("", "what was typed")


POLL_SECONDS: Final = 0.2
"""How often the file is looked at."""


@attrs.define
class TextFile:
    """Watches a file that something else writes each text to."""

    path: Path
    context: SourceContext
    _before: str = attrs.field(default="", repr=False)

    def forget(self) -> None:
        """Remember what is there now: it is not the next text."""
        self._before = _content(self.path)

    def code(self, phone: Phone, channel: str) -> PassCode:
        """Wait until the file has another code, and is the same twice: it may be half written."""
        last = self._before
        for _ in self.context.seconds_left(phone):
            content = _content(self.path)
            code = code_in(content) if content == last != self._before else None
            if code:
                return code
            last = content
            self.context.time.wait(POLL_SECONDS, "looking at the file again")
        msg = f"no new code for {phone} and {channel} in the file of --pass-code-from"
        raise NoPassCode(msg)


def _content(file: Path) -> str:
    """Read a file that may not be there yet; digits are the same in most encodings."""
    try:
        return file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        msg = f"the file of --pass-code-from cannot be read: {error.strerror}"
        raise NoPassCode(msg) from error
