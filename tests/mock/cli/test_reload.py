"""The seed file of a running server is changed as people and editors change it, and the server follows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO
from urllib.request import urlopen

import pytest
from attrs import frozen

from tests.mock.support.http import PATIENCE
from tests.support.redis_server import redis_in

SEED = """
[[users]]
username = "ada"

[[apps]]
appId = "other"
[[apps.users]]
username = "carol"
"""


@frozen
class Seeded:
    """A server that runs with a seed file, and the apps that it says begin anew."""

    url: str
    file: Path
    reset_apps: Iterator[str]
    stderr: IO[str]

    def usernames(self, app_id: str = "") -> list[str]:
        """Name the users of an app."""
        query = f"?appId={app_id}" if app_id else ""
        with urlopen(f"{self.url}/_mock/users{query}", timeout=PATIENCE) as answer:  # noqa: S310 - loopback
            return [user["username"] for user in json.load(answer)["users"]]


@pytest.fixture
def seeded(tmp_path: Path) -> Iterator[Seeded]:
    """Give a server that runs with a seed file."""
    file = tmp_path / "seed.toml"
    file.write_text(SEED)
    with _serving(file) as (url, stderr), _events(url) as reset_apps:
        yield Seeded(url, file, reset_apps, stderr)


def test_a_file_that_is_written_anew_is_followed(seeded: Seeded) -> None:
    assert seeded.usernames() == ["ada"]
    seeded.file.write_text(SEED.replace("ada", "bob"))
    assert next(seeded.reset_apps) == "genauth-mock-app"
    assert (seeded.usernames(), seeded.usernames("other")) == (["bob"], ["carol"])


def test_a_file_that_an_editor_puts_in_its_place_is_followed(seeded: Seeded) -> None:
    for name in ("dave", "eve"):
        draft = seeded.file.with_name("draft")
        draft.write_text(SEED.replace("carol", name))
        draft.replace(seeded.file)
        assert next(seeded.reset_apps) == "other"
        assert (seeded.usernames(), seeded.usernames("other")) == (["ada"], [name])


def test_a_link_that_is_pointed_elsewhere_is_followed(seeded: Seeded) -> None:
    """Kubernetes changes a mounted ConfigMap so: no file in the folder changes its content."""
    versions = [seeded.file.with_name(name) for name in ("v1", "v2")]
    for version, name in zip(versions, ("ada", "bob"), strict=True):
        version.mkdir()
        (version / "seed.toml").write_text(SEED.replace("ada", name))
    folder = seeded.file.parent / "mounted"
    folder.mkdir()
    (folder / "..data").symlink_to(versions[0])
    (folder / "seed.toml").symlink_to(Path("..data") / "seed.toml")
    with _serving(folder / "seed.toml") as (url, stderr), _events(url) as reset_apps:
        mounted = Seeded(url, folder / "seed.toml", reset_apps, stderr)
        assert mounted.usernames() == ["ada"]
        (folder / "..new").symlink_to(versions[1])
        (folder / "..new").replace(folder / "..data")
        assert next(reset_apps) == "genauth-mock-app"
        assert mounted.usernames() == ["bob"]


def test_a_file_with_a_mistake_changes_nothing_and_is_named(seeded: Seeded) -> None:
    seeded.file.write_text(SEED.replace("username", "usrname"))
    line = seeded.stderr.readline()
    assert "the seed stays as it was" in line
    assert "seed.toml" in line
    assert seeded.usernames() == ["ada"]


def test_a_file_that_changes_while_redis_is_away_is_followed_once_it_is_back(
    tmp_path: Path,
) -> None:
    file = tmp_path / "seed.toml"
    file.write_text(SEED)
    with TemporaryDirectory(prefix="redis-") as folder, ExitStack() as redis:
        store = redis.enter_context(redis_in(Path(folder)))
        with _serving(file, "--store", store) as (url, stderr):
            redis.close()
            file.write_text(SEED.replace("ada", "bob"))
            assert "the seed stays as it was until the store is back" in stderr.readline()
            redis.enter_context(redis_in(Path(folder)))
            assert any("was read again; anew: genauth-mock-app" in line for line in stderr)
            assert Seeded(url, file, iter(()), stderr).usernames() == ["bob"]


@contextmanager
def _serving(file: Path, *options: str) -> Generator[tuple[str, IO[str]]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GENAUTH_")}
    command = [sys.executable, "-m", "genauth_mock", "serve", "--port", "0", "--seed", str(file)]
    command += options
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        impatience = Timer(PATIENCE, process.kill)  # then there is nothing more to read
        impatience.start()
        try:
            yield process.stdout.readline().split()[-1], process.stderr
        finally:
            impatience.cancel()
            process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


@contextmanager
def _events(url: str) -> Generator[Iterator[str]]:
    with urlopen(f"{url}/_mock/events?events=reset", timeout=PATIENCE) as stream:  # noqa: S310 - loopback
        assert stream.readline() == b": connected\n"
        lines = (line.decode() for line in stream)
        yield (json.loads(line[6:])["appId"] for line in lines if line.startswith("data: "))
