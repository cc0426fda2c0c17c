"""What the commands can be asked, and how pytest is asked the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar

import click

from genauth_contract.options import CONSENT_FLAG, CONSENT_NAME, MOCK

Command = TypeVar("Command", bound=Callable[..., object])

FILE: Final = click.Path(dir_okay=False, path_type=Path)
RECORDING: Final = click.Path(exists=True, dir_okay=False, path_type=Path)

_OF_A_RUN: Final = (
    click.option("--target", default=MOCK, show_default=True, help="mock, live or a URL."),
    click.option("-k", "keyword", default="", help="Only scenarios whose name has this."),
    click.option("--pass-code-from", help="prompt, cmd:COMMAND, file:PATH or catch:PORT."),
    click.option("--pass-code-timeout", type=float, help="Seconds a texted code may take."),
    click.option(
        CONSENT_FLAG,
        "has_consent",
        is_flag=True,
        help=f"Texts may be sent and the account be changed (or {CONSENT_NAME}=1).",
    ),
    click.option("--plan", is_flag=True, help="Say what a live run would take; send nothing."),
    click.option("--max-sms", type=click.IntRange(0), help="Cap on texts."),
    click.option("--max-calls", type=click.IntRange(0), help="Cap on calls."),
    click.option("--max-minutes", type=click.FloatRange(0), help="Cap on the length."),
    click.option("--resend-gap", type=click.FloatRange(0), help="Seconds between two texts."),
    click.option(
        "--pace",
        type=click.FloatRange(1),
        help="Seconds that pass on a stand-in of yours in one of ours: set its clock's scale to it.",
    ),
    click.option("--resume", type=FILE, help="Note what passed here; skip it next time."),
    click.option("--json", type=FILE, help="Write the report as JSON."),
    click.option("--html", type=FILE, help="Write the report as HTML."),
    click.option("--junit", type=FILE, help="Write the report as JUnit XML."),
    click.option("--ledger", type=FILE, help="Where live passes are remembered."),
)

_OF_A_COMPARISON: Final = (
    click.option("--json", type=FILE, help="Write the differences as JSON."),
    click.option("--html", type=FILE, help="Write the differences as HTML."),
    click.option("--junit", type=FILE, help="Write the differences as JUnit XML."),
    click.option("--known", type=RECORDING, help="Known differences, as TOML."),
    click.option("--learn", type=FILE, help="Write what live taught, for genauth-mock."),
)

_RENAMED: Final = {
    "keyword": "-k",
    "has_consent": CONSENT_FLAG,
    "plan": "--contract-plan",
    "pace": "--contract-pace",
    "resume": "--contract-resume",
    "json": "--contract-json",
    "html": "--contract-html",
    "ledger": "--contract-ledger",
    "junit": "--junitxml",
}


def run_options(command: Command) -> Command:
    """Add what every command that plays scenarios takes."""
    for option in reversed(_OF_A_RUN):
        command = option(command)
    return command


def drift_options(command: Command) -> Command:
    """Add what every command that compares takes."""
    for option in reversed(_OF_A_COMPARISON):
        command = option(command)
    return command


def pytest_arguments(options: Mapping[str, object]) -> list[str]:
    """Write down for pytest what a command was asked."""
    arguments: list[str] = []
    for name, value in options.items():
        flag = _RENAMED.get(name, f"--{name.replace('_', '-')}")
        if value is True:
            arguments.append(flag)
        elif value is not None and value is not False and value != "":
            arguments += [flag, str(value)]
    return arguments
