"""README and docs are executed: Python blocks run against an offline GenAuth, named commands exist."""

from __future__ import annotations

import asyncio
import builtins
import gc
import inspect
import re
import shlex
from importlib.metadata import metadata
from pathlib import Path
from symtable import SymbolTable, symtable
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser

if TYPE_CHECKING:
    from collections.abc import Generator

    from genauth_mock.testing import GenAuthServer

ROOT = Path(__file__).parent

NUMBER = "18812348888"
"""The number that the documentation uses."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None]:
    """Keep the search for garbage from looking at ten thousand tests: nothing of them is ever garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture
def documented_app(genauth_server: GenAuthServer, monkeypatch: pytest.MonkeyPatch) -> GenAuthServer:
    """Give an offline GenAuth configured as the documentation says: in the environment."""
    user = genauth_server.new_user()
    monkeypatch.setenv("GENAUTH_APP_HOST", genauth_server.app_host)
    monkeypatch.setenv("GENAUTH_APP_ID", genauth_server.app_id)
    monkeypatch.setenv("GENAUTH_APP_SECRET", genauth_server.app_secret)
    monkeypatch.setenv("GENAUTH_ACCESS_TOKEN", user.access_token)

    def texted_code(_prompt: str) -> str:
        return genauth_server.pass_code(NUMBER)

    monkeypatch.setattr("builtins.input", texted_code)
    return genauth_server


def run_python(example: Example) -> None:
    """Run a block; tests that it defines are called with the server they ask for."""
    evaluate_needed(example)
    before = set(example.namespace)
    PythonEvaluator()(example)
    for name in [name for name in example.namespace if name.startswith("test_")]:
        if name not in before:
            call_test(example.namespace[name], example.namespace)


def evaluate_needed(example: Example) -> None:
    """Evaluate the earlier blocks that define what a block uses: another process of xdist may have run them."""
    table = symtable(str(example.parsed), example.path, "exec")
    for each in reversed(list(example.document)):
        missing = used(table) - defined(table) - set(example.namespace) - set(dir(builtins))
        is_earlier = each.start < example.start and each.region.evaluator is run_python
        if is_earlier and missing & defined(symtable(str(each.parsed), each.path, "exec")):
            evaluate_needed(each)
            PythonEvaluator()(each)


def defined(table: SymbolTable) -> set[str]:
    """Return the names that a block assigns, imports or defines at its top."""
    return {
        each.get_name() for each in table.get_symbols() if each.is_assigned() or each.is_imported()
    }


def used(table: SymbolTable) -> set[str]:
    """Return the names that a block reads, in its functions and classes too."""
    here = {
        each.get_name() for each in table.get_symbols() if each.is_global() or each.is_referenced()
    }
    nested = (used(child) - _local(child) for child in table.get_children())
    return here.union(*nested)


def _local(table: SymbolTable) -> set[str]:
    """Return the names that live in a function or class alone."""
    return {each.get_name() for each in table.get_symbols() if not each.is_global()}


def call_test(test: Any, names: dict[str, Any]) -> None:  # noqa: ANN401 - whatever the page defines
    """Call a test function of a page as pytest would."""
    result = test(**fixtures_of(test, names))
    if inspect.iscoroutine(result):
        asyncio.run(result)


def fixtures_of(function: Any, names: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a test or a fixture
    """Return what a function asks for: the server, its app, or what a fixture of the page returns."""
    ours = {
        "genauth_server": names["documented_app"],
        "genauth_mock_server": names["genauth_mock_server"],
    }
    given: dict[str, Any] = {}
    for name in inspect.signature(function).parameters:
        if name in ours:
            given[name] = ours[name]
        else:
            fixture = inspect.unwrap(names[name])
            given[name] = fixture(**fixtures_of(fixture, names))
    return given


def check_commands(example: Example) -> None:
    """See that every command that a block names exists: ours with their options, targets, extras, files."""
    for line in str(example.parsed).splitlines():
        words = shlex.split(line.removeprefix("$ "), comments=True)
        for command in _split(words, "&&"):
            check_words(command)


def check_words(words: list[str]) -> None:
    """Check one command; what follows ``--`` is one too."""
    if not words:
        return
    if words[0] in ("genauth-mock", "genauth-contract"):
        check_command(words)
        for after in _split(words, "--")[1:]:
            check_words(after)
    elif words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert set(words[1:]) <= set(targets), f"there is no {shlex.join(words)}"
    elif words[:2] == ["uvx", "--from"]:
        check_words(["pip", "install", words[2]])
        check_words(words[3:])
    elif words[:2] in (["pip", "install"], ["pipx", "install"]):
        named = {e for word in words for e in re.findall(r"aiogenauth\[(.*)\]", word)}
        wanted = {extra for extras in named for extra in extras.split(",")}
        assert wanted <= set(metadata("aiogenauth").get_all("Provides-Extra", []))
    elif words[0] in ("python", "pytest"):
        missing = [word for word in words[1:] if "/" in word and not (ROOT / word).exists()]
        assert not missing, f"{shlex.join(words)}: there is no {', '.join(missing)}"


def _split(words: list[str], at: str) -> list[list[str]]:
    """Split a line into its commands."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == at:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def check_command(words: list[str]) -> None:
    """Ask a command for its help, and look the named options up in it."""
    from genauth_contract.cli.main import main as contract  # noqa: PLC0415 - only where a page names it
    from genauth_mock.cli.main import main as mock  # noqa: PLC0415 - only where a page names it

    ours = words[: words.index("--")] if "--" in words else words
    command = {"genauth-mock": mock, "genauth-contract": contract}[ours[0]]
    named = [word for word in ours[1:2] if not word.startswith("-")]
    shown = CliRunner().invoke(command, [*named, "--help"])
    assert shown.exit_code == 0, f"{shlex.join(words)}: {shown.output}"
    missing = [
        word
        for word in ours[1:]
        if word.startswith("--") and word.split("=")[0] not in shown.output
    ]
    assert not missing, f"{shlex.join(words)}: there is no {', '.join(missing)}"


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="python", evaluator=run_python),
        CodeBlockParser(language="console", evaluator=check_commands),
    ],
    patterns=["README.md", "docs/**/*.md", "docs/*.md", "examples/*.md", "examples/**/*.md"],
    fixtures=["documented_app", "genauth_mock_server"],
).pytest()
