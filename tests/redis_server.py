"""A real Redis for tests: started on a socket of its own, gone with them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = "no redis-server or valkey-server here: apt-get install redis-server runs these tests"


@contextmanager
def redis_server() -> Generator[str]:
    """Run a Redis; give its URL."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with tempfile.TemporaryDirectory(prefix="redis-") as directory:
        path = Path(directory) / "socket"
        command = [
            program,
            "--port",
            "0",
            "--unixsocket",
            str(path),
            "--dir",
            directory,
            "--save",
            "",
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            try:
                _wait_until_it_answers(path, process)
                yield f"unix://{path}"
            finally:
                process.kill()


def _wait_until_it_answers(path: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                return
        time.sleep(0.005)  # nothing of ours is being waited for, and Redis has no signal to give
    pytest.fail(f"redis-server ended at once with {process.returncode}")
