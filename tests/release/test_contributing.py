"""What a contributor is given can be used: commands, forms, hooks and paths are there."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.release.installed import PROJECT, run
from tests.release.pages import BASH

TARGETS = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_every_path_that_contributing_names_is_there() -> None:
    page = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|docs|contract|src|mock_server)/[\w/.-]+)`", page)
    assert named
    paths = [path.replace("GROUP", "password") for path in named]  # one group stands for all
    assert [path for path in paths if not (PROJECT / path).exists()] == []


WHERE = {
    "aiogenauth": "src",
    "genauth_mock": "mock_server",
    "genauth_contract": "contract",
}


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "docs/explanation/words.md"])
def test_every_path_of_a_package_that_the_map_names_is_there(page: str) -> None:
    text = (PROJECT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((aiogenauth|genauth_mock|genauth_contract)/[\w/.]+)`", text)
    assert named
    assert [path for path, package in named if not (PROJECT / WHERE[package] / path).exists()] == []


def test_the_map_begins_with_the_words_to_know() -> None:
    [_, first, *_] = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("\n\n")
    assert "(docs/explanation/words.md)" in first


def test_every_command_of_make_that_contributing_names_is_there() -> None:
    page = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:`|\$ )make ([a-z]+)", page)) <= TARGETS


@pytest.mark.parametrize(
    "form", sorted((PROJECT / ".github/ISSUE_TEMPLATE").glob("*.yml")), ids=str
)
def test_a_form_for_issues_is_one_that_github_reads(form: Path) -> None:
    schema = "github-issue-config" if form.stem == "config" else "github-issue-forms"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    assert "ok" in run([*command, str(form)], PROJECT)


def test_every_hook_before_a_commit_runs_a_command_that_is_there() -> None:
    config: Any = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    commands = [shlex.split(hook["entry"]) for repo in config["repos"] for hook in repo["hooks"]]
    assert {words[0] for words in commands} == {".venv/bin/ruff", "make"}
    assert {words[1] for words in commands if words[0] == "make"} <= TARGETS


def test_the_container_for_editors_is_made_by_commands_that_are_there() -> None:
    container = json.loads((PROJECT / ".devcontainer/devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "make .venv/.ready"
    assert {"redis-server", "chromium"} <= set(container["onCreateCommand"].split())


def test_what_ci_runs_can_be_read_and_says_which_step_took_how_long(tmp_path: Path) -> None:
    """Played with a `make` that does nothing but say so."""
    script = (PROJECT / ".ci/run").read_text(encoding="utf-8")
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci/run").write_text(script, encoding="utf-8")
    for name in ("make", "redis-server", "chromium"):
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\necho "{name} $1"\n', encoding="utf-8")
        program.chmod(0o755)
    shown = subprocess.run(
        [BASH, ".ci/run"],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert re.findall(r"^make (\S+)", shown, re.MULTILINE) == [".venv/.ready", "test", "matrix"]
    assert {"test", "matrix"} <= TARGETS
    assert re.search(r"^all \d+ s$", shown, re.MULTILINE)
