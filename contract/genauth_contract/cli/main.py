"""The command `genauth-contract`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar, cast

import click

from genauth_contract.records.files import NotKept, NotReadable, refuse_unwritable
from genauth_contract.targets.options import (
    BUDGET_SPENT,
    CONSENT_FLAG,
    CONSENT_NAME,
    MISCONFIGURED,
    MOCK,
    NOT_KEPT,
)

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


NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """Say in one line which file cannot be written or read, and end with the exit code for it."""

    def invoke(self, ctx: click.Context) -> object:
        code = NOT_KEPT
        try:
            return super().invoke(ctx)
        except NotKept as error:
            said = str(error)
        except NotReadable as error:
            said, code = str(error), MISCONFIGURED
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            said = f"the output cannot be written: {error.strerror}"
        click.echo(f"genauth-contract: {said}", err=True)
        sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Hold a GenAuth against the contract: the mock, a live deployment, or your own stub."""


@main.command()
@run_options
def run(**options: object) -> None:
    """Play every scenario against a target."""
    sys.exit(_played(options))


@main.command()
@click.option(
    "-o",
    "--output",
    type=FILE,
    default=Path("genauth-recording.json"),
    show_default=True,
    help="Where to keep the recording.",
)
@run_options
def record(output: Path, **options: object) -> None:
    """Play every scenario and keep what the target answered, redacted."""
    code = _played(options, ["--contract-record", str(output)])
    if code in (0, 1, BUDGET_SPENT) and not options["plan"]:
        click.echo(f"recorded in {output}")
    sys.exit(code)


@main.command()
@click.argument("recordings", nargs=-1, required=True, metavar="RECORDED [LIVE_NOW] [MOCK_NOW]")
@drift_options
def diff(recordings: tuple[str, ...], **options: Path | None) -> None:
    """Hold sets of answers against each other; the word mock plays the mock now.

    Two: a reference and what is held against it. Three: recorded, live now, mock now.
    """
    from genauth_contract.cli.compare import Wanted, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared(recordings, Wanted(**options)))


@main.command()
@click.argument("recording", type=RECORDING)
@drift_options
def replay(recording: Path, **options: Path | None) -> None:
    """Hold the mock against a recording, with no network."""
    from genauth_contract.cli.compare import Wanted, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared((str(recording), MOCK), Wanted(**options)))


@main.command()
@click.argument("recording", type=RECORDING)
@click.option("-o", "--output", type=FILE, required=True, help="Where to write the table.")
def learn(recording: Path, output: Path) -> None:
    """Write what a recording teaches as a table for `genauth-mock serve --learned`."""
    from genauth_contract.cli.compare import learn_from  # noqa: PLC0415 - keeps --help fast

    learn_from(recording, output)


@main.command()
@click.option("--check", type=RECORDING, help="Fail unless this file is the matrix.")
@click.option("-o", "--output", type=FILE, help="Write it here instead of to stdout.")
def matrix(check: Path | None, output: Path | None) -> None:
    """Print operation by failure: what the mock, live and the documents say, and the SDK's error."""
    from genauth_contract.cli.matrix import show_matrix  # noqa: PLC0415 - keeps --help fast

    sys.exit(show_matrix(check, output))


@main.command(name="list")
def list_scenarios() -> None:
    """Print every scenario with what it rests on."""
    from genauth_contract.scenarios import every_scenario  # noqa: PLC0415 - keeps --help fast

    for scenario in every_scenario():
        where = " (mock only)" if scenario.mock_only else ""
        click.echo(f"{scenario.sentence}. [{scenario.evidence}: {scenario.source}]{where}")


def _played(options: dict[str, object], further: Sequence[str] = ()) -> int:
    """Hand over to pytest, with the plugin and the suite that ship with the package."""
    import pytest  # noqa: PLC0415 - keeps --help fast

    junit = cast("Path | None", options["junit"])
    try:  # pytest itself would look when the run is over
        refuse_unwritable([junit] if junit else [])
    except NotKept as error:
        click.echo(f"genauth-contract: {error}", err=True)
        return MISCONFIGURED
    suite = Path(__file__).parents[1] / "suite"
    fixed = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    fixed += ["--capture=sys"]  # in memory: a full disk has no room for pytest's temporary files
    fixed += ["-p", _PLUGIN, "-W", _ALREADY_IMPORTED]
    where = ["-c", str(suite / "pytest.ini"), "--rootdir", str(suite), str(suite)]
    return int(pytest.main([*fixed, *where, *pytest_arguments(options), *further]))


_PLUGIN: Final = "genauth_contract.plugin"

_ALREADY_IMPORTED: Final = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"
"""pytest would rewrite asserts of whatever ships with a plugin; the command has none."""
