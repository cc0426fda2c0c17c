"""Plays scenarios with pytest: the plugin and the suite that ship with the package, and nobody else's plugins."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

import click
import pytest

from genauth_contract.cli.voice import Voice
from genauth_contract.records.files import CannotWrite, refuse_unwritable
from genauth_contract.session.exit_codes import ExitCode
from genauth_contract.targets.options import LIVE, OPTIONS
from genauth_contract.targets.stand_in import StandIn, standing_in

SUITE: Final = Path(__file__).parents[1] / "suite"

_FIXED: Final = (
    *("-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:asyncio"),
    *(
        "-p",
        "no:unraisableexception",
    ),  # nobody is shown its warnings, which take two full collections of garbage
    "--capture=sys",  # in memory: a full disk has no room for pytest's temporary files
    *("-p", "genauth_contract.plugin"),
    # pytest would rewrite asserts of whatever ships with a plugin; the command has none
    *("-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"),
    *("-c", str(SUITE / "pytest.ini"), "--rootdir", str(SUITE), str(SUITE)),
)

_AUTOLOAD: Final = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"

_OPERATORS: Final = frozenset({"and", "or", "not"})


def played(options: Mapping[str, object], stand_in: StandIn | None = None) -> int:
    """Play what the options of a command ask for, and return the exit code.

    Args:
        options: The values by the names of `Options`.
        stand_in: What is played instead of a deployment that somebody owns; None for none.
    """
    junit = cast("Path | None", options.get("junit"))
    try:  # pytest itself would look when the run is over
        refuse_unwritable([junit] if junit else [])
    except CannotWrite as error:
        click.echo(f"genauth-contract: {error}", err=True)
        return ExitCode.MISCONFIGURED
    with _without_other_plugins():
        return int(pytest.main([*_FIXED, *pytest_arguments(options)], plugins=[Voice(stand_in)]))


def rehearsed(options: Mapping[str, object]) -> int:
    """Play a live run against a stand-in that lasts as long as the run, and return the exit code."""
    if options["wants_plan"]:
        return played({**options, **_AS_IF_LIVE})
    with standing_in() as stand_in:
        return played({**options, **_AS_IF_LIVE}, stand_in)


_AS_IF_LIVE: Final = {"target": LIVE, "has_consent": True}


def pytest_arguments(given: Mapping[str, object]) -> list[str]:
    """Return the arguments for pytest that stand for the options of the command."""
    arguments: list[str] = []
    for option in OPTIONS:
        value = given.get(option.name, option.default)
        if option.name == "keyword":
            value = keyword(str(value))
        if value is True:
            arguments.append(option.pytest_flag)
        elif value != option.default:
            arguments += [option.pytest_flag, str(value)]
    return arguments


def keyword(words: str) -> str:
    """Return what pytest selects by: words of a name as `list` prints it, or an expression of pytest's."""
    parts = words.replace("(", " ( ").replace(")", " ) ").split()
    if any(part in _OPERATORS for part in parts):
        return words
    return "_".join(part.lower().strip(".,`'\"") for part in parts)


@contextmanager
def _without_other_plugins() -> Generator[None, None, None]:
    """Keep every plugin but ours out of the run, those that the environment names too."""
    before = {name: os.environ.pop(name, None) for name in (_AUTOLOAD, *_ADDED_BY_ENVIRONMENT)}
    os.environ[_AUTOLOAD] = "1"
    try:
        yield
    finally:
        os.environ.pop(_AUTOLOAD)
        os.environ.update({name: value for name, value in before.items() if value is not None})


_ADDED_BY_ENVIRONMENT: Final = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")
"""Variables by which somebody adds to each of their own runs of pytest."""
