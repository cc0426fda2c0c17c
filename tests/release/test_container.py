"""The Dockerfile, checked without an engine: small base, no root, a health check, and nothing that does not exist."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from genauth_mock.cli.main import main
from tests.release.installed import PROJECT, run

DOCKERFILE = PROJECT / "Dockerfile"

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """Read the Dockerfile: comments dropped, continued lines joined."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines if line.strip()]


def last_stage() -> list[Instruction]:
    """Give what makes the image itself."""
    found = instructions()
    starts = [i for i, (word, _) in enumerate(found) if word == "FROM"]
    return found[starts[-1] :]


def given(word: str) -> str:
    """Give what the last instruction of a kind says."""
    return [said for each, said in last_stage() if each == word][-1]


def test_a_linter_has_nothing_to_say() -> None:
    """Hadolint, with every rule it has, on the Dockerfile as it is; and it does find what is wrong."""
    hadolint = str(Path(sys.executable).with_name("hadolint"))
    assert run([hadolint, str(DOCKERFILE)], PROJECT) == ""
    wrong = DOCKERFILE.read_text(encoding="utf-8").replace("python:3.13-slim", "python")
    done = subprocess.run([hadolint, "-"], input=wrong, text=True, capture_output=True, check=False)
    assert "DL3006" in done.stdout


def test_every_stage_is_on_the_small_base() -> None:
    """No tag that moves from one Python to another."""
    bases = [said.split()[0] for word, said in instructions() if word == "FROM"]
    assert bases == ["python:3.13-slim", "python:3.13-slim"]


def test_it_does_not_run_as_root() -> None:
    """The user is a number, so that an orchestrator can see that it is not root."""
    user, _, group = given("USER").partition(":")
    assert int(user) >= 10000
    assert int(group) >= 10000
    words = [word for word, _ in last_stage()]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert not {"COPY", "RUN", "ADD"} & set(words[words.index("USER") :])


def test_it_copies_only_what_is_there() -> None:
    """And what it copies is not kept out by .dockerignore."""
    allowed = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "**"
    for word, said in instructions():
        if word == "COPY" and not said.startswith("--from"):
            for source in said.split()[:-1]:
                assert (PROJECT / source).exists()
                assert f"!{source}" in allowed
    assert not [word for word, _ in instructions() if word == "ADD"]


def test_pip_leaves_no_cache_and_installs_extras_that_exist() -> None:
    """The image is small, and the server whole."""
    [installs] = [said for word, said in instructions() if word == "RUN" and "pip install" in said]
    assert "--no-cache-dir" in installs
    named = re.search(r"/source\[(.*?)\]", installs)
    assert named is not None
    assert set(named[1].split(",")) == {"mock", "redis", "fast"}


@pytest.mark.parametrize("word", ["HEALTHCHECK", "CMD"])
def test_it_runs_commands_with_options_that_exist(word: str) -> None:
    """In the form without a shell, so that signals reach the server."""
    said = json.loads(given(word).partition("CMD ")[2] if word == "HEALTHCHECK" else given(word))
    name, *options = said[1:] if said[0] == "genauth-mock" else said
    assert json.loads(given("ENTRYPOINT")) == ["genauth-mock"]
    command = main.commands[name]
    known = {o for p in command.params if isinstance(p, click.Option) for o in p.opts}
    assert {option for option in options if option.startswith("--")} <= known
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


@pytest.mark.parametrize("port", [None, "9481"], ids=["its own port", "a port of yours"])
def test_it_listens_and_is_asked_where_its_environment_says(
    monkeypatch: pytest.MonkeyPatch, port: str | None
) -> None:
    """On every address, also where other options stand in the place of its own; its own port is the one it exposes."""
    monkeypatch.delenv("GENAUTH_APP_HOST", raising=False)
    for name, value in re.findall(r"(GENAUTH_\w+)=(\S+)", given("ENV")):
        monkeypatch.setenv(name, value)
    if port is not None:
        monkeypatch.setenv("GENAUTH_MOCK_PORT", port)
    for said in (json.loads(given("CMD")), ["serve", "--strict-apps"]):
        served = main.commands["serve"].make_context("serve", said[1:]).params
        assert served["host"] == "0.0.0.0"  # noqa: S104 - inside of the container
        assert served["port"] == int(port or given("EXPOSE"))
    health = json.loads(given("HEALTHCHECK").partition("CMD ")[2])
    asked = main.commands["healthcheck"].make_context("healthcheck", health[2:]).params
    assert asked["url"] == f"http://127.0.0.1:{served['port']}"
