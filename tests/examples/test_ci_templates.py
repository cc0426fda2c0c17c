"""The GitHub Action and the GitLab template start an offline GenAuth: their shell lines are run."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from typing import cast

import pytest
import yaml

from tests.examples.test_examples import EXAMPLES, SECONDS
from tests.release.pages import BASH

LOOK = (
    "import asyncio, os\n"
    "from aiogenauth import AuthenticationClient\n"
    "async def look():\n"
    "    async with AuthenticationClient() as client:\n"
    "        print('user', bool((await client.get_profile()).user_id))\n"
    "assert os.environ['GENAUTH_APP_SECRET']\n"
    "asyncio.run(look())\n"
)
"""A step of a user: it needs every variable."""
THERE = "/tmp/genauth-mock"  # noqa: S108 - of the machine that GitLab gives to one job
"""Where the template installs."""


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Give a folder with what installs: it does nothing, as everything is here already."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("pipx", "pip"):
        (folder / name).write_text('#!/bin/sh\necho "$0 $*"\n', "utf-8")
        (folder / name).chmod(0o755)
    return folder


class Job:
    """Runs scripts as a job does, and ends what they left in the background."""

    def __init__(self, folder: Path, tools: Path) -> None:
        """Keep where, and with which commands first."""
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GENAUTH_")}
        path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), kept["PATH"]])
        self.environment = {**kept, "PATH": path}
        self.started: list[int] = []

    def run(self, script: str, **variables: str) -> str:
        """Run a script in a session of its own; what it prints goes to a file, as background work holds pipes."""
        told = self.folder / f"told-{len(self.started)}"
        with told.open("w") as out:
            process = subprocess.Popen(
                [BASH, "-e", "-c", script],
                cwd=self.folder,
                env={**self.environment, **variables},
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
            self.started.append(process.pid)
            code = process.wait(SECONDS)
        assert code == 0, told.read_text("utf-8")
        return told.read_text("utf-8")


@pytest.fixture
def job(tmp_path: Path, tools: Path) -> Iterator[Job]:
    """Give a job in an empty folder."""
    given = Job(tmp_path, tools)
    yield given
    for session in given.started:
        try:
            os.killpg(session, signal.SIGTERM)
        except ProcessLookupError:
            continue  # it left nothing behind
        _wait_for_the_end(session)


def _wait_for_the_end(session: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("the server did not end")


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_the_action_starts_a_server_for_the_next_steps(job: Job, tmp_path: Path) -> None:
    """Its step runs, and what it hands on is enough for the SDK."""
    action = yaml.safe_load((EXAMPLES / "ci/genauth-mock/action.yml").read_text("utf-8"))
    [step] = action["runs"]["steps"]
    inputs = {name: given["default"] for name, given in action["inputs"].items()}
    assert step["env"] == {each.upper(): f"${{{{ inputs.{each} }}}}" for each in inputs}
    given = {name.upper(): value for name, value in inputs.items()} | {"PORT": str(free_port())}
    handed_on = tmp_path / "environment"
    told = job.run(step["run"], **given, RUNNER_TEMP=str(tmp_path), GITHUB_ENV=str(handed_on))
    assert "install aiogenauth[mock]" in told
    variables = dict(line.split("=", 1) for line in handed_on.read_text("utf-8").splitlines())
    assert job.run(shlex.join([sys.executable, "-c", LOOK]), **variables) == "user True\n"


def test_the_template_starts_a_server_for_the_script_of_the_job(job: Job, tmp_path: Path) -> None:
    """As GitLab does: the lines before, then the job's own, in one shell."""
    text = (EXAMPLES / "ci/genauth-mock.gitlab-ci.yml").read_text("utf-8")
    template = yaml.safe_load(text)[".genauth-mock"]
    lines = "\n".join(cast("list[str]", template["before_script"]))
    here = str(tmp_path / "genauth-mock")
    port = free_port()
    serve = f"genauth-mock serve --port {port}"
    script = (
        lines.replace(f"{THERE}/bin/genauth-mock serve", serve)
        .replace(f"{THERE}/bin/genauth-mock healthcheck", "genauth-mock healthcheck")
        .replace(f"{THERE}/bin/pip", "pip")
        .replace(f"python3 -m venv {THERE}", f"mkdir {here}")
        .replace(THERE, here)
    )
    variables = {
        **cast("dict[str, str]", template["variables"]),
        "GENAUTH_APP_HOST": f"http://127.0.0.1:{port}",
    }
    told = job.run(f"{script}\n{shlex.join([sys.executable, '-c', LOOK])}", **variables)
    assert told.endswith("user True\n")
