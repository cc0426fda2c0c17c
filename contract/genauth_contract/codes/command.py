"""The source that runs a command."""

from __future__ import annotations

import shlex
import subprocess

import attrs

from genauth_contract.codes.source import NoPassCode, Surroundings, must_have_code
from genauth_contract.people import PassCode, Phone


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
        command = [_filled(word, values) for word in words(self.template)]
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
