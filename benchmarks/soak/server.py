"""The server that is soaked: a process of its own, its workers, its memory, and the Redis behind it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Generator


@frozen
class Server:
    """A server that answers.

    Attributes:
        errors: What it wrote to stderr goes here.
    """

    url: str
    process: subprocess.Popen[str]
    errors: Path

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return int(self.url.rpartition(":")[2])

    def workers(self) -> list[int]:
        """Give the processes that answer, the oldest first."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        started: dict[int, int] = {}
        for child in map(int, children.split()):
            with suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                started[child] = _started(child)
        return sorted(started, key=started.__getitem__)

    def kill_a_younger_worker(self, turn: int) -> None:
        """End a worker with SIGKILL, each in its turn but the oldest: its memory is watched."""
        younger = self.workers()[1:]
        if younger:
            with suppress(ProcessLookupError):
                os.kill(younger[turn % len(younger)], signal.SIGKILL)

    def watched(self) -> int:
        """Give the process whose memory is watched: it lives as long as the server does."""
        return next(iter(self.workers()), self.process.pid)

    def tracebacks(self) -> int:
        """Count the stack traces on stderr; there should be none."""
        return self.errors.read_text(encoding="utf-8", errors="replace").count("Traceback")


def _started(pid: int) -> int:
    """Give when a process was started, in clock ticks: numbers of processes begin anew at some time."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return int(text.rpartition(")")[2].split()[19])


@contextmanager
def serving(*arguments: str) -> Generator[Server]:
    """Serve in a process of its own.

    Args:
        arguments: More options of ``genauth-mock serve``.
    """
    command = [sys.executable, "-m", "genauth_mock", "serve", "--port", "0", *arguments]
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        errors = Path(folder) / "stderr"
        with (
            errors.open("w") as stderr,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
        ):
            try:
                assert process.stdout is not None  # noqa: S101 - it is a pipe
                url = process.stdout.readline().split()[-1]
                yield Server(url, process, errors)
            finally:
                process.terminate()


@contextmanager
def redis() -> Generator[str | None]:
    """Run a Redis and give its URL; None where there is none to run."""
    with tempfile.TemporaryDirectory(prefix="redis-") as folder, redis_in(Path(folder)) as url:
        yield url


@contextmanager
def redis_in(folder: Path) -> Generator[str | None]:
    """Run a Redis on a socket in a folder, where another one may have been, and give its URL; None as above."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        yield None
        return
    path = str(folder / "socket")
    command = [program, "--port", "0", "--unixsocket", path, "--dir", str(folder), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_until_it_answers(path, process)
            yield f"unix://{path}"
        finally:
            process.kill()


def _wait_until_it_answers(path: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(path) == 0:
                return
        time.sleep(0.005)  # Redis has no signal to give
    message = f"redis-server ended at once with {process.returncode}"
    raise RuntimeError(message)
