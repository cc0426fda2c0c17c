"""Runs commands where nothing, or hardly anything, can be written."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import IO

LIMIT_SECONDS = 240


def ended(
    module: str,
    *command: str,
    cwd: Path | None = None,
    stdout: int | IO[str] = subprocess.PIPE,
    room: int | None = None,
) -> tuple[int, str]:
    """Run a module of ours; give its exit code, and what it said on stdout and stderr.

    Args:
        module: Such as ``genauth_mock``.
        command: What it is to do.
        cwd: Where.
        stdout: Where its stdout goes, if not back here.
        room: Bytes that a file may have at most; None for no limit.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *command],
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
        env=_unmeasured(),
        preexec_fn=None if room is None else partial(_leave, room),
    )
    return done.returncode, (done.stdout or "") + done.stderr


def _unmeasured() -> dict[str, str]:
    """Give the environment without coverage, which would want to write where nothing can be written."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def _leave(room: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
