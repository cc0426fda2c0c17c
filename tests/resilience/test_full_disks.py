"""Where nothing can be written: one clear line, an exit code, no stack trace, no half-written file."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from genauth_mock.server import running_in_thread

MOCK = [sys.executable, "-m", "genauth_mock"]
LIMIT_SECONDS = 30


def run(
    *command: str, stdout: int | IO[str] = subprocess.PIPE, no_room: bool = False
) -> tuple[int, str]:
    """Run the command; give its exit code and what it said on stderr."""
    ended = subprocess.run(
        [*MOCK, *command],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=LIMIT_SECONDS,
        env=_unmeasured(),
        preexec_fn=_no_room if no_room else None,
    )
    return ended.returncode, ended.stderr


def _unmeasured() -> dict[str, str]:
    """Give the environment without coverage, which would want to write where nothing can be written."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def _no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_a_ready_file_below_a_file_is_named_and_nothing_is_served(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = run("serve", "--port", "0", "--ready-file", str(tmp_path / "file" / "ready"))
    assert code == 2
    assert "--ready-file" in said
    assert "Traceback" not in said


def test_a_ready_file_without_room_leaves_nothing_half_written(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    code, said = run("serve", "--port", "0", "--ready-file", str(ready), no_room=True)
    assert code == 2
    assert "--ready-file" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_dump_onto_a_full_disk_says_so() -> None:
    with running_in_thread() as server, Path("/dev/full").open("w") as full:
        code, said = run("dump", "--url", server.url, stdout=full)
    assert code == 1
    assert "cannot be written: No space left" in said
    assert "Traceback" not in said
