"""Means for testing the command: run it here, or as a process, and ask the server that it starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from urllib.request import Request, urlopen

from click.testing import CliRunner

from genauth_mock.cli.main import main
from tests.mock.support.http import PATIENCE

COMMAND = [sys.executable, "-m", "genauth_mock"]


def said(*arguments: str, exit_code: int | None, **environment: str) -> str:
    """Run the command in this process; give what it says. It may end with any exit code where None is given."""
    result = CliRunner().invoke(main, arguments, env=environment)
    assert exit_code in (None, result.exit_code), result.output
    return result.output


def started(
    *arguments: str, stdin: int = subprocess.DEVNULL, **environment: str
) -> subprocess.Popen[str]:
    """Start the command in a process of its own."""
    return _Process(
        [*COMMAND, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


class _Process(subprocess.Popen[str]):
    """A process that a failing test does not wait for."""

    def __exit__(self, *exc_info: object) -> None:
        if exc_info[0] is not None:
            self.kill()
        super().__exit__(*exc_info)  # type: ignore[arg-type]


def first_line(process: subprocess.Popen[str]) -> str:
    """Wait for the first line that a process says."""
    assert process.stdout is not None
    return process.stdout.readline()


def get(url: str) -> dict[str, object]:
    """Ask a server; give the JSON."""
    with urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - loopback
        return json.load(answer)  # type: ignore[no-any-return]


def post(url: str, body: object) -> dict[str, object]:
    """Ask a server for something; give the JSON."""
    with urlopen(Request(url, json.dumps(body).encode()), timeout=PATIENCE) as answer:  # noqa: S310 - loopback
        return json.load(answer)  # type: ignore[no-any-return]
