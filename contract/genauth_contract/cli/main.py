"""The command `genauth-contract`."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import attrs
import click

from genauth_contract.records.files import CannotRead, CannotWrite
from genauth_contract.session.exit_codes import EXIT_CODES, ExitCode
from genauth_contract.targets.codes import FORMS, PROMPT
from genauth_contract.targets.options import (
    CONSENT_FLAG,
    CONSENT_NAME,
    MOCK,
    OPTIONS,
    OPTIONS_OF_REHEARSALS,
    Option,
)

Command = TypeVar("Command", bound=Callable[..., object])

FILE: Final = click.Path(dir_okay=False, path_type=Path)
RECORDING: Final = click.Path(exists=True, dir_okay=False, path_type=Path)

_OF_A_COMPARISON: Final = (
    click.option("--json", type=FILE, help="Write the differences as JSON."),
    click.option("--html", type=FILE, help="Write the differences as HTML."),
    click.option("--junit", type=FILE, help="Write the differences as JUnit XML."),
    click.option(
        "--known",
        type=RECORDING,
        help="Known differences, as TOML; by default the packaged list.",
    ),
    click.option("--learn", type=FILE, help="Write what live taught, for genauth-mock."),
    click.option(
        "--join",
        type=RECORDING,
        multiple=True,
        help="A further recording of the first set, such as of a run in steps. May be repeated.",
    ),
)


def run_options(options: Sequence[Option]) -> Callable[[Command], Command]:
    """Add the options of a command that plays scenarios."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            if option.flag:
                command = _declaration(option)(command)
        return command

    return add


def _declaration(option: Option) -> Callable[[Command], Command]:
    return click.option(
        option.flag,
        option.name,
        type=_click_type(option),
        is_flag=option.kind is bool,
        default=option.default,
        show_default=bool(option.default_in_help),
        help=option.help,
    )


def _click_type(option: Option) -> click.Path | click.IntRange | click.FloatRange | type | None:
    if option.kind is bool:
        return None  # click 8.2.0 takes no value from a flag that has a type
    if option.kind is Path:
        return FILE
    if option.at_least is None:
        return option.kind
    return (
        click.IntRange(option.at_least) if option.kind is int else click.FloatRange(option.at_least)
    )


def drift_options(command: Command) -> Command:
    """Add what every command that compares takes."""
    for option in reversed(_OF_A_COMPARISON):
        command = option(command)
    return command


NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class _Commands(click.Group):
    """Write in one line which file cannot be written or read, and exit with its code."""

    def invoke(self, ctx: click.Context) -> object:
        code = ExitCode.CANNOT_WRITE
        try:
            return super().invoke(ctx)
        except CannotWrite as error:
            said = str(error)
        except CannotRead as error:
            said, code = str(error), ExitCode.MISCONFIGURED
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            # What is left in the buffer would be tried once more at the end, and fail with a stack trace.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            said = f"the output cannot be written: {error.strerror}"
        click.echo(f"genauth-contract: {said}", err=True)
        sys.exit(code)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES
)
@click.version_option(package_name="aiogenauth")
def main() -> None:
    """Test a GenAuth against the contract: the offline one, a live deployment, or your own stub."""


@main.command(epilog=EXIT_CODES)
@run_options(OPTIONS)
def run(**options: object) -> None:
    """Play every scenario against a target."""
    from genauth_contract.cli.playing import played  # noqa: PLC0415 - keeps --help fast

    sys.exit(played(options))


_RECORDED: Final = (ExitCode.PASSED, ExitCode.FAILED, ExitCode.BUDGET_SPENT)


@main.command(epilog=EXIT_CODES)
@click.option(
    "-o",
    "--output",
    type=FILE,
    default=Path("genauth-recording.json"),
    show_default=True,
    help="Where to keep the recording.",
)
@run_options(OPTIONS)
def record(output: Path, **options: object) -> None:
    """Play every scenario and keep what the target answered, redacted."""
    from genauth_contract.cli.playing import played  # noqa: PLC0415 - keeps --help fast

    code = played({**options, "record": output})
    if code in _RECORDED and not options["wants_plan"]:
        click.echo(f"recorded in {output}")
    sys.exit(code)


_OF_A_REHEARSAL: Final = [
    attrs.evolve(one, default=Path("genauth-rehearsal.html")) if one.name == "html" else one
    for one in OPTIONS_OF_REHEARSALS
]


@main.command(epilog=EXIT_CODES)
@click.option(
    "-o",
    "--output",
    type=FILE,
    default=Path("genauth-rehearsal.json"),
    show_default=True,
    help="Where to keep the recording.",
)
@run_options(_OF_A_REHEARSAL)
def rehearse(output: Path, **options: object) -> None:
    """Play a whole live run against a stand-in that it starts: the offline GenAuth, behind TLS.

    It needs no account and texts nobody. Waits are skipped, so that an hour and a half takes a minute.
    """
    from genauth_contract.cli.playing import rehearsed  # noqa: PLC0415 - keeps --help fast

    code = rehearsed({**options, "record": output})
    if code in _RECORDED and not options["wants_plan"]:
        click.echo(f"recorded in {output}; the report is {options['html']}")
    sys.exit(code)


@main.command(epilog=EXIT_CODES)
@click.argument("recordings", nargs=-1, required=True, metavar="RECORDED [LIVE_NOW] [MOCK_NOW]")
@drift_options
def diff(recordings: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click gives what the options declare
    """Compare recordings; for the word mock, the offline GenAuth is played now.

    Two: a reference, and what is compared with it. Three: recorded, live now, mock now.
    """
    from genauth_contract.cli.compare import ComparisonOptions, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared(recordings, ComparisonOptions(**options)))


@main.command(epilog=EXIT_CODES)
@click.argument("recording", type=RECORDING)
@drift_options
def replay(recording: Path, **options: Any) -> None:  # noqa: ANN401 - as above
    """Compare a recording with the offline GenAuth, which needs no network."""
    from genauth_contract.cli.compare import ComparisonOptions, compared  # noqa: PLC0415 - keeps --help fast

    sys.exit(compared((str(recording), MOCK), ComparisonOptions(**options)))


@main.command(epilog=EXIT_CODES)
@click.argument("recordings", type=RECORDING, nargs=-1, required=True, metavar="RECORDING...")
@click.option("-o", "--output", type=FILE, required=True, help="Where to write the profile.")
def learn(recordings: tuple[Path, ...], output: Path) -> None:
    """Write what recordings teach as a profile for `genauth-mock serve --profile`.

    Several are joined, as of a run in steps: of a scenario that two have, the last one counts.
    """
    from genauth_contract.cli.compare import learn_from  # noqa: PLC0415 - keeps --help fast

    learn_from(recordings, output)


@main.command(epilog=EXIT_CODES)
@click.option("--host", envvar="GENAUTH_APP_HOST", required=True, help="URL of the deployment.")
@click.option("--app-id", envvar="GENAUTH_APP_ID", required=True, help="The application.")
@click.option(
    "--tier",
    type=click.IntRange(0, 2),
    default=0,
    show_default=True,
    help="0 needs no account and texts nobody; 1 signs in; 2 has one code texted.",
)
@click.option("-o", "--output", type=FILE, help="Keep the answers, redacted; `learn` reads them.")
@click.option("--issue", type=FILE, help="Write a text for an issue.")
@click.option("--plan", "wants_plan", is_flag=True, help="Say what would be sent; send nothing.")
@click.option(
    CONSENT_FLAG, "has_consent", is_flag=True, help=f"The account is yours (or {CONSENT_NAME}=1)."
)
@click.option(
    "--pass-code-from", default=PROMPT, show_default=True, help=f"For tier 2: one of {FORMS}."
)
def probe(**given: Any) -> None:  # noqa: ANN401 - click gives what the options declare
    """Ask a deployment a few harmless things, and tell which open questions that settles."""
    from genauth_contract.cli.probe import probed  # noqa: PLC0415 - keeps --help fast

    sys.exit(probed(**given))


@main.command(epilog=EXIT_CODES)
@click.option("--check", type=RECORDING, help="Fail unless this file is the matrix.")
@click.option("-o", "--output", type=FILE, help="Write it here; by default to stdout.")
@click.option("--fields", is_flag=True, help="Print what each field of each outcome rests on.")
def matrix(check: Path | None, output: Path | None, *, fields: bool) -> None:
    """Print operation by failure: what the mock, live and the documents say, and the SDK's error."""
    from genauth_contract.cli.matrix import fields_to_markdown, show_matrix  # noqa: PLC0415 - keeps --help fast

    if fields:
        click.echo(fields_to_markdown(), nl=False)
    else:
        sys.exit(show_matrix(check, output))


@main.command(name="list", epilog=EXIT_CODES)
def list_scenarios() -> None:
    """Print every scenario with what it rests on."""
    from genauth_contract.scenarios import every_scenario  # noqa: PLC0415 - keeps --help fast

    for scenario in every_scenario():
        where = " (mock only)" if scenario.mock_only else ""
        click.echo(f"{scenario.sentence}. [{scenario.evidence}: {scenario.source}]{where}")
